package irissql

import (
	"math"

	"github.com/cockroachdb/apd/v3"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
)

// finisher gives what the gateway does with a value that IRIS computed: the digits that PostgreSQL shows of a numeric,
// the range of an integer, single precision of a real. A plain column of a table needs nothing.
func finisher(e analyze.Expr, index int) eval.Func {
	if tableColumn(e) {
		return nil
	}
	if n, ok := e.(*analyze.Aggregate); ok && n.Func.Name == "string_agg" {
		return withoutMarks(index)
	}
	switch t := e.Type(); classOf(t) {
	case intClass:
		if r, ok := intRanges[t.OID]; ok {
			return r.check(index)
		}
	case numericClass:
		if s, ok := scaleOf(e); ok {
			return rescale(index, s)
		}
		return exactNumber(index, scaleBound(e))
	case floatClass:
		if t.OID == pgtypes.Float4 {
			return single(index)
		}
	}
	return nil
}

// intRange is an integer type's range; IRIS raises no overflow.
type intRange struct {
	name     string
	min, max int64
}

var intRanges = map[pgtypes.OID]intRange{
	pgtypes.Int2: {"smallint", math.MinInt16, math.MaxInt16},
	pgtypes.Int4: {"integer", math.MinInt32, math.MaxInt32},
	pgtypes.Int8: {"bigint", math.MinInt64, math.MaxInt64},
}

func (r intRange) check(index int) eval.Func {
	return func(row []iris.Value, _ *eval.Env) (iris.Value, error) {
		v := row[index]
		if v.IsNull() {
			return v, nil
		}
		i, ok := v.Int64()
		if !ok || i < r.min || i > r.max {
			return v, pgerr.New(pgerr.NumericValueOutOfRange, "%s out of range", r.name)
		}
		return iris.Int(i), nil
	}
}

// mostDigits is how many digits IRIS computes with for certain; a result with more may have been rounded.
const mostDigits = 18

// rescale gives a numeric the digits after the point that PostgreSQL shows. IRIS may have rounded what
// is longer with these digits, and then shows fewer.
func rescale(index, scale int) eval.Func {
	return func(row []iris.Value, _ *eval.Env) (iris.Value, error) {
		v := row[index]
		if v.IsNull() {
			return v, nil
		}
		if v.Kind() == iris.KindInt && scale == 0 {
			return v, nil
		}
		d, err := pgtypes.NumericDecimal(v)
		if err != nil || d.Form != apd.Finite {
			return v, err
		}
		ctx := apd.BaseContext.WithPrecision(2*mostDigits + uint32(scale) + 1)
		if _, err := ctx.Quantize(d, d, -int32(scale)); err != nil || d.NumDigits() > mostDigits {
			return v, tooManyDigits(v)
		}
		return pgtypes.DecimalNumeric(d)
	}
}

// exactNumber lets a numeric through that IRIS cannot have rounded, had it as many digits after the point as bound says.
func exactNumber(index, bound int) eval.Func {
	return func(row []iris.Value, env *eval.Env) (iris.Value, error) {
		v := row[index]
		if v.IsNull() {
			return v, nil
		}
		d, err := pgtypes.NumericDecimal(v)
		if err != nil || d.Form != apd.Finite {
			return v, err
		}
		if digits := d.NumDigits() + max(0, int64(bound)+int64(d.Exponent)); digits > mostDigits {
			return v, tooManyDigits(v)
		}
		return v, nil
	}
}

func tooManyDigits(v iris.Value) error {
	return pgerr.New(pgerr.NumericValueOutOfRange, "numeric result needs more digits than IRIS computes with").
		WithDetail("IRIS gave %s and may have rounded it.", v.String())
}

// single rounds to float4.
func single(index int) eval.Func {
	return func(row []iris.Value, _ *eval.Env) (iris.Value, error) {
		f, ok := row[index].Float64()
		if !ok {
			return row[index], nil
		}
		return iris.Double(float64(float32(f))), nil
	}
}
