package pgtypes

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/big"
	"strconv"
	"strings"

	"iris-pgwire/internal/iris"
)

// parseFloat reads real and double precision. A result that over- or underflows is 22003, as in PostgreSQL.
func parseFloat(t Type, text string, _ Style) (iris.Value, error) {
	bits, name := 64, "double precision"
	if t.OID == Float4 {
		bits, name = 32, "real"
	}
	s := trimSpace(text)
	if f, ok := specialFloat(s); ok {
		return iris.Double(f), nil
	}
	if !isDecimalFloat(s) {
		return iris.Null(), badSyntax(name, text)
	}
	f, err := strconv.ParseFloat(s, bits)
	if err != nil || f == 0 && strings.ContainsAny(mantissaOf(s), "123456789") {
		return iris.Null(), outOfRangeFloat(name, s)
	}
	return iris.Double(f), nil
}

func outOfRangeFloat(name, text string) error {
	return pgRange("\"" + text + "\" is out of range for type " + name)
}

// specialFloat knows the words that PostgreSQL and IRIS ($DOUBLE prints INF and NAN) have for what is no number.
func specialFloat(s string) (float64, bool) {
	sign, word := 1, strings.ToLower(s)
	if strings.HasPrefix(word, "-") || strings.HasPrefix(word, "+") {
		if word[0] == '-' {
			sign = -1
		}
		word = word[1:]
	}
	switch word {
	case "nan":
		return math.NaN(), len(word) == len(s)
	case "inf", "infinity":
		return math.Inf(sign), true
	}
	return 0, false
}

// isDecimalFloat admits what strtod takes in decimal: no underscores, no hexadecimal.
func isDecimalFloat(s string) bool {
	digits := false
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits = true
		case c == '+' || c == '-' || c == '.':
		case (c == 'e' || c == 'E') && digits:
		default:
			return false
		}
	}
	if !digits {
		return false
	}
	_, err := strconv.ParseFloat(s, 64)
	return err == nil || strings.Contains(err.Error(), "range")
}

func mantissaOf(s string) string {
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		return s[:i]
	}
	return s
}

// floatOf reads a DOUBLE column in any form: double, integer, decimal or text.
func floatOf(t Type, v iris.Value) (float64, error) {
	if f, ok := v.Float64(); ok {
		return f, nil
	}
	if f, ok := specialFloat(v.String()); ok {
		return f, nil
	}
	return 0, badStored(t, v)
}

func textFloat(dst []byte, t Type, v iris.Value, st Style) ([]byte, error) {
	f, err := floatOf(t, v)
	if err != nil {
		return dst, err
	}
	return appendFloat(dst, f, t.OID == Float4, st.FloatDigits), nil
}

// appendFloat prints as PostgreSQL does: the shortest digits that read back the same, with an exponent from 10^15
// (real: 10^6) on and below 10^-4 (PostgreSQL docs, "Floating-Point Types", extra_float_digits).
func appendFloat(dst []byte, f float64, single bool, floatDigits int) []byte {
	switch {
	case math.IsNaN(f):
		return append(dst, "NaN"...)
	case math.IsInf(f, 1):
		return append(dst, "Infinity"...)
	case math.IsInf(f, -1):
		return append(dst, "-Infinity"...)
	}
	bits, digits := 64, 15
	if single {
		bits, digits = 32, 6
	}
	if floatDigits < 0 {
		return strconv.AppendFloat(dst, f, 'g', max(1, digits+1+floatDigits), bits)
	}
	if exponent := decimalExponent(f, bits); exponent < -4 || exponent >= digits {
		return appendShortest(dst, f, bits)
	}
	return strconv.AppendFloat(dst, f, 'f', -1, bits)
}

// appendShortest appends the shortest digits that lie nearer to f than to its neighbours. Go also takes those in the middle,
// which read back as f only because its last bit is 0; PostgreSQL does not (d2s.c, acceptBounds). Only whole numbers beyond
// the mantissa's bits have so short a middle.
func appendShortest(dst []byte, f float64, bits int) []byte {
	start := len(dst)
	dst = strconv.AppendFloat(dst, f, 'e', -1, bits)
	if math.Abs(f) < 1<<24 || bits == 64 && math.Abs(f) < 1<<53 {
		return dst
	}
	for inTheMiddle(dst[start:], f, bits) {
		digits := bytes.IndexByte(dst[start:], 'e') - 1
		if bytes.IndexByte(dst[start:], '.') >= 0 {
			digits--
		}
		if f < 0 {
			digits--
		}
		dst = strconv.AppendFloat(dst[:start], f, 'e', digits+1, bits)
	}
	return dst
}

// inTheMiddle reports a decimal text exactly between f and a neighbour.
func inTheMiddle(text []byte, f float64, bits int) bool {
	decimal, ok := new(big.Rat).SetString(string(text))
	if !ok {
		return false
	}
	own := new(big.Rat).SetFloat64(f)
	for _, towards := range []float64{math.Inf(-1), math.Inf(1)} {
		next := math.Nextafter(f, towards)
		if bits == 32 {
			next = float64(math.Nextafter32(float32(f), float32(towards)))
		}
		if math.IsInf(next, 0) {
			continue
		}
		sum := new(big.Rat).SetFloat64(next)
		if sum.Add(sum, own).Cmp(new(big.Rat).Add(decimal, decimal)) == 0 {
			return true
		}
	}
	return false
}

// decimalExponent is the power of ten of the first shortest digit. Away from the two borders a comparison answers it.
func decimalExponent(f float64, bits int) int {
	a := math.Abs(f)
	if a == 0 || a >= 0.001 && a < 1e5 {
		return 0
	}
	var buf [32]byte
	e := strconv.AppendFloat(buf[:0], f, 'e', -1, bits)
	for i := len(e) - 1; i > 0; i-- {
		if e[i] == 'e' {
			n, _ := strconv.Atoi(string(e[i+1:]))
			return n
		}
	}
	return 0
}

func recvFloat(t Type, b []byte) (iris.Value, error) {
	switch {
	case t.OID == Float4 && len(b) == 4:
		return iris.Double(float64(math.Float32frombits(binary.BigEndian.Uint32(b)))), nil
	case t.OID == Float8 && len(b) == 8:
		return iris.Double(math.Float64frombits(binary.BigEndian.Uint64(b))), nil
	}
	return iris.Null(), badBinary(t)
}

func sendFloat(dst []byte, t Type, v iris.Value) ([]byte, error) {
	f, err := floatOf(t, v)
	if err != nil {
		return dst, err
	}
	if t.OID == Float8 {
		if math.IsNaN(f) {
			return binary.BigEndian.AppendUint64(dst, 0x7ff8000000000000), nil
		}
		return binary.BigEndian.AppendUint64(dst, math.Float64bits(f)), nil
	}
	if math.IsNaN(f) {
		return binary.BigEndian.AppendUint32(dst, 0x7fc00000), nil
	}
	return binary.BigEndian.AppendUint32(dst, math.Float32bits(float32(f))), nil
}
