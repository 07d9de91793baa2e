package irissql_test

import (
	"strings"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
)

// assigned prints the value of UPDATE city SET column = value.
func assigned(t *testing.T, column, value string) (irissql.Fragment, error) {
	t.Helper()
	r, err := analyzed("UPDATE city SET " + column + " = " + value)
	if err != nil {
		t.Fatalf("%s: %v", value, err)
	}
	u := r.Statement.(*analyze.Update)
	p := irissql.New(irissql.Options{})
	if _, err := p.Relation(u.Table); err != nil {
		t.Fatal(err)
	}
	return p.Assign(columnOf("city", column), u.Set[0].Value, nil)
}

func TestStoredValuesAreComputedInIRISWhereItIsExact(t *testing.T) {
	for _, c := range []struct{ column, value, want string }{
		{"id", "id + 1", `("city"."id" + ?)`},
		{"id", "population * 2", `("city"."population" * ?)`}, // the column's range is the narrower one
		{"id", "area", `ROUND("city"."area", 0)`},
		{"id", "abs(id)", `ABS("city"."id")`},
		{"population", "population - id", `("city"."population" - "city"."id")`},
		{"population", "id", `"city"."id"`},
		{"area", "area + 0.5", `("city"."area" + ?)`},
		{"area", "area * 2 - 1.25", `(("city"."area" * ?) - ?)`},
		{"area", "area + id", `("city"."area" + "city"."id")`},
		{"area", "-area", `(- "city"."area")`},
		{"area", "area + $1", `("city"."area" + ?)`},
		{"rating", "area", `CAST("city"."area" AS DOUBLE)`},
		{"name", "upper(name)", `UPPER("city"."name")`},
		{"capital", "population > 1000000", `CASE WHEN "city"."population" > ? THEN 1 WHEN NOT ("city"."population" > ?) THEN 0 END`},
	} {
		f, err := assigned(t, c.column, c.value)
		if sql, _ := f.SQL(); err != nil || sql != c.want {
			t.Errorf("%s = %s: %s (%v), want %s", c.column, c.value, sql, err, c.want)
		}
	}
}

func TestStoredValuesThatIRISComputesOtherwiseAreRefused(t *testing.T) {
	for _, c := range []struct{ column, value, why string }{
		{"population", "id * id", "an int4 overflow that fits the column"},
		{"id", "id * 2 / 2", "an overflow on the way"},
		{"id", "abs(id) - 1 + 1", "the same"},
		{"rating", "abs(id)", "the same"},
		{"population", "population / 3", "19 digits"},
		{"area", "area * area * area", "more than 18 digits"},
		{"area", "area / 3", "PostgreSQL's scale of a quotient"},
		{"area", "area * $1", "unknown digits"},
		{"area", "(SELECT sum(amount) FROM orders)", "unknown digits"},
		{"rating", "rating + 1", "overflow"},
		{"rating", "rating * 2", "underflow"},
		{"rating", "rating / 2", "underflow"},
		{"rating", "-rating", "the sign of zero"},
		{"rating", "abs(rating)", "the sign of zero"},
		{"rating", "CASE WHEN id = 1 THEN rating ELSE '-0' END", "the sign of zero"},
		{"id", "length(name)", "UTF-16 units"},
		{"name", "left(name, 1)", "half a character"},
		{"founded", "founded + 1", "NULL beyond year 9999"},
		{"seen", "seen + interval '1 day'", "NULL beyond year 9999"},
		{"name", "area", "the digits that PostgreSQL shows"},
	} {
		f, err := assigned(t, c.column, c.value)
		if err == nil || !strings.Contains(err.Error(), "0A000") {
			sql, _ := f.SQL()
			t.Errorf("%s = %s (%s): %s, %v", c.column, c.value, c.why, sql, err)
		}
	}
}

// A parameter beside a decimal column is checked when it comes: the sum must have no more digits than IRIS computes with.
func TestParametersBesideStoredDecimalsAreChecked(t *testing.T) {
	f, err := assigned(t, "area", "area + $1")
	if err != nil {
		t.Fatal(err)
	}
	check := f.Args()[0].Check
	for _, c := range []struct {
		value iris.Value
		fits  bool
	}{
		{iris.Decimal(12345, -2), true},
		{iris.Decimal(123456789, -9), true},
		{iris.Decimal(12345678901, -10), true},
		{iris.Decimal(12345678901, -11), false},
		{iris.Int(99999999), true},
		{iris.Int(100000000), false},
		{iris.Null(), true},
	} {
		if _, err := check(c.value); (err == nil) != c.fits {
			t.Errorf("%s: %v", c.value, err)
		}
	}
}
