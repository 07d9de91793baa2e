package value

import "math/bits"

// CompareNumbers orders the numeric values of a and b. Two decimals are compared exactly; a decimal beside a double is
// compared as a double. NaN equals itself and comes after everything.
func CompareNumbers(a, b Value) int {
	a, b = a.Number(), b.Number()
	if a.kind == Double || b.kind == Double {
		return compareFloats(a.Approx(), b.Approx())
	}
	if a.exp == b.exp {
		return compareInts(a.num, b.num)
	}
	sa, sb := signOf(a.num), signOf(b.num)
	if sa != sb {
		return sa - sb
	}
	if sa == 0 {
		return 0
	}
	return sa * compareMagnitudes(magnitude(a.num), int(a.exp), magnitude(b.num), int(b.exp))
}

// compareMagnitudes compares m × 10^e with n × 10^f; neither mantissa is 0.
func compareMagnitudes(m uint64, e int, n uint64, f int) int {
	if e < f {
		return -compareMagnitudes(n, f, m, e)
	}
	if e-f > 19 {
		return 1 // m ≥ 1, n < 10^19
	}
	hi, lo := bits.Mul64(m, pow10[e-f])
	switch {
	case hi > 0 || lo > n:
		return 1
	case lo < n:
		return -1
	}
	return 0
}

// Compare orders two values as subscripts are ordered in the IRIS standard collation: NULL, then canonical numbers by
// value, then texts by character (IRIS docs, "Formatting Global Subscripts"; "Collation").
func Compare(a, b Value) int {
	a, b = subscript(a), subscript(b)
	ra, rb := rank(a), rank(b)
	switch {
	case ra != rb:
		return ra - rb
	case ra == 1:
		return CompareNumbers(a, b)
	case ra == 2:
		return CompareText(a.s, b.s)
	}
	return 0
}

// Equal reports whether two values are the same text, which is ObjectScript's equality: 1.0 equals 1, "1.0" does not.
// NULL equals NULL here.
func Equal(a, b Value) bool {
	if a.kind == Null || b.kind == Null {
		return a.kind == b.kind
	}
	if a.kind == String && b.kind == String {
		return a.s == b.s
	}
	return a.Text() == b.Text()
}

// subscript is the form of a value that the collation looks at.
func subscript(v Value) Value {
	switch v.kind {
	case String:
		if n, ok := CanonicalNumber(v.s); ok {
			return n
		}
	case List, Vector:
		return Text(v.Text())
	}
	return v
}

func rank(v Value) int {
	switch v.kind {
	case Null:
		return 0
	case Number, Double:
		return 1
	}
	return 2
}

func compareFloats(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	case a == b:
		return 0
	case a == a: // b is NaN
		return -1
	case b == b:
		return 1
	}
	return 0
}

func compareInts(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func signOf(i int64) int { return compareInts(i, 0) }
