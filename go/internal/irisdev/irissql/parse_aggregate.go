package irissql

var aggregates = wordSet("STDDEV STDDEV_SAMP STDDEV_POP VARIANCE VAR_SAMP VAR_POP LIST %DLIST JSON_ARRAYAGG XMLAGG " +
	"APPROX_COUNT_DISTINCT")

var windowFunctions = wordSet("ROW_NUMBER RANK DENSE_RANK PERCENT_RANK CUME_DIST NTILE LAG LEAD FIRST_VALUE LAST_VALUE NTH_VALUE")

// windowAggregates may stand before OVER.
var windowAggregates = wordSet("AVG SUM MIN MAX COUNT")

// aggregate parses NAME([ALL | DISTINCT [BY (…)]] x [%FOREACH (…)] [%AFTERHAVING]) [OVER (…)].
func (p *parser) aggregate(name string) Node {
	a := &Aggregate{Pos: p.pos(), Name: name}
	p.enter()
	defer p.leave()
	p.next()
	p.next()
	switch {
	case name == "COUNT" && p.accept("*"):
		a.Star = true
	default:
		if p.accept("DISTINCT") {
			a.Distinct = true
			if p.accept("BY") {
				a.By = p.scalarList()
			}
		} else {
			p.accept("ALL")
		}
		a.Arg = p.scalar()
	}
	if p.accept("%FOREACH") {
		a.Foreach = p.scalarList()
	}
	a.AfterHaving = p.accept("%AFTERHAVING")
	p.expect(")")
	if p.isName("OVER") && windowAggregates[name] && p.peek().word == "(" {
		return p.windowAggregate(a)
	}
	return a
}

// windowAggregate turns f(field) OVER (…) into a window; DISTINCT and expressions are not documented there.
func (p *parser) windowAggregate(a *Aggregate) Node {
	w := &Window{Pos: a.Pos, Name: a.Name, Star: a.Star}
	if a.Distinct || a.Foreach != nil || a.AfterHaving {
		p.expected(")")
	}
	if a.Arg != nil {
		if _, ok := a.Arg.(*Column); !ok {
			p.fail(-1, "Field expected as argument of the window function %s", a.Name)
		}
		w.Args = []Expr{a.Arg}
	}
	p.over(w)
	return w
}

func (p *parser) windowFunction(name string) Node {
	w := &Window{Pos: p.pos(), Name: name}
	p.next()
	w.Args = p.arguments()
	if !p.isName("OVER") {
		p.expected("OVER")
	}
	p.over(w)
	return w
}

// over parses OVER ([PARTITION BY …] [ORDER BY …] [ROWS …]); named windows, RANGE and GROUPS do not exist.
func (p *parser) over(w *Window) {
	p.enter()
	defer p.leave()
	p.next()
	p.expect("(")
	if p.acceptName("PARTITION") {
		p.expect("BY")
		w.PartitionBy = p.exprs()
	}
	if p.is("ORDER") {
		w.OrderBy = p.orderBy()
	}
	if p.accept("ROWS") {
		w.Frame = &Frame{}
		if p.accept("BETWEEN") {
			w.Frame.From = p.bound()
			p.expect("AND")
			w.Frame.To = p.bound()
		} else {
			w.Frame.From = p.bound()
		}
	}
	p.expect(")")
}

func (p *parser) bound() Bound {
	var b Bound
	switch {
	case p.accept("CURRENT"):
		p.expect("ROW")
		return b
	case p.acceptName("UNBOUNDED"):
		b.Unbounded = true
	default:
		b.Offset = p.integer()
	}
	switch {
	case p.acceptName("PRECEDING"):
		b.Preceding = true
	case p.acceptName("FOLLOWING"):
		b.Following = true
	default:
		p.expected("PRECEDING or FOLLOWING")
	}
	return b
}

// exprs parses a, b, …
func (p *parser) exprs() []Expr {
	list := []Expr{p.scalar()}
	for p.accept(",") {
		list = append(list, p.scalar())
	}
	return list
}

// scalarList parses (a, b, …).
func (p *parser) scalarList() []Expr {
	p.expect("(")
	list := p.exprs()
	p.expect(")")
	return list
}

// json parses JSON_OBJECT('k':v, … [ABSENT|NULL ON NULL]) and JSON_ARRAY(v, …).
func (p *parser) json(object bool) Node {
	j := &JSON{Pos: p.pos(), Object: object}
	p.enter()
	defer p.leave()
	p.next()
	p.expect("(")
	for !p.is(")") {
		if p.jsonNulls(j) {
			break
		}
		p.kept = append(p.kept, p.tok.pos)
		if object {
			k := p.scalar()
			p.expect(":")
			j.Pairs = append(j.Pairs, JSONPair{k, p.scalar()})
		} else {
			j.Values = append(j.Values, p.scalar())
		}
		if !p.accept(",") {
			p.jsonNulls(j)
			break
		}
	}
	p.expect(")")
	return j
}

func (p *parser) jsonNulls(j *JSON) bool {
	switch {
	case p.isName("ABSENT"):
		j.AbsentOnNull = true
	case p.is("NULL") && p.peek().word == "ON":
	default:
		return false
	}
	p.next()
	p.expect("ON", "NULL")
	return true
}
