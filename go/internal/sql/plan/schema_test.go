package plan_test

import (
	"context"
	"strings"

	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/parse"
	"iris-pgwire/internal/sql/plan"
)

// tables is a schema for tests.
type tables struct{ list []*schema.Table }

var _ schema.Finder = tables{}

func (s tables) Version() uint64 { return 1 }

func (s tables) Table(_ context.Context, in, name string) (*schema.Table, error) {
	for _, t := range s.list {
		if strings.EqualFold(t.Schema, in) && strings.EqualFold(t.Name, name) {
			return t, nil
		}
	}
	return nil, nil
}

func (s tables) HasSchema(_ context.Context, name string) (bool, error) {
	for _, t := range s.list {
		if strings.EqualFold(t.Schema, name) {
			return true, nil
		}
	}
	return false, nil
}

func (s tables) References(_ context.Context, in, table string) ([]schema.Reference, error) {
	var out []schema.Reference
	for _, t := range s.list {
		for _, k := range t.Keys {
			if k.Kind == schema.ForeignKey && strings.EqualFold(k.RefSchema, in) && strings.EqualFold(k.RefTable, table) {
				out = append(out, schema.Reference{Schema: t.Schema, Table: t.Name, Constraint: k.Name})
			}
		}
	}
	return out, nil
}

func (s tables) TableIndexes(_ context.Context, in, table string) ([]schema.Index, error) {
	var out []schema.Index
	for _, t := range s.list {
		if !strings.EqualFold(t.Schema, in) || !strings.EqualFold(t.Name, table) {
			continue
		}
		for _, k := range t.Keys {
			if k.Kind != schema.ForeignKey {
				out = append(out, schema.Index{Table: t.Name, Name: k.Name, Columns: k.Columns})
			}
		}
		if t.Name == "item" {
			out = append(out, schema.Index{Table: "item", Name: "item_made", Columns: []string{"made"}})
		}
	}
	return out, nil
}

func (s tables) FindIndex(ctx context.Context, in, name string) ([]schema.Index, error) {
	var out []schema.Index
	for _, t := range s.list {
		if !strings.EqualFold(t.Schema, in) {
			continue
		}
		list, err := s.TableIndexes(ctx, in, t.Name)
		if err != nil {
			return nil, err
		}
		for _, ix := range list {
			if strings.EqualFold(ix.Name, name) {
				out = append(out, ix)
			}
		}
	}
	return out, nil
}

func col(name string, t pgtypes.Type, odbc int) schema.Column {
	return schema.Column{Name: name, Type: t, Exact: odbc == 12, Stored: schema.StoredType{ODBC: odbc}}
}

func numeric(name string, p, s int) schema.Column {
	c := col(name, pgtypes.Type{OID: pgtypes.Numeric, Mod: pgtypes.NumericMod(p, s)}, 2)
	c.Stored.Precision, c.Stored.Scale = p, s
	return c
}

// testTables are item, part (which references item), doc with a vector, log with counters, legacy as other programs make
// tables, and a view.
func testTables() tables {
	item := &schema.Table{OID: 20001, Schema: "SQLUser", Name: "item", Columns: []schema.Column{
		col("id", pgtypes.Of(pgtypes.Int4), 4), col("name", pgtypes.Type{OID: pgtypes.Varchar, Mod: pgtypes.VarcharMod(3)}, 12),
		col("qty", pgtypes.Of(pgtypes.Int4), 4), numeric("price", 8, 2), col("made", pgtypes.Of(pgtypes.Date), 91),
		col("seen", pgtypes.Of(pgtypes.Timestamptz), 93), col("amount", pgtypes.Of(pgtypes.Numeric), 2),
	}, Keys: []schema.Key{{Name: "item_pkey", Kind: schema.PrimaryKey, Columns: []string{"id"}},
		{Name: "item_name_key", Kind: schema.UniqueKey, Columns: []string{"name"}}}}
	item.Columns[0].NotNull = true
	item.Columns[2].Default, item.Columns[2].DefaultText = true, "5"
	item.Columns[5].Default, item.Columns[5].DefaultText = true, "GETUTCDATE(6)"
	item.Columns[6].Stored.Precision, item.Columns[6].Stored.Scale = 18, 6
	part := &schema.Table{OID: 20002, Schema: "SQLUser", Name: "part", Columns: []schema.Column{
		col("item", pgtypes.Of(pgtypes.Int4), 4), col("pos", pgtypes.Of(pgtypes.Int4), 4), col("note", pgtypes.Of(pgtypes.Text), 12),
	}, Keys: []schema.Key{{Name: "part_pkey", Kind: schema.PrimaryKey, Columns: []string{"item", "pos"}},
		{Name: "part_item_fkey", Kind: schema.ForeignKey, Columns: []string{"item"}, RefSchema: "SQLUser", RefTable: "item", RefColumns: []string{"id"}}}}
	vector := col("v", pgtypes.Type{OID: pgtypes.Vector, Mod: 3}, 12)
	vector.Stored = schema.StoredType{ODBC: 12, Class: "%Library.Vector", Element: "DOUBLE", Length: 3}
	doc := &schema.Table{OID: 20003, Schema: "SQLUser", Name: "doc", Columns: []schema.Column{
		col("id", pgtypes.Of(pgtypes.Int8), -5), vector, col("body", pgtypes.Of(pgtypes.Text), 12)}}
	doc.Columns[0].Identity, doc.Columns[0].Default, doc.Columns[0].NotNull = "identity", true, true
	legacy := &schema.Table{OID: 20004, Schema: "App", Name: "Legacy", Columns: []schema.Column{
		col("Code", pgtypes.Type{OID: pgtypes.Varchar, Mod: pgtypes.VarcharMod(50)}, 12), col("N", pgtypes.Of(pgtypes.Int8), -5)}}
	legacy.Columns[0].Exact = false
	view := &schema.Table{OID: 20005, Schema: "SQLUser", Name: "cheap", View: true, Columns: []schema.Column{col("id", pgtypes.Of(pgtypes.Int4), 4)}}
	return tables{[]*schema.Table{item, part, doc, legacy, view}}
}

func input(sql string, st parse.Statement) plan.Input {
	return plan.Input{Text: sql, Statement: st, Schema: testTables(), User: "ann", Path: []string{"ann", "public"}, Public: "SQLUser",
		Major: 2025, Minor: 1}
}
