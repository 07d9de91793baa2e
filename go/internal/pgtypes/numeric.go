package pgtypes

import (
	"strconv"

	"github.com/cockroachdb/apd/v3"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

func parseNumeric(t Type, text string, _ Style) (iris.Value, error) {
	s := trimSpace(text)
	d, ok, err := scanDigits(s)
	if err != nil {
		return iris.Null(), err
	}
	if !ok {
		if d, ok = scanSpecial(s); !ok {
			return iris.Null(), badSyntax("numeric", text)
		}
	}
	if err := d.applyMod(t); err != nil {
		return iris.Null(), err
	}
	return d.value(), nil
}

func scanSpecial(s string) (digits, bool) {
	f, ok := specialFloat(s)
	if !ok {
		return digits{}, false
	}
	return digits{special: string(appendFloat(nil, f, false, 0))}, true
}

// applyMod rounds to numeric(p,s) and checks the precision (PostgreSQL docs, "Arbitrary Precision Numbers").
func (d *digits) applyMod(t Type) error {
	p, s, ok := t.NumericPrecision()
	if !ok || d.special == "NaN" {
		return nil
	}
	fieldOverflow := pgerr.New(pgerr.NumericValueOutOfRange, "numeric field overflow")
	if d.special != "" {
		return fieldOverflow.WithDetail("A field with precision %d, scale %d cannot hold an infinite value.", p, s)
	}
	d.round(s)
	whole := p - s
	if len(d.coef)-d.scale <= whole || len(d.coef) == 0 {
		return nil
	}
	limit := "1"
	if whole != 0 {
		limit = "10^" + strconv.Itoa(whole)
	}
	return fieldOverflow.WithDetail("A field with precision %d, scale %d must round to an absolute value less than %s.", p, s, limit)
}

// digitsOf reads a NUMERIC in any form of a Value.
func digitsOf(t Type, v iris.Value) (digits, error) {
	text := v.String()
	d, ok, err := scanDigits(text)
	if err != nil {
		return d, err
	}
	if !ok {
		if d, ok = scanSpecial(text); !ok {
			return d, badStored(t, v)
		}
	}
	return d, nil
}

// textNumeric prints the digits as they are; the scale of numeric(p,s) is filled up with the zeros that IRIS drops.
func textNumeric(dst []byte, t Type, v iris.Value, _ Style) ([]byte, error) {
	start := len(dst)
	switch v.Kind() {
	case iris.KindInt, iris.KindDecimal:
		dst = iris.AppendDecimal(dst, v.Mantissa(), int(v.Exponent()))
	default:
		d, err := digitsOf(t, v)
		if err != nil || d.special != "" {
			return d.append(dst), err
		}
		dst = d.append(dst)
	}
	if _, s, ok := t.NumericPrecision(); ok {
		dst = fitScale(dst, start, s)
	}
	return dst, nil
}

// fitScale pads with zeros, or cuts zeros that are too many; other digits are never cut.
func fitScale(dst []byte, start, scale int) []byte {
	have := 0
	point := -1
	for i := start; i < len(dst); i++ {
		if dst[i] == '.' {
			point, have = i, len(dst)-i-1
			break
		}
	}
	for have > max(scale, 0) && dst[len(dst)-1] == '0' {
		dst, have = dst[:len(dst)-1], have-1
	}
	if have == 0 && point >= 0 && dst[len(dst)-1] == '.' {
		dst, point = dst[:len(dst)-1], -1
	}
	if point < 0 && scale > 0 {
		dst = append(dst, '.')
	}
	for ; have < scale; have++ {
		dst = append(dst, '0')
	}
	return dst
}

// NumericDecimal gives a numeric value for exact arithmetic; NaN and the infinities are apd's forms.
func NumericDecimal(v iris.Value) (*apd.Decimal, error) {
	text, err := textNumeric(nil, Of(Numeric), v, Style{})
	if err != nil {
		return nil, err
	}
	d, _, err := apd.NewFromString(string(text))
	if err != nil {
		return nil, badStored(Of(Numeric), v)
	}
	return d, nil
}

// DecimalNumeric is the way back: the canonical Value of a result, its scale kept.
func DecimalNumeric(d *apd.Decimal) (iris.Value, error) {
	switch d.Form {
	case apd.Infinite:
		if d.Negative {
			return iris.Text("-Infinity"), nil
		}
		return iris.Text("Infinity"), nil
	case apd.NaN, apd.NaNSignaling:
		return iris.Text("NaN"), nil
	}
	out := digits{neg: d.Negative, coef: []byte(d.Coeff.String()), scale: -int(d.Exponent)}
	if err := out.normalise(); err != nil {
		return iris.Null(), err
	}
	return out.value(), nil
}
