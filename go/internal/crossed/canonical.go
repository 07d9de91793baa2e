package main

import (
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"iris-pgwire/internal/iris"
)

// The canonical text of a value; the Python program has the same rules.
//
//	NULL                  -
//	bit, integers         decimal digits
//	numeric               decimal digits without zeros at the end of the fraction
//	double                the sixteen hexadecimal digits of its bits; all NaN are nan
//	text, guid            "…" in UTF-16 units: those of printable ASCII but " \ | as they are, others \xxxx
//	binary                x and hexadecimal digits
//	date, time, timestamp YYYY-MM-DD, hh:mm:ss.ffffff, both
//	vector                its elements as doubles, with commas between them

// Type numbers of dates and times that come as numbers.
const (
	typeDayNumber = 1091
	typeSeconds   = 1092
	typePosix     = 1093
)

// canonical is the text of a value that was read.
func canonical(c column, odbcType int, v iris.Value) (string, error) {
	if v.IsNull() {
		return "-", nil
	}
	switch c.Kind {
	case "bit", "tinyint", "smallint", "integer", "bigint":
		n, ok := v.Int64()
		if !ok {
			return "", fmt.Errorf("%q is no integer", v.String())
		}
		return strconv.FormatInt(n, 10), nil
	case "numeric":
		return numericText(v.String())
	case "double":
		f, ok := v.Float64()
		if !ok || v.Kind() != iris.KindDouble {
			return "", fmt.Errorf("%q is no double", v.String())
		}
		return doubleText(f), nil
	case "text", "guid":
		if v.Kind() == iris.KindUTF16 {
			return unitsText(littleEndian(v.Raw())), nil
		}
		return unitsText(utf16.Encode([]rune(v.String()))), nil
	case "binary":
		b, ok := v.Bytes()
		if !ok {
			return "", fmt.Errorf("%q is no byte string", v.String())
		}
		return binaryText(b), nil
	case "date", "time", "timestamp":
		return momentText(c.Kind, odbcType, v)
	case "vector":
		return vectorText(v.String())
	}
	return "", fmt.Errorf("kind %q is not known", c.Kind)
}

func littleEndian(b []byte) []uint16 {
	out := make([]uint16, len(b)/2)
	for i := range out {
		out[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
	}
	return out
}

func numericText(s string) (string, error) {
	x, ok := new(big.Rat).SetString(s)
	if !ok || strings.ContainsAny(s, "eE/") {
		return "", fmt.Errorf("%q is no decimal number", s)
	}
	text := x.FloatString(40)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), "."), nil
}

func doubleText(f float64) string {
	if f != f {
		return "nan"
	}
	return fmt.Sprintf("%016x", math.Float64bits(f))
}

func unitsText(units []uint16) string {
	b := make([]byte, 0, len(units)+2)
	b = append(b, '"')
	for _, u := range units {
		if u >= ' ' && u <= '~' && u != '"' && u != '\\' && u != '|' {
			b = append(b, byte(u))
		} else {
			b = fmt.Appendf(b, "\\%04x", u)
		}
	}
	return string(append(b, '"'))
}

func binaryText(b []byte) string { return "x" + hex.EncodeToString(b) }

// momentText reads the ODBC form or the encoded number of a date, a time or both.
func momentText(kind string, odbcType int, v iris.Value) (string, error) {
	s := v.String()
	switch odbcType {
	case typeDayNumber:
		day, ok := v.Int64()
		if !ok {
			return "", fmt.Errorf("%q is no day number", s)
		}
		return time.Date(1840, 12, 31, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(day)).Format(time.DateOnly), nil
	case typeSeconds:
		x, ok := new(big.Rat).SetString(s)
		if !ok {
			return "", fmt.Errorf("%q are no seconds", s)
		}
		micros := x.Mul(x, big.NewRat(1000000, 1))
		if !micros.IsInt() {
			return "", fmt.Errorf("%q has more digits than a TIME(6)", s)
		}
		return time.UnixMicro(micros.Num().Int64()).UTC().Format("15:04:05.000000"), nil
	case typePosix:
		n, ok := v.Int64()
		if !ok {
			return "", fmt.Errorf("%q is no encoded time stamp", s)
		}
		if n > 0 {
			n -= 1 << 60
		} else {
			n |= 0x6000000000000000
		}
		return time.UnixMicro(n).UTC().Format("2006-01-02 15:04:05.000000"), nil
	}
	layout := map[string]string{"date": "2006-01-02", "time": "15:04:05", "timestamp": "2006-01-02 15:04:05"}[kind]
	t, err := time.Parse(layout, s) // a fraction is read without being in the layout
	if err != nil {
		return "", err
	}
	if kind != "date" {
		layout += ".000000"
	}
	return t.Format(layout), nil
}

func vectorText(s string) (string, error) {
	if inner, ok := strings.CutPrefix(s, "["); ok {
		s = strings.TrimSuffix(inner, "]")
	}
	parts := strings.Split(s, ",")
	for i, p := range parts {
		f, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
		if err != nil {
			return "", err
		}
		parts[i] = doubleText(f)
	}
	return strings.Join(parts, ","), nil
}
