package superserver

import (
	"context"
	"errors"
	"fmt"

	"iris-pgwire/internal/iris"
)

var (
	errForeign   = errors.New("the statement belongs to another connection")
	errNotQuery  = errors.New("the statement returns no rows")
	errIsQuery   = errors.New("the statement returns rows")
	errArguments = errors.New("wrong number of arguments")
)

// Query executes a prepared query. The same statement may be open several times: each further run gets an id of its own.
func (c *Conn) Query(ctx context.Context, statement iris.Statement, args []iris.Value) (iris.Rows, error) {
	st, err := c.own(statement, len(args))
	if err != nil {
		return nil, err
	}
	if !st.query {
		return nil, errNotQuery
	}
	private := false
	if st.cursor != nil {
		if st, err = c.newStatement(ctx, st.text); err != nil {
			return nil, err
		}
		private = true
	}
	rows := &Rows{conn: c, st: st, private: private, buf: c.takeSpare()}
	status, body, err := c.execute(ctx, st, code{'P', 'Q'}, func() error {
		if err := c.appendValues([][]iris.Value{args}); err != nil {
			return err
		}
		c.out = appendInt(appendInt(c.out, 0), 0) // no time-out, no row limit of IRIS's own
		return nil
	}, rows.buf[:0])
	if err != nil {
		if private {
			c.cache.drop(st)
		}
		return nil, err
	}
	rows.buf, rows.id, rows.last = body, st.id, status == statusEnd
	rows.values = make([]iris.Value, len(st.columns))
	for _, col := range st.columns {
		rows.streams = rows.streams || iris.IsLong(col.Type)
	}
	st.cursor = rows
	c.open[rows] = struct{}{}
	return rows, nil
}

// own checks that a statement is this connection's and that the arguments are as many as its parameters.
func (c *Conn) own(statement iris.Statement, args int) (*Statement, error) {
	st, ok := statement.(*Statement)
	if !ok || st.conn != c {
		return nil, errForeign
	}
	if args != st.count {
		return nil, fmt.Errorf("%w: %d for %d parameters", errArguments, args, st.count)
	}
	return st, nil
}

// execute sends a prepared statement with the body that fill appends. When IRIS has purged it (status 404), nothing has
// run: the text is prepared again and the request sent once more.
func (c *Conn) execute(ctx context.Context, st *Statement, what code, fill func() error, into []byte) (status int, body []byte, err error) {
	for range 2 {
		if st.id == 0 {
			if err := c.prepareAgain(ctx, st); err != nil {
				return 0, into, err
			}
		}
		c.begin(ctx, what, st.id)
		start := c.lastFrame()
		if err := fill(); err != nil {
			return 0, into, err
		}
		if status, body, err = c.call(ctx, start, into); err != nil {
			return 0, into, err
		}
		if status != statusUnknown {
			return status, body, c.check(ctx, status)
		}
		st.id = 0
	}
	return 0, into, &iris.Error{Code: -460, Text: "IRIS forgets the prepared statement at once", Location: "Execute"}
}

// prepareAgain prepares a statement whose metadata the caller already has; other columns than before would be read as
// what they are not, so they end in IRIS's own code for that case.
func (c *Conn) prepareAgain(ctx context.Context, st *Statement) error {
	columns := st.columns
	if err := c.prepare(ctx, st); err != nil {
		return err
	}
	same := len(columns) == len(st.columns)
	for i := 0; same && i < len(columns); i++ {
		same = columns[i].Name == st.columns[i].Name && columns[i].Type == st.columns[i].Type
	}
	if same {
		if c.cache.get(st.text) == nil {
			c.cache.put(st) // it had been evicted while its holder kept it
		}
		return nil
	}
	c.cache.drop(st)
	return &iris.Error{Code: -478, Text: "the recompiled query has other columns", Location: "Prepare"}
}

// appendValues writes the number of sets, the values a set, and the values.
func (c *Conn) appendValues(sets [][]iris.Value) error {
	c.out = appendInt(c.out, int64(len(sets)))
	c.out = appendInt(c.out, int64(len(sets[0])))
	for _, set := range sets {
		var err error
		if c.out, err = appendSet(c.out, set, c.compact); err != nil {
			return err
		}
	}
	return nil
}

// takeSpare gives the row buffer that lies unused, or nil.
func (c *Conn) takeSpare() []byte {
	b := c.spare
	c.spare = nil
	return b
}

// keepSpare keeps a row buffer that is used no more, unless a larger one lies there.
func (c *Conn) keepSpare(b []byte) {
	if cap(b) > cap(c.spare) && cap(b) <= maxSpare {
		c.spare = b[:0]
	}
}
