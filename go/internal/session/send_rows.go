package session

import (
	"context"
	"errors"
	"io"
	"strconv"

	"github.com/jackc/pgx/v5/pgproto3"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/eval"
	"iris-pgwire/internal/sql/plan"
)

// send sends at most limit rows of a started portal (0: all), and the tag when there are no more. done is false when
// rows are left.
func (s *Session) send(ctx context.Context, p *portal, limit int64) (done bool, err error) {
	var sent int64
	if p.rows != nil {
		if sent, done, err = s.sendRows(ctx, p, limit); err != nil || !done {
			return false, err
		}
	}
	for _, n := range p.result.notices {
		s.notice(n.Severity, n.Code, n.Message, n.Hint)
	}
	p.result.notices = nil
	if p.last {
		if err := s.commitImplicit(ctx); err != nil {
			return false, err
		}
	}
	s.conn.Send(&pgproto3.CommandComplete{CommandTag: p.result.complete(sent)})
	return true, nil
}

// complete makes the tag of CommandComplete.
func (r *result) complete(sent int64) []byte {
	if !r.counted {
		return []byte(r.tag)
	}
	n := sent
	if r.change {
		n = r.affected
	}
	return strconv.AppendInt(append([]byte(r.tag), ' '), n, 10)
}

// sendRows sends rows; done is true after the last.
func (s *Session) sendRows(ctx context.Context, p *portal, limit int64) (sent int64, done bool, err error) {
	ctx, span := s.Tracer.Start(ctx, "fetch")
	defer span.End()
	if err := s.settings.checkStyle(p.result.columns, p.format); err != nil {
		return 0, false, err
	}
	style := s.settings.current().style
	for limit == 0 || sent < limit {
		row, err := p.rows.Next(ctx)
		if err == io.EOF {
			_ = p.rows.Close(ctx) // at its end, so that there is nothing to tell IRIS
			p.rows = nil
			return sent, true, nil
		}
		if err != nil {
			return sent, false, err
		}
		if err := s.sendAnyRow(ctx, p, row, style); err != nil {
			return sent, false, err
		}
		sent++
	}
	return sent, false, nil
}

// sendAnyRow sends one row with its long values, if there are any.
func (s *Session) sendAnyRow(ctx context.Context, p *portal, row []iris.Value, style pgtypes.Style) error {
	if p.long == nil {
		return s.sendRow(p, row, style)
	}
	err := p.long.fetch(ctx, p, row, style)
	if err == nil {
		err = s.sendRow(p, row, style)
	}
	return errors.Join(err, p.long.reset())
}

// sendRow writes one row straight into the connection's buffer.
func (s *Session) sendRow(p *portal, row []iris.Value, style pgtypes.Style) error {
	s.conn.BeginRow(len(p.result.columns))
	for i := range p.result.columns {
		c := &p.result.columns[i]
		v, err := columnValue(c, row, p.env)
		if err != nil {
			s.conn.DropRow()
			return err
		}
		if v.IsNull() {
			s.conn.Null()
			continue
		}
		if p.long != nil && p.long.holds(c.Source) {
			if err := p.long.spools[i].send(s.conn); err != nil {
				s.conn.DropRow()
				return err
			}
			continue
		}
		buf, start := s.conn.BeginValue()
		if p.format(i) == 0 {
			buf, err = pgtypes.AppendText(buf, c.Type, v, style)
		} else {
			buf, err = pgtypes.AppendBinary(buf, c.Type, v)
		}
		if err != nil {
			s.conn.DropRow()
			return err
		}
		s.conn.EndValue(buf, start)
	}
	return s.conn.EndRow()
}

// columnValue takes a column's value from IRIS's row, or has it computed.
func columnValue(c *plan.Column, row []iris.Value, env *eval.Env) (iris.Value, error) {
	if c.Finish != nil {
		return c.Finish(row, env)
	}
	return row[c.Source], nil
}
