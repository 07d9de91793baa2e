package irissql_test

import (
	"context"
	"strings"

	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
)

// tables is a schema.Source for tests.
type tables []*schema.Table

func (t tables) Version() uint64 { return 1 }

func (t tables) Table(_ context.Context, schemaName, name string) (*schema.Table, error) {
	for _, x := range t {
		if strings.EqualFold(x.Schema, schemaName) && strings.EqualFold(x.Name, name) {
			return x, nil
		}
	}
	return nil, nil
}

// column makes a column from its type; text of tables made through the gateway is EXACT.
func column(name string, t pgtypes.Type, notNull bool) schema.Column {
	return schema.Column{Name: name, Type: t, NotNull: notNull, Exact: true}
}

func numeric(p, s int) pgtypes.Type {
	return pgtypes.Type{OID: pgtypes.Numeric, Mod: pgtypes.NumericMod(p, s)}
}

func charN(oid pgtypes.OID, n int) pgtypes.Type {
	return pgtypes.Type{OID: oid, Mod: pgtypes.VarcharMod(n)}
}

func vectorColumn(name, element string, n int) schema.Column {
	c := column(name, pgtypes.Type{OID: pgtypes.Vector, Mod: int32(n)}, false)
	c.Stored = schema.StoredType{Class: "%Library.Vector", Element: element, Length: n}
	return c
}

// upper is a text column of an older table, in IRIS's default collation SQLUPPER.
func upper(name string) schema.Column {
	c := column(name, charN(pgtypes.Varchar, 50), false)
	c.Exact = false
	return c
}

func primary(columns ...string) []schema.Key {
	return []schema.Key{{Name: "pk", Kind: schema.PrimaryKey, Columns: columns}}
}

// world is the schema of the golden files.
var world = tables{
	{Schema: "SQLUser", Name: "city", Keys: primary("id"), Columns: []schema.Column{
		column("id", pgtypes.Of(pgtypes.Int4), true),
		column("name", pgtypes.Of(pgtypes.Text), true),
		column("country", charN(pgtypes.Varchar, 3), false),
		column("population", pgtypes.Of(pgtypes.Int8), false),
		column("area", numeric(10, 2), false),
		column("founded", pgtypes.Of(pgtypes.Date), false),
		column("capital", pgtypes.Of(pgtypes.Bool), false),
		column("updated", pgtypes.Of(pgtypes.Timestamptz), false),
		column("seen", pgtypes.Of(pgtypes.Timestamp), false),
		column("rating", pgtypes.Of(pgtypes.Float8), false),
		column("ratio", pgtypes.Of(pgtypes.Float4), false),
		column("code", charN(pgtypes.Bpchar, 3), false),
		column("uid", pgtypes.Of(pgtypes.UUID), false),
		column("meta", pgtypes.Of(pgtypes.JSONB), false),
		column("raw", pgtypes.Of(pgtypes.Bytea), false),
		vectorColumn("emb", "DOUBLE", 3),
		vectorColumn("emb2", "FLOAT", 3),
	}},
	{Schema: "SQLUser", Name: "orders", Keys: primary("id"), Columns: []schema.Column{
		column("id", pgtypes.Of(pgtypes.Int4), true),
		column("city_id", pgtypes.Of(pgtypes.Int4), false),
		column("amount", numeric(12, 2), false),
		column("qty", pgtypes.Of(pgtypes.Int4), true),
		column("placed", pgtypes.Of(pgtypes.Timestamptz), false),
		column("status", pgtypes.Of(pgtypes.Text), false),
	}},
	{Schema: "Sample", Name: "Person", Keys: primary("ID"), Columns: []schema.Column{
		column("ID", pgtypes.Of(pgtypes.Int8), true),
		upper("Name"),
		upper("SSN"),
		column("Age", pgtypes.Of(pgtypes.Int4), false),
	}},
}
