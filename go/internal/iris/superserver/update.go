package superserver

import (
	"context"
	"fmt"

	"iris-pgwire/internal/iris"
)

// maxBatch is about how many bytes of parameter sets go into one message.
const maxBatch = 4 << 20

// Exec executes a statement without rows and gives the number of rows affected.
func (c *Conn) Exec(ctx context.Context, statement iris.Statement, args []iris.Value) (int64, error) {
	counts, err := c.ExecBatch(ctx, statement, [][]iris.Value{args})
	if err != nil {
		return 0, err
	}
	return counts[0], nil
}

// ExecBatch executes one statement for several parameter sets; large batches go out in several messages. After an
// error earlier sets may have been filed: the caller holds a transaction.
func (c *Conn) ExecBatch(ctx context.Context, statement iris.Statement, sets [][]iris.Value) ([]int64, error) {
	counts := make([]int64, 0, len(sets))
	sets, used, err := c.longValues(ctx, statement, sets)
	defer func() {
		for _, handle := range used {
			c.closeStream(handle)
		}
	}()
	if err != nil {
		return counts, err
	}
	for len(sets) > 0 {
		n := batchLength(sets)
		part, err := c.update(ctx, statement, sets[:n])
		if err != nil {
			return counts, err
		}
		counts, sets = append(counts, part...), sets[n:]
	}
	return counts, nil
}

// batchLength counts the sets that fit one message, at least one.
func batchLength(sets [][]iris.Value) int {
	size := 0
	for i, set := range sets {
		for _, v := range set {
			size += 12 + 2*len(v.Raw())
		}
		if size > maxBatch && i > 0 {
			return i
		}
	}
	return len(sets)
}

func (c *Conn) update(ctx context.Context, statement iris.Statement, sets [][]iris.Value) ([]int64, error) {
	var st *Statement
	for _, set := range sets {
		var err error
		if st, err = c.own(statement, len(set)); err != nil {
			return nil, err
		}
	}
	if st.query {
		return nil, errIsQuery
	}
	_, body, err := c.execute(ctx, st, code{'P', 'U'}, func() error {
		c.out = appendInt(appendNull(c.out), 0) // no generated keys, no time-out
		return c.appendValues(sets)
	}, nil)
	if err != nil {
		return nil, err
	}
	return c.readCounts(body, len(sets))
}

// readCounts reads one integer a set. A statement has run, so a reply that says something else breaks the connection.
func (c *Conn) readCounts(body []byte, sets int) ([]int64, error) {
	r := reader{b: body}
	counts := make([]int64, sets)
	for i := range counts {
		if counts[i] = int64(r.int()); counts[i] < 0 {
			counts[i] = 0
		}
	}
	if r.err != nil {
		c.fail()
		return nil, &iris.ConnError{Op: "update reply", Err: r.err, Sent: true}
	}
	return counts, nil
}

// ExecDirect runs a text without parameters that is not worth keeping.
func (c *Conn) ExecDirect(ctx context.Context, sql string) (int64, error) {
	c.touched = true
	return c.direct(ctx, sql)
}

func (c *Conn) direct(ctx context.Context, sql string) (int64, error) {
	c.begin(ctx, code{'D', 'U'}, directID)
	start := c.lastFrame()
	if err := c.appendStatement(sql, 0); err != nil {
		return 0, err
	}
	c.out = appendInt(appendNull(c.out), 0) // no generated keys, no time-out
	c.out = appendInt(appendInt(c.out, 1), 0)
	status, body, err := c.call(ctx, start, nil)
	if err != nil {
		return 0, err
	}
	if err := c.check(ctx, status); err != nil {
		return 0, err
	}
	if len(body) == 0 {
		return 0, nil
	}
	r := reader{b: body}
	readParams(&r)
	r.int() // flags
	count := 0
	if !r.done() {
		count = r.int()
	}
	if r.err != nil {
		c.fail()
		return 0, &iris.ConnError{Op: "direct reply", Err: fmt.Errorf("%w", r.err), Sent: true}
	}
	return int64(max(count, 0)), nil
}
