package lib

import "testing"

// generated writes what a generator finds: its class's parameters, the method as it was defined and as it was compiled.
const generated = `Class My.Base Extends %RegisteredObject
{

Parameter EMPTY As STRING;

Parameter WORD = "base";

Parameter SUM = {1+2};

ClassMethod Facts() As %String [ CodeMode = objectgenerator ]
{
    set facts = %parameter("EMPTY") _ "|" _ %parameter("WORD") _ "|" _ %parameter("SUM") _ "|" _ $data(%parameter("NONE"))
    set facts = facts _ "|" _ %method.parent.Name _ "|" _ %method.Name _ "|" _ %compiledmethod.Name _ "|" _ %class.Name
    do %code.WriteLine(" quit """ _ facts _ """")
    quit $$$OK
}

}
`

func TestWhatAMethodGeneratorFinds(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"Base.cls": generated,
		"Sub.cls": "Class My.Sub Extends My.Base\n{\nParameter WORD = \"sub\";\n}\n"})
	expect(t, instance(t),
		`do $SYSTEM.OBJ.LoadDir("`+dir+`","ck-d")`, "",
		`write ##class(My.Base).Facts()`, "|base|3|0|My.Base|Facts|Facts|My.Base",
		`write ##class(My.Sub).Facts()`, "|sub|3|0|My.Base|Facts|Facts|My.Sub",
	)
}
