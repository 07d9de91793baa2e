package pgfunc

import (
	"strings"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// regexCall are the arguments of a regexp function: which argument is what differs from signature to signature.
type regexCall struct {
	s       string
	p       *pattern
	flags   regexFlags
	from    int // byte offset of the start
	nth     int
	groupNo int
}

// prepare reads text and pattern, and the others at their places; a place of 0 is an argument that is not there.
func (c *Context) prepare(a []iris.Value, start, nth, flags, group int) (r regexCall, err error) {
	r = regexCall{s: textArg(a[0]), nth: 1, flags: regexFlags{dotNewline: true}}
	if flags > 0 && flags < len(a) {
		if r.flags, err = parseFlags(textArg(a[flags])); err != nil {
			return r, err
		}
	}
	number := func(at int, name string, least int64, otherwise int) (int, error) {
		if at == 0 || at >= len(a) {
			return otherwise, nil
		}
		n := intArg(a[at])
		if n < least {
			return 0, invalidParameter("invalid value for parameter \"%s\": %d", name, n)
		}
		return int(n), nil
	}
	from, err := number(start, "start", 1, 1)
	if err != nil {
		return r, err
	}
	if r.nth, err = number(nth, "n", 1, 1); err != nil {
		return r, err
	}
	if r.groupNo, err = number(group, "subexpr", 0, 0); err != nil {
		return r, err
	}
	r.from = len(firstChars(r.s, from-1))
	if from-1 > utf8.RuneCountInString(r.s) {
		r.from = len(r.s) + 1
	}
	global := r.flags.global
	r.flags.global = false
	r.p, err = c.compile(textArg(a[1]), r.flags)
	r.flags.global = global
	return r, err
}

// find gives the nth match, or nil.
func (r *regexCall) find() ([]int, error) {
	all, err := r.p.matches(r.s, r.from, r.nth)
	if err != nil || len(all) < r.nth {
		return nil, err
	}
	return all[r.nth-1], nil
}

func regexpFunctions(t table) {
	t.each(regexpLike, "regexp_like(text,text)", "regexp_like(text,text,text)")
	t.each(regexpCount, "regexp_count(text,text)", "regexp_count(text,text,int4)", "regexp_count(text,text,int4,text)")
	t.each(regexpMatch, "regexp_match(text,text)", "regexp_match(text,text,text)")
	t.each(regexpSubstr, "regexp_substr(text,text)", "regexp_substr(text,text,int4)", "regexp_substr(text,text,int4,int4)",
		"regexp_substr(text,text,int4,int4,text)", "regexp_substr(text,text,int4,int4,text,int4)")
	t.each(regexpInstr, "regexp_instr(text,text)", "regexp_instr(text,text,int4)", "regexp_instr(text,text,int4,int4)",
		"regexp_instr(text,text,int4,int4,int4)", "regexp_instr(text,text,int4,int4,int4,text)",
		"regexp_instr(text,text,int4,int4,int4,text,int4)")
	t.each(regexpSplit, "regexp_split_to_array(text,text)", "regexp_split_to_array(text,text,text)")
	t.strict("substring(text,text)", substringRegex)
	replacements(t)
}

func regexpLike(c *Context, a []iris.Value) (iris.Value, error) {
	r, err := c.prepare(a, 0, 0, 2, 0)
	if err == nil {
		err = noGlobal(r.flags, "regexp_like()", "")
	}
	if err != nil {
		return iris.Null(), err
	}
	return boolResult(r.p.re.MatchString(r.s))
}

func regexpCount(c *Context, a []iris.Value) (iris.Value, error) {
	r, err := c.prepare(a, 2, 0, 3, 0)
	if err == nil {
		err = noGlobal(r.flags, "regexp_count()", "")
	}
	if err == nil {
		err = r.p.exact(false)
	}
	if err != nil {
		return iris.Null(), err
	}
	all, err := r.p.matches(r.s, r.from, -1)
	return iris.Int(int64(len(all))), err
}

// groups are a match's groups, or the whole where there are none.
func (r *regexCall) groups(m []int) []iris.Value {
	if len(m) > 2 {
		m = m[2:]
	}
	out := make([]iris.Value, len(m)/2)
	for i := range out {
		if m[2*i] >= 0 {
			out[i] = iris.Text(r.s[m[2*i]:m[2*i+1]])
		}
	}
	return out
}

func regexpMatch(c *Context, a []iris.Value) (iris.Value, error) {
	r, err := c.prepare(a, 0, 0, 2, 0)
	if err == nil {
		err = noGlobal(r.flags, "regexp_match()", "regexp_matches")
	}
	if err == nil {
		err = r.p.exact(true)
	}
	if err != nil {
		return iris.Null(), err
	}
	m, err := r.find()
	if err != nil || m == nil {
		return iris.Null(), err
	}
	return pgtypes.ArrayValue(textType, r.groups(m))
}

// part gives a match's group, with 0 the whole, and whether it took part.
func (r *regexCall) part(m []int) (from, to int, ok bool) {
	if m == nil || 2*r.groupNo >= len(m) || m[2*r.groupNo] < 0 {
		return 0, 0, false
	}
	return m[2*r.groupNo], m[2*r.groupNo+1], true
}

func regexpSubstr(c *Context, a []iris.Value) (iris.Value, error) {
	r, err := c.prepare(a, 2, 3, 4, 5)
	if err == nil {
		err = noGlobal(r.flags, "regexp_substr()", "")
	}
	if err == nil {
		err = r.p.exact(r.groupNo > 0)
	}
	if err != nil {
		return iris.Null(), err
	}
	m, err := r.find()
	if from, to, ok := r.part(m); ok && err == nil {
		return textResult(r.s[from:to])
	}
	return iris.Null(), err
}

func regexpInstr(c *Context, a []iris.Value) (iris.Value, error) {
	r, err := c.prepare(a, 2, 3, 5, 6)
	if err == nil {
		err = noGlobal(r.flags, "regexp_instr()", "")
	}
	atEnd := false
	if err == nil && len(a) > 4 {
		if n := intArg(a[4]); n != 0 && n != 1 {
			err = invalidParameter("invalid value for parameter \"%s\": %d", "endoption", n)
		}
		atEnd = intArg(a[4]) == 1
	}
	if err == nil {
		err = r.p.exact(r.groupNo > 0)
	}
	if err != nil {
		return iris.Null(), err
	}
	m, err := r.find()
	from, to, ok := r.part(m)
	if err != nil || !ok {
		return iris.Int(0), err
	}
	if atEnd {
		from = to
	}
	return intResult(utf8.RuneCountInString(r.s[:from]) + 1)
}

// regexpSplit leaves out empty matches at both ends and right behind a match (PostgreSQL docs, 9.7.3).
func regexpSplit(c *Context, a []iris.Value) (iris.Value, error) {
	r, err := c.prepare(a, 0, 0, 2, 0)
	if err == nil {
		err = noGlobal(r.flags, "regexp_split_to_array()", "")
	}
	if err == nil {
		err = r.p.exact(false)
	}
	if err != nil {
		return iris.Null(), err
	}
	all, err := r.p.matches(r.s, 0, -1)
	if err != nil {
		return iris.Null(), err
	}
	var list []iris.Value
	last := 0
	for _, m := range all {
		if m[0] == m[1] && (m[0] == 0 || m[0] == len(r.s) || m[0] == last) {
			continue
		}
		list = append(list, iris.Text(r.s[last:m[0]]))
		last = m[1]
	}
	return pgtypes.ArrayValue(textType, append(list, iris.Text(r.s[last:])))
}

// substringRegex gives the first group, or the whole match of a pattern without groups.
func substringRegex(c *Context, a []iris.Value) (iris.Value, error) {
	r, err := c.prepare(a, 0, 0, 0, 0)
	if err == nil {
		err = r.p.exact(true)
	}
	if err != nil {
		return iris.Null(), err
	}
	m, err := r.find()
	if err != nil || m == nil {
		return iris.Null(), err
	}
	return r.groups(m)[0], nil
}

func replacements(t table) {
	form := func(id string, start, nth, flags int) {
		t.strict(id, func(c *Context, a []iris.Value) (iris.Value, error) {
			at := nth
			if nth > 0 && intArg(a[nth]) == 0 {
				at = 0 // all of them
			}
			r, err := c.prepare(a, start, at, flags, 0)
			if err != nil {
				return iris.Null(), err
			}
			all := nth > 0 && at == 0 || nth == 0 && r.flags.global
			return r.replace(textArg(a[2]), all)
		})
	}
	form("regexp_replace(text,text,text)", 0, 0, 0)
	form("regexp_replace(text,text,text,text)", 0, 0, 3)
	form("regexp_replace(text,text,text,int4)", 3, 0, 0)
	form("regexp_replace(text,text,text,int4,int4)", 3, 4, 0)
	form("regexp_replace(text,text,text,int4,int4,text)", 3, 4, 5)
}

func (r *regexCall) replace(with string, all bool) (iris.Value, error) {
	grouped := strings.Contains(with, `\`) && r.p.re.NumSubexp() > 0
	if err := r.p.exact(grouped); err != nil {
		return iris.Null(), err
	}
	limit := r.nth
	if all {
		limit = -1
	}
	found, err := r.p.matches(r.s, r.from, limit)
	if err != nil {
		return iris.Null(), err
	}
	if !all {
		if len(found) < r.nth {
			return textResult(r.s)
		}
		found = found[r.nth-1:]
	}
	var out strings.Builder
	last := 0
	for _, m := range found {
		out.WriteString(r.s[last:m[0]])
		expand(&out, with, r.s, m)
		last = m[1]
		if out.Len() > maxText {
			return iris.Null(), pgerr.New(pgerr.ProgramLimitExceeded, "requested length too large")
		}
	}
	out.WriteString(r.s[last:])
	return textResult(out.String())
}

// expand writes the replacement: \1 to \9 are groups, \& is the whole match, \\ a backslash.
func expand(out *strings.Builder, with, s string, m []int) {
	for i := 0; i < len(with); i++ {
		if with[i] != '\\' || i+1 == len(with) {
			out.WriteByte(with[i])
			continue
		}
		i++
		group := -1
		switch c := with[i]; {
		case c == '&':
			group = 0
		case c >= '1' && c <= '9':
			group = int(c - '0')
		case c == '\\':
			out.WriteByte('\\')
			continue
		default:
			out.WriteByte('\\')
			out.WriteByte(c)
			continue
		}
		if 2*group < len(m) && m[2*group] >= 0 {
			out.WriteString(s[m[2*group]:m[2*group+1]])
		}
	}
}
