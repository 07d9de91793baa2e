package superserver

import (
	"context"
	"time"

	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// statement is what a client's statement id stands for.
type statement struct {
	id       uint32
	prepared Prepared
	cursor   Cursor
	work     *work  // of the open cursor
	pending  []byte // a row that did not fit into the last buffer
	left     int    // rows until the client's limit; -1 is none
	perRead  int    // rows in one buffer; 0 is no limit
	identity value.Value
	handles  []string // of the streams in its rows
	forms    []columnForm
	stored   StoredCursor // the cursor, if it is one
	ends     []int        // of the items of a stored row
	runs     int          // by prepared messages
}

// outlives is how often a statement runs before it is not known any more (variant "statements-kept").
const outlives = 2

// ready gives the prepared statement of an id that is about to run; nil when it is not known (any more).
func (c *conn) ready(id uint32) *statement {
	st := c.prepared[id]
	if st == nil {
		return nil
	}
	if st.runs++; st.runs > outlives && !c.srv.Variant.Likely(variant.StatementsKept) {
		c.forget(id)
		return nil
	}
	return st
}

// closeCursor ends the statement's cursor if it has one.
func (st *statement) closeCursor(c *conn) {
	if st.cursor == nil {
		return
	}
	st.cursor.Close()
	st.cursor, st.stored, st.pending = nil, nil, nil
	c.mu.Lock()
	delete(c.open, st)
	c.mu.Unlock()
	st.work.release()
	st.work = nil
}

// define compiles a text under the message's statement id; an older statement of that id is gone.
func (c *conn) define(req request, text string) (*statement, error) {
	c.forget(req.id)
	var p Prepared
	err := c.once(req.id, 0, func(ctx context.Context) (err error) {
		p, err = c.session.Prepare(ctx, text)
		return err
	})
	if err != nil {
		return nil, err
	}
	st := &statement{id: req.id, prepared: p}
	c.prepared[req.id] = st
	return st, nil
}

func (c *conn) forget(id uint32) {
	delete(c.procedures, id)
	st := c.prepared[id]
	if st == nil {
		return
	}
	st.closeCursor(c)
	c.releaseStreams(st)
	delete(c.prepared, id)
	if c.lastQuery == st {
		c.lastQuery = nil
	}
}

// prepare answers PP: text, parameter info.
func (c *conn) prepare(req request) error {
	return c.sql(req, func() error {
		b := &body{data: req.body}
		text := b.statementText()
		b.markers()
		if b.err != nil {
			return b.err
		}
		st, err := c.define(req, text)
		if err == nil {
			c.reply(req, statusOK, func(buf []byte) []byte { return c.prepareReply(buf, st.prepared) })
		}
		return err
	})
}

// directQuery answers DQ: text, parameter info, values, time-out, most rows; with two replies.
func (c *conn) directQuery(req request) error {
	return c.sql(req, func() error {
		b := &body{data: req.body}
		text := b.statementText()
		b.markers()
		args, limit, most := b.firstSet(), b.int(), b.int()
		if b.err != nil {
			return b.err
		}
		st, err := c.define(req, text)
		if err != nil {
			return err
		}
		if !st.prepared.IsQuery() {
			c.forget(req.id)
			return errNoQuery
		}
		c.reply(req, statusOK, func(buf []byte) []byte { return c.metadata(buf, st.prepared) })
		// From here on the first reply stands: an error is the second one's.
		from := len(c.out)
		if err := c.run(req, st, args, limit, most); err != nil {
			c.out = c.out[:from]
			return c.fail(req, err)
		}
		return nil
	})
}

// preparedQuery answers PQ: values, time-out, most rows.
func (c *conn) preparedQuery(req request) error {
	st := c.ready(req.id)
	if st == nil {
		c.reply(req, statusUnknown, nil)
		return nil
	}
	return c.sql(req, func() error {
		b := &body{data: req.body}
		args, limit, most := b.firstSet(), b.int(), b.int()
		if b.err != nil {
			return b.err
		}
		if !st.prepared.IsQuery() {
			return errNoQuery
		}
		st.closeCursor(c)
		return c.run(req, st, args, limit, most)
	})
}

var (
	errNoQuery = sqlerr.New(-400, "the statement gives no rows")
	errIsQuery = sqlerr.New(-400, "the statement gives rows")
)

// run opens a query's cursor and answers with its first rows.
func (c *conn) run(req request, st *statement, args []value.Value, limit, most int) error {
	if err := checkArgs(st.prepared, args); err != nil {
		return err
	}
	if err := c.resolve(st.prepared, args); err != nil {
		return err
	}
	c.releaseStreams(st)
	st.work = c.newWork(time.Duration(limit) * time.Second)
	err := c.during(st.work, st.id, func() (err error) {
		st.cursor, err = st.prepared.Query(st.work, args)
		return err
	})
	if err != nil {
		st.work.release()
		st.work, st.cursor = nil, nil
		return err
	}
	c.mu.Lock()
	c.open[st] = struct{}{}
	c.mu.Unlock()
	c.lastQuery = st
	c.limitRows(st, most)
	c.setForms(st)
	st.stored, _ = st.cursor.(StoredCursor)
	return c.sendRows(req, st)
}

// checkArgs refuses a wrong number of parameters.
func checkArgs(p Prepared, args []value.Value) error {
	if n := len(p.Params()); len(args) != n {
		return sqlerr.New(-400, "Incorrect number of parameters: %d instead of %d", len(args), n)
	}
	return nil
}

// fetch answers FD with the next buffer. go-irisnative sends no statement id: 0 is the connection's last query.
func (c *conn) fetch(req request) error {
	st := c.prepared[req.id]
	if req.id == 0 && c.lastQuery != nil {
		st = c.lastQuery
	}
	if st == nil {
		c.reply(req, statusUnknown, nil)
		return nil
	}
	return c.sql(req, func() error { return c.sendRows(req, st) })
}

// closeCursor is CC: the client wants no more rows.
func (c *conn) closeCursor(req request) error {
	if st := c.prepared[req.id]; st != nil {
		st.closeCursor(c)
	}
	return nil
}

// closeStatement is CU.
func (c *conn) closeStatement(req request) error {
	c.forget(req.id)
	return nil
}

// closeStatements is UC: count, ids.
func (c *conn) closeStatements(req request) error {
	b := &body{data: req.body}
	for range b.count() {
		c.forget(uint32(b.int()))
	}
	return nil
}
