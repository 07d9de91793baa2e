// Package sessiontest has what the tests of sessions and of the server share: an IRIS and a compiler that know a few
// statements, and a client that writes the answers down as the recorded PostgreSQL sessions do.
package sessiontest

import (
	"context"
	"io"
	"strings"
	"sync"

	"iris-pgwire/internal/iris"
)

// Backend is an IRIS that accepts one password and keeps a log of what it is told.
type Backend struct {
	Password string // "" = every password
	// Hold, if set, is what the statement "WAIT" waits for; it ends early when its context does.
	Hold chan struct{}
	// CommitError, if set, is what the next COMMIT answers.
	CommitError error

	mu  sync.Mutex
	log []string
}

// Name implements iris.Backend.
func (b *Backend) Name() string { return "fake" }

// Open implements iris.Backend.
func (b *Backend) Open(_ context.Context, login iris.Login) (iris.Conn, error) {
	if b.Password != "" && login.Password != b.Password {
		return nil, iris.NewLoginError(402, "Access Denied")
	}
	return &conn{backend: b}, nil
}

// Log gives what the connections were told since the last call, in order.
func (b *Backend) Log() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	log := b.log
	b.log = nil
	return log
}

func (b *Backend) note(line string) {
	b.mu.Lock()
	b.log = append(b.log, line)
	b.mu.Unlock()
}

type conn struct {
	backend *Backend
	broken  bool
}

type statement struct{ sql string }

func (statement) IsQuery() bool          { return true }
func (statement) Columns() []iris.Column { return nil }
func (statement) Params() []iris.Param   { return nil }

func (c *conn) Server() iris.ServerInfo {
	return iris.ServerInfo{Version: "IRIS of the tests 2025.1", Major: 2025, Minor: 1}
}

func (c *conn) Prepare(_ context.Context, sql string) (iris.Statement, error) {
	return statement{sql: sql}, nil
}

func (c *conn) Query(ctx context.Context, st iris.Statement, _ []iris.Value) (iris.Rows, error) {
	sql := st.(statement).sql
	c.backend.note(sql)
	switch {
	case sql == "FAIL":
		return nil, &iris.Error{Code: -400, Text: "Fatal error occurred", Message: "<DIVIDE>"}
	case sql == "LOST":
		c.broken = true
		return nil, &iris.ConnError{Op: "read", Err: io.ErrUnexpectedEOF, Sent: true}
	case sql == "PANIC":
		panic("a defect of the tests' IRIS")
	case sql == "WAIT":
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-c.backend.Hold:
		}
	}
	return &rows{values: rowsOf(sql)}, nil
}

func (c *conn) Exec(ctx context.Context, st iris.Statement, _ []iris.Value) (int64, error) {
	sql := st.(statement).sql
	c.backend.note(sql)
	return int64(strings.Count(sql, " ROW")), ctx.Err()
}

func (c *conn) ExecBatch(context.Context, iris.Statement, [][]iris.Value) ([]int64, error) {
	return nil, &iris.Error{Code: -400, Text: "the tests' IRIS has no batches"}
}

func (c *conn) ExecDirect(_ context.Context, sql string) (int64, error) {
	c.backend.note(sql)
	return 0, nil
}

func (c *conn) Begin(context.Context) error { c.backend.note("BEGIN"); return nil }

func (c *conn) Commit(context.Context) error {
	c.backend.note("COMMIT")
	err := c.backend.CommitError
	c.backend.CommitError = nil
	return err
}

func (c *conn) Rollback(context.Context) error { c.backend.note("ROLLBACK"); return nil }

func (c *conn) Savepoint(_ context.Context, name string) error {
	c.backend.note("SAVEPOINT " + name)
	return nil
}

func (c *conn) RollbackTo(_ context.Context, name string) error {
	c.backend.note("ROLLBACK TO " + name)
	return nil
}

func (c *conn) Cancel(context.Context) error { return nil }
func (c *conn) Reset(context.Context) error  { return nil }
func (c *conn) Broken() bool                 { return c.broken }
func (c *conn) Close() error                 { c.backend.note("CLOSE"); return nil }

// rows are those of one integer column.
type rows struct{ values []int64 }

func (r *rows) Columns() []iris.Column { return make([]iris.Column, 1) }

func (r *rows) Next(ctx context.Context) ([]iris.Value, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(r.values) == 0 {
		return nil, io.EOF
	}
	v := iris.Int(r.values[0])
	r.values = r.values[1:]
	return []iris.Value{v}, nil
}

func (r *rows) Close(context.Context) error { return nil }
