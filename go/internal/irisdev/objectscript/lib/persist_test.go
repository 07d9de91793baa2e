package lib

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/sqlrun"
)

// compiled makes an instance with SQL and with classes in USER.
func compiled(t testing.TB, sources ...string) *run.System {
	t.Helper()
	sys := instance(t)
	sys.SQL = sqlrun.New(sqlrun.Config{Store: sys.Store, Version: irissql.Version{Major: 2025, Minor: 1}, VersionText: "irisdev"})
	p, err := sys.NewProcess(run.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.End()
	d := sys.Classes.(*class.Dictionary)
	var names []string
	for _, src := range sources {
		item, err := d.LoadText(p.Store(), "USER", "x.cls", src)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, strings.TrimSuffix(item, ".cls"))
	}
	if wrong := d.Compile(p, "USER", names, nil); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	return sys
}

// step is a line with what it writes.
type step struct{ code, want string }

func checkSteps(t *testing.T, sys *run.System, steps []step) {
	t.Helper()
	code := make([]string, len(steps))
	for i, s := range steps {
		code[i] = s.code
	}
	for i, got := range lines(t, sys, run.Options{}, code...) {
		if got != steps[i].want {
			t.Errorf("%s\ngot  %q\nwant %q", steps[i].code, got, steps[i].want)
		}
	}
}

var people = []string{`Class My.Person Extends %Persistent
{
Property Name As %String(MAXLEN = 30) [ Required ];
Property Age As %Integer(MINVAL = 0);
Property Tags As list Of %String;
Property Colors As array Of %String;
Property Notes As %Stream.GlobalCharacter;
Property Home As My.Address;
Property Boss As My.Person;
Property Count As %Integer [ Transient ];
Index NameIdx On Name [ Unique ];
Index AgeIdx On Age;
Relationship Pets As My.Pet [ Cardinality = children, Inverse = Owner ];
Method %OnBeforeSave(insert As %Boolean) As %Status [ Private ]
{
    if ..Age = 13 quit $$$ERROR($$$GeneralError, "no luck")
    quit $$$OK
}
}`, `Class My.Address Extends %SerialObject
{
Property Street As %String;
Property City As %String;
}`, `Class My.Employee Extends My.Person
{
Property Salary As %Numeric(SCALE = 2);
}`, `Class My.Pet Extends %Persistent
{
Property Name As %String;
Relationship Owner As My.Person [ Cardinality = parent, Inverse = Pets ];
}`, `Class My.Code Extends %Persistent
{
Property Code As %String(COLLATION = "EXACT");
Property Label As %String;
Index CodeIdx On Code [ IdKey, Unique ];
}`}

func TestObjectsAreRowsOfTheirTable(t *testing.T) {
	checkSteps(t, compiled(t, people...), []step{
		{`set p=##class(My.Person).%New() write p.%Save()=1," ",p.%Id()="" do $SYSTEM.Status.DecomposeStatus(p.%Save(),.e) write " ",$piece(e(1),"(")`,
			"0 1 ERROR #5659: Property 'Person::Name"},
		{`set p.Name="Ann",p.Age=3,p.Home.City="Rome" do p.Tags.Insert("x"),p.Tags.Insert("y"),p.Colors.SetAt("red","k"),p.Notes.Write("hi") write p.%Save()," ",p.%Id()`, "1 1"},
		{`&sql(SELECT Age INTO :a FROM My.Person WHERE Name='ANN') write SQLCODE," ",a`, "0 3"},
		{`&sql(UPDATE My.Person SET Age=4 WHERE Name='Ann') write SQLCODE write p.%Reload(),p.Age`, "014"},
		{`set q=##class(My.Person).%New() set q.Name="ann" write $SYSTEM.Status.GetErrorText(q.%Save())`, "ERROR #5808: Key not unique: My.Person:NameIdx:^My.PersonI"},
		{`set q.Name="Bob",q.Boss=p write q.%Save() set id=q.%Id() kill p,q set q=##class(My.Person).%OpenId(id) write q.Boss.Name,q.Boss.Tags.GetAt(2),q.Boss.Colors.GetAt("k"),q.Boss.Notes.Read(),q.Boss.Home.City`,
			"1AnnyredhiRome"},
		{`set q.Age=13 write $SYSTEM.Status.GetErrorText(q.%Save()) set q.Age=14 write " ",q.%Save()`, "ERROR #5001: no luck 1"},
		{`set r=##class(My.Person).%OpenId(99,,.sc) write r=""," ",$SYSTEM.Status.GetErrorText(sc)`, "1 ERROR #5809: Object to Load not found, class 'My.Person', ID '99'"},
		{`write ##class(My.Person).%ExistsId(1),##class(My.Person).%ExistsId(99),##class(My.Person).%OpenId(id)=q`, "101"},
	})
}

