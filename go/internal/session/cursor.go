package session

import (
	"context"
	"io"
	"math"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/parse"
	"iris-pgwire/internal/sql/plan"
)

// cursor is what DECLARE adds to a portal.
type cursor struct{ binary bool }

// runDeclare runs DECLARE: the cursor is a portal, in one namespace with the protocol's.
func runDeclare(ctx context.Context, s *Session, p *portal) error {
	n := p.st.parsed.Node.(*parse.DeclareCursor)
	if n.Hold {
		return notBuilt(p.st.text, n, "DECLARE CURSOR WITH HOLD")
	}
	if err := s.needBlock("DECLARE CURSOR"); err != nil {
		return err
	}
	if n.Scroll {
		return notBuilt(p.st.text, n, "DECLARE SCROLL CURSOR")
	}
	if _, exists := s.portals[n.Name]; exists {
		return pgerr.New(pgerr.DuplicateCursor, "cursor %q already exists", n.Name)
	}
	inner := p.st.parsed
	inner.Node = n.Query
	st, err := s.analyze(ctx, p.st.text, []parse.Statement{inner}, p.st.declared)
	if err != nil {
		return err
	}
	if len(st.params) != len(p.args) {
		return notBuilt(p.st.text, n, "DECLARE CURSOR with parameters")
	}
	s.addPortal(&portal{name: n.Name, st: st, args: p.args, cursor: &cursor{binary: n.Binary}})
	p.result.tag = "DECLARE CURSOR"
	return nil
}

func (s *Session) cursorNamed(name string) (*portal, error) {
	if p, ok := s.portals[name]; ok {
		return p, nil
	}
	return nil, pgerr.New(pgerr.InvalidCursorName, "cursor %q does not exist", name)
}

// fetchColumns tells the columns of FETCH: those of the cursor. MOVE has none.
func fetchColumns(s *Session, st *statement) ([]plan.Column, error) {
	n := st.parsed.Node.(*parse.Fetch)
	if n.Move {
		return nil, nil
	}
	c, err := s.cursorNamed(n.Cursor)
	if err != nil {
		return nil, err
	}
	return s.portalColumns(c)
}

// runFetch runs FETCH and MOVE, forwards.
func runFetch(ctx context.Context, s *Session, p *portal) error {
	n := p.st.parsed.Node.(*parse.Fetch)
	c, err := s.cursorNamed(n.Cursor)
	if err != nil {
		return err
	}
	limit, err := forwardCount(p.st.text, n)
	if err != nil {
		return err
	}
	if !c.started {
		if err := s.start(ctx, c); err != nil {
			return err
		}
	}
	if c.result.columns == nil {
		return pgerr.New(pgerr.ObjectNotInPrerequisiteState, "portal %q cannot be run", c.name)
	}
	rows := &fetchRows{session: s, from: c, left: limit}
	if n.Move {
		return s.move(ctx, p, rows)
	}
	p.result = result{columns: c.result.columns, tag: "FETCH", counted: true}
	p.cursor, p.rows, p.env, p.long = c.cursor, rows, c.env, c.long
	return nil
}

// forwardCount gives how many rows are wanted; every direction but forwards is refused.
func forwardCount(text string, n *parse.Fetch) (int64, error) {
	switch {
	case n.All && n.Direction == parse.Forward:
		return math.MaxInt64, nil
	case n.Direction == parse.Forward && n.Count > 0, n.Direction == parse.Relative && n.Count == 1:
		return n.Count, nil
	case n.Direction == parse.Backward, n.Count < 0:
		return 0, pgerr.New(pgerr.ObjectNotInPrerequisiteState, "cursor can only scan forward").
			WithHint("Declare it with SCROLL option to enable backward scan.")
	}
	return 0, notBuilt(text, n, "this direction of FETCH")
}

func (s *Session) move(ctx context.Context, p *portal, rows *fetchRows) error {
	p.result = result{tag: "MOVE", counted: true, change: true}
	for {
		_, err := rows.Next(ctx)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		p.result.affected++
	}
}

// fetchRows is the next part of a cursor's rows.
type fetchRows struct {
	session *Session
	from    *portal
	left    int64
}

// Next implements rowSource.
func (r *fetchRows) Next(ctx context.Context) ([]iris.Value, error) {
	if r.left == 0 || r.from.rows == nil {
		return nil, io.EOF
	}
	row, err := r.from.rows.Next(ctx)
	if err == io.EOF {
		r.session.finish(r.from)
	}
	r.left--
	return row, err
}

// Close implements rowSource: the cursor stays open.
func (r *fetchRows) Close(context.Context) error { return nil }

// runClose runs CLOSE.
func runClose(_ context.Context, s *Session, p *portal) error {
	n := p.st.parsed.Node.(*parse.ClosePortal)
	if n.Cursor == "" {
		p.result.tag = "CLOSE CURSOR ALL"
		s.closePortals(func(o *portal) bool { return o != p })
		return nil
	}
	p.result.tag = "CLOSE CURSOR"
	if _, err := s.cursorNamed(n.Cursor); err != nil {
		return err
	}
	s.closePortal(n.Cursor)
	return nil
}
