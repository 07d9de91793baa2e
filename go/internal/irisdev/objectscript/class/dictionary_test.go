package class

import (
	"errors"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/store"
)

// shelf is a library of a few classes.
type shelf map[string]string

func (s shelf) Class(name string) (string, bool) { t, ok := s[name]; return t, ok }

func (s shelf) Include(name string) (string, bool) { t, ok := s[name+".inc"]; return t, ok }

func (s shelf) Classes() []string {
	var out []string
	for name := range s {
		if !strings.HasSuffix(name, ".inc") {
			out = append(out, name)
		}
	}
	sortStrings(out)
	return out
}

var library = shelf{
	"%Library.RegisteredObject": "Class %Library.RegisteredObject [ Abstract ]\n{\nClassMethod %New() [ Language = native ]\n{\n}\n}\n",
	"%Library.String": "Class %Library.String [ ClassType = datatype ]\n{\nParameter MAXLEN = 50;\n" +
		"ClassMethod IsValid(%val) [ Language = native ]\n{\n}\n}\n",
	"%Library.Query": "Class %Library.Query\n{\nClassMethod Func(args...) [ Language = native ]\n{\n}\n}\n",
	"Security.Users": "Class Security.Users\n{\n}\n",
}

// host compiles without running anything: parameters are the text of their literals, generators write a fixed line.
type host struct{ p *store.Process }

func (h host) Store() *store.Process { return h.p }

func (h host) Value(_ *Class, x ast.Expr) (string, error) {
	if l, ok := x.(*ast.Literal); ok {
		return l.Value.Text(), nil
	}
	return "", errors.New("only literals")
}

func (h host) Generate(c *Class, m *Method) (string, error) {
	return " quit \"" + c.Name + ":" + m.Def.Name + "\"", nil
}

// bench is a dictionary with a process in USER.
type bench struct {
	t *testing.T
	d *Dictionary
	p *store.Process
}

func newBench(t *testing.T) *bench {
	t.Helper()
	s, err := store.Open("", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, ns := range []string{"USER", "OTHER"} {
		if err := s.CreateNamespace(ns); err != nil {
			t.Fatal(err)
		}
	}
	p, err := s.NewProcess("USER")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(p.End(), s.Close()); err != nil {
			t.Error(err)
		}
	})
	return &bench{t, NewDictionary(library), p}
}

// load takes in classes and compiles them; the problems of the first that has some are given back.
func (b *bench) load(sources ...string) Problems {
	b.t.Helper()
	var names []string
	for _, src := range sources {
		item, err := b.d.LoadText(b.p, "USER", "x.cls", src)
		if err != nil {
			return AsProblems(err)
		}
		names = append(names, strings.TrimSuffix(item, ".cls"))
	}
	wrong := b.d.Compile(host{b.p}, "USER", names, nil)
	for _, name := range sortedKeys(wrong) {
		return wrong[name]
	}
	return nil
}

func (b *bench) class(name string) *Class {
	b.t.Helper()
	c, err := b.d.Class(b.p, "USER", name)
	if err != nil {
		b.t.Fatalf("%s: %v", name, err)
	}
	return c
}

