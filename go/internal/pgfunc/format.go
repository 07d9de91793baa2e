package pgfunc

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// formatFamily has format (PostgreSQL docs, 9.4.1).
func formatFamily(t table) {
	f := func(c *Context, a []iris.Value) (iris.Value, error) {
		if a[0].IsNull() {
			return null()
		}
		p := formatter{c: c, args: a, s: textArg(a[0])}
		if err := p.run(); err != nil {
			return iris.Null(), err
		}
		return textResult(p.out.String())
	}
	t.loose("format(text)", f)
	t.loose("format(text,any...)", f)
}

// formatter walks over the format string; next is the argument after the last one used.
type formatter struct {
	c    *Context
	args []iris.Value
	s    string
	at   int
	last int
	out  strings.Builder
}

func (p *formatter) run() error {
	for p.at < len(p.s) {
		c := p.s[p.at]
		p.at++
		switch {
		case c != '%':
			p.out.WriteByte(c)
		case p.at < len(p.s) && p.s[p.at] == '%':
			p.at++
			p.out.WriteByte('%')
		default:
			if err := p.specifier(); err != nil {
				return err
			}
		}
	}
	return nil
}

func unterminated() error {
	return invalidParameter("unterminated format() type specifier")
}

// number reads digits; -1 when there are none.
func (p *formatter) number() int {
	start := p.at
	for p.at < len(p.s) && p.s[p.at] >= '0' && p.s[p.at] <= '9' {
		p.at++
	}
	n, err := strconv.Atoi(p.s[start:p.at])
	if err != nil {
		return -1
	}
	return n
}

// specifier reads [position$][-][width]type and prints the argument.
func (p *formatter) specifier() error {
	position, start := -1, p.at
	if n := p.number(); n >= 0 {
		if p.at < len(p.s) && p.s[p.at] == '$' {
			if n == 0 {
				return invalidParameter("format specifies argument 0, but arguments are numbered from 1")
			}
			position = n
			p.at++
		} else {
			p.at = start
		}
	}
	left := false
	for p.at < len(p.s) && p.s[p.at] == '-' {
		left = true
		p.at++
	}
	width, err := p.width()
	if err != nil {
		return err
	}
	if width < 0 {
		left, width = true, -width
	}
	if p.at >= len(p.s) {
		return unterminated()
	}
	r, n := utf8.DecodeRuneInString(p.s[p.at:])
	p.at += n
	if !strings.ContainsRune("sIL", r) {
		return pgerr.As(invalidParameter("unrecognized format() type specifier \"%c\"", r)).
			WithHint("For a single \"%%\" use \"%%%%\".")
	}
	i, err := p.argument(position)
	if err != nil {
		return err
	}
	text, err := p.conversion(r, i)
	if err != nil {
		return err
	}
	fill := strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text)))
	if left {
		p.out.WriteString(text + fill)
	} else {
		p.out.WriteString(fill + text)
	}
	return nil
}

// argument gives the index of the next argument, or of the numbered one.
func (p *formatter) argument(position int) (int, error) {
	if position < 0 {
		position = p.last + 1
	}
	if position >= len(p.args) {
		return 0, tooFewArguments()
	}
	p.last = position
	return position, nil
}

// width reads digits, * or *position$.
func (p *formatter) width() (int, error) {
	if p.at >= len(p.s) || p.s[p.at] != '*' {
		return max(p.number(), 0), nil
	}
	p.at++
	position := p.number()
	if position >= 0 {
		if p.at >= len(p.s) || p.s[p.at] != '$' {
			return 0, invalidParameter("width argument position must be ended by \"$\"")
		}
		p.at++
	}
	i, err := p.argument(position)
	if err != nil || p.args[i].IsNull() {
		return 0, err
	}
	text, err := display(p.c, i, p.args[i])
	if err != nil {
		return 0, err
	}
	n, err := pgtypes.ParseText(int4Type, text)
	if err == nil && (intArg(n) > 1<<20 || intArg(n) < -1<<20) {
		err = tooLong()
	}
	return int(intArg(n)), err
}

func (p *formatter) conversion(kind rune, i int) (string, error) {
	v := p.args[i]
	if v.IsNull() {
		switch kind {
		case 'L':
			return "NULL", nil
		case 'I':
			return "", pgerr.New("22004", "null values cannot be formatted as an SQL identifier")
		}
		return "", nil
	}
	text, err := display(p.c, i, v)
	switch kind {
	case 'I':
		text = quoteIdent(text)
	case 'L':
		text = quoteLiteral(text)
	}
	return text, err
}

func tooFewArguments() error { return invalidParameter("too few arguments for format()") }
