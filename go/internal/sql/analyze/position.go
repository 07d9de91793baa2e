package analyze

import (
	"unicode/utf8"

	"iris-pgwire/internal/sql/parse"
)

// places turns byte offsets into character positions. A long text that is not ASCII gets marks, so that each look-up
// costs little.
type places struct {
	text  string
	known bool
	ascii bool
	marks []int // characters before every markStep bytes
}

const markStep = 1024

// at is the 1-based character position of a byte offset.
func (p *places) at(offset int) int {
	if !p.known {
		p.survey()
	}
	offset = max(0, min(offset, len(p.text)))
	if p.ascii {
		return offset + 1
	}
	k := offset / markStep
	count := p.marks[k]
	for _, c := range []byte(p.text[k*markStep : offset]) {
		if utf8.RuneStart(c) {
			count++
		}
	}
	return count + 1
}

// survey looks at the text once and counts the first bytes of characters.
func (p *places) survey() {
	p.known, p.ascii = true, true
	count := 0
	for i := 0; i < len(p.text); i++ {
		if i%markStep == 0 {
			p.marks = append(p.marks, count)
		}
		if p.text[i] >= utf8.RuneSelf {
			p.ascii = false
		}
		if utf8.RuneStart(p.text[i]) {
			count++
		}
	}
	if len(p.text)%markStep == 0 {
		p.marks = append(p.marks, count)
	}
}

// pos is the position of a node's own error.
func (a *analyzer) pos(n parse.Node) int { return a.place.at(n.Pos()) }

// leftPos is the position of an error about an expression as a whole.
func (a *analyzer) leftPos(e parse.Expr) int { return a.place.at(parse.Leftmost(e)) }
