package fn

import (
	"slices"
	"unicode/utf16"

	"iris-pgwire/internal/irisdev/value"
)

var charFunctions = table{
	"$ASCII": pure(1, 2, func(a args) (value.Value, error) {
		return count(unitAt(a.text(0), a.int(1, 1)))
	}),
	"$CHAR": pure(1, 255, func(a args) (value.Value, error) {
		u := make([]uint16, 0, len(a.list))
		for i := range a.list {
			if n := a.int(i, -1); n >= 0 && n <= 0xFFFF {
				u = append(u, uint16(n))
			}
		}
		return str(value.FromUnits(u))
	}),
}

// unitAt is the code of a character, -1 if there is none at the position.
func unitAt(s string, position int) int {
	if position < 1 || position > len(s) {
		return -1
	}
	if ascii(s) {
		return int(s[position-1])
	}
	u := value.Units(s)
	if position > len(u) {
		return -1
	}
	return int(u[position-1])
}

// surrogateFunctions are those that count a surrogate pair as one character.
var surrogateFunctions = table{
	"$WASCII": pure(1, 2, func(a args) (value.Value, error) {
		r, position := wide(a.text(0)), a.int(1, 1)
		if position < 1 || position > len(r) {
			return count(-1)
		}
		return count(int(r[position-1]))
	}),
	"$WCHAR": pure(1, 255, func(a args) (value.Value, error) {
		var u []uint16
		for i := range a.list {
			if n := a.int(i, -1); n >= 0 && n <= 0x10FFFF {
				u = appendRune(u, rune(n))
			}
		}
		return str(value.FromUnits(u))
	}),
	"$WEXTRACT": pure(1, 3, func(a args) (value.Value, error) {
		from := a.int(1, 1)
		return str(wideSubstring(a.text(0), rangeStart(a, 2, from), a.int(2, from)))
	}),
	"$WFIND":   pure(2, 3, wideFind),
	"$WISWIDE": pure(1, 1, func(a args) (value.Value, error) { return truth(wideLength(a.text(0)) < value.Length(a.text(0))) }),
	"$WLENGTH": pure(1, 1, func(a args) (value.Value, error) { return count(wideLength(a.text(0))) }),
	"$WREVERSE": pure(1, 1, func(a args) (value.Value, error) {
		r := wide(a.text(0))
		var u []uint16
		for i := len(r) - 1; i >= 0; i-- {
			u = appendRune(u, r[i])
		}
		return str(value.FromUnits(u))
	}),
	"$ZISWIDE": pure(1, 1, func(a args) (value.Value, error) {
		_, bytes := value.Latin1(a.text(0))
		return truth(!bytes)
	}),
}

// wide splits a text into characters, pairs of surrogates joined.
func wide(s string) []rune {
	var out []rune
	for i := 0; i < len(s); {
		r, n := value.DecodeRune(s[i:])
		out = append(out, r)
		i += n
	}
	return out
}

func wideLength(s string) int { return len(wide(s)) }

func appendRune(u []uint16, r rune) []uint16 {
	if r < 0x10000 {
		return append(u, uint16(r))
	}
	hi, lo := utf16.EncodeRune(r)
	return append(u, uint16(hi), uint16(lo))
}

func wideSubstring(s string, from, to int) string {
	r := wide(s)
	from = max(from, 1)
	if from > to || from > len(r) {
		return ""
	}
	var u []uint16
	for _, c := range r[from-1 : min(to, len(r))] {
		u = appendRune(u, c)
	}
	return value.FromUnits(u)
}

func wideFind(a args) (value.Value, error) {
	s, sub, from := wide(a.text(0)), wide(a.text(1)), max(a.int(2, 1), 1)
	if len(sub) == 0 {
		return count(from)
	}
	for i := from - 1; i+len(sub) <= len(s); i++ {
		if slices.Equal(s[i:i+len(sub)], sub) {
			return count(i + 1 + len(sub))
		}
	}
	return count(0)
}

// SetWideExtract is SET $WEXTRACT.
func SetWideExtract(old value.Value, from, to int, rng bool, v value.Value) (value.Value, error) {
	from, to, ok := replaced(from, to, rng)
	if !ok {
		return old, nil
	}
	s := old.Text()
	n := wideLength(s)
	if from-1 > MaxString {
		return value.Value{}, errMaxString
	}
	return limited(wideSubstring(s, 1, from-1) + blanks(from-1-n) + v.Text() + wideSubstring(s, to+1, n))
}
