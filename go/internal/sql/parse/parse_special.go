package parse

import "iris-pgwire/internal/pgerr"

// specialForm gives the rule of a function that has its own syntax, nil if none begins here.
func (p *parser) specialForm() func(*parser) Expr {
	switch p.tok.kw {
	case kwCurrentDate, kwCurrentRole, kwCurrentUser, kwSessionUser, kwUser, kwCurrentCatalog:
		return (*parser).sqlValue
	case kwCurrentTime, kwCurrentTimestamp, kwLocaltime, kwLocaltimestamp:
		return (*parser).timeValue
	case kwSystemUser:
		return (*parser).systemUser
	case kwCurrentSchema:
		if k := p.peek(1).kind; k != '(' && k != '.' {
			return (*parser).sqlValue
		}
		return nil
	}
	if p.peek(1).kind != '(' {
		return nil
	}
	switch p.tok.kw {
	case kwCast, kwTreat:
		return (*parser).cast
	case kwCoalesce, kwGreatest, kwLeast, kwGrouping:
		return (*parser).listForm
	case kwNullif:
		return (*parser).nullIf
	case kwExtract:
		return (*parser).extract
	case kwNormalize:
		return (*parser).normalize
	case kwOverlay:
		return (*parser).overlay
	case kwPosition:
		return (*parser).position
	case kwSubstring:
		return (*parser).substring
	case kwTrim:
		return (*parser).trim
	case kwMergeAction:
		return (*parser).mergeAction
	}
	if form := xmlForm(p.tok.kw); form != nil {
		return form
	}
	return jsonForm(p.tok.kw)
}

// sqlValue parses CURRENT_DATE, CURRENT_USER and the like.
func (p *parser) sqlValue() Expr {
	v := &SQLValue{At: p.at(), Name: p.word(), Precision: -1}
	p.next()
	return v
}

// timeValue parses CURRENT_TIME [(n)] and the like.
func (p *parser) timeValue() Expr {
	v := &SQLValue{At: p.at(), Name: p.word()}
	p.next()
	v.Precision = p.precision()
	return v
}

// systemUser parses SYSTEM_USER.
func (p *parser) systemUser() Expr {
	c := &FuncCall{At: p.at(), Name: systemName("system_user"), Form: FormSystemUser}
	p.next()
	return c
}

// mergeAction parses MERGE_ACTION().
func (p *parser) mergeAction() Expr {
	m := &MergeAction{At: p.at()}
	p.next()
	p.expect('(')
	p.expect(')')
	return m
}

// cast parses CAST(x AS type); TREAT(x AS type) calls the function of the type's name.
func (p *parser) cast() Expr {
	at, treat := p.at(), p.is(kwTreat)
	p.next()
	p.expect('(')
	arg := p.arg()
	p.expectKw(kwAs)
	t := p.typeName()
	p.expect(')')
	if treat {
		return &FuncCall{At: at, Name: systemName(t.Names[len(t.Names)-1]), Args: []Arg{arg}}
	}
	return &Cast{At: at, Arg: arg.Value, Type: t, Form: CastCall}
}

// listForm parses COALESCE, GREATEST, LEAST and GROUPING.
func (p *parser) listForm() Expr {
	at, k := p.at(), p.tok.kw
	p.next()
	list := p.parenExprs()
	switch k {
	case kwCoalesce:
		return &Coalesce{At: at, Args: list}
	case kwGrouping:
		return &GroupingCall{At: at, Args: list}
	}
	return &MinMax{At: at, Greatest: k == kwGreatest, Args: list}
}

// nullIf parses NULLIF(a, b).
func (p *parser) nullIf() Expr {
	n := &NullIf{At: p.at()}
	p.next()
	p.expect('(')
	n.Left = p.expr()
	p.expect(',')
	n.Right = p.expr()
	p.expect(')')
	return n
}

// begin starts a call with its own syntax and passes its word and parenthesis.
func (p *parser) begin(name string, form FuncForm) *FuncCall {
	c := &FuncCall{At: p.at(), Name: systemName(name), Form: form}
	p.next()
	p.expect('(')
	return c
}

// extract parses EXTRACT(field FROM x).
func (p *parser) extract() Expr {
	c := p.begin("extract", FormExtract)
	at := p.at()
	switch {
	case isIdent(p.tok), p.tok.kind == tokString:
	case p.isAny(kwYear, kwMonth, kwDay, kwHour, kwMinute, kwSecond):
	default:
		p.fail()
	}
	field := &Literal{At: at, Kind: StringLiteral, Text: p.takeText()}
	p.expectKw(kwFrom)
	c.Args = []Arg{{At: at, Value: field}, p.arg()}
	p.expect(')')
	return c
}