func TestIndexesOfAClassHaveMethods(t *testing.T) {
	checkSteps(t, compiled(t, people...), []step{
		{`set p=##class(My.Person).%New() set p.Name="Ann" write p.%Save()`, "1"},
		{`write ##class(My.Person).NameIdxExists("ANN",.id),id,##class(My.Person).NameIdxExists("Bob")`, "110"},
		{`write ##class(My.Person).NameIdxOpen("ann")=p,##class(My.Person).NameIdxOpen("Bob",,.sc)="",$piece($SYSTEM.Status.GetErrorText(sc),":")`, "11ERROR #5770"},
		{`write ##class(My.Person).NameIdxDelete("Ann"),##class(My.Person).%ExistsId(1)`, "10"},
		{`set c=##class(My.Code).%New() set c.Code="A1",c.Label="L" write c.%Save(),c.%Id() kill c write ##class(My.Code).%OpenId("A1").Label`, "1A1L"},
		{`set c=##class(My.Code).%New() set c.Code="A1" write $SYSTEM.Status.GetErrorText(c.%Save())`, "ERROR #5805: ID key not unique for extent 'My.Code'"},
	})
}

func TestAClassThatExtendsAnotherSharesItsExtent(t *testing.T) {
	checkSteps(t, compiled(t, people...), []step{
		{`set p=##class(My.Person).%New() set p.Name="Ann" write p.%Save() set e=##class(My.Employee).%New() set e.Name="Zed",e.Salary=12.5 write e.%Save(),e.%Id()`, "112"},
		{`kill p,e set e=##class(My.Person).%OpenId(2) write e.%ClassName(1),e.Salary`, "My.Employee12.5"},
		{`write ##class(My.Employee).%ExistsId(1),##class(My.Employee).%ExistsId(2)`, "01"},
		{`&sql(SELECT COUNT(*) INTO :n FROM My.Employee) write n &sql(SELECT COUNT(*) INTO :n FROM My.Person) write n`, "12"},
		{`set rs=##class(My.Person).ExtentFunc() while rs.%Next() { write rs.ID," " }`, "1 2 "},
		{`write ##class(My.Person).%DeleteExtent(,.gone,.seen),gone,seen`, "122"},
	})
}

func TestARelationshipHasTwoSides(t *testing.T) {
	checkSteps(t, compiled(t, people...), []step{
		{`set p=##class(My.Person).%New() set p.Name="Ann" set a=##class(My.Pet).%New() set a.Name="Rex",a.Owner=p write p.Pets.Count()`, "1"},
		{`set b=##class(My.Pet).%New() set b.Name="Tom" do p.Pets.Insert(b) write b.Owner=p,p.%Save(),a.%Id()," ",b.%Id()`, "111||1 1||2"},
		{`kill a,b,p set p=##class(My.Person).%OpenId(1) write p.Pets.Count(),p.Pets.GetAt(2).Name,p.Pets.GetAt(1).Owner=p`, "2Tom1"},
		{`kill p write ##class(My.Person).%DeleteId(1) &sql(SELECT COUNT(*) INTO :n FROM My.Pet) write n`, "10"},
	})
}

func TestSettingACollectionCopiesIt(t *testing.T) {
	checkSteps(t, compiled(t, people...), []step{
		{`set p=##class(My.Person).%New(),q=##class(My.Person).%New() do p.Tags.Insert("x") set q.Tags=p.Tags do p.Tags.Clear() write q.Tags.Count(),p.Tags.Count()`, "10"},
	})
}

