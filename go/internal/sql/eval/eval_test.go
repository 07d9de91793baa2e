package eval_test

import (
	"strings"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
)

func node(oid pgtypes.OID) analyze.Node { return analyze.Node{Typ: pgtypes.Of(oid), At: 7} }

// columns gives each column the slot of its index.
func columns(e analyze.Expr) (int, bool) {
	if c, ok := e.(*analyze.Column); ok {
		return c.Index, true
	}
	return 0, false
}

// run compiles over a row of one column of the type.
func run(t *testing.T, e analyze.Expr, row []iris.Value, env *eval.Env) (iris.Value, error) {
	t.Helper()
	f, err := eval.Compile(e, columns)
	if err != nil {
		t.Fatal(err)
	}
	return f(row, env)
}

// A slot's value may have any form that IRIS delivers for the type.
func TestSlotsAreReadInCanonicalForm(t *testing.T) {
	scaled := pgtypes.Type{OID: pgtypes.Numeric, Mod: pgtypes.NumericMod(10, 2)}
	for _, x := range []struct {
		typ  pgtypes.Type
		from iris.Value
		want string
		kind iris.Kind
	}{
		{pgtypes.Of(pgtypes.Int4), iris.Latin1([]byte("42")), "42", iris.KindInt},
		{pgtypes.Of(pgtypes.Bool), iris.Latin1([]byte("1")), "1", iris.KindInt},
		{pgtypes.Of(pgtypes.Text), iris.Int(5), "5", iris.KindUTF8},
		{pgtypes.Of(pgtypes.Text), iris.Latin1([]byte{0xe9}), "é", iris.KindUTF8},
		{pgtypes.Of(pgtypes.Text), iris.UTF16([]byte{0x3d, 0xd8, 0x00, 0xde}), "😀", iris.KindUTF8},
		{scaled, iris.Decimal(15, -1), "1.50", iris.KindDecimal},
		{scaled, iris.Int(7), "7.00", iris.KindDecimal},
		{scaled, iris.Latin1([]byte(".5")), "0.50", iris.KindDecimal},
		{pgtypes.Of(pgtypes.Numeric), iris.Decimal(125, 2), "12500", iris.KindDecimal},
		{pgtypes.Of(pgtypes.Float8), iris.Latin1([]byte("1.5")), "1.5", iris.KindDouble},
		{pgtypes.Of(pgtypes.Float4), iris.Double(0.1), "0.10000000149011612", iris.KindDouble},
		{pgtypes.Of(pgtypes.Date), iris.Int(67264), "2025-02-28", iris.KindUTF8},
		{pgtypes.Of(pgtypes.Time), iris.Int(3600), "01:00:00", iris.KindUTF8},
		{pgtypes.Of(pgtypes.Timestamp), iris.Latin1([]byte("2024-02-29 12:00:00.500")), "2024-02-29 12:00:00.5", iris.KindUTF8},
		{pgtypes.Of(pgtypes.Bytea), iris.Latin1([]byte{0, 255}), "\x00\xff", iris.KindBinary},
		{pgtypes.Of(pgtypes.UUID), iris.Latin1([]byte("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11")), "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", iris.KindUTF8},
		{pgtypes.Of(pgtypes.Vector), iris.Latin1([]byte("[1,2.50]")), "1,2.5", iris.KindUTF8},
		{pgtypes.Of(pgtypes.Bpchar), iris.Latin1([]byte("ab  ")), "ab", iris.KindUTF8},
		{pgtypes.Of(pgtypes.Int4), iris.Null(), "", iris.KindNull},
	} {
		v, err := run(t, &analyze.Column{Node: analyze.Node{Typ: x.typ}}, []iris.Value{x.from}, &eval.Env{})
		if err != nil || v.String() != x.want || v.Kind() != x.kind {
			t.Errorf("%s from %v: %q of kind %d (%v), want %q of kind %d", pgtypes.Format(x.typ), x.from, v, v.Kind(), err, x.want, x.kind)
		}
	}
}

func TestSlotsOfTheWrongKindAreErrors(t *testing.T) {
	for typ, v := range map[pgtypes.OID]iris.Value{
		pgtypes.Int4: iris.Latin1([]byte("x")), pgtypes.Int2: iris.Int(40000), pgtypes.Date: iris.Latin1([]byte("soon")), pgtypes.Bool: iris.Int(2),
	} {
		if _, err := run(t, &analyze.Column{Node: node(typ)}, []iris.Value{v}, &eval.Env{}); err == nil {
			t.Errorf("%v passes as %s", v, pgtypes.Format(pgtypes.Of(typ)))
		}
	}
}

