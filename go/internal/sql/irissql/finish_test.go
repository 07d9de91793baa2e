package irissql

import (
	"strings"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

func TestNumericResultsHaveTheScaleThatPostgreSQLShows(t *testing.T) {
	for _, c := range []struct {
		value iris.Value
		scale int
		want  string
	}{
		{iris.Decimal(5, -1), 2, "0.50"},
		{iris.Int(7), 2, "7.00"},
		{iris.Decimal(7, 3), 0, "7000"},
		{iris.Latin1([]byte("-.5")), 3, "-0.500"},
		{iris.Int(12), 0, "12"},
		{iris.Decimal(123456789012345678, -2), 2, "1234567890123456.78"},
	} {
		v, err := rescale(0, c.scale)([]iris.Value{c.value}, nil)
		got, _ := pgtypes.AppendText(nil, pgtypes.Of(pgtypes.Numeric), v, pgtypes.Style{})
		if err != nil || string(got) != c.want {
			t.Errorf("%s to scale %d: %s, %v", c.value, c.scale, got, err)
		}
	}
	if v, err := rescale(0, 2)([]iris.Value{iris.Null()}, nil); err != nil || !v.IsNull() {
		t.Errorf("NULL became %v, %v", v, err)
	}
}

func TestAValueThatIRISMayHaveRoundedIsAnError(t *testing.T) {
	big := iris.Decimal(1234567890123456789, -2)
	if _, err := rescale(0, 2)([]iris.Value{big}, nil); err == nil || !strings.Contains(err.Error(), "22003") {
		t.Error(err)
	}
	if _, err := exactNumber(0, 0)([]iris.Value{big}, nil); err == nil {
		t.Error("passed")
	}
	if _, err := exactNumber(0, 4)([]iris.Value{iris.Int(9999999998000000)}, nil); err == nil {
		t.Error("a rounded product of unknown scale passed")
	}
	if v, err := exactNumber(0, 4)([]iris.Value{iris.Decimal(99999999999999, 0)}, nil); err != nil || v.String() != "99999999999999" {
		t.Error(v, err)
	}
	// 99999999.99 × 99999999.99 is 9999999998000000.0001, of which IRIS keeps 19 digits, and shows no zeros.
	if _, err := rescale(0, 4)([]iris.Value{iris.Int(9999999998000000)}, nil); err == nil {
		t.Error("a rounded product passed")
	}
}

func TestIntegersBeyondTheirTypeAreOutOfRange(t *testing.T) {
	f := intRanges[pgtypes.Int4].check(0)
	if v, err := f([]iris.Value{iris.Int(1<<31 - 1)}, nil); err != nil || v.String() != "2147483647" {
		t.Error(v, err)
	}
	for _, v := range []iris.Value{iris.Int(1 << 31), iris.Decimal(1, 20), iris.Decimal(15, -1)} {
		if _, err := f([]iris.Value{v}, nil); err == nil || err.Error() != "integer out of range (SQLSTATE 22003)" {
			t.Errorf("%s: %v", v, err)
		}
	}
}

func TestScaleOfNumericExpressions(t *testing.T) {
	price := &analyze.Const{Node: analyze.Node{Typ: pgtypes.Type{OID: pgtypes.Numeric, Mod: pgtypes.NumericMod(10, 2)}}, Value: iris.Int(1)}
	rate := &analyze.Const{Node: analyze.Node{Typ: pgtypes.Of(pgtypes.Numeric)}, Value: iris.Decimal(125, -3)}
	param := &analyze.Param{Node: analyze.Node{Typ: pgtypes.Of(pgtypes.Numeric)}, Number: 1}
	call := func(id string, args ...analyze.Expr) analyze.Expr {
		return &analyze.Call{Node: analyze.Node{Typ: pgtypes.Of(pgtypes.Numeric)}, Func: &analyze.Function{ID: id}, Args: args}
	}
	for _, c := range []struct {
		name  string
		e     analyze.Expr
		scale int
		known bool
	}{
		{"numeric(10,2)", price, 2, true},
		{"0.125", rate, 3, true},
		{"$1", param, 0, false},
		{"price + 0.125", call("numeric_add", price, rate), 3, true},
		{"price * 0.125", call("numeric_mul", price, rate), 5, true},
		{"price * $1", call("numeric_mul", price, param), 0, false},
		{"round(price)", call("round(numeric)", price), 0, true},
		{"price / 0.125", call("numeric_div", price, rate), 0, false},
		{"sum(price)", &analyze.Aggregate{Node: analyze.Node{Typ: pgtypes.Of(pgtypes.Numeric)}, Func: &analyze.Function{Name: "sum"}, Args: []analyze.Expr{price}}, 2, true},
		{"coalesce(price, 0.125)", &analyze.Variadic{Node: analyze.Node{Typ: pgtypes.Of(pgtypes.Numeric)}, Args: []analyze.Expr{price, rate}}, 0, false},
	} {
		scale, known := scaleOf(c.e)
		if scale != c.scale || known != c.known {
			t.Errorf("%s: %d, %t", c.name, scale, known)
		}
	}
}
