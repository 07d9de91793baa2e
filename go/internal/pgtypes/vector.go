package pgtypes

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// parseVector reads pgvector's text form, [1,2.5,-3]; the canonical form has no brackets, as IRIS's TO_VECTOR takes it.
func parseVector(t Type, text string, _ Style) (iris.Value, error) {
	s := vectorScanner{text: text}
	elements, err := s.elements()
	if err != nil {
		return iris.Null(), err
	}
	return vectorValue(t, elements)
}

// vectorScanner walks over the text with pgvector's own complaints.
type vectorScanner struct {
	text string
	at   int
}

func (s *vectorScanner) syntax() *pgerr.Error {
	return pgerr.New(pgerr.InvalidTextRepresentation, "invalid input syntax for type vector: \"%s\"", s.text)
}

// blanks skips white space and tells the next byte, or 0.
func (s *vectorScanner) blanks() byte {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; c {
		case ' ', '\t', '\n', '\r', '\v', '\f':
			s.at++
		default:
			return c
		}
	}
	return 0
}

func (s *vectorScanner) elements() ([]float32, error) {
	if s.blanks() != '[' {
		return nil, s.syntax().WithDetail("Vector contents must start with \"[\".")
	}
	s.at++
	if s.blanks() == ']' {
		return nil, pgerr.New(pgerr.DataException, "vector must have at least 1 dimension")
	}
	var out []float32
	for {
		if len(out) == MaxVectorDims {
			return nil, tooManyDims()
		}
		f, err := s.element()
		if err != nil {
			return nil, err
		}
		out = append(out, f)
		switch s.blanks() {
		case ',':
			s.at++
		case ']':
			s.at++
			if s.blanks() != 0 {
				return nil, s.syntax().WithDetail("Junk after closing right brace.")
			}
			return out, nil
		default:
			return nil, s.syntax()
		}
	}
}

func tooManyDims() error {
	return pgerr.New(pgerr.ProgramLimitExceeded, "vector cannot have more than %d dimensions", MaxVectorDims)
}

// element reads one number; what is beyond float4 is named as pgvector names it.
func (s *vectorScanner) element() (float32, error) {
	s.blanks()
	start := s.at
	for s.at < len(s.text) && numberByte(s.text[s.at]) {
		s.at++
	}
	word := s.text[start:s.at]
	if f, ok := specialFloat(word); ok {
		return 0, checkElement(float32(f))
	}
	if !isDecimalFloat(word) {
		return 0, s.syntax()
	}
	f, err := strconv.ParseFloat(word, 32)
	if err != nil || math.IsInf(f, 0) {
		return 0, pgRange("\"" + word + "\" is out of range for type vector")
	}
	return float32(f), nil
}

func numberByte(c byte) bool {
	return isDigit(c) || isLetter(c) || c == '.' || c == '-' || c == '+'
}

func checkElement(f float32) error {
	switch {
	case f != f:
		return pgerr.New(pgerr.DataException, "NaN not allowed in vector")
	case math.IsInf(float64(f), 0):
		return pgerr.New(pgerr.DataException, "infinite value not allowed in vector")
	}
	return nil
}

// vectorValue checks the dimensions against vector(n) and makes the canonical form.
func vectorValue(t Type, elements []float32) (iris.Value, error) {
	if t.Mod > 0 && int(t.Mod) != len(elements) {
		return iris.Null(), pgerr.New(pgerr.DataException, "expected %d dimensions, not %d", t.Mod, len(elements))
	}
	out := make([]byte, 0, 12*len(elements))
	for i, f := range elements {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendFloat(out, float64(f), true, 0)
	}
	return iris.TextBytes(out), nil
}

// eachElement calls f with every element of a vector as IRIS delivers it: numbers with commas, with or without brackets.
// The elements of VECTOR(DOUBLE) are rounded to the float4 that pgvector has.
func eachElement(t Type, v iris.Value, f func(float32)) error {
	b := v.Raw()
	if v.Kind() == iris.KindUTF16 {
		b = v.AppendText(nil)
	}
	if n := len(b); n >= 2 && b[0] == '[' && b[n-1] == ']' {
		b = b[1 : n-1]
	}
	for start := 0; start <= len(b); {
		end := start
		for end < len(b) && b[end] != ',' {
			end++
		}
		x, err := strconv.ParseFloat(string(bytes.TrimSpace(b[start:end])), 32)
		if err != nil {
			return badStored(t, v)
		}
		f(float32(x))
		start = end + 1
	}
	return nil
}

// textVector prints as pgvector does: no blanks, the shortest digits that read back as the same float4.
func textVector(dst []byte, t Type, v iris.Value, _ Style) ([]byte, error) {
	mark := len(dst)
	dst = append(dst, '[')
	err := eachElement(t, v, func(f float32) {
		if len(dst) > mark+1 {
			dst = append(dst, ',')
		}
		dst = appendFloat(dst, float64(f), true, 0)
	})
	return append(dst, ']'), err
}

// sendVector writes the number of dimensions, a zero word, and the elements as float4 (pgvector's vector_send).
func sendVector(dst []byte, t Type, v iris.Value) ([]byte, error) {
	start := len(dst)
	dst = append(dst, 0, 0, 0, 0)
	count := 0
	err := eachElement(t, v, func(f float32) {
		dst = binary.BigEndian.AppendUint32(dst, math.Float32bits(f))
		count++
	})
	if err == nil && count > math.MaxInt16 {
		err = tooManyDims()
	}
	binary.BigEndian.PutUint16(dst[start:], uint16(count))
	return dst, err
}

func recvVector(t Type, b []byte) (iris.Value, error) {
	if len(b) < 4 {
		return iris.Null(), badBinary(t)
	}
	n := int(int16(binary.BigEndian.Uint16(b)))
	switch {
	case n < 1:
		return iris.Null(), pgerr.New(pgerr.DataException, "vector must have at least 1 dimension")
	case n > MaxVectorDims:
		return iris.Null(), tooManyDims()
	case len(b) != 4+4*n:
		return iris.Null(), badBinary(t)
	case binary.BigEndian.Uint16(b[2:]) != 0:
		return iris.Null(), pgerr.New(pgerr.DataException, "expected unused to be 0, not %d", int16(binary.BigEndian.Uint16(b[2:])))
	}
	elements := make([]float32, n)
	for i := range elements {
		elements[i] = math.Float32frombits(binary.BigEndian.Uint32(b[4+4*i:]))
		if err := checkElement(elements[i]); err != nil {
			return iris.Null(), err
		}
	}
	return vectorValue(t, elements)
}

// VectorDims counts the dimensions of a canonical vector.
func VectorDims(v iris.Value) int {
	n := 0
	if err := eachElement(Of(Vector), v, func(float32) { n++ }); err != nil {
		return 0
	}
	return n
}
