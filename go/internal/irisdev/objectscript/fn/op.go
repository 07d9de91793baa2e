package fn

import (
	"math"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

// operators are the binary operators that need both operands; && and || are the caller's, who may leave out the second.
var operators = map[string]func(l, r value.Value) (value.Value, error){
	"+":  func(l, r value.Value) (value.Value, error) { return decimalResult(l, r, value.Add(l, r)) },
	"-":  func(l, r value.Value) (value.Value, error) { return decimalResult(l, r, value.Subtract(l, r)) },
	"*":  func(l, r value.Value) (value.Value, error) { return decimalResult(l, r, value.Multiply(l, r)) },
	"/":  divide,
	"\\": intDivide,
	"#":  modulo,
	"**": Power,
	"_":  concat,
	"<":  func(l, r value.Value) (value.Value, error) { return Bool(ordered(l, r, less)), nil },
	">":  func(l, r value.Value) (value.Value, error) { return Bool(ordered(l, r, greater)), nil },
	"<=": func(l, r value.Value) (value.Value, error) { return Bool(ordered(l, r, notGreater)), nil },
	">=": func(l, r value.Value) (value.Value, error) { return Bool(ordered(l, r, notLess)), nil },
	"=":  func(l, r value.Value) (value.Value, error) { return Bool(Equal(l, r)), nil },
	"[":  func(l, r value.Value) (value.Value, error) { return Bool(Contains(l, r)), nil },
	"]": func(l, r value.Value) (value.Value, error) {
		return Bool(value.CompareText(l.Text(), r.Text()) > 0), nil
	},
	"]]": func(l, r value.Value) (value.Value, error) { return Bool(value.Compare(plain(l), plain(r)) > 0), nil },
	"&":  func(l, r value.Value) (value.Value, error) { return Bool(Truth(l) && Truth(r)), nil },
	"!":  func(l, r value.Value) (value.Value, error) { return Bool(Truth(l) || Truth(r)), nil },
}

// Op applies a binary operator: + - * / \ # ** _ < > <= >= = [ ] ]] & ! (IRIS docs, "Operators"). Errors are <DIVIDE>,
// <MAXNUMBER>, <ILLEGAL VALUE>, <MAXSTRING> and <VECTOR>.
func Op(op string, l, r value.Value) (value.Value, error) {
	f, ok := operators[op]
	if !ok {
		return value.Value{}, fault.New("SYNTAX", op)
	}
	if l.Kind() == value.Vector || r.Kind() == value.Vector {
		return value.Value{}, fault.New("VECTOR", "")
	}
	return f(l, r)
}

// Unary applies +, - or ' (IRIS docs, "Unary Positive", "Unary Negative", "Not").
func Unary(op byte, v value.Value) (value.Value, error) {
	if v.Kind() == value.Vector {
		return value.Value{}, fault.New("VECTOR", "")
	}
	switch op {
	case '+':
		n := v.Number()
		if n.Kind() == value.Double && math.IsInf(n.Float64(), 0) && !infinite(v) {
			return value.Value{}, errMaxNumber
		}
		return n, nil
	case '-':
		n := v.Number()
		return decimalResult(n, n, value.Negate(n))
	case '\'':
		return Bool(!Truth(v)), nil
	}
	return value.Value{}, fault.New("SYNTAX", string(op))
}

// Truth is the truth of a value: its numeric value is not 0.
func Truth(v value.Value) bool {
	switch n := v.Number(); n.Kind() {
	case value.Double:
		return n.Float64() != 0
	default:
		m, _ := n.Parts()
		return m != 0
	}
}

// plain gives the empty string the one form it has.
func plain(v value.Value) value.Value {
	if Empty(v) {
		return value.Value{}
	}
	return v
}

func isDouble(v value.Value) bool { return v.Number().Kind() == value.Double }

// decimalResult is <MAXNUMBER> for a result of decimals that only a double could hold; a double that became infinite is
// <MAXNUMBER> too, since that is how processes begin ($SYSTEM.Process.IEEEError).
func decimalResult(l, r, result value.Value) (value.Value, error) {
	if result.Kind() != value.Double {
		return result, nil
	}
	if !isDouble(l) && !isDouble(r) {
		if math.Abs(result.Float64()) < 1 {
			return value.Int(0), nil // too small to be told from 0
		}
		return value.Value{}, errMaxNumber
	}
	if math.IsInf(result.Float64(), 0) && !math.IsInf(l.Approx(), 0) && !math.IsInf(r.Approx(), 0) {
		return value.Value{}, errMaxNumber
	}
	return result, nil
}

func divide(l, r value.Value) (value.Value, error) {
	q, ok := value.Divide(l, r)
	if !ok {
		return value.Value{}, errDivide
	}
	return decimalResult(l, r, q)
}

func intDivide(l, r value.Value) (value.Value, error) {
	q, ok := value.IntDivide(l, r)
	if !ok {
		return value.Value{}, errDivide
	}
	return decimalResult(l, r, q)
}

// modulo is what remains of l less r times the next lower whole quotient: its sign is the divisor's.
func modulo(l, r value.Value) (value.Value, error) {
	q, ok := value.IntDivide(l, r)
	if !ok {
		return value.Value{}, errDivide
	}
	if isDouble(l) || isDouble(r) {
		x, y := l.Approx(), r.Approx()
		m := math.Mod(x, y)
		if m != 0 && (m < 0) != (y < 0) {
			m += y
		}
		return value.Float(m), nil
	}
	rest := value.Subtract(l, value.Multiply(q, r))
	zero := value.Int(0)
	if s := value.CompareNumbers(rest, zero); s != 0 && (s < 0) != (value.CompareNumbers(r, zero) < 0) {
		rest = value.Add(rest, r)
	}
	return rest, nil
}

func concat(l, r value.Value) (value.Value, error) {
	if l.Kind() == value.List && r.Kind() == value.List {
		if len(l.Raw())+len(r.Raw()) > MaxString {
			return value.Value{}, errMaxString
		}
		return value.ListOf(l.Raw() + r.Raw()), nil
	}
	if Empty(l) && r.Kind() == value.List {
		return r, nil
	}
	if Empty(r) && l.Kind() == value.List {
		return l, nil
	}
	return limited(joinUnits(l.Text(), r.Text()))
}

// joinUnits joins two texts; the halves of a surrogate pair that meet become one character.
func joinUnits(a, b string) string {
	if len(a) >= 3 && len(b) >= 3 && a[len(a)-3] == 0xED && a[len(a)-2]&0xF0 == 0xA0 && b[0] == 0xED && b[1]&0xF0 == 0xB0 {
		pair := append(value.Units(a[len(a)-3:]), value.Units(b[:3])...)
		return a[:len(a)-3] + value.FromUnits(pair) + b[3:]
	}
	return a + b
}

func less(c int) bool       { return c < 0 }
func greater(c int) bool    { return c > 0 }
func notGreater(c int) bool { return c <= 0 }
func notLess(c int) bool    { return c >= 0 }

// ordered compares numeric values. Beside a NAN nothing is less, greater or equal.
func ordered(l, r value.Value, is func(int) bool) bool {
	if isNaN(l) || isNaN(r) {
		return false
	}
	return is(value.CompareNumbers(l, r))
}

func isNaN(v value.Value) bool {
	n := v.Number()
	return n.Kind() == value.Double && math.IsNaN(n.Float64())
}

// Equal is the operator =: the same text, letter case counting; of two numbers the same number. A NAN equals nothing.
func Equal(l, r value.Value) bool {
	if l.Kind() == value.Double || r.Kind() == value.Double {
		if isNumber(l) && isNumber(r) {
			return ordered(l, r, func(c int) bool { return c == 0 })
		}
	}
	if l.Kind() == value.List && r.Kind() == value.List {
		return l.Raw() == r.Raw()
	}
	return l.Text() == r.Text()
}

func isNumber(v value.Value) bool { return v.Kind() == value.Number || v.Kind() == value.Double }

// Contains is the operator [: l holds r; every text holds the empty one.
func Contains(l, r value.Value) bool { return strings.Contains(l.Text(), r.Text()) }
