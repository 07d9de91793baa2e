package macro

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"iris-pgwire/internal/irisdev/value"
)

// nameLen gives the length of the name of a macro or variable at the start of s: letters and digits, perhaps after %.
func nameLen(s string) int {
	i := 0
	if strings.HasPrefix(s, "%") {
		i = 1
	}
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && (r > '9' || r < '0' || i == 0) {
			break
		}
		i += n
	}
	return i
}

// expand replaces the macros and ## functions of a text, and those in their replacements.
func (x *expander) expand(s string, nesting int) string {
	if nesting > maxNesting {
		x.fail("", "macros nested too deeply")
	}
	var b strings.Builder
	unique := 0 // of the ##unique(new) in this text
	for i := 0; i < len(s); {
		var out string
		n := 0
		switch {
		case s[i] == '"':
			n = stringEnd(s, i) - i
			out = s[i : i+n]
		case strings.HasPrefix(s[i:], "$$$"):
			out, n = x.macro(s[i:], nesting)
		case strings.HasPrefix(s[i:], "##"):
			out, n = x.hash(s[i:], nesting, &unique)
		}
		if n == 0 {
			out, n = s[i:i+1], 1
		}
		b.WriteString(out)
		if i += n; b.Len() > maxText {
			x.fail("", "the text of a macro is too long")
		}
	}
	return b.String()
}

// macro replaces the $$$name that s begins with and says how much of s it took.
func (x *expander) macro(s string, nesting int) (out string, n int) {
	if x.count++; x.count > maxMacros {
		x.fail("", "too many macros in one line")
	}
	n = 3 + nameLen(s[3:])
	name := s[3:n]
	switch name {
	case "":
		x.fail("", "$$$ without the name of a macro")
	case "CurrentClass":
		return quote(x.opts.Class), n
	case "CurrentMethod":
		return quote(x.opts.Method), n
	}
	d, ok := x.defs.macros[name]
	if !ok {
		x.fail(undefinedMacro, "Referenced macro not defined: '"+name+"'")
	}
	var args []string
	if d.parens && strings.HasPrefix(s[n:], "(") {
		end := closing(s, n)
		if end < 0 {
			x.fail("", "arguments of macro '"+name+"' without end")
		}
		args = d.split(s[n+1 : end-1])
		n = end
	}
	if len(args) > len(d.params) {
		x.fail("", "too many arguments for macro '"+name+"'")
	}
	return x.expand(d.fill(args), nesting+1), n
}

// split divides the arguments of a macro at commas that are in no string, parentheses or braces.
func (d def) split(s string) []string {
	if strings.TrimSpace(s) == "" && len(d.params) == 0 {
		return nil
	}
	var args []string
	from, depth := 0, 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			i = stringEnd(s, i) - 1
		case '(', '{':
			depth++
		case ')', '}':
			depth--
		case ',':
			if depth > 0 || d.hasAll && len(args) == len(d.params)-1 {
				continue
			}
			args = append(args, strings.TrimSpace(s[from:i]))
			from = i + 1
		}
	}
	return append(args, strings.TrimSpace(s[from:]))
}

// fill puts arguments in the places of parameters; a missing one is empty. Text in quotes stays as it is.
func (d def) fill(args []string) string {
	if len(d.params) == 0 {
		return d.body
	}
	values := map[string]string{}
	for i, p := range d.params {
		values[p] = ""
		if i < len(args) {
			values[p] = args[i]
		}
	}
	var b strings.Builder
	for i := 0; i < len(d.body); {
		n := 1
		switch c := d.body[i]; {
		case c == '"':
			n = stringEnd(d.body, i) - i
		case c == '%' || c >= utf8.RuneSelf || isLetter(c):
			n = max(nameLen(d.body[i:]), 1)
			if v, ok := values[d.body[i:i+n]]; ok {
				b.WriteString(v)
				i += n
				continue
			}
		}
		b.WriteString(d.body[i : i+n])
		i += n
	}
	return b.String()
}

