package pgfunc

import (
	"math"
	"math/big"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// Limits of numeric (PostgreSQL's numeric.h): digits before and behind the point, the digits behind it that computed
// results show at most, and the significant digits that a quotient or a logarithm has at least.
const (
	maxWholeDigits  = 131072
	maxScale        = 16383
	maxDisplayScale = 1000
	minSigDigits    = 16
	groupDigits     = 4 // PostgreSQL computes in base 10,000, which shows in the scale of quotients
)

// number is a numeric: coef × 10^-scale, or one of the three that are no number.
type number struct {
	coef    *big.Int
	scale   int
	special byte // 0, 'n' NaN, '+' and '-' the infinities
}

var (
	nan         = number{special: 'n', coef: new(big.Int)}
	plusInf     = number{special: '+', coef: new(big.Int)}
	minusInf    = number{special: '-', coef: new(big.Int)}
	bigOne      = big.NewInt(1)
	bigTen      = big.NewInt(10)
	smallPowers = makePowers()
)

func makePowers() [64]*big.Int {
	var out [64]*big.Int
	out[0] = big.NewInt(1)
	for i := 1; i < len(out); i++ {
		out[i] = new(big.Int).Mul(out[i-1], bigTen)
	}
	return out
}

// powerOfTen is not to be changed by the caller.
func powerOfTen(n int) *big.Int {
	if n < len(smallPowers) {
		return smallPowers[n]
	}
	return new(big.Int).Exp(bigTen, big.NewInt(int64(n)), nil)
}

func wholeNumber(n int64) number { return number{coef: big.NewInt(n)} }

// numberOf reads a canonical numeric or integer.
func numberOf(v iris.Value) (number, error) {
	switch v.Kind() {
	case iris.KindInt:
		return wholeNumber(v.Mantissa()), nil
	case iris.KindDecimal:
		n := number{coef: big.NewInt(v.Mantissa()), scale: -int(v.Exponent())}
		if n.scale < 0 {
			n.coef.Mul(n.coef, powerOfTen(-n.scale))
			n.scale = 0
		}
		return n, nil
	}
	text := v.String()
	switch text {
	case "NaN":
		return nan, nil
	case "Infinity":
		return plusInf, nil
	case "-Infinity":
		return minusInf, nil
	}
	whole, fraction, _ := strings.Cut(text, ".")
	coef, ok := new(big.Int).SetString(whole+fraction, 10)
	if !ok {
		// Another form of text, such as 1E5, which pgtypes reads.
		canonical, err := pgtypes.ParseText(pgtypes.Of(pgtypes.Numeric), text)
		if err != nil || canonical.String() == text {
			return nan, pgerr.New(pgerr.InvalidTextRepresentation, "invalid input syntax for type numeric: \"%s\"", text)
		}
		return numberOf(canonical)
	}
	return number{coef: coef, scale: len(fraction)}, nil
}

func numericOverflow() error {
	return pgerr.New(pgerr.NumericValueOutOfRange, "value overflows numeric format")
}

// value gives the canonical form; 22003 beyond numeric's limits.
func (n number) value() (iris.Value, error) {
	switch n.special {
	case 'n':
		return iris.Text("NaN"), nil
	case '+':
		return iris.Text("Infinity"), nil
	case '-':
		return iris.Text("-Infinity"), nil
	}
	if n.coef.IsInt64() && n.scale <= 127 {
		return iris.Decimal(n.coef.Int64(), int8(-n.scale)), nil
	}
	text := n.text()
	if len(text)-n.scale > maxWholeDigits+2 || n.scale > maxScale {
		return iris.Null(), numericOverflow()
	}
	return pgtypes.ParseText(pgtypes.Of(pgtypes.Numeric), text)
}

// text prints the digits with the point.
func (n number) text() string {
	digits := new(big.Int).Abs(n.coef).String()
	if len(digits) <= n.scale {
		digits = strings.Repeat("0", n.scale-len(digits)+1) + digits
	}
	if n.scale > 0 {
		digits = digits[:len(digits)-n.scale] + "." + digits[len(digits)-n.scale:]
	}
	if n.coef.Sign() < 0 {
		return "-" + digits
	}
	return digits
}

// sign is -1, 0 or 1; NaN has the sign 0.
func (n number) sign() int {
	switch n.special {
	case '+':
		return 1
	case '-':
		return -1
	}
	return n.coef.Sign()
}

// scaledTo gives the coefficient with at least the scale it has.
func (n number) scaledTo(scale int) *big.Int {
	if scale == n.scale {
		return n.coef
	}
	return new(big.Int).Mul(n.coef, powerOfTen(scale-n.scale))
}

func aligned(a, b number) (x, y *big.Int, scale int) {
	scale = max(a.scale, b.scale)
	return a.scaledTo(scale), b.scaledTo(scale), scale
}

// compare orders numbers, NaN behind everything (PostgreSQL docs, "Arbitrary Precision Numbers").
func (n number) compare(m number) int {
	if n.special != 0 || m.special != 0 {
		return rank(n) - rank(m)
	}
	x, y, _ := aligned(n, m)
	return x.Cmp(y)
}

func rank(n number) int {
	switch n.special {
	case 'n':
		return 2
	case '+':
		return 1
	case '-':
		return -1
	}
	return 0
}

// round brings the number to a scale, halves away from zero; a negative scale rounds before the point.
func (n number) round(scale int) number { return n.reduce(scale, true) }

// trunc cuts to a scale.
func (n number) trunc(scale int) number { return n.reduce(scale, false) }

func (n number) reduce(scale int, nearest bool) number {
	if n.special != 0 {
		return n
	}
	if scale >= n.scale {
		return number{coef: n.scaledTo(scale), scale: scale}
	}
	divisor := powerOfTen(n.scale - scale)
	q, r := new(big.Int).QuoRem(n.coef, divisor, new(big.Int))
	if nearest && r.Lsh(r.Abs(r), 1).Cmp(divisor) >= 0 {
		if n.coef.Sign() < 0 {
			q.Sub(q, bigOne)
		} else {
			q.Add(q, bigOne)
		}
	}
	if scale < 0 {
		return number{coef: q.Mul(q, powerOfTen(-scale))}
	}
	return number{coef: q, scale: scale}
}

// groups gives the weight and the first base-10,000 digit as PostgreSQL stores them, and up to count digits in all.
func (n number) groups(count int) (weight int, digits []int64) {
	if n.coef.Sign() == 0 {
		return 0, nil
	}
	text := new(big.Int).Abs(n.coef).String()
	exponent := len(text) - n.scale - 1 // power of ten of the first digit
	weight = floorDiv(exponent, groupDigits)
	at := exponent - weight*groupDigits - (groupDigits - 1) // ≤ 0: leading zeros of the first group
	for ; len(digits) < count && at < len(text); at += groupDigits {
		group := int64(0)
		for i := at; i < at+groupDigits; i++ {
			group *= 10
			if i >= 0 && i < len(text) {
				group += int64(text[i] - '0')
			}
		}
		digits = append(digits, group)
	}
	return weight, digits
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// float is the nearest double, infinite when it is beyond.
func (n number) float() float64 {
	switch n.special {
	case 'n':
		return math.NaN()
	case '+':
		return math.Inf(1)
	case '-':
		return math.Inf(-1)
	}
	f, _, err := big.ParseFloat(n.text(), 10, 64, big.ToNearestEven)
	if err != nil {
		return math.NaN()
	}
	out, _ := f.Float64()
	return out
}
