package value

import (
	"strconv"
	"strings"
)

// Len is the number of elements.
func (v *Vec) Len() int {
	if v == nil {
		return 0
	}
	return len(v.Nums) + len(v.Texts)
}

// Text writes the elements between commas without brackets, as the drivers get a VECTOR column (IRIS docs, "TO_VECTOR").
func (v *Vec) Text() string {
	if v == nil {
		return ""
	}
	if v.Texts != nil {
		return strings.Join(v.Texts, ",")
	}
	buf := make([]byte, 0, 12*len(v.Nums))
	for i, f := range v.Nums {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = v.appendNumber(buf, f)
	}
	return string(buf)
}

// LooseText writes the elements as people do, in brackets, with blanks, a zero before the point and exponents: another form in
// which a VECTOR may be read.
func (v *Vec) LooseText() string {
	if v == nil {
		return ""
	}
	if v.Texts != nil {
		return "[" + strings.Join(v.Texts, ", ") + "]"
	}
	buf := make([]byte, 0, 12*len(v.Nums)+2)
	buf = append(buf, '[')
	for i, f := range v.Nums {
		if i > 0 {
			buf = append(buf, ", "...)
		}
		bits := 64
		if v.Element == "FLOAT" {
			bits = 32
		}
		switch form := strconv.FormatFloat(f, 'g', -1, bits); {
		case strings.Contains(form, "e"):
			buf = append(buf, strings.ToUpper(form)...)
		case strings.Contains(form, "."):
			buf = append(append(buf, form...), '0')
		default:
			buf = append(append(buf, form...), ".0"...)
		}
	}
	return string(append(buf, ']'))
}

// appendNumber writes one element: canonical, in the fewest digits that give the same element again.
func (v *Vec) appendNumber(buf []byte, f float64) []byte {
	if f == float64(int32(f)) {
		return strconv.AppendInt(buf, int64(f), 10)
	}
	if v.Element == "FLOAT" {
		if g, err := strconv.ParseFloat(strconv.FormatFloat(f, 'e', -1, 32), 64); err == nil {
			f = g
		}
	}
	return append(buf, Float(f).ShortText()...)
}
