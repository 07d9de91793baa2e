package sqlrun

import (
	"math"
	"unicode/utf8"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// Codes of a failed validation: INSERT and UPDATE report the same thing differently.
const (
	insertInvalid = -104
	updateInvalid = -105
)

// validate brings a value to the stored form of a column and checks it as the column's data type does (IRIS docs, "Data
// Types"): numbers are rounded to the scale, BIT is 0 or 1, everything else that doesn't fit is refused with code.
func validate(t *tableDef, c *columnDef, v value.Value, code int) (value.Value, error) {
	if v.IsNull() {
		return v, nil
	}
	check, ok := validators[c.Type.Kind]
	if !ok {
		return v, nil
	}
	if got, ok := check(c.Type, v); ok {
		return got, nil
	}
	return v, sqlerr.New(code, "Field '%s.%s' (value %s) failed validation", t.fullName(), c.Name, shown(v))
}

// shown is a value in a message: quoted, and cut when it is long.
func shown(v value.Value) string {
	s := v.Text()
	if utf8.RuneCountInString(s) > 100 {
		s = string([]rune(s)[:100]) + "..."
	}
	return "'" + s + "'"
}

// validator normalises a value; ok is false if the type refuses it.
type validator func(t sqltype.Type, v value.Value) (got value.Value, ok bool)

var validators = map[sqltype.Kind]validator{
	sqltype.Bit:       validBit,
	sqltype.TinyInt:   validInteger(math.MinInt8, math.MaxInt8),
	sqltype.SmallInt:  validInteger(math.MinInt16, math.MaxInt16),
	sqltype.Integer:   validInteger(math.MinInt32, math.MaxInt32),
	sqltype.BigInt:    validInteger(-math.MaxInt64, math.MaxInt64),
	sqltype.Numeric:   validNumeric,
	sqltype.Double:    validDouble,
	sqltype.VarChar:   validText,
	sqltype.VarBinary: validBinary,
	sqltype.GUID:      validText,
	sqltype.Date:      validDate,
	sqltype.Time:      validTime,
	sqltype.PosixTime: validPosix,
	sqltype.TimeStamp: validTimestamp,
	sqltype.Vector:    validVector,
}

// number takes numbers and text that is a whole number literal; other text is refused, not read up to its first letter.
func number(v value.Value) (value.Value, bool) {
	if v.Kind() == value.Number || v.Kind() == value.Double {
		return v, true
	}
	s := v.Text()
	n, rest := value.ParseNumber(s)
	return n, rest == 0 && s != ""
}

func validBit(_ sqltype.Type, v value.Value) (value.Value, bool) {
	n, ok := number(v)
	if !ok {
		return v, false
	}
	if value.CompareNumbers(n, value.Int(0)) != 0 {
		return value.Int(1), true
	}
	return value.Int(0), true
}

func validInteger(low, high int64) validator {
	return func(_ sqltype.Type, v value.Value) (value.Value, bool) {
		n, ok := number(v)
		if !ok || value.CompareNumbers(n, value.Int(low)) < 0 || value.CompareNumbers(n, value.Int(high)) > 0 {
			return v, false
		}
		return value.Int(wholeNumber(n)), true
	}
}

// validNumeric rounds to the scale; what has more digits before the point than the precision leaves is refused.
func validNumeric(t sqltype.Type, v value.Value) (value.Value, bool) {
	n, ok := number(v)
	if !ok {
		return v, false
	}
	if n.Kind() == value.Double {
		if n = n.Decimal(); n.Kind() != value.Number {
			return v, false
		}
	}
	n = rounded(n, t.Scale)
	precision := t.Precision
	if precision == 0 {
		precision = 15
	}
	return n, integerDigits(n) <= precision-t.Scale
}

func validDouble(_ sqltype.Type, v value.Value) (value.Value, bool) {
	n, ok := number(v)
	if !ok {
		return v, false
	}
	return n.Double(), true
}

func validText(t sqltype.Type, v value.Value) (value.Value, bool) {
	s := v.Text()
	limit := t.Length
	if limit == sqltype.Unlimited {
		limit = sqltype.MaxString
	}
	return value.Text(s), len(s) <= limit || value.Length(s) <= limit
}

func validBinary(t sqltype.Type, v value.Value) (value.Value, bool) {
	s := v.Text()
	n := 0
	for _, r := range s {
		if r > 255 {
			return v, false
		}
		n++
	}
	return value.Text(s), t.Length == sqltype.Unlimited || n <= t.Length
}

// lastDay is 9999-12-31, counted from 1840-12-31.
const lastDay = 2980013

// validDate accepts days from MINVAL, which a date type keeps as its precision, to the year 9999.
func validDate(t sqltype.Type, v value.Value) (value.Value, bool) {
	n, ok := number(v)
	if !ok {
		return v, false
	}
	day := wholeNumber(n)
	return value.Int(day), day >= int64(t.Precision) && day <= lastDay
}

func validTime(t sqltype.Type, v value.Value) (value.Value, bool) {
	n, ok := number(v)
	if !ok {
		return v, false
	}
	if n.Kind() == value.Double {
		n = n.Decimal()
	}
	n = rounded(n, t.Precision)
	return n, value.CompareNumbers(n, value.Int(0)) >= 0 && value.CompareNumbers(n, value.Int(86400)) < 0
}

func validPosix(_ sqltype.Type, v value.Value) (value.Value, bool) {
	n, ok := number(v)
	if !ok {
		return v, false
	}
	_, ok = value.Micros(n)
	return n, ok
}

func validTimestamp(_ sqltype.Type, v value.Value) (value.Value, bool) {
	s, ok := canonicalTimestamp(v.Text())
	return value.Text(s), ok
}

// validVector takes a vector of the column's length and element type. IRIS refuses other lengths (measured: -104).
func validVector(t sqltype.Type, v value.Value) (value.Value, bool) {
	vec := v.Vec()
	if vec == nil {
		return v, false
	}
	n := max(len(vec.Nums), len(vec.Texts))
	if t.Length > 0 && n != t.Length {
		return v, false
	}
	return v, t.Element == sqltype.NoElement || vec.Element == t.Element.String()
}
