package lib

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

// write puts files into a directory.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// expect runs lines in one process and compares what each writes: code, output, code, output.
func expect(t *testing.T, sys *run.System, code ...string) {
	t.Helper()
	var programs, wants []string
	for i := 0; i < len(code); i += 2 {
		programs, wants = append(programs, code[i]), append(wants, code[i+1])
	}
	for i, got := range lines(t, sys, run.Options{}, programs...) {
		if got != wants[i] {
			t.Errorf("%s\ngot:  %s\nwant: %s", programs[i], got, wants[i])
		}
	}
}

func TestLoadAndCompile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"a/Base.cls": "Class Sample.Base Extends %RegisteredObject\n{\nParameter P = {1+2};\nProperty Name As %String [ InitialExpression = \"none\" ];\n" +
			"Method Hello() As %String\n{\n    quit $$$GREETING_\" \"_..Name\n}\n}\n",
		"a/Sub.cls":  "Include Words\n\nClass Sample.Sub Extends Base\n{\nMethod Hello() As %String\n{\n    quit ##super()_\"!\"_..#P\n}\nClassMethod %M() As %String\n{\n    quit $$$GREETING\n}\n}\n",
		"Words.inc":  "ROUTINE Words [Type=INC]\n#define GREETING \"hi\"\n",
		"bad/B1.cls": "Class Sample.Bad Extends No.Such\n{\n}\n",
		"bad/B2.cls": "Class Sample.Bad2\n{\nClassMethod M()\n{\n    for i=1:1:3 { quit i }\n    do ..Nope()\n}\n}\n",
		"bad/B3.cls": "Class Sample.Bad3\n{\nClassMethod M()\n{\n    set x = $$$NoSuchMacro\n}\n}\n",
		"bad/B4.cls": "Class Sample.Bad4\n{\nProperty X As Missing.Type;\n}\n",
		"r.mac":      "ROUTINE r [Type=MAC]\nr ; comment\n quit\nsum(a,b) public {\n quit a+b\n}\n",
	})
	// The base class lacks the include that its subclass has.
	expect(t, instance(t),
		`set sc=$SYSTEM.OBJ.ImportDir("`+dir+`","*.cls;*.inc;*.mac","-d",.err,1,.loaded) write sc," ",$data(loaded("Sample.Sub.cls"))," ",$data(loaded("Words.INC"))`, "1 1 1",
		`write $SYSTEM.Status.GetErrorText($SYSTEM.OBJ.Compile("Sample.Base","-d"))[ "MPP5610"`, "1",
		`write ##class(Sample.Base).%New().Hello()`, "<CLASS DOES NOT EXIST> *Sample.Base",
		`write $$sum^r(1,2)`, "<NOROUTINE> *r",
		`write $SYSTEM.OBJ.Compile("r.mac","-d")," ",$$sum^r(1,2)`, "1 3",
		`write +$SYSTEM.OBJ.Compile("Sample.Bad","-d",.e)," ",e(1)`, "0 ERROR #5373: Class 'No.Such', used by 'Sample.Bad', does not exist",
	)
}

func TestCompileErrorsAreNamed(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ text, want string }{
		{"Class S.A Extends No.Such\n{\n}\n", "ERROR #5373: Class 'No.Such', used by 'S.A', does not exist"},
		{"Class S.A\n{\nProperty X As Missing.Type;\n}\n", "ERROR #5373: Class 'Missing.Type', used by 'S.A:X', does not exist"},
		{"Class S.A\n{\nClassMethod M()\n{\n    for i=1:1:3 { quit i }\n}\n}\n", "ERROR #5475: S.A.cls(M+1) #1043: QUIT argument not allowed"},
		{"Class S.A\n{\nClassMethod M()\n{\n    try { quit 1 } catch { }\n}\n}\n", "ERROR #5475: S.A.cls(M+1) #1043: QUIT argument not allowed"},
		{"Class S.A\n{\nClassMethod M()\n{\n\n    new x\n}\n}\n", "ERROR #5475: S.A.cls(M+2) #1038: Private variable not allowed : 'x'"},
		{"Class S.A\n{\nClassMethod M()\n{\n    do ..Nope()\n}\n}\n", "ERROR #5475: S.A.cls(M+1) MPP5376 : Method 'Nope' does not exist in class 'S.A'"},
		{"Class S.A\n{\nMethod M()\n{\n    set ..Nope = 1\n}\n}\n", "ERROR #5475: S.A.cls(M+1) MPP5376 : Property 'Nope' does not exist in class 'S.A'"},
		{"Class S.A\n{\nClassMethod M()\n{\n    set x = 1\n    set x = $$$Nope\n}\n}\n", "ERROR #5475: S.A.cls(M+2) MPP5610 : Referenced macro not defined: 'Nope'"},
		{"Class S.A\n{\nClassMethod M()\n{\n    set = 1\n}\n}\n", "ERROR #5475: S.A.cls(M+1) <SYNTAX> expression expected"},
		{"Class S.A\n{\nMethod M()\n{\n    write ..#NOPE\n}\n}\n", "ERROR #5475: S.A.cls(M+1) MPP5376 : Parameter 'NOPE' does not exist in class 'S.A'"},
	} {
		write(t, dir, map[string]string{"S.A.cls": c.text})
		expect(t, instance(t), `set sc=$SYSTEM.OBJ.Load("`+dir+`/S.A.cls","ck-d",.e) write e(1)`, c.want,
			`write ##class(S.A).%ClassName()`, "<CLASS DOES NOT EXIST> *S.A")
	}
	write(t, dir, map[string]string{"x.cls": "Class %Library.String { }", "y.txt": "?", "S.b.cls": "Class S.b { }", "S.B.cls": "Class S.B { }"})
	expect(t, instance(t),
		`write $SYSTEM.Status.GetErrorCodes($SYSTEM.OBJ.Load("`+dir+`/x.cls","-d"))`, "5067",
		`write $SYSTEM.Status.GetErrorCodes($SYSTEM.OBJ.Load("`+dir+`/y.txt","-d"))`, "5840",
		`write $SYSTEM.Status.GetErrorCodes($SYSTEM.OBJ.Load("`+dir+`/none.cls","-d"))`, "5012",
		`write $SYSTEM.OBJ.Load("`+dir+`/S.b.cls","-d"),$SYSTEM.Status.GetErrorCodes($SYSTEM.OBJ.Load("`+dir+`/S.B.cls","-d"))`, "15092")
}

