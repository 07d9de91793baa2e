package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlfunc"
	"iris-pgwire/internal/irisdev/value"
)

// compare makes l op r, after both sides have been brought to one form.
func (b *binder) compare(at irissql.Pos, op irissql.CompareOp, l, r Expr) Cond {
	l, r = b.align(at, l, r)
	c := collationOf(l, r)
	return &Compare{Op: op, L: l, R: r, Collation: c, Order: sqlfunc.Comparer(c)}
}

// align brings the sides of a comparison to one form. Literals and parameters take the type of the other side; a date is
// no timestamp (-483), a stream or vector compares with nothing.
func (b *binder) align(at irissql.Pos, l, r Expr) (Expr, Expr) {
	lFixed, rFixed := !isConstant(l), !isConstant(r)
	switch {
	case !lFixed && rFixed:
		l = want(l, r.About().Type)
	case lFixed && !rFixed:
		r = want(r, l.About().Type)
	case !lFixed && !rFixed:
		l, r = want(l, r.About().Type), want(r, l.About().Type)
	}
	b.comparable(l, at)
	b.comparable(r, at)
	lt, rt := l.About().Type, r.About().Type
	switch {
	case lt.Kind == sqltype.Date && isStamp(rt), isStamp(lt) && rt.Kind == sqltype.Date:
		b.fail(at, -483, "A DATE cannot be compared with a TIMESTAMP, an explicit CAST is needed")
	case lt.Kind == rt.Kind:
	case isStamp(lt) && isStamp(rt):
		return stampSides(l, r)
	}
	return l, r
}

// isConstant reports a literal or a parameter: what a client could have sent.
func isConstant(x Expr) bool {
	switch x.(type) {
	case *Literal, *ParamRef:
		return true
	}
	return false
}

func isStamp(t sqltype.Type) bool {
	return t.Kind == sqltype.PosixTime || t.Kind == sqltype.TimeStamp
}

// stampSides brings one encoded and one textual timestamp to one form: a column keeps its own, so that its index serves.
func stampSides(l, r Expr) (Expr, Expr) {
	if _, ok := l.(*ColumnRef); ok {
		return l, stampAs(r, l.About().Type)
	}
	return stampAs(l, r.About().Type), r
}

// stampAs converts a timestamp to the other form.
func stampAs(x Expr, t sqltype.Type) Expr {
	from := x.About().Type
	return converted(x, t, func(v value.Value, t sqltype.Type) (value.Value, error) {
		if s, ok := sqlfunc.ODBCText(v, from); ok {
			v = value.Text(s)
		}
		return sqlfunc.FromClient(v, t)
	})
}

// comparable refuses streams (-313) and vectors, for which no comparison or order is documented. IRIS orders and groups
// streams by their identifiers, which is never what is meant, so that is refused too.
func (b *binder) comparable(x Expr, at irissql.Pos) {
	switch t := x.About().Type; {
	case t.IsStream():
		b.fail(at, -313, "Condition not supported on stream fields")
	case t.Kind == sqltype.Vector:
		b.fail(at, -400, "Unexpected error occurred: <VECTOR> vectors have no order")
	}
}

// strength says how much a side's collation counts in a comparison.
type strength uint8

const (
	ofConstant   strength = iota // literals and parameters: any other side decides
	ofExpression                 // functions of text are EXACT
	ofColumn
	ofFunction // %EXACT(…) and its like
)

// collationOf decides how two sides are compared: as numbers if both are, else as text under the collation of the
// stronger side. Columns of different collations compare EXACT (IRIS docs, "Collation").
func collationOf(l, r Expr) sqltype.Collation {
	li, ri := l.About(), r.About()
	lNumber, rNumber := isOrderedByNumber(li.Type), isOrderedByNumber(ri.Type)
	lc, rc := keyCollation(*li), keyCollation(*ri)
	switch {
	case lNumber && rNumber, lNumber && isNullLiteral(r), rNumber && isNullLiteral(l):
		return sqltype.NoCollation
	case lNumber:
		return rc
	case rNumber:
		return lc
	case lc == rc:
		return lc
	}
	ls, rs := strengthOf(l), strengthOf(r)
	switch {
	case ls > rs:
		return lc
	case rs > ls:
		return rc
	}
	return sqltype.Exact
}

func isNullLiteral(x Expr) bool {
	l, ok := x.(*Literal)
	return ok && l.Value.IsNull()
}

func strengthOf(x Expr) strength {
	switch x := x.(type) {
	case *Literal, *ParamRef:
		return ofConstant
	case *ColumnRef, *OutputRef, *Subquery:
		return ofColumn
	case *Call:
		if len(x.Name) > 0 && x.Name[0] == '%' {
			return ofFunction
		}
		if x.Name == fromClient {
			return ofConstant
		}
	}
	return ofExpression
}
