// Package plan turns an analyzed statement into what has to be run on IRIS and what the gateway does with the rows.
// It decides the tier (design: "one typed tree, three tiers"): what IRIS says exactly, what the gateway finishes while
// rows stream, and what is refused by name.
package plan

import (
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/eval"
	"iris-pgwire/internal/sql/irissql"
)

// Statement is a compiled statement: everything the session needs to describe it and to run it. It is immutable and
// shared between sessions.
type Statement struct {
	// Tag is the command tag without its counts: SELECT, INSERT, UPDATE, DELETE, CREATE TABLE …
	Tag     string
	Params  []pgtypes.Type
	Columns []Column // nil: the statement returns no rows
	// Steps run in order on one connection. Of a statement that returns rows, those of the steps with Result are its rows;
	// of one that changes rows, the counts of its Exec and Batch steps are added up for the tag.
	Steps []Step
	// Atomic: more than one step, or a step that must not be half done: the session opens a transaction around it if
	// none is open.
	Atomic bool
	// Undo are statements that are run, as far as they succeed, when a step behind the first fails: they take back what IRIS's
	// ROLLBACK does not.
	Undo []string
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
	Finish eval.Func
}

// StepKind says how a step is sent.
type StepKind uint8

// The kinds of steps.
const (
	QueryStep  StepKind = iota // rows come back
	ExecStep                   // a row count comes back
	BatchStep                  // one SQL, several argument sets (multi-row VALUES)
	DirectStep                 // DDL: not prepared
	EachStep                   // rows come back, and Each is run with the values of each
)

// Each writes what a query's rows hold, when all of them are read. The values of Columns, and behind them the row's key where
// the step has Same, are arguments analyze.Scalars+First and on of Write. With a key each must change one row.
type Each struct {
	Columns []Column
	First   int
	Write   Step
}

// Required is a value for a column that is NOT NULL; Missing is the error when it is NULL.
type Required struct {
	irissql.Arg
	Missing error
}

// When is a condition on an earlier step, numbered from 0: that it has changed (a query: found) rows, or that it has not.
type When struct {
	Step    int
	Changed bool
}

// Step is one IRIS statement.
type Step struct {
	Kind StepKind
	// SQL is IRIS SQL with ? for each argument. Where IRIS takes a number only as a literal (TOP, LIMIT), the text is
	// cut at Holes[i].Offset and the argument's integer is written there.
	SQL   string
	Holes []irissql.Hole
	Args  []irissql.Arg
	// Sets are the argument sets of a BatchStep.
	Sets [][]irissql.Arg
	// When, if set, makes the step depend on what an earlier one changed; Unless, if it holds, leaves the step out.
	When, Unless *When
	// Result marks a query whose rows are the statement's. Those of several steps follow one another.
	Result bool
	// Scalar makes the query one for a value that later steps use.
	Scalar *Scalar
	// Each is what an EachStep runs.
	Each *Each
	// Keep keeps the first column of a query's rows, their keys, for the arguments of later steps (irissql.Arg.Kept). When
	// nothing was found, the steps with such an argument and those with Same are left out.
	Keep bool
	// All makes a step that changes fewer rows than there are kept keys fail with 40001: another transaction has changed
	// some of them since.
	All bool
	// Same is for a query whose first column is a key: its rows must be those that were kept, else 40001. They are given
	// from the second column on.
	Same bool
	// NeedRow makes a query that finds nothing fail with 40001: another transaction has removed the row.
	NeedRow bool
	// Single is for a query that looks for the row that was inserted by what it holds: it must find one and no more (0A000).
	Single bool
	// Uncounted leaves the step's rows out of the tag: it only locked them.
	Uncounted bool
	// IgnoreKeys are unique constraints whose violation is no error: the row is not written (ON CONFLICT). AnyKey stands
	// for all of them.
	IgnoreKeys []string
	AnyKey     bool
	// Cautious leaves the step out unless IRIS was seen to end a transaction because a statement of it failed: then a conflict
	// has to be found before it happens.
	Cautious bool
	// Owns is the key of the row that a step of ON CONFLICT DO UPDATE writes: once it has, the row is the command's. Once makes
	// the step fail with 21000 if the row is that already (PostgreSQL docs, "INSERT").
	Owns []irissql.Arg
	Once bool
	// Required are values that must not be NULL (23502), whether the step is left out or not.
	Required []Required
	// IgnoreCodes are SQLCODEs that count as success: DROP TABLE IF EXISTS on servers without it.
	IgnoreCodes []int
}
