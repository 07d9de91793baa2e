package irissql

import "iris-pgwire/internal/sql/analyze"

// numberForms are the functions on numbers. The sign of a double's zero is not documented, so that what changes signs is
// lenient. ROUND rounds half away from zero, as numeric does (IRIS docs, "ROUND");
// TRUNCATE, LOG, EXP and the trigonometric functions exist as {fn …} only.
var numberForms = map[string]callForm{
	"abs(int2)": {template: "ABS(@)", exact: lenient}, "abs(int4)": {template: "ABS(@)", exact: lenient}, "abs(int8)": {template: "ABS(@)", exact: lenient},
	"abs(numeric)": {template: "ABS(@)"}, "abs(float8)": {print: floatAbs, exact: lenient}, "abs(float4)": {print: floatAbs, exact: lenient},
	"int2abs": {template: "ABS(@)", exact: lenient}, "int4abs": {template: "ABS(@)", exact: lenient}, "int8abs": {template: "ABS(@)", exact: lenient},
	"numeric_abs": {template: "ABS(@)"}, "float8abs": {print: floatAbs, exact: lenient}, "float4abs": {print: floatAbs, exact: lenient},
	"int2um": {template: "(- @)", exact: lenient}, "int4um": {template: "(- @)", exact: lenient},
	"int8um": {template: "(- @)", exact: lenient}, "numeric_uminus": {template: "(- @)"},
	"float8um": {template: "(- @)", exact: lenient}, "float4um": {template: "(- @)", exact: lenient},
	"int2up": {template: "@"}, "int4up": {template: "@"}, "int8up": {template: "@"},
	"numeric_uplus": {template: "@"}, "float8up": {template: "@"}, "float4up": {template: "@"},

	"mod(int2,int2)": {template: modulo, args: modArgs, exact: lenient},
	"mod(int4,int4)": {template: modulo, args: modArgs, exact: lenient},
	"mod(int8,int8)": {template: modulo, args: modArgs, exact: lenient},
	"int2mod":        {template: modulo, args: modArgs, exact: lenient},
	"int4mod":        {template: modulo, args: modArgs, exact: lenient},
	"int8mod":        {template: modulo, args: modArgs, exact: lenient},

	"numeric_add": {template: "(@ + @)", exact: lenient}, "numeric_sub": {template: "(@ - @)", exact: lenient},
	"numeric_mul": {template: "(@ * @)", exact: lenient}, "numeric_div": {template: "(@ / @)", exact: approx},
	"numeric_mod":          {template: modulo, args: modArgs, exact: lenient},
	"mod(numeric,numeric)": {template: modulo, args: modArgs, exact: lenient},
	"div":                  {template: `(@ \ @)`, exact: lenient},
	"numeric_power":        {template: "POWER(@, @)", exact: approx},

	"round(numeric)": {template: "ROUND(@, 0)"}, "round(numeric,int4)": {template: "ROUND(@, @)"},
	"trunc(numeric)": {template: "{fn TRUNCATE(@, 0)}"}, "trunc(numeric,int4)": {template: "{fn TRUNCATE(@, @)}"},
	"ceil(numeric)": {template: "CEILING(@)"}, "ceiling(numeric)": {template: "CEILING(@)"},
	"floor(numeric)": {template: "FLOOR(@)"}, "sign(numeric)": {template: "SIGN(@)"},
	"ceil(float8)": {template: "CEILING(@)", exact: lenient}, "ceiling(float8)": {template: "CEILING(@)", exact: lenient},
	"floor(float8)": {template: "FLOOR(@)", exact: lenient}, "sign(float8)": {template: "SIGN(@)", exact: lenient},

	"sqrt(float8)": {template: "SQRT(@)", exact: approx}, "dsqrt": {template: "SQRT(@)", exact: approx},
	"sqrt(numeric)": {template: "SQRT(@)", exact: approx}, "dpow": {template: "POWER(@, @)", exact: approx},
	"power(float8,float8)": {template: "POWER(@, @)", exact: approx}, "pow(float8,float8)": {template: "POWER(@, @)", exact: approx},
	"power(numeric,numeric)": {template: "POWER(@, @)", exact: approx}, "pow(numeric,numeric)": {template: "POWER(@, @)", exact: approx},
	"exp(float8)": {template: "{fn EXP(@)}", exact: approx}, "exp(numeric)": {template: "{fn EXP(@)}", exact: approx},
	"ln(float8)": {template: "{fn LOG(@)}", exact: approx}, "ln(numeric)": {template: "{fn LOG(@)}", exact: approx},
	"log(float8)": {template: "{fn LOG10(@)}", exact: approx}, "log(numeric)": {template: "{fn LOG10(@)}", exact: approx},
	"log10(float8)": {template: "{fn LOG10(@)}", exact: approx}, "log10(numeric)": {template: "{fn LOG10(@)}", exact: approx},
	"sin": {template: "{fn SIN(@)}", exact: approx}, "cos": {template: "{fn COS(@)}", exact: approx},
	"tan": {template: "{fn TAN(@)}", exact: approx}, "cot": {template: "{fn COT(@)}", exact: approx},
	"asin": {template: "{fn ASIN(@)}", exact: approx}, "acos": {template: "{fn ACOS(@)}", exact: approx},
	"atan": {template: "{fn ATAN(@)}", exact: approx}, "atan2": {template: "{fn ATAN2(@, @)}", exact: approx},
	"degrees": {template: "DEGREES(@)", exact: approx}, "radians": {template: "RADIANS(@)", exact: approx},
}

