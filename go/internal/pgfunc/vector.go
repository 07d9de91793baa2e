package pgfunc

import (
	"cmp"
	"math"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// vectorFamily has pgvector's operators and functions over its type vector: elements are float4, distances float8.
// pgvector sums in float4, in an order that depends on the processor; the sums here are in float8, as IRIS's are, and
// infinite where float4 would be.
func vectorFamily(t table) {
	distances := map[string]func(x, y []float32) float64{
		"l2_distance":                   func(x, y []float32) float64 { return math.Sqrt(squaredDistance(x, y)) },
		"vector_l2_squared_distance":    squaredDistance,
		"inner_product":                 innerProduct,
		"vector_negative_inner_product": func(x, y []float32) float64 { return -innerProduct(x, y) },
		"cosine_distance":               func(x, y []float32) float64 { return 1 - cosine(x, y) },
		"l1_distance":                   taxicab,
		"vector_spherical_distance": func(x, y []float32) float64 {
			return math.Acos(max(-1, min(innerProduct(x, y), 1))) / math.Pi
		},
	}
	for id, f := range distances {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, y, err := vectors(a, true)
			if err != nil {
				return iris.Null(), err
			}
			return iris.Double(f(x, y)), nil
		})
	}
	elementwise(t)
	t.strict("vector_cmp", func(c *Context, a []iris.Value) (iris.Value, error) {
		n, err := byVector(c, a[0], a[1])
		return iris.Int(int64(cmp.Compare(n, 0))), err
	})
	vectorParts(t)
}

// vectors reads two vectors, of one dimension where they must have.
func vectors(a []iris.Value, same bool) (x, y []float32, err error) {
	if x, err = pgtypes.VectorElements(a[0]); err != nil {
		return
	}
	if y, err = pgtypes.VectorElements(a[1]); err != nil {
		return
	}
	if same && len(x) != len(y) {
		err = pgerr.New(pgerr.DataException, "different vector dimensions %d and %d", len(x), len(y))
	}
	return
}

// single makes a sum infinite that float4 cannot hold.
func single(sum float64) float64 {
	if math.Abs(sum) > math.MaxFloat32 {
		return math.Copysign(math.Inf(1), sum)
	}
	return sum
}

func squaredDistance(x, y []float32) float64 {
	sum := 0.0
	for i := range x {
		d := float64(x[i]) - float64(y[i])
		sum += d * d
	}
	return single(sum)
}

func innerProduct(x, y []float32) float64 {
	sum := 0.0
	for i := range x {
		sum += float64(x[i]) * float64(y[i])
	}
	return single(sum)
}

func taxicab(x, y []float32) float64 {
	sum := 0.0
	for i := range x {
		sum += math.Abs(float64(x[i]) - float64(y[i]))
	}
	return single(sum)
}

// cosine keeps the similarity within -1 and 1; of a zero vector it is NaN.
func cosine(x, y []float32) float64 {
	similarity := innerProduct(x, y) / math.Sqrt(innerProduct(x, x)*innerProduct(y, y))
	if similarity > 1 {
		return 1
	}
	if similarity < -1 {
		return -1
	}
	return similarity
}

func vectorRange(name string) error {
	return pgerr.New(pgerr.NumericValueOutOfRange, "value out of range: %s", name)
}

// elementwise has + - * over two vectors; the product of two numbers must not vanish.
func elementwise(t table) {
	for id, f := range map[string]func(x, y float32) float32{
		"vector_add": func(x, y float32) float32 { return x + y },
		"vector_sub": func(x, y float32) float32 { return x - y },
		"vector_mul": func(x, y float32) float32 { return x * y },
	} {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, y, err := vectors(a, true)
			if err != nil {
				return iris.Null(), err
			}
			for i := range x {
				z := f(x[i], y[i])
				switch {
				case math.IsInf(float64(z), 0):
					return iris.Null(), vectorRange("overflow")
				case z == 0 && id == "vector_mul" && x[i] != 0 && y[i] != 0:
					return iris.Null(), vectorRange("underflow")
				}
				x[i] = z
			}
			return pgtypes.VectorValue(pgtypes.Of(pgtypes.Vector), x)
		})
	}
}

// vectorParts has what measures, cuts and joins vectors.
func vectorParts(t table) {
	vector := pgtypes.Of(pgtypes.Vector)
	t.strict("vector_dims", func(_ *Context, a []iris.Value) (iris.Value, error) { return intResult(pgtypes.VectorDims(a[0])) })
	one := func(id string, f func(x []float32) (iris.Value, error)) {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, err := pgtypes.VectorElements(a[0])
			if err != nil {
				return iris.Null(), err
			}
			return f(x)
		})
	}
	one("vector_norm", func(x []float32) (iris.Value, error) { return iris.Double(euclideanNorm(x)), nil })
	one("l2_normalize", func(x []float32) (iris.Value, error) {
		if n := euclideanNorm(x); n > 0 {
			for i := range x {
				x[i] = float32(float64(x[i]) / n)
			}
		}
		return pgtypes.VectorValue(vector, x)
	})
	one("binary_quantize", func(x []float32) (iris.Value, error) {
		out := make([]byte, len(x))
		for i, f := range x {
			out[i] = '0'
			if f > 0 {
				out[i] = '1'
			}
		}
		return iris.TextBytes(out), nil
	})
	t.strict("vector_concat", func(_ *Context, a []iris.Value) (iris.Value, error) {
		x, y, err := vectors(a, false)
		if err != nil {
			return iris.Null(), err
		}
		if len(x)+len(y) > pgtypes.MaxVectorDims {
			return failed(pgerr.ProgramLimitExceeded, "vector cannot have more than %d dimensions", pgtypes.MaxVectorDims)
		}
		return pgtypes.VectorValue(vector, append(x, y...))
	})
	t.strict("subvector", func(_ *Context, a []iris.Value) (iris.Value, error) {
		x, err := pgtypes.VectorElements(a[0])
		if err != nil {
			return iris.Null(), err
		}
		start, count := intArg(a[1]), intArg(a[2])
		end := min(start+count, int64(len(x))+1)
		start = max(start, 1)
		if count < 1 || start > int64(len(x)) || end <= start {
			return failed(pgerr.DataException, "vector must have at least 1 dimension")
		}
		return pgtypes.VectorValue(vector, x[start-1:end-1])
	})
}

func euclideanNorm(x []float32) float64 {
	sum := 0.0
	for _, f := range x {
		sum += float64(f) * float64(f)
	}
	return math.Sqrt(sum)
}
