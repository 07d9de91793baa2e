package fn

import (
	"slices"
	"strings"
	"unicode"

	"iris-pgwire/internal/irisdev/value"
)

// textFunctions search, compare and change texts (IRIS docs, "ObjectScript Functions", one page each).
var textFunctions = table{
	"$EXTRACT":   pure(1, 3, extract),
	"$FIND":      pure(2, 3, find),
	"$JUSTIFY":   pure(2, 3, justify),
	"$LENGTH":    pure(1, 2, length),
	"$REPLACE":   pure(3, 6, replace),
	"$REVERSE":   pure(1, 1, func(a args) (value.Value, error) { return str(reverse(a.text(0))) }),
	"$TRANSLATE": pure(2, 3, translate),
	"$ZSTRIP":    pure(2, 4, zstrip),
}

func extract(a args) (value.Value, error) {
	from := a.int(1, 1)
	return str(Substring(a.text(0), rangeStart(a, 2, from), a.int(2, from)))
}

// rangeStart: a single position below 1 names nothing, a range that begins there begins at 1.
func rangeStart(a args, end, from int) int {
	if from < 1 && !a.has(end) {
		return 1<<31 - 1
	}
	return from
}

// replaced gives the range that SET replaces; false if there is none. Without to, rng is false.
func replaced(from, to int, rng bool) (first, last int, ok bool) {
	if !rng {
		return from, from, from >= 1
	}
	from = max(from, 1)
	return from, to, from <= to
}

// SetExtract is SET $EXTRACT: characters from to to are replaced; blanks fill up to from. Without to, rng is false.
func SetExtract(old value.Value, from, to int, rng bool, v value.Value) (value.Value, error) {
	from, to, ok := replaced(from, to, rng)
	if !ok {
		return old, nil
	}
	s := old.Text()
	n := value.Length(s)
	if from-1 > MaxString {
		return value.Value{}, errMaxString
	}
	head := Substring(s, 1, from-1) + blanks(from-1-n)
	return limited(joinUnits(joinUnits(head, v.Text()), Substring(s, to+1, n)))
}

// find is $FIND: the position behind the text found, 0 if it is not there.
func find(a args) (value.Value, error) {
	s, sub, from := a.text(0), a.text(1), max(a.int(2, 1), 1)
	if sub == "" {
		return count(from)
	}
	start, ok := offset(s, from)
	if !ok {
		return count(0)
	}
	i := strings.Index(s[start:], sub)
	if i < 0 {
		return count(0)
	}
	return count(from + value.Length(s[start:start+i]) + value.Length(sub))
}

// offset gives the byte at which a position begins; false behind the end.
func offset(s string, position int) (int, bool) {
	if ascii(s) {
		return position - 1, position <= len(s)
	}
	head := Substring(s, 1, position-1)
	if value.Length(head) < position-1 || !strings.HasPrefix(s, head) {
		return 0, false
	}
	return len(head), len(head) < len(s)
}

// justify is $JUSTIFY: right-aligned; with a third argument a number with so many decimals.
func justify(a args) (value.Value, error) {
	s := a.text(0)
	if a.has(2) {
		n := a.int(2, 0)
		if n < 0 {
			return value.Value{}, errIllegal
		}
		if n > MaxString {
			return value.Value{}, errMaxString
		}
		s = Fixed(a.value(0), n)
	}
	width := a.int(1, 0)
	if width > MaxString {
		return value.Value{}, errMaxString
	}
	return limited(blanks(width-value.Length(s)) + s)
}

func length(a args) (value.Value, error) {
	s := a.text(0)
	if !a.has(1) {
		return count(value.Length(s))
	}
	return count(Pieces(s, a.text(1)))
}

// replace is $REPLACE(string, old, new, start, count, case).
func replace(a args) (value.Value, error) {
	s, from, to := a.text(0), a.text(1), a.text(2)
	times := a.int(4, -1)
	if times < -1 {
		times = 0
	}
	if start := a.int(3, 1); start > 1 {
		s = Substring(s, start, MaxString)
	}
	if from == "" || times == 0 {
		return str(s)
	}
	if !a.has(5) || !Truth(a.value(5)) {
		return limited(strings.Replace(s, from, to, times))
	}
	return limited(replaceFolded(s, from, to, times))
}

// replaceFolded replaces without regard to letter case.
func replaceFolded(s, from, to string, times int) string {
	original := value.Units(s)
	text, want, with := foldUnits(original), foldUnits(value.Units(from)), value.Units(to)
	var out []uint16
	for i := 0; i < len(text); {
		if times != 0 && i+len(want) <= len(text) && slices.Equal(text[i:i+len(want)], want) {
			out = append(out, with...)
			i += len(want)
			times--
			continue
		}
		out = append(out, original[i])
		i++
	}
	return value.FromUnits(out)
}

func foldUnits(u []uint16) []uint16 {
	out := make([]uint16, len(u))
	for i, c := range u {
		out[i] = uint16(unicode.ToUpper(rune(c)))
	}
	return out
}

func reverse(s string) string {
	if ascii(s) {
		b := []byte(s)
		for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
			b[i], b[j] = b[j], b[i]
		}
		return string(b)
	}
	u := value.Units(s)
	for i, j := 0, len(u)-1; i < j; i, j = i+1, j-1 {
		u[i], u[j] = u[j], u[i]
	}
	return value.FromUnits(u)
}

// translate is $TRANSLATE: each character of the second text becomes the one at its place in the third, or nothing.
func translate(a args) (value.Value, error) {
	from, to := value.Units(a.text(1)), value.Units(a.text(2))
	place := make(map[uint16]int, len(from))
	for i, u := range from {
		if _, seen := place[u]; !seen {
			place[u] = i
		}
	}
	in := value.Units(a.text(0))
	out := in[:0]
	for _, u := range in {
		i, listed := place[u]
		switch {
		case !listed:
			out = append(out, u)
		case i < len(to):
			out = append(out, to[i])
		}
	}
	return str(value.FromUnits(out))
}
