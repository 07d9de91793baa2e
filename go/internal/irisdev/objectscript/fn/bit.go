package fn

import (
	"math/bits"

	"github.com/cockroachdb/apd/v3"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

// A bit string's form inside is not documented, and programs may not look at it: here it is two marks that begin no list, the
// length in bits in four bytes, and the bits, lowest first.
const bitMark = "\xB1\xB1"

// MaxBits is the longest bit string (IRIS docs, "$BIT").
const MaxBits = 262104

var bitFunctions = table{
	"$BIT": pure(2, 2, func(a args) (value.Value, error) {
		b, err := bitsOf(a.value(0))
		return Bool(b.get(a.int(1, 0))), err
	}),
	"$BITCOUNT": pure(1, 2, func(a args) (value.Value, error) {
		b, err := bitsOf(a.value(0))
		if err != nil || !a.has(1) {
			return value.Int(int64(b.n)), err
		}
		ones := 0
		for _, c := range b.data {
			ones += bits.OnesCount8(c)
		}
		if Truth(a.value(1)) {
			return count(ones)
		}
		return count(b.n - ones)
	}),
	"$BITFIND": pure(2, 4, bitFind),
	"$FACTOR":  pure(1, 2, factor),
}

// bitString is a bit string taken apart.
type bitString struct {
	n    int
	data []byte
}

func bitsOf(v value.Value) (bitString, error) {
	if Empty(v) {
		return bitString{}, nil
	}
	raw, ok := bytesOf(v)
	if !ok || len(raw) < 6 || string(raw[:2]) != bitMark {
		return bitString{}, fault.New("INVALID BIT STRING", "")
	}
	n := int(raw[2]) | int(raw[3])<<8 | int(raw[4])<<16 | int(raw[5])<<24
	if len(raw) != 6+(n+7)/8 {
		return bitString{}, fault.New("INVALID BIT STRING", "")
	}
	return bitString{n: n, data: append([]byte{}, raw[6:]...)}, nil
}

// value joins it again; of length 0 it is the empty string.
func (b bitString) value() value.Value {
	if b.n == 0 {
		return value.Value{}
	}
	head := []byte{bitMark[0], bitMark[1], byte(b.n), byte(b.n >> 8), byte(b.n >> 16), byte(b.n >> 24)}
	return value.Text(value.FromLatin1(append(head, b.data...)))
}

func (b bitString) get(position int) bool {
	if position < 1 || position > b.n {
		return false
	}
	return b.data[(position-1)/8]>>((position-1)%8)&1 == 1
}

func (b *bitString) set(position int, on bool) {
	if position > b.n {
		b.n = position
		b.data = append(b.data, make([]byte, (position+7)/8-len(b.data))...)
	}
	mask := byte(1) << ((position - 1) % 8)
	if on {
		b.data[(position-1)/8] |= mask
	} else {
		b.data[(position-1)/8] &^= mask
	}
}

// SetBit is SET $BIT(b,position)=v; what is no number is 0. <VALUE OUT OF RANGE>, <INVALID BIT STRING>.
func SetBit(old value.Value, position int, v value.Value) (value.Value, error) {
	b, err := bitsOf(old)
	if err != nil {
		return value.Value{}, err
	}
	if position < 1 || position > MaxBits {
		return value.Value{}, fault.New("VALUE OUT OF RANGE", "")
	}
	b.set(position, Truth(v))
	return b.value(), nil
}

// bitFind is $BITFIND(bits, value, start, direction): the position of the next bit that has the value, 0 if there is none.
func bitFind(a args) (value.Value, error) {
	b, err := bitsOf(a.value(0))
	if err != nil {
		return value.Value{}, err
	}
	want, step := Truth(a.value(1)), 1
	if a.int(3, 1) < 0 {
		step = -1
	}
	start := 1
	if step < 0 {
		start = b.n
	}
	start = a.int(2, start)
	if step < 0 && (start == -1 || start > b.n) {
		start = b.n
	}
	if step > 0 {
		start = max(start, 1)
	}
	for i := start; i >= 1 && i <= b.n; i += step {
		if b.get(i) == want {
			return count(i)
		}
	}
	return count(0)
}

// BitOp applies & | or ^ of $BITLOGIC; the shorter one is filled up with 0.
func BitOp(op byte, l, r value.Value) (value.Value, error) {
	x, err := bitsOf(l)
	if err != nil {
		return value.Value{}, err
	}
	y, err := bitsOf(r)
	if err != nil {
		return value.Value{}, err
	}
	if y.n > x.n {
		x, y = y, x
	}
	for i := range x.data {
		var c byte
		if i < len(y.data) {
			c = y.data[i]
		}
		switch op {
		case '&':
			x.data[i] &= c
		case '|':
			x.data[i] |= c
		case '^':
			x.data[i] ^= c
		default:
			return value.Value{}, fault.New("SYNTAX", string(op))
		}
	}
	return x.value(), nil
}

// BitNot is ~ of $BITLOGIC.
func BitNot(v value.Value) (value.Value, error) {
	b, err := bitsOf(v)
	if err != nil {
		return value.Value{}, err
	}
	for i := 1; i <= b.n; i++ {
		b.set(i, !b.get(i))
	}
	return b.value(), nil
}

// BitResize is the length argument of $BITLOGIC, to be applied to each operand: cut, or filled up with 0.
func BitResize(v value.Value, n int) (value.Value, error) {
	b, err := bitsOf(v)
	if err != nil {
		return value.Value{}, err
	}
	if n < 0 || n > MaxBits {
		return value.Value{}, fault.New("VALUE OUT OF RANGE", "")
	}
	out := bitString{}
	for i := 1; i <= n; i++ {
		out.set(i, b.get(i))
	}
	return out.value(), nil
}

// factor is $FACTOR: the bits of a whole number, lowest first, times ten to the scale, rounded, without its sign.
func factor(a args) (value.Value, error) {
	n := a.value(0).Number()
	if n.Kind() == value.Double {
		if n.Float64() != n.Float64() || n.Float64()*0 != 0 {
			return value.Value{}, nil
		}
		n = n.DecimalOf(17)
	}
	d := apdOf(n)
	d.Exponent += int32(max(-500, min(a.int(1, 0), 500)))
	d.Negative = false
	var whole apd.Decimal
	if _, err := apd.BaseContext.WithPrecision(700).RoundToIntegralValue(&whole, d); err != nil {
		return value.Value{}, errIllegal
	}
	whole.Reduce(&whole)
	big := apd.NewWithBigInt(&whole.Coeff, whole.Exponent)
	if _, err := apd.BaseContext.WithPrecision(700).Quantize(big, big, 0); err != nil {
		return value.Value{}, errIllegal
	}
	b := bitString{}
	for i := big.Coeff.BitLen(); i >= 1; i-- {
		b.set(i, big.Coeff.Bit(i-1) == 1)
	}
	return b.value(), nil
}
