package bound

import (
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlfunc"
	"iris-pgwire/internal/irisdev/value"
)

// Info is what is known of an expression's values.
type Info struct {
	Type      sqltype.Type
	Collation sqltype.Collation
	Nullable  bool
}

// About gives the node's Info; every expression embeds one.
func (i *Info) About() *Info { return i }

// Expr is an expression with a value, which is always in the logical form of its type.
type Expr interface {
	About() *Info
	expr()
}

// ColumnRef is a value of the current row of a source. Depth counts the queries outwards: 0 is the query that holds the
// reference. Source is the index into that Select's Sources, Index the place in the source's row.
type ColumnRef struct {
	Info
	Depth, Source, Index int
}

// RowNumber is %VID: the number of the row, from 1, in the derived source.
type RowNumber struct {
	Info
	Depth, Source int
}

// ParamRef is parameter Index, counted from 0, already converted to the parameter's type.
type ParamRef struct {
	Info
	Index int
}

// Literal is a constant.
type Literal struct {
	Info
	Value value.Value
}

// Call is a function call, operators and casts included: Run gets the arguments' values.
type Call struct {
	Info
	Name string
	Args []Expr
	Run  sqlfunc.Impl
}

// Branch is one WHEN of a CASE.
type Branch struct {
	When Cond
	Then Expr
}

// Case is CASE in the searched form; a simple CASE has been rewritten. Else may be nil.
type Case struct {
	Info
	Branches []Branch
	Else     Expr
}

// Coalesce gives its first value that is not NULL.
type Coalesce struct {
	Info
	Args []Expr
}

// Subquery is the first value of the query's first row, NULL if it has none.
type Subquery struct {
	Info
	Query *Query
}

// AggregateRef is the result of the Select's Aggregates[Index]. Depth as in ColumnRef.
type AggregateRef struct {
	Info
	Depth, Index int
}

// WindowRef is the result of the Select's Windows[Index] for the current row.
type WindowRef struct {
	Info
	Index int
}

// OutputRef is the value of select item or result column Index: ORDER BY's alias or position.
type OutputRef struct {
	Info
	Index int
}

func (*ColumnRef) expr()    {}
func (*RowNumber) expr()    {}
func (*ParamRef) expr()     {}
func (*Literal) expr()      {}
func (*Call) expr()         {}
func (*Case) expr()         {}
func (*Coalesce) expr()     {}
func (*Subquery) expr()     {}
func (*AggregateRef) expr() {}
func (*WindowRef) expr()    {}
func (*OutputRef) expr()    {}
