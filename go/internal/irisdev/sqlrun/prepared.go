package sqlrun

import (
	"context"
	"errors"

	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/sqlfunc"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

// prepared is a statement of one session. It implements superserver.Prepared.
type prepared struct {
	*compiled
	s *Session
}

// IsQuery implements superserver.Prepared.
func (p *prepared) IsQuery() bool { return p.query != nil }

// Cached implements superserver.Prepared: DDL and session statements leave no compiled query behind.
func (p *prepared) Cached() bool { return p.query != nil || p.change != nil }

// Columns implements superserver.Prepared.
func (p *prepared) Columns() []superserver.Column { return p.columns }

// Params implements superserver.Prepared.
func (p *prepared) Params() []superserver.Param { return p.params }

// located names the place of an error that has none yet.
func located(err error, place string) error {
	var e *sqlerr.Error
	if errors.As(err, &e) && e.Location == "" {
		copied := *e
		copied.Location = place
		return &copied
	}
	return err
}

// values brings what the client sent to the types of the parameters. In a change, what cannot be is a failed validation.
func (p *prepared) values(args []value.Value) ([]value.Value, error) {
	if len(args) != len(p.bound.Params) {
		return nil, fatal("Incorrect number of parameters: %d instead of %d", len(args), len(p.bound.Params))
	}
	out := make([]value.Value, len(args))
	for i, v := range args {
		var err error
		if out[i], err = sqlfunc.FromClient(v, p.bound.Params[i].Type); err == nil {
			continue
		}
		var e *sqlerr.Error
		if errors.As(err, &e) {
			switch {
			case p.bound.Insert != nil:
				err = sqlerr.New(insertInvalid, "%s", e.Message)
			case p.bound.Update != nil:
				err = sqlerr.New(updateInvalid, "%s", e.Message)
			}
		}
		return nil, err
	}
	return out, nil
}

// Query implements superserver.Prepared.
func (p *prepared) Query(ctx context.Context, args []value.Value) (superserver.Cursor, error) {
	const place = "ServerLoop - Query Execute"
	if !p.s.current(p.compiled) {
		return nil, superserver.ErrPurged
	}
	params, err := p.values(args)
	if err != nil {
		return nil, located(err, place)
	}
	x := p.s.execution(ctx, params)
	if stored, err := p.query.openStored(x); err != nil || stored != nil {
		if err != nil {
			x.release()
			return nil, located(err, place)
		}
		return stored, nil
	}
	rows, err := p.query.open(&frame{execution: x})
	if err != nil {
		x.release()
		return nil, located(err, place)
	}
	return &resultCursor{x: x, rows: rows}, nil
}

// release closes what the subqueries of a run still have open.
func (x *execution) release() {
	for _, kept := range x.cache {
		kept.close()
	}
	x.cache = nil
}

// resultCursor gives a query's rows to the superserver.
type resultCursor struct {
	x    *execution
	rows rowReader
}

// Next implements superserver.Cursor.
func (c *resultCursor) Next() ([]value.Value, error) {
	if err := c.x.check(); err != nil {
		return nil, located(err, "ServerLoop - Query Fetch")
	}
	row, err := c.rows.next()
	return row, located(err, "ServerLoop - Query Fetch")
}

// Close implements superserver.Cursor.
func (c *resultCursor) Close() {
	c.rows.close()
	c.x.release()
}

// Exec implements superserver.Prepared.
func (p *prepared) Exec(ctx context.Context, sets [][]value.Value) ([]int64, error) {
	const place = "ServerLoop - Update Execute"
	if p.change == nil {
		n, err := p.other(ctx, sets)
		return n, located(err, "ServerLoop - Execute Direct")
	}
	if !p.s.current(p.compiled) {
		return nil, superserver.ErrPurged
	}
	var counts []int64
	for _, args := range sets {
		params, err := p.values(args)
		var n int64
		if err == nil {
			n, err = p.s.changeRows(ctx, p.change, params)
		}
		if err != nil {
			return counts, located(err, place)
		}
		counts = append(counts, n)
	}
	return counts, nil
}