func TestInheritanceParametersGeneratorsAndDeletion(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"Words.inc": "ROUTINE Words [Type=INC]\n#define GREETING \"hi\"\n",
		"Base.cls": "Include Words\n\nClass Sample.Base Extends %RegisteredObject\n{\nParameter P = {1+2};\nProperty Name As %String [ InitialExpression = \"none\" ];\n" +
			"Property Color As %String(VALUELIST = \",r,g\", DISPLAYLIST = \",red,green\");\n" +
			"Method Hello() As %String\n{\n    quit $$$GREETING_\" \"_..Name\n}\n" +
			"ClassMethod Gen() As %String [ CodeMode = objectgenerator ]\n{\n    do %code.WriteLine(\" quit \"\"made for \"_%class.Name_\"\"\"\")\n    quit 1\n}\n}\n",
		"Sub.cls": "Class Sample.Sub Extends (Base, Sample.Mixin)\n{\nMethod Hello() As %String\n{\n    quit ##super()_\"!\"_..#P_$$$GREETING\n}\n}\n",
		"Mix.cls": "Class Sample.Mixin [ Abstract ]\n{\nClassMethod Hello() As %String\n{\n    quit \"mixin\"\n}\nClassMethod Twice(x As %Integer = 2) As %Integer [ CodeMode = expression ]\n{\nx*2\n}\n}\n",
	})
	expect(t, instance(t),
		`write $SYSTEM.OBJ.ImportDir("`+dir+`","*.cls;*.inc","ck-d")`, "1",
		`set o=##class(Sample.Sub).%New() write o.Hello()," ",o.Twice()," ",##class(Sample.Sub).Twice(4)`, "hi none!3hi 4 8",
		`write ##class(Sample.Base).Gen(),",",##class(Sample.Sub).Gen()`, "made for Sample.Base,made for Sample.Sub",
		`write ##class(Sample.Sub).%IsA("Sample.Base"),##class(Sample.Sub).%IsA("Sample.Mixin"),##class(Sample.Sub).%Extends("Sample.Mixin")," ",o.%ClassName()," ",o.%ClassName(1)," ",o.%PackageName()`,
		"101 Sub Sample.Sub Sample",
		`write ##class(Sample.Base).ColorLogicalToDisplay("r")," ",##class(Sample.Base).ColorDisplayToLogical("green")," ",+##class(Sample.Base).ColorIsValid("b")`, "red g 0",
		`set o.Color="b" write $SYSTEM.Status.GetErrorCodes(o.%ValidateObject()) set o.Color="g" write " ",o.%ValidateObject()`, "7205,5802 1",
		`write $SYSTEM.OBJ.Delete("Sample.Mixin","-d") write " ",##class(Sample.Sub).%New()`, "1 <CLASS DOES NOT EXIST> *Sample.Sub",
		`tstart  set x=$SYSTEM.OBJ.Delete("Sample.*","-d") trollback  write x," ",##class(Sample.Base).%New().Hello()`, "1 hi none")
}

func TestUnitTestsRun(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"suite/T.cls": "Class My.T Extends %UnitTest.TestCase\n{\n" +
		"Method TestGood()\n{\n    do $$$AssertEquals(1+1, 2, \"sums\")\n    do $$$AssertTrue(1)\n    do $$$AssertStatusOK($$$OK)\n}\n" +
		"Method TestBad()\n{\n    do $$$AssertEquals(1, 2, \"differs\")\n}\n" +
		"Method TestDies()\n{\n    set x = 1/0\n}\n" +
		"Method TestSkipped()\n{\n    do $$$AssertSkipped(\"later\")\n}\n}\n"})
	got := lines(t, instance(t), run.Options{}, `set ^UnitTestRoot="`+dir+`" write ##class(%UnitTest.Manager).RunTest("suite")`,
		`set r=^UnitTest.Result for m="TestGood","TestBad","TestDies","TestSkipped" write m,"=",$list(^UnitTest.Result(r,"suite","My.T",m),1)," "`,
		`write $list(^UnitTest.Result(r,"suite","My.T"),1),$data(^UnitTest.Result(r,"suite","My.T","TestGood",4)),##class(My.T).%New()`)
	for _, want := range []string{"AssertEquals:sums (passed)", "AssertEquals:differs (1 = 2) (failed)", "<DIVIDE>zTestDies+1^My.T.1",
		"AssertSkipped:later (skipped)", "My.T failed", "Some tests FAILED"} {
		if !strings.Contains(got[0], want) {
			t.Errorf("%q is missing in\n%s", want, got[0])
		}
	}
	if want := "TestGood=1 TestBad=0 TestDies=0 TestSkipped=2 "; got[1] != want {
		t.Errorf("got %q, want %q", got[1], want)
	}
	if want := "01<CLASS DOES NOT EXIST> *My.T"; got[2] != want {
		t.Errorf("got %q, want %q", got[2], want)
	}
}
