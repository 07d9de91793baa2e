package pgfunc

import (
	"math"
	"strconv"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// integerTypes are the integer types with their widths.
var integerTypes = map[pgtypes.OID]width{pgtypes.Int2: widths["2"], pgtypes.Int4: widths["4"], pgtypes.Int8: widths["8"]}

// numberCasts has the casts between numbers, booleans and oids (PostgreSQL docs, 8.1).
func numberCasts(m map[pair]conversion) {
	for to, w := range integerTypes {
		narrow := func(_ *Context, v iris.Value) (iris.Value, error) { return w.give(intArg(v), true) }
		for from := range integerTypes {
			if from != to {
				m[pair{from, to}] = narrow
			}
		}
		for _, from := range []pgtypes.OID{pgtypes.Float4, pgtypes.Float8} {
			m[pair{from, to}] = func(_ *Context, v iris.Value) (iris.Value, error) { return floatToInt(floatArg(v), w) }
		}
		m[pair{pgtypes.Numeric, to}] = func(_ *Context, v iris.Value) (iris.Value, error) { return numericToInt(v, w) }
		m[pair{to, pgtypes.Numeric}] = func(_ *Context, v iris.Value) (iris.Value, error) { return iris.Decimal(intArg(v), 0), nil }
		m[pair{to, pgtypes.Float8}] = func(_ *Context, v iris.Value) (iris.Value, error) { return iris.Double(float64(intArg(v))), nil }
		m[pair{to, pgtypes.Float4}] = func(_ *Context, v iris.Value) (iris.Value, error) {
			return iris.Double(float64(float32(intArg(v)))), nil
		}
	}
	floatCasts(m)
	oidCasts(m)
	m[pair{pgtypes.Bool, pgtypes.Int4}] = same
	m[pair{pgtypes.Int4, pgtypes.Bool}] = func(_ *Context, v iris.Value) (iris.Value, error) { return boolResult(intArg(v) != 0) }
}

func same(_ *Context, v iris.Value) (iris.Value, error) { return v, nil }

func floatCasts(m map[pair]conversion) {
	m[pair{pgtypes.Float4, pgtypes.Float8}] = same
	m[pair{pgtypes.Float8, pgtypes.Float4}] = func(_ *Context, v iris.Value) (iris.Value, error) {
		f := floatArg(v)
		return floatResult(float64(float32(f)), math.IsInf(f, 0), f == 0)
	}
	for from, digits := range map[pgtypes.OID]int{pgtypes.Float4: 6, pgtypes.Float8: 15} {
		m[pair{from, pgtypes.Numeric}] = func(_ *Context, v iris.Value) (iris.Value, error) { return floatToNumeric(floatArg(v), digits) }
	}
	for to, bits := range map[pgtypes.OID]int{pgtypes.Float4: 32, pgtypes.Float8: 64} {
		t := pgtypes.Of(to)
		m[pair{pgtypes.Numeric, to}] = func(_ *Context, v iris.Value) (iris.Value, error) {
			text := v.String()
			if f, err := strconv.ParseFloat(text, bits); err == nil && (f != 0 || !strings.ContainsAny(text, "123456789")) {
				return iris.Double(f), nil
			}
			return pgtypes.ParseText(t, text)
		}
	}
}

// floatToInt rounds halves to even, as the processor does.
func floatToInt(f float64, w width) (iris.Value, error) {
	f = math.RoundToEven(f)
	// 2^63 itself is beyond bigint, and is what the largest one rounds to as a double.
	if !(f >= float64(w.min) && f <= float64(w.max)) || w.bits == 64 && f >= 1<<63 {
		return iris.Null(), w.outOfRange()
	}
	return iris.Int(int64(f)), nil
}

// floatToNumeric takes the digits that a float is sure of: 15, or 6 of a real.
func floatToNumeric(f float64, digits int) (iris.Value, error) {
	return pgtypes.ParseText(pgtypes.Of(pgtypes.Numeric), strconv.FormatFloat(f, 'g', digits, 64))
}

// numericToInt rounds halves away from zero.
func numericToInt(v iris.Value, w width) (iris.Value, error) {
	if v.Kind() == iris.KindDecimal && v.Exponent() == 0 {
		return w.give(v.Mantissa(), true)
	}
	n, err := numberOf(v)
	if err != nil {
		return iris.Null(), err
	}
	switch n.special {
	case 0:
	case 'n':
		return iris.Null(), cannotConvert("NaN", w.name)
	default:
		return iris.Null(), cannotConvert("infinity", w.name)
	}
	whole := n.round(0).coef
	return w.give(whole.Int64(), whole.IsInt64())
}

// oidCasts: an oid is an unsigned integer of 32 bits, whose bits an integer keeps.
func oidCasts(m map[pair]conversion) {
	unsigned := []pgtypes.OID{pgtypes.Oid, pgtypes.Regclass, pgtypes.Regtype, pgtypes.Regproc}
	for _, oid := range unsigned {
		m[pair{pgtypes.Int4, oid}] = func(_ *Context, v iris.Value) (iris.Value, error) {
			return iris.Int(int64(uint32(intArg(v)))), nil
		}
		m[pair{pgtypes.Int2, oid}] = m[pair{pgtypes.Int4, oid}]
		m[pair{pgtypes.Int8, oid}] = func(_ *Context, v iris.Value) (iris.Value, error) {
			if n := intArg(v); n < 0 || n > math.MaxUint32 {
				return failed(pgerr.NumericValueOutOfRange, "OID out of range")
			}
			return v, nil
		}
		m[pair{oid, pgtypes.Int8}] = same
		m[pair{oid, pgtypes.Int4}] = func(_ *Context, v iris.Value) (iris.Value, error) {
			return iris.Int(int64(int32(intArg(v)))), nil
		}
		for _, other := range unsigned {
			if other != oid {
				m[pair{oid, other}] = same
			}
		}
	}
}
