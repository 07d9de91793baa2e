package lib

import "testing"

const jsonClasses = `Class My.City Extends (%RegisteredObject, %JSON.Adaptor)
{
Property Name As %String;
Property Big As %Boolean;
}
`

const jsonPerson = `Class My.Person Extends (%RegisteredObject, %JSON.Adaptor)
{
Property Name As %String(%JSONFIELDNAME = "fullName", MAXLEN = 10);
Property Born As %Date;
Property Size As %Numeric(SCALE = 2);
Property Nick As %String(%JSONNULL = 1);
Property Note As %String(%JSONIGNORENULL = 1);
Property Secret As %String(%JSONINCLUDE = "INPUTONLY");
Property Twice As %Integer [ Calculated ];
Property Hidden As %String [ Private ];
Property Home As My.City;
Property Tags As list Of %String;
Property Towns As list Of My.City;
Property Scores As array Of %Integer;
Property Extra As %DynamicObject;
Property Text As %Stream.TmpCharacter;
Property Bytes As %Binary;
Method TwiceGet() As %Integer
{
    quit 2 * ..Size
}
}
`

const jsonOdd = `Class My.Odd Extends (%RegisteredObject, %JSON.Adaptor)
{
Parameter %JSONIGNOREINVALIDFIELD = 1;
Property Plain As My.Plain;
Property List As %List;
Property A As %Integer;
}
`

func jsonWorld(t *testing.T) string {
	dir := t.TempDir()
	write(t, dir, map[string]string{"City.cls": jsonClasses, "Person.cls": jsonPerson, "Odd.cls": jsonOdd,
		"Plain.cls": "Class My.Plain Extends %RegisteredObject\n{\n}\n"})
	return `do $SYSTEM.OBJ.LoadDir("` + dir + `","ck-d")`
}

func TestObjectsAsJSON(t *testing.T) {
	expect(t, instance(t), jsonWorld(t), "",
		`set o=##class(My.Person).%New() write o.%JSONExportToString(.s)," ",s`, `1 {"Nick":null,"Note":"","Twice":0}`,
		`set o.Name="Ann",o.Born=$zdateh("1990-02-03",3),o.Size=".5",o.Nick=$char(0),o.Secret="x",o.Note="n" do o.%JSONExport()`,
		`{"fullName":"Ann","Born":"1990-02-03","Size":0.5,"Nick":"","Note":"n","Twice":1}`,
		`kill o set o=##class(My.Person).%New(),o.Home=##class(My.City).%New(),o.Home.Name="A ""b""",o.Home.Big=0 do o.Tags.Insert("x"),o.Tags.Insert("") do o.%JSONExport()`,
		`{"Nick":null,"Note":"","Twice":0,"Home":{"Name":"A \"b\"","Big":false},"Tags":["x",null]}`,
		`kill o set o=##class(My.Person).%New(),o.Nick="n" do o.Scores.SetAt(7,"b"),o.Scores.SetAt(8,"a"),o.Towns.Insert(##class(My.City).%New()) do o.%JSONExport()`,
		`{"Nick":"n","Note":"","Twice":0,"Towns":[{}],"Scores":{"a":8,"b":7}}`,
		`kill o set o=##class(My.Person).%New(),o.Nick="n",o.Extra={"k":[1]},o.Bytes=$char(0,255) do o.Text.Write("long"),o.%JSONExportToStream(.t) write t.Read()`,
		`{"Nick":"n","Note":"","Twice":0,"Extra":{"k":[1]},"Text":"long","Bytes":"AP8="}`,
		`write $SYSTEM.Status.GetErrorText(o.%JSONExport("Other"))`, "ERROR #98021: Mapping 'Other' of method '%JSONExport' in class 'My.Person' does not exist",
	)
}

func TestObjectsOfJSON(t *testing.T) {
	expect(t, instance(t), jsonWorld(t), "",
		`set o=##class(My.Person).%New() write o.%JSONImport("{""fullName"":""Bob"",""Born"":""1990-02-03"",""Size"":1.5,""Nick"":"""",""Secret"":""s"",""Note"":""""}")`, "1",
		`write o.Name," ",$zdate(o.Born,3)," ",o.Size," ",$ascii(o.Nick)," ",o.Secret," ",$length(o.Note)`, "Bob 1990-02-03 1.5 0 s 0",
		`write o.%JSONImport({"Home":{"Name":"C","Big":true},"Tags":["a","b"],"Towns":[{"Name":"D"},null],"Scores":{"x":1},"Extra":{"q":2},"Text":"t","Bytes":"AP8="})`, "1",
		`write o.Home.Name,o.Home.Big," ",o.Tags.Count(),o.Tags.GetAt(2)," ",o.Towns.GetAt(1).Name," ",o.Scores.GetAt("x")," ",o.Extra.q," ",o.Text.Read()," ",$ascii(o.Bytes,2)`, "C1 2b D 1 2 t 255",
		`write o.Name," " do o.%JSONImport({"fullName":null,"Tags":[]}) write o.Name,"|",o.Tags.Count()`, "Bob |0",
		`set s=##class(%Stream.TmpCharacter).%New() do s.Write("{""fullName"":""Eve""}") write o.%JSONImport(s),o.Name`, "1Eve",
	)
}

func TestJSONThatDoesNotFit(t *testing.T) {
	const get = `set o=##class(My.Person).%New() write $SYSTEM.Status.GetErrorText(o.%JSONImport(`
	expect(t, instance(t), jsonWorld(t), "",
		get+`{"none":1}))`, "ERROR #98030: Unexpected field 'none' in the input for class 'My.Person'",
		get+`{"Name":"x"}))`, "ERROR #98030: Unexpected field 'Name' in the input for class 'My.Person'",
		get+`{"Twice":4}))`, "ERROR #98030: Unexpected field 'Twice' in the input for class 'My.Person'",
		get+`{"Size":"1"}))`, "ERROR #98031: Unexpected value of field 'Size'",
		get+`{"Tags":{}}))`, "ERROR #98031: Unexpected value of field 'Tags'",
		get+`{"Home":"x"}))`, "ERROR #98031: Unexpected value of field 'Home'",
		get+`{"Home":{"Big":1}}))`, "ERROR #98031: Unexpected value of field 'Big'",
		get+`{"fullName":"much too long"}))`, "ERROR #7201: Datatype value 'much too long' length longer than MAXLEN allowed of 10\nERROR #98031: Unexpected value of field 'fullName'",
		`write $SYSTEM.Status.GetErrorText(o.%JSONImport("{no"))[ "Parsing error",$SYSTEM.Status.GetErrorCodes(o.%JSONImport([1]))`, "198031",
		`set o=##class(My.Odd).%New() write o.%JSONImport({"A":1,"b":2}),o.A`, "11",
		`set o.Plain=##class(My.Plain).%New() write $SYSTEM.Status.GetErrorText(o.%JSONExport())`, "ERROR #98024: Property 'Plain' of class 'My.Odd' has the type 'My.Plain', which is not JSON enabled",
		`set o.Plain="",o.List=$lb(1) write $SYSTEM.Status.GetErrorText(o.%JSONExport())`, "ERROR #5001: The development IRIS does not know the form in JSON of %Library.List, the type of My.Odd:List",
	)
}
