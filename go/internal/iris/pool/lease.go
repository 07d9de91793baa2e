package pool

import (
	"context"
	"errors"
	"slices"

	"iris-pgwire/internal/iris"
)

// Lease is a connection for one client's use. Release gives it back. A statement that finds the connection dead before a
// byte has left is sent on another one, as long as nothing has run on the lease; one that may have run never is.
type Lease struct {
	iris.Conn
	pool  *Pool
	conn  *pooled
	login iris.Login
	used  bool // something has run, or may have, that another connection doesn't know of
	done  bool
}

// prepared is a statement that knows its text, so that it can be prepared on another connection.
type prepared struct {
	iris.Statement
	conn iris.Conn
	text string
}

// errOtherColumns ends a retry: the client has already been told of other columns.
var errOtherColumns = errors.New("the statement has other columns on another connection")

// on gives the connection's own statement.
func (st *prepared) on(ctx context.Context, conn iris.Conn) (iris.Statement, error) {
	if st.conn == conn {
		return st.Statement, nil
	}
	again, err := conn.Prepare(ctx, st.text)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(again.Columns(), st.Columns()) {
		return nil, errOtherColumns
	}
	st.Statement, st.conn = again, conn
	return again, nil
}

// Prepare compiles a statement; see iris.Conn.
func (l *Lease) Prepare(ctx context.Context, sql string) (iris.Statement, error) {
	st, err := l.Conn.Prepare(ctx, sql)
	if l.retry(ctx, err) {
		st, err = l.Conn.Prepare(ctx, sql)
	}
	if err != nil {
		return nil, err
	}
	return &prepared{Statement: st, conn: l.Conn, text: sql}, nil
}

// Query executes a prepared query; see iris.Conn.
func (l *Lease) Query(ctx context.Context, st iris.Statement, args []iris.Value) (iris.Rows, error) {
	rows, err := l.query(ctx, st, args)
	if l.retry(ctx, err) {
		rows, err = l.query(ctx, st, args)
	}
	l.used = true
	return rows, err
}

func (l *Lease) query(ctx context.Context, st iris.Statement, args []iris.Value) (iris.Rows, error) {
	own, err := l.own(ctx, st)
	if err != nil {
		return nil, err
	}
	return l.Conn.Query(ctx, own, args)
}

// Exec executes a statement without rows; see iris.Conn.
func (l *Lease) Exec(ctx context.Context, st iris.Statement, args []iris.Value) (int64, error) {
	n, err := l.exec(ctx, st, args)
	if l.retry(ctx, err) {
		n, err = l.exec(ctx, st, args)
	}
	l.used = true
	return n, err
}

func (l *Lease) exec(ctx context.Context, st iris.Statement, args []iris.Value) (int64, error) {
	own, err := l.own(ctx, st)
	if err != nil {
		return 0, err
	}
	return l.Conn.Exec(ctx, own, args)
}

// ExecBatch executes a statement for several parameter sets; see iris.Conn. Part of it may have run when an error comes,
// so that it is not sent again.
func (l *Lease) ExecBatch(ctx context.Context, st iris.Statement, sets [][]iris.Value) ([]int64, error) {
	own, err := l.own(ctx, st)
	if err != nil {
		return nil, err
	}
	l.used = true
	return l.Conn.ExecBatch(ctx, own, sets)
}

// ExecDirect runs a text once; see iris.Conn.
func (l *Lease) ExecDirect(ctx context.Context, sql string) (int64, error) {
	n, err := l.Conn.ExecDirect(ctx, sql)
	if l.retry(ctx, err) {
		n, err = l.Conn.ExecDirect(ctx, sql)
	}
	l.used = true
	return n, err
}

// Begin starts a transaction; see iris.Conn.
func (l *Lease) Begin(ctx context.Context) error {
	err := l.Conn.Begin(ctx)
	if l.retry(ctx, err) {
		err = l.Conn.Begin(ctx)
	}
	l.used = true
	return err
}

func (l *Lease) own(ctx context.Context, st iris.Statement) (iris.Statement, error) {
	if own, ok := st.(*prepared); ok {
		return own.on(ctx, l.Conn)
	}
	return st, nil
}

// retry reports that a request failed before it left and that the lease has another connection now.
func (l *Lease) retry(ctx context.Context, err error) bool {
	var lost *iris.ConnError
	if err == nil || l.used || l.done || ctx.Err() != nil || !errors.As(err, &lost) || lost.Sent {
		return false
	}
	p := l.pool
	p.countBroken()
	p.discardKeepingSlot(l.conn)
	c, err := p.openOne(ctx, l.login, l.conn.key)
	if err != nil {
		l.done = true // the slot went with the failure; the client is told of the first error
		return false
	}
	p.mu.Lock()
	p.counters.Retried++
	p.mu.Unlock()
	l.Conn, l.conn = c.conn, c
	return true
}