func TestTheClassDictionaryReadsAndWritesClasses(t *testing.T) {
	checkSteps(t, compiled(t, people...), []step{
		{`set c=##class(%Dictionary.ClassDefinition).%OpenId("My.Employee") write c.Super," ",c.Properties.Count()," ",c.Properties.GetAt(1).Name`, "My.Person 1 Salary"},
		{`write ##class(%Dictionary.CompiledProperty).%OpenId("My.Employee||Name").Origin," ",##class(%Dictionary.CompiledProperty).IDKEYExists("My.Employee","Nope")`, "My.Person 0"},
		{`set m=##class(%Dictionary.MethodDefinition).%New("My.Employee:Twice") set m.FormalSpec="n:%Integer=2",m.ReturnType="%Integer",m.ClassMethod=1 do m.Implementation.WriteLine(" quit n*2") write m.%Save()`, "1"},
		{`write $SYSTEM.OBJ.Compile("My.Employee","ck-d"),##class(My.Employee).Twice(),##class(My.Employee).Twice(5)`, "1410"},
		{`set p=##class(%Dictionary.PropertyDefinition).%OpenId("My.Employee||Salary") set p.Required=1 write p.%Save(),##class(%Dictionary.PropertyDefinition).%OpenId("My.Employee||Salary").Required`, "11"},
		{`set p=##class(%Dictionary.ClassDefinition).%OpenId("My.Nope",,.sc) write $piece($SYSTEM.Status.GetErrorText(sc),":")`, "ERROR #5809"},
	})
}

var books = []string{`Class My.Book Extends (%RegisteredObject, %XML.Adaptor)
{
Parameter XMLNAME = "Book";
Property Isbn As %String(XMLPROJECTION = "attribute");
Property Title As %String;
Property Authors As list Of %String(XMLITEMNAME = "Author", XMLNAME = "Authors");
Property Secret As %String(XMLPROJECTION = "none");
}`}

func TestXMLBecomesObjectsAndBack(t *testing.T) {
	checkSteps(t, compiled(t, books...), []step{
		{`set r=##class(%XML.Reader).%New() write r.OpenString("<L><Book Isbn=""1""><Title>A &amp; B</Title><Authors><Author>x</Author><Author>y</Author></Authors></Book></L>")`, "1"},
		{`do r.Correlate("Book","My.Book") write r.Next(.b,.sc),sc,b.Isbn,b.Title,b.Authors.Count(),b.Authors.GetAt(2),r.Next(.c,.sc),sc`, "111A & B2y01"},
		{`write b.XMLExportToString(.s),s`, `1<Book Isbn="1"><Title>A &amp; B</Title><Authors><Author>x</Author><Author>y</Author></Authors></Book>`},
		{`write r.OpenString("<Book><Nope/></Book>"),r.Next(.b,.sc),$piece($SYSTEM.Status.GetErrorText(sc),":")`, "10ERROR #6237"},
		{`write $piece($SYSTEM.Status.GetErrorText(r.OpenString("<a>")),":")`, "ERROR #6301"},
	})
}

func TestRequestsOverHTTP(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, _, _ := r.BasicAuth()
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("X-Said", r.Method+" "+r.URL.RequestURI()+" "+user)
		w.WriteHeader(http.StatusTeapot)
		_, _ = w.Write([]byte("é"))
	}))
	defer server.Close()
	host, port, _ := strings.Cut(strings.TrimPrefix(server.URL, "http://"), ":")
	if _, err := strconv.Atoi(port); err != nil {
		t.Fatal(err)
	}
	checkSteps(t, compiled(t), []step{
		{`set r=##class(%Net.HttpRequest).%New() set r.Server="` + host + `",r.Port=` + port + `,r.Username="u",r.Password="p" do r.SetParam("q","a b") write r.Get("/x")`, "1"},
		{`write r.HttpResponse.StatusCode," ",r.HttpResponse.GetHeader("x-said")," ",r.HttpResponse.ContentType," ",$ascii(r.HttpResponse.Data.Read())`, "418 GET /x?q=a+b u text/plain 233"},
		{`set r.Port=1 write $piece($SYSTEM.Status.GetErrorText(r.Get("/")),":")`, "ERROR #6059"},
	})
}

func TestACompressedStreamReadsWhatItWrote(t *testing.T) {
	file := t.TempDir() + "/a.gz"
	checkSteps(t, compiled(t), []step{
		{`set s=##class(%Stream.FileBinaryGzip).%New() write s.LinkToFile("` + file + `") do s.Write("aaaaaaaaaa"),s.Write($char(0,255)) write s.%Save()`, "11"},
		{`set s=##class(%Stream.FileBinaryGzip).%New() do s.LinkToFile("` + file + `") write s.Read()=("aaaaaaaaaa"_$char(0,255)),s.Size`, "112"},
		{`set s=##class(%Stream.FileBinary).%New() do s.LinkToFile("` + file + `") write $ascii(s.Read(1))," ",$ascii(s.Read(1))`, "31 139"},
	})
}
