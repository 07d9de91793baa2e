// Package iris is the gateway's only seam to InterSystems IRIS: what a statement needs of a connection, in terms of SQL
// alone. Two backends implement it: dbapi (SQL messages over the superserver) and embedded (SQL executed inside IRIS);
// nothing of their wire shows here.
package iris

import "context"

// Login says who connects and as what; IRIS checks it.
type Login struct {
	User        string
	Password    string
	Namespace   string
	Application string // shown in IRIS's process list
	ClientAddr  string // the PostgreSQL client's address, for the same list
}

// Backend opens connections. Open's error is a *Error (see sqlcode.go) or a network error.
type Backend interface {
	Name() string
	Open(ctx context.Context, login Login) (Conn, error)
}

// ServerInfo is what IRIS said of itself when the connection was opened.
type ServerInfo struct {
	Version string // IRIS's own text, e.g. "IRIS for UNIX … 2025.1 (Build 223)"
	Major   int    // 2025
	Minor   int    // 1
	Job     string // IRIS's process id of this connection
}

// Conn is one IRIS process serving us. It is used by one goroutine at a time, except Cancel. Several Rows may be open on
// it and read in turns.
type Conn interface {
	Server() ServerInfo
	// Prepare compiles a statement without executing it; the connection caches it by text.
	Prepare(ctx context.Context, sql string) (Statement, error)
	// Query executes a prepared query.
	Query(ctx context.Context, st Statement, args []Value) (Rows, error)
	// Exec executes a prepared statement that returns no rows; it gives the number of rows affected.
	Exec(ctx context.Context, st Statement, args []Value) (int64, error)
	// ExecBatch executes one statement for several parameter sets in one exchange; it gives a row count a set.
	ExecBatch(ctx context.Context, st Statement, sets [][]Value) ([]int64, error)
	// ExecDirect runs a text that is not worth keeping: DDL and session statements.
	ExecDirect(ctx context.Context, sql string) (int64, error)

	Begin(ctx context.Context) error
	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
	// Savepoint sets a mark; RollbackTo undoes what came after it and, unlike PostgreSQL, deletes the mark itself
	// (IRIS docs, "ROLLBACK"). An unknown name ends the whole transaction (SQLCODE -375): callers never send one.
	Savepoint(ctx context.Context, name string) error
	RollbackTo(ctx context.Context, name string) error

	// Cancel interrupts the running statement from another goroutine. The statement's own call then returns an error.
	Cancel(ctx context.Context) error
	// Reset undoes what a client may have left behind: open cursors, an open transaction.
	Reset(ctx context.Context) error
	// Broken reports, without a round trip, that the connection can't be used again.
	Broken() bool
	Close() error
}

// Statement is a prepared statement's metadata. It belongs to the connection that prepared it.
type Statement interface {
	IsQuery() bool
	Columns() []Column
	Params() []Param
}

// Column is a result column as IRIS describes it.
type Column struct {
	Name      string
	Type      int // ODBC type number, facts: superserver protocol §7.1
	Precision int
	Scale     int
	Nullable  bool
	Table     string
	Schema    string
}

// Param is a parameter as IRIS describes it.
type Param struct {
	Type      int
	Precision int
	Scale     int
	Nullable  bool
}

// Rows is a running query.
type Rows interface {
	Columns() []Column
	// Next gives the next row, or io.EOF. The slice and its bytes are valid until the next call.
	Next(ctx context.Context) ([]Value, error)
	// Close ends the query early; it is harmless after the end.
	Close(ctx context.Context) error
}
