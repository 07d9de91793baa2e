package sqlrun

import (
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/sqlfunc"
	"iris-pgwire/internal/irisdev/value"
)

// aggregate is a compiled aggregate function.
type aggregate struct {
	arg         evaluator // nil: COUNT(*)
	distinct    []keyOf   // nil: every value counts
	make        func() sqlfunc.Accumulator
	foreach     []keyOf // %FOREACH: computed per these keys over all rows
	afterHaving bool
}

// grouper is GROUP BY and the aggregates. The slots of its input keep the values of one row of the group: an ungrouped
// column gives some row's value (IRIS docs, "GROUP BY").
type grouper struct {
	input      operator
	mode       bound.Grouping
	by         []keyOf
	aggregates []aggregate
	having     condition // only of EveryRow
	rows       slotRange // the input's slots
	results    int       // first slot of the results
}

func (c *compiler) grouping(input operator, sel *bound.Select, s *scope) operator {
	g := &grouper{input: input, mode: sel.Grouping, by: c.keys(sel.GroupBy), rows: slotRange{0, s.aggregates}, results: s.aggregates}
	for _, a := range sel.Aggregates {
		g.aggregates = append(g.aggregates, c.aggregate(a))
	}
	if sel.Grouping == bound.EveryRow && sel.Having != nil {
		g.having = c.cond(sel.Having)
	}
	return g
}

func (c *compiler) aggregate(a *bound.Aggregate) aggregate {
	out := aggregate{make: a.New, afterHaving: a.AfterHaving, foreach: c.keys(a.Foreach)}
	if a.Arg != nil {
		out.arg = c.expr(a.Arg)
	}
	switch {
	case len(a.DistinctBy) > 0:
		for _, x := range a.DistinctBy {
			out.distinct = append(out.distinct, keyOf{c.expr(x), collatorFor(x.About().Collation)})
		}
	case a.Distinct && out.arg != nil:
		out.distinct = []keyOf{{out.arg, collatorFor(a.Collation)}}
	}
	return out
}

// tally is one aggregate of one group while it is computed.
type tally struct {
	acc  sqlfunc.Accumulator
	seen map[string]struct{}
}

func (a *aggregate) start() *tally {
	t := &tally{acc: a.make()}
	if a.distinct != nil {
		t.seen = map[string]struct{}{}
	}
	return t
}

// add counts the current row in.
func (a *aggregate) add(f *frame, t *tally) error {
	v := value.Int(1)
	if a.arg != nil {
		var err error
		if v, err = a.arg(f); err != nil || v.IsNull() {
			return err
		}
	}
	if t.seen != nil {
		key, err := groupKey(f, a.distinct, nil)
		if err != nil {
			return err
		}
		if _, dup := t.seen[string(key)]; dup {
			return nil
		}
		t.seen[string(key)] = struct{}{}
	}
	return t.acc.Add(v)
}

// group is one group of rows: the slots of its first row and its aggregates.
type group struct {
	row     []value.Value
	tallies []*tally
}

// groupState is what one execution of a grouper collects.
type groupState struct {
	o       *grouper
	f       *frame
	groups  map[string]*group
	order   []*group
	foreach []map[string]*tally // by aggregate
	rows    [][]value.Value     // EveryRow: all of them
	key     []byte
}

func (o *grouper) open(f *frame) (cursor, error) {
	s := &groupState{o: o, f: f, groups: map[string]*group{}, foreach: make([]map[string]*tally, len(o.aggregates))}
	for i := range o.aggregates {
		s.foreach[i] = map[string]*tally{}
	}
	if o.mode != bound.Groups {
		if _, err := s.group(); err != nil {
			return nil, err
		}
	}
	in, err := o.input.open(f)
	if err != nil {
		return nil, err
	}
	defer in.close()
	for {
		ok, err := in.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		if err := s.take(); err != nil {
			return nil, err
		}
	}
	if o.mode == bound.EveryRow {
		return s.everyRow()
	}
	return &groupCursor{s: s}, nil
}

