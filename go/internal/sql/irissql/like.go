package irissql

import (
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// likePattern gives the check that turns a pattern with PostgreSQL's escape character (0: none) into one with a
// backslash before %, _ and \ only, because IRIS takes it before nothing else (SQLCODE -63). A pattern that ends with the
// escape character is an error (PostgreSQL docs, 9.7.1; SQLSTATE 22025).
func likePattern(escape rune) Check {
	return func(v iris.Value) (iris.Value, error) {
		if v.IsNull() {
			return v, nil
		}
		var b strings.Builder
		escaped := false
		for _, r := range v.String() {
			switch {
			case escaped:
				escaped = false
				writeLiteral(&b, r)
			case escape != 0 && r == escape:
				escaped = true
			case r == '\\':
				b.WriteString(`\\`)
			default:
				b.WriteRune(r)
			}
		}
		if escaped {
			return v, pgerr.New(pgerr.InvalidEscapeSequence, "LIKE pattern must not end with escape character")
		}
		return iris.Text(b.String()), nil
	}
}

func writeLiteral(b *strings.Builder, r rune) {
	if r == '%' || r == '_' || r == '\\' {
		b.WriteByte('\\')
	}
	b.WriteRune(r)
}
