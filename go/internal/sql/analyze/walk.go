package analyze

// children calls f with each direct sub-expression; the queries of subqueries are not looked into.
func children(e Expr, f func(Expr)) {
	each := func(list []Expr) {
		for _, x := range list {
			f(x)
		}
	}
	some := func(x Expr) {
		if x != nil {
			f(x)
		}
	}
	keys := func(list []SortKey) {
		for _, k := range list {
			f(k.Expr)
		}
	}
	switch n := e.(type) {
	case *Call:
		each(n.Args)
	case *Cast:
		f(n.Arg)
	case *Logic:
		each(n.Args)
	case *NullTest:
		f(n.Arg)
	case *BoolTest:
		f(n.Arg)
	case *Distinct:
		f(n.Left)
		f(n.Right)
	case *Case:
		for _, w := range n.Whens {
			f(w.Cond)
			f(w.Result)
		}
		some(n.Else)
	case *Variadic:
		each(n.Args)
	case *NullIf:
		f(n.Left)
		f(n.Right)
	case *In:
		f(n.Arg)
		each(n.List)
	case *Like:
		f(n.Arg)
		f(n.Pattern)
	case *Subquery:
		some(n.Left)
	case *ArrayCompare:
		f(n.Left)
		f(n.Array)
	case *Array:
		each(n.Elems)
	case *Aggregate:
		each(n.Args)
		some(n.Filter)
		keys(n.OrderBy)
	case *Window:
		each(n.Args)
		some(n.Filter)
		each(n.Partition)
		keys(n.OrderBy)
	}
}

// queryExprs calls f with every expression of a query, depth levels below the one that is being looked at: a query in
// FROM and a CTE are a level further down, as is the query of a subquery.
func queryExprs(q *Query, depth int, f func(e Expr, depth int)) {
	for _, c := range q.CTEs {
		if c.Query != nil {
			queryExprs(c.Query, depth+1, f)
		}
	}
	some := func(e Expr) {
		if e != nil {
			f(e, depth)
		}
	}
	switch b := q.Body.(type) {
	case *Select:
		for _, item := range b.From {
			fromExprs(item, depth, f)
		}
		for _, t := range b.Targets {
			some(t.Expr)
		}
		some(b.Where)
		for _, g := range b.GroupBy {
			some(g)
		}
		some(b.Having)
	case *SetOp:
		queryExprs(b.Left, depth+1, f)
		queryExprs(b.Right, depth+1, f)
	case *Values:
		for _, row := range b.Rows {
			for _, e := range row {
				some(e)
			}
		}
	}
	for _, k := range q.OrderBy {
		some(k.Expr)
	}
	some(q.Limit)
	some(q.Offset)
}

func fromExprs(item FromItem, depth int, f func(e Expr, depth int)) {
	switch n := item.(type) {
	case *Join:
		fromExprs(n.Left, depth, f)
		fromExprs(n.Right, depth, f)
		if n.On != nil {
			f(n.On, depth)
		}
	case *Relation:
		if n.Query != nil {
			queryExprs(n.Query, depth+1, f)
		}
	}
}

// refersToLevel reports a reference to a column of the expression's own level.
func refersToLevel(e Expr) bool {
	found := false
	var visit func(e Expr, depth int)
	visit = func(e Expr, depth int) {
		switch n := e.(type) {
		case *Column:
			found = found || n.Up == depth
		case *Subquery:
			queryExprs(n.Query, depth+1, visit)
		}
		children(e, func(c Expr) { visit(c, depth) })
	}
	visit(e, 0)
	return found
}
