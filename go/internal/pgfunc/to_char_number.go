package pgfunc

import (
	"math"
	"strconv"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
)

// numberToChar has to_char of numbers. Decimal point and thousands separator are those of the locale "C".
func numberToChar(t table) {
	t.each(func(_ *Context, a []iris.Value) (iris.Value, error) {
		n, err := numberOf(a[0])
		if err != nil {
			return iris.Null(), err
		}
		return printNumber(textArg(a[1]), exactNumeral(n))
	}, "to_char(numeric,text)", "to_char(int4,text)", "to_char(int8,text)")
	for id, digits := range map[string]int{"to_char(float4,text)": 6, "to_char(float8,text)": 15} {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			return printNumber(textArg(a[1]), floatNumeral(floatArg(a[0]), digits))
		})
	}
}

// numeral is a number for printing.
type numeral struct {
	// plain prints it times 10^shift with as many digits behind the point, its sign before it.
	plain func(shift, digits int) string
	// scientific prints it with an exponent; false for what is no number.
	scientific func(digits int) (string, bool)
	// roman is the number rounded; 0 for what has no Roman form, -1 for what is no integer of 32 bits.
	roman int
}

func exactNumeral(n number) numeral {
	out := numeral{
		plain: func(shift, digits int) string {
			switch n.special {
			case 'n':
				return "NaN"
			case '+':
				return "Infinity"
			case '-':
				return "-Infinity"
			}
			x := n
			if shift > 0 {
				x, _ = times(n, number{coef: powerOfTen(shift)})
			}
			return x.round(digits).text()
		},
		scientific: func(digits int) (string, bool) {
			if n.special != 0 {
				return "", false
			}
			return scientific(n, digits), true
		},
	}
	r := n.round(0)
	switch {
	case n.special != 0 || !r.coef.IsInt64() || r.coef.Int64() != int64(int32(r.coef.Int64())):
		out.roman = -1
	case r.coef.Int64() < 4000:
		out.roman = max(int(r.coef.Int64()), 0)
	}
	return out
}

// scientific prints d.ddde±xx, the digits rounded half away from zero; as in PostgreSQL, 9.99 may round to 10.0.
func scientific(n number, digits int) string {
	if n.sign() == 0 {
		return number{coef: n.coef, scale: 0}.round(digits).text() + "e+00"
	}
	text := absolute(n).coef.String()
	exponent := len(text) - n.scale - 1
	mantissa := number{coef: n.coef, scale: len(text) - 1}.round(digits)
	sign := "+"
	if exponent < 0 {
		sign, exponent = "-", -exponent
	}
	e := strconv.Itoa(exponent)
	if len(e) < 2 {
		e = "0" + e
	}
	return mantissa.text() + "e" + sign + e
}

// floatNumeral shows no more digits than the type is sure of.
func floatNumeral(f float64, sure int) numeral {
	word := func() string {
		if math.IsNaN(f) {
			return "NaN"
		}
		return string(pgtypes.AppendFloat(nil, f, false))
	}
	special := math.IsNaN(f) || math.IsInf(f, 0)
	out := numeral{
		plain: func(shift, digits int) string {
			if special {
				return word()
			}
			x := f * math.Pow(10, float64(shift))
			whole := len(strconv.FormatFloat(math.Abs(x), 'f', 0, 64))
			if whole >= sure {
				digits = 0
			} else {
				digits = min(digits, sure-whole)
			}
			return strconv.FormatFloat(x, 'f', digits, 64)
		},
		scientific: func(digits int) (string, bool) { return strconv.FormatFloat(f, 'e', digits, 64), !special },
	}
	if r := math.RoundToEven(f); r >= 0 && r < 4000 {
		out.roman = int(r)
	}
	return out
}

func printNumber(template string, x numeral) (iris.Value, error) {
	t, err := parseNumberTemplate(template)
	if err != nil {
		return iris.Null(), err
	}
	switch {
	case template == "":
		return textResult("")
	case t.sci:
		return textResult(t.printScientific(x))
	case t.roman && x.roman < 0:
		return iris.Null(), widths["4"].outOfRange()
	case t.roman:
		return textResult(t.printRoman(x.roman))
	}
	text := x.plain(t.multi, t.post)
	pre := t.pre + t.multi
	p := numberPrinter{t: t, sign: '+'}
	if strings.HasPrefix(text, "-") {
		p.sign, text = '-', text[1:]
	}
	whole := strings.IndexByte(text, '.')
	if whole < 0 {
		whole = len(text)
	}
	switch {
	case whole < pre:
		p.spaces = pre - whole
	case whole > pre:
		text = strings.Repeat("#", pre) + "." + strings.Repeat("#", t.post)
	}
	p.number = text
	out, err := p.run(pre)
	return iris.Text(out), err
}

func (t *numberTemplate) printScientific(x numeral) string {
	text, ok := x.scientific(t.post)
	if !ok {
		return " " + strings.Repeat("#", t.pre) + "." + strings.Repeat("#", t.post+4)
	}
	if strings.HasPrefix(text, "-") {
		return text
	}
	return " " + text
}

var romanDigits = []struct {
	value int
	text  string
}{
	{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"},
	{5, "V"}, {4, "IV"}, {1, "I"},
}

// printRoman fills to 15 characters; beyond 1 to 3999 there is no Roman number.
func (t *numberTemplate) printRoman(n int) string {
	var roman strings.Builder
	for _, d := range romanDigits {
		for ; n >= d.value; n -= d.value {
			roman.WriteString(d.text)
		}
	}
	text := roman.String()
	if text == "" {
		text = strings.Repeat("#", 15)
	}
	var out strings.Builder
	for _, n := range t.nodes {
		switch {
		case n.pattern == "":
			out.WriteString(n.text)
			continue
		case strings.ToUpper(n.pattern) != "RN":
			continue
		case n.pattern == "rn":
			text = strings.ToLower(text)
		}
		if !t.fill {
			out.WriteString(strings.Repeat(" ", max(0, 15-len(text))))
		}
		out.WriteString(text)
	}
	return out.String()
}
