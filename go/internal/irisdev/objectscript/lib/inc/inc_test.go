package inc_test

import (
	"os"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/lib/inc"
	"iris-pgwire/internal/irisdev/objectscript/macro"
	"iris-pgwire/internal/irisdev/objectscript/parse"
)

type source struct{}

func (source) Include(name string) ([]string, bool) { return inc.Include(name) }

func expand(t *testing.T, rows ...string) string {
	t.Helper()
	lines, err := macro.Expand(macro.Lines(rows, 1), macro.NewDefs(), source{}, macro.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(lines[len(lines)-1].Text)
}

// Each file has the ROUTINE line of its own name and nothing but directives.
func TestFiles(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		short, ok := strings.CutSuffix(e.Name(), ".inc")
		if !ok {
			continue
		}
		text, err := os.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if name, typ, _, ok := parse.RoutineFile(string(text)); !ok || name != "%"+short || typ != "INC" {
			t.Errorf("%s is %s of type %s", e.Name(), name, typ)
		}
		rows, _ := inc.Include("%" + short)
		lines, err := macro.Expand(macro.Lines(rows, 1), macro.NewDefs(), source{}, macro.Options{})
		if err != nil {
			t.Errorf("%s: %v", e.Name(), err)
		}
		for _, l := range lines {
			if strings.TrimSpace(l.Text) != "" {
				t.Errorf("%s holds code: %s", e.Name(), l.Text)
			}
		}
	}
	if _, ok := inc.Include("occStatus"); ok {
		t.Error("occStatus without % is found")
	}
	if _, ok := inc.Include("%OCCSTATUS"); ok {
		t.Error("names of include files are case-sensitive")
	}
}

// IRIS docs, "System Macros".
func TestMacros(t *testing.T) {
	for use, want := range map[string]string{
		`$$$OK`:                       `1`,
		`$$$ISERR(sc)`:                `('(sc))`,
		`$$$ISOK(..Save())`:           `(+(..Save()))`,
		`$$$ERROR($$$GeneralError,x)`: `$SYSTEM.Status.Error(5001,x)`,
		`$$$ADDSC(a,b)`:               `$SYSTEM.Status.AppendStatus(a,b)`,
		`$$$ThrowStatus(sc)`:          `throw ##class(%Exception.StatusException).ThrowIfInterrupt(sc)`,
		`$$$ThrowOnError(f(1,2))`:     `set %mmmu1=(f(1,2)) throw:('%mmmu1) ##class(%Exception.StatusException).ThrowIfInterrupt(%mmmu1)`,
		`$$$QuitOnError(sc)`:          `set %mmmu1=(sc) quit:('%mmmu1) %mmmu1`,
		`$$$NULLOREF`:                 `""`,
		`$$$Text("@1@hello")`:         `$select($extract("@1@hello")="@":$piece("@1@hello","@",3,*),1:"@1@hello")`,
		`$$$FormatText("%1",a,b)`:     `##class(%Library.MessageDictionary).FormatText("%1",a,b)`,
		`$$$comClassDefined("A")`:     `##class(%Dictionary.CompiledClass).%ExistsId("A")`,
	} {
		if got := expand(t, "#include %occInclude", use); got != want {
			t.Errorf("%s is %s, want %s", use, got, want)
		}
	}
	if got := expand(t, "#include %outUnitTest", `do $$$AssertEquals(a,"b","why")`); got !=
		`do ..AssertEqualsViaMacro("a,""b"",""why""",a,"b","why")` {
		t.Error(got)
	}
}

// Every macro expands to something that parses once its arguments are names.
func TestMacrosParse(t *testing.T) {
	for _, use := range []string{"set x=$$$QN(a)", "set x=$$$NormalizeClassname(a)", "set x=$$$QUOTE(a)", "set x=$$$oidCompose(a,b)",
		"set x=$$$FileTempDir", "set x=$$$isWINDOWS", "$$$GENERATE(a_b)", "$$$TOE(sc,f(1))", "$$$ThrowSQLIfError(SQLCODE,%msg)",
		"set x=$$$comMemberKeyGet(a,$$$cCLASSproperty,b,$$$cPROPtype)", "set x=$$$TextJS(\"a\")", "set x=$$$FormatMessage(a,b,c,d)"} {
		line := expand(t, "#include %occInclude", use)
		if _, err := parse.Line(line); err != nil {
			t.Errorf("%s is %s: %v", use, line, err)
		}
	}
}
