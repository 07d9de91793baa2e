package parse

import (
	"slices"

	"iris-pgwire/internal/pgerr"
)

// startsSelect says whether a query begins with t; next is the token behind it. VALUES is also a name.
func startsSelect(t, next token) bool {
	switch t.kw {
	case kwSelect, kwWith, kwTable:
		return true
	case kwValues:
		return next.kind == '('
	}
	return false
}

// startsSelect says whether a query that is not in parentheses begins here.
func (p *parser) startsSelect() bool { return startsSelect(p.tok, p.peek(1)) }

// continuesSelect says whether what follows a parenthesised query makes it a part of a larger one.
func (p *parser) continuesSelect() bool {
	switch p.tok.kw {
	case kwUnion, kwIntersect, kwExcept, kwOrder, kwLimit, kwOffset, kwFetch, kwFor:
		return true
	}
	return false
}

// selectStatement parses a query (SelectStmt).
func (p *parser) selectStatement() *Select {
	p.enter()
	defer p.leave()
	if p.is(kwWith) {
		with := p.with()
		s := p.selectRest(p.selectOperand())
		p.attachWith(s, with)
		return s
	}
	return p.selectRest(p.selectOperand())
}

// query parses a query where nothing else can stand.
func (p *parser) query() *Select {
	if p.tok.kind != '(' && !p.isAny(kwSelect, kwValues, kwTable, kwWith) {
		p.fail()
	}
	return p.selectStatement()
}

// attachWith gives a query its WITH clause.
func (p *parser) attachWith(s *Select, with *With) {
	if s.With != nil {
		p.errSyntax(with.Pos(), "multiple WITH clauses not allowed")
	}
	s.With, s.At = with, with.At
}

// selectRest parses the set operations and clauses behind a query's first operand.
func (p *parser) selectRest(left *Select) *Select {
	s := p.setOps(left, 1)
	p.selectClauses(s)
	return s
}

// setOps parses set operations behind left that bind at least as tight as min; INTERSECT binds tighter.
func (p *parser) setOps(left *Select, min int) *Select {
	height := 0
	for {
		op, prec := Union, 1
		switch p.tok.kw {
		case kwUnion:
		case kwExcept:
			op = Except
		case kwIntersect:
			op, prec = Intersect, 2
		default:
			return left
		}
		if prec < min {
			return left
		}
		set := &SetOp{At: p.at(), Op: op, Left: left}
		p.next()
		if p.acceptKw(kwAll) {
			set.All = true
		} else {
			p.acceptKw(kwDistinct)
		}
		p.height = 0
		set.Right = p.setOps(p.selectOperand(), prec+1)
		p.grow(height + 1)
		height = p.height
		left = &Select{At: left.At, Body: set}
	}
}

// selectOperand parses one operand of a set operation.
func (p *parser) selectOperand() *Select {
	at := p.at()
	switch p.tok.kw {
	case kwSelect:
		return &Select{At: at, Body: p.selectCore()}
	case kwValues:
		return &Select{At: at, Body: p.values()}
	case kwTable:
		p.next()
		from := []FromItem{p.relation()}
		star := []Target{{Expr: &ColumnRef{At: at, Star: true}}}
		return &Select{At: at, Body: &SelectCore{At: at, Targets: star, From: from}}
	}
	if p.tok.kind != '(' {
		p.fail()
	}
	return p.subquery()
}

// values parses VALUES.
func (p *parser) values() *Values {
	v := &Values{At: p.at()}
	p.next()
	for first := true; first || p.accept(','); first = false {
		v.Rows = append(v.Rows, p.parenExprs())
	}
	return v
}

// selectCore parses SELECT up to WINDOW.
func (p *parser) selectCore() *SelectCore {
	c := &SelectCore{At: p.at()}
	p.next()
	p.distinct(c)
	if c.Distinct || !p.endsTargets() {
		c.Targets = p.targets()
	}
	if p.is(kwInto) {
		c.Into = p.into()
	}
	if p.acceptKw(kwFrom) {
		c.From = p.fromList()
	}
	if p.acceptKw(kwWhere) {
		c.Where = p.expr()
	}
	if p.acceptKw(kwGroup) {
		p.expectKw(kwBy)
		p.groupBy(c)
	}
	if p.acceptKw(kwHaving) {
		c.Having = p.expr()
	}
	if p.acceptKw(kwWindow) {
		c.Windows = p.windows()
	}
	return c
}

// distinct parses DISTINCT [ON (…)] and ALL.
func (p *parser) distinct(c *SelectCore) {
	if p.acceptKw(kwAll) {
		return
	}
	if !p.acceptKw(kwDistinct) {
		return
	}
	c.Distinct = true
	if p.acceptKw(kwOn) {
		c.DistinctOn = p.parenExprs()
	}
}

// endsTargets says whether the select list is empty.
func (p *parser) endsTargets() bool {
	switch p.tok.kind {
	case ')', ';', tokEOF:
		return true
	}
	return endsExpr(p.tok) && p.tok.kind != ',' && p.tok.kind != ']'
}

