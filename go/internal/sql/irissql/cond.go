package irissql

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// cond prints a boolean expression as a condition.
func (p *Printer) cond(e analyze.Expr) (Fragment, error) {
	if c, ok := e.(*analyze.Const); ok && !c.Value.IsNull() {
		return text(truth(c.Value)), nil
	}
	if rowless(e) {
		f, err := p.rowlessValue(e)
		return fill("@ = 1", f), err
	}
	if _, ok := p.standIn(e); ok {
		f, err := p.value(e)
		return fill("@ = 1", f), err
	}
	switch n := e.(type) {
	case *analyze.Logic:
		return p.logic(n)
	case *analyze.NullTest:
		return p.nullTest(n)
	case *analyze.BoolTest:
		return p.boolTest(n)
	case *analyze.Distinct:
		return p.distinctFrom(n)
	case *analyze.In:
		return p.inList(n)
	case *analyze.Like:
		return p.like(n)
	case *analyze.Subquery:
		if n.Kind != analyze.ScalarSubquery {
			return p.subqueryCond(n)
		}
	case *analyze.ArrayCompare:
		return p.arrayCompare(n)
	case *analyze.Call:
		if isCondition(n) {
			return p.callCond(n)
		}
	}
	f, err := p.value(e)
	return fill("@ = 1", f), err
}

// truth is a condition without columns; IRIS has no TRUE and FALSE.
func truth(v iris.Value) string {
	if i, _ := v.Int64(); i != 0 {
		return "1 = 1"
	}
	return "1 = 0"
}

// isCondition reports a call that IRIS has as a condition, not as a scalar.
func isCondition(n *analyze.Call) bool {
	if n.Type().OID != pgtypes.Bool {
		return false
	}
	return n.Func.Kind == analyze.Operator && (comparisons[n.Func.Name] != "" || likeOperators[n.Func.Name] != nil) ||
		n.Func.ID == "starts_with"
}

var comparisons = map[string]string{"=": "=", "<>": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}

func (p *Printer) callCond(n *analyze.Call) (Fragment, error) {
	if n.Func.ID == "starts_with" {
		return p.startsWith(n)
	}
	if make := likeOperators[n.Func.Name]; make != nil {
		return p.like(make(n))
	}
	return p.compare(n.Func, n.Args[0], n.Args[1], n.Pos())
}

var logicWords = map[analyze.LogicOp]string{analyze.And: " AND ", analyze.Or: " OR "}

func (p *Printer) logic(n *analyze.Logic) (Fragment, error) {
	parts := make([]Fragment, len(n.Args))
	for i, a := range n.Args {
		c, err := p.cond(a)
		if err != nil {
			return c, err
		}
		if inner, ok := a.(*analyze.Logic); ok && n.Op != analyze.Not && inner.Op != analyze.Not {
			c = fill("(@)", c)
		}
		parts[i] = c
	}
	if n.Op == analyze.Not {
		return fill("NOT (@)", parts[0]), nil
	}
	return join(parts, logicWords[n.Op]), nil
}

// nullTest asks the column itself: no collation function stands between IS NULL and an index.
func (p *Printer) nullTest(n *analyze.NullTest) (Fragment, error) {
	word := " IS NULL"
	if n.Not {
		word = " IS NOT NULL"
	}
	_, inner := p.standIn(n.Arg)
	if c, ok := n.Arg.(*analyze.Column); ok && c.Rel.Table != nil && !inner {
		col := &c.Rel.Table.Columns[c.Index]
		return text(quote(p.names.alias(c.Rel)) + "." + quote(col.Name) + word), nil
	}
	f, err := p.comparable(n.Arg)
	return fill("@"+word, f), err
}

// boolTest prints IS [NOT] TRUE, FALSE, UNKNOWN, which are never unknown themselves.
func (p *Printer) boolTest(n *analyze.BoolTest) (Fragment, error) {
	f, err := p.value(n.Arg)
	if err != nil {
		return f, err
	}
	if n.Want == analyze.WantUnknown {
		if n.Not {
			return fill("@ IS NOT NULL", f), nil
		}
		return fill("@ IS NULL", f), nil
	}
	want := "1"
	if n.Want == analyze.WantFalse {
		want = "0"
	}
	if n.Not {
		return fill("(@ IS NULL OR @ <> "+want+")", f, f), nil
	}
	return fill("(@ IS NOT NULL AND @ = "+want+")", f, f), nil
}

// bothOrNone is the condition that both sides are equal, or both are NULL. Whether a side that is known without a row is
// NULL is an argument of its own.
func (p *Printer) bothOrNone(equal, l Fragment, right analyze.Expr) (Fragment, error) {
	if isConstant(right) {
		return fill("(@ AND @ IS NOT NULL)", equal, l), nil
	}
	if rowless(right) {
		missing, err := p.rowlessValue(&analyze.NullTest{Node: analyze.Node{Typ: pgtypes.Of(pgtypes.Bool), At: right.Pos()}, Arg: right})
		return fill("((@ AND @ IS NOT NULL AND @ = 0) OR (@ IS NULL AND @ = 1))", equal, l, missing, l, missing), err
	}
	r, err := p.comparable(right)
	return fill("((@ AND @ IS NOT NULL AND @ IS NOT NULL) OR (@ IS NULL AND @ IS NULL))", equal, l, r, l, r), err
}

// distinctFrom expands IS [NOT] DISTINCT FROM, which IRIS lacks, so that it is never unknown.
func (p *Printer) distinctFrom(n *analyze.Distinct) (Fragment, error) {
	equal, err := p.compare(n.Equal, n.Left, n.Right, n.Pos())
	if err != nil {
		return equal, err
	}
	if rowless(n.Left) {
		n = &analyze.Distinct{Node: n.Node, Left: n.Right, Right: n.Left, Not: n.Not, Equal: n.Equal}
	}
	l, err := p.comparable(n.Left)
	if err != nil {
		return l, err
	}
	f, err := p.bothOrNone(equal, l, n.Right)
	if err != nil {
		return f, err
	}
	if n.Not {
		return f, nil
	}
	return fill("NOT @", f), nil
}
