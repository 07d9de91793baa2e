package irissql_test

import (
	"strings"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
)

func columnOf(table, name string) *schema.Column {
	for _, t := range world {
		for i := range t.Columns {
			if t.Name == table && t.Columns[i].Name == name {
				return &t.Columns[i]
			}
		}
	}
	return nil
}

func TestAssignedValuesAreCheckedBeforeTheyAreSent(t *testing.T) {
	short := func(v iris.Value) (iris.Value, error) {
		if len(v.String()) > 3 {
			return v, pgerr.New(pgerr.StringDataRightTruncation, "value too long for type character varying(3)")
		}
		return v, nil
	}
	code := columnOf("city", "country")
	word := func(s string) analyze.Expr {
		return &analyze.Const{Node: analyze.Node{Typ: code.Type}, Value: iris.Text(s)}
	}
	f, err := irissql.Assign(code, word("DEU"), short, irissql.Options{})
	if sql, _ := f.SQL(); err != nil || sql != "?" {
		t.Errorf("%s, %v", sql, err)
	}
	if _, err := irissql.Assign(code, word("Germany"), short, irissql.Options{}); err == nil || !strings.Contains(err.Error(), "22001") {
		t.Errorf("a constant that is too long: %v", err)
	}
	f, err = irissql.Assign(code, param(1, pgtypes.Varchar), short, irissql.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Args()[0].Check(iris.Text("Germany")); err == nil {
		t.Error("a parameter was not checked")
	}
}

func TestAssignedVectorsHaveTheColumnsShape(t *testing.T) {
	f, err := irissql.Assign(columnOf("city", "emb2"), param(1, pgtypes.Vector), nil, irissql.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if sql, _ := f.SQL(); sql != "TO_VECTOR(?, FLOAT, 3)" {
		t.Error(sql)
	}
	_, err = f.Args()[0].Check(iris.Text("1,2"))
	if err == nil || err.Error() != "expected 3 dimensions, not 2 (SQLSTATE 22000)" {
		t.Error(err)
	}
}

func TestUpdatesComputeInIRIS(t *testing.T) {
	city := from("city")
	p := irissql.New(irissql.Options{})
	target, err := p.Relation(city.rel)
	if err != nil {
		t.Fatal(err)
	}
	value, err := p.Assign(columnOf("city", "population"), call("int84pl", city.column("population"), integer(1)), nil)
	if err != nil {
		t.Fatal(err)
	}
	where, err := p.Cond(call("int4eq", city.column("id"), integer(7)))
	if err != nil {
		t.Fatal(err)
	}
	sql, _ := irissql.Fill(`UPDATE @ SET "population" = @ WHERE @`, target, value, where).SQL()
	const want = `UPDATE "SQLUser"."city" AS "city" SET "population" = ("city"."population" + ?) WHERE "city"."id" = ?`
	if sql != want {
		t.Error(sql)
	}
}
