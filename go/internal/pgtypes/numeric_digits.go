package pgtypes

import (
	"bytes"
	"strconv"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// Limits of numeric (PostgreSQL docs, "Numeric Types").
const (
	maxNumericWhole = 131072
	maxNumericScale = 16383
)

// digits is an exact decimal: coef × 10^-scale, or one of the three that are no number. coef has no leading zeros; zero
// is an empty coef, and never negative, as in PostgreSQL.
type digits struct {
	neg     bool
	special string // "NaN", "Infinity", "-Infinity", or ""
	coef    []byte
	scale   int
}

// scanDigits reads decimal notation with an optional exponent; ok is false on bad syntax. err is set when the number is
// beyond what numeric holds. IRIS's own spellings (.5, 5., 1E30) are part of it.
func scanDigits(s string) (d digits, ok bool, err error) {
	i := 0
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		d.neg = s[i] == '-'
		i++
	}
	seen, point := false, false
	for ; i < len(s); i++ {
		c := s[i]
		if c == '.' && !point {
			point = true
			continue
		}
		if c < '0' || c > '9' {
			break
		}
		seen = true
		d.coef = append(d.coef, c)
		if point {
			d.scale++
		}
	}
	if !seen {
		return d, false, nil
	}
	if i < len(s) {
		if s[i] != 'e' && s[i] != 'E' {
			return d, false, nil
		}
		exponent, err := strconv.Atoi(s[i+1:])
		if err != nil && !isRange(err) || i+1 == len(s) {
			return d, false, nil
		}
		if exponent > maxNumericWhole || exponent < -maxNumericScale {
			return d, true, overflow()
		}
		d.scale -= exponent
	}
	return d, true, d.normalise()
}

func isRange(err error) bool {
	e, ok := err.(*strconv.NumError)
	return ok && e.Err == strconv.ErrRange
}

func overflow() error {
	return pgerr.New(pgerr.NumericValueOutOfRange, "value overflows numeric format")
}

func pgRange(message string) error { return pgerr.New(pgerr.NumericValueOutOfRange, "%s", message) }

// normalise drops leading zeros, writes out a negative scale and checks the limits.
func (d *digits) normalise() error {
	d.coef = bytes.TrimLeft(d.coef, "0")
	if len(d.coef) == 0 {
		d.neg = false
		d.scale = max(d.scale, 0)
	}
	if len(d.coef)-d.scale > maxNumericWhole || d.scale > maxNumericScale {
		return overflow()
	}
	if d.scale < 0 {
		d.coef = append(d.coef, bytes.Repeat([]byte{'0'}, -d.scale)...)
		d.scale = 0
	}
	return nil
}

// round brings the number to a scale, halves away from zero. A negative scale rounds digits before the point.
func (d *digits) round(scale int) {
	drop := d.scale - scale
	switch {
	case drop <= 0:
		d.coef = append(d.coef, bytes.Repeat([]byte{'0'}, -drop)...)
	case drop > len(d.coef):
		d.coef = d.coef[:0]
	default:
		up := d.coef[len(d.coef)-drop] >= '5'
		d.coef = d.coef[:len(d.coef)-drop]
		if up {
			d.increment()
		}
	}
	d.scale = scale
	_ = d.normalise() // rounding makes nothing longer than numeric(1000,…) allows
}

func (d *digits) increment() {
	for i := len(d.coef) - 1; i >= 0; i-- {
		if d.coef[i] < '9' {
			d.coef[i]++
			return
		}
		d.coef[i] = '0'
	}
	d.coef = append([]byte{'1'}, d.coef...)
}

// append prints plain digits.
func (d *digits) append(dst []byte) []byte {
	if d.special != "" {
		return append(dst, d.special...)
	}
	if d.neg {
		dst = append(dst, '-')
	}
	whole := len(d.coef) - d.scale
	if whole > 0 {
		dst = append(dst, d.coef[:whole]...)
	} else {
		dst = append(dst, '0')
	}
	if d.scale == 0 {
		return dst
	}
	dst = append(dst, '.')
	for ; whole < 0; whole++ {
		dst = append(dst, '0')
	}
	return append(dst, d.coef[whole:]...)
}

// value is the canonical form: a Decimal if the mantissa fits 64 bits, else text.
func (d *digits) value() iris.Value {
	if d.special != "" {
		return iris.Text(d.special)
	}
	coef, exponent := d.coef, -d.scale
	for exponent >= 0 && len(coef) > 18 && coef[len(coef)-1] == '0' {
		coef, exponent = coef[:len(coef)-1], exponent+1
	}
	if len(coef) <= 19 && exponent >= -128 && exponent <= 127 {
		text := string(coef)
		if d.neg {
			text = "-" + text
		}
		if text == "" {
			text = "0"
		}
		if m, err := strconv.ParseInt(text, 10, 64); err == nil {
			return iris.Decimal(m, int8(exponent))
		}
	}
	return iris.TextBytes(d.append(nil))
}
