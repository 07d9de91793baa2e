package session

import (
	"context"
	"io"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/eval"
	"iris-pgwire/internal/sql/plan"
)

// portal is a statement with its values: bound by protocol, opened by DECLARE, or one of a simple query.
type portal struct {
	name     string
	st       *statement
	args     []iris.Value
	formats  []int16
	extended bool

	// alone: nothing ran before it in the implicit transaction and nothing will after it. last: nothing will.
	alone, last bool
	// depth is how many savepoints there were when it was made; ROLLBACK TO an earlier one closes it.
	depth  int
	cursor *cursor // of DECLARE

	started bool
	result  result
	rows    rowSource   // nil when there are none, or no more
	long    *longValues // of these rows; nil when they come whole
	env     *eval.Env
	kept    []string     // keys that a step found for later ones
	scalars []iris.Value // values that steps found for later ones (plan.Scalar)
}

// result is what a started portal gives.
type result struct {
	columns []plan.Column // nil: no rows
	tag     string
	// counted: the tag ends in the number of rows, sent in this turn or, of a change, affected.
	counted, change bool
	affected        int64
	notices         []plan.Notice
}

// rowSource is a running query; iris.Rows is one.
type rowSource interface {
	Next(ctx context.Context) ([]iris.Value, error)
	Close(ctx context.Context) error
}

// staticRows are rows that the session made itself.
type staticRows struct{ rows [][]iris.Value }

// Next implements rowSource.
func (r *staticRows) Next(context.Context) ([]iris.Value, error) {
	if len(r.rows) == 0 {
		return nil, io.EOF
	}
	row := r.rows[0]
	r.rows = r.rows[1:]
	return row, nil
}

// Close implements rowSource.
func (r *staticRows) Close(context.Context) error { return nil }

// format is the format code of result column i.
func (p *portal) format(i int) int16 {
	if p.cursor != nil && p.cursor.binary {
		return 1
	}
	return formatOf(p.formats, i)
}

// portal finds a portal by name.
func (s *Session) portal(name string) (*portal, error) {
	if p, ok := s.portals[name]; ok {
		return p, nil
	}
	return nil, pgerr.New(pgerr.InvalidCursorName, "portal %q does not exist", name)
}

// portalColumns gives a portal's columns whether it was started or not.
func (s *Session) portalColumns(p *portal) ([]plan.Column, error) {
	if p.started {
		return p.result.columns, nil
	}
	return s.columns(p.st)
}

func (s *Session) addPortal(p *portal) {
	p.depth = len(s.tx.savepoints)
	s.portals[p.name] = p
}

func (s *Session) closePortal(name string) {
	if p, ok := s.portals[name]; ok {
		delete(s.portals, name)
		s.finish(p)
	}
}

func (s *Session) closePortals(which func(*portal) bool) {
	for name, p := range s.portals {
		if which(p) {
			s.closePortal(name)
		}
	}
}

func anyPortal(*portal) bool { return true }

// finish ends a portal's query if it is still running. What Close says doesn't matter: a connection that it broke is
// noticed when it is next used.
func (s *Session) finish(p *portal) {
	if p.rows == nil {
		return
	}
	ctx, cancel := endContext(context.Background())
	defer cancel()
	_ = p.rows.Close(ctx)
	p.rows = nil
}

// start runs the portal's statement up to its first row.
func (s *Session) start(ctx context.Context, p *portal) error {
	p.started = true
	if p.st.utility != nil {
		return p.st.utility.run(ctx, s, p)
	}
	err := s.runPlan(ctx, p)
	s.tx.used = true
	return err
}
