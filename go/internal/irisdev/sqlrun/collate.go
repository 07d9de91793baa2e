package sqlrun

import (
	"encoding/binary"
	"math"
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// collator brings a value to the form in which a collation compares it (IRIS docs, "Collation"). NULL stays NULL.
type collator func(value.Value) value.Value

// collatorFor gives the collator of a collation; numbers and dates (NoCollation) stay as they are.
func collatorFor(c sqltype.Collation) collator {
	switch c {
	case sqltype.SQLUpper:
		return onText(func(s string) string { return " " + strings.ToUpper(trimBlanks(s)) })
	case sqltype.SQLString:
		return onText(func(s string) string { return " " + trimBlanks(s) })
	case sqltype.Upper:
		return onText(strings.ToUpper)
	case sqltype.AlphaUp:
		return onText(alphaUp)
	case sqltype.Space, sqltype.MVR:
		return onText(func(s string) string { return " " + s })
	case sqltype.Plus:
		return func(v value.Value) value.Value { return numberOrNull(v) }
	case sqltype.Minus:
		return func(v value.Value) value.Value { return negated(numberOrNull(v)) }
	case sqltype.NoCollation:
		return func(v value.Value) value.Value { return v }
	}
	return exactKey
}

// onText lifts a text function to values.
func onText(fold func(string) string) collator {
	return func(v value.Value) value.Value {
		if v.IsNull() {
			return v
		}
		return value.Text(fold(v.Text()))
	}
}

// exactKey is EXACT: a canonical number is a number and comes before all other text.
func exactKey(v value.Value) value.Value {
	if v.Kind() != value.String {
		return v
	}
	if n, ok := value.CanonicalNumber(v.Raw()); ok {
		return n
	}
	return v
}

func trimBlanks(s string) string { return strings.TrimRight(s, " ") }

// alphaUp upper-cases and drops punctuation but commas and question marks.
func alphaUp(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && strings.ContainsRune("!\"#$%&'()*+-./:;<=>@[\\]^_`{|}~ ", r) {
			return -1
		}
		return r
	}, strings.ToUpper(s))
}

func numberOrNull(v value.Value) value.Value {
	if v.IsNull() {
		return v
	}
	return v.Number()
}

func negated(v value.Value) value.Value {
	if v.Kind() == value.Number {
		m, e := v.Parts()
		return value.Decimal(-m, e)
	}
	if v.Kind() == value.Double {
		return value.Float(-v.Float64())
	}
	return v
}

// compareKeys orders two collated values: NULL, then numbers, then text by character, then the rest by bytes.
func compareKeys(a, b value.Value) int {
	ra, rb := rank(a), rank(b)
	switch {
	case ra != rb:
		return ra - rb
	case ra == 0:
		return 0
	case ra == 1:
		return value.CompareNumbers(a, b)
	}
	return value.CompareText(a.Raw(), b.Raw())
}

// rank is the place of a value's kind in the order.
func rank(v value.Value) int {
	switch v.Kind() {
	case value.Null:
		return 0
	case value.Number, value.Double:
		return 1
	}
	return 2
}

// appendKey appends a form of a collated value that is equal exactly for equal values: the key of hash tables.
func appendKey(buf []byte, v value.Value) []byte {
	switch v.Kind() {
	case value.Null:
		return append(buf, 0)
	case value.Number:
		return appendNumber(append(buf, 1), v)
	case value.Double:
		if n, ok := wholeDouble(v.Float64()); ok {
			return appendNumber(append(buf, 1), n)
		}
		return binary.BigEndian.AppendUint64(append(buf, 2), math.Float64bits(v.Float64()))
	}
	s := v.Raw()
	buf = binary.AppendUvarint(append(buf, 3), uint64(len(s)))
	return append(buf, s...)
}

// appendNumber appends mantissa and exponent without trailing zeros.
func appendNumber(buf []byte, v value.Value) []byte {
	m, e := v.Parts()
	for m != 0 && m%10 == 0 {
		m, e = m/10, e+1
	}
	if m == 0 {
		e = 0
	}
	return binary.AppendVarint(append(buf, byte(e)), m)
}

// wholeDouble gives a double that is the same number as a decimal of 15 digits.
func wholeDouble(f float64) (value.Value, bool) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return value.Value{}, false
	}
	n := value.Float(f).Decimal()
	return n, n.Kind() == value.Number && value.CompareNumbers(n, value.Float(f)) == 0
}
