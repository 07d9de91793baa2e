package lib

import "testing"

func TestClassesWithoutASuperclassHaveWhatAllClassesHave(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"A.cls": "Class My.Plain\n{\nParameter P = 7;\nClassMethod Own() As %String\n{\n    quit ..%ClassName(1)_..%GetParameter(\"P\")\n}\n}\n",
		"B.cls": "Class My.Other\n{\nClassMethod %PackageName() As %String\n{\n    quit \"own\"\n}\n}\n",
	})
	expect(t, instance(t),
		`do $SYSTEM.OBJ.LoadDir("`+dir+`","ck-d")`, "",
		`write ##class(My.Plain).Own()," ",##class(My.Plain).%PackageName()," ",##class(My.Other).%PackageName()`, "My.Plain7 My own",
		`write ##class(My.Plain).%IsA("%Library.RegisteredObject"),##class(My.Plain).%Extends("My.Plain")`, "01",
		`set o=##class(My.Plain).%New()`, "<METHOD DOES NOT EXIST> *%New,My.Plain",
		`write ##class(%Dictionary.ClassDefinition).%OpenId("My.Plain").Super,"|"`, "|",
	)
}