// group finds or makes the group of the current row.
func (s *groupState) group() (*group, error) {
	s.key = s.key[:0]
	if s.o.mode == bound.Groups {
		var err error
		if s.key, err = groupKey(s.f, s.o.by, s.key); err != nil {
			return nil, err
		}
	}
	g, ok := s.groups[string(s.key)]
	if !ok {
		g = &group{}
		for i := range s.o.aggregates {
			g.tallies = append(g.tallies, s.o.aggregates[i].start())
		}
		s.groups[string(s.key)] = g
		s.order = append(s.order, g)
	}
	return g, nil
}

// take counts the current row.
func (s *groupState) take() error {
	if err := s.f.check(); err != nil {
		return err
	}
	g, err := s.group()
	if err != nil {
		return err
	}
	if g.row == nil {
		g.row = s.o.rows.copyOf(s.f)
	}
	if s.o.mode == bound.EveryRow {
		s.rows = append(s.rows, s.o.rows.copyOf(s.f))
	}
	return s.count(g, false)
}

// count adds the current row to the aggregates; those with %AFTERHAVING of an EveryRow query come in a second pass.
func (s *groupState) count(g *group, afterHaving bool) error {
	for i := range s.o.aggregates {
		a := &s.o.aggregates[i]
		if (a.afterHaving && s.o.mode == bound.EveryRow) != afterHaving {
			continue
		}
		t := g.tallies[i]
		if len(a.foreach) > 0 {
			var err error
			if t, err = s.foreachTally(i); err != nil {
				return err
			}
		}
		if err := a.add(s.f, t); err != nil {
			return err
		}
	}
	return nil
}

// foreachTally finds the tally of the current row's %FOREACH keys.
func (s *groupState) foreachTally(i int) (*tally, error) {
	key, err := groupKey(s.f, s.o.aggregates[i].foreach, s.key)
	if err != nil {
		return nil, err
	}
	t, ok := s.foreach[i][string(key)]
	if !ok {
		t = s.o.aggregates[i].start()
		s.foreach[i][string(key)] = t
	}
	return t, nil
}

// show puts the results into their slots, for the row in the slots.
func (s *groupState) show(g *group) error {
	for i := range s.o.aggregates {
		t := g.tallies[i]
		if len(s.o.aggregates[i].foreach) > 0 {
			var err error
			if t, err = s.foreachTally(i); err != nil {
				return err
			}
		}
		v, err := t.acc.Result()
		if err != nil {
			return err
		}
		s.f.slots[s.o.results+i] = v
	}
	return nil
}

type groupCursor struct {
	s  *groupState
	at int
}

func (c *groupCursor) next() (bool, error) {
	if c.at >= len(c.s.order) {
		return false, nil
	}
	g := c.s.order[c.at]
	c.at++
	if g.row != nil {
		c.s.o.rows.restore(c.s.f, g.row)
	} else {
		c.s.o.rows.clear(c.s.f)
	}
	return true, c.s.show(g)
}

func (c *groupCursor) close() {}

// everyRow gives all rows back with the aggregates of all (a query with aggregates and columns but without GROUP BY).
// HAVING filters the rows here, and only then %AFTERHAVING aggregates count.
func (s *groupState) everyRow() (cursor, error) {
	g := s.order[0]
	if s.o.having == nil {
		return &everyRowCursor{s: s, rows: s.rows}, nil
	}
	var kept [][]value.Value
	for _, row := range s.rows {
		s.o.rows.restore(s.f, row)
		if err := s.show(g); err != nil {
			return nil, err
		}
		t, err := s.o.having(s.f)
		if err != nil {
			return nil, err
		}
		if t != isTrue {
			continue
		}
		kept = append(kept, row)
		if err := s.count(g, true); err != nil {
			return nil, err
		}
	}
	return &everyRowCursor{s: s, rows: kept}, nil
}

type everyRowCursor struct {
	s    *groupState
	rows [][]value.Value
	at   int
}

func (c *everyRowCursor) next() (bool, error) {
	if c.at >= len(c.rows) {
		return false, nil
	}
	c.s.o.rows.restore(c.s.f, c.rows[c.at])
	c.at++
	return true, c.s.show(c.s.order[0])
}

func (c *everyRowCursor) close() {}
