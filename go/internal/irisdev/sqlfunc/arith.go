package sqlfunc

import (
	"math"
	"math/big"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// Most digits of a numeric result (IRIS docs, "Language Elements", arithmetic operators).
const (
	maxPrecision = 36
	maxScale     = 17
)

// Arithmetic compiles L op R for the operators + - * / \ #.
func Arithmetic(op byte, l, r Arg) Call {
	return Call{Type: arithmeticType(op, numeric(l), numeric(r)), Run: strict(arithmetic[op])}
}

var arithmetic = map[byte]func(a, b value.Value) (value.Value, error){
	'+':  func(a, b value.Value) (value.Value, error) { return value.Add(a, b), nil },
	'-':  func(a, b value.Value) (value.Value, error) { return value.Subtract(a, b), nil },
	'*':  func(a, b value.Value) (value.Value, error) { return value.Multiply(a, b), nil },
	'/':  func(a, b value.Value) (value.Value, error) { return orDivide(value.Divide(a, b)) },
	'\\': func(a, b value.Value) (value.Value, error) { return orDivide(value.IntDivide(a, b)) },
	'#':  modulo,
}

// strict lifts a function of two values to one that is NULL if either is.
func strict(f func(a, b value.Value) (value.Value, error)) Impl {
	return func(_ Env, args []value.Value) (value.Value, error) {
		if args[0].IsNull() || args[1].IsNull() {
			return value.Value{}, nil
		}
		return f(args[0], args[1])
	}
}

// divideError is what a division by zero is (ObjectScript <DIVIDE> inside generated code).
func divideError() *sqlerr.Error { return sqlerr.New(-400, "Unexpected error occurred: <DIVIDE>") }

func orDivide(v value.Value, ok bool) (value.Value, error) {
	if !ok {
		return value.Value{}, divideError()
	}
	return v, nil
}

// modulo is #, floored: the result has the divisor's sign.
func modulo(a, b value.Value) (value.Value, error) {
	q, ok := value.IntDivide(a, b)
	if !ok {
		return value.Value{}, divideError()
	}
	m := value.Subtract(a, value.Multiply(q, b))
	zero := value.Int(0)
	if value.CompareNumbers(m, zero) != 0 && (value.CompareNumbers(m, zero) < 0) != (value.CompareNumbers(b, zero) < 0) {
		m = value.Add(m, b)
	}
	return m, nil
}

// numeric is the type by which an argument counts in arithmetic: text counts as a number, dates by their logical value.
func numeric(a Arg) sqltype.Type {
	switch {
	case a.Type.IsNumber():
		return a.Type
	case a.Type.Kind == sqltype.Date:
		return sqltype.Type{Kind: sqltype.Integer}
	case a.Type.Kind == sqltype.PosixTime:
		return sqltype.Type{Kind: sqltype.BigInt}
	}
	return sqltype.Type{Kind: sqltype.Numeric, Precision: 18, Scale: 9}
}

// arithmeticType is the result type of an operator (IRIS docs, "Language Elements").
func arithmeticType(op byte, l, r sqltype.Type) sqltype.Type {
	if l.Kind == sqltype.Double || r.Kind == sqltype.Double {
		return sqltype.Type{Kind: sqltype.Double}
	}
	integers := l.Kind != sqltype.Numeric && r.Kind != sqltype.Numeric
	if integers && op != '*' && op != '/' {
		return wider(l.Kind, r.Kind)
	}
	p1, s1, p2, s2 := digitsOf(l), l.Scale, digitsOf(r), r.Scale
	t := sqltype.Type{Kind: sqltype.Numeric}
	switch op {
	case '*':
		t.Precision, t.Scale = p1+p2+1, s1+s2
	case '/':
		t.Scale = max(6, s1+p2+1)
		t.Precision = p1 - s1 + s2 + t.Scale
	default:
		t.Scale = max(s1, s2)
		t.Precision = max(p1-s1, p2-s2) + t.Scale + 1
	}
	t.Precision, t.Scale = min(t.Precision, maxPrecision), min(t.Scale, maxScale)
	return t
}

func digitsOf(t sqltype.Type) int { return t.ReportedPrecision() }

// wider is the type of + - \ # over whole numbers.
func wider(l, r sqltype.Kind) sqltype.Type {
	switch max(l, r) {
	case sqltype.Bit, sqltype.TinyInt:
		return sqltype.Type{Kind: sqltype.SmallInt}
	case sqltype.SmallInt:
		return sqltype.Type{Kind: sqltype.Integer}
	}
	return sqltype.Type{Kind: sqltype.BigInt}
}

// Sign compiles a unary - or +.
func Sign(op byte, x Arg) Call {
	t := numeric(x)
	if op == '+' {
		return Call{Type: t, Run: one(func(v value.Value) (value.Value, error) { return v.Number(), nil })}
	}
	return Call{Type: t, Run: one(func(v value.Value) (value.Value, error) { return value.Negate(v), nil })}
}

// one lifts a function of one value to one that is NULL for NULL.
func one(f func(v value.Value) (value.Value, error)) Impl {
	return func(_ Env, args []value.Value) (value.Value, error) {
		if args[0].IsNull() {
			return value.Value{}, nil
		}
		return f(args[0])
	}
}

// Concat compiles L || R. The collation stays only if both sides are text of one collation.
func Concat(l, r Arg, lc, rc sqltype.Collation) Call {
	c := sqltype.Exact
	if l.Type.IsText() && r.Type.IsText() && lc == rc && lc != sqltype.NoCollation {
		c = lc
	}
	t := sqltype.Type{Kind: sqltype.VarChar}
	if a, b := l.Type, r.Type; a.Kind == sqltype.VarChar && b.Kind == sqltype.VarChar && a.Length > 0 && b.Length > 0 {
		t.Length = min(a.Length+b.Length, sqltype.MaxString)
	}
	return Call{Type: t, Collation: c, Run: strict(func(a, b value.Value) (value.Value, error) {
		return text(a.Text() + b.Text())
	})}
}

// text makes a string value, or <MAXSTRING> beyond the longest string.
func text(s string) (value.Value, error) {
	if len(s) > sqltype.MaxString && value.Length(s) > sqltype.MaxString {
		return maxString()
	}
	return value.Text(s), nil
}

// maxString is the error of a string that would be too long.
func maxString() (value.Value, error) {
	return value.Value{}, sqlerr.New(-400, "Unexpected error occurred: <MAXSTRING>")
}

// round rounds half away from zero to scale digits after the point; cut truncates instead. A negative scale rounds before
// the point.
func round(v value.Value, scale int, cut bool) value.Value {
	n := v.Number()
	if n.Kind() == value.Double {
		return roundDouble(n.Float64(), scale, cut)
	}
	m, e := n.Parts()
	drop := -scale - int(e)
	if drop <= 0 {
		return n
	}
	if drop > 19 {
		return value.Int(0)
	}
	unit := int64(1)
	for range drop - 1 {
		unit *= 10
	}
	q := m / unit // one digit more than wanted
	last := q % 10
	q /= 10
	if !cut {
		switch {
		case last >= 5:
			q++
		case last <= -5:
			q--
		}
	}
	b := new(big.Int).SetInt64(q)
	if -scale >= 0 && -scale <= 18 {
		b.Mul(b, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(-scale)), nil))
		if b.IsInt64() {
			return value.Int(b.Int64())
		}
	}
	return value.Decimal(q, int8(-scale))
}

func roundDouble(f float64, scale int, cut bool) value.Value {
	if scale > 300 || math.IsInf(f, 0) || math.IsNaN(f) || scale >= 0 && math.Abs(f) >= 1<<53 {
		return value.Float(f)
	}
	p := math.Pow10(scale)
	if cut {
		return value.Float(math.Trunc(f*p) / p)
	}
	return value.Float(math.Round(f*p) / p)
}
