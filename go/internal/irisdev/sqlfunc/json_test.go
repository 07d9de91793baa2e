package sqlfunc

import (
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

func TestIsJSON(t *testing.T) {
	for text, want := range map[string]bool{`{"a":1}`: true, ` [1,2]`: true, `{}`: true, `"text"`: false, `12`: false, `{"a":`: false, ``: false, `{a:1}`: false} {
		if got := IsJSON(s(text)); got != want {
			t.Errorf("%q IS JSON: %v", text, got)
		}
	}
}

func TestJSONConstructors(t *testing.T) {
	list := args("k", "v\"1", "n", dec("0.5"), "d", day("2024-02-22"), "z", nil)
	known, vals := make([]Arg, len(list)), make([]value.Value, len(list))
	for n, x := range list {
		known[n], vals[n] = arg(t, x)
	}
	for _, x := range []struct {
		c    Call
		want string
	}{
		{JSONObject(known, false), `{"k":"v\"1","n":0.5,"d":"2024-02-22","z":null}`},
		{JSONObject(known, true), `{"k":"v\"1","n":0.5,"d":"2024-02-22"}`},
		{JSONArray(known, true), `["k","v\"1","n",0.5,"d","2024-02-22","z"]`},
	} {
		if v, err := x.c.Run(fakeEnv{}, vals); err != nil || v.Text() != x.want {
			t.Errorf("got %s, %v; want %s", v.Text(), err, x.want)
		}
	}
	nested := []Arg{{Type: anyText, JSON: true}}
	if v, err := JSONArray(nested, false).Run(fakeEnv{}, []value.Value{s(`{"a":1}`)}); err != nil || v.Text() != `[{"a":1}]` {
		t.Errorf("nested: %s, %v", v.Text(), err)
	}
}

func TestJSONTablePaths(t *testing.T) {
	doc := s(`{"people":[{"name":"Ann","age":30,"x":{"y":[1, 2]}},{"name":null,"age":1.50}],"one":{"a":true}}`)
	rows := func(path string) []string {
		p, err := ParseJSONPath(path)
		if err != nil {
			t.Fatal(err)
		}
		items, err := JSONRows(doc, p)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, i := range items {
			out = append(out, string(i))
		}
		return out
	}
	if got := rows("$.people"); len(got) != 2 {
		t.Errorf("an array gives %d rows", len(got))
	}
	if got := rows("$.one.a"); len(got) != 1 || got[0] != "true" {
		t.Errorf("a scalar gives %v", got)
	}
	if got := rows("$.missing.x"); got != nil {
		t.Errorf("a missing path gives %v", got)
	}
	for _, bad := range []string{"a", "$[0]", "$.a[*]", "$..a", "$.", "lax $.a"} {
		if _, err := ParseJSONPath(bad); codeOf(t, err) != -400 {
			t.Errorf("path %q is taken", bad)
		}
	}
}

func TestJSONTableValues(t *testing.T) {
	short := sqltype.Type{Kind: sqltype.VarChar, Length: 3}
	for _, x := range []struct {
		doc  string
		t    sqltype.Type
		want any
	}{
		{`"text"`, anyText, "text"}, {`1.50`, anyText, "1.5"}, {`true`, anyText, "1"}, {`null`, anyText, nil}, {``, anyText, nil},
		{`{"y": [1, 2]}`, anyText, `{"y":[1,2]}`}, {`7`, integer, "7"}, {`"7"`, integer, "7"}, {`7.5`, integer, -400}, {`"abc"`, integer, -400},
		{`"abcd"`, short, -400}, {`"2024-02-22"`, dateType, "66892"}, {`1.239`, numericOf(9, 2), "1.24"},
	} {
		v, err := JSONValue([]byte(x.doc), x.t)
		switch want := x.want.(type) {
		case int:
			if codeOf(t, err) != want {
				t.Errorf("%s: %v, want %d", x.doc, err, want)
			}
		case nil:
			if err != nil || !v.IsNull() {
				t.Errorf("%s = %q, %v; want NULL", x.doc, v.Text(), err)
			}
		default:
			if err != nil || v.Text() != want {
				t.Errorf("%s = %q, %v; want %v", x.doc, v.Text(), err, want)
			}
		}
	}
}

func FuzzJSONPath(f *testing.F) {
	for _, x := range []string{"$", "$.a.b", "$.a[0]", "", "$$", "$.ä"} {
		f.Add(x, `{"a":{"b":[1]}}`)
	}
	f.Fuzz(func(t *testing.T, path, doc string) {
		p, err := ParseJSONPath(path)
		if err != nil {
			return
		}
		items, err := JSONRows(s(doc), p)
		if err != nil {
			return
		}
		for _, x := range items {
			if v, err := JSONValue(x, anyText); err == nil && strings.HasPrefix(string(x), "[") && v.IsNull() {
				t.Errorf("an array became NULL")
			}
		}
	})
}
