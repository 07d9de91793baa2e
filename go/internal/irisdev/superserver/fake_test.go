package superserver

import (
	"context"
	"strings"

	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// fakeEngine answers by the text of a statement: just enough SQL to see what the wire makes of it.
type fakeEngine struct {
	columns []Column
	rows    [][]value.Value
	started chan struct{} // told when WAIT begins
}

func (e *fakeEngine) NewSession(proc *store.Process, login Login) (Session, error) {
	return &fakeSession{engine: e, proc: proc, isolation: login.Isolation, auto: login.Autocommit}, nil
}

type fakeSession struct {
	engine    *fakeEngine
	proc      *store.Process
	auto      bool
	isolation int
	last      value.Value
}

func (s *fakeSession) Prepare(_ context.Context, text string) (Prepared, error) {
	switch {
	case strings.HasPrefix(text, "SELECT * FROM NOPE"):
		e := sqlerr.New(-30, "Table 'SQLUSER.NOPE' not found")
		e.Location = "Prepare"
		return nil, e
	case strings.HasPrefix(text, "SELECT"):
		return &fakeStatement{s: s, text: text, query: true}, nil
	}
	return &fakeStatement{s: s, text: text}, nil
}

func (s *fakeSession) Commit() error             { return s.proc.TCommitAll() }
func (s *fakeSession) Rollback() error           { return s.proc.TRollback() }
func (s *fakeSession) InTransaction() bool       { return s.proc.TLevel() > 0 }
func (s *fakeSession) SetAutocommit(on bool)     { s.auto = on }
func (s *fakeSession) Isolation() int            { return s.isolation }
func (s *fakeSession) DefaultSchema() string     { return "SQLUser" }
func (s *fakeSession) LastIdentity() value.Value { return s.last }
func (s *fakeSession) Close()                    {}

func (s *fakeSession) SetIsolation(level int) error {
	if level&3 != level {
		return sqlerr.New(-96, "level %d", level)
	}
	s.isolation = level
	return nil
}

type fakeStatement struct {
	s     *fakeSession
	text  string
	query bool
}

func (p *fakeStatement) IsQuery() bool     { return p.query }
func (p *fakeStatement) Cached() bool      { return true }
func (p *fakeStatement) Columns() []Column { return p.s.engine.columns }

func (p *fakeStatement) Params() []Param {
	return make([]Param, strings.Count(p.text, ":%qpar("))
}

func (p *fakeStatement) Query(ctx context.Context, _ []value.Value) (Cursor, error) {
	if strings.Contains(p.text, "WAIT") {
		close(p.s.engine.started)
		<-ctx.Done()
		if ctx.Err() == context.DeadlineExceeded {
			return nil, sqlerr.New(-450, "timeout")
		}
		return nil, sqlerr.New(-456, "interrupted")
	}
	return &fakeCursor{ctx: ctx, rows: p.s.engine.rows}, nil
}

// Exec sets ^Row(first parameter), in a transaction after START TRANSACTION; FAIL as value fails.
func (p *fakeStatement) Exec(_ context.Context, sets [][]value.Value) ([]int64, error) {
	if p.text == "START TRANSACTION" {
		return []int64{1}, p.s.proc.TStart()
	}
	if p.text == "NONE" {
		return []int64{0}, nil
	}
	if p.text == "PURGED" {
		return nil, ErrPurged
	}
	var counts []int64
	for _, set := range sets {
		for _, v := range set {
			if v.Text() == "FAIL" {
				return counts, sqlerr.New(-104, "no FAIL")
			}
			if err := p.s.proc.Set(store.At("Row", v), v); err != nil {
				return counts, err
			}
			p.s.last = v
		}
		counts = append(counts, 1)
	}
	return counts, nil
}

type fakeCursor struct {
	ctx  context.Context
	rows [][]value.Value
}

func (c *fakeCursor) Next() ([]value.Value, error) {
	if c.ctx.Err() != nil {
		return nil, sqlerr.New(-456, "interrupted")
	}
	if len(c.rows) == 0 {
		return nil, nil
	}
	row := c.rows[0]
	c.rows = c.rows[1:]
	return row, nil
}

func (c *fakeCursor) Close() {}
