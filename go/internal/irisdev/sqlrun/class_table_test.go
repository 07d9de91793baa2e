package sqlrun

import (
	"context"
	"errors"
	"testing"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

// petTable is the table of a class with a unique name.
func petTable() superserver.ClassTable {
	return superserver.ClassTable{Class: "My.Pet", Schema: "My", Name: "Pet",
		Columns: []superserver.ClassColumn{
			{Property: "kind", Name: "kind", Type: sqltype.Type{Kind: sqltype.VarChar}, Private: true},
			{Property: "Name", Name: "pet_name", Type: sqltype.Type{Kind: sqltype.VarChar}, Collation: sqltype.SQLUpper},
			{Property: "Age", Name: "Age", Type: sqltype.Type{Kind: sqltype.BigInt}}},
		Indexes: []superserver.ClassIndex{{Name: "NameIdx", Properties: []string{"Name"}, Unique: true}}}
}

func TestObjectsAndSQLSeeTheSameRows(t *testing.T) {
	c := newTestbed(t, "documented", newest).connect(t)
	if err := c.DefineClass(petTable()); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	save := func(id int64, insert bool, name string, age int64) error {
		return c.SaveObject(ctx, "My.Pet", id, insert, map[string]value.Value{"kind": value.Text("~My.Pet~"), "Name": value.Text(name), "Age": value.Int(age)})
	}
	id, err := c.NextID("My.Pet")
	if err != nil || id != 1 {
		t.Fatal(id, err)
	}
	if err := save(id, true, "Rex", 3); err != nil {
		t.Fatal(err)
	}
	c.expect("1,Rex,3", "SELECT * FROM My.Pet")
	c.must("INSERT INTO My.Pet (pet_name, Age) VALUES ('Tom', 5)")
	if v, ok, err := c.LoadObject("My.Pet", 2); err != nil || !ok || v["Name"].Text() != "Tom" || v["Age"].Text() != "5" {
		t.Errorf("the row that SQL wrote is %v %v %v", v, ok, err)
	}
	if found, err := c.FindObject("My.Pet", "NameIdx", []value.Value{value.Text("TOM")}); err != nil || found != 2 {
		t.Errorf("the index gives %d %v", found, err)
	}
	var e *sqlerr.Error
	if err := save(3, true, "tom", 1); !errors.As(err, &e) || e.Code != -119 {
		t.Errorf("a second tom: %v", err)
	}
	if err := save(1, false, "tom", 1); !errors.As(err, &e) || e.Code != -120 {
		t.Errorf("a change to tom: %v", err)
	}
	if ok, err := c.DeleteObject(ctx, "My.Pet", 1); !ok || err != nil {
		t.Error(ok, err)
	}
	c.expect("1", "SELECT COUNT(*) FROM My.Pet")
}

func TestAChangedClassKeepsItsRows(t *testing.T) {
	c := newTestbed(t, "documented", newest).connect(t)
	d := petTable()
	if err := c.DefineClass(d); err != nil {
		t.Fatal(err)
	}
	c.must("INSERT INTO My.Pet (pet_name, Age) VALUES ('Tom', 5)")
	d.Columns = append(d.Columns[:2:2], superserver.ClassColumn{Property: "Tail", Name: "Tail", Type: sqltype.Type{Kind: sqltype.BigInt}})
	d.Indexes = append(d.Indexes, superserver.ClassIndex{Name: "TailIdx", Properties: []string{"Tail"}})
	if err := c.DefineClass(d); err != nil {
		t.Fatal(err)
	}
	c.expect("1,Tom,-", "SELECT * FROM My.Pet")
	c.expect("5", "SELECT Age FROM My.Pet")
	if err := c.DropClass("My.Pet", false); err != nil {
		t.Fatal(err)
	}
	if err := c.DefineClass(petTable()); err != nil {
		t.Fatal(err)
	}
	c.expect("Tom,5", "SELECT pet_name, Age FROM My.Pet")
}
