package sqlfunc

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// Comparer gives the order of a collation over values that are not NULL: NoCollation compares numbers (and $LISTs by
// their text), the others text (IRIS docs, "Collation").
func Comparer(c sqltype.Collation) Order {
	switch c {
	case sqltype.NoCollation, sqltype.Plus:
		return value.CompareNumbers
	case sqltype.Minus:
		return func(a, b value.Value) int { return value.CompareNumbers(b, a) }
	case sqltype.Exact, sqltype.Truncate:
		return value.Compare
	}
	fold := folder(c)
	return func(a, b value.Value) int { return value.CompareText(fold(a.Text()), fold(b.Text())) }
}

// folder is the text change of a collation, without the blank that SQLUPPER and SQLSTRING put in front.
func folder(c sqltype.Collation) func(string) string {
	switch c {
	case sqltype.SQLUpper:
		return func(s string) string { return strings.ToUpper(strings.TrimRight(s, " ")) }
	case sqltype.SQLString:
		return func(s string) string { return strings.TrimRight(s, " ") }
	case sqltype.Upper:
		return strings.ToUpper
	case sqltype.AlphaUp:
		return alphaUp
	}
	return func(s string) string { return s }
}

// alphaUp upper-cases and drops punctuation, commas and question marks excepted.
func alphaUp(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r == ',' || r == '?') {
			return -1
		}
		return r
	}, strings.ToUpper(s))
}

// Collate compiles a collation function: %EXACT changes no value, %SQLUPPER and %SQLSTRING put a blank in front, and
// %PLUS and %MINUS give numbers. length is 0 for none.
func Collate(c sqltype.Collation, x Arg, length int) Call {
	call := Call{Type: sqltype.Type{Kind: sqltype.VarChar, Length: x.Type.Length}, Collation: c}
	cut := func(s string) string { return firstChars(s, length) }
	switch c {
	case sqltype.Exact:
		call.Type = x.Type
		if !x.Type.IsText() {
			call.Collation = sqltype.NoCollation
		}
		call.Run = one(func(v value.Value) (value.Value, error) { return v, nil })
		return call
	case sqltype.Plus, sqltype.Minus:
		call.Type, call.Collation = numeric(x), sqltype.NoCollation
		call.Run = one(func(v value.Value) (value.Value, error) { return v.Number(), nil })
		if c == sqltype.Minus {
			call.Run = one(func(v value.Value) (value.Value, error) { return value.Negate(v), nil })
		}
		return call
	}
	fold := folder(c)
	blank := ""
	if c == sqltype.SQLUpper || c == sqltype.SQLString || c == sqltype.Space || c == sqltype.MVR {
		blank = " "
	}
	call.Collation = sqltype.Exact
	call.Run = one(func(v value.Value) (value.Value, error) { return text(cut(blank + fold(v.Text()))) })
	return call
}

// firstChars cuts a text to n characters; 0 is no limit.
func firstChars(s string, n int) string {
	if n <= 0 || len(s) <= n {
		return s
	}
	return Substring(s, 0, n)
}

// Substring gives the characters from up to, not including, to: IRIS's characters are UTF-16 units.
func Substring(s string, from, to int) string {
	if isASCII(s) {
		from, to = max(0, min(from, len(s))), max(0, min(to, len(s)))
		if from >= to {
			return ""
		}
		return s[from:to]
	}
	u := value.Units(s)
	from, to = max(0, min(from, len(u))), max(0, min(to, len(u)))
	if from >= to {
		return ""
	}
	return value.FromUnits(u[from:to])
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
