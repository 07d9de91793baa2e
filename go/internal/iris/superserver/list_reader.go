package superserver

import "fmt"

// reader walks over a body item by item and keeps the first error, so that a reply's fields read as a list.
type reader struct {
	b   []byte
	at  int
	err error
}

func (r *reader) done() bool { return r.err != nil || r.at >= len(r.b) }

// int reads an integer; null reads as 0.
func (r *reader) int() int {
	if r.err != nil {
		return 0
	}
	v, next, err := decodeItem(r.b, r.at)
	if err != nil {
		r.err = err
		return 0
	}
	r.at = next
	n, ok := v.Int64()
	if !ok && !v.IsNull() && len(v.Raw()) != 0 {
		r.err = fmt.Errorf("%w: integer expected", errList)
	}
	return int(n)
}

// count reads a number of things that take at least one byte each.
func (r *reader) count() int {
	n := r.int()
	if r.err == nil && (n < 0 || n > len(r.b)-r.at) {
		r.err = fmt.Errorf("%w: count %d", errList, n)
		return 0
	}
	return n
}

// text reads a string in any form; null reads as "".
func (r *reader) text() string {
	if r.err != nil {
		return ""
	}
	v, next, err := decodeItem(r.b, r.at)
	if err != nil {
		r.err = err
		return ""
	}
	r.at = next
	return v.String()
}
