// Package plan turns an analyzed statement into what has to be run on IRIS and what the gateway does with the rows.
// It decides the tier (design: "one typed tree, three tiers"): what IRIS says exactly, what the gateway finishes while
// rows stream, and what is refused by name.
package plan

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// Statement is a compiled statement: everything the session needs to describe it and to run it. It is immutable and
// shared between sessions.
type Statement struct {
	// Tag is the command tag without its counts: SELECT, INSERT, UPDATE, DELETE, CREATE TABLE …
	Tag     string
	Params  []pgtypes.Type
	Columns []Column // nil: the statement returns no rows
	// Steps run in order on one connection. Of a statement that returns rows, the last step is the query; of one that
	// changes rows, the counts of its Exec steps are added up for the tag.
	Steps []Step
	// Atomic: more than one step, or a step that must not be half done: the session opens a transaction around it if
	// none is open.
	Atomic bool
	// DDL: IRIS's transaction rules for DDL apply; cached plans and known tables are dropped afterwards.
	DDL bool
	// ReadOnly statements are allowed in a READ ONLY transaction.
	ReadOnly bool
	// Notices are sent before the tag: NOTICE and WARNING for what was accepted with a difference.
	Notices []Notice
}

// Notice is a NOTICE or WARNING.
type Notice struct {
	Severity, Code, Message, Hint string
}

// Column is an output column as RowDescription tells it, with the way to its value.
type Column struct {
	Name     string
	Type     pgtypes.Type
	TableOID uint32
	Attnum   int16
	// Source is the index into IRIS's row; Finish, if set, computes the value from the whole row instead.
	Source int
	Finish Finisher
}

// Finisher computes one output value, in the canonical form of its column's type, from IRIS's row and the bound
// arguments. Its error is a *pgerr.Error.
type Finisher interface {
	Value(row []iris.Value, env *Env) (iris.Value, error)
}

// Env is what a running statement can ask for: its parameters in canonical form, and the session's values.
type Env struct {
	Params  []iris.Value
	Session func(analyze.SessionValue) iris.Value
}

// StepKind says how a step is sent.
type StepKind uint8

// The kinds of steps.
const (
	QueryStep  StepKind = iota // rows come back
	ExecStep                   // a row count comes back
	BatchStep                  // one SQL, several argument sets (multi-row VALUES)
	DirectStep                 // DDL: not prepared
)

// Step is one IRIS statement.
type Step struct {
	Kind StepKind
	// SQL is IRIS SQL with ? for each argument. Where IRIS takes a number only as a literal (TOP, LIMIT), the text is
	// cut at Holes[i].Offset and the argument's integer is written there.
	SQL   string
	Holes []Hole
	Args  []Arg
	// Sets are the argument sets of a BatchStep.
	Sets [][]Arg
	// IgnoreCodes are SQLCODEs that count as success: DROP TABLE IF EXISTS on servers without it.
	IgnoreCodes []int
}

// Hole is a place where an integer argument is written into the text.
type Hole struct {
	Offset int
	Arg    Arg
}

// Arg says where an argument's value comes from. Exactly one of Param (1-based), Session and Const counts.
type Arg struct {
	Param   int
	Session analyze.SessionValue
	Const   iris.Value
	// Type is the PostgreSQL type of the value; its canonical form is what IRIS gets.
	Type pgtypes.Type
	// Check, if set, validates or converts the value before it is sent: a vector's dimensions, a LIKE pattern, LIMIT's
	// NULL. Its error is a *pgerr.Error.
	Check func(iris.Value) (iris.Value, error)
}
