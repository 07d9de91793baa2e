package bound

import (
	"errors"
	"testing"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// compareOf binds the comparison of a WHERE over Person and Orders.
func compareOf(t *testing.T, cond string) *Compare {
	t.Helper()
	return selectOf(t, "SELECT 1 FROM Person p, Orders o WHERE "+cond).Where.(*Compare)
}

func TestCollationOfComparisons(t *testing.T) {
	cases := map[string]sqltype.Collation{
		`p.Age = 1`:            sqltype.NoCollation,
		`p.Age = o.Person`:     sqltype.NoCollation,
		`p.Age = '5'`:          sqltype.NoCollation, // the text becomes a number
		`p.Born = ?`:           sqltype.NoCollation,
		`Name = 'x'`:           sqltype.SQLUpper,
		`'x' = Name`:           sqltype.SQLUpper,
		`Name = ?`:             sqltype.SQLUpper,
		`Name = Title`:         sqltype.SQLUpper,
		`Name = Code`:          sqltype.Exact, // two columns that differ
		`Name = UPPER('x')`:    sqltype.SQLUpper,
		`Code = 'x'`:           sqltype.Exact,
		`%EXACT(Name) = 'x'`:   sqltype.Exact,
		`%EXACT(Name) = Title`: sqltype.Exact,
		`UPPER(Name) = 'X'`:    sqltype.Exact,
		`'a' = 'A'`:            sqltype.Exact,
		`Name = p.Age`:         sqltype.SQLUpper, // a number compares with text as text
		`Name || Title = 'x'`:  sqltype.SQLUpper,
		`Noted = '2020-01-01'`: sqltype.Exact,
		`Seen = Noted`:         sqltype.NoCollation, // the text form is brought to the encoded one
		`Name = (SELECT 'x')`:  sqltype.Exact,
		`Name = (SELECT MAX(Title) FROM Numbered)`: sqltype.SQLUpper,
	}
	for cond, want := range cases {
		if got := compareOf(t, cond).Collation; got != want {
			t.Errorf("%s compares %q, want %q", cond, got, want)
		}
	}
}

func TestLiteralsTakeTheLogicalFormOfTheOtherSide(t *testing.T) {
	cases := map[string]value.Value{
		`p.Age = '5'`:                   value.Int(5),
		`p.Age = '12abc'`:               value.Int(12), // the leading number, no error
		`p.Born = '1841-01-01'`:         value.Int(1),
		`p.Born = 66000`:                value.Int(66000),
		`p.Woke = '00:01:00'`:           value.Int(60),
		`p.Noted = '2020-01-01'`:        value.Text("2020-01-01 00:00:00"),
		`p.Name = 5`:                    value.Int(5),
		`p.Active = 'true'`:             value.Int(1),
		`p.Age = -5`:                    value.Int(-5),
		`p.Born = {d '1841-01-01'}`:     value.Int(1),
		`p.Code = '1841-01-01'`:         value.Text("1841-01-01"),
		`p.Pay = 1.50`:                  value.Decimal(15, -1),
		`p.Ratio = '1e1'`:               value.Float(10),
		`p.Noted = '2020-01-01 1:2:3.'`: value.Value{},
	}
	for cond, want := range cases {
		l, ok := compareOf(t, cond).R.(*Literal)
		if !ok {
			if !want.IsNull() {
				t.Errorf("%s: no literal", cond)
			}
			continue
		}
		if !value.Equal(l.Value, want) || l.Value.Kind() != want.Kind() {
			t.Errorf("%s: literal is %v, want %v", cond, l.Value.Text(), want.Text())
		}
	}
}

// A literal that does not fit fails when the statement runs, as a parameter's value would.
func TestBadLiteralFailsAtRunTime(t *testing.T) {
	cases := map[string]int{
		`SELECT 1 FROM Person WHERE Born = '2021-02-29'`:  -146,
		`SELECT 1 FROM Person WHERE Woke = 'noon'`:        -147,
		`SELECT 1 FROM Person WHERE Seen < 'x'`:           -146,
		`INSERT INTO Person (Born) VALUES ('2021-02-29')`: -104,
		`INSERT INTO Person (Age) VALUES ('x')`:           -104,
		`INSERT INTO Person (Face) VALUES ('1,x,3')`:      -104,
		`UPDATE Person SET Born = 'x'`:                    -105,
	}
	for text, code := range cases {
		st := mustBind(t, text)
		var x Expr
		switch {
		case st.Query != nil:
			x = st.Query.Body.(*Select).Where.(*Compare).R
		case st.Insert != nil:
			x = st.Insert.Row[0]
		default:
			x = st.Update.Sets[0].Value
		}
		c := x.(*Call)
		_, err := c.Run(nil, []value.Value{c.Args[0].(*Literal).Value})
		var e *sqlerr.Error
		if !errors.As(err, &e) || e.Code != code {
			t.Errorf("%s: %v, want %d", text, err, code)
		}
	}
}

func TestInsertedLiteralsAreStoredInLogicalForm(t *testing.T) {
	row := mustBind(t, `INSERT INTO Person (Born, Woke, Age, Code, Face, Noted) VALUES ('1841-01-01', '00:01:00', '7', 7, '1,2,3', '2020-01-01')`).Insert.Row
	want := []string{"1", "60", "7", "7", "1,2,3", "2020-01-01 00:00:00"}
	for i, w := range want {
		if got := row[i].(*Literal).Value.Text(); got != w {
			t.Errorf("value %d is %q, want %q", i+1, got, w)
		}
	}
}

func TestInsertSelectKeepsLogicalValues(t *testing.T) {
	in := mustBind(t, `INSERT INTO Person (Name, Born, Seen) SELECT Name, '2020-01-01', Noted FROM Person`).Insert
	if in.Convert[0] != nil || in.Convert[1] != nil {
		t.Error("a value of the select list is converted as a client's would be")
	}
	if in.Convert[2] == nil {
		t.Error("a textual timestamp is stored in an encoded column as it is")
	}
}

func TestInListOfMixedTypesIsAChainOfComparisons(t *testing.T) {
	if in, ok := selectOf(t, `SELECT 1 FROM Person WHERE Age IN (1, '2', ?)`).Where.(*In); !ok || in.List[1].(*Literal).Value.Kind() != value.Number {
		t.Error("a list of numbers is no In")
	}
	if or, ok := selectOf(t, `SELECT 1 FROM Person WHERE Age IN (1, Code)`).Where.(*Or); !ok || len(or.Conds) != 2 {
		t.Error("numbers and text in one list are an In")
	}
	if _, ok := selectOf(t, `SELECT 1 FROM Person WHERE Name NOT IN ('a', 'b')`).Where.(*Not); !ok {
		t.Error("NOT IN is no Not")
	}
}

func TestDefaultsAreBoundForTheirColumn(t *testing.T) {
	born, seen, name := column("Born", kind(sqltype.Date)), column("Seen", kind(sqltype.PosixTime)), column("Name", varchar(30))
	cases := []struct {
		text string
		c    *Column
		want string
	}{
		{"'1841-01-01'", &born, "1"}, {"NULL", &born, ""}, {"-5", &name, "-5"}, {"'x'", &name, "x"},
		{"CURRENT_TIMESTAMP(6)", &seen, "call"}, {"GETDATE", &name, "call"}, {"USER", &name, "call"},
	}
	for _, c := range cases {
		x, err := Default(c.text, v2026, c.c)
		if err != nil {
			t.Errorf("DEFAULT %s: %v", c.text, err)
			continue
		}
		l, ok := x.(*Literal)
		if ok != (c.want != "call") || ok && l.Value.Text() != c.want {
			t.Errorf("DEFAULT %s is %#v", c.text, x)
		}
	}
	if _, err := Default("GONE()", v2026, &name); err == nil {
		t.Error("an unknown function is taken")
	}
}

// Drivers number the parameters, so that one may stand in two places: the first decides its type.
func TestParameterInTwoPlaces(t *testing.T) {
	st := mustBind(t, `SELECT 1 FROM Person WHERE Name = :%qpar(1) AND Born = :%qpar(1)`)
	if got := paramText(st); got != "VARCHAR(30)" {
		t.Errorf("parameters are %s", got)
	}
	born := st.Query.Body.(*Select).Where.(*And).Conds[1].(*Compare)
	c, ok := born.R.(*Call)
	if !ok {
		t.Fatalf("the text is compared with a date as it is: %#v", born.R)
	}
	if v, err := c.Run(nil, []value.Value{value.Text("1841-01-01")}); err != nil || !value.Equal(v, value.Int(1)) {
		t.Errorf("the date is %v, %v", v.Text(), err)
	}
}
