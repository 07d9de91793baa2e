package sqlrun

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// fields are the items of a definition's $LIST; missing ones read as NULL.
type fields []value.Value

func (f fields) text(i int) string {
	if i >= len(f) || f[i].IsNull() {
		return ""
	}
	return f[i].Text()
}

func (f fields) number(i int) int {
	if i >= len(f) || f[i].IsNull() {
		return 0
	}
	return int(wholeNumber(f[i]))
}

func (f fields) flag(i int) bool { return f.number(i) != 0 }

func (f fields) names(i int) []string {
	if i >= len(f) || f[i].IsNull() {
		return nil
	}
	items, err := value.ListItems(f[i])
	if err != nil {
		return nil
	}
	var out []string
	for _, x := range items {
		out = append(out, x.Text())
	}
	return out
}

func flagValue(b bool) value.Value {
	if b {
		return value.Int(1)
	}
	return value.Int(0)
}

// textValue keeps "" as NULL, which fields.text reads as "".
func textValue(s string) value.Value {
	if s == "" {
		return value.NullValue()
	}
	return value.Text(s)
}

func namesValue(names []string) value.Value {
	var items []value.Value
	for _, n := range names {
		items = append(items, value.Text(n))
	}
	return value.BuildList(items...)
}

func tableItems(t *tableDef) []value.Value {
	return []value.Value{textValue(t.Schema), textValue(t.Name), flagValue(t.IsView), textValue(t.Description), textValue(t.Owner),
		flagValue(t.PublicRowID), value.Int(int64(t.NextSlot)), textValue(t.ViewText), textValue(t.ViewCheck), textValue(t.Created), textValue(t.Modified)}
}

func tableFrom(t *tableDef, f fields) {
	t.Schema, t.Name, t.IsView, t.Description, t.Owner = f.text(0), f.text(1), f.flag(2), f.text(3), f.text(4)
	t.PublicRowID, t.NextSlot, t.ViewText, t.ViewCheck = f.flag(5), f.number(6), f.text(7), f.text(8)
	t.Created, t.Modified = f.text(9), f.text(10)
}

func columnItems(c *columnDef) []value.Value {
	n := func(i int) value.Value { return value.Int(int64(i)) }
	return []value.Value{textValue(c.Name), textValue(c.Property), n(int(c.Type.Kind)), n(c.Type.Precision), n(c.Type.Scale), n(c.Type.Length),
		textValue(c.Type.Element.String()), textValue(c.Type.Class), textValue(c.Collation.String()), flagValue(c.Required), n(c.Slot),
		n(int(c.Counter)), textValue(c.Default), textValue(c.OnUpdate), textValue(c.Description), flagValue(c.Hidden), flagValue(c.Private)}
}

func columnFrom(f fields) *columnDef {
	c := &columnDef{Name: f.text(0), Property: f.text(1), Required: f.flag(9), Slot: f.number(10), Counter: counterKind(f.number(11)),
		Default: f.text(12), OnUpdate: f.text(13), Description: f.text(14), Hidden: f.flag(15), Private: f.flag(16)}
	c.Type = sqltype.Type{Kind: sqltype.Kind(f.number(2)), Precision: f.number(3), Scale: f.number(4), Length: f.number(5), Class: f.text(7)}
	c.Type.Element, _ = sqltype.ElementByWord(f.text(6))
	c.Collation, _ = sqltype.CollationByName(f.text(8))
	return c
}

func indexItems(ix *indexDef) []value.Value {
	return []value.Value{textValue(ix.Name), namesValue(ix.Columns), textValue(string(ix.Kind)), flagValue(ix.Unique), flagValue(ix.Primary),
		flagValue(ix.Constraint), textValue(ix.Options), namesValue(ix.WithData)}
}

func indexFrom(f fields) *indexDef {
	return &indexDef{Name: f.text(0), Columns: f.names(1), Kind: indexKind(f.text(2)), Unique: f.flag(3), Primary: f.flag(4),
		Constraint: f.flag(5), Options: f.text(6), WithData: f.names(7)}
}

func foreignItems(fk *foreignKeyDef) []value.Value {
	return []value.Value{textValue(fk.Name), namesValue(fk.Columns), textValue(fk.RefClass), namesValue(fk.RefColumns),
		textValue(fk.OnDelete), textValue(fk.OnUpdate), flagValue(fk.NoCheck)}
}

func foreignFrom(f fields) *foreignKeyDef {
	return &foreignKeyDef{Name: f.text(0), Columns: f.names(1), RefClass: f.text(2), RefColumns: f.names(3), OnDelete: f.text(4),
		OnUpdate: f.text(5), NoCheck: f.flag(6)}
}

// className makes the class of a table: the schema is the package, punctuation is dropped, "_" separates sub-packages
// (IRIS docs, "Table Names and Schema Names").
func className(schema, table string) string {
	pkg := strings.Trim(strings.ReplaceAll(schema, "_", "."), ".")
	if strings.EqualFold(schema, defaultSchema) {
		pkg = "User"
	}
	var parts []string
	for _, p := range strings.Split(pkg, ".") {
		if p = memberName(p); p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(append(parts, memberName(table)), ".")
}

// memberName drops what a class or property name can't have.
func memberName(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '%' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r > 127 {
			return r
		}
		return -1
	}, name)
}

// defaultSchema is the schema of unqualified names; its package is User.
const defaultSchema = "SQLUser"
