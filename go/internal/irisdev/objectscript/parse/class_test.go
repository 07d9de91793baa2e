package parse_test

import (
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/parse"
)

const sampleClass = `Include (%occErrors, My.Macros)

IncludeGenerator Gen

Import (Shop, Till)

// A remark for nobody.

/// A till.
/// It counts.
Class Shop.Till Extends (%Persistent, Shop.Base) [ Abstract, Inheritance = right, Not ProcedureBlock, SqlTableName = tills ]
{

/// How often.
Parameter COUNT As %Integer = 5;

Parameter NAME = "a; ""b""";

Parameter WHEN = {$horolog};

Parameter OPEN [ Abstract ];

/// What it holds.
Property Sum As %Numeric(SCALE = 2, VALUELIST = ",1,2") [ InitialExpression = {1+{2}}, Required, Not Private ];

Property Coins As list Of %Integer;

Property Notes As array Of Shop.Note(X = 1);

Property "odd name" As %String [ SqlFieldName = odd ];

Property Loose(MAXLEN = 5, SCALE = 1);

Relationship Shop As Shop.Shop [ Cardinality = one, Inverse = Tills ];

Index SumIndex On (Sum, Coins(KEYS)) [ Type = bitmap, Unique ];

ForeignKey ShopKey(Shop) References Shop.Shop(ID) [ OnDelete = cascade ];

Projection Extra As Shop.Projection(A = "x");

/// Counts.
Method Count(a As %Integer = 1, ByRef b, Output c As %String(MAXLEN = 3) = "x,)", d = {..Sum}, e = $$$OK, rest...) As %Status [ Final ]
{
	if a { quit "}" } // }
	/* } */
	&sql(select '}' into :b)
	quit $$$OK
}

ClassMethod Short() { quit 1 }

ClassMethod Native(x As %String) As %String [ Language = native ];

ClassMethod Py(x)
	As %String [ Language = python ]
{
    d = {
}
    return "{"
}

Query All(a As %String) As %SQLQuery(CONTAINID = 1) [ SqlProc ]
{
SELECT ID FROM Shop.Till WHERE Name = :a
}

XData Menu [ MimeType = application/json ]
{
{
 "a": "}"
}
}

Trigger T [ Event = INSERT ]
{
	set x = {}
}

Storage Default
{
<Type>%Storage.Persistent</Type>
}

}
`

func TestClass(t *testing.T) {
	c, err := parse.Class(sampleClass)
	if err != nil {
		t.Fatal(err)
	}
	if c.Name != "Shop.Till" || strings.Join(c.Supers, " ") != "%Persistent Shop.Base" || c.Doc != "A till.\nIt counts." {
		t.Errorf("class is %s of %v: %q", c.Name, c.Supers, c.Doc)
	}
	if got := strings.Join(append(append(c.Includes, c.GeneratorIncludes...), c.Imports...), " "); got != "%occErrors My.Macros Gen Shop Till" {
		t.Errorf("head is %s", got)
	}
	k := c.Keywords
	if !k.Has("abstract") || k["inheritance"] != "right" || k.Has("procedureblock") || k["procedureblock"] != "0" || k["sqltablename"] != "tills" {
		t.Errorf("keywords are %v", k)
	}
	checkMembers(t, c)
	checkMethods(t, c.Methods)
}

func checkMembers(t *testing.T, c *ast.Class) {
	t.Helper()
	var got []string
	for _, p := range c.Parameters {
		got = append(got, "Parameter "+p.Name+" "+p.Type+"="+p.Value+p.Computed+" "+p.Keywords["abstract"])
	}
	for _, p := range c.Properties {
		got = append(got, "Property "+p.Name+" "+p.Collection+" "+p.Type+" "+p.TypeParams["SCALE"]+p.TypeParams["VALUELIST"]+
			" "+p.Keywords["initialexpression"]+p.Keywords["sqlfieldname"]+p.Keywords["inverse"])
	}
	for _, q := range c.Queries {
		got = append(got, "Query "+q.Name+" "+q.Type+" "+q.TypeParams["CONTAINID"]+" "+strings.TrimSpace(q.Text))
	}
	for _, x := range c.XData {
		got = append(got, "XData "+x.Name+" "+x.Keywords["mimetype"]+" "+x.Text)
	}
	for _, o := range c.Others {
		got = append(got, o.Kind+" "+o.Name+" "+strings.TrimSpace(o.Text))
	}
	want := []string{
		"Parameter COUNT %Integer=5 ", "Parameter NAME =a; \"b\" ", "Parameter WHEN =$horolog ", "Parameter OPEN = 1",
		"Property Sum  %Numeric 2,1,2 1+{2}", "Property Coins list %Integer  ", "Property Notes array Shop.Note  ",
		"Property odd name  %String  odd", "Property Loose   1 ", "Property Shop  Shop.Shop  Tills",
		"Query All %SQLQuery 1 SELECT ID FROM Shop.Till WHERE Name = :a",
		"XData Menu application/json {\n \"a\": \"}\"\n}\n",
		"Index SumIndex On (Sum, Coins(KEYS))", "ForeignKey ShopKey (Shop) References Shop.Shop(ID)",
		"Projection Extra As Shop.Projection(A = \"x\")", "Trigger T set x = {}", "Storage Default <Type>%Storage.Persistent</Type>",
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("member %d:\n is   %q\n want %q", i, got[min(i, len(got)-1)], want[min(i, len(want)-1)])
		}
	}
}

