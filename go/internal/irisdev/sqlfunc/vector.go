package sqlfunc

import (
	"math"
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// ParseVector reads a,b,c with or without brackets as a vector of the element type. A length of more than 0 pads with
// zeros or cuts without a word (IRIS docs, "TO_VECTOR"). Bad text is -400.
func ParseVector(s string, e sqltype.Element, length int) (value.Value, error) {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		s = s[1 : len(s)-1]
	}
	v := &value.Vec{Element: e.String()}
	if e == sqltype.ElementString || e == sqltype.ElementTimestamp {
		v.Texts = fit(strings.Split(s, ","), length)
		return value.VectorOf(v), nil
	}
	nums := make([]float64, 0, strings.Count(s, ",")+1)
	for strings.TrimSpace(s) != "" {
		part, rest, more := strings.Cut(s, ",")
		f, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return value.Value{}, sqlerr.New(-400, "Unexpected error occurred: <VECTOR> invalid element '%.30s' in TO_VECTOR", part)
		}
		nums = append(nums, element(f, e))
		if s = rest; more && strings.TrimSpace(s) == "" {
			return value.Value{}, sqlerr.New(-400, "Unexpected error occurred: <VECTOR> empty element in TO_VECTOR")
		}
	}
	v.Nums = fit(nums, length)
	return value.VectorOf(v), nil
}

// element coerces a number to the element type.
func element(f float64, e sqltype.Element) float64 {
	switch e {
	case sqltype.ElementFloat:
		return float64(float32(f))
	case sqltype.ElementInteger:
		return math.Trunc(f)
	}
	return f
}

func fit[T any](list []T, length int) []T {
	if length <= 0 || len(list) == length {
		return list
	}
	if len(list) > length {
		return list[:length]
	}
	return append(list, make([]T, length-len(list))...)
}

// ToVector compiles TO_VECTOR(x, e, length); length is 0 when it was not given.
func ToVector(x Arg, e sqltype.Element, length int) Call {
	t := sqltype.Type{Kind: sqltype.Vector, Element: e, Length: length}
	return Call{Type: t, Run: one(func(v value.Value) (value.Value, error) {
		if v.Kind() == value.Vector {
			if v.Vec().Element == e.String() && (length <= 0 || v.Vec().Len() == length) {
				return v, nil
			}
			return ParseVector(v.Vec().Text(), e, length)
		}
		return ParseVector(v.Text(), e, length)
	})}
}

// vectorFunction compiles VECTOR_COSINE and VECTOR_DOT_PRODUCT: operands of one length and element type, no text.
func vectorFunction(f func(a, b []float64) float64) func(Context, []Arg) (Call, error) {
	return func(_ Context, args []Arg) (Call, error) {
		for _, a := range args {
			if a.Type.Kind != sqltype.Vector && !(a.Literal && a.Constant.IsNull()) {
				return Call{}, sqlerr.New(-400, "Unexpected error occurred: <VECTOR> the operand is not a vector")
			}
		}
		return Call{Type: sqltype.Type{Kind: sqltype.Double}, Run: strict(func(a, b value.Value) (value.Value, error) {
			x, y := a.Vec(), b.Vec()
			if err := operands(x, y); err != nil {
				return value.Value{}, err
			}
			return value.Float(f(x.Nums, y.Nums)), nil
		})}, nil
	}
}

func operands(x, y *value.Vec) error {
	switch {
	case x == nil || y == nil:
		return sqlerr.New(-400, "Unexpected error occurred: <VECTOR> the operand is not a vector")
	case x.Texts != nil || y.Texts != nil:
		return sqlerr.New(-258, "Vector operand has a string type")
	case x.Element != y.Element:
		return sqlerr.New(-259, "Vector operands have different types: %s and %s", x.Element, y.Element)
	case len(x.Nums) != len(y.Nums):
		return sqlerr.New(-257, "Vector operands have different lengths: %d and %d", len(x.Nums), len(y.Nums))
	}
	return nil
}

// dot is the inner product; four sums keep the processor busy.
func dot(a, b []float64) float64 {
	var s0, s1, s2, s3 float64
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}

// cosine is the cosine similarity; with a zero vector it is 0. Each sum is kept in two halves, as in dot.
func cosine(a, b []float64) float64 {
	var ab0, ab1, aa0, aa1, bb0, bb1 float64
	b = b[:len(a)]
	i := 0
	for ; i+2 <= len(a); i += 2 {
		x0, x1, y0, y1 := a[i], a[i+1], b[i], b[i+1]
		ab0 += x0 * y0
		ab1 += x1 * y1
		aa0 += x0 * x0
		aa1 += x1 * x1
		bb0 += y0 * y0
		bb1 += y1 * y1
	}
	if i < len(a) {
		ab0 += a[i] * b[i]
		aa0 += a[i] * a[i]
		bb0 += b[i] * b[i]
	}
	aa, bb := aa0+aa1, bb0+bb1
	if aa == 0 || bb == 0 {
		return 0
	}
	return (ab0 + ab1) / math.Sqrt(aa*bb)
}

// vectorFunctions compare vectors (IRIS docs, "VECTOR_COSINE" and "VECTOR_DOT_PRODUCT").
var vectorFunctions = []Function{
	{Name: "VECTOR_COSINE", Min: 2, Max: 2, Major: 2024, Minor: 1, Compile: vectorFunction(cosine)},
	{Name: "VECTOR_DOT_PRODUCT", Min: 2, Max: 2, Major: 2024, Minor: 1, Compile: vectorFunction(dot)},
}
