package irissql_test

import (
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
)

// tree builds typed trees by hand, for tests that don't want the analyzer in between.
type tree struct{ rel *analyze.Relation }

func from(table string) tree {
	for _, t := range world {
		if t.Name == table {
			return tree{&analyze.Relation{Label: table, Table: t}}
		}
	}
	return tree{}
}

func (t tree) column(name string) analyze.Expr {
	for i, c := range t.rel.Table.Columns {
		if c.Name == name {
			return &analyze.Column{Node: analyze.Node{Typ: c.Type}, Rel: t.rel, Index: i}
		}
	}
	return nil
}

func param(n int, oid pgtypes.OID) analyze.Expr {
	return &analyze.Param{Node: analyze.Node{Typ: pgtypes.Of(oid)}, Number: n}
}

func integer(i int64) analyze.Expr {
	return &analyze.Const{Node: analyze.Node{Typ: pgtypes.Of(pgtypes.Int4)}, Value: iris.Int(i)}
}

func call(id string, args ...analyze.Expr) analyze.Expr {
	f := analyze.FunctionByID(id)
	return &analyze.Call{Node: analyze.Node{Typ: pgtypes.Of(f.Result)}, Func: f, Op: f.Kind == analyze.Operator, Args: args}
}

// pointQuery is SELECT name, population FROM city WHERE id = $1.
func pointQuery() *analyze.Query {
	t := from("city")
	targets := []analyze.Target{{Expr: t.column("name")}, {Expr: t.column("population")}}
	return &analyze.Query{
		Body: &analyze.Select{Targets: targets, From: []analyze.FromItem{t.rel}, Where: call("int4eq", t.column("id"), param(1, pgtypes.Int4))},
		Columns: []analyze.OutColumn{
			{Name: "name", Type: targets[0].Expr.Type()}, {Name: "population", Type: targets[1].Expr.Type()},
		},
	}
}

func TestPointQuery(t *testing.T) {
	p, err := irissql.Query(pointQuery(), irissql.Options{Major: 2025, Minor: 1})
	if err != nil {
		t.Fatal(err)
	}
	sql, _ := p.SQL()
	const want = `SELECT "city"."name" AS "name", "city"."population" AS "population" FROM "SQLUser"."city" AS "city" WHERE "city"."id" = ?`
	if sql != want || len(p.Args()) != 1 || p.Args()[0].Param != 1 {
		t.Errorf("%s\n%+v", sql, p.Args())
	}
}

func TestNearestSearchUsesTheScoresAlias(t *testing.T) {
	for _, c := range []struct{ id, function, direction string }{
		{"cosine_distance", "VECTOR_COSINE", " DESC"},
		{"vector_negative_inner_product", "VECTOR_DOT_PRODUCT", " DESC"},
	} {
		city := from("city")
		distance := call(c.id, city.column("emb"), param(1, pgtypes.Vector))
		q := &analyze.Query{
			Body:    &analyze.Select{Targets: []analyze.Target{{Expr: city.column("id")}}, From: []analyze.FromItem{city.rel}},
			OrderBy: []analyze.SortKey{{Expr: distance}},
			Limit:   integer(5),
			Columns: []analyze.OutColumn{{Name: "id", Type: pgtypes.Of(pgtypes.Int4)}},
		}
		p, err := irissql.Query(q, irissql.Options{Major: 2025, Minor: 1})
		if err != nil {
			t.Fatal(err)
		}
		sql, holes := p.SQL()
		want := `SELECT TOP  "city"."id" AS "id", ` + c.function + `("city"."emb", TO_VECTOR(?, DOUBLE, 3)) AS "score" FROM "SQLUser"."city" AS "city" ORDER BY "score"` + c.direction
		if sql != want || len(holes) != 1 || holes[0].Arg.Const.String() != "5" {
			t.Errorf("%s\nwant %s", sql, want)
		}
		_, err = p.Args()[0].Check(iris.Text("1,2,3,4"))
		if err == nil || err.Error() != "different vector dimensions 3 and 4 (SQLSTATE 22000)" {
			t.Errorf("four dimensions: %v", err)
		}
	}
}

func BenchmarkPointQuery(b *testing.B) {
	q := pointQuery()
	for b.Loop() {
		if _, err := irissql.Query(q, irissql.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