func TestNamesWithoutPackage(t *testing.T) {
	b := newBench(t)
	if wrong := b.load("Class P.A { }", "Class P.B { }", "Class Q.C { }", "Class User.D { }", "Import Q\n\nClass P.E Extends C { }"); wrong != nil {
		t.Fatal(wrong)
	}
	e := b.class("P.E")
	for name, want := range map[string]string{"%String": "%Library.String", "A": "P.A", "C": "Q.C", "D": "User.D", "X": "User.X",
		"Q.C": "Q.C", "%P.X": "%P.X"} {
		if got := b.d.FullName(b.p, "USER", e, name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if got := b.d.FullName(b.p, "USER", nil, "A"); got != "User.A" {
		t.Errorf("without a class A is %s", got)
	}
}

func TestWhereClassesAreSeen(t *testing.T) {
	b := newBench(t)
	if wrong := b.load("Class P.A { }", "Class %zP.B { }"); wrong != nil {
		t.Fatal(wrong)
	}
	for _, c := range []struct {
		ns, name string
		ok       bool
	}{{"USER", "P.A", true}, {"OTHER", "P.A", false}, {"OTHER", "%zP.B", true}, {"%SYS", "%zP.B", true}, {"USER", "%String", true},
		{"USER", "Security.Users", false}, {"%SYS", "Security.Users", true}, {"USER", "p.a", false}} {
		_, err := b.d.Class(b.p, c.ns, c.name)
		var f *fault.Error
		if (err == nil) != c.ok || err != nil && (!errors.As(err, &f) || f.Name != "CLASS DOES NOT EXIST") {
			t.Errorf("%s in %s: %v", c.name, c.ns, err)
		}
		if got := b.d.Exists(b.p, c.ns, c.name); got != c.ok {
			t.Errorf("%s in %s exists: %v", c.name, c.ns, got)
		}
	}
}

func TestTheFirstSuperclassWinsUnlessTheRightOneIsAskedFor(t *testing.T) {
	b := newBench(t)
	left := "Class P.L { Parameter N = \"left\"; Parameter L = 1; ClassMethod M() { } }"
	right := "Class P.R { Parameter N = \"right\"; Parameter R = 2; ClassMethod M() { } }"
	if wrong := b.load(left, right, "Class P.A Extends (L, R) { Parameter R; }",
		"Class P.B Extends (L, R) [ Inheritance = right ] { ClassMethod M() { } }"); wrong != nil {
		t.Fatal(wrong)
	}
	for name, want := range map[string][2]string{"P.A": {"left", "P.L"}, "P.B": {"right", "P.B"}} {
		c := b.class(name)
		if c.Parameters["N"].Value != want[0] || c.Methods["M"].Origin.Name != want[1] || c.Parameters["R"].Value != "2" {
			t.Errorf("%s: N=%s, M of %s, R=%s", name, c.Parameters["N"].Value, c.Methods["M"].Origin.Name, c.Parameters["R"].Value)
		}
	}
	if super := b.class("P.B").Methods["M"].Super; super == nil || super.Origin.Name != "P.R" {
		t.Errorf("##super of P.B is %v", super)
	}
	if c := b.class("P.A"); !c.Is("P.L") || !c.Is("P.R") || c.Is("P.B") || c.Chain[1].Name != "P.L" {
		t.Errorf("%v", c.Chain)
	}
}

func TestPropertiesHaveTheMethodsAndParametersOfTheirType(t *testing.T) {
	b := newBench(t)
	if wrong := b.load("Class P.A Extends %RegisteredObject { Property N As %String(MAXLEN = 3) [ InitialExpression = \"x\" ]; " +
		"Property O As %RegisteredObject; Property L As list Of %String; Query Q() As %Query(ROWSPEC = \"A\") { } }"); wrong != nil {
		t.Fatal(wrong)
	}
	c := b.class("P.A")
	n := c.Properties["N"]
	if n.Type != "%Library.String" || !n.Datatype || n.Params["MAXLEN"] != "3" || n.Initial == nil || c.Properties["O"].Datatype {
		t.Errorf("%+v", n)
	}
	if m := c.Methods["NIsValid"]; m == nil || m.Property != n || !m.Native {
		t.Errorf("NIsValid is %+v", m)
	}
	if c.Methods["LIsValid"] != nil || c.Methods["OIsValid"] != nil {
		t.Error("a list or an object has methods of a data type")
	}
	if m := c.Methods["QFunc"]; m == nil || m.Query == nil || m.Query.Name != "Q" {
		t.Errorf("QFunc is %+v", m)
	}
	if strings.Join(c.Order, ",") != "N,O,L" {
		t.Errorf("order %v", c.Order)
	}
}

func TestWhatACompilationMakesIsKept(t *testing.T) {
	b := newBench(t)
	base := "Class P.A { Parameter X = {\"made\"}; ClassMethod G() As %String [ CodeMode = objectgenerator ] { quit 1 } " +
		"ClassMethod E(a = 1) As %String [ CodeMode = expression ] { a+1 } ClassMethod Py() [ Language = python ] { pass } }"
	if wrong := b.load(base, "Class P.B Extends A { }"); wrong != nil {
		t.Fatal(wrong)
	}
	for _, d := range []*Dictionary{b.d, NewDictionary(library)} { // the second one stands for a restart
		b.d = d
		for _, name := range []string{"P.A", "P.B"} {
			c := b.class(name)
			q, ok := c.Methods["G"].Body.Lines[0].Commands[0].(*ast.Quit)
			if !ok || q.Value.(*ast.Literal).Value.Text() != name+":G" {
				t.Errorf("%s: G is %+v", name, c.Methods["G"].Body)
			}
			if c.Parameters["X"].Value != "made" || c.Methods["E"].Body == nil || c.Methods["E"].Formals[0].Default == nil {
				t.Errorf("%s: X=%s, E %+v", name, c.Parameters["X"].Value, c.Methods["E"])
			}
			if py := c.Methods["Py"]; py.Body != nil || !strings.Contains(py.Refused, "python") {
				t.Errorf("Py is %+v", py)
			}
		}
	}
}

func TestRollbackBringsBackTheOldClass(t *testing.T) {
	b := newBench(t)
	if wrong := b.load("Class P.A { Parameter V = 1; }", "Class P.B Extends A { }"); wrong != nil {
		t.Fatal(wrong)
	}
	if err := b.p.TStart(); err != nil {
		t.Fatal(err)
	}
	if wrong := b.load("Class P.A { Parameter V = 2; }", "Class P.New { }"); wrong != nil {
		t.Fatal(wrong)
	}
	if got := b.class("P.B").Parameters["V"].Value; got != "2" {
		t.Errorf("in the transaction V=%s", got)
	}
	if err := b.p.TRollback(); err != nil {
		t.Fatal(err)
	}
	if got := b.class("P.B").Parameters["V"].Value; got != "1" {
		t.Errorf("after the rollback V=%s", got)
	}
	if b.d.Exists(b.p, "USER", "P.New") {
		t.Error("P.New is still there")
	}
}

func TestAClassWithAProblemDoesNotExist(t *testing.T) {
	b := newBench(t)
	if wrong := b.load("Class P.A { ClassMethod M() { quit ..Nope() } }"); len(wrong) != 1 || wrong[0].Code != 5475 {
		t.Errorf("%v", wrong)
	}
	if _, err := b.d.Class(b.p, "USER", "P.A"); !isNoClass(err) {
		t.Errorf("%v", err)
	}
	if _, err := b.d.LoadText(b.p, "USER", "x.cls", "Class P.U { ClassMethod M() { } }"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.d.Class(b.p, "USER", "P.U"); !isNoClass(err) {
		t.Errorf("a class that was loaded only can be run: %v", err)
	}
}

func TestProblemsAreFoundWhenClassesAreLoadedOrCompiled(t *testing.T) {
	for src, want := range map[string]string{
		"Class P.A Extends No.Such { }":                                       "ERROR #5373: Class 'No.Such', used by 'P.A', does not exist",
		"Class P.A Extends P.A { }":                                           "ERROR #5021: Superclasses of class 'P.A' form a circle",
		"Class P.A { Property X As No.Type; }":                                "ERROR #5373: Class 'No.Type', used by 'P.A:X', does not exist",
		"Class P.A { ClassMethod M() { while 1 { quit 5 } } }":                "#1043: QUIT argument not allowed",
		"Class P.A { ClassMethod M() { } ClassMethod m() { } }":               "Method 'm' is there as 'M' already",
		"Class P.A { Property a As %String; Property A As %String; }":         "Property 'A' is there as 'a' already",
		"Class P.A { ClassMethod M() { new x } }":                             "#1038: Private variable not allowed : 'x'",
		"Class P.A { ClassMethod M() [ PublicList = x ] { new x } }":          "",
		"Class P.A { ClassMethod M() [ ProcedureBlock = 0 ] { new x } }":      "",
		"Class P.A { ClassMethod M() { new %x } }":                            "",
		"Class P.A { ClassMethod M() { do ..N() } ClassMethod N() { } }":      "",
		"Class P.A { Method M() { set ..X=1 } }":                              "Property 'X' does not exist in class 'P.A'",
		"Class P.A { Method M() { set ..X=1 do ..XGet() } Property X; }":      "",
		"Class P.A { ClassMethod M() { write ..#Z } }":                        "Parameter 'Z' does not exist in class 'P.A'",
		"Class P.A { ClassMethod M() { set x=$$$Unknown } }":                  "MPP5610",
		"Class P.A { ClassMethod M() { set x= } }":                            "<SYNTAX>",
		"Class P.A { Method %DispatchMethod(n) { } Method M() { do ..Q() } }": "",
		"Class P.A {":               "ERROR #5559",
		"Class Security.Users2 { }": "",
		"Class %Library.String { }": "ERROR #5067",
	} {
		wrong := newBench(t).load(src)
		switch {
		case want == "" && wrong != nil:
			t.Errorf("%s: %v", src, wrong)
		case want != "" && (wrong == nil || !strings.Contains(wrong.Error(), want)):
			t.Errorf("%s: %v, want %s", src, wrong, want)
		}
	}
}

func TestRoutines(t *testing.T) {
	b := newBench(t)
	for file, src := range map[string]string{"Inc.inc": "ROUTINE Inc [Type=INC]\n#define N 5\n",
		"r.mac": "ROUTINE r [Type=MAC]\n#include Inc\nr quit $$$N\n", "i.int": "i ; text\n quit 1\n"} {
		if _, err := b.d.LoadText(b.p, "USER", file, src); err != nil {
			t.Fatal(err)
		}
	}
	compile := func(name, typ string) {
		t.Helper()
		if err := b.d.CompileRoutine(b.p, "USER", name, typ); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.d.Routine(b.p, "USER", "r"); err == nil {
		t.Error("it runs before it is compiled")
	}
	compile("r", "MAC")
	compile("i", "INT")
	r, err := b.d.Routine(b.p, "USER", "r")
	if err != nil || r.Lines[0].Label.Name != "r" {
		t.Fatalf("%+v %v", r, err)
	}
	if _, err := b.d.Routine(b.p, "OTHER", "r"); err == nil {
		t.Error("the routine is seen in another namespace")
	}
	if got := b.d.RoutineNames(b.p, "USER"); strings.Join(got, ",") != "Inc.INC,i.INT,r.MAC" {
		t.Errorf("%v", got)
	}
	if got := b.d.ObjectNames(b.p, "USER"); strings.Join(got, ",") != "i,r" {
		t.Errorf("%v", got)
	}
	// The object code stays what it is when the include changes; the next compilation fails, and leaves it.
	if _, err := b.d.LoadText(b.p, "USER", "Inc.inc", "#define M 6\n"); err != nil {
		t.Fatal(err)
	}
	if err := b.d.CompileRoutine(b.p, "USER", "r", "MAC"); err == nil || !strings.Contains(err.Error(), "MPP5610") {
		t.Errorf("%v", err)
	}
	if _, err := b.d.Routine(b.p, "USER", "r"); err != nil {
		t.Error(err)
	}
	if b.d.UpToDate(b.p, "USER", "r.MAC") || !b.d.UpToDate(b.p, "USER", "i.INT") {
		t.Error("which routine is up to date?")
	}
}

func TestHowMuchOfARoutineIsDeleted(t *testing.T) {
	for _, c := range []struct {
		item string
		how  Deletion
		left string
		runs bool
	}{
		{"r.MAC", WholeRoutine, "", false}, {"r.MAC", NamedOnly, "INT OBJ", true}, {"r.MAC", SourceOnly, "OBJ", true},
		{"r.INT", WholeRoutine, "MAC", false}, {"r.int", NamedOnly, "MAC OBJ", true}, {"r.obj", WholeRoutine, "MAC INT", false},
		{"r.INC", WholeRoutine, "MAC INT OBJ", true}, {"other.MAC", WholeRoutine, "MAC INT OBJ", true},
	} {
		b := newBench(t)
		if _, err := b.d.LoadText(b.p, "USER", "r.mac", "r quit $text(r)\n"); err != nil {
			t.Fatal(err)
		}
		if err := b.d.CompileRoutine(b.p, "USER", "r", "MAC"); err != nil {
			t.Fatal(err)
		}
		if _, err := b.d.DeleteRoutine(b.p, "USER", c.item, c.how); err != nil {
			t.Fatal(err)
		}
		var left []string
		for _, typ := range []string{"MAC", "INT", "OBJ"} {
			if b.d.RoutineExists(b.p, "USER", "r."+typ) {
				left = append(left, typ)
			}
		}
		r, err := b.d.Routine(b.p, "USER", "r")
		if got := strings.Join(left, " "); got != c.left || (err == nil) != c.runs {
			t.Errorf("%s %d: left %q, %v", c.item, c.how, got, err)
		}
		if c.runs && (len(r.Source) == 0) != (c.left == "OBJ") {
			t.Errorf("%s %d: the source that $TEXT shows is %q", c.item, c.how, r.Source)
		}
	}
}

func TestSuperclassesAreCompiledFirst(t *testing.T) {
	b := newBench(t)
	if wrong := b.load("Class P.A Extends B { }", "Class P.B Extends C { Property X As P.T; }", "Class P.C { }",
		"Class P.T [ ClassType = datatype ] { Parameter Q = 7; }"); wrong != nil {
		t.Fatal(wrong)
	}
	if got := b.class("P.A").Properties["X"].Params["Q"]; got != "7" {
		t.Errorf("Q=%q", got)
	}
	if got := b.d.WithSubclasses(b.p, "USER", []string{"P.C"}); strings.Join(got, ",") != "P.C,P.B,P.A" {
		t.Errorf("%v", got)
	}
}
