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
