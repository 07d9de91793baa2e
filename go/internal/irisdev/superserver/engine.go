package superserver

import (
	"context"
	"errors"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// Engine executes SQL for the sessions that the superserver accepts.
type Engine interface {
	// NewSession starts the SQL side of a job. Its namespace, transaction and locks are the process'.
	NewSession(proc *store.Process, login Login) (Session, error)
}

// Login is what a client said of itself when it connected.
type Login struct {
	User        string
	Namespace   string
	Host        string // client machine
	Application string
	Protocol    int  // the version in use; WITH needs a recent one (-385)
	Autocommit  bool // changed by Session.SetAutocommit
	Isolation   int  // ReadUncommitted or ReadCommitted
}

// The isolation levels as the drivers number them (JDBC's constants).
const (
	ReadUncommitted = 1
	ReadCommitted   = 2
)

// Session is one connection's SQL. It is used by one goroutine at a time. Errors are *sqlerr.Error; another error is
// reported as SQLCODE -400. A context that ends while a statement runs gives -456, one whose deadline passes -450.
type Session interface {
	// Prepare compiles a statement; parameters are ? or :%qpar(n).
	Prepare(ctx context.Context, text string) (Prepared, error)
	// Commit and Rollback end the transaction; without one they do nothing.
	Commit() error
	Rollback() error
	InTransaction() bool
	// SetAutocommit switches between a transaction for each statement and one that lasts until Commit.
	SetAutocommit(on bool)
	SetIsolation(level int) error
	Isolation() int
	// DefaultSchema is the schema of unqualified names.
	DefaultSchema() string
	// LastIdentity is the key that the last INSERT generated, NULL if none.
	LastIdentity() value.Value
	// Close ends the session; an open transaction is rolled back when the process ends.
	Close()
}

// Prepared is a compiled statement of one session.
type Prepared interface {
	// IsQuery tells whether it gives rows; then Columns describes them and Query runs it, else Exec.
	IsQuery() bool
	// Cached tells whether the statement stays in the cache of compiled queries, so that its id may be used again.
	Cached() bool
	Columns() []Column
	Params() []Param
	// Query runs it. Parameters come as the client sent them: texts for dates (ODBC mode), numbers or texts for numbers;
	// an omitted one is NULL.
	Query(ctx context.Context, args []value.Value) (Cursor, error)
	// Exec runs it once for every set of parameters and gives the rows affected by each; on an error those that were done.
	Exec(ctx context.Context, sets [][]value.Value) ([]int64, error)
}

// ErrPurged is what Query and Exec answer when the compiled statement is not valid any more, because a table it uses was
// changed: the client gets status 404 and sends the text again.
var ErrPurged = errors.New("the compiled statement was purged")

// Cursor gives the rows of a query in logical form: a DATE as a day number, a TIMESTAMP as %PosixTime or text.
type Cursor interface {
	// Next gives the next row, valid until the next call; nil is the end.
	Next() ([]value.Value, error)
	Close()
}

// StoredCursor is a Cursor over rows of one table that are asked for as they are stored: what has the same form on the wire
// is copied.
type StoredCursor interface {
	Cursor
	// Places says at which place of the stored $LIST each column is, from 0 on; -1 is the row's number.
	Places() []int
	// NextStored gives the next row's number and its list, in the place of Next; false is the end.
	NextStored() (id int64, list string, ok bool, err error)
}

// Column describes a column of a query.
type Column struct {
	Name, Label   string // Label is the alias, else Name
	Type          int    // ODBC type number: 4 INTEGER, 12 VARCHAR, 91 DATE …
	Precision     int    // length of a text
	Scale         int
	Nullable      int // 0 no, 1 yes, 2 unknown
	Schema, Table string
	Flags         ColumnFlags
}

// ColumnFlags are the twelve marks of a column, in the order of the wire.
type ColumnFlags struct {
	AutoIncrement, CaseSensitive, Currency, ReadOnly, RowVersion, Unique, Aliased, Expression, Hidden, Identity, Key,
	RowID bool
}

// Param describes a parameter.
type Param struct {
	Type, Precision, Scale, Nullable int
}
