package bound

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlfunc"
	"iris-pgwire/internal/irisdev/value"
)

// setOp binds UNION, EXCEPT or INTERSECT: both sides need as many columns, of types that fit (-9).
func (b *binder) setOp(out *Query, q *irissql.Query, in *irissql.SetOp) {
	op := &SetOp{Kind: in.Kind, All: in.All, Left: b.query(in.Left), Right: b.query(in.Right)}
	l, r := op.Left.Columns, op.Right.Columns
	if len(l) != len(r) {
		b.fail(in.Pos, -9, "Incompatible SELECT lists: %d and %d items", len(l), len(r))
	}
	out.Body = op
	out.Columns = make([]Output, len(l))
	op.LeftConvert, op.RightConvert = make([]Expr, len(l)), make([]Expr, len(l))
	op.Keys = make([]sqltype.Collation, len(l))
	for i := range l {
		b.setColumn(out, op, in, i)
	}
	for _, it := range q.OrderBy {
		if k, ok := b.setOrder(out, it.X); ok {
			k.Desc = it.Desc
			out.OrderBy = append(out.OrderBy, k)
		}
	}
}

// setColumn decides type and collation of one result column. Without ALL, values of SQLUPPER columns come back in upper
// case as those of DISTINCT do.
func (b *binder) setColumn(out *Query, op *SetOp, in *irissql.SetOp, i int) {
	l, r := op.Left.Columns[i], op.Right.Columns[i]
	la, ra := sideArg(op.Left, i), sideArg(op.Right, i)
	t, err := sqlfunc.CommonType("UNION", []sqlfunc.Arg{la, ra})
	if err != nil {
		b.fail(in.Pos, -9, "Incompatible SELECT lists: the types of item %d differ", i+1)
	}
	if op.Kind == irissql.Except && l.Type.Kind != sqltype.Unknown && t != l.Type {
		if !(l.Type.IsNumber() && t.IsNumber()) && l.Type.Kind != t.Kind {
			b.fail(in.Pos, -9, "Incompatible SELECT lists: the types of item %d differ", i+1)
		}
		t = l.Type
	}
	o := Output{Info: Info{Type: t, Collation: r.Collation, Nullable: l.Nullable || r.Nullable}, Label: l.Label, Aliased: l.Aliased}
	switch {
	case ra.Literal:
		o.Collation = l.Collation
	case !la.Literal && l.Collation != r.Collation:
		o.Collation = sqltype.Exact
	}
	out.Columns[i] = o
	op.Keys[i] = keyCollation(o.Info)
	if !op.All {
		b.comparable(&OutputRef{o.Info, i}, in.Pos)
	}
	fold := !op.All && op.Keys[i] == sqltype.SQLUpper
	op.LeftConvert[i] = sideConvert(l, t, i, fold)
	op.RightConvert[i] = sideConvert(r, t, i, fold)
}

// sideArg is what CommonType has to know of a side's column; a literal NULL fits every type.
func sideArg(q *Query, i int) sqlfunc.Arg {
	a := sqlfunc.Arg{Type: q.Columns[i].Type, Nullable: q.Columns[i].Nullable, Collation: q.Columns[i].Collation}
	switch body := q.Body.(type) {
	case *Select:
		if l, ok := body.Items[i].(*Literal); ok {
			a.Literal, a.Constant = true, l.Value
		}
	case *SetOp:
		if l, r := sideArg(body.Left, i), sideArg(body.Right, i); l.Literal && r.Literal && l.Constant.IsNull() && r.Constant.IsNull() {
			a.Literal = true
		}
	}
	return a
}

// sideConvert brings a side's column to the result type; nil if it is of that form already.
func sideConvert(c Output, t sqltype.Type, i int, fold bool) Expr {
	var x Expr = &OutputRef{c.Info, i}
	adapted := adapt(x, t)
	if fold {
		return &Call{Info{t, sqltype.SQLUpper, c.Nullable}, "UPPER", []Expr{adapted}, foldCase}
	}
	if adapted == x {
		return nil
	}
	return adapted
}

// foldCase is what SQLUPPER makes of a text, without the blank in front.
func foldCase(_ sqlfunc.Env, args []value.Value) (value.Value, error) {
	if args[0].Kind() != value.String {
		return args[0], nil
	}
	return value.Text(strings.ToUpper(strings.TrimRight(args[0].Raw(), " "))), nil
}

// setOrder binds an ORDER BY item behind a set operation: a name of the first SELECT or a position (-6 otherwise).
func (b *binder) setOrder(out *Query, in irissql.Expr) (Key, bool) {
	switch x := in.(type) {
	case *irissql.Number:
		if b.inParens(x.Pos) {
			return Key{}, false
		}
		return b.byPosition(out, x), true
	case *irissql.Column:
		found := -1
		for i := range out.Columns {
			if x.Table != "" || !strings.EqualFold(out.Columns[i].Label, x.Name) {
				continue
			}
			if found >= 0 {
				b.fail(x.Pos, -24, "Ambiguous sort column '%s'", strings.ToUpper(x.Name))
			}
			found = i
		}
		if found >= 0 {
			return b.outputKey(out, found, x.Pos), true
		}
	case *irissql.String, *irissql.NullLiteral, *irissql.Param, *irissql.Subquery:
		return Key{}, false
	}
	b.fail(in.At(), -6, "ORDER BY column is not in the select list of the set operation")
	return Key{}, false
}
