package analyze

import (
	"errors"
	"strings"
	"testing"

	"iris-pgwire/internal/pgerr"
)

func TestWhatIsNotBuiltIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		"select * from generate_series(1, 5)":                                     "generate_series() in FROM",
		"select unnest(array[1])":                                                 "the set-returning function unnest()",
		"select any_value(id) from author":                                        "the function any_value()",
		"select to_tsvector('a')":                                                 "the function to_tsvector()",
		"select xmlcomment('a')":                                                  "the function xmlcomment()",
		"select * from pg_class":                                                  "the catalog relation pg_class",
		"select * from pg_catalog.pg_class":                                       "the catalog relation pg_catalog.pg_class",
		"select * from information_schema.tables":                                 "the catalog relation information_schema.tables",
		"select mode() within group (order by id) from author":                    "the ordered-set aggregate mode()",
		"select id from author group by rollup (id)":                              "ROLLUP",
		"select id from author group by cube (id)":                                "CUBE",
		"select id from author group by grouping sets ((id), ())":                 "GROUPING SETS",
		"select grouping(id) from author group by id":                             "GROUPING()",
		"with recursive r as (select 1 union select * from r) select * from r":    "a recursive WITH query",
		"with d as (delete from author returning *) select * from d":              "a data-modifying statement in WITH",
		"select sum(id) over (order by id range 1 preceding) from author":         "a RANGE frame with an offset",
		"select name collate \"de_DE\" from author":                               "COLLATE \"de_DE\"",
		"select (array[1,2])[1]":                                                  "subscripts and fields of an expression",
		"select array[array[1], array[2]]":                                        "a multi-dimensional ARRAY[]",
		"select row(1, 2)":                                                        "a row value",
		"select (1, 2) in (select 1, 2)":                                          "a row compared with a subquery",
		"select '1'::money":                                                       "type money",
		"select '1'::void":                                                        "a value of type void",
		"select lower(variadic array['a'])":                                       "a VARIADIC argument",
		"select make_interval(days => 1)":                                         "a named argument",
		"select * from author tablesample system (1)":                             "TABLESAMPLE",
		"select * from (author a join book b on true) j":                          "an alias of a join",
		"select 1 into x":                                                         "SELECT INTO",
		"delete from author where current of c":                                   "WHERE CURRENT OF",
		"insert into author (id) values (1) on conflict (lower(name)) do nothing": "an expression in ON CONFLICT",
		"update author set (id, name) = (select 1, 'a')":                          "SET (columns) = a query",
		"merge into author using book on true when matched then delete":           "MERGE",
		"select json_object('a': 1)":                                              "this SQL/JSON or XML expression",
	} {
		_, err := analyzed(t, text)
		var e *pgerr.Error
		if !errors.As(err, &e) || e.Code != pgerr.FeatureNotSupported || !strings.HasPrefix(e.Message, want+" is not supported") || e.Position == 0 {
			t.Errorf("%s: %+v", text, e)
		}
	}
}

func TestCatalogKnowsItsTypes(t *testing.T) {
	c := catalogOnce()
	for _, byName := range []map[string][]*Function{c.functions, c.operators} {
		for name, list := range byName {
			for _, f := range list {
				for _, oid := range append([]uint32{uint32(f.Result)}, oids(f)...) {
					if oid == 0 {
						t.Errorf("%s: a type that is not known", name)
					}
				}
				if FunctionByID(f.ID) == nil {
					t.Errorf("%s is not found by its ID", f.ID)
				}
			}
		}
	}
	for key := range c.casts {
		if key.from == 0 || key.to == 0 {
			t.Errorf("a cast of a type that is not known: %v", key)
		}
	}
	for name := range missing() {
		if c.functions[name] != nil {
			t.Errorf("%s is built", name)
		}
	}
}

func oids(f *Function) []uint32 {
	var out []uint32
	for _, a := range f.Args {
		out = append(out, uint32(a))
	}
	return out
}

func TestVectorOperatorsTakeLiteralsAndParameters(t *testing.T) {
	r, err := analyzed(t, "select id, embedding <=> $1 as distance from item where embedding <#> '[1,2,3]' < 0 order by embedding <=> $1 limit $2")
	if err != nil {
		t.Fatal(err)
	}
	if got := TypeName(r.Params[0].OID) + ", " + TypeName(r.Params[1].OID) + ", " + TypeName(r.Columns[1].Type.OID); got != "vector, bigint, double precision" {
		t.Error(got)
	}
	if _, err := analyzed(t, "select embedding <=> '[1,x]' from item"); codeOf(err) != "22P02" {
		t.Error(err)
	}
}
