package fn

import (
	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/value"
)

// Match reports whether a text as a whole matches a pattern (IRIS docs, "Pattern Match"). The work is at most the length of
// the text times the size of the pattern, times the repeats of literals and alternatives.
func Match(s string, pattern []ast.PatternItem) bool {
	m := matcher{text: value.Units(s)}
	at := m.none()
	at[0] = true
	return m.all(at, pattern)[len(m.text)]
}

// matcher follows all positions of the text that the pattern so far can end at.
type matcher struct{ text []uint16 }

type positions []bool

func (m *matcher) none() positions { return make(positions, len(m.text)+1) }

func (m *matcher) all(at positions, pattern []ast.PatternItem) positions {
	for i := range pattern {
		at = m.item(at, &pattern[i])
	}
	return at
}

func (m *matcher) item(at positions, p *ast.PatternItem) positions {
	switch {
	case p.Literal != nil:
		text := value.Units(*p.Literal)
		return m.repeat(at, p, func(at positions) positions { return m.literal(at, text) })
	case p.Alternatives != nil:
		return m.repeat(at, p, func(at positions) positions {
			out := m.none()
			for _, a := range p.Alternatives {
				for i, on := range m.all(at, a) {
					out[i] = out[i] || on
				}
			}
			return out
		})
	}
	return m.codes(at, p)
}

func (m *matcher) literal(at positions, text []uint16) positions {
	out := m.none()
	for i, on := range at {
		if !on || i+len(text) > len(m.text) {
			continue
		}
		same := true
		for j := range text {
			same = same && m.text[i+j] == text[j]
		}
		out[i+len(text)] = out[i+len(text)] || same
	}
	return out
}

// repeat applies a step Min to Max times; it ends when no further position is reached.
func (m *matcher) repeat(at positions, p *ast.PatternItem, step func(positions) positions) positions {
	for i := 0; i < p.Min; i++ {
		next := step(at)
		if equal(next, at) {
			break // each further turn gives the same
		}
		at = next
	}
	out := append(positions{}, at...)
	for i := p.Min; p.Max < 0 || i < p.Max; i++ {
		at = step(at)
		fresh := false
		for j, on := range at {
			at[j] = on && !out[j]
			fresh = fresh || at[j]
			out[j] = out[j] || on
		}
		if !fresh {
			return out
		}
	}
	return out
}

func equal(a, b positions) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// codes matches Min to Max characters of classes: from each position as far as the run of such characters goes.
func (m *matcher) codes(at positions, p *ast.PatternItem) positions {
	n := len(m.text)
	run := make([]int, n+1) // characters of the classes from here on
	for i := n - 1; i >= 0; i-- {
		if inPattern(m.text[i], p.Codes) {
			run[i] = run[i+1] + 1
		}
	}
	change := make([]int, n+2)
	for i, on := range at {
		last := run[i]
		if p.Max >= 0 {
			last = min(last, p.Max)
		}
		if on && p.Min <= last {
			change[i+p.Min]++
			change[i+last+1]--
		}
	}
	out, open := m.none(), 0
	for i := range out {
		open += change[i]
		out[i] = open > 0
	}
	return out
}

// inPattern reports a character of one of the codes; a small letter is a negated code.
func inPattern(u uint16, codes string) bool {
	for i := 0; i < len(codes); i++ {
		c := codes[i]
		if ofClass(u, upperByte(c)) != (c >= 'a') {
			return true
		}
	}
	return false
}
