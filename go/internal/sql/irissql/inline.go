package irissql

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// Inline is the text with its arguments written into it, for statements that take none: the query of CREATE VIEW. An
// argument that is no constant is refused.
func (f Fragment) Inline() (string, error) {
	var b strings.Builder
	args, holes := f.args, f.holes
	for i := 0; i < len(f.sql); i++ {
		switch c := f.sql[i]; {
		case c == '\'' || c == '"':
			end := i + 1 + strings.IndexByte(f.sql[i+1:], c)
			b.WriteString(f.sql[i : end+1])
			i = end
		case c == '?':
			s, err := args[0].literal()
			if err != nil {
				return "", err
			}
			b.WriteString(s)
			args = args[1:]
		case c == holeMark[0]:
			s, err := holes[0].literal()
			if err != nil {
				return "", err
			}
			b.WriteString(s)
			holes = holes[1:]
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), nil
}

// escapes are the ODBC forms of dates and times, which are the same in every select mode.
var escapes = map[class]string{dateClass: "d", timeClass: "t", timestampClass: "ts", timestamptzClass: "ts"}

// literal writes a constant argument as IRIS reads it.
func (a Arg) literal() (string, error) {
	if a.Param != 0 || a.Session != "" || a.Eval != nil {
		return "", pgerr.NotBuilt(0, "a parameter or a value of the session in a stored query")
	}
	v := a.Const
	if a.Check != nil {
		var err error
		if v, err = a.Check(v); err != nil {
			return "", err
		}
	}
	c := classOf(a.Type)
	switch {
	case v.IsNull():
		return "NULL", nil
	case c == byteaClass:
		return "", pgerr.NotBuilt(0, "a bytea constant in a stored query")
	case v.Kind() == iris.KindDouble:
		x, _ := v.Float64()
		return strconv.FormatFloat(x, 'E', -1, 64), nil
	case escapes[c] != "":
		return "{" + escapes[c] + " " + literal(v.String()) + "}", nil
	case v.Kind() == iris.KindInt || v.Kind() == iris.KindDecimal || a.Type.OID == pgtypes.Numeric:
		return v.String(), nil
	}
	return literal(v.String()), nil
}
