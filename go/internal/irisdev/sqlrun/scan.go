package sqlrun

import (
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// scan compiles the reading of one source.
func (p *joinPlanner) scan(s *bound.Scan, path *accessPath) operator {
	src, slots := p.sources[s.Source], p.scope.source(s.Source)
	switch src.Kind {
	case bound.QuerySource:
		return &derivedScan{plan: p.c.query(src.Query), slots: slots}
	case bound.CTESource:
		return &derivedScan{plan: p.c.cte(src.CTE), slots: slots}
	case bound.JSONSource:
		return p.jsonScan(src.JSON, slots)
	case bound.TableSource:
		if t, ok := src.Table.Object.(*systemView); ok {
			return &systemScan{view: t, slots: slots}
		}
		t := src.Table.Object.(*tableDef)
		if p.c.reads != nil {
			p.c.reads(t, path)
		}
		return &tableScan{t: t, fill: newFiller(t, slots, src.Used), path: path, dirty: p.dirty}
	}
	return refusedScan{}
}

// refusedScan is a table-valued function that does not exist.
type refusedScan struct{}

func (refusedScan) open(*frame) (cursor, error) {
	return nil, fatal("table-valued function is not built")
}

// filler puts the columns of a row that a statement uses into its slots.
type filler struct {
	base    int
	columns []*columnDef // by place; nil where nobody looks
}

func newFiller(t *tableDef, slots slotRange, used []bool) *filler {
	fill := &filler{base: slots.from, columns: make([]*columnDef, slots.to-slots.from-1)}
	for i := range fill.columns {
		if i >= len(used) || used[i] {
			fill.columns[i] = t.columnAt(i)
		}
	}
	return fill
}

func (l *filler) put(f *frame, r *row) {
	for i, c := range l.columns {
		if c != nil {
			f.slots[l.base+i] = r.of(c)
		}
	}
}

// needsData reports that more than the RowID is wanted.
func (l *filler) needsData() bool {
	for _, c := range l.columns {
		if c != nil && c.Slot != 0 {
			return true
		}
	}
	return false
}

// needsVectors reports that a vector is wanted.
func (l *filler) needsVectors() bool {
	for _, c := range l.columns {
		if c != nil && c.apart() {
			return true
		}
	}
	return false
}

// tableScan reads a table whole or by a path.
type tableScan struct {
	t     *tableDef
	fill  *filler
	path  *accessPath
	dirty bool
}

func (o *tableScan) open(f *frame) (cursor, error) {
	waits := !o.dirty && f.session.readsCommitted() && !f.writing
	base := rowFetcher{f: f, t: o.t, fill: o.fill, waits: waits, vectors: o.fill.needsVectors(), data: o.fill.needsData()}
	if o.path == nil {
		return newScanCursor(base)
	}
	ids, err := o.path.find(f, o.t)
	if err != nil {
		return nil, err
	}
	return &idCursor{rowFetcher: base, ids: ids}, nil
}

// rowFetcher reads rows into the slots.
type rowFetcher struct {
	f             *frame
	t             *tableDef
	fill          *filler
	waits         bool
	data, vectors bool
	values        []value.Value // of the row in hand
	stored        bool          // id and node are wanted instead
	nameless      bool          // and the id is not
	id            int64
	node          value.Value
}

// fetch puts the row of an id into the slots; false if it is gone.
func (r *rowFetcher) fetch(id int64, node value.Value) (bool, error) {
	if r.waits {
		var ok bool
		var err error
		if node, ok, err = r.f.committed(r.t, id); err != nil || !ok {
			return false, err
		}
	}
	if r.stored {
		r.id, r.node = id, node
		return true, nil
	}
	got := row{id: id}
	if r.data {
		var err error
		if r.values, err = value.AppendItems(r.values[:0], node); err != nil {
			return false, fatal("<LIST>")
		}
		got.values = r.values
	}
	if r.vectors {
		r.f.session.readApart(r.t, &got, r.fill.columns)
	}
	r.fill.put(r.f, &got)
	return true, nil
}

// scanCursor walks the master map as it was when the scan began.
type scanCursor struct {
	rowFetcher
	nodes *store.Cursor
}

// newScanCursor starts a scan. If nobody had a row of the table locked at that moment, everything in it is committed and
// no row needs a look at its lock.
func newScanCursor(base rowFetcher) (cursor, error) {
	nodes, err := base.f.session.proc.Scan(store.At(base.t.dataGlobal()), store.Range{})
	if err != nil {
		return nil, storeError(err)
	}
	base.waits = base.waits && !nodes.Quiet()
	return &scanCursor{base, nodes}, nil
}

func (c *scanCursor) next() (bool, error) {
	for c.nodes.Next() {
		if err := c.f.check(); err != nil {
			return false, err
		}
		id := int64(0)
		if c.waits || !c.nameless {
			id = wholeNumber(c.nodes.Sub())
		}
		ok, err := c.fetch(id, c.nodes.Value())
		if ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

func (c *scanCursor) close() {}

// idCursor reads the rows of a list of RowIDs.
type idCursor struct {
	rowFetcher
	ids []int64
	at  int
}

func (c *idCursor) next() (bool, error) {
	for c.at < len(c.ids) {
		if err := c.f.check(); err != nil {
			return false, err
		}
		id := c.ids[c.at]
		c.at++
		node, ok := c.f.session.proc.Get(c.t.dataGlobal(), value.Int(id))
		if !ok && !c.waits {
			continue
		}
		ok, err := c.fetch(id, node)
		if ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

func (c *idCursor) close() {}

// find gives the RowIDs that a path leads to, in order and without duplicates.
func (a *accessPath) find(f *frame, t *tableDef) ([]int64, error) {
	if a.list == nil {
		key, ok, err := a.key(f, a.keys)
		if err != nil || !ok {
			return nil, err
		}
		return a.idsOf(f, t, key)
	}
	var ids []int64
	seen := map[int64]bool{}
	for _, x := range a.list {
		key, ok, err := a.key(f, append(a.keys[:len(a.keys):len(a.keys)], x))
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		found, err := a.idsOf(f, t, key)
		if err != nil {
			return nil, err
		}
		for _, id := range found {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	return ids, nil
}

// key evaluates the key values; ok is false when one is NULL, which equals nothing.
func (a *accessPath) key(f *frame, parts []evaluator) (key []value.Value, ok bool, err error) {
	for i, part := range parts {
		v, err := part(f)
		if err != nil || v.IsNull() {
			return nil, false, err
		}
		key = append(key, subscript(a.folds[min(i, len(a.folds)-1)](v)))
	}
	return key, true, nil
}

func (a *accessPath) idsOf(f *frame, t *tableDef, key []value.Value) ([]int64, error) {
	if a.index == nil {
		if key[0].Kind() != value.Number || !key[0].IsInteger() {
			return nil, nil
		}
		return []int64{wholeNumber(key[0])}, nil
	}
	var ids []int64
	err := f.session.findIDs(t, a.index, key, func(id int64) (bool, error) {
		ids = append(ids, id)
		return true, f.check()
	})
	return ids, err
}

// derivedScan reads a derived table, view or CTE and numbers its rows (%VID).
type derivedScan struct {
	plan  *queryPlan
	slots slotRange
}

func (o *derivedScan) open(f *frame) (cursor, error) {
	rows, err := o.plan.rows(f)
	return &derivedCursor{o: o, f: f, rows: rows}, err
}

type derivedCursor struct {
	o    *derivedScan
	f    *frame
	rows rowReader
	n    int64
}

func (c *derivedCursor) next() (bool, error) {
	row, err := c.rows.next()
	if err != nil || row == nil {
		return false, err
	}
	c.n++
	copy(c.f.slots[c.o.slots.from:c.o.slots.to-1], row)
	c.f.slots[c.o.slots.to-1] = value.Int(c.n)
	return true, c.f.check()
}

func (c *derivedCursor) close() { c.rows.close() }
