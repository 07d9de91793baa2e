package sqlfunc

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// CompilePattern compiles the pattern of LIKE, %STARTSWITH or %MATCHES for a collation. Escape is one character, or empty
// for none: LIKE has no escape by default (-63 for anything longer).
func CompilePattern(op irissql.MatchOp, c sqltype.Collation, pattern, escape string) (func(v value.Value) bool, error) {
	if value.Length(escape) > 1 {
		return nil, sqlerr.New(-63, "Invalid escape character '%s'", escape)
	}
	fold := folder(c)
	switch op {
	case irissql.StartsWith:
		prefix := strings.TrimRight(pattern, " ")
		if c == sqltype.Exact || c == sqltype.NoCollation {
			prefix = pattern
		}
		prefix = fold(prefix)
		return func(v value.Value) bool { return strings.HasPrefix(fold(v.Text()), prefix) }, nil
	case irissql.Matches:
		m := compileMatches(pattern, escape)
		return func(v value.Value) bool { return m.match(v.Text()) }, nil
	}
	upper := c == sqltype.SQLUpper || c == sqltype.Upper || c == sqltype.AlphaUp
	m := compileLike(pattern, escape, upper)
	return func(v value.Value) bool {
		s := v.Text()
		if upper {
			s = strings.ToUpper(s)
		}
		return m.match(s)
	}, nil
}

// step is one part of a pattern: any run, any one character, a set, or the character itself.
type step struct {
	run, any bool
	r        rune
	set      []rune // pairs from, to
	except   bool
}

// steps is a compiled pattern.
type steps []step

func compileLike(pattern, escape string, upper bool) steps {
	var out steps
	quoted := false
	for _, r := range pattern {
		switch {
		case quoted:
			quoted = false
			out = append(out, literal(r, upper))
		case escape != "" && string(r) == escape:
			quoted = true
		case r == '%':
			if len(out) == 0 || !out[len(out)-1].run {
				out = append(out, step{run: true})
			}
		case r == '_':
			out = append(out, step{any: true})
		default:
			out = append(out, literal(r, upper))
		}
	}
	return out
}

func literal(r rune, upper bool) step {
	if upper {
		r = []rune(strings.ToUpper(string(r)))[0]
	}
	return step{r: r}
}

// compileMatches compiles %MATCHES: ? is one character, * a run, [a-z] a set and [^a-z] the rest.
func compileMatches(pattern, escape string) steps {
	var out steps
	p := []rune(pattern)
	for i := 0; i < len(p); i++ {
		switch {
		case string(p[i]) == escape && i+1 < len(p):
			i++
			out = append(out, step{r: p[i]})
		case p[i] == '*':
			out = append(out, step{run: true})
		case p[i] == '?':
			out = append(out, step{any: true})
		case p[i] == '[':
			s, used := compileSet(p[i+1:])
			if used == 0 {
				out = append(out, step{r: '['})
				continue
			}
			out = append(out, s)
			i += used
		default:
			out = append(out, step{r: p[i]})
		}
	}
	return out
}

// compileSet reads a set up to its closing bracket and says how much of p it took; 0 without one.
func compileSet(p []rune) (step, int) {
	var s step
	i := 0
	if i < len(p) && p[i] == '^' {
		s.except = true
		i++
	}
	for ; i < len(p); i++ {
		if p[i] == ']' {
			return s, i + 1
		}
		if i+2 < len(p) && p[i+1] == '-' && p[i+2] != ']' {
			s.set = append(s.set, p[i], p[i+2])
			i += 2
			continue
		}
		s.set = append(s.set, p[i], p[i])
	}
	return s, 0
}

func (s *step) one(r rune) bool {
	if s.any {
		return true
	}
	if s.set == nil {
		return r == s.r
	}
	in := false
	for i := 0; i < len(s.set); i += 2 {
		in = in || r >= s.set[i] && r <= s.set[i+1]
	}
	return in != s.except
}

// match tests a text; a run is tried again one character further on, so the work is at most length × pattern.
func (m steps) match(s string) bool {
	text := []rune(s)
	i, j, back, from := 0, 0, -1, 0
	for i < len(text) {
		switch {
		case j < len(m) && m[j].run:
			back, from = j, i
			j++
		case j < len(m) && m[j].one(text[i]):
			i++
			j++
		case back >= 0:
			from++
			i, j = from, back+1
		default:
			return false
		}
	}
	for j < len(m) && m[j].run {
		j++
	}
	return j == len(m)
}

// Contains is the operator [: a holds b as a part, letter case counting.
func Contains(a, b value.Value) bool { return strings.Contains(a.Text(), b.Text()) }
