package bound

import (
	"fmt"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
)

// schemas is a catalog of a few tables for the tests.
type schemas map[string]*Table

func (c schemas) DefaultSchema() string { return "SQLUser" }

func (c schemas) Table(schema, name string) (*Table, error) {
	if schema == "" {
		schema = "SQLUser"
	}
	return c[strings.ToUpper(schema+"."+name)], nil
}

// v2026 is the newest release that the tests speak.
var v2026 = irissql.Version{Major: 2026, Minor: 1}

func column(name string, t sqltype.Type) Column {
	c := Column{Name: name, Type: t, Nullable: true}
	if !isOrderedByNumber(t) {
		c.Collation = sqltype.Exact
	}
	if t.Kind == sqltype.VarChar {
		c.Collation = sqltype.SQLUpper
	}
	return c
}

func kind(k sqltype.Kind) sqltype.Type { return sqltype.Type{Kind: k} }

func varchar(n int) sqltype.Type { return sqltype.Type{Kind: sqltype.VarChar, Length: n} }

// rowID is the column that a table has without naming it.
var rowID = Column{Name: "ID", Type: kind(sqltype.BigInt), Hidden: true, Identity: true}

// testCatalog has Person, with a column of every kind, Orders, Numbered with an IDENTITY column, Plain, which takes values
// for it, a read-only system table, and views.
func testCatalog(t *testing.T) schemas {
	t.Helper()
	exact := column("Code", varchar(10))
	exact.Collation = sqltype.Exact
	required := column("Name", varchar(30))
	required.Nullable = false
	version := column("Version", sqltype.Type{Kind: sqltype.BigInt, Class: "%Library.RowVersion"})
	version.ReadOnly = true
	serial := column("Serial", sqltype.Type{Kind: sqltype.BigInt, Class: "%Library.Counter"})
	serial.Counter = true
	identity := Column{Name: "Num", Type: kind(sqltype.BigInt), Identity: true}
	list := []*Table{
		{Schema: "SQLUser", Name: "Person", ClassName: "User.Person", Columns: []Column{rowID, required, exact,
			column("Age", kind(sqltype.Integer)), column("Pay", sqltype.Type{Kind: sqltype.Numeric, Precision: 10, Scale: 2}),
			column("Ratio", kind(sqltype.Double)), column("Born", kind(sqltype.Date)), column("Woke", kind(sqltype.Time)),
			column("Seen", kind(sqltype.PosixTime)), column("Noted", kind(sqltype.TimeStamp)), column("Active", kind(sqltype.Bit)),
			column("Photo", sqltype.Type{Kind: sqltype.VarBinary, Length: 100}), column("Notes", kind(sqltype.LongVarChar)),
			column("Face", sqltype.Type{Kind: sqltype.Vector, Element: sqltype.ElementDouble, Length: 3}), version, serial}},
		{Schema: "SQLUser", Name: "Orders", ClassName: "User.Orders", Columns: []Column{rowID, column("Person", kind(sqltype.BigInt)),
			column("Age", kind(sqltype.Integer)), column("Title", varchar(50))}},
		{Schema: "SQLUser", Name: "Numbered", Columns: []Column{identity, column("Title", varchar(50))}},
		{Schema: "Other", Name: "Plain", Columns: []Column{identity, column("Title", varchar(50))}, IdentityInsert: true},
		{Schema: "INFORMATION_SCHEMA", Name: "TABLES", Columns: []Column{column("TABLE_NAME", varchar(128))}, RowID: -1, ReadOnly: true},
	}
	c := schemas{}
	for _, table := range list {
		c[strings.ToUpper(table.Schema+"."+table.Name)] = table
	}
	c.addView(t, "Adults", "SELECT Name, Age AS Years FROM Person WHERE Age > 17", "Who", "Years")
	c.addView(t, "Old", "SELECT Who FROM Adults WHERE Years > 70", "Who")
	c.addView(t, "Broken", "SELECT Gone FROM Person", "Gone")
	return c
}

func (c schemas) addView(t *testing.T, name, text string, columns ...string) {
	parsed, err := irissql.Parse(text, v2026)
	if err != nil {
		t.Fatal(err)
	}
	v := &Table{Schema: "SQLUser", Name: name, RowID: -1, View: parsed}
	for _, n := range columns {
		v.Columns = append(v.Columns, Column{Name: n})
	}
	c[strings.ToUpper("SQLUser."+name)] = v
}

// bind parses and binds a text for the newest release.
func bind(t *testing.T, text string) (*Statement, error) {
	t.Helper()
	parsed, err := irissql.Parse(text, v2026)
	if err != nil {
		return nil, err
	}
	return Bind(parsed, testCatalog(t), Options{})
}

func mustBind(t *testing.T, text string) *Statement {
	t.Helper()
	st, err := bind(t, text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return st
}

// typeText writes a type as DDL would.
func typeText(t sqltype.Type) string {
	s := t.Name()
	switch t.Kind {
	case sqltype.Numeric:
		s += digits(t.Precision, t.Scale)
	case sqltype.VarChar:
		if t.Length > 0 {
			s += digits(t.Length)
		}
	case sqltype.PosixTime:
		s = "POSIXTIME"
	case sqltype.Vector:
		s = "VECTOR(" + t.Element.String() + ")"
	case sqltype.List:
		s = "LIST"
	}
	return s
}

func digits(list ...int) string {
	return "(" + strings.Trim(strings.Join(strings.Fields(fmt.Sprint(list)), ","), "[]") + ")"
}
