package parse

// subquery writes a query in parentheses.
func (p *printer) subquery(s *Select) {
	p.w("(")
	p.query(s)
	p.w(")")
}

// query writes a query.
func (p *printer) query(s *Select) {
	p.with(s.With)
	p.body(s.Body)
	p.orderBy(" ", s.OrderBy)
	if !s.WithTies {
		p.optExpr(" LIMIT ", s.Limit)
	}
	p.when(s.LimitAll, " LIMIT ALL")
	p.optExpr(" OFFSET ", s.Offset)
	if s.WithTies {
		p.w(" FETCH FIRST ")
		p.operand(s.Limit)
		p.w(" ROWS WITH TIES")
	}
	for _, l := range s.Locking {
		p.w([]string{" FOR UPDATE", " FOR NO KEY UPDATE", " FOR SHARE", " FOR KEY SHARE"}[l.Strength])
		if l.Of != nil {
			p.w(" OF ")
			p.qualifieds(l.Of)
		}
		p.w([]string{"", " NOWAIT", " SKIP LOCKED"}[l.Wait])
	}
}

// body writes a SELECT, VALUES or set operation.
func (p *printer) body(b Body) {
	switch n := b.(type) {
	case *SelectCore:
		p.core(n)
	case *Values:
		p.w("VALUES ")
		for i, row := range n.Rows {
			p.comma(i)
			p.parens(row)
		}
	case *SetOp:
		p.setOperand(n.Left, n.Op, true)
		p.w([]string{" UNION ", " INTERSECT ", " EXCEPT "}[n.Op])
		p.when(n.All, "ALL ")
		p.setOperand(n.Right, n.Op, false)
	}
}

// setOperand writes an operand of a set operation; the left one may be another operation that binds as tight.
func (p *printer) setOperand(s *Select, op SetOpKind, left bool) {
	bare := s.With == nil && s.OrderBy == nil && s.Limit == nil && !s.LimitAll && s.Offset == nil && s.Locking == nil
	if set, ok := s.Body.(*SetOp); ok {
		bare = bare && left && (op != Intersect || set.Op == Intersect)
	}
	if bare {
		p.query(s)
		return
	}
	p.subquery(s)
}

// core writes SELECT up to WINDOW.
func (p *printer) core(c *SelectCore) {
	p.w("SELECT")
	p.when(c.Distinct, " DISTINCT")
	if c.DistinctOn != nil {
		p.w(" ON ")
		p.parens(c.DistinctOn)
	}
	p.targets(" ", c.Targets)
	if c.Into != nil {
		p.w(" INTO ")
		p.persistence(c.Into.Persistence)
		p.w("TABLE ")
		p.qualified(c.Into.Name)
	}
	p.fromList(" FROM ", c.From)
	p.optExpr(" WHERE ", c.Where)
	if c.GroupBy != nil {
		p.w(" GROUP BY ")
		p.when(c.GroupDistinct, "DISTINCT ")
		p.exprs(c.GroupBy)
	}
	p.optExpr(" HAVING ", c.Having)
	for i := range c.Windows {
		p.when(i == 0, " WINDOW ")
		p.comma(i)
		p.ident(c.Windows[i].Name)
		p.w(" AS ")
		p.window(&c.Windows[i])
	}
}

// targets writes before and a select list, if there is one.
func (p *printer) targets(before string, list []Target) {
	for i, t := range list {
		p.when(i == 0, before)
		p.comma(i)
		p.expr(t.Expr)
		p.opt(" AS ", t.Name)
	}
}

// groupingSet writes ROLLUP and its relatives.
func (p *printer) groupingSet(g *GroupingSet) {
	p.w([]string{"", "ROLLUP ", "CUBE ", "GROUPING SETS "}[g.Kind])
	p.parens(g.Items)
}

// orderBy writes before and ORDER BY, if there is one.
func (p *printer) orderBy(before string, list []SortBy) {
	for i, s := range list {
		p.when(i == 0, before+"ORDER BY ")
		p.comma(i)
		p.expr(s.Expr)
		if s.Order == SortUsing {
			p.w(" USING ")
			p.operatorName(s.Schema, s.Using)
		}
		p.order(s.Order, s.Nulls)
	}
}

// order writes ASC, DESC and NULLS.
func (p *printer) order(order SortOrder, nulls NullsOrder) {
	p.w([]string{"", " ASC", " DESC", ""}[order])
	p.w([]string{"", " NULLS FIRST", " NULLS LAST"}[nulls])
}

// with writes a WITH clause.
func (p *printer) with(w *With) {
	if w == nil {
		return
	}
	p.w("WITH ")
	p.when(w.Recursive, "RECURSIVE ")
	for i, c := range w.CTEs {
		p.comma(i)
		p.ident(c.Name)
		p.names("", c.Columns)
		p.w(" AS ", []string{"", "MATERIALIZED ", "NOT MATERIALIZED "}[c.Materialized], "(")
		p.stmt(c.Query)
		p.w(")")
		if s := c.Search; s != nil {
			p.when(s.Breadth, " SEARCH BREADTH FIRST BY ")
			p.when(!s.Breadth, " SEARCH DEPTH FIRST BY ")
			p.nameList(s.Columns)
			p.opt(" SET ", s.Sequence)
		}
		if y := c.Cycle; y != nil {
			p.w(" CYCLE ")
			p.nameList(y.Columns)
			p.opt(" SET ", y.Mark)
			p.optExpr(" TO ", y.Value)
			p.optExpr(" DEFAULT ", y.Other)
			p.opt(" USING ", y.Path)
		}
	}
	p.w(" ")
}
