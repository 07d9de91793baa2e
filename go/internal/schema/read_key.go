package schema

import (
	"context"
	"slices"
	"strings"

	"iris-pgwire/internal/iris"
)

// keyKinds are the constraint types of KEY_COLUMN_USAGE.
var keyKinds = map[string]KeyKind{"PRIMARY KEY": PrimaryKey, "UNIQUE": UniqueKey, "FOREIGN KEY": ForeignKey}

// keys reads the constraints, and the unique indexes that are none.
func (r *reader) keys(ctx context.Context, t *Table) error {
	add := func(name string, kind KeyKind) *Key {
		if n := len(t.Keys); n > 0 && strings.EqualFold(t.Keys[n-1].Name, name) && t.Keys[n-1].Kind == kind {
			return &t.Keys[n-1]
		}
		t.Keys = append(t.Keys, Key{Name: name, Kind: kind})
		return &t.Keys[len(t.Keys)-1]
	}
	err := r.ask(ctx, askKeys, func(row []iris.Value) {
		kind, ok := keyKinds[strings.ToUpper(row[1].String())]
		if !ok {
			return
		}
		k := add(row[0].String(), kind)
		k.Columns = append(k.Columns, row[2].String())
		if kind == ForeignKey {
			k.RefSchema, k.RefTable = row[3].String(), row[4].String()
			k.RefColumns = append(k.RefColumns, row[5].String())
		}
	}, t.Schema, t.Name)
	if err != nil {
		return err
	}
	constraints := len(t.Keys)
	hidden := map[string]bool{}
	err = r.ask(ctx, askIndexes, func(row []iris.Value) {
		name := row[0].String()
		for _, k := range t.Keys[:constraints] {
			if strings.EqualFold(k.Name, name) {
				return
			}
		}
		column, ok := t.Column(row[1].String())
		if !ok {
			hidden[name] = true // the RowID's own index, or one that holds it
			return
		}
		k := add(name, UniqueKey)
		k.Index = true
		k.Columns = append(k.Columns, t.Columns[column].Name)
	}, t.Schema, t.Name)
	t.Keys = slices.DeleteFunc(t.Keys, func(k Key) bool { return hidden[k.Name] && k.Kind == UniqueKey })
	return err
}

// Column finds a column without regard to case.
func (t *Table) Column(name string) (index int, ok bool) {
	for i := range t.Columns {
		if strings.EqualFold(t.Columns[i].Name, name) {
			return i, true
		}
	}
	return 0, false
}

// PrimaryKey gives the primary key's columns, or nil.
func (t *Table) PrimaryKey() []string {
	for i := range t.Keys {
		if t.Keys[i].Kind == PrimaryKey {
			return t.Keys[i].Columns
		}
	}
	return nil
}
