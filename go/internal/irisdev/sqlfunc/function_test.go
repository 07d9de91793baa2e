package sqlfunc

import (
	"errors"
	"math"
	"testing"
	"time"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// fakeEnv is a process at a fixed instant, one hour east of Greenwich.
type fakeEnv struct{}

func (fakeEnv) Now() time.Time {
	return time.Date(2024, 2, 22, 13, 46, 12, 987654321, time.FixedZone("east", 3600))
}
func (fakeEnv) User() string              { return "_SYSTEM" }
func (fakeEnv) Namespace() string         { return "USER" }
func (fakeEnv) Job() int64                { return 4711 }
func (fakeEnv) TransactionLevel() int     { return 1 }
func (fakeEnv) LastIdentity() value.Value { return value.Value{} }
func (fakeEnv) ServerVersion() string {
	return "IRIS for UNIX (Ubuntu Server LTS for x86-64 Containers) 2025.1 (Build 223U)"
}

// Short forms of arguments.
var (
	s    = value.Text
	i    = value.Int
	none = value.NullValue()
)

// day is a DATE, posix a TIMESTAMP column's value, clockTime a TIME.
type (
	day       string
	posix     string
	clockTime string
)

// dec is a NUMERIC.
type dec string

func arg(t *testing.T, x any) (Arg, value.Value) {
	t.Helper()
	switch x := x.(type) {
	case nil:
		return Arg{Type: anyText, Nullable: true}, none
	case string:
		return Arg{Type: anyText, Collation: sqltype.Exact}, s(x)
	case int:
		return Arg{Type: integer}, i(int64(x))
	case float64:
		return Arg{Type: doubleType}, value.Float(x)
	case dec:
		n, rest := value.ParseNumber(string(x))
		if rest != 0 {
			t.Fatalf("%q is no number", x)
		}
		return Arg{Type: numericOf(18, 4)}, n
	case day:
		v, err := FromClient(s(string(x)), dateType)
		if err != nil {
			t.Fatal(err)
		}
		return Arg{Type: dateType}, v
	case posix:
		v, err := FromClient(s(string(x)), posixType)
		if err != nil {
			t.Fatal(err)
		}
		return Arg{Type: posixType}, v
	case clockTime:
		v, err := FromClient(s(string(x)), timeType)
		if err != nil {
			t.Fatal(err)
		}
		return Arg{Type: timeType}, v
	case value.Value:
		return Arg{Type: kindOf(x)}, x
	}
	t.Fatalf("argument %v", x)
	return Arg{}, none
}

func kindOf(v value.Value) sqltype.Type {
	switch v.Kind() {
	case value.List:
		return listType
	case value.Vector:
		e, _ := sqltype.ElementByWord(v.Vec().Element)
		return sqltype.Type{Kind: sqltype.Vector, Element: e, Length: v.Vec().Len()}
	}
	return anyText
}

// list makes call arguments.
func args(list ...any) []any { return list }

// call compiles and runs a function; code is the SQLCODE of its failure.
func call(t *testing.T, c Context, name string, list []any) (v value.Value, typ sqltype.Type, code int) {
	t.Helper()
	f := Lookup(name)
	if f == nil {
		t.Fatalf("%s is not there", name)
	}
	known := make([]Arg, len(list))
	vals := make([]value.Value, len(list))
	for n, x := range list {
		known[n], vals[n] = arg(t, x)
		if n == 0 && f.Part {
			known[n].Literal, known[n].Constant = true, vals[n]
		}
	}
	compiled, err := f.Compile(c, known)
	if err == nil {
		v, err = compiled.Run(fakeEnv{}, vals)
	}
	return v, compiled.Type, codeOf(t, err)
}

func codeOf(t *testing.T, err error) int {
	t.Helper()
	if err == nil {
		return 0
	}
	var e *sqlerr.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no SQL error", err)
	}
	return e.Code
}

// example is one call: its result as text, <null>, or an SQLCODE.
type example struct {
	name string
	args []any
	want any
}

func run(t *testing.T, c Context, list []example) {
	t.Helper()
	for _, x := range list {
		v, _, code := call(t, c, x.name, x.args)
		switch want := x.want.(type) {
		case int:
			if code != want {
				t.Errorf("%s(%v): SQLCODE %d, want %d", x.name, x.args, code, want)
			}
		case nil:
			if code != 0 || !v.IsNull() {
				t.Errorf("%s(%v) = %q (SQLCODE %d), want NULL", x.name, x.args, v.Text(), code)
			}
		case string:
			if code != 0 || v.IsNull() || v.Text() != want {
				t.Errorf("%s(%v) = %q (SQLCODE %d), want %q", x.name, x.args, v.Text(), code, want)
			}
		case float64:
			if code != 0 || math.Abs(v.Approx()-want) > 1e-14*math.Max(1, math.Abs(want)) {
				t.Errorf("%s(%v) = %q (SQLCODE %d), want %v", x.name, x.args, v.Text(), code, want)
			}
		}
	}
}

func TestTableIsWellFormed(t *testing.T) {
	for name, f := range functions {
		if f.Name != name || f.Compile == nil {
			t.Errorf("%s: entry of %q without Compile or under another name", name, f.Name)
		}
		if f.Max >= 0 && f.Max < f.Min {
			t.Errorf("%s: takes %d to %d arguments", name, f.Min, f.Max)
		}
		if f.Max >= 0 && len(f.Params) > f.Max {
			t.Errorf("%s: %d parameter types for %d arguments", name, len(f.Params), f.Max)
		}
	}
}

func TestWhatIRISDoesNotHaveIsNotThere(t *testing.T) {
	for _, name := range []string{"INITCAP", "REGEXP_REPLACE", "MD5", "BTRIM", "CONCAT_WS", "STRPOS", "CBRT", "RANDOM", "TRUNC",
		"AGE", "EXTRACT", "JSON_VALUE", "JSON_QUERY", "L2_DISTANCE", "GENERATE_SERIES", "ARRAY_AGG", "OCTET_LENGTH", "CEIL", "TRANSLATE"} {
		if Lookup(name) != nil || LookupAggregate(name) != nil {
			t.Errorf("%s exists", name)
		}
	}
}

func TestEscapeOnlyFunctions(t *testing.T) {
	for _, name := range []string{"LEFT", "RIGHT", "TRUNCATE", "EXP", "LOG", "LOG10", "SIN", "COS", "TAN", "COT", "ASIN", "ACOS", "ATAN",
		"ATAN2", "PI", "TIMESTAMPADD", "TIMESTAMPDIFF"} {
		if f := Lookup(name); f == nil || f.Escape != MustEscape {
			t.Errorf("%s can be called without {fn …}", name)
		}
	}
}

func TestFirstReleases(t *testing.T) {
	for name, want := range map[string]irissql.Version{"HASHBYTES": {Major: 2025, Minor: 1}, "VECTOR_COSINE": {Major: 2024, Minor: 1}} {
		if f := Lookup(name); f.Major != want.Major || f.Minor != want.Minor {
			t.Errorf("%s is from %d.%d, want %s", name, f.Major, f.Minor, want)
		}
	}
	if f := LookupAggregate("APPROX_COUNT_DISTINCT"); f.Major != 2025 || f.Minor != 1 {
		t.Errorf("APPROX_COUNT_DISTINCT is from %d.%d", f.Major, f.Minor)
	}
}
