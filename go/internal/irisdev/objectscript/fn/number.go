package fn

import (
	"math"
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// numberFunctions read, check and write numbers.
var numberFunctions = table{
	"$DECIMAL":       pure(1, 2, decimal),
	"$DOUBLE":        pure(1, 1, double),
	"$FNUMBER":       pure(1, 3, formatNumber),
	"$INUMBER":       pure(2, 3, inumber),
	"$ISVALIDDOUBLE": pure(1, 4, func(a args) (value.Value, error) { return isValid(a, true) }),
	"$ISVALIDNUM":    pure(1, 4, func(a args) (value.Value, error) { return isValid(a, false) }),
	"$NORMALIZE": pure(2, 2, func(a args) (value.Value, error) {
		v, err := scaled(a.value(0).Number(), a.int(1, 0))
		return v, err
	}),
	"$NUMBER": pure(1, 4, number),
	"$RANDOM": pure(1, 1, func(a args) (value.Value, error) {
		n, ok := a.value(0).Integer()
		if !ok || n < 1 || n > 1e17 {
			return value.Value{}, errFunction
		}
		return value.Int(a.env.Random(n)), nil
	}),
}

// decimal is $DECIMAL(number, digits).
func decimal(a args) (value.Value, error) {
	n := a.value(0).Number()
	if n.Kind() == value.Double {
		switch f := n.Float64(); {
		case math.IsNaN(f):
			return value.Value{}, errIllegal
		case math.IsInf(f, 0) || math.Abs(f) > 9.223372036854775807e145:
			return value.Value{}, errMaxNumber
		}
	}
	digits := a.int(1, 19)
	switch {
	case digits < 0 || digits > 38:
		return value.Value{}, errIllegal
	case digits == 0:
		return Str(n.Text()), nil
	case n.Kind() == value.Double:
		return n.DecimalOf(min(digits, 19)), nil
	}
	d := apdOf(n)
	return Round(n, digits-int(d.NumDigits())-int(d.Exponent)), nil
}

// double is $DOUBLE: a number, or one of the texts INF and NAN.
func double(a args) (value.Value, error) {
	v := a.value(0)
	if v.Kind() == value.String {
		switch strings.ToUpper(strings.TrimLeft(v.Raw(), "+-")) {
		case "NAN", "SNAN":
			return value.Float(math.NaN()), nil
		}
	}
	d := v.Double()
	if math.IsInf(d.Float64(), 0) && !infinite(v) {
		return value.Value{}, errMaxNumber
	}
	return d, nil
}

// infinite reports an infinite double, or a text that names one.
func infinite(v value.Value) bool {
	if v.Kind() == value.Double {
		return math.IsInf(v.Float64(), 0)
	}
	s := v.Text()
	return len(s) > 2 && strings.IndexByte("yYfF", s[len(s)-1]) >= 0
}

// scaled rounds for $NORMALIZE and $ISVALIDNUM: to so many decimals, or with -1 cut to a whole number.
func scaled(v value.Value, scale int) (value.Value, error) {
	switch {
	case scale < -1:
		return value.Value{}, errFunction
	case scale == -1:
		return Truncate(v, 0), nil
	}
	return Round(v, scale), nil
}

// isValid is $ISVALIDNUM(number, scale, min, max) and $ISVALIDDOUBLE, which knows INF and NAN as texts too.
func isValid(a args, doubles bool) (value.Value, error) {
	v := a.value(0)
	n, ok := strictNumber(v, doubles)
	if !ok {
		return value.Int(0), nil
	}
	if a.has(1) {
		var err error
		if n, err = scaled(n, a.int(1, 0)); err != nil {
			return value.Value{}, err
		}
	}
	return truth(inRange(n, a, 2, 3))
}

func inRange(n value.Value, a args, least, most int) bool {
	return (!a.has(least) || ordered(n, a.value(least), notLess)) && (!a.has(most) || ordered(n, a.value(most), notGreater))
}

// strictNumber reads a text that is a number from end to end, with at most one sign.
func strictNumber(v value.Value, doubles bool) (value.Value, bool) {
	switch v.Kind() {
	case value.Number, value.Double:
		return v, true
	case value.String:
	default:
		return value.Value{}, false
	}
	s := v.Raw()
	bare := s
	if s != "" && (s[0] == '+' || s[0] == '-') {
		bare = s[1:]
	}
	if bare == "" || bare[0] == '+' || bare[0] == '-' {
		return value.Value{}, false
	}
	switch strings.ToUpper(bare) {
	case "INF", "INFINITY":
		n, _ := value.ParseNumber(s)
		return n, doubles
	case "NAN", "SNAN":
		return value.Float(math.NaN()), doubles
	}
	n, rest := value.ParseNumber(s)
	if rest != 0 || n.Kind() == value.Double && (!doubles || math.IsInf(n.Float64(), 0)) {
		return value.Value{}, false
	}
	return n, true
}

// numberFormat is the second argument of $NUMBER: a decimal separator, a rounding factor and I for whole numbers.
type numberFormat struct {
	point   byte
	rounds  bool
	digits  int
	integer bool
}

func parseNumberFormat(s string) (numberFormat, bool) {
	f := numberFormat{point: '.'}
	pointed := false
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case (c == '.' || c == ',') && !pointed:
			f.point, pointed = c, true
			i++
		case (c == 'I' || c == 'i') && !f.integer:
			f.integer = true
			i++
		case (c == '+' || c == '-' || c >= '0' && c <= '9') && !f.rounds:
			sign := 1
			if c == '-' {
				sign = -1
			}
			if c == '+' || c == '-' {
				i++
			}
			from := i
			for i < len(s) && s[i] >= '0' && s[i] <= '9' {
				f.digits = min(f.digits*10+int(s[i]-'0'), 999)
				i++
			}
			if i == from {
				return f, false
			}
			f.digits *= sign
			f.rounds = true
		default:
			return f, false
		}
	}
	return f, true
}

