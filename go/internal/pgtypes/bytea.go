package pgtypes

import (
	"encoding/hex"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

func parseBytea(_ Type, text string, _ Style) (iris.Value, error) {
	if rest, ok := strings.CutPrefix(text, `\x`); ok {
		return hexBytes(rest)
	}
	return escapeBytes(text)
}

// hexBytes reads the hex format; white space between the bytes is allowed (PostgreSQL docs, "Binary Data Types").
func hexBytes(s string) (iris.Value, error) {
	out := make([]byte, 0, len(s)/2)
	for i := 0; i < len(s); {
		if strings.IndexByte(" \n\t\r", s[i]) >= 0 {
			i++
			continue
		}
		high, ok := hexDigit(s[i])
		if !ok {
			return iris.Null(), badHexDigit(s[i:])
		}
		if i+1 == len(s) {
			return iris.Null(), pgerr.New(pgerr.InvalidParameterValue, "invalid hexadecimal data: odd number of digits")
		}
		low, ok := hexDigit(s[i+1])
		if !ok {
			return iris.Null(), badHexDigit(s[i+1:])
		}
		out = append(out, high<<4|low)
		i += 2
	}
	return iris.Binary(out), nil
}

func badHexDigit(rest string) error {
	return pgerr.New(pgerr.InvalidParameterValue, "invalid hexadecimal digit: \"%s\"", rest[:firstRune(rest)])
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// escapeBytes reads the escape format: \\ and three octal digits.
func escapeBytes(s string) (iris.Value, error) {
	out := make([]byte, 0, len(s))
	octal := func(c, highest byte) bool { return c >= '0' && c <= highest }
	for i := 0; i < len(s); {
		switch {
		case s[i] != '\\':
			out = append(out, s[i])
			i++
		case i+3 < len(s) && octal(s[i+1], '3') && octal(s[i+2], '7') && octal(s[i+3], '7'):
			out = append(out, (s[i+1]-'0')<<6|(s[i+2]-'0')<<3|(s[i+3]-'0'))
			i += 4
		case i+1 < len(s) && s[i+1] == '\\':
			out = append(out, '\\')
			i += 2
		default:
			return iris.Null(), pgerr.New(pgerr.InvalidTextRepresentation, "invalid input syntax for type bytea")
		}
	}
	return iris.Binary(out), nil
}

func textBytea(dst []byte, t Type, v iris.Value, st Style) ([]byte, error) {
	b, ok := v.Bytes()
	if !ok {
		return dst, badStored(t, v)
	}
	if !st.ByteaEscape {
		return hex.AppendEncode(append(dst, '\\', 'x'), b), nil
	}
	for _, c := range b {
		switch {
		case c == '\\':
			dst = append(dst, '\\', '\\')
		case c < 0x20 || c > 0x7e:
			dst = append(dst, '\\', '0'+c>>6, '0'+c>>3&7, '0'+c&7)
		default:
			dst = append(dst, c)
		}
	}
	return dst, nil
}

func recvBytea(_ Type, b []byte) (iris.Value, error) {
	return iris.Binary(b), nil
}

func sendBytea(dst []byte, t Type, v iris.Value) ([]byte, error) {
	b, ok := v.Bytes()
	if !ok {
		return dst, badStored(t, v)
	}
	return append(dst, b...), nil
}
