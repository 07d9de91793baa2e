package macro

import "strings"

// Includer finds include files by name, without their type.
type Includer interface {
	Include(name string) (lines []string, ok bool)
}

// Options are what directives and ## functions may ask for.
type Options struct {
	// Eval evaluates an ObjectScript expression at compile time, for #if and ##expression. Without it #if takes a number
	// only.
	Eval func(expr string) (string, error)
	// Execute runs a line of ObjectScript at compile time, for #execute.
	Execute func(line string) error
	// Class and Method are what $$$CurrentClass and $$$CurrentMethod stand for.
	Class, Method string
}

// Limits that end macros which call themselves.
const (
	maxInclude = 64
	maxNesting = 200
	maxText    = 4 << 20
	maxMacros  = 100000 // in one line
)

// expander goes through one source.
type expander struct {
	defs     *Defs
	inc      Includer
	opts     Options
	out      []Line
	strip    stripper
	conds    []cond
	line     int
	depth    int // of includes
	count    int // macros replaced in this line
	unique   int // number of the ##unique(new) in use
	included map[string]bool
}

// failure carries an *Error out of the expander.
type failure struct{ err *Error }

// Expand strips comments, obeys directives and replaces macros. Definitions are added to defs. A directive, or a line that a
// macro's arguments took, leaves an empty line, so that the result has a line for each of the source; code in an include file
// comes in addition. Its error is an *Error.
func Expand(lines []Line, defs *Defs, inc Includer, opts Options) (out []Line, err error) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		f, ok := r.(failure)
		if !ok {
			panic(r)
		}
		out, err = nil, f.err
	}()
	x := &expander{defs: defs, inc: inc, opts: opts, included: map[string]bool{}}
	x.source(lines)
	return x.out, nil
}

// Lines numbers the lines of a source from first.
func Lines(rows []string, first int) []Line {
	lines := make([]Line, len(rows))
	for i, r := range rows {
		lines[i] = Line{Text: strings.TrimRight(r, "\r"), Line: first + i}
	}
	return lines
}

func (x *expander) fail(code, text string) {
	panic(failure{&Error{Line: x.line, Code: code, Text: text}})
}

// source expands the lines of one file.
func (x *expander) source(lines []Line) {
	open := len(x.conds)
	for i := 0; i < len(lines); i++ {
		x.line = lines[i].Line
		text := x.strip.strip(lines[i].Text)
		first := i
		for continued(&text) && i+1 < len(lines) {
			i++
			text += x.strip.strip(lines[i].Text)
		}
		name, rest := directive(text)
		if name == "dim" && x.active() {
			text, name = x.dim(rest), ""
		}
		if name != "" && x.strip.sql == 0 {
			x.obey(name, rest)
			x.blank(lines[first : i+1])
			continue
		}
		if !x.active() {
			x.blank(lines[first : i+1])
			continue
		}
		for x.strip.sql == 0 && i+1 < len(lines) && x.unfinished(text) {
			i++
			text = strings.TrimRight(text, " \t") + " " + strings.TrimLeft(x.strip.strip(lines[i].Text), " \t")
		}
		x.count = 0
		x.out = append(x.out, Line{Text: x.expand(text, 0), Line: lines[first].Line})
		x.blank(lines[first+1 : i+1])
	}
	if len(x.conds) > open {
		x.fail("", "#if without #endif")
	}
}

// blank keeps the place of lines that gave no code. In an include file they have none.
func (x *expander) blank(lines []Line) {
	if x.depth > 0 {
		return
	}
	for _, l := range lines {
		x.out = append(x.out, Line{Line: l.Line})
	}
}

// continued takes ##continue off the end of a line.
func continued(text *string) bool {
	const word = "##continue"
	t := strings.TrimRight(*text, " \t")
	if len(t) < len(word) || !strings.EqualFold(t[len(t)-len(word):], word) {
		return false
	}
	*text = t[:len(t)-len(word)]
	return true
}

// directive splits a line that begins with #word; ##class and the like are no directives.
func directive(text string) (name, rest string) {
	t := strings.TrimLeft(text, " \t")
	if len(t) < 2 || t[0] != '#' || !isLetter(t[1]) {
		return "", ""
	}
	n := 1
	for n < len(t) && (isLetter(t[n]) || isDigit(t[n])) {
		n++
	}
	return strings.ToLower(t[1:n]), strings.TrimLeft(t[n:], " \t")
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
