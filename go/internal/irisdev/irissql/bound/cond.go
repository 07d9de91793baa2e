package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlfunc"
)

// Cond is a condition: true, false or unknown.
type Cond interface{ cond() }

// And is true if all are, false if one is.
type And struct{ Conds []Cond }

// Or is true if one is, false if all are.
type Or struct{ Conds []Cond }

// Not turns true into false; unknown stays.
type Not struct{ X Cond }

// Compare compares two values of one comparison kind: both sides have been brought to the same form, and Collation says
// how text compares; NoCollation compares numbers. NULL on a side is unknown.
type Compare struct {
	Op        irissql.CompareOp
	L, R      Expr
	Collation sqltype.Collation
	// Less orders two values that are not NULL, as sqlfunc.Comparer(Collation) gives it.
	Order sqlfunc.Order
}

// Quantified compares L with every value of the query's only column.
type Quantified struct {
	Op        irissql.CompareOp
	All       bool
	L         Expr
	Query     *Query
	Collation sqltype.Collation
	Order     sqlfunc.Order
}

// In is X IN (list).
type In struct {
	X         Expr
	List      []Expr
	Collation sqltype.Collation
	Order     sqlfunc.Order
}

// InQuery is X IN (query).
type InQuery struct {
	X         Expr
	Query     *Query
	Collation sqltype.Collation
	Order     sqlfunc.Order
}

// InList is X %INLIST list: X is an element of a $LIST value.
type InList struct {
	X, List   Expr
	Collation sqltype.Collation
	Order     sqlfunc.Order
}

// Match is LIKE, %STARTSWITH or %MATCHES. Test compiles a pattern; a constant pattern may be compiled once.
type Match struct {
	Op                 irissql.MatchOp
	X, Pattern, Escape Expr
	Collation          sqltype.Collation
}

// Contains is X [ Part; Follows is X ] Part. Both compare EXACT text.
type Contains struct {
	X, Part Expr
	Follows bool
}

// IsNull is X IS NULL.
type IsNull struct{ X Expr }

// IsJSON is X IS JSON.
type IsJSON struct{ X Expr }

// Exists is EXISTS (query).
type Exists struct{ Query *Query }

// Constant is a condition that is known: WHERE 1=1 is not folded, but a natural join without common columns is.
type Constant struct{ True bool }

func (*And) cond()        {}
func (*Or) cond()         {}
func (*Not) cond()        {}
func (*Compare) cond()    {}
func (*Quantified) cond() {}
func (*In) cond()         {}
func (*InQuery) cond()    {}
func (*InList) cond()     {}
func (*Match) cond()      {}
func (*Contains) cond()   {}
func (*IsNull) cond()     {}
func (*IsJSON) cond()     {}
func (*Exists) cond()     {}
func (*Constant) cond()   {}
