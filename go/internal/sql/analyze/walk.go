package analyze

// children calls f with each direct sub-expression; the queries of subqueries are not looked into.
func children(e Expr, f func(Expr)) {
	switch n := e.(type) {
	case *Call:
		each(n.Args, f)
	case *Cast:
		f(n.Arg)
	case *Logic:
		each(n.Args, f)
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
		some(n.Else, f)
	case *Variadic:
		each(n.Args, f)
	case *NullIf:
		f(n.Left)
		f(n.Right)
	case *In:
		f(n.Arg)
		each(n.List, f)
	case *Like:
		f(n.Arg)
		f(n.Pattern)
	case *Subquery:
		some(n.Left, f)
	case *ArrayCompare:
		f(n.Left)
		f(n.Array)
	case *Array:
		each(n.Elems, f)
	case *Aggregate:
		each(n.Args, f)
		some(n.Filter, f)
		keys(n.OrderBy, f)
	case *Window:
		each(n.Args, f)
		some(n.Filter, f)
		each(n.Partition, f)
		keys(n.OrderBy, f)
	}
}

func each(list []Expr, f func(Expr)) {
	for _, x := range list {
		f(x)
	}
}

func some(x Expr, f func(Expr)) {
	if x != nil {
		f(x)
	}
}

func keys(list []SortKey, f func(Expr)) {
	for _, k := range list {
		f(k.Expr)
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