func checkMethods(t *testing.T, list []*ast.MethodDef) {
	t.Helper()
	if len(list) != 4 {
		t.Fatalf("%d methods", len(list))
	}
	m := list[0]
	if m.Name != "Count" || m.Returns != "%Status" || m.ClassMethod || !m.Keywords.Has("final") || m.Doc != "Counts." {
		t.Errorf("method is %+v", m)
	}
	if want := `[Formal{name:a type:%Integer default:1 defaulttext:1} Formal{name:b mode:R} ` +
		`Formal{name:c type:%String mode:O default:"x,)" defaulttext:"x,)"} ` +
		`Formal{name:d default:Prop{obj:self name:Sum} defaulttext:..Sum} ` +
		`Formal{name:e defaulttext:$$$OK} Formal{name:rest variadic:yes}]`; showAll(m.Formals) != want {
		t.Errorf("formals are %s\nwant %s", showAll(m.Formals), want)
	}
	if want := "\tif a { quit \"}\" } // }\n\t/* } */\n\t&sql(select '}' into :b)\n\tquit $$$OK\n"; m.Body != want || m.BodyLine != 45 {
		t.Errorf("body in line %d is %q", m.BodyLine, m.Body)
	}
	if m = list[1]; m.Body != " quit 1 " || !m.ClassMethod {
		t.Errorf("one-line body is %q", m.Body)
	}
	if m = list[2]; m.Body != "" || m.Keywords["language"] != "native" {
		t.Errorf("method without a body is %+v", m)
	}
	if m = list[3]; m.Body != "    d = {\n}\n    return \"{\"\n" || m.Returns != "%String" {
		t.Errorf("body of another language is %q", m.Body)
	}
}

func TestBlanksBeforeTheParametersOfAType(t *testing.T) {
	c, err := parse.Class("Class A {\nProperty p As %String (MAXLEN = 9) [ Required ];\nProperty q As %String ;\nMethod m(a As %Integer (MINVAL = 1)) As %Status\n{\n}\n}")
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Properties[0].TypeParams["MAXLEN"] + c.Properties[1].Type + c.Methods[0].Returns; got != "9%String%Status" {
		t.Error(got)
	}
}

func TestWhatIsNoClass(t *testing.T) {
	for _, c := range []tree{
		{"", "1:2: <SYNTAX> Class expected"},
		{"Class {", "name of a class expected"},
		{"Class A { Foo x; }", "a class has no member Foo"},
		{"Class A { Property x }", "; expected"},
		{"Class A { Method m() { quit }", "a class has no member"},
		{"Class A { Method m() { if x { } ", "{ without }"},
		{"Class A { Parameter P = \"x; }", "string without end"},
		{"Class A { } more", "nothing may follow"},
		{"Class A [ X = ", "expected"},
		{"Class A { /* ", "comment without end"},
		{"Class A { Method m(a = {}) { } }", "expression expected"},
		{"Class A { Method m(a = 1 2) { } }", "unexpected 2"},
	} {
		_, err := parse.Class(c.source)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.source, err, c.want)
		}
	}
}

func TestRoutineFile(t *testing.T) {
	name, typ, code, ok := parse.RoutineFile("ROUTINE My.Macros [Type=INC,Generated]\r\n#define A 1\r\n\r\n")
	if name != "My.Macros" || typ != "INC" || strings.Join(code, "|") != "#define A 1|" || !ok {
		t.Errorf("%s %s %q %v", name, typ, code, ok)
	}
	if name, typ, _, _ = parse.RoutineFile("ROUTINE %zRun\n quit"); name != "%zRun" || typ != "MAC" {
		t.Errorf("%s %s", name, typ)
	}
	if _, _, _, ok = parse.RoutineFile("%zRun ; a routine\n quit"); ok {
		t.Error("a file without ROUTINE has a name")
	}
}
