package pgtypes

import (
	"math"

	"iris-pgwire/internal/iris"
)

// Canonical brings a value that IRIS delivered for the type into the canonical form of the package comment. A numeric(p,s)
// gets back the zeros behind the point that IRIS drops. A value which the type can't have is an error, as in AppendText.
func Canonical(t Type, v iris.Value) (iris.Value, error) {
	switch v.Kind() {
	case iris.KindNull:
		return v, nil
	case iris.KindInt:
		if t.OID == Int4 || t.OID == Int8 || t.OID == Int2 {
			_, err := intOf(t, v)
			return v, err
		}
	case iris.KindUTF8:
		if t.OID == Text || t.OID == Varchar {
			return v, nil
		}
	}
	if f := canonicalForm(t.OID); f != nil {
		return f(t, v)
	}
	switch v.Kind() {
	case iris.KindUTF8, iris.KindBinary:
		return v, nil
	case iris.KindUTF16:
		if !v.Paired() {
			return v, unpaired(v)
		}
	}
	return iris.TextBytes(v.AppendText(nil)), nil
}

// canonicalForm gives the types whose form is more than their text.
func canonicalForm(oid OID) func(Type, iris.Value) (iris.Value, error) {
	switch oid {
	case Int2, Int4, Int8, Oid, Regclass, Regtype, Regproc:
		return func(t Type, v iris.Value) (iris.Value, error) {
			n, err := intOf(t, v)
			return iris.Int(n), err
		}
	case Bool:
		return func(t Type, v iris.Value) (iris.Value, error) {
			b, err := boolOf(t, v)
			return iris.Bool(b), err
		}
	case Numeric:
		return canonicalNumeric
	case Float4, Float8:
		return func(t Type, v iris.Value) (iris.Value, error) {
			f, err := floatOf(t, v)
			if t.OID == Float4 {
				f = float64(float32(f))
			}
			return iris.Double(f), err
		}
	case Date, Time, Timestamp, Timestamptz:
		return canonicalMoment
	case Bytea:
		return func(t Type, v iris.Value) (iris.Value, error) {
			b, ok := v.Bytes()
			if !ok {
				return v, badStored(t, v)
			}
			return iris.Binary(b), nil
		}
	case Bpchar:
		return canonicalBpchar
	case UUID:
		return func(t Type, v iris.Value) (iris.Value, error) {
			b, err := textUUID(nil, t, v, Style{})
			return iris.TextBytes(b), err
		}
	case Vector:
		return func(t Type, v iris.Value) (iris.Value, error) {
			elements, err := VectorElements(v)
			if err != nil {
				return v, err
			}
			return vectorValue(t, elements)
		}
	}
	return nil
}

// canonicalBpchar drops the blanks at the end, which mean nothing in char(n).
func canonicalBpchar(_ Type, v iris.Value) (iris.Value, error) {
	if !v.Paired() {
		return v, unpaired(v)
	}
	b := v.AppendText(nil)
	for len(b) > 0 && b[len(b)-1] == ' ' {
		b = b[:len(b)-1]
	}
	return iris.TextBytes(b), nil
}

func canonicalNumeric(t Type, v iris.Value) (iris.Value, error) {
	_, s, limited := t.NumericPrecision()
	if v.Kind() == iris.KindDecimal && v.Exponent() <= 0 && (!limited || int(-v.Exponent()) == s) {
		return v, nil
	}
	if v.Kind() == iris.KindInt && s <= 0 {
		return iris.Decimal(v.Mantissa(), 0), nil
	}
	d, err := digitsOf(t, v)
	if err != nil {
		return v, err
	}
	if limited && d.special == "" && d.scale < s {
		d.round(s)
	}
	return d.value(), nil
}

func canonicalMoment(t Type, v iris.Value) (iris.Value, error) {
	switch t.OID {
	case Date:
		days, err := dayValue(t, v)
		return formatDate(days), err
	case Time:
		micros, err := clockValue(t, v)
		return ClockValue(micros), err
	}
	micros, err := stampValue(t, v)
	return formatTimestamp(micros), err
}

// VectorElements gives a vector's elements, as pgvector's float4.
func VectorElements(v iris.Value) ([]float32, error) {
	var out []float32
	err := eachElement(Of(Vector), v, func(f float32) { out = append(out, f) })
	return out, err
}

// VectorValue makes a vector; what pgvector cannot hold (NaN, an infinity, a number of dimensions that t forbids) is its
// error.
func VectorValue(t Type, elements []float32) (iris.Value, error) {
	for _, f := range elements {
		if math.IsInf(float64(f), 0) || f != f {
			return iris.Null(), checkElement(f)
		}
	}
	return vectorValue(t, elements)
}

// ArrayValue makes a canonical array of the element type; a NULL element is printed as NULL.
func ArrayValue(elem Type, list []iris.Value) (iris.Value, error) {
	dst := []byte{'{'}
	for i, v := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		if v.IsNull() {
			dst = append(dst, "NULL"...)
			continue
		}
		var err error
		if dst, err = appendElement(dst, elem, v); err != nil {
			return iris.Null(), err
		}
	}
	return iris.TextBytes(append(dst, '}')), nil
}

// AppendFloat prints a double (or, with single, a real) as PostgreSQL does with extra_float_digits at its default.
func AppendFloat(dst []byte, f float64, single bool) []byte { return appendFloat(dst, f, single, 0) }
