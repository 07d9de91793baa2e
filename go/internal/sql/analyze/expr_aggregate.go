package analyze

import (
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// checkAggregate refuses an aggregate where none may stand.
func (a *analyzer) checkAggregate(n *parse.FuncCall, s *scope) error {
	switch {
	case s == nil:
		return a.fail(pgerr.GroupingError, n, "aggregate functions are not allowed here")
	case s.inAggregate:
		return a.fail(pgerr.GroupingError, n, "aggregate function calls cannot be nested")
	case !s.aggregates:
		return a.fail(pgerr.GroupingError, n, "aggregate functions are not allowed in %s", s.clause)
	}
	return nil
}

// checkWindow refuses a window function where none may stand.
func (a *analyzer) checkWindow(n *parse.FuncCall, s *scope) error {
	switch {
	case s == nil:
		return a.fail(pgerr.WindowingError, n, "window functions are not allowed here")
	case s.inAggregate:
		return a.fail(pgerr.GroupingError, n, "aggregate function calls cannot contain window function calls")
	case s.inWindow:
		return a.fail(pgerr.WindowingError, n, "window function calls cannot be nested")
	case !s.windows:
		return a.fail(pgerr.WindowingError, n, "window functions are not allowed in %s", s.clause)
	}
	return nil
}

// aggregate makes the node of an aggregate call.
func (a *analyzer) aggregate(n *parse.FuncCall, f *Function, args []Expr, node Node, s, inner *scope) (Expr, error) {
	if !n.Star && len(args) == 0 {
		return nil, a.fail(pgerr.WrongObjectType, n, "%s(*) must be used to call a parameterless aggregate function", f.Name)
	}
	if outerOnly(args) {
		return nil, a.notBuilt(n, "an aggregate of an outer query")
	}
	out := &Aggregate{Node: node, Func: f, Star: n.Star, Distinct: n.Distinct, Args: args}
	var err error
	if n.Filter != nil {
		if out.Filter, err = a.condition(n.Filter, s.filter(), "FILTER"); err != nil {
			return nil, err
		}
	}
	if out.OrderBy, err = a.sortKeys(n.OrderBy, inner); err != nil {
		return nil, err
	}
	for i, k := range out.OrderBy {
		for _, arg := range args {
			if Same(withoutImplicit(arg), k.Expr) {
				out.OrderBy[i].Expr = arg // PostgreSQL sorts by the argument as the function takes it
			}
		}
	}
	if n.Distinct {
		if err := a.checkDistinctArgs(n, out); err != nil {
			return nil, err
		}
	}
	s.level.hasAggs = true
	return out, nil
}

// filter is the scope of FILTER's condition.
func (s *scope) filter() *scope {
	c := s.with("FILTER", false, false)
	c.inAggregate, c.inWindow = false, false
	return c
}

// withoutImplicit is an expression before the casts that the analyzer put around it.
func withoutImplicit(e Expr) Expr {
	for {
		c, ok := e.(*Cast)
		if !ok || !c.Implicit {
			return e
		}
		e = c.Arg
	}
}

// checkDistinctArgs refuses what cannot be made distinct, and sort keys that are none of the arguments.
func (a *analyzer) checkDistinctArgs(n *parse.FuncCall, g *Aggregate) error {
	for i, k := range g.OrderBy {
		if !among(k.Expr, g.Args) {
			return pgerr.New(pgerr.InvalidColumnReference, "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list").
				At(a.leftPos(n.OrderBy[i].Expr))
		}
	}
	for i, e := range g.Args {
		if err := hasEquality(e, a.leftPos(n.Args[i].Value)); err != nil {
			return err
		}
	}
	return nil
}

// outerOnly reports arguments that refer to outer queries and to nothing of this one: PostgreSQL counts the aggregate to
// the outer query then.
func outerOnly(args []Expr) bool {
	outer, own := false, false
	var visit func(e Expr)
	visit = func(e Expr) {
		if c, ok := e.(*Column); ok {
			outer, own = outer || c.Up > 0, own || c.Up == 0
		}
		children(e, visit)
	}
	for _, e := range args {
		visit(e)
	}
	return outer && !own
}

// window makes the node of a window function call.
func (a *analyzer) window(n *parse.FuncCall, f *Function, args []Expr, node Node, s, inner *scope) (Expr, error) {
	switch {
	case f.Kind == Scalar:
		return nil, a.fail(pgerr.WrongObjectType, n, "OVER specified, but %s is not a window function nor an aggregate function", f.Name)
	case n.Distinct:
		return nil, a.fail(pgerr.FeatureNotSupported, n, "DISTINCT is not implemented for window functions")
	case n.OrderBy != nil:
		return nil, a.fail(pgerr.FeatureNotSupported, n, "aggregate ORDER BY is not implemented for window functions")
	case n.Filter != nil && f.Kind == WindowFunc:
		return nil, a.fail(pgerr.FeatureNotSupported, n, "FILTER is not implemented for non-aggregate window functions")
	}
	out := &Window{Node: node, Func: f, Star: n.Star, Args: args}
	var err error
	if n.Filter != nil {
		if out.Filter, err = a.condition(n.Filter, s.filter(), "FILTER"); err != nil {
			return nil, err
		}
	}
	if err := a.over(n.Over, out, inner, 0); err != nil {
		return nil, err
	}
	s.level.hasWindows = true
	return out, nil
}

// over fills in the window definition, which may name or extend another of the WINDOW clause.
func (a *analyzer) over(w *parse.WindowDef, out *Window, s *scope, depth int) error {
	base := w.Base
	if base == "" && w.Name != "" && depth == 0 {
		base = w.Name
	}
	if base != "" {
		def := findWindow(s.named, base)
		if def == nil || depth > len(s.named) {
			return a.fail(pgerr.UndefinedObject, w, "window \"%s\" does not exist", base)
		}
		if err := a.checkBase(w, def, depth == 0 && w.Name != ""); err != nil {
			return err
		}
		if err := a.over(def, out, s, depth+1); err != nil {
			return err
		}
	}
	at := s.with("window definitions", true, false)
	at.inWindow = false
	for _, p := range w.PartitionBy {
		e, err := a.expr(p, at)
		if err == nil {
			e, err = a.known(e)
		}
		if err != nil {
			return err
		}
		out.Partition = append(out.Partition, e)
	}
	if w.OrderBy != nil {
		keys, err := a.sortKeys(w.OrderBy, at)
		if err != nil {
			return err
		}
		out.OrderBy = keys
	}
	if w.Frame == nil {
		return nil
	}
	if w.Frame.Mode == parse.Groups && len(out.OrderBy) == 0 {
		return a.fail(pgerr.WindowingError, w, "GROUPS mode requires an ORDER BY clause")
	}
	frame, err := a.frame(w.Frame, at)
	out.Frame = frame
	return err
}

// checkBase refuses what a window may not change of the one that it extends (PostgreSQL docs, "SELECT", WINDOW Clause).
func (a *analyzer) checkBase(w, base *parse.WindowDef, plain bool) error {
	switch {
	case plain:
	case w.PartitionBy != nil:
		return a.fail(pgerr.WindowingError, w, "cannot override PARTITION BY clause of window \"%s\"", base.Name)
	case w.OrderBy != nil && base.OrderBy != nil:
		return a.fail(pgerr.WindowingError, w, "cannot override ORDER BY clause of window \"%s\"", base.Name)
	case base.Frame != nil:
		err := a.fail(pgerr.WindowingError, w, "cannot copy window \"%s\" because it has a frame clause", base.Name)
		if w.OrderBy == nil && w.Frame == nil && w.Name == "" {
			return err.WithHint("Omit the parentheses in this OVER clause.")
		}
		return err
	}
	return nil
}

// checkWindows refuses two windows of one name.
func (a *analyzer) checkWindows(list []parse.WindowDef) error {
	for i := range list {
		if findWindow(list[:i], list[i].Name) != nil {
			return a.fail(pgerr.WindowingError, list[i], "window \"%s\" is already defined", list[i].Name)
		}
	}
	return nil
}

func findWindow(list []parse.WindowDef, name string) *parse.WindowDef {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return nil
}

var (
	frameModes  = [...]string{parse.Range: "RANGE", parse.Rows: "ROWS", parse.Groups: "GROUPS"}
	boundKinds  = [...]string{"UNBOUNDED PRECEDING", "PRECEDING", "CURRENT ROW", "FOLLOWING", "UNBOUNDED FOLLOWING"}
	frameExcept = [...]string{"", "EXCLUDE CURRENT ROW", "EXCLUDE GROUP", "EXCLUDE TIES"}
)

func (a *analyzer) frame(n *parse.Frame, s *scope) (*Frame, error) {
	f := &Frame{Mode: frameModes[n.Mode], Exclude: frameExcept[n.Exclude], At: a.pos(n)}
	end := n.End
	if !n.Between {
		end = parse.Bound{At: n.At, Kind: parse.CurrentRow}
	}
	for _, b := range []struct {
		from parse.Bound
		to   *Bound
	}{{n.Start, &f.Start}, {end, &f.End}} {
		b.to.Kind = boundKinds[b.from.Kind]
		if b.from.Offset == nil {
			continue
		}
		e, err := a.expr(b.from.Offset, s)
		if err != nil {
			return nil, err
		}
		want := pgtypes.Int8
		if n.Mode == parse.Range {
			return nil, a.notBuilt(n, "a RANGE frame with an offset")
		}
		if b.to.Offset, err = a.argument(e, want, b.from.Offset, f.Mode); err != nil {
			return nil, err
		}
		if refersToLevel(b.to.Offset) {
			return nil, pgerr.New(pgerr.InvalidColumnReference, "argument of %s must not contain variables", f.Mode).At(a.leftPos(b.from.Offset))
		}
	}
	return f, nil
}
