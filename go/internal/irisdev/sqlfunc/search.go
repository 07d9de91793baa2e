package sqlfunc

import (
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// searchFunctions look for a text in another; letter case counts (IRIS docs, "String Manipulation").
var searchFunctions = []Function{
	{Name: "POSITION", Min: 2, Max: 2, Escape: MayEscape, Compile: result(integer, func(a []value.Value) (value.Value, error) {
		return found(indexFrom(a[1].Text(), a[0].Text(), 1)), nil
	})},
	{Name: "CHARINDEX", Min: 2, Max: 3, Streams: true, Params: types(unknown, unknown, integer), Compile: result(integer, func(a []value.Value) (value.Value, error) {
		return found(indexFrom(a[1].Text(), a[0].Text(), optional(a, 2, 1))), nil
	})},
	{Name: "INSTR", Min: 2, Max: 4, Params: types(unknown, unknown, integer), Compile: result(integer, func(a []value.Value) (value.Value, error) {
		return found(instr(a[0].Text(), a[1].Text(), optional(a, 2, 1), optional(a, 3, 1))), nil
	})},
	{Name: "$FIND", Min: 2, Max: 3, Params: types(unknown, unknown, integer), Compile: result(integer, func(a []value.Value) (value.Value, error) {
		part := a[1].Text()
		at := indexFrom(a[0].Text(), part, optional(a, 2, 1))
		if at == 0 {
			return value.Int(0), nil
		}
		return value.Int(int64(at + value.Length(part))), nil
	})},
	{Name: "ISNUMERIC", Min: 1, Max: 1, Compile: result(integer, func(a []value.Value) (value.Value, error) {
		return boolean(isNumeric(a[0])), nil
	})},
	{Name: "$TRANSLATE", Min: 2, Max: 3, Compile: result(anyText, translate)},
}

func found(at int) value.Value { return value.Int(int64(at)) }

// indexFrom gives the place of part in s, from 1, looking from place start; 0 if it is not there. The empty string is
// nowhere: it is the character $CHAR(0) to IRIS.
func indexFrom(s, part string, start int) int {
	if part == "" {
		return 0
	}
	start = max(start, 1)
	rest := Substring(s, start-1, maxWhole)
	i := strings.Index(rest, part)
	if i < 0 {
		return 0
	}
	return start + value.Length(rest[:i])
}

// instr is INSTR: the nth occurrence, searched backwards from the end for a negative start.
func instr(s, part string, start, nth int) int {
	if part == "" || nth < 1 || start == 0 {
		return 0
	}
	if start > 0 {
		at := indexFrom(s, part, start)
		for ; nth > 1 && at > 0; nth-- {
			at = indexFrom(s, part, at+1)
		}
		return at
	}
	end := value.Length(s) + start + value.Length(part)
	for ; end > 0; nth-- {
		head := Substring(s, 0, end)
		i := strings.LastIndex(head, part)
		if i < 0 {
			return 0
		}
		at := value.Length(head[:i]) + 1
		if nth == 1 {
			return at
		}
		end = at + value.Length(part) - 2
	}
	return 0
}

// isNumeric reports a valid number, with blanks around it and an exponent allowed.
func isNumeric(v value.Value) bool {
	if v.Kind() == value.Number || v.Kind() == value.Double {
		return true
	}
	s := strings.TrimSpace(v.Text())
	_, rest := value.ParseNumber(s)
	return v.Kind() == value.String && s != "" && rest == 0
}

// translate is $TRANSLATE: a character of the first set becomes the one at its place in the second, or goes.
func translate(a []value.Value) (value.Value, error) {
	from, to := []rune(a[1].Text()), []rune{}
	if len(a) > 2 {
		to = []rune(a[2].Text())
	}
	m := map[rune]rune{}
	for i, r := range from {
		if _, known := m[r]; known {
			continue
		}
		m[r] = -1
		if i < len(to) {
			m[r] = to[i]
		}
	}
	return text(strings.Map(func(r rune) rune {
		if x, ok := m[r]; ok {
			return x
		}
		return r
	}, a[0].Text()))
}