// number is $NUMBER(number, format, min, max): a number that passes all checks in canonical form, else the empty string.
func number(a args) (value.Value, error) {
	f, ok := parseNumberFormat(a.text(1))
	if !ok {
		return fail("SYNTAX")
	}
	v := a.value(0)
	n := v
	if !isNumber(v) {
		if n, ok = f.read(v.Text()); !ok {
			return value.Value{}, nil
		}
	} else if f.integer && !v.IsInteger() {
		return value.Value{}, nil
	}
	if n.Kind() == value.Double && n.Float64()*0 != 0 {
		return value.Value{}, nil
	}
	if f.rounds {
		n = Round(n, f.digits)
	}
	if !inRange(n, a, 2, 3) {
		return value.Value{}, nil
	}
	return n, nil
}

// read reads a text: group separators and blanks are dropped, one sign in front or behind, or parentheses for negative.
func (f numberFormat) read(s string) (value.Value, bool) {
	group := ","
	if f.point == ',' {
		group = "."
	}
	s = strings.NewReplacer(group, "", " ", "").Replace(s)
	negative := false
	switch {
	case strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")"):
		s, negative = s[1:len(s)-1], true
	case s != "" && (s[0] == '+' || s[0] == '-'):
		negative, s = s[0] == '-', s[1:]
	case s != "" && (s[len(s)-1] == '+' || s[len(s)-1] == '-'):
		negative, s = s[len(s)-1] == '-', s[:len(s)-1]
	}
	if s == "" || s[0] == '+' || s[0] == '-' || f.integer && strings.IndexByte(s, f.point) >= 0 {
		return value.Value{}, false
	}
	if f.point == ',' {
		s = strings.Replace(s, ",", ".", 1)
		if strings.Contains(s, ",") {
			return value.Value{}, false
		}
	}
	n, ok := strictNumber(Str(s), false)
	if !ok || f.integer && strings.ContainsAny(s, "eE") && !n.IsInteger() {
		return value.Value{}, false
	}
	if negative {
		n = value.Negate(n)
	}
	return n, true
}
