package pgfunc

import (
	"strings"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// numberReader reads the digits of a text by a template, position by position.
type numberReader struct {
	t         *numberTemplate
	s         string
	sign      byte // ' ' until one is read
	digits    []byte
	pre, post int
	point     bool
}

func toNumber(_ *Context, a []iris.Value) (iris.Value, error) {
	t, err := parseNumberTemplate(textArg(a[1]))
	switch {
	case err != nil:
		return iris.Null(), err
	case len(t.nodes) == 0:
		return null()
	case t.sci:
		return failed(pgerr.FeatureNotSupported, "\"EEEE\" not supported for input")
	case t.roman:
		return failed(pgerr.FeatureNotSupported, "\"RN\" not supported for input")
	}
	r := numberReader{t: t, s: textArg(a[0]), sign: ' '}
	for _, n := range t.nodes {
		if r.s == "" {
			break
		}
		r.node(n)
	}
	text := strings.TrimSuffix(strings.TrimSpace(string(r.sign)+string(r.digits)), ".")
	// The result has the digits behind the point that were read.
	precision := max(1, t.pre+t.multi+r.post)
	if t.pre+t.multi+r.post == 0 && strings.Trim(text, "0+-.") != "" {
		return failed(pgerr.NumericValueOutOfRange, "numeric field overflow")
	}
	v, err := pgtypes.ParseText(pgtypes.Type{OID: pgtypes.Numeric, Mod: pgtypes.NumericMod(precision, r.post)}, text)
	if err != nil || t.multi == 0 {
		return v, err
	}
	n, err := numberOf(v)
	if err != nil {
		return v, err
	}
	shift, err := power(wholeNumber(10), wholeNumber(int64(-t.multi)))
	if err != nil {
		return v, err
	}
	out, err := times(n, shift)
	if err != nil {
		return v, err
	}
	return out.value()
}

func (r *numberReader) node(n node) {
	switch n.pattern {
	case "":
		for range n.text {
			_, size := utf8.DecodeRuneInString(r.s)
			r.s = r.s[size:]
		}
	case "9", "0", ".", "D":
		r.digit(n.pattern == "9" || n.pattern == "0")
	case ",", "G":
		if strings.HasPrefix(r.s, ",") && !r.t.fill { // with FM PostgreSQL passes the pattern over
			r.s = r.s[1:]
		}
	case "L":
		r.eat(1)
	case "TH", "th":
		r.eat(2)
	case "MI", "PL", "SG":
		c := r.s[0]
		if c == '-' && n.pattern != "PL" || c == '+' && n.pattern != "MI" {
			r.sign = c
			r.s = r.s[1:]
		} else {
			r.eat(1)
		}
	}
}

// eat skips up to n characters that can't be part of a number.
func (r *numberReader) eat(n int) {
	for ; n > 0 && r.s != "" && strings.IndexByte("0123456789.,+-", r.s[0]) < 0; n-- {
		_, size := utf8.DecodeRuneInString(r.s)
		r.s = r.s[size:]
	}
}

func (r *numberReader) next() {
	if r.s != "" {
		r.s = r.s[1:]
	}
}

// digit reads one position: a sign before the number, a digit or the point, a sign behind the number.
func (r *numberReader) digit(isDigit bool) {
	if r.s[0] == ' ' {
		r.next()
	}
	if r.s == "" {
		return
	}
	if r.sign == ' ' && isDigit && r.pre+r.post == 0 {
		switch c := r.s[0]; {
		case c == '-' || r.t.bracket && c == '<':
			r.sign = '-'
			r.next()
		case c == '+':
			r.sign = '+'
			r.next()
		}
	}
	if r.s == "" {
		return
	}
	read := false
	switch c := r.s[0]; {
	case c >= '0' && c <= '9':
		if r.point && r.post == r.t.post {
			r.next()
			return
		}
		r.digits = append(r.digits, c)
		read = true
		if r.point {
			r.post++
		} else {
			r.pre++
		}
	case c == '.' && r.t.decimal && !r.point:
		r.digits = append(r.digits, '.')
		r.point, read = true, true
	}
	if r.sign == ' ' && r.pre+r.post > 0 {
		r.signBehind(read)
	}
	r.next()
}

// signBehind reads the sign that S stands for where it follows the last digit, or a sign where a digit could stand if
// the template has MI, PL or SG.
func (r *numberReader) signBehind(read bool) {
	sign := func(at int) bool { return len(r.s) > at && (r.s[at] == '-' || r.s[at] == '+') }
	switch {
	case r.t.sign != signNone && read && sign(1):
		r.sign = r.s[1]
		r.s = r.s[1:]
	case r.t.sign == signNone && !read && (r.t.plus || r.t.minus) && sign(0):
		r.sign = r.s[0]
	}
}
