package sqlrun

import "iris-pgwire/internal/irisdev/irissql/bound"

// sourceSet is a set of sources of one Select, by number.
type sourceSet uint64

// allSources stands for what can't be told apart: correlated subqueries, and sources beyond the 64th.
const allSources = ^sourceSet(0)

func one(source int) sourceSet {
	if source > 63 {
		return allSources
	}
	return 1 << source
}

func (s sourceSet) within(t sourceSet) bool { return s&^t == 0 }

// exprRefs tells which sources of the Select itself an expression reads.
func exprRefs(x bound.Expr) sourceSet {
	switch x := x.(type) {
	case *bound.ColumnRef:
		if x.Depth == 0 {
			return one(x.Source)
		}
	case *bound.RowNumber:
		if x.Depth == 0 {
			return one(x.Source)
		}
	case *bound.Call:
		return refsOf(x.Args...)
	case *bound.Coalesce:
		return refsOf(x.Args...)
	case *bound.Case:
		var s sourceSet
		for _, b := range x.Branches {
			s |= condRefs(b.When) | exprRefs(b.Then)
		}
		return s | refsOf(x.Else)
	case *bound.Subquery:
		return queryRefs(x.Query)
	case *bound.AggregateRef, *bound.WindowRef, *bound.OutputRef:
		return allSources
	}
	return 0
}

func refsOf(list ...bound.Expr) sourceSet {
	var s sourceSet
	for _, x := range list {
		if x != nil {
			s |= exprRefs(x)
		}
	}
	return s
}

// queryRefs of a subquery: all when it depends on any outer row, which is not looked into further.
func queryRefs(q *bound.Query) sourceSet {
	if q.Correlated {
		return allSources
	}
	return 0
}

// condRefs tells which sources a condition reads.
func condRefs(x bound.Cond) sourceSet {
	switch x := x.(type) {
	case *bound.And:
		return condsRefs(x.Conds)
	case *bound.Or:
		return condsRefs(x.Conds)
	case *bound.Not:
		return condRefs(x.X)
	case *bound.Compare:
		return refsOf(x.L, x.R)
	case *bound.Quantified:
		return exprRefs(x.L) | queryRefs(x.Query)
	case *bound.In:
		return exprRefs(x.X) | refsOf(x.List...)
	case *bound.InQuery:
		return exprRefs(x.X) | queryRefs(x.Query)
	case *bound.InList:
		return refsOf(x.X, x.List)
	case *bound.Match:
		return refsOf(x.X, x.Pattern, x.Escape)
	case *bound.Contains:
		return refsOf(x.X, x.Part)
	case *bound.IsNull:
		return exprRefs(x.X)
	case *bound.IsJSON:
		return exprRefs(x.X)
	case *bound.Exists:
		return queryRefs(x.Query)
	case *bound.Constant:
		return 0
	}
	return allSources
}

func condsRefs(list []bound.Cond) sourceSet {
	var s sourceSet
	for _, x := range list {
		s |= condRefs(x)
	}
	return s
}

// conjunct is one condition of a conjunction with the sources it reads.
type conjunct struct {
	cond bound.Cond
	refs sourceSet
}

// conjuncts takes a conjunction apart.
func conjuncts(x bound.Cond) []conjunct {
	if x == nil {
		return nil
	}
	if and, ok := x.(*bound.And); ok {
		var list []conjunct
		for _, c := range and.Conds {
			list = append(list, conjuncts(c)...)
		}
		return list
	}
	return []conjunct{{x, condRefs(x)}}
}

// split parts the conjuncts that read nothing outside set from the others.
func split(list []conjunct, set sourceSet) (inside, rest []conjunct) {
	for _, c := range list {
		if c.refs.within(set) {
			inside = append(inside, c)
		} else {
			rest = append(rest, c)
		}
	}
	return inside, rest
}
