package analyze

import (
	"math/bits"

	"iris-pgwire/internal/sql/parse"
)

// places turns byte offsets of one statement into character positions in the whole text.
type places struct {
	text       string
	start, end int // the statement's extent; end 0 is the end of the text
	known      bool
	before     int   // continuation bytes before start
	marks      []int // continuation bytes before every markStep bytes from start; nil when there are none
}

const markStep = 1024

// at is the 1-based character position of a byte offset.
func (p *places) at(offset int) int {
	if !p.known {
		p.survey()
	}
	offset = max(p.start, min(offset, p.end))
	n := offset + 1 - p.before
	if p.marks == nil {
		return n
	}
	k := (offset - p.start) / markStep
	return n - p.marks[k] - continuations(p.text[p.start+k*markStep:offset])
}

// survey looks at the text once. A script of many statements is surveyed for each, so it must be fast.
func (p *places) survey() {
	p.known = true
	if p.end <= p.start || p.end > len(p.text) {
		p.start, p.end = 0, len(p.text)
	}
	p.before = continuations(p.text[:p.start])
	count := 0
	var marks []int
	for at := p.start; at <= p.end; at += markStep {
		marks = append(marks, count)
		count += continuations(p.text[at:min(at+markStep, p.end)])
	}
	if count > 0 {
		p.marks = marks
	}
}

// continuations counts the bytes that are not the first of a character, eight at a time.
func continuations(s string) int {
	n := 0
	for ; len(s) >= 8; s = s[8:] {
		x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		n += bits.OnesCount64(x >> 7 &^ (x >> 6) & 0x0101010101010101) // the top bits are 10
	}
	for i := range len(s) {
		if s[i]&0xC0 == 0x80 {
			n++
		}
	}
	return n
}

// pos is the position of a node's own error.
func (a *analyzer) pos(n parse.Node) int { return a.place.at(n.Pos()) }

// leftPos is the position of an error about an expression as a whole.
func (a *analyzer) leftPos(e parse.Expr) int { return a.place.at(parse.Leftmost(e)) }
