package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// groupBy binds GROUP BY. Position numbers, literals, parameters and subqueries are constants: they are ignored, and
// where there is nothing else the rows are one group (IRIS docs, "GROUP BY").
func (b *binder) groupBy(s *scope, list []irissql.Expr) []Key {
	var keys []Key
	for _, in := range list {
		if x, constant := b.perRow(s, in); !constant {
			keys = append(keys, b.key(x, in.At()))
		}
	}
	if len(list) > 0 && len(keys) == 0 {
		one := &Literal{Info{Type: sqltype.Type{Kind: sqltype.Integer}}, value.Int(1)}
		keys = []Key{{X: one}}
	}
	return keys
}

// perRow binds an expression and reports one that is the same for all rows of the Select.
func (b *binder) perRow(s *scope, in irissql.Expr) (x Expr, constant bool) {
	refs, windows, aggregates := s.refs, len(s.sel.Windows), len(s.sel.Aggregates)
	x = b.scalar(in)
	if _, ok := in.(*irissql.Subquery); ok {
		return x, true
	}
	return x, s.refs == refs && len(s.sel.Windows) == windows && len(s.sel.Aggregates) == aggregates
}
