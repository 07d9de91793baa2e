package pgfunc

import (
	"regexp"
	"regexp/syntax"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// pattern is a compiled regular expression with what is known of it.
type pattern struct {
	re *regexp.Regexp
	// context: it looks at what stands before a position, so that a text can't be cut there.
	context bool
	// empty: it can match nothing.
	empty bool
	// vague: where a match ends, or its groups, may differ from PostgreSQL's; whether there is one doesn't.
	vagueEnd, vagueGroups bool
}

// memo is what a call site keeps: the pattern that it used last.
type memo struct {
	text  string
	flags regexFlags
	p     *pattern
}

// compile makes the pattern, or takes the last one of this call site again.
func (c *Context) compile(text string, flags regexFlags) (*pattern, error) {
	if m, ok := c.Memo.(*memo); ok && m.text == text && m.flags == flags {
		return m.p, nil
	}
	p, err := compilePattern(text, flags)
	if err != nil {
		return nil, err
	}
	c.Memo = &memo{text, flags, p}
	return p, nil
}

func compilePattern(text string, flags regexFlags) (*pattern, error) {
	t := translator{s: text, flags: flags}
	translated, err := t.translate()
	if err != nil {
		return nil, err
	}
	re, err := regexp.Compile(translated)
	if err != nil {
		return nil, invalidRegex(err.Error())
	}
	parsed, err := syntax.Parse(translated, syntax.Perl)
	if err != nil {
		return nil, invalidRegex("it cannot be compiled")
	}
	p := &pattern{re: re, context: t.context}
	shape := shapeOf(parsed)
	p.empty = shape.min == 0
	switch {
	case t.lazy == 0:
		// Without non-greedy quantifiers PostgreSQL's match is the longest.
		re.Longest()
	case t.greedy > 0 || t.lazy > 1 || shape.alternates:
		p.vagueEnd = true
	}
	p.vagueGroups = p.vagueEnd || shape.ambiguous && re.NumSubexp() > 0
	return p, nil
}

// shape is what a walk over the parsed pattern finds: how long matches are, whether an alternation has branches of which
// more than one can match with different lengths.
type shape struct {
	min, max   int // max is -1 without a limit
	alternates bool
	ambiguous  bool
}

func shapeOf(r *syntax.Regexp) shape {
	switch r.Op {
	case syntax.OpLiteral:
		return shape{min: len(r.Rune), max: len(r.Rune)}
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return shape{min: 1, max: 1}
	case syntax.OpCapture:
		return shapeOf(r.Sub[0])
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		return repeated(r)
	case syntax.OpConcat:
		var out shape
		for _, s := range r.Sub {
			x := shapeOf(s)
			out.min += x.min
			if out.max >= 0 && x.max >= 0 {
				out.max += x.max
			} else {
				out.max = -1
			}
			out.alternates, out.ambiguous = out.alternates || x.alternates, out.ambiguous || x.ambiguous
		}
		return out
	case syntax.OpAlternate:
		return alternated(r)
	}
	return shape{}
}

func repeated(r *syntax.Regexp) shape {
	x := shapeOf(r.Sub[0])
	low, high := 0, -1
	switch r.Op {
	case syntax.OpPlus:
		low = 1
	case syntax.OpQuest:
		high = 1
	case syntax.OpRepeat:
		low, high = r.Min, r.Max
	}
	out := shape{min: x.min * low, max: -1, alternates: x.alternates, ambiguous: x.ambiguous}
	if high >= 0 && x.max >= 0 {
		out.max = x.max * high
	}
	// A repeated group of varying length can be cut up in several ways.
	if x.min != x.max && hasCapture(r) {
		out.ambiguous = true
	}
	return out
}

func hasCapture(r *syntax.Regexp) bool {
	if r.Op == syntax.OpCapture {
		return true
	}
	for _, s := range r.Sub {
		if hasCapture(s) {
			return true
		}
	}
	return false
}

// alternated: branches of one length, or that start with different characters, leave no choice.
func alternated(r *syntax.Regexp) shape {
	out := shapeOf(r.Sub[0])
	out.alternates = true
	fixed := out.min == out.max
	for _, s := range r.Sub[1:] {
		x := shapeOf(s)
		fixed = fixed && x.min == x.max && x.min == out.min
		out.min = min(out.min, x.min)
		if x.max < 0 || out.max >= 0 && x.max > out.max {
			out.max = x.max
		}
		out.ambiguous = out.ambiguous || x.ambiguous
	}
	if !fixed && !distinctStarts(r.Sub) {
		out.ambiguous = true
	}
	return out
}

func distinctStarts(branches []*syntax.Regexp) bool {
	seen := map[rune]bool{}
	for _, b := range branches {
		for b.Op == syntax.OpConcat || b.Op == syntax.OpCapture {
			b = b.Sub[0]
		}
		if b.Op != syntax.OpLiteral || b.Flags&syntax.FoldCase != 0 || seen[b.Rune[0]] {
			return false
		}
		seen[b.Rune[0]] = true
	}
	return true
}

// matches finds the matches from a byte offset on, at most limit of them (-1: all), as PostgreSQL does: behind a match
// the search goes on at its end, behind an empty one a character later. Each has the offsets of its groups.
func (p *pattern) matches(s string, from, limit int) ([][]int, error) {
	if p.context && (from > 0 || p.empty && limit != 1) {
		return nil, regexRefused("^, \\A or \\y, matched more than once or from within the text,")
	}
	var out [][]int
	if p.context {
		out = p.re.FindAllStringSubmatchIndex(s, limit)
		return out, nil
	}
	for at := from; at <= len(s) && len(out) != limit; {
		m := p.re.FindStringSubmatchIndex(s[at:])
		if m == nil {
			break
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += at
			}
		}
		out = append(out, m)
		at = m[1]
		if m[0] == m[1] {
			_, n := utf8.DecodeRuneInString(s[at:])
			at += max(n, 1)
		}
	}
	return out, nil
}

// exact refuses a pattern whose answer may differ from PostgreSQL's in what is asked for.
func (p *pattern) exact(groups bool) error {
	switch {
	case p.vagueEnd:
		return regexRefused("greedy and non-greedy parts")
	case groups && p.vagueGroups:
		return regexRefused("alternatives of different lengths, asked for its groups,")
	}
	return nil
}

// regexpFamily has the operators ~ and its like, and the regexp functions (PostgreSQL docs, 9.7.3).
func regexpFamily(t table) {
	for _, kind := range []string{"text", "bpchar", "name"} {
		for id, f := range map[string]struct{ fold, not bool }{
			"regexeq": {false, false}, "regexne": {false, true}, "icregexeq": {true, false}, "icregexne": {true, true},
		} {
			t.strict(kind+id, func(c *Context, a []iris.Value) (iris.Value, error) {
				p, err := c.compile(textArg(a[1]), regexFlags{dotNewline: true, fold: f.fold})
				if err != nil {
					return iris.Null(), err
				}
				s, err := display(c, 0, a[0])
				return iris.Bool(p.re.MatchString(s) != f.not), err
			})
		}
	}
	regexpFunctions(t)
}

// noGlobal refuses the flag g where it means nothing.
func noGlobal(f regexFlags, name, instead string) error {
	if !f.global {
		return nil
	}
	err := pgerr.New(pgerr.InvalidParameterValue, "%s does not support the \"global\" option", name)
	if instead != "" {
		err = err.WithHint("Use the %s function instead.", instead)
	}
	return err
}
