package value

import (
	"math"
	"math/big"
)

// Add gives a + b. Decimals are added exactly and rounded to 19 digits; with a double the sum is a double (IRIS docs,
// "Numeric Computing in InterSystems Applications").
func Add(a, b Value) Value {
	a, b = a.Number(), b.Number()
	if a.kind == Double || b.kind == Double {
		return Float(a.Approx() + b.Approx())
	}
	if sum := a.num + b.num; a.exp == b.exp && (sum > a.num) == (b.num > 0) {
		return Decimal(sum, a.exp)
	}
	low, high := a, b
	if low.exp > high.exp {
		low, high = high, low
	}
	gap := int(high.exp) - int(low.exp)
	if high.num == 0 {
		return low
	}
	if gap > 60 {
		return high // the other one is beyond the last of 19 digits
	}
	x := new(big.Int).Mul(big.NewInt(high.num), tens(gap))
	return fromBig(x.Add(x, big.NewInt(low.num)), int(low.exp))
}

// Subtract gives a - b.
func Subtract(a, b Value) Value { return Add(a, Negate(b)) }

// Negate gives -a.
func Negate(a Value) Value {
	a = a.Number()
	switch {
	case a.kind == Double:
		return Float(-a.f)
	case a.num == math.MinInt64:
		return fromBig(new(big.Int).Neg(big.NewInt(a.num)), int(a.exp))
	}
	return Decimal(-a.num, a.exp)
}

// Multiply gives a × b, decimals rounded to 19 digits.
func Multiply(a, b Value) Value {
	a, b = a.Number(), b.Number()
	if a.kind == Double || b.kind == Double {
		return Float(a.Approx() * b.Approx())
	}
	return fromBig(new(big.Int).Mul(big.NewInt(a.num), big.NewInt(b.num)), int(a.exp)+int(b.exp))
}

// Divide gives a ÷ b, decimals rounded to 19 digits; false is a division by zero (<DIVIDE>; SQLCODE -400).
func Divide(a, b Value) (Value, bool) {
	a, b = a.Number(), b.Number()
	if a.kind == Double || b.kind == Double {
		return Float(a.Approx() / b.Approx()), b.Approx() != 0
	}
	if b.num == 0 {
		return Value{}, false
	}
	x := new(big.Int).Mul(big.NewInt(a.num), tens(40)) // at least 21 digits remain
	return fromBig(x.Quo(x, big.NewInt(b.num)), int(a.exp)-int(b.exp)-40), true
}

// IntDivide gives the whole part of a ÷ b, truncated (the operator \).
func IntDivide(a, b Value) (Value, bool) {
	a, b = a.Number(), b.Number()
	if a.kind == Double || b.kind == Double {
		return Float(math.Trunc(a.Approx() / b.Approx())), b.Approx() != 0
	}
	if b.num == 0 {
		return Value{}, false
	}
	x, y := big.NewInt(a.num), big.NewInt(b.num)
	if gap := int(a.exp) - int(b.exp); gap > 0 {
		x.Mul(x, tens(gap))
	} else {
		y.Mul(y, tens(-gap))
	}
	return fromBig(x.Quo(x, y), 0), true
}

func tens(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// fromBig is digits × 10^exp rounded to what a Number holds.
func fromBig(digits *big.Int, exp int) Value {
	if digits.IsInt64() && exp <= 127 && exp >= -128 {
		return Decimal(digits.Int64(), int8(exp))
	}
	d := new(big.Int).Abs(digits).String()
	return digitRun{kept: d, exponent: exp}.number(digits.Sign() < 0, 0)
}
