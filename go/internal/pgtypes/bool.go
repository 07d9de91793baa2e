package pgtypes

import (
	"strings"

	"iris-pgwire/internal/iris"
)

// parseBool takes unique prefixes of true, false, yes, no, on, off, and 1 and 0 (PostgreSQL docs, "Boolean Type").
func parseBool(_ Type, text string, _ Style) (iris.Value, error) {
	s := strings.ToLower(trimSpace(text))
	isPrefix := func(word string, least int) bool { return len(s) >= least && strings.HasPrefix(word, s) }
	switch {
	case s == "1", isPrefix("true", 1), isPrefix("yes", 1), s == "on":
		return iris.Bool(true), nil
	case s == "0", isPrefix("false", 1), isPrefix("no", 1), isPrefix("off", 2):
		return iris.Bool(false), nil
	}
	return iris.Null(), badSyntax("boolean", text)
}

// boolOf reads IRIS's BIT: 1 or 0 as a number or as text; a comparison's result may also come as a double.
func boolOf(t Type, v iris.Value) (bool, error) {
	if n, ok := v.Int64(); ok && (n == 0 || n == 1) {
		return n == 1, nil
	}
	return false, badStored(t, v)
}

func textBool(dst []byte, t Type, v iris.Value, _ Style) ([]byte, error) {
	b, err := boolOf(t, v)
	if err != nil {
		return dst, err
	}
	if b {
		return append(dst, 't'), nil
	}
	return append(dst, 'f'), nil
}

func recvBool(t Type, b []byte) (iris.Value, error) {
	if len(b) != 1 {
		return iris.Null(), badBinary(t)
	}
	return iris.Bool(b[0] != 0), nil
}

func sendBool(dst []byte, t Type, v iris.Value) ([]byte, error) {
	b, err := boolOf(t, v)
	if err != nil {
		return dst, err
	}
	if b {
		return append(dst, 1), nil
	}
	return append(dst, 0), nil
}

// trimSpace cuts what PostgreSQL's isspace() takes for white space.
func trimSpace(s string) string { return strings.Trim(s, " \t\n\v\f\r") }