// What runs a query, or is not built, is refused with its position.
func TestWhatNeedsAQueryIsRefused(t *testing.T) {
	text := node(pgtypes.Text)
	for name, e := range map[string]analyze.Expr{
		"column":                        &analyze.Column{Node: text},
		"sum()":                         &analyze.Aggregate{Node: text, Func: &analyze.Function{Name: "sum"}},
		"rank()":                        &analyze.Window{Node: text, Func: &analyze.Function{Name: "rank"}},
		"subquery":                      &analyze.Subquery{Node: text},
		"function nextval(oid)":         &analyze.Call{Node: text, Func: &analyze.Function{Name: "nextval", ID: "nextval"}, Args: []analyze.Expr{&analyze.Const{Node: node(pgtypes.Oid)}}},
		"the cast from date to integer": &analyze.Cast{Node: node(pgtypes.Int4), Arg: &analyze.Const{Node: node(pgtypes.Date)}},
	} {
		_, err := eval.Compile(e, func(analyze.Expr) (int, bool) { return 0, false })
		got := failure(err)
		if got.text != "!0A000" || !strings.Contains(got.typ, name) {
			t.Errorf("%s: %s %s", name, got.text, got.typ)
		}
	}
}

func TestParametersAndSessionValuesComeFromTheEnvironment(t *testing.T) {
	env := &eval.Env{
		Params:  []iris.Value{iris.Int(1), iris.Text("two")},
		Session: func(v analyze.SessionValue) iris.Value { return iris.Text("the " + string(v)) },
	}
	for want, e := range map[string]analyze.Expr{
		"two":              &analyze.Param{Node: node(pgtypes.Text), Number: 2},
		"the current_user": &analyze.Session{Node: node(pgtypes.Name), Name: analyze.SessionCurrentUser},
	} {
		if v, err := run(t, e, nil, env); err != nil || v.String() != want {
			t.Errorf("%v: %v %v, want %s", e, v, err, want)
		}
	}
	if _, err := run(t, &analyze.Param{Node: node(pgtypes.Text), Number: 3}, nil, env); err == nil {
		t.Error("a parameter that is not there passes")
	}
	if _, err := run(t, &analyze.Session{Node: node(pgtypes.Text)}, nil, nil); err == nil {
		t.Error("a session value without a session passes")
	}
}

// The unused branch of CASE and COALESCE, and what AND and OR need no more, is not computed.
func TestUnusedPartsAreNotComputed(t *testing.T) {
	for _, x := range []struct{ expression, want string }{
		{"case when true then 1 else 1/0 end", "1"},
		{"coalesce(1, 1/0)", "1"},
		{"false and 1/0 = 1", "f"},
		{"true or 1/0 = 1", "t"},
		{"1 in (1, 1/0)", "t"},
	} {
		if got := compute(x.expression, pgtypes.Style{}); got.text != x.want {
			t.Errorf("%s: %s, want %s", x.expression, got.text, x.want)
		}
	}
}

// One compiled expression serves many sessions at once.
func TestCompiledExpressionsAreSafeForConcurrentUse(t *testing.T) {
	one := &analyze.Const{Node: node(pgtypes.Int4), Value: iris.Int(1)}
	f, err := eval.Compile(&analyze.Call{Node: node(pgtypes.Int4), Func: analyze.FunctionByID("int4pl"),
		Args: []analyze.Expr{&analyze.Column{Node: node(pgtypes.Int4)}, one}}, columns)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan string)
	for n := range 4 {
		go func() {
			for i := range 1000 {
				v, err := f([]iris.Value{iris.Int(int64(n*1000 + i))}, &eval.Env{})
				if err != nil || v.Mantissa() != int64(n*1000+i+1) {
					done <- v.String()
					return
				}
			}
			done <- ""
		}()
	}
	for range 4 {
		if wrong := <-done; wrong != "" {
			t.Errorf("another session's value: %s", wrong)
		}
	}
}

func BenchmarkRowExpression(b *testing.B) {
	price := &analyze.Column{Node: analyze.Node{Typ: pgtypes.Type{OID: pgtypes.Numeric, Mod: pgtypes.NumericMod(10, 2)}}}
	rate := &analyze.Const{Node: node(pgtypes.Numeric), Value: iris.Decimal(119, -2)}
	e := &analyze.Call{Node: node(pgtypes.Numeric), Func: analyze.FunctionByID("numeric_mul"), Args: []analyze.Expr{price, rate}}
	f, err := eval.Compile(e, columns)
	if err != nil {
		b.Fatal(err)
	}
	row, env := []iris.Value{iris.Decimal(1999, -2)}, &eval.Env{}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f(row, env); err != nil {
			b.Fatal(err)
		}
	}
}
