package superserver

import (
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/value"
)

func TestCatalogueNamesMatchPatterns(t *testing.T) {
	for _, x := range []struct {
		pattern, name string
		want          bool
	}{
		{"%", "", true},
		{"%", "Person", true},
		{"person", "Person", true},
		{"P%n", "Person", true},
		{"P%n", "Persons", false},
		{"_erson", "Person", true},
		{"_", "", false},
		{"a_b", "aXb", true},
		{`a\_b`, "aXb", false},
		{`a\_b`, "a_b", true},
		{`100\%`, "100%", true},
		{"%%a%", "banana", true},
		{"", "x", false},
	} {
		if got := matches(x.pattern, x.name); got != x.want {
			t.Errorf("%q like %q: %v", x.name, x.pattern, got)
		}
	}
	if !is("%", "T") || !is("t", "T") || is("T%", "Tab") {
		t.Error("names that are no patterns")
	}
}

// The two replies to getTables and getPrimaryKeys, on rows of INFORMATION_SCHEMA that the engine gives.
func TestCatalogueAnswersInTwoReplies(t *testing.T) {
	engine := people()
	engine.rows = [][]value.Value{
		{value.Text("Sample"), value.Text("Person"), value.Text("BASE TABLE"), value.NullValue(), value.NullValue()},
		{value.Text("Sample"), value.Text("Seen"), value.Text("VIEW"), value.Text("shown"), value.NullValue()},
		{value.Text("Other"), value.Text("Person"), value.Text("BASE TABLE"), value.NullValue(), value.NullValue()},
	}
	c := dial(t, serve(t, Config{Engine: engine}))
	c.connect("USER", "_SYSTEM", "SYS", 32)
	names := func(status int, body []byte) string {
		var out []string
		for i, field := range strings.Split(unpack(t, body), ",") {
			if i >= 2 && (i-2)%10 == 0 {
				out = append(out, field)
			}
		}
		return strings.Join(out, " ")
	}
	if got := names(c.call("TA", 1, 1, 3, "%", "TABLE, VIEW", "sample")); !strings.HasPrefix(got, "TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS") {
		t.Errorf("columns: %s", got)
	}
	c.expect("tables", 100, ",Sample,Person,TABLE,,,,,,,,Sample,Seen,VIEW,shown,,,,,")(c.receive())
	c.call("TA", 2, 1, 3, "P%", "VIEW", "%")
	c.expect("no views of that name", 100, "")(c.receive())
	c.call("PK", 3, 1, 2, "Person", "Other")
	c.expect("keys", 100, ",Other,Person,BASE TABLE,,")(c.receive())
	c.call("PR", 4, 1, 2, "%", "%")
	c.expect("procedures", 100, "")(c.receive())
	c.expect("a message that is not known", 409, "")(c.call("CH", 5, 1, 0))
}

// What JDBC reads of PP's reply to an update once fast select was granted, and that it gets no negative status.
func TestWhatTheJDBCDriverReads(t *testing.T) {
	c := dial(t, serve(t, Config{Engine: people()}))
	c.connect("USER", "_SYSTEM", "SYS", 59)
	c.expect("update", 0, "0,0,1")(c.call("PP", 1, 1, "UPDATE", 0))
	c.expect("and its direct form", 0, "0,1,1")(c.call("DU", 2, 1, "UPDATE", 0, nil, 0, 1, 0))
}
