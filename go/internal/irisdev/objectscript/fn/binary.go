package fn

import (
	"encoding/binary"
	"math"
	"slices"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

// binaryFunctions pack numbers into bytes, lowest first, and take them out again.
var binaryFunctions = table{
	"$ZWASCII":   pure(1, 2, func(a args) (value.Value, error) { return wordAt(a, 2) }),
	"$ZLASCII":   pure(1, 2, func(a args) (value.Value, error) { return wordAt(a, 4) }),
	"$ZQASCII":   pure(1, 2, func(a args) (value.Value, error) { return wordAt(a, 8) }),
	"$ZDASCII":   pure(1, 2, func(a args) (value.Value, error) { return doubleAt(a) }),
	"$ZWCHAR":    pure(1, 255, func(a args) (value.Value, error) { return wordsOf(a, 2) }),
	"$ZLCHAR":    pure(1, 255, func(a args) (value.Value, error) { return wordsOf(a, 4) }),
	"$ZQCHAR":    pure(1, 255, func(a args) (value.Value, error) { return wordsOf(a, 8) }),
	"$ZDCHAR":    pure(1, 255, doublesOf),
	"$ZWPACK":    pure(1, 1, func(a args) (value.Value, error) { return pack(a, binary.LittleEndian) }),
	"$ZWBPACK":   pure(1, 1, func(a args) (value.Value, error) { return pack(a, binary.BigEndian) }),
	"$ZWUNPACK":  pure(1, 1, func(a args) (value.Value, error) { return unpack(a, binary.LittleEndian) }),
	"$ZWBUNPACK": pure(1, 1, func(a args) (value.Value, error) { return unpack(a, binary.BigEndian) }),
	"$NCONVERT":  pure(2, 3, nconvert),
	"$SCONVERT":  pure(2, 4, sconvert),
}

// window gives n bytes from the position that argument 1 names.
func window(a args, n int) ([]byte, bool) {
	b, ok := value.Latin1(a.text(0))
	at := a.int(1, 1)
	if !ok || at < 1 || at+n-1 > len(b) {
		return nil, false
	}
	return b[at-1 : at-1+n], true
}

func wordAt(a args, n int) (value.Value, error) {
	b, ok := window(a, n)
	if !ok {
		return value.Int(-1), nil
	}
	var u uint64
	for i, c := range b {
		u |= uint64(c) << (8 * i)
	}
	return value.Int(int64(u)), nil
}

func doubleAt(a args) (value.Value, error) {
	b, ok := window(a, 8)
	if !ok {
		return value.Int(-1), nil
	}
	return value.Float(math.Float64frombits(binary.LittleEndian.Uint64(b))), nil
}

// wordsOf packs numbers; one that doesn't fit gives nothing.
func wordsOf(a args, n int) (value.Value, error) {
	var out []byte
	for i := range a.list {
		x, ok := a.value(i).Integer()
		if !ok || n < 8 && (x < 0 || x >= 1<<(8*n)) {
			continue
		}
		out = append(out, binary.LittleEndian.AppendUint64(nil, uint64(x))[:n]...)
	}
	return str(value.FromLatin1(out))
}

func doublesOf(a args) (value.Value, error) {
	var out []byte
	for i := range a.list {
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(a.value(i).Approx()))
	}
	return str(value.FromLatin1(out))
}

// pack makes each pair of bytes one character of 16 bits.
func pack(a args, order binary.ByteOrder) (value.Value, error) {
	b, ok := value.Latin1(a.text(0))
	if !ok || len(b)%2 != 0 {
		return value.Value{}, errFunction
	}
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = order.Uint16(b[2*i:])
	}
	return str(value.FromUnits(u))
}

func unpack(a args, order binary.AppendByteOrder) (value.Value, error) {
	var out []byte
	for _, u := range value.Units(a.text(0)) {
		out = order.AppendUint16(out, u)
	}
	return str(value.FromLatin1(out))
}

// layout is a format of $NCONVERT and $SCONVERT.
type layout struct {
	kind byte // S signed, U unsigned, F floating point
	size int
}

func parseLayout(s string) (layout, bool) {
	if len(s) != 2 {
		return layout{}, false
	}
	l := layout{kind: upperByte(s[0]), size: int(s[1] - '0')}
	switch l.kind {
	case 'S':
		return l, l.size == 1 || l.size == 2 || l.size == 4 || l.size == 8
	case 'U':
		return l, l.size == 1 || l.size == 2 || l.size == 4
	case 'F':
		return l, l.size == 4 || l.size == 8
	}
	return l, false
}

func outOfRange() (value.Value, error) { return value.Value{}, fault.New("VALUE OUT OF RANGE", "") }

// nconvert is $NCONVERT(number, format, endian).
func nconvert(a args) (value.Value, error) {
	l, ok := parseLayout(a.text(1))
	if !ok {
		return value.Value{}, errFunction
	}
	var b []byte
	switch {
	case l.kind == 'F' && l.size == 8:
		b = binary.LittleEndian.AppendUint64(nil, math.Float64bits(a.value(0).Approx()))
	case l.kind == 'F':
		f := a.value(0).Approx()
		if math.Abs(f) > math.MaxFloat32 && !math.IsInf(f, 0) {
			return outOfRange()
		}
		b = binary.LittleEndian.AppendUint32(nil, math.Float32bits(float32(f)))
	default:
		n, whole := Round(a.value(0), 0).Integer()
		if !whole || !l.fits(n) {
			return outOfRange()
		}
		b = binary.LittleEndian.AppendUint64(nil, uint64(n))[:l.size]
	}
	if Truth(a.value(2)) {
		slices.Reverse(b)
	}
	return str(value.FromLatin1(b))
}

func (l layout) fits(n int64) bool {
	if l.size == 8 {
		return true
	}
	if l.kind == 'U' {
		return n >= 0 && n < 1<<(8*l.size)
	}
	return n >= -1<<(8*l.size-1) && n < 1<<(8*l.size-1)
}

// sconvert is $SCONVERT(string, format, endian, position).
func sconvert(a args) (value.Value, error) {
	l, ok := parseLayout(a.text(1))
	if !ok {
		return value.Value{}, errFunction
	}
	b, ok := value.Latin1(a.text(0))
	if !ok {
		return value.Value{}, errWide
	}
	at := a.int(3, 1)
	if at < 1 || at+l.size-1 > len(b) {
		return outOfRange()
	}
	b = slices.Clone(b[at-1 : at-1+l.size])
	if Truth(a.value(2)) {
		slices.Reverse(b)
	}
	u := binary.LittleEndian.Uint64(append(b, make([]byte, 8-l.size)...))
	switch {
	case l.kind == 'F' && l.size == 8:
		return value.Float(math.Float64frombits(u)), nil
	case l.kind == 'F':
		return value.Float(float64(math.Float32frombits(uint32(u)))), nil
	case l.kind == 'S':
		shift := 64 - 8*l.size
		return value.Int(int64(u) << shift >> shift), nil
	}
	return value.Int(int64(u)), nil
}