// targets parses a select list.
func (p *parser) targets() []Target {
	list := make([]Target, 1, 4)
	list[0] = p.target()
	for p.accept(',') {
		list = append(list, p.target())
	}
	if len(list) > 1000 {
		return slices.Clone(list) // without the room that growing left
	}
	return list
}

// target parses one item of a select list.
func (p *parser) target() Target {
	var t Target
	if p.tok.kind == '*' {
		t.Expr = &ColumnRef{At: p.at(), Star: true}
		p.next()
		return t
	}
	outer := p.labelDepth
	p.labelDepth = p.depth + 1
	t.Expr = p.expr()
	p.labelDepth = outer
	switch {
	case p.acceptKw(kwAs):
		t.Name = p.label()
	case p.tok.kind == tokQuoted || p.tok.kind == tokIdent && isBareLabel(p.tok):
		t.Name = p.takeText()
	}
	return t
}

// into parses SELECT INTO's table.
func (p *parser) into() *IntoTable {
	p.next()
	i := &IntoTable{At: p.at()}
	i.Persistence, _ = p.persistence(false)
	p.acceptKw(kwTable)
	i.Name = p.qualified()
	return i
}

// persistence parses [LOCAL|GLOBAL] TEMPORARY|TEMP or UNLOGGED; where a name may stand (not always), only if another
// one follows.
func (p *parser) persistence(always bool) (kind Persistence, given bool) {
	next := p.peek(1)
	switch p.tok.kw {
	case kwLocal, kwGlobal:
		if next.kw != kwTemporary && next.kw != kwTemp && !always {
			return Permanent, false
		}
		p.next()
		if !p.isAny(kwTemporary, kwTemp) {
			p.fail()
		}
		p.next()
		return Temporary, true
	case kwTemporary, kwTemp:
		if !always && !isName(next) && next.kw != kwTable {
			return Permanent, false
		}
		p.next()
		return Temporary, true
	case kwUnlogged:
		if !always && !isName(next) && next.kw != kwTable {
			return Permanent, false
		}
		p.next()
		return Unlogged, true
	}
	return Permanent, false
}

// groupBy parses what follows GROUP BY.
func (p *parser) groupBy(c *SelectCore) {
	if p.acceptKw(kwDistinct) {
		c.GroupDistinct = true
	} else {
		p.acceptKw(kwAll)
	}
	c.GroupBy = p.groupItems()
}

// groupItems parses a list of grouping items.
func (p *parser) groupItems() []Expr {
	list := []Expr{p.groupItem()}
	for p.accept(',') {
		list = append(list, p.groupItem())
	}
	return list
}

// groupItem parses an expression, (), ROLLUP, CUBE or GROUPING SETS.
func (p *parser) groupItem() Expr {
	at, next := p.at(), p.peek(1)
	switch {
	case p.tok.kind == '(' && next.kind == ')':
		p.next()
		p.next()
		return &GroupingSet{At: at, Kind: GroupEmpty}
	case p.is(kwRollup) && next.kind == '(':
		p.next()
		return &GroupingSet{At: at, Kind: GroupRollup, Items: p.parenExprs()}
	case p.is(kwCube) && next.kind == '(':
		p.next()
		return &GroupingSet{At: at, Kind: GroupCube, Items: p.parenExprs()}
	case p.is2(kwGrouping, kwSets):
		p.enter()
		defer p.leave()
		p.next()
		p.next()
		p.expect('(')
		items := p.groupItems()
		p.expect(')')
		return &GroupingSet{At: at, Kind: GroupSets, Items: items}
	}
	return p.expr()
}

// orderBy parses ORDER BY.
func (p *parser) orderBy() []SortBy {
	p.next()
	p.expectKw(kwBy)
	var list []SortBy
	for first := true; first || p.accept(','); first = false {
		list = append(list, p.sortBy())
	}
	return list
}

// sortBy parses one key of ORDER BY.
func (p *parser) sortBy() SortBy {
	s := SortBy{At: p.at(), Expr: p.expr()}
	switch {
	case p.acceptKw(kwUsing):
		s.Order = SortUsing
		s.Schema, s.Using = p.operatorName()
		s.Nulls = p.nullsOrder()
	default:
		s.Order = p.sortOrder()
		s.Nulls = p.nullsOrder()
	}
	return s
}

// sortOrder parses ASC or DESC.
func (p *parser) sortOrder() SortOrder {
	switch {
	case p.acceptKw(kwAsc):
		return SortAsc
	case p.acceptKw(kwDesc):
		return SortDesc
	}
	return SortDefault
}

// nullsOrder parses NULLS FIRST or LAST.
func (p *parser) nullsOrder() NullsOrder {
	if !p.is(kwNulls) || p.peek(1).kw != kwFirst && p.peek(1).kw != kwLast {
		return NullsDefault
	}
	p.next()
	if p.acceptKw(kwFirst) {
		return NullsFirst
	}
	p.next()
	return NullsLast
}

// checkSingle raises PostgreSQL's error for a clause that a parenthesised query has already.
func (p *parser) checkSingle(given bool, at int, clause string) {
	if given {
		p.errorf(pgerr.SyntaxError, at, "multiple %s clauses not allowed", clause)
	}
}