// normalize parses NORMALIZE(x [, form]).
func (p *parser) normalize() Expr {
	c := p.begin("normalize", FormNormalize)
	c.Args = []Arg{p.arg()}
	if p.accept(',') {
		form, ok := p.normalForm()
		if !ok {
			p.fail()
		}
		c.Args = append(c.Args, form)
	}
	p.expect(')')
	return c
}

// overlay parses OVERLAY(a PLACING b FROM c [FOR d]) and the plain call.
func (p *parser) overlay() Expr {
	c := p.begin("overlay", FormOverlay)
	if !p.firstOfForm(c) {
		return c
	}
	if !p.is(kwPlacing) {
		p.restOfCall(c, "overlay")
		return c
	}
	p.next()
	c.Args = append(c.Args, p.arg())
	p.expectKw(kwFrom)
	c.Args = append(c.Args, p.arg())
	if p.acceptKw(kwFor) {
		c.Args = append(c.Args, p.arg())
	}
	p.expect(')')
	return c
}

// firstOfForm parses the first argument of a form that may also be a plain call; false if the call has none.
func (p *parser) firstOfForm(c *FuncCall) bool {
	if p.accept(')') {
		c.Form = FormCall
		c.Name = c.Name[1:]
		return false
	}
	c.Args = append(c.Args, p.argument())
	return true
}

// restOfCall ends a plain call of a function that also has its own syntax. PostgreSQL looks such a call up by its plain
// name.
func (p *parser) restOfCall(c *FuncCall, name string) {
	c.Form, c.Name = FormCall, []string{name}
	for p.accept(',') {
		c.Args = append(c.Args, p.argument())
	}
	p.expect(')')
}

// position parses POSITION(a IN b).
func (p *parser) position() Expr {
	c := p.begin("position", FormPosition)
	at := p.at()
	needle := Arg{At: at, Value: p.basic()}
	p.expectKw(kwIn)
	at = p.at()
	c.Args = []Arg{{At: at, Value: p.basic()}, needle}
	p.expect(')')
	return c
}

// substring parses the forms of SUBSTRING and the plain call.
func (p *parser) substring() Expr {
	c := p.begin("substring", FormSubstring)
	outer := p.substringArg
	p.substringArg = true
	more := p.firstOfForm(c)
	p.substringArg = outer
	if !more {
		return c
	}
	switch {
	case p.acceptKw(kwFrom):
		c.Args = append(c.Args, p.arg())
		if p.acceptKw(kwFor) {
			c.Args = append(c.Args, p.arg())
		}
	case p.is(kwFor):
		p.substringFor(c)
	case p.acceptKw(kwSimilar):
		c.Form = FormSimilar
		c.Args = append(c.Args, p.arg())
		p.expectKw(kwEscape)
		c.Args = append(c.Args, p.arg())
	default:
		p.restOfCall(c, "substring")
		return c
	}
	p.expect(')')
	return c
}

// substringFor parses FOR n [FROM m]. Without FROM it starts at 1, and n is cast to integer, so that substring(text FROM
// pattern) is not meant.
func (p *parser) substringFor(c *FuncCall) {
	at := p.at()
	p.next()
	length := p.arg()
	if p.acceptKw(kwFrom) {
		c.Args = append(c.Args, p.arg(), length)
		return
	}
	one := &Literal{At: at, Kind: IntLiteral, Text: "1"}
	integer := &TypeName{At: at, Names: systemName("int4")}
	c.Args = append(c.Args, Arg{At: at, Value: one}, Arg{At: length.At, Value: &Cast{At: at, Arg: length.Value, Type: integer}})
}

// trim parses TRIM([BOTH|LEADING|TRAILING] [chars FROM] text).
func (p *parser) trim() Expr {
	c := p.begin("btrim", FormTrim)
	switch {
	case p.acceptKw(kwBoth):
	case p.acceptKw(kwLeading):
		c.Name[1] = "ltrim"
	case p.acceptKw(kwTrailing):
		c.Name[1] = "rtrim"
	}
	var chars []Arg
	if !p.acceptKw(kwFrom) {
		first := p.arg()
		if p.acceptKw(kwFrom) {
			chars = []Arg{first}
		} else {
			c.Args = append(c.Args, first)
		}
	}
	if c.Args == nil {
		c.Args = append(c.Args, p.arg())
	}
	for p.accept(',') {
		c.Args = append(c.Args, p.arg())
	}
	c.Args = append(c.Args, chars...)
	p.expect(')')
	return c
}

// errType raises the grammar's errors about types.
func (p *parser) errType(at int, format string, args ...any) {
	p.errorf(pgerr.InvalidParameterValue, at, format, args...)
}
