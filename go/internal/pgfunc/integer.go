package pgfunc

import (
	"math"
	"math/bits"
	"strconv"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// width is an integer type: its bits, its borders and its name in messages.
type width struct {
	bits     uint
	min, max int64
	name     string
}

var widths = map[string]width{
	"2": {16, math.MinInt16, math.MaxInt16, "smallint"},
	"4": {32, math.MinInt32, math.MaxInt32, "integer"},
	"8": {64, math.MinInt64, math.MaxInt64, "bigint"},
}

func (w width) outOfRange() error {
	return pgerr.New(pgerr.NumericValueOutOfRange, "%s out of range", w.name)
}

// give checks a result that 64 bits did not overflow.
func (w width) give(n int64, ok bool) (iris.Value, error) {
	if !ok || n < w.min || n > w.max {
		return iris.Null(), w.outOfRange()
	}
	return iris.Int(n), nil
}

func divisionByZero() error { return pgerr.New(pgerr.DivisionByZero, "division by zero") }

// integerFamily has the operators of smallint, integer and bigint, also between them (PostgreSQL docs, 9.3).
func integerFamily(t table) {
	for _, pair := range []string{"2", "4", "8", "24", "28", "42", "48", "82", "84"} {
		w := widths[string(max(pair[0], pair[len(pair)-1]))]
		t.strict("int"+pair+"pl", func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, y := intArg(a[0]), intArg(a[1])
			return w.give(x+y, (x^(x+y))&(y^(x+y)) >= 0)
		})
		t.strict("int"+pair+"mi", func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, y := intArg(a[0]), intArg(a[1])
			return w.give(x-y, (x^y)&(x^(x-y)) >= 0)
		})
		t.strict("int"+pair+"mul", func(_ *Context, a []iris.Value) (iris.Value, error) {
			return w.give(multiply(intArg(a[0]), intArg(a[1])))
		})
		t.strict("int"+pair+"div", func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, y := intArg(a[0]), intArg(a[1])
			if y == 0 {
				return iris.Null(), divisionByZero()
			}
			return w.give(x/y, x != math.MinInt64 || y != -1)
		})
	}
	for name, w := range widths {
		integerOwn(t, "int"+name, w)
		integerBits(t, "int"+name, w)
	}
	integerShared(t)
}

// multiply reports ok = false when the product is beyond 64 bits.
func multiply(x, y int64) (int64, bool) {
	hi, lo := bits.Mul64(uint64(abs64(x)), uint64(abs64(y)))
	negative := (x < 0) != (y < 0)
	switch {
	case hi != 0 || lo > 1<<63 || lo == 1<<63 && !negative:
		return 0, false
	case negative:
		return -int64(lo), true
	}
	return int64(lo), true
}

// abs64 wraps at the smallest number, whose bits are its magnitude.
func abs64(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

func integerOwn(t table, prefix string, w width) {
	mod := func(_ *Context, a []iris.Value) (iris.Value, error) {
		x, y := intArg(a[0]), intArg(a[1])
		switch y {
		case 0:
			return iris.Null(), divisionByZero()
		case -1:
			return iris.Int(0), nil
		}
		return iris.Int(x % y), nil
	}
	abs := func(_ *Context, a []iris.Value) (iris.Value, error) {
		x := intArg(a[0])
		return w.give(abs64(x), x != math.MinInt64)
	}
	t.each(mod, prefix+"mod", "mod("+prefix+","+prefix+")")
	t.each(abs, prefix+"abs", "abs("+prefix+")")
	t.strict(prefix+"up", func(_ *Context, a []iris.Value) (iris.Value, error) { return a[0], nil })
	t.strict(prefix+"um", func(_ *Context, a []iris.Value) (iris.Value, error) {
		x := intArg(a[0])
		return w.give(-x, x != math.MinInt64)
	})
	if w.bits == 16 {
		return
	}
	gcd := func(_ *Context, a []iris.Value) (iris.Value, error) {
		g := gcd64(intArg(a[0]), intArg(a[1]))
		return w.give(int64(g), g <= math.MaxInt64)
	}
	t.strict("gcd("+prefix+","+prefix+")", gcd)
	t.strict("lcm("+prefix+","+prefix+")", func(_ *Context, a []iris.Value) (iris.Value, error) {
		x, y := intArg(a[0]), intArg(a[1])
		if x == 0 || y == 0 {
			return iris.Int(0), nil
		}
		hi, lo := bits.Mul64(uint64(abs64(x))/gcd64(x, y), uint64(abs64(y)))
		return w.give(int64(lo), hi == 0 && lo <= math.MaxInt64)
	})
}

func gcd64(x, y int64) uint64 {
	a, b := uint64(abs64(x)), uint64(abs64(y))
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func integerBits(t table, prefix string, w width) {
	two := func(name string, f func(x, y int64) int64) {
		t.strict(prefix+name, func(_ *Context, a []iris.Value) (iris.Value, error) {
			return iris.Int(w.wrap(f(intArg(a[0]), intArg(a[1])))), nil
		})
	}
	// PostgreSQL leaves the shift count to C; processors take it modulo the width, smallint being computed in 32 bits.
	mask := int64(max(w.bits, 32) - 1)
	two("and", func(x, y int64) int64 { return x & y })
	two("or", func(x, y int64) int64 { return x | y })
	two("xor", func(x, y int64) int64 { return x ^ y })
	two("shl", func(x, y int64) int64 { return x << uint(y&mask) })
	two("shr", func(x, y int64) int64 { return x >> uint(y&mask) })
	t.strict(prefix+"not", func(_ *Context, a []iris.Value) (iris.Value, error) { return iris.Int(^intArg(a[0])), nil })
}

// wrap keeps the low bits, signed.
func (w width) wrap(n int64) int64 {
	shift := 64 - w.bits
	return n << shift >> shift
}

func integerShared(t table) {
	t.strict("factorial", factorial)
	t.each(func(c *Context, a []iris.Value) (iris.Value, error) {
		n := uint64(intArg(a[0]))
		if c.Args[0].OID == int4Type.OID {
			n = uint64(uint32(n))
		}
		return textResult(strconv.FormatUint(n, 16))
	}, "to_hex(int8)", "to_hex(int4)")
}
