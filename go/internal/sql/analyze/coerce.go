package analyze

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// coerce gives the expression the type, by a conversion that the context allows; nil without an error when there is
// none. Literals of unknown type are read at once, parameters of unknown type take the type.
func (a *analyzer) coerce(e Expr, to pgtypes.OID, ctx castContext) (Expr, error) {
	from := e.Type().OID
	if from == to || to == oidAny || isPolymorphic(to) && from != pgtypes.Unknown {
		return e, nil
	}
	if from == pgtypes.Unknown {
		return a.coerceUnknown(e, to)
	}
	if pathBetween(from, to, ctx) == noPath {
		return nil, nil
	}
	return &Cast{Node: Node{pgtypes.Of(to), e.Pos()}, Arg: e, Implicit: ctx != explicitCast}, nil
}

// coerceUnknown reads a literal as the type, or lets a parameter have it.
func (a *analyzer) coerceUnknown(e Expr, to pgtypes.OID) (Expr, error) {
	if to == oidAny || isPolymorphic(to) {
		to = pgtypes.Text
	}
	switch n := e.(type) {
	case *Const:
		if n.Value.IsNull() {
			return &Const{Node: Node{pgtypes.Of(to), n.At}}, nil
		}
		if catalogNames[to] && !wholeNumber(n.Value.String()) {
			return nil, pgerr.NotBuilt(n.At, "a name as "+TypeName(to))
		}
		v, err := pgtypes.ParseStyled(pgtypes.Of(to), n.Value.String(), a.opts.Style)
		if err != nil {
			return nil, positioned(err, n.At)
		}
		return &Const{Node: Node{pgtypes.Of(to), n.At}, Value: v}, nil
	case *Param:
		if n.Typ.OID == pgtypes.Unknown {
			if err := a.settle(n, to); err != nil {
				return nil, err
			}
		}
		if n.Typ.OID == to {
			return n, nil
		}
	case *Column:
		// A column of a subquery that is a bare literal is text by then; nothing else is left unknown.
	}
	return &Cast{Node: Node{pgtypes.Of(to), e.Pos()}, Arg: e, Implicit: true}, nil
}

// catalogNames are the types whose text form is looked up in the catalog.
var catalogNames = map[pgtypes.OID]bool{pgtypes.Regclass: true, pgtypes.Regtype: true, pgtypes.Regproc: true}

// positioned sets an error's position if it has none.
func positioned(err error, at int) error {
	if e, ok := err.(*pgerr.Error); ok && e.Position == 0 {
		return e.At(at)
	}
	return err
}

// known makes an expression that is still unknown text: select lists, and arguments of functions that take anything.
func (a *analyzer) known(e Expr) (Expr, error) {
	if e.Type().OID != pgtypes.Unknown {
		return e, nil
	}
	return a.coerceUnknown(e, pgtypes.Text)
}

// cast analyzes an explicit cast.
func (a *analyzer) cast(n *parse.Cast, s *scope) (Expr, error) {
	to, err := a.typeOf(n.Type)
	if err != nil {
		return nil, err
	}
	if array, ok := n.Arg.(*parse.Array); ok && pgtypes.ElemOf(to.OID) != 0 {
		return a.arrayOf(array, to, s)
	}
	arg, err := a.expr(n.Arg, s)
	if err != nil {
		return nil, err
	}
	return a.castTo(arg, to, n)
}

// castTo casts explicitly, its length last (PostgreSQL docs, "CREATE CAST": a length coercion cuts in an explicit cast).
func (a *analyzer) castTo(arg Expr, to pgtypes.Type, n parse.Expr) (Expr, error) {
	from := arg.Type()
	e, err := a.coerce(arg, to.OID, explicitCast)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return nil, pgerr.New(pgerr.CannotCoerce, "cannot cast type %s to %s", TypeName(from.OID), TypeName(to.OID)).At(a.pos(n))
	}
	if to.Mod < 0 || e.Type() == to {
		return e, nil
	}
	if c, ok := e.(*Cast); ok && c.Type().OID == to.OID && from.OID != pgtypes.Unknown && !c.Implicit {
		return &Cast{Node: Node{to, a.pos(n)}, Arg: c.Arg}, nil
	}
	return &Cast{Node: Node{to, a.pos(n)}, Arg: e}, nil
}

// boolean gives an argument of AND, WHERE and their like.
func (a *analyzer) boolean(e Expr, n parse.Expr, construct string) (Expr, error) {
	return a.argument(e, pgtypes.Bool, n, construct)
}

// argument coerces what a clause wants of one type.
func (a *analyzer) argument(e Expr, want pgtypes.OID, n parse.Expr, construct string) (Expr, error) {
	from := e.Type().OID
	out, err := a.coerce(e, want, assignmentCast)
	if err != nil {
		return nil, err
	}
	if out == nil || want == pgtypes.Bool && from != pgtypes.Bool && from != pgtypes.Unknown {
		return nil, pgerr.New(pgerr.DatatypeMismatch, "argument of %s must be type %s, not type %s", construct, TypeName(want), TypeName(from)).
			At(a.leftPos(n))
	}
	return out, nil
}

// typed is an expression with the place that errors about it point at.
type typed struct {
	expr Expr
	at   int
}

// common finds the type that expressions share in CASE, COALESCE, VALUES, UNION … (PostgreSQL docs, 10.5).
func common(construct string, list []typed) (pgtypes.OID, error) {
	have := list[0].expr.Type().OID
	for _, t := range list[1:] {
		next := t.expr.Type().OID
		if next == have || next == pgtypes.Unknown {
			continue
		}
		if have == pgtypes.Unknown {
			have = next
			continue
		}
		h, n := info(have), info(next)
		switch {
		case h.Category != n.Category:
			return 0, pgerr.New(pgerr.DatatypeMismatch, "%s types %s and %s cannot be matched", construct, TypeName(have), TypeName(next)).At(t.at)
		case !h.Preferred && canCoerce(have, next, implicitCast) && !canCoerce(next, have, implicitCast):
			have = next
		}
	}
	if have == pgtypes.Unknown {
		have = pgtypes.Text
	}
	return have, nil
}

// unify coerces expressions to their common type, with the modifier that all share.
func (a *analyzer) unify(construct string, list []typed) ([]Expr, pgtypes.Type, error) {
	oid, err := common(construct, list)
	if err != nil {
		return nil, pgtypes.Type{}, err
	}
	out := make([]Expr, len(list))
	t := list[0].expr.Type()
	for i, x := range list {
		if out[i], err = a.coerce(x.expr, oid, implicitCast); err != nil {
			return nil, t, err
		}
		if out[i] == nil {
			return nil, t, pgerr.New(pgerr.CannotCoerce, "%s could not convert type %s to %s", construct, TypeName(x.expr.Type().OID), TypeName(oid)).At(x.at)
		}
		if x.expr.Type() != t {
			t.Mod = -1
		}
	}
	if t.OID != oid {
		t = pgtypes.Of(oid)
	}
	return out, t, nil
}

// typedList pairs analyzed expressions with their places.
func (a *analyzer) typedList(list []Expr, nodes []parse.Expr) []typed {
	out := make([]typed, len(list))
	for i := range list {
		out[i] = typed{list[i], a.leftPos(nodes[i])}
	}
	return out
}

// typeNames lists types for messages.
func typeNames(list []Expr) []pgtypes.OID {
	out := make([]pgtypes.OID, len(list))
	for i, e := range list {
		out[i] = e.Type().OID
	}
	return out
}

// dotted joins name parts.
func dotted(parts []string) string { return strings.Join(parts, ".") }
