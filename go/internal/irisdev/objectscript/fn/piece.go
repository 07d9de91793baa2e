package fn

import (
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

var pieceFunctions = table{"$PIECE": pure(2, 4, piece)}

// Pieces counts the parts between delimiters; 0 for an empty delimiter.
func Pieces(s, delimiter string) int {
	if delimiter == "" {
		return 0
	}
	return strings.Count(s, delimiter) + 1
}

func piece(a args) (value.Value, error) {
	s, d := a.text(0), a.text(1)
	if d == "" {
		return value.Value{}, nil
	}
	from := a.int(2, 1)
	start, end := pieceRange(s, d, rangeStart(a, 3, from), a.int(3, from))
	return str(s[start:end])
}

// pieceRange gives the bytes of pieces from to to; 0, 0 if there are none.
func pieceRange(s, d string, from, to int) (start, end int) {
	from = max(from, 1)
	if from > to {
		return 0, 0
	}
	for n := 1; n < from; n++ {
		i := strings.Index(s[start:], d)
		if i < 0 {
			return 0, 0
		}
		start += i + len(d)
	}
	end = start
	for n := from; ; n++ {
		i := strings.Index(s[end:], d)
		if i < 0 {
			return start, len(s)
		}
		end += i
		if n >= to {
			return start, end
		}
		end += len(d)
	}
}

// SetPiece is SET $PIECE: pieces from to to are replaced, delimiters fill up to from. Without to, rng is false. An empty
// delimiter replaces the whole.
func SetPiece(old value.Value, delimiter string, from, to int, rng bool, v value.Value) (value.Value, error) {
	if delimiter == "" {
		return v, nil
	}
	from, to, ok := replaced(from, to, rng)
	if !ok {
		return old, nil
	}
	s := old.Text()
	if have := Pieces(s, delimiter); from > have {
		if (from-have)*len(delimiter) > MaxString {
			return value.Value{}, errMaxString
		}
		return limited(s + strings.Repeat(delimiter, from-have) + v.Text())
	}
	start, end := pieceRange(s, delimiter, from, to)
	return limited(s[:start] + v.Text() + s[end:])
}
