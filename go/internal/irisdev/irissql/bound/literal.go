package bound

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlfunc"
	"iris-pgwire/internal/irisdev/value"
)

// numberLiteral is a numeric constant in canonical form: INTEGER or BIGINT, NUMERIC with a point, DOUBLE with an
// exponent (IRIS docs, "Data Types").
func numberLiteral(n *irissql.Number) *Literal {
	v, _ := value.ParseNumber(n.Text)
	if n.Double {
		v = v.Double()
	}
	return &Literal{Info{Type: numberType(n, v)}, v}
}

// Most digits of an INTEGER and of a BIGINT constant that surely fits.
const (
	integerDigits = 9
	bigIntDigits  = 18
)

func numberType(n *irissql.Number, v value.Value) sqltype.Type {
	if n.Double || v.Kind() == value.Double {
		return sqltype.Type{Kind: sqltype.Double}
	}
	whole, fraction, _ := strings.Cut(n.Text, ".")
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	switch {
	case fraction != "" || len(whole) > bigIntDigits:
		return sqltype.Type{Kind: sqltype.Numeric, Precision: max(1, len(whole)+len(fraction)), Scale: len(fraction)}
	case len(whole) > integerDigits:
		return sqltype.Type{Kind: sqltype.BigInt}
	}
	return sqltype.Type{Kind: sqltype.Integer}
}

// constant computes a call of one constant that needs nothing of the process; ok is false if it fails, which the running
// statement then reports.
func constant(c sqlfunc.Call, arg *Literal) (*Literal, bool) {
	v, err := c.Run(nil, []value.Value{arg.Value})
	if err != nil {
		return nil, false
	}
	return &Literal{Info{c.Type, c.Collation, v.IsNull()}, v}, true
}

// timeLiteral binds {d x}, {t x} and {ts x}.
func (b *binder) timeLiteral(x *irissql.TimeLiteral) Expr {
	arg := b.scalar(x.X)
	c := sqlfunc.TimeLiteral(x.Kind, argOf(arg))
	if l, ok := arg.(*Literal); ok {
		if folded, ok := constant(c, l); ok {
			return folded
		}
	}
	return strictCall("{"+strings.ToLower(x.Kind)+"}", c, arg)
}
