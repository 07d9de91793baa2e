package class

import (
	"errors"
	"fmt"
	"sort"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/macro"
	"iris-pgwire/internal/irisdev/objectscript/parse"
)

// Problem is what is wrong with a source, found when it is loaded or compiled.
type Problem struct {
	Code int    // of the %Status: 5373 a class that does not exist, 5475 an error in code, 16006 …
	Text string // without ERROR #code
	// Where says the place in the form of the compiler: Class.cls(Method+line), or the file's line.
	Where string
}

// Error writes it as the compiler does.
func (p *Problem) Error() string {
	if p.Where != "" {
		return fmt.Sprintf("ERROR #%d: %s %s", p.Code, p.Where, p.Text)
	}
	return fmt.Sprintf("ERROR #%d: %s", p.Code, p.Text)
}

// Problems are several of them.
type Problems []*Problem

// Error writes one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// AsProblems makes problems of any error.
func AsProblems(err error) Problems {
	var many Problems
	var one *Problem
	switch {
	case err == nil:
		return nil
	case errors.As(err, &many):
		return many
	case errors.As(err, &one):
		return Problems{one}
	}
	return Problems{{Code: 5001, Text: err.Error()}}
}

var errOneExpression = errors.New("#1010: one expression is expected")

// compileProblem is an error in the code of a member, whose first line in the file is first. Where in it is counted as places at
// run time are: the line behind the brace is 1.
func compileProblem(name, member string, first int, err error) error {
	var known *Problem
	if errors.As(err, &known) {
		return known
	}
	line, text := 0, err.Error()
	var p *parse.Error
	var m *macro.Error
	switch {
	case errors.As(err, &p):
		line, text = p.Pos.Line-first+1, "<"+p.Name+"> "+p.Text
	case errors.As(err, &m):
		line, text = m.Line-first+1, m.Text
		if m.Code != "" {
			text = m.Code + " : " + text
		}
	}
	where := fmt.Sprintf("%s.cls(%s)", name, member)
	if line > 0 {
		where = fmt.Sprintf("%s.cls(%s+%d)", name, member, line)
	}
	return &Problem{Code: 5475, Where: where, Text: text}
}

func isNoClass(err error) bool {
	var f *fault.Error
	return errors.As(err, &f) && f.Name == "CLASS DOES NOT EXIST"
}

func sortStrings(s []string) { sort.Strings(s) }

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
