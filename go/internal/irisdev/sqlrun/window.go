package sqlrun

import (
	"slices"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/sqlfunc"
	"iris-pgwire/internal/irisdev/value"
)

// windowPlan is a compiled f(…) OVER (…).
type windowPlan struct {
	compute     windowFunc
	args        []evaluator
	partitionBy []sortKey
	orderBy     []sortKey
	frame       *irissql.Frame
	running     bool // COUNT counts up row by row even without ORDER BY
	make        func() sqlfunc.Accumulator
}

// windowOperator keeps all rows, computes the windows over them and gives the rows back in their order.
type windowOperator struct {
	input   operator
	windows []windowPlan
	rows    slotRange
	results int
}

func (c *compiler) windows(input operator, sel *bound.Select, s *scope) operator {
	o := &windowOperator{input: input, rows: slotRange{0, s.windows}, results: s.windows}
	for _, w := range sel.Windows {
		p := windowPlan{args: c.exprs(w.Args), orderBy: c.sortKeys(w.OrderBy), partitionBy: c.sortKeys(w.PartitionBy), frame: w.Frame, make: w.New}
		p.running = w.Name == "COUNT" && w.Frame == nil && c.db.countOverRuns()
		p.compute = windowFuncs[w.Name]
		if w.New != nil {
			p.compute = overFrame
		}
		if p.compute == nil {
			name := w.Name
			p.compute = func(*windowPart) error { return sqlerr.New(-359, "SQL Function '%s' Not Found", name) }
		}
		o.windows = append(o.windows, p)
	}
	return o
}

func (o *windowOperator) open(f *frame) (cursor, error) {
	in, err := o.input.open(f)
	if err != nil {
		return nil, err
	}
	rows, err := drain(f, in, o.rows)
	if err != nil {
		return nil, err
	}
	results := make([][]value.Value, len(o.windows))
	for i := range o.windows {
		if results[i], err = o.run(f, &o.windows[i], rows); err != nil {
			return nil, err
		}
	}
	return &windowCursor{o: o, f: f, rows: rows, results: results}, nil
}

type windowCursor struct {
	o       *windowOperator
	f       *frame
	rows    [][]value.Value
	results [][]value.Value
	at      int
}

func (c *windowCursor) next() (bool, error) {
	if c.at >= len(c.rows) {
		return false, nil
	}
	if err := c.f.check(); err != nil {
		return false, err
	}
	c.o.rows.restore(c.f, c.rows[c.at])
	for i, r := range c.results {
		c.f.slots[c.o.results+i] = r[c.at]
	}
	c.at++
	return true, nil
}

func (c *windowCursor) close() {}

// windowRow is a row with what its window needs: keys, arguments, and its place among all rows.
type windowRow struct {
	part  []value.Value
	order []value.Value
	args  []value.Value
	index int
}

// windowPart is one partition in window order; results go to result by the rows' places.
type windowPart struct {
	plan   *windowPlan
	rows   []*windowRow
	result []value.Value
}

// run computes one window for all rows.
func (o *windowOperator) run(f *frame, w *windowPlan, rows [][]value.Value) ([]value.Value, error) {
	list := make([]*windowRow, len(rows))
	for i, row := range rows {
		if err := f.check(); err != nil {
			return nil, err
		}
		o.rows.restore(f, row)
		r := &windowRow{index: i}
		var err error
		if r.part, err = evalKeys(f, w.partitionBy); err != nil {
			return nil, err
		}
		if r.order, err = evalKeys(f, w.orderBy); err != nil {
			return nil, err
		}
		for _, a := range w.args {
			v, err := a(f)
			if err != nil {
				return nil, err
			}
			r.args = append(r.args, v)
		}
		list[i] = r
	}
	slices.SortStableFunc(list, func(a, b *windowRow) int {
		if n := compareLists(a.part, b.part, w.partitionBy); n != 0 {
			return n
		}
		return compareLists(a.order, b.order, w.orderBy)
	})
	result := make([]value.Value, len(rows))
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && compareLists(list[from].part, list[to].part, w.partitionBy) == 0 {
			to++
		}
		if err := w.compute(&windowPart{w, list[from:to], result}); err != nil {
			return nil, err
		}
		from = to
	}
	return result, nil
}

func compareLists(a, b []value.Value, by []sortKey) int {
	for i := range by {
		n := compareKeys(a[i], b[i])
		if n == 0 {
			continue
		}
		if by[i].desc {
			return -n
		}
		return n
	}
	return 0
}

// peers reports that two rows of the partition are equal by the window's order.
func (p *windowPart) peers(i, j int) bool {
	return compareLists(p.rows[i].order, p.rows[j].order, p.plan.orderBy) == 0
}

// set stores the result of row i.
func (p *windowPart) set(i int, v value.Value) { p.result[p.rows[i].index] = v }

// bounds gives the rows of row i's frame, from inclusive to exclusive.
func (p *windowPart) bounds(i int) (from, to int) {
	n := len(p.rows)
	switch fr := p.plan.frame; {
	case fr != nil:
		return clamp(frameEdge(fr.From, i, 0, n), n), clamp(frameEdge(fr.To, i, 0, n)+1, n)
	case p.plan.running && len(p.plan.orderBy) == 0:
		return 0, i + 1
	case len(p.plan.orderBy) == 0:
		return 0, n
	}
	to = i + 1
	for to < n && p.peers(i, to) {
		to++
	}
	return 0, to
}

func clamp(i, n int) int { return max(0, min(i, n)) }

// frameEdge is the row that a bound names; unbounded ones lie at the ends.
func frameEdge(b irissql.Bound, i, first, n int) int {
	switch {
	case b.Unbounded && b.Preceding:
		return first
	case b.Unbounded:
		return n - 1
	case b.Preceding:
		return i - b.Offset
	case b.Following:
		return i + b.Offset
	}
	return i
}
