package superserver

import (
	"encoding/binary"
	"strings"

	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// body reads the items of a message. The first failure stays and makes everything after it zero.
type body struct {
	data []byte
	err  error
}

// item reads the next item.
func (b *body) item() value.Item {
	if b.err != nil {
		return value.Item{}
	}
	item, n, err := value.NextWireItem(b.data)
	if err != nil {
		b.err = err
		return value.Item{}
	}
	b.data = b.data[n:]
	return item
}

func (b *body) value() value.Value { return b.item().Value }

func (b *body) text() string { return b.value().Text() }

// int reads a number, which may come as text.
func (b *body) int() int {
	n, _ := b.value().Integer()
	return int(n)
}

// count reads how many items follow, which can't be more than there are bytes.
func (b *body) count() int {
	n := b.int()
	if b.err == nil && (n < 0 || n > len(b.data)) {
		b.err = sqlerr.New(-400, "a count of %d with %d bytes to come", n, len(b.data))
		return 0
	}
	return n
}

// uint32 reads four raw bytes.
func (b *body) uint32() uint32 {
	if b.err == nil && len(b.data) < 4 {
		b.err = value.ErrList
	}
	if b.err != nil {
		return 0
	}
	n := binary.LittleEndian.Uint32(b.data)
	b.data = b.data[4:]
	return n
}

// more reports whether items are left.
func (b *body) more() bool { return b.err == nil && len(b.data) > 0 }

// statementText reads a text in chunks.
func (b *body) statementText() string {
	n := b.count()
	if n == 1 {
		return b.text()
	}
	var text strings.Builder
	for range n {
		text.WriteString(b.text())
	}
	return text.String()
}

// markers passes the parameter info: for each a marker (user's parameter or replaced literal) and a format. They belong to
// the choice of a compiled query in IRIS and change no result.
func (b *body) markers() {
	for range b.count() {
		b.item()
		b.item()
	}
}

// sets reads parameter sets: how many, how many values each, the values row by row.
func (b *body) sets() [][]value.Value {
	n, width := b.count(), b.int()
	if b.err == nil && (width < 0 || width > len(b.data) || n*width > len(b.data)) {
		b.err = sqlerr.New(-400, "%d sets of %d parameters in %d bytes", n, width, len(b.data))
	}
	if b.err != nil {
		return nil
	}
	out := make([][]value.Value, n)
	for i := range out {
		out[i] = make([]value.Value, width)
		for j := range out[i] {
			out[i][j] = b.value()
		}
	}
	return out
}

// firstSet is sets for a statement that is run once.
func (b *body) firstSet() []value.Value {
	sets := b.sets()
	if len(sets) == 0 {
		return nil
	}
	return sets[0]
}