// floatAbs is ABS; where the value is not only compared, adding 0 leaves no sign of a zero (IEEE 754).
func floatAbs(p *Printer, n *analyze.Call) (Fragment, error) {
	f, err := p.value(n.Args[0])
	if p.compared {
		return fill("ABS(@)", f), err
	}
	return fill("(ABS(@) + 0)", f), err
}

// modulo has the sign of the dividend whatever the server's precedence setting, unlike MOD and # (IRIS docs, "MOD").
const modulo = `(@ - (@ * (@ \ @)))`

var modArgs = []int{0, 1, 0, 1}

// operatorForms are the arithmetic operators on integers and floats: + - * of integers raise no overflow in IRIS, and /
// of integers is \, which cuts toward zero (IRIS docs, "Language Elements").
func operatorForms() map[string]callForm {
	out := map[string]callForm{}
	for _, pair := range []string{"int2", "int4", "int8", "int24", "int42", "int28", "int82", "int48", "int84"} {
		out[pair+"pl"] = callForm{template: "(@ + @)", exact: lenient}
		out[pair+"mi"] = callForm{template: "(@ - @)", exact: lenient}
		out[pair+"mul"] = callForm{template: "(@ * @)", exact: lenient}
		out[pair+"div"] = callForm{template: `(@ \ @)`, exact: lenient}
	}
	for _, pair := range []string{"float8", "float48", "float84"} {
		out[pair+"pl"] = callForm{print: floatForm("(@ + @)"), exact: lenient}
		out[pair+"mi"] = callForm{print: floatForm("(@ - @)"), exact: lenient}
		out[pair+"mul"] = callForm{print: floatForm("(@ * @)"), exact: lenient}
		out[pair+"div"] = callForm{print: floatForm("(@ / @)"), exact: lenient}
	}
	return out
}

// floatForm makes an operator on doubles. A rowless side is sent as a double already, which makes the result one.
func floatForm(template string) func(*Printer, *analyze.Call) (Fragment, error) {
	return func(p *Printer, n *analyze.Call) (Fragment, error) {
		parts, err := p.values(n.Args)
		if err != nil {
			return Fragment{}, err
		}
		return fill(template, parts...), nil
	}
}
