package sqlrun

import (
	"context"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlfunc"
	"iris-pgwire/internal/irisdev/value"
)

// readJSONTable runs JSON_TABLE(doc, path COLUMNS (name VARCHAR, age INTEGER, n FOR ORDINALITY)) and joins its rows.
func readJSONTable(t *testing.T, doc value.Value, path string) (string, error) {
	t.Helper()
	p, err := sqlfunc.ParseJSONPath(path)
	if err != nil {
		return "", err
	}
	name, _ := sqlfunc.ParseJSONPath("$.name")
	age, _ := sqlfunc.ParseJSONPath("$.age")
	o := &jsonTable{path: p, slots: slotRange{0, 4}, x: func(*frame) (value.Value, error) { return doc, nil }, columns: []jsonField{
		{path: name, t: sqltype.Type{Kind: sqltype.VarChar, Length: 20}}, {path: age, t: sqltype.Type{Kind: sqltype.Integer}}, {ordinality: true}}}
	f := &frame{execution: &execution{ctx: context.Background()}, slots: make([]value.Value, 4)}
	c, err := o.open(f)
	if err != nil {
		return "", err
	}
	rows, err := drain(f, c, slotRange{0, 3})
	var out []string
	for _, r := range rows {
		out = append(out, r[0].Text()+"/"+r[1].Text()+"/"+r[2].Text())
	}
	return strings.Join(out, " "), err
}

func TestJSONTable(t *testing.T) {
	doc := value.Text(`{"list":[{"name":"Ann","age":30},{"age":null},{"name":"Bo"}],"one":{"name":"Cy","age":7}}`)
	for path, want := range map[string]string{"$.list": "Ann/30/1 //2 Bo//3", "$.one": "Cy/7/1", "$.none": "", "$": "//1"} {
		if got, err := readJSONTable(t, doc, path); err != nil || got != want {
			t.Errorf("%s gives %q, %v; want %q", path, got, err, want)
		}
	}
	if got, err := readJSONTable(t, value.NullValue(), "$"); err != nil || got != "" {
		t.Errorf("NULL gives %q, %v", got, err)
	}
	for _, bad := range []string{`{"list":`, `no json`} {
		if _, err := readJSONTable(t, value.Text(bad), "$"); err == nil {
			t.Errorf("%s is read", bad)
		}
	}
	if _, err := readJSONTable(t, value.Text(`{"name":"longer than twenty characters"}`), "$"); err == nil {
		t.Error("a value that does not fit was changed")
	}
}
