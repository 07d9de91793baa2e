package value

import (
	"encoding/binary"
	"fmt"
	"math"
)

// IRIS doesn't publish how a $VECTOR lies in a $LIST, and no driver reads one. Ours has the length and name of the element
// type, then eight bytes a number, or length and bytes of each text. It never leaves the store.

func (v *Vec) encode() []byte {
	buf := make([]byte, 0, 2+len(v.Element)+8*len(v.Nums))
	buf = append(append(buf, byte(len(v.Element))), v.Element...)
	if v.Texts == nil {
		buf = append(buf, 'n')
		for _, f := range v.Nums {
			buf = binary.LittleEndian.AppendUint64(buf, math.Float64bits(f))
		}
		return buf
	}
	buf = append(buf, 't')
	for _, t := range v.Texts {
		buf = append(binary.AppendUvarint(buf, uint64(len(t))), t...)
	}
	return buf
}

func decodeVec(b []byte) (Value, error) {
	if len(b) < 2 || len(b) < 2+int(b[0]) {
		return Value{}, fmt.Errorf("%w: a vector without type", ErrList)
	}
	n := int(b[0])
	v := &Vec{Element: string(b[1 : 1+n])}
	form, b := b[1+n], b[2+n:]
	switch form {
	case 'n':
		if len(b)%8 != 0 {
			return Value{}, fmt.Errorf("%w: half a vector element", ErrList)
		}
		v.Nums = make([]float64, len(b)/8)
		for i := range v.Nums {
			v.Nums[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
		}
		return VectorOf(v), nil
	case 't':
		v.Texts = []string{}
		for len(b) > 0 {
			size, used := binary.Uvarint(b)
			if used <= 0 || size > uint64(len(b)-used) {
				return Value{}, fmt.Errorf("%w: cut in a vector element", ErrList)
			}
			v.Texts = append(v.Texts, string(b[used:used+int(size)]))
			b = b[used+int(size):]
		}
		return VectorOf(v), nil
	}
	return Value{}, fmt.Errorf("%w: a vector of form %q", ErrList, form)
}
