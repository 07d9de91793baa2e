package pgtypes

import (
	"bytes"
	"encoding/binary"

	"iris-pgwire/internal/iris"
)

// Sign words of numeric's binary form (PostgreSQL's numeric.c: NUMERIC_POS and its neighbours).
const (
	numericPos    = 0x0000
	numericNeg    = 0x4000
	numericNaN    = 0xC000
	numericPosInf = 0xD000
	numericNegInf = 0xF000
)

// infScale is the display scale that PostgreSQL 14 to 17 send with an infinity.
const infScale = 0x20

// sendNumeric writes ndigits, weight, sign, dscale and then digits in base 10,000.
func sendNumeric(dst []byte, t Type, v iris.Value) ([]byte, error) {
	var buf [64]byte
	text, err := textNumeric(buf[:0], t, v, Style{})
	if err != nil {
		return dst, err
	}
	switch string(text) {
	case "NaN":
		return appendNumericHead(dst, 0, 0, numericNaN, 0), nil
	case "Infinity":
		return appendNumericHead(dst, 0, 0, numericPosInf, infScale), nil
	case "-Infinity":
		return appendNumericHead(dst, 0, 0, numericNegInf, infScale), nil
	}
	sign := numericPos
	if text[0] == '-' {
		sign, text = numericNeg, text[1:]
	}
	whole, fraction := text, []byte(nil)
	if point := bytes.IndexByte(text, '.'); point >= 0 {
		whole, fraction = text[:point], text[point+1:]
	}
	start := len(dst)
	dst = appendNumericHead(dst, 0, 0, sign, len(fraction))
	return finishNumeric(dst, start, whole, fraction), nil
}

func appendNumericHead(dst []byte, n, weight, sign, scale int) []byte {
	for _, word := range [4]int{n, weight, sign, scale} {
		dst = binary.BigEndian.AppendUint16(dst, uint16(word))
	}
	return dst
}

// finishNumeric appends the groups of four digits, without the zero groups at both ends, and fills the header in.
func finishNumeric(dst []byte, start int, whole, fraction []byte) []byte {
	weight := (len(whole)+3)/4 - 1
	first := -(weight + 1) * 4 // position of the first digit relative to the point
	last := (len(fraction) + 3) / 4 * 4
	body := len(dst)
	end := body
	for pos := first; pos < last; pos += 4 {
		group := 0
		for i := pos; i < pos+4; i++ {
			group = group*10 + digitAt(whole, fraction, i)
		}
		if group == 0 && len(dst) == body {
			weight--
			continue
		}
		dst = binary.BigEndian.AppendUint16(dst, uint16(group))
		if group != 0 {
			end = len(dst)
		}
	}
	dst = dst[:end]
	n := (end - body) / 2
	if n == 0 {
		weight = 0
	}
	binary.BigEndian.PutUint16(dst[start:], uint16(n))
	binary.BigEndian.PutUint16(dst[start+2:], uint16(weight))
	if n == 0 {
		binary.BigEndian.PutUint16(dst[start+4:], numericPos)
	}
	return dst
}

// digitAt gives the digit at a position: 0 is the first behind the point, -1 the last before it.
func digitAt(whole, fraction []byte, pos int) int {
	if pos >= 0 {
		if pos < len(fraction) {
			return int(fraction[pos] - '0')
		}
		return 0
	}
	if at := len(whole) + pos; at >= 0 {
		return int(whole[at] - '0')
	}
	return 0
}

func recvNumeric(t Type, b []byte) (iris.Value, error) {
	if len(b) < 8 {
		return iris.Null(), badBinary(t)
	}
	n := int(binary.BigEndian.Uint16(b))
	weight := int(int16(binary.BigEndian.Uint16(b[2:])))
	sign := binary.BigEndian.Uint16(b[4:])
	scale := int(binary.BigEndian.Uint16(b[6:]))
	if len(b) != 8+2*n || scale > maxNumericScale {
		return iris.Null(), badBinary(t)
	}
	d := digits{neg: sign == numericNeg, scale: scale}
	switch sign {
	case numericPos, numericNeg:
	case numericNaN:
		d.special = "NaN"
	case numericPosInf:
		d.special = "Infinity"
	case numericNegInf:
		d.special = "-Infinity"
	default:
		return iris.Null(), badBinary(t)
	}
	if d.special == "" {
		if err := d.readGroups(b[8:], weight); err != nil {
			return iris.Null(), err
		}
	}
	if err := d.applyMod(t); err != nil {
		return iris.Null(), err
	}
	return d.value(), nil
}

// readGroups fills coef from base-10,000 groups; digits behind the display scale are cut, as numeric_recv does.
func (d *digits) readGroups(b []byte, weight int) error {
	if weight*4 > maxNumericWhole {
		return overflow()
	}
	scale := (len(b)/2 - weight - 1) * 4 // digits behind the point that the groups give
	if len(b) == 0 {
		scale = 0
	}
	for ; len(b) > 0; b = b[2:] {
		group := binary.BigEndian.Uint16(b)
		if group > 9999 {
			return badBinary(Of(Numeric))
		}
		d.coef = append(d.coef, byte('0'+group/1000), byte('0'+group/100%10), byte('0'+group/10%10), byte('0'+group%10))
	}
	want := d.scale
	d.scale = scale
	if drop := scale - want; drop > 0 {
		d.coef = d.coef[:max(0, len(d.coef)-drop)]
	} else {
		d.coef = append(d.coef, bytes.Repeat([]byte{'0'}, -drop)...)
	}
	d.scale = want
	return d.normalise()
}
