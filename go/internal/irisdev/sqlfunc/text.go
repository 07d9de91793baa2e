package sqlfunc

import (
	"strings"
	"unicode"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// textFunctions make and cut strings (IRIS docs, "SQL Functions").
var textFunctions = []Function{
	{Name: "CONCAT", Min: 2, Max: 2, Escape: MayEscape, Compile: result(anyText, func(a []value.Value) (value.Value, error) {
		return text(a[0].Text() + a[1].Text())
	})},
	{Name: "STRING", Min: 1, Max: -1, Compile: always(anyText, joinAll)},
	{Name: "LENGTH", Min: 1, Max: 1, Escape: MayEscape, Compile: result(integer, trimmedLength)},
	{Name: "LEN", Min: 1, Max: 1, Compile: result(integer, trimmedLength)},
	{Name: "CHAR_LENGTH", Min: 1, Max: 1, Escape: MayEscape, Streams: true, Compile: result(integer, fullLength)},
	{Name: "CHARACTER_LENGTH", Min: 1, Max: 1, Escape: MayEscape, Streams: true, Compile: result(integer, fullLength)},
	{Name: "DATALENGTH", Min: 1, Max: 1, Streams: true, Compile: result(integer, fullLength)},
	{Name: "LOWER", Min: 1, Max: 1, Compile: mapped(strings.ToLower)},
	{Name: "LCASE", Min: 1, Max: 1, Escape: MayEscape, Compile: mapped(strings.ToLower)},
	{Name: "UPPER", Min: 1, Max: 1, Compile: mapped(strings.ToUpper)},
	{Name: "UCASE", Min: 1, Max: 1, Escape: MayEscape, Compile: mapped(strings.ToUpper)},
	{Name: "REVERSE", Min: 1, Max: 1, Compile: mapped(reverse)},
	{Name: "LEFT", Min: 2, Max: 2, Escape: MustEscape, Params: types(unknown, integer), Compile: result(anyText, left)},
	{Name: "RIGHT", Min: 2, Max: 2, Escape: MustEscape, Params: types(unknown, integer), Compile: result(anyText, right)},
	{Name: "SUBSTRING", Min: 2, Max: 3, Escape: MayEscape, Streams: true, Params: types(unknown, integer), Compile: result(anyText, substring)},
	{Name: "SUBSTR", Min: 2, Max: 3, Params: types(unknown, integer), Compile: result(anyText, substr)},
	{Name: "LTRIM", Min: 1, Max: 2, Escape: MayEscape, Compile: result(anyText, func(a []value.Value) (value.Value, error) {
		return value.Text(strings.TrimLeft(a[0].Text(), trimSet(a))), nil
	})},
	{Name: "RTRIM", Min: 1, Max: 2, Escape: MayEscape, Compile: result(anyText, func(a []value.Value) (value.Value, error) {
		return value.Text(strings.TrimRight(a[0].Text(), trimSet(a))), nil
	})},
	{Name: "LPAD", Min: 2, Max: 3, Params: types(unknown, integer, unknown), Compile: result(anyText, func(a []value.Value) (value.Value, error) {
		return pad(a, func(s, fill string) string { return fill + s })
	})},
	{Name: "RPAD", Min: 2, Max: 3, Params: types(unknown, integer, unknown), Compile: result(anyText, func(a []value.Value) (value.Value, error) {
		return pad(a, func(s, fill string) string { return s + fill })
	})},
	{Name: "REPEAT", Min: 2, Max: 2, Escape: MayEscape, Params: types(unknown, integer), Compile: result(anyText, repeat)},
	{Name: "REPLICATE", Min: 2, Max: 2, Params: types(unknown, integer), Compile: result(anyText, repeat)},
	{Name: "SPACE", Min: 1, Max: 1, Escape: MayEscape, Params: types(integer), Compile: result(anyText, func(a []value.Value) (value.Value, error) {
		return repeat([]value.Value{value.Text(" "), a[0]})
	})},
	{Name: "STUFF", Min: 4, Max: 4, Params: types(unknown, integer, integer, unknown), Compile: result(anyText, stuff)},
	{Name: "REPLACE", Min: 3, Max: 3, Compile: result(anyText, replace)},
	{Name: "CHAR", Min: 1, Max: 1, Escape: MayEscape, Params: types(integer), Compile: result(sqltype.Type{Kind: sqltype.VarChar, Length: 1}, character)},
	{Name: "ASCII", Min: 1, Max: 1, Escape: MayEscape, Compile: result(integer, ascii)},
}

// Trim compiles TRIM: spec is LEADING, TRAILING or BOTH; args are the string and, if hasChars, the set of characters to
// drop at its ends, blanks without it.
func Trim(spec string, hasChars bool) Call {
	run := notNull(func(a []value.Value) (value.Value, error) {
		s, set := a[0].Text(), trimSet(a)
		if spec != "TRAILING" {
			s = strings.TrimLeft(s, set)
		}
		if spec != "LEADING" {
			s = strings.TrimRight(s, set)
		}
		return value.Text(s), nil
	})
	return Call{Type: anyText, Collation: sqltype.Exact, Run: run}
}

// trimSet is the second argument, blanks if there is none.
func trimSet(a []value.Value) string {
	if len(a) > 1 {
		return a[1].Text()
	}
	return " "
}

// mapped is a function from text to text.
func mapped(f func(string) string) compileFunc {
	return result(anyText, func(a []value.Value) (value.Value, error) { return value.Text(f(a[0].Text())), nil })
}

// joinAll is STRING: NULLs count for nothing; without any value the result is NULL.
func joinAll(a []value.Value) (value.Value, error) {
	var b strings.Builder
	any := false
	for _, v := range a {
		any = any || !v.IsNull()
		b.WriteString(v.Text())
	}
	if !any {
		return null()
	}
	return text(b.String())
}

// trimmedLength is LENGTH, which does not count trailing blanks.
func trimmedLength(a []value.Value) (value.Value, error) {
	return value.Int(int64(value.Length(strings.TrimRight(a[0].Text(), " ")))), nil
}

func fullLength(a []value.Value) (value.Value, error) {
	return value.Int(int64(value.Length(a[0].Text()))), nil
}

func reverse(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}

// left and right give NULL for a negative count: PostgreSQL's meaning of it does not exist here.
func left(a []value.Value) (value.Value, error) {
	n := whole(a[1])
	if n < 0 {
		return null()
	}
	return value.Text(Substring(a[0].Text(), 0, n)), nil
}

func right(a []value.Value) (value.Value, error) {
	s, n := a[0].Text(), whole(a[1])
	if n < 0 {
		return null()
	}
	size := value.Length(s)
	return value.Text(Substring(s, size-n, size)), nil
}

// substring is SUBSTRING: a start before 1 shortens the result, a length of 0 gives NULL, a negative one is -140.
func substring(a []value.Value) (value.Value, error) {
	s, start := a[0].Text(), whole(a[1])-1
	if len(a) == 2 {
		return value.Text(Substring(s, start, maxWhole)), nil
	}
	n := whole(a[2])
	switch {
	case n < 0:
		return value.Value{}, sqlerr.New(-140, "Invalid length '%d' passed to the SUBSTRING function", n)
	case n == 0:
		return null()
	}
	return value.Text(Substring(s, start, start+n)), nil
}

// substr is SUBSTR: a negative start counts from the end, and 0 means 1.
func substr(a []value.Value) (value.Value, error) {
	s, start := a[0].Text(), whole(a[1])
	switch {
	case start > 0:
		start--
	case start < 0:
		start += value.Length(s)
	}
	if start < 0 {
		return null()
	}
	n := optional(a, 2, maxWhole)
	if n <= 0 {
		return null()
	}
	return value.Text(Substring(s, start, start+n)), nil
}

// pad is LPAD and RPAD: a text that is too long is cut.
func pad(a []value.Value, put func(s, fill string) string) (value.Value, error) {
	s, width, fill := a[0].Text(), whole(a[1]), " "
	if len(a) > 2 {
		fill = a[2].Text()
	}
	size := value.Length(s)
	if width <= size || fill == "" {
		return value.Text(Substring(s, 0, max(width, 0))), nil
	}
	if width > sqltype.MaxString {
		return maxString()
	}
	missing := width - size
	fill = strings.Repeat(fill, missing/value.Length(fill)+1)
	return text(put(s, Substring(fill, 0, missing)))
}

func repeat(a []value.Value) (value.Value, error) {
	s, n := a[0].Text(), max(whole(a[1]), 0)
	if len(s)*n > 4*sqltype.MaxString {
		return maxString()
	}
	return text(strings.Repeat(s, n))
}

// stuff is STUFF(s, start, length, new); a start outside of the string leaves it as it is.
func stuff(a []value.Value) (value.Value, error) {
	s, start, n := a[0].Text(), whole(a[1]), whole(a[2])
	if start < 1 || start > value.Length(s)+1 || n < 0 {
		return a[0], nil
	}
	return text(Substring(s, 0, start-1) + a[3].Text() + Substring(s, start-1+n, maxWhole))
}

func replace(a []value.Value) (value.Value, error) {
	s, from := a[0].Text(), a[1].Text()
	if from == "" {
		return a[0], nil
	}
	if to := a[2].Text(); len(to) > len(from) && strings.Count(s, from)*len(to) > 4*sqltype.MaxString {
		return maxString()
	}
	return text(strings.ReplaceAll(s, from, a[2].Text()))
}

// character is CHAR: a code that is no character gives NULL.
func character(a []value.Value) (value.Value, error) {
	n := whole(a[0])
	if n < 0 || n > unicode.MaxRune {
		return null()
	}
	if n > 0xFFFF {
		return null() // a character is one UTF-16 unit
	}
	return value.Text(value.FromUnits([]uint16{uint16(n)})), nil
}

// ascii is the code of the first character, NULL for the empty string.
func ascii(a []value.Value) (value.Value, error) {
	u := value.Units(Substring(a[0].Text(), 0, 1))
	if len(u) == 0 {
		return null()
	}
	return value.Int(int64(u[0])), nil
}
