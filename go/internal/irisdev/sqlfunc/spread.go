package sqlfunc

import (
	"math"
	"math/big"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// spreadKind tells STDDEV, VARIANCE and their *_SAMP and *_POP forms apart. Of a single value, VARIANCE and STDDEV are 0
// while the *_SAMP forms are NULL (IRIS docs, "VARIANCE" and "STDDEV").
type spreadKind struct{ root, sample, zeroForOne bool }

func spread(name string, kind spreadKind) func(a *Arg) (AggregateCall, error) {
	return func(a *Arg) (AggregateCall, error) {
		if numeric(*a).Kind == sqltype.Double {
			return typed(doubleType).call(func() Accumulator { return &floatSpread{kind: kind} }), noStream(name, a)
		}
		start := func() Accumulator { return &decimalSpread{kind: kind, sum: new(big.Rat), squares: new(big.Rat)} }
		return typed(longDecimal).call(start), noStream(name, a)
	}
}

// divisor is what the sum of squared distances is divided by; ok is false when the result is decided without.
func (k spreadKind) divisor(n int64) (d int64, early value.Value, ok bool) {
	switch {
	case n == 0:
		return 0, value.Value{}, false
	case !k.sample:
		return n, value.Value{}, true
	case n > 1:
		return n - 1, value.Value{}, true
	case k.zeroForOne:
		return 0, value.Int(0), false
	}
	return 0, value.Value{}, false
}

// decimalSpread sums exactly and rounds once.
type decimalSpread struct {
	kind         spreadKind
	n            int64
	sum, squares *big.Rat
}

func (s *decimalSpread) Add(v value.Value) error {
	x := rational(v)
	s.n++
	s.sum.Add(s.sum, x)
	s.squares.Add(s.squares, x.Mul(x, x))
	return nil
}

func (s *decimalSpread) Result() (value.Value, error) {
	d, early, ok := s.kind.divisor(s.n)
	if !ok {
		return early, nil
	}
	x := new(big.Rat).Mul(s.sum, s.sum)
	x.Quo(x, new(big.Rat).SetInt64(s.n))
	x.Sub(s.squares, x)
	x.Quo(x, new(big.Rat).SetInt64(d))
	f := new(big.Float).SetPrec(192).SetRat(x)
	if s.kind.root {
		f.Sqrt(f)
	}
	return decimalOf(f), nil
}

// rational is the exact value of a number.
func rational(v value.Value) *big.Rat {
	n := v.Number()
	if n.Kind() == value.Double {
		n = n.Decimal()
		if n.Kind() == value.Double {
			x, _ := new(big.Rat).SetString("0")
			if r := new(big.Rat).SetFloat64(n.Float64()); r != nil {
				x = r
			}
			return x
		}
	}
	m, e := n.Parts()
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(e, -e))), nil)
	x := new(big.Rat).SetInt64(m)
	if e < 0 {
		return x.Quo(x, new(big.Rat).SetInt(scale))
	}
	return x.Mul(x, new(big.Rat).SetInt(scale))
}

// decimalOf rounds to the 19 digits of a decimal, of which at most 17 are behind the point.
func decimalOf(f *big.Float) value.Value {
	n, _ := value.ParseNumber(f.Text('E', 24))
	return round(n, maxScale, false).Normal()
}

// floatSpread is Welford's method over doubles.
type floatSpread struct {
	kind     spreadKind
	n        int64
	mean, m2 float64
}

func (s *floatSpread) Add(v value.Value) error {
	x := v.Approx()
	s.n++
	d := x - s.mean
	s.mean += d / float64(s.n)
	s.m2 += d * (x - s.mean)
	return nil
}

func (s *floatSpread) Result() (value.Value, error) {
	d, early, ok := s.kind.divisor(s.n)
	if !ok {
		return early, nil
	}
	x := s.m2 / float64(d)
	if s.kind.root {
		x = math.Sqrt(x)
	}
	return value.Float(x), nil
}
