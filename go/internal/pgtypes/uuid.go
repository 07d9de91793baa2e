package pgtypes

import (
	"encoding/hex"

	"iris-pgwire/internal/iris"
)

// parseUUID takes PostgreSQL's forms: braces around it, hyphens after any group of four digits, either case.
func parseUUID(_ Type, text string, _ Style) (iris.Value, error) {
	s := text
	if len(s) > 2 && s[0] == '{' && s[len(s)-1] == '}' {
		s = s[1 : len(s)-1]
	}
	var raw [16]byte
	for n := range raw {
		if n > 0 && n%2 == 0 && len(s) > 0 && s[0] == '-' {
			s = s[1:]
		}
		if len(s) < 2 {
			return iris.Null(), badSyntax("uuid", text)
		}
		high, ok1 := hexDigit(s[0])
		low, ok2 := hexDigit(s[1])
		if !ok1 || !ok2 {
			return iris.Null(), badSyntax("uuid", text)
		}
		raw[n], s = high<<4|low, s[2:]
	}
	if s != "" {
		return iris.Null(), badSyntax("uuid", text)
	}
	return formatUUID(raw[:]), nil
}

// formatUUID makes the canonical form, 8-4-4-4-12 in lower case.
func formatUUID(raw []byte) iris.Value {
	out := make([]byte, 0, 36)
	for i, end := range [...]int{4, 6, 8, 10, 16} {
		start := [...]int{0, 4, 6, 8, 10}[i]
		if i > 0 {
			out = append(out, '-')
		}
		out = hex.AppendEncode(out, raw[start:end])
	}
	return iris.TextBytes(out)
}

// textUUID prints in lower case whatever the case in IRIS: tables of other programs may hold capitals.
func textUUID(dst []byte, _ Type, v iris.Value, _ Style) ([]byte, error) {
	start := len(dst)
	dst = v.AppendText(dst)
	for i := start; i < len(dst); i++ {
		if c := dst[i]; c >= 'A' && c <= 'F' {
			dst[i] = c | 0x20
		}
	}
	return dst, nil
}

func recvUUID(t Type, b []byte) (iris.Value, error) {
	if len(b) != 16 {
		return iris.Null(), badBinary(t)
	}
	return formatUUID(b), nil
}

func sendUUID(dst []byte, t Type, v iris.Value) ([]byte, error) {
	text := v.String()
	canonical, err := parseUUID(t, text, Style{})
	if err != nil {
		return dst, badStored(t, v)
	}
	for i, s := 0, canonical.Raw(); i < len(s); i += 2 {
		if s[i] == '-' {
			i++
		}
		high, _ := hexDigit(s[i])
		low, _ := hexDigit(s[i+1])
		dst = append(dst, high<<4|low)
	}
	return dst, nil
}
