package analyze

// Scalars is where the numbers of parameters begin that are no parameters of the client: values that the gateway finds
// out by an earlier step of the same statement, the first being Scalars+1.
const Scalars = 1 << 17

// Correlated reports a reference to a row of a query around this one.
func (q *Query) Correlated() bool {
	found := false
	var visit func(e Expr, depth int)
	visit = func(e Expr, depth int) {
		switch n := e.(type) {
		case *Column:
			found = found || n.Up > depth
		case *Subquery:
			queryExprs(n.Query, depth+1, visit)
		}
		children(e, func(c Expr) { visit(c, depth) })
	}
	queryExprs(q, 0, visit)
	return found
}

// Rewrite puts f's answer in the place of every expression of the query, its FROM, WITH and set operations included; f
// looks after sub-expressions and the queries of subqueries itself.
func (q *Query) Rewrite(f func(Expr) Expr) {
	for _, c := range q.CTEs {
		c.Query.Rewrite(f)
	}
	switch b := q.Body.(type) {
	case *Select:
		b.rewrite(f)
	case *SetOp:
		b.Left.Rewrite(f)
		b.Right.Rewrite(f)
	case *Values:
		for _, row := range b.Rows {
			rewriteList(row, f)
		}
	}
	rewriteSort(q.OrderBy, f)
	q.Limit, q.Offset = rewriteOne(q.Limit, f), rewriteOne(q.Offset, f)
}

func (s *Select) rewrite(f func(Expr) Expr) {
	rewriteFrom(s.From, f)
	rewriteTargets(s.Targets, f)
	s.Where, s.Having = rewriteOne(s.Where, f), rewriteOne(s.Having, f)
	rewriteList(s.GroupBy, f)
	rewriteList(s.DistinctOn, f)
}

// Rewrite is Query.Rewrite of an INSERT.
func (n *Insert) Rewrite(f func(Expr) Expr) {
	for _, row := range n.Rows {
		rewriteList(row, f)
	}
	if n.Query != nil {
		n.Query.Rewrite(f)
	}
	rewriteTargets(n.Returning, f)
	if n.Conflict != nil {
		rewriteSet(n.Conflict.Set, f)
		n.Conflict.Where = rewriteOne(n.Conflict.Where, f)
	}
}

// Rewrite is Query.Rewrite of an UPDATE.
func (n *Update) Rewrite(f func(Expr) Expr) {
	rewriteSet(n.Set, f)
	rewriteFrom(n.From, f)
	n.Where = rewriteOne(n.Where, f)
	rewriteTargets(n.Returning, f)
}

// Rewrite is Query.Rewrite of a DELETE.
func (n *Delete) Rewrite(f func(Expr) Expr) {
	rewriteFrom(n.Using, f)
	n.Where = rewriteOne(n.Where, f)
	rewriteTargets(n.Returning, f)
}

func rewriteOne(e Expr, f func(Expr) Expr) Expr {
	if e == nil {
		return nil
	}
	return f(e)
}

func rewriteList(list []Expr, f func(Expr) Expr) {
	for i, e := range list {
		list[i] = rewriteOne(e, f)
	}
}

func rewriteTargets(list []Target, f func(Expr) Expr) {
	for i := range list {
		list[i].Expr = f(list[i].Expr)
	}
}

func rewriteSet(list []Assignment, f func(Expr) Expr) {
	for i := range list {
		list[i].Value = rewriteOne(list[i].Value, f)
	}
}

func rewriteSort(keys []SortKey, f func(Expr) Expr) {
	for i := range keys {
		keys[i].Expr = f(keys[i].Expr)
	}
}

func rewriteFrom(items []FromItem, f func(Expr) Expr) {
	for _, item := range items {
		switch n := item.(type) {
		case *Join:
			rewriteFrom([]FromItem{n.Left, n.Right}, f)
			n.On = rewriteOne(n.On, f)
		case *Relation:
			if n.Query != nil {
				n.Query.Rewrite(f)
			}
		}
	}
}
