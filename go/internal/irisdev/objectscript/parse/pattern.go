package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// maxRepeat is the highest repeat count of a pattern.
const maxRepeat = 32767

// pattern reads the items of a pattern match: each a repeat count and what is repeated (IRIS docs, "Pattern Matching").
func (p *parser) pattern() []ast.PatternItem {
	p.enter()
	defer p.leave()
	var items []ast.PatternItem
	for isDigit(p.peek()) || p.peek() == '.' {
		items = append(items, p.patternItem())
	}
	if items == nil {
		p.fail("pattern expected")
	}
	return items
}

func (p *parser) patternItem() ast.PatternItem {
	var item ast.PatternItem
	low, hasLow := p.count()
	item.Min, item.Max = low, low
	if p.accept(".") {
		high, hasHigh := p.count()
		if item.Max = high; !hasHigh {
			item.Max = -1
		}
	} else if !hasLow {
		p.fail("pattern expected")
	}
	switch p.peek() {
	case '"':
		s := p.quoted()
		item.Literal = &s
	case '(':
		p.pos++
		for {
			item.Alternatives = append(item.Alternatives, p.pattern())
			if !p.accept(",") {
				break
			}
		}
		p.expect(")")
	default:
		item.Codes = p.codes()
	}
	return item
}

// count reads a number of repeats.
func (p *parser) count() (n int, given bool) {
	for ; isDigit(p.peek()); p.pos++ {
		given = true
		if n = n*10 + int(p.peek()-'0'); n > maxRepeat {
			p.fail("too many repeats in a pattern")
		}
	}
	return n, given
}

// codes reads letters of pattern codes; one after ' stands for all characters that it does not match.
func (p *parser) codes() string {
	var b strings.Builder
	for {
		not := p.accept("'")
		c := p.peek() &^ 0x20
		if !isLetter(p.peek()) || strings.IndexByte("ACELNPU", c) < 0 {
			if b.Len() == 0 || not {
				p.fail("pattern code expected")
			}
			return b.String()
		}
		p.pos++
		if not {
			c |= 0x20
		}
		b.WriteByte(c)
	}
}
