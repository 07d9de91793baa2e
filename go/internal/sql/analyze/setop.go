package analyze

import (
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

var setOpNames = map[parse.SetOpKind]string{parse.Union: "UNION", parse.Intersect: "INTERSECT", parse.Except: "EXCEPT"}

// setOp analyzes UNION, INTERSECT, EXCEPT.
func (a *analyzer) setOp(n *parse.Select, body *parse.SetOp, s *scope, q *Query) error {
	op := &SetOp{Op: setOpNames[body.Op], All: body.All, At: a.pos(body)}
	around := s.empty()
	var err error
	if op.Left, err = a.query(body.Left, around, queryOptions{side: true}); err != nil {
		return err
	}
	if op.Right, err = a.query(body.Right, around, queryOptions{side: true}); err != nil {
		return err
	}
	if len(op.Left.Columns) != len(op.Right.Columns) {
		return pgerr.New(pgerr.SyntaxError, "each %s query must have the same number of columns", op.Op).At(a.queryPos(body.Right))
	}
	for i := range op.Left.Columns {
		if err := a.unifyColumn(op, i, body); err != nil {
			return err
		}
		l := op.Left.Columns[i]
		if !op.All && unsortable[l.Type.OID] {
			return pgerr.New(pgerr.UndefinedFunction, "could not identify an equality operator for type %s", TypeName(l.Type.OID)).At(a.itemPos(body.Left, i))
		}
		q.Columns = append(q.Columns, OutColumn{Name: l.Name, Type: l.Type})
	}
	q.Body = op
	return a.orderOutput(n.OrderBy, q)
}

// queryPos is where PostgreSQL points at a query of a set operation: its first select item.
func (a *analyzer) queryPos(n *parse.Select) int {
	switch b := n.Body.(type) {
	case *parse.SelectCore:
		if len(b.Targets) > 0 {
			return a.leftPos(b.Targets[0].Expr)
		}
	case *parse.Values:
		if len(b.Rows) > 0 && len(b.Rows[0]) > 0 {
			return a.leftPos(b.Rows[0][0])
		}
	case *parse.SetOp:
		return a.queryPos(b.Left)
	}
	return a.pos(n)
}

// unifyColumn gives both sides' column i one type. A literal or parameter of unknown type takes the other side's.
func (a *analyzer) unifyColumn(op *SetOp, i int, body *parse.SetOp) error {
	left, right := outputExpr(op.Left, i), outputExpr(op.Right, i)
	list := []typed{{left, a.queryPos(body.Left)}, {right, a.itemPos(body.Right, i)}}
	both, t, err := a.unify(op.Op, list)
	if err != nil {
		return err
	}
	for side, q := range []*Query{op.Left, op.Right} {
		if err := a.setOutput(q, i, list[side].expr, both[side], t); err != nil {
			return err
		}
	}
	return nil
}

func (a *analyzer) itemPos(n *parse.Select, i int) int {
	switch b := n.Body.(type) {
	case *parse.SelectCore:
		if i < len(b.Targets) {
			return a.leftPos(b.Targets[i].Expr)
		}
		if len(b.Targets) > 0 {
			return a.leftPos(b.Targets[len(b.Targets)-1].Expr)
		}
	case *parse.SetOp:
		return a.itemPos(b.Left, i)
	}
	return a.queryPos(n)
}

// outputExpr is output column i of a query as an expression.
func outputExpr(q *Query, i int) Expr {
	if sel, ok := q.Body.(*Select); ok && i < len(sel.Targets) {
		return sel.Targets[i].Expr
	}
	return &Output{Node{q.Columns[i].Type, q.At}, i}
}

// setOutput changes output column i of one side. What is sorted, made distinct, limited or put together of other queries
// is wrapped, so that the conversion comes after it.
func (a *analyzer) setOutput(q *Query, i int, before, after Expr, t pgtypes.Type) error {
	if before == after && q.Columns[i].Type == t {
		return nil
	}
	sel, plain := q.Body.(*Select)
	plain = plain && !sel.Distinct && sel.DistinctOn == nil && len(q.OrderBy) == 0 && q.Limit == nil && q.Offset == nil
	if _, isConst := after.(*Const); isConst || plain {
		if sel == nil {
			return pgerr.NotBuilt(q.At, "a literal of another type in a nested set operation")
		}
		sel.Targets[i].Expr = after
		q.Columns[i].Type, q.Columns[i].Table = t, nil
		return nil
	}
	inner := *q
	rel := &Relation{Query: &inner, Columns: append([]OutColumn(nil), inner.Columns...), At: q.At}
	outer := &Select{From: []FromItem{rel}, At: q.At}
	columns := make([]OutColumn, len(inner.Columns))
	for k, c := range inner.Columns {
		var e Expr = &Column{Node{c.Type, q.At}, rel, k, 0}
		if k == i && c.Type.OID != t.OID {
			e = &Cast{Node: Node{pgtypes.Of(t.OID), q.At}, Arg: e, Implicit: true}
		}
		outer.Targets = append(outer.Targets, Target{e})
		columns[k] = OutColumn{Name: c.Name, Type: e.Type()}
	}
	columns[i].Type = t
	*q = Query{Body: outer, Columns: columns, At: q.At}
	return nil
}

// orderOutput analyzes the ORDER BY of a set operation, which knows output columns only.
func (a *analyzer) orderOutput(list []parse.SortBy, q *Query) error {
	for k := range list {
		n := &list[k]
		i, ok, err := a.position(n.Expr, len(q.Columns), "ORDER BY")
		if err != nil {
			return err
		}
		if !ok {
			if i, err = a.outputColumn(n.Expr, q); err != nil {
				return err
			}
		}
		key, err := a.sortKey(n, &Output{Node{q.Columns[i].Type, a.pos(n.Expr)}, i})
		if err != nil {
			return err
		}
		q.OrderBy = append(q.OrderBy, key)
	}
	return nil
}

func (a *analyzer) outputColumn(n parse.Expr, q *Query) (int, error) {
	ref, ok := n.(*parse.ColumnRef)
	if !ok || len(ref.Parts) != 1 || ref.Star {
		return 0, pgerr.New(pgerr.FeatureNotSupported, "invalid UNION/INTERSECT/EXCEPT ORDER BY clause").
			WithDetail("Only result column names can be used, not expressions or functions.").
			WithHint("Add the expression/function to every SELECT, or move the UNION into a FROM clause.").At(a.leftPos(n))
	}
	for i, c := range q.Columns {
		if c.Name == ref.Parts[0] {
			return i, nil
		}
	}
	return 0, a.fail(pgerr.UndefinedColumn, ref, "column \"%s\" does not exist", ref.Parts[0])
}

// values analyzes VALUES as a query.
func (a *analyzer) values(n *parse.Select, body *parse.Values, s *scope, q *Query, o queryOptions) error {
	v := &Values{At: a.pos(body)}
	at := s.with("VALUES", false, false)
	width := len(body.Rows[0])
	columns := make([][]typed, width)
	for _, row := range body.Rows {
		if len(row) != width {
			return pgerr.New(pgerr.SyntaxError, "VALUES lists must all be the same length").At(a.leftPos(row[0]))
		}
		for i, x := range row {
			e, err := a.expr(x, at)
			if err != nil {
				return err
			}
			columns[i] = append(columns[i], typed{e, a.leftPos(x)})
		}
	}
	v.Rows = make([][]Expr, len(body.Rows))
	for i := range columns {
		if i < len(o.targets) && allUnknown(columns[i]) {
			for k := range columns[i] {
				e, err := a.coerceUnknown(columns[i][k].expr, o.targets[i])
				if err != nil {
					return err
				}
				columns[i][k].expr = e
			}
		}
		list, t, err := a.unify("VALUES", columns[i])
		if err != nil {
			return err
		}
		for r := range list {
			v.Rows[r] = append(v.Rows[r], list[r])
		}
		q.Columns = append(q.Columns, OutColumn{Name: valuesColumn(i), Type: t})
	}
	q.Body = v
	return a.orderOutput(n.OrderBy, q)
}

func allUnknown(list []typed) bool {
	for _, t := range list {
		if t.expr.Type().OID != pgtypes.Unknown {
			return false
		}
	}
	return true
}
