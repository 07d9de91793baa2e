package irissql

import "iris-pgwire/internal/sql/analyze"

// Rewrite gives a copy of an expression in which f's answer stands for each sub-expression that it answers; where it
// answers nil, the sub-expression is kept and gone through in turn. Queries inside subqueries are left as they are.
func Rewrite(e analyze.Expr, f func(analyze.Expr) analyze.Expr) analyze.Expr {
	if e == nil {
		return nil
	}
	if with := f(e); with != nil {
		return with
	}
	return rewrite(e, func(child analyze.Expr) analyze.Expr { return Rewrite(child, f) })
}

// OneRow reports a query that cannot have two rows.
func OneRow(q *analyze.Query) bool { return oneRow(q) }

// Rowless reports an expression that is known without a row.
func Rowless(e analyze.Expr) bool { return rowless(e) }
