package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlfunc"
)

// caseExpr binds CASE; the simple form becomes comparisons with its operand. A parameter as a result is VARCHAR, and so
// is then the whole (IRIS docs, "CASE").
func (b *binder) caseExpr(x *irissql.Case) Expr {
	var operand Expr
	if x.Operand != nil {
		operand = b.expr(x.Operand)
	}
	out := &Case{Branches: make([]Branch, len(x.Whens))}
	var results []Expr
	for i, w := range x.Whens {
		if operand != nil {
			out.Branches[i].When = b.compare(w.Value.At(), irissql.Equal, operand, b.expr(w.Value))
		} else {
			out.Branches[i].When = b.cond(w.Cond)
		}
		results = append(results, b.scalar(w.Then))
	}
	if x.Else != nil {
		results = append(results, b.scalar(x.Else))
	}
	t, err := sqlfunc.CommonType("CASE", argsOf(results))
	b.checkAt(x.Pos, err)
	out.Info = Info{Type: t, Collation: keyCollationOf(t), Nullable: x.Else == nil}
	for i, r := range results {
		b.noStream(x.Pos, "CASE", r)
		out.Nullable = out.Nullable || r.About().Nullable
		r = adapt(r, t)
		if i < len(out.Branches) {
			out.Branches[i].Then = r
		} else {
			out.Else = r
		}
	}
	return out
}

// cast binds CAST and CONVERT; a target that neither documents is -376.
func (b *binder) cast(x *irissql.Cast) Expr {
	t, ok := sqltype.ForCast(x.Type.Spelling)
	if !ok {
		b.fail(x.Type.Pos, -376, "Unsupported CAST target specified: %s", x.Type.Spelling.Name)
	}
	arg := b.scalar(x.X)
	if !x.Convert {
		b.noStream(x.Pos, "CAST", arg)
		return strictCall("CAST", sqlfunc.Cast(argOf(arg), t), arg)
	}
	if !t.IsText() {
		b.noStream(x.Pos, "CONVERT", arg)
	}
	c := sqlfunc.Convert(argOf(arg), t, x.Style != nil)
	if x.Style == nil {
		return strictCall("CONVERT", c, arg)
	}
	return strictCall("CONVERT", c, arg, b.typed(x.Style, wholeNumber))
}
