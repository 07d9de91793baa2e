package analyze

import (
	"context"
	"strings"
	"testing"

	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/parse"
)

// tables is a schema of tables written as "name: column type, …".
type tables []*schema.Table

func (ts tables) Table(_ context.Context, schemaName, name string) (*schema.Table, error) {
	for _, t := range ts {
		if strings.EqualFold(t.Schema, schemaName) && strings.EqualFold(t.Name, name) {
			return t, nil
		}
	}
	return nil, nil
}

func (tables) Version() uint64 { return 1 }

// table makes a table; its first column is the primary key.
func table(t testing.TB, definition string) *schema.Table {
	t.Helper()
	name, rest, _ := strings.Cut(definition, ": ")
	out := &schema.Table{Schema: "SQLUser", Name: name, OID: uint32(16384 + len(name))}
	for _, c := range strings.Split(rest, "; ") {
		column, typ, _ := strings.Cut(c, " ")
		list, err := parse.Parse("select null::" + typ)
		if err != nil {
			t.Fatal(err)
		}
		cast := list[0].Node.(*parse.Select).Body.(*parse.SelectCore).Targets[0].Expr.(*parse.Cast)
		resolved, err := ResolveType(cast.Type)
		if err != nil {
			t.Fatal(err)
		}
		out.Columns = append(out.Columns, schema.Column{Name: column, Type: resolved, Exact: true})
	}
	out.Keys = []schema.Key{{Name: name + "_pkey", Kind: schema.PrimaryKey, Columns: []string{out.Columns[0].Name}}}
	return out
}

// library has the tables of testdata/param-inference.txt; the enum is left out, since there are none here.
func library(t testing.TB) tables {
	return tables{
		table(t, "author: id int4; name varchar(100); score numeric(10,2); born date; active bool; created_at timestamptz"),
		table(t, "book: id int8; price numeric(8,2); tags text[]; meta jsonb; isbn char(13); published timestamp; uid uuid; blob bytea; author_id int4"),
		table(t, "item: id int4; embedding vector(3)"),
	}
}

func analyzed(t testing.TB, text string) (*Result, error) {
	t.Helper()
	list, err := parse.Parse(text)
	if err != nil {
		return nil, err
	}
	return Analyze(context.Background(), text, list[0], Options{Schema: library(t), Path: []string{"public"}, Public: "SQLUser", Style: pgtypes.Style{}})
}
