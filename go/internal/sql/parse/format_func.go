package parse

// funcCall writes a call as it was written.
func (p *printer) funcCall(c *FuncCall) {
	if c.Form != FormCall {
		p.form(c)
		return
	}
	p.idents(c.Name)
	p.w("(")
	p.when(c.Distinct, "DISTINCT ")
	p.when(c.Star, "*")
	p.args(c.Args, c.Variadic)
	if !c.WithinGroup {
		p.orderBy(" ", c.OrderBy)
	}
	p.w(")")
	if c.WithinGroup {
		p.w(" WITHIN GROUP (")
		p.orderBy("", c.OrderBy)
		p.w(")")
	}
	p.filterOver(c.Filter, c.Over)
}

// args writes arguments, the last one VARIADIC if so.
func (p *printer) args(list []Arg, variadic bool) {
	for i, a := range list {
		p.comma(i)
		p.when(variadic && i == len(list)-1, "VARIADIC ")
		if a.Name != "" {
			p.ident(a.Name)
			p.w(" => ")
		}
		p.expr(a.Value)
	}
}

// filterOver writes FILTER and OVER.
func (p *printer) filterOver(filter Expr, over *WindowDef) {
	if filter != nil {
		p.w(" FILTER (WHERE ")
		p.expr(filter)
		p.w(")")
	}
	if over == nil {
		return
	}
	p.w(" OVER ")
	if over.Name != "" {
		p.ident(over.Name)
		return
	}
	p.window(over)
}

// window writes a window's parentheses.
func (p *printer) window(w *WindowDef) {
	p.w("(")
	p.opt("", w.Base)
	if w.PartitionBy != nil {
		p.w(" PARTITION BY ")
		p.exprs(w.PartitionBy)
	}
	p.orderBy(" ", w.OrderBy)
	if f := w.Frame; f != nil {
		p.w([]string{" RANGE ", " ROWS ", " GROUPS "}[f.Mode])
		p.when(f.Between, "BETWEEN ")
		p.bound(f.Start)
		if f.Between {
			p.w(" AND ")
			p.bound(f.End)
		}
		p.w([]string{"", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES"}[f.Exclude])
	}
	p.w(")")
}

// bound writes one end of a frame.
func (p *printer) bound(b Bound) {
	if b.Offset != nil {
		p.operand(b.Offset)
	}
	p.w([]string{"UNBOUNDED PRECEDING", " PRECEDING", "CURRENT ROW", " FOLLOWING", "UNBOUNDED FOLLOWING"}[b.Kind])
}

// formWords are the words between the arguments of the plain forms, in the order in which they are written.
var formWords = map[FuncForm][]string{
	FormOverlay:   {"OVERLAY(", " PLACING ", " FROM ", " FOR "},
	FormSubstring: {"SUBSTRING(", " FROM ", " FOR "},
	FormSimilar:   {"SUBSTRING(", " SIMILAR ", " ESCAPE "},
	FormXMLExists: {"XMLEXISTS(", " PASSING "},
}

// form writes a call with its own syntax.
func (p *printer) form(c *FuncCall) {
	arg := func(i int) Expr { return c.Args[i].Value }
	switch c.Form {
	case FormExtract:
		p.w("EXTRACT(")
		p.expr(arg(0))
		p.w(" FROM ")
		p.expr(arg(1))
		p.w(")")
	case FormPosition:
		p.w("POSITION(")
		p.operand(arg(1))
		p.w(" IN ")
		p.operand(arg(0))
		p.w(")")
	case FormTrim:
		p.trim(c)
	case FormNormalize:
		p.w("NORMALIZE(")
		p.expr(arg(0))
		if len(c.Args) > 1 {
			p.w(", ", arg(1).(*Literal).Text)
		}
		p.w(")")
	case FormIsNormalized:
		p.is(arg(0), false)
		if len(c.Args) > 1 {
			p.w(arg(1).(*Literal).Text, " ")
		}
		p.w("NORMALIZED")
	case FormCollationFor:
		p.w("COLLATION FOR (")
		p.expr(arg(0))
		p.w(")")
	case FormAtTimeZone:
		p.operand(arg(1))
		p.w(" AT TIME ZONE ")
		p.operand(arg(0))
	case FormAtLocal:
		p.operand(arg(0))
		p.w(" AT LOCAL")
	case FormOverlaps:
		p.parens([]Expr{arg(0), arg(1)})
		p.w(" OVERLAPS ")
		p.parens([]Expr{arg(2), arg(3)})
	case FormSystemUser:
		p.w("SYSTEM_USER")
	default:
		for i, word := range formWords[c.Form][:len(c.Args)] {
			p.w(word)
			p.operand(arg(i))
		}
		p.w(")")
	}
}

// trim writes TRIM: its first argument is the text, the last may be the characters.
func (p *printer) trim(c *FuncCall) {
	side := map[string]string{"btrim": "BOTH", "ltrim": "LEADING", "rtrim": "TRAILING"}[c.Name[1]]
	p.w("TRIM(", side, " FROM ")
	p.args(c.Args, false)
	p.w(")")
}
