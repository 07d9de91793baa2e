package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlfunc"
)

// Aggregate is an aggregate over a group of rows.
type Aggregate struct {
	Info
	Name string
	// Arg is nil for COUNT(*).
	Arg      Expr
	Distinct bool
	// DistinctBy are the keys of DISTINCT BY; without them DISTINCT looks at Arg itself.
	DistinctBy []Expr
	Collation  sqltype.Collation
	// New starts an accumulator.
	New func() sqlfunc.Accumulator
	// Foreach computes the aggregate per group of these keys instead of the Select's groups.
	Foreach []Key
	// AfterHaving: only rows that HAVING lets through count.
	AfterHaving bool
}

// Window is f(…) OVER (…).
type Window struct {
	Info
	Name        string
	Star        bool
	Args        []Expr
	PartitionBy []Key
	OrderBy     []Key
	// Frame is nil without a frame clause: all rows of the partition, or with OrderBy those up to the current row's
	// peers.
	Frame *irissql.Frame
	// New is set for aggregate functions as windows.
	New func() sqlfunc.Accumulator
}