// closing gives the offset behind the ) that closes the ( at an offset; -1 without one.
func closing(s string, at int) int {
	depth := 0
	for i := at; i < len(s); i++ {
		switch s[i] {
		case '"':
			i = stringEnd(s, i) - 1
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// unfinished reports that the arguments of a macro or ## function go on in the next line.
func (x *expander) unfinished(s string) bool {
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			i = stringEnd(s, i) - 1
		case strings.HasPrefix(s[i:], "$$$"):
			n := i + 3 + nameLen(s[i+3:])
			d, ok := x.defs.macros[s[i+3:n]]
			if ok && d.parens && strings.HasPrefix(s[n:], "(") && closing(s, n) < 0 {
				return true
			}
		}
	}
	return false
}

// truth decides the condition of #if.
func (x *expander) truth(s string) bool {
	text := strings.TrimSpace(x.expand(s, 0))
	v, rest := value.ParseNumber(text)
	if rest != 0 {
		v = value.Text(x.eval(text))
	}
	return value.CompareNumbers(v.Number(), value.Int(0)) != 0
}

// eval evaluates an expression at compile time.
func (x *expander) eval(text string) string {
	if x.opts.Eval == nil {
		x.fail("", "nothing can be evaluated here: "+text)
	}
	s, err := x.opts.Eval(text)
	if err != nil {
		x.fail("", "cannot evaluate "+text+": "+err.Error())
	}
	return s
}

// quote makes a string literal.
func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// call applies a ## function to its argument; ok is false if it is none of the preprocessor's.
func (x *expander) call(name, arg string, nesting int, unique *int) (out string, ok bool) {
	switch name {
	case "expression", "safeexpression", "function":
		return x.expression(arg, nesting), true
	case "lit":
		return arg, true
	case "quote":
		return quote(arg), true
	case "quoteexp":
		return quote(x.expand(arg, nesting+1)), true
	case "stripq":
		return x.stripQuotes(arg, nesting), true
	case "unique":
		return x.uniqueName(strings.ToLower(strings.TrimSpace(arg)), unique), true
	}
	return "", false
}

func (x *expander) expression(arg string, nesting int) string {
	return x.eval(x.expand(arg, nesting+1))
}

// stripQuotes takes the quotes off a string.
func (x *expander) stripQuotes(arg string, nesting int) string {
	s := strings.TrimSpace(x.expand(arg, nesting+1))
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return strings.ReplaceAll(s[1:len(s)-1], `""`, `"`)
	}
	return s
}

// hash replaces the ## function that s begins with; 0 if it is none of the preprocessor's.
func (x *expander) hash(s string, nesting int, unique *int) (out string, n int) {
	n = 2 + nameLen(s[2:])
	name := strings.ToLower(s[2:n])
	switch name {
	case "beginquote", "beginlit":
		end := strings.Index(strings.ToLower(s), "##end"+name[len("begin"):])
		if end < 0 {
			x.fail("", "##"+name+" without its end")
		}
		text := strings.TrimPrefix(s[n:end], " ")
		if name == "beginquote" {
			text = quote(strings.TrimSuffix(text, " "))
		}
		return text, end + len("##end") + len(name) - len("begin")
	}
	if !strings.HasPrefix(s[n:], "(") {
		return "", 0
	}
	end := closing(s, n)
	if end < 0 {
		end = len(s) + 1
	}
	out, ok := x.call(name, s[n+1:end-1], nesting, unique)
	switch {
	case !ok:
		return "", 0
	case end > len(s):
		x.fail("", "the argument of ##"+name+" has no end")
	}
	return out, end
}

// uniqueName gives the variable of ##unique(new) or ##unique(old).
func (x *expander) uniqueName(arg string, unique *int) string {
	switch {
	case arg == "new":
		x.unique++
		*unique = x.unique
	case arg != "old" || *unique == 0:
		x.fail("", "##unique takes new, or old after new")
	}
	return "%mmmu" + strconv.Itoa(*unique)
}
