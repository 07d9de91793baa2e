package pgfunc

import (
	"math/big"
	"testing"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
)

// A pattern is refused, wrong, or one that Go's engine takes: the translation itself makes no mistake of syntax.
func FuzzRegularExpressionsAreTranslatedOrRefused(f *testing.F) {
	for _, p := range []string{`a(b|c)*d`, `[^]a-z\d]+?`, `\y\w{2,3}\y`, `***=a.b`, `(?i)x`, `\u00e9\x41`, `[[:alpha:]_]`, `a{2}{3}`, `\`, `(?`, `[`} {
		f.Add(p, "some text")
	}
	f.Fuzz(func(t *testing.T, pattern, s string) {
		if len(pattern) > 60 || !utf8.ValidString(pattern) || !utf8.ValidString(s) {
			return
		}
		p, err := compilePattern(pattern, regexFlags{dotNewline: true})
		if err != nil {
			return
		}
		if _, err := p.matches(s, 0, -1); err == nil && !p.context {
			p.re.MatchString(s)
		}
	})
}

// Whatever the template, text or number is answered or refused.
func FuzzTemplatesAnswerOrRefuse(f *testing.F) {
	f.Add("FM999,990.00PR", "-12.5", "YYYY-MM-DD HH24:MI:SS.US TZH", "2024-02-29 12:00:00.5 +02")
	f.Add("9.99EEEE", "0.001", "Day, FMDDth \"of\" Month", "x")
	f.Add("S099V9", "7", "IYYY-IW-ID J RM", "2024-09-4")
	f.Fuzz(func(t *testing.T, numbers, number, dates, date string) {
		if n, err := numberOf(iris.Text(number)); err == nil && len(number) < 40 {
			_, _ = printNumber(numbers, exactNumeral(n))
			_, _ = printMoment(momentAt(n.coef.Int64()%1e17), dates)
		}
		_, _ = toNumber(nil, []iris.Value{iris.Text(number), iris.Text(numbers)})
		_, _ = readMoment(date, dates)
	})
}

// Small numbers take a short way, which must lead to the same place.
func FuzzSmallNumbersAddAndMultiplyAsBigOnesDo(f *testing.F) {
	f.Add(int64(125), int64(-3), uint8(2), uint8(2))
	f.Add(int64(1)<<62, int64(1)<<62, uint8(0), uint8(0))
	f.Add(int64(-1)<<63, int64(-1), uint8(0), uint8(5))
	f.Fuzz(func(t *testing.T, x, y int64, xScale, yScale uint8) {
		a, b := iris.Decimal(x, -int8(xScale%60)), iris.Decimal(y, -int8(yScale%60))
		check := func(name string, fast iris.Value, ok bool, slow func(x, y number) (number, error)) {
			want, err := numbers([]iris.Value{a, b}, slow)
			if ok && (err != nil || fast.String() != want.String() || fast.Exponent() != want.Exponent()) {
				t.Errorf("%s %s %s: %s, want %s", a, name, b, fast, want)
			}
		}
		sum, ok := addDecimals(a, b, false)
		check("+", sum, ok, add)
		difference, ok := addDecimals(a, b, true)
		check("-", difference, ok, func(x, y number) (number, error) { return add(x, negate(y)) })
		product, ok := multiplyDecimals(a, b)
		check("*", product, ok, times)
	})
}

func TestProductsBeyond64BitsAreNoticed(t *testing.T) {
	for _, x := range []int64{0, 1, -1, 3, -7, 1 << 31, -1 << 31, 1 << 32, 1<<63 - 1, -1 << 63} {
		for _, y := range []int64{0, 1, -1, 2, -2, 1 << 31, 1 << 32, -1 << 32, 1<<63 - 1, -1 << 63} {
			want := new(big.Int).Mul(big.NewInt(x), big.NewInt(y))
			got, ok := multiply(x, y)
			if ok != want.IsInt64() || ok && got != want.Int64() {
				t.Errorf("%d * %d: %d %v, want %s", x, y, got, ok, want)
			}
		}
	}
}
