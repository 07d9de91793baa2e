package sqlrun

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// changePlan is a compiled UPDATE or DELETE. Its rows are found first, then each is locked, read again, so that no update
// of others is lost between the two, and its new values are computed; only then the first row is changed. So no subquery
// of the statement sees what the statement does, as standard SQL has it (the IRIS docs are silent).
type changePlan struct {
	t        *tableDef
	keywords irissql.Keywords
	width    int
	all      slotRange
	rows     operator
	where    condition
	fill     *filler
	columns  []*columnDef // UPDATE: the columns that are set
	values   []evaluator
	listed   map[*columnDef]bool
}

// change compiles what UPDATE and DELETE share; source 0 is the target.
func (c *compiler) change(target *bound.Table, k irissql.Keywords, sources []*bound.Source, from bound.From, where bound.Cond) (*changePlan, *scope, error) {
	t, err := changeable(target)
	if err != nil {
		return nil, nil, err
	}
	s := newScope(sources, 0, 0, 0)
	c.push(s)
	p := &changePlan{t: t, keywords: k, width: s.width, all: slotRange{0, s.width}}
	if t.place(t.RowID) < len(sources[0].Used) {
		sources[0].Used[t.place(t.RowID)] = true
	}
	p.fill = newFiller(t, s.source(0), nil)
	p.rows = c.rowsOf(sources, from, where, true)
	if where != nil {
		p.where = c.cond(where)
	}
	return p, s, nil
}

func (c *compiler) update(st *bound.Update) (*changePlan, error) {
	p, _, err := c.change(st.Table, st.Keywords, st.Sources, st.From, st.Where)
	if err != nil {
		return nil, err
	}
	defer c.pop()
	p.listed = map[*columnDef]bool{}
	for _, set := range st.Sets {
		col := p.t.columnAt(set.Column)
		p.columns = append(p.columns, col)
		p.values = append(p.values, c.expr(set.Value))
		p.listed[col] = true
	}
	return p, nil
}

func (c *compiler) delete(st *bound.Delete) (*changePlan, error) {
	p, _, err := c.change(st.Table, st.Keywords, st.Sources, st.From, st.Where)
	if err == nil {
		c.pop()
	}
	return p, err
}

// target is one row to change: its RowID and the slots of all sources when it was found.
type target struct {
	id    int64
	slots []value.Value
}

func (p *changePlan) run(x *execution) (int64, error) {
	x.verb = "DELETE"
	if p.listed != nil {
		x.verb = "UPDATE"
	}
	x.writing = true
	w := x.filer(p.t, p.keywords)
	f := &frame{execution: x, slots: make([]value.Value, p.width)}
	found, err := p.find(f)
	if err != nil {
		return 0, err
	}
	changes := make([]rowChange, 0, len(found))
	for _, hit := range found {
		change, fits, err := p.compute(f, w, hit)
		if err != nil {
			return 0, err
		}
		if fits {
			changes = append(changes, change)
		}
	}
	var n int64
	for _, change := range changes {
		done, err := p.apply(w, change)
		if err != nil {
			return 0, err
		}
		n += done
	}
	return n, nil
}

// rowChange is a locked row and, for UPDATE, the values that it gets.
type rowChange struct {
	id     int64
	values []value.Value
}

// find collects the rows to change; of several matches of one row the first wins.
func (p *changePlan) find(f *frame) ([]target, error) {
	in, err := p.rows.open(f.inside())
	if err != nil {
		return nil, err
	}
	defer in.close()
	var list []target
	seen := map[int64]bool{}
	idSlot := p.fill.base + p.t.place(p.t.RowID)
	for {
		ok, err := in.next()
		if err != nil || !ok {
			return list, err
		}
		id := wholeNumber(f.slots[idSlot])
		if f.slots[idSlot].IsNull() || seen[id] {
			continue
		}
		seen[id] = true
		list = append(list, target{id, p.all.copyOf(f)})
	}
}

// inside gives a frame an outer one, so that subqueries and set operations find what they expect.
func (f *frame) inside() *frame {
	if f.outer == nil {
		f.outer = &frame{execution: f.execution}
	}
	return f
}

// compute locks one row and gives its change; fits is false if it has gone or no longer fits since it was found.
func (p *changePlan) compute(f *frame, w *filer, hit target) (change rowChange, fits bool, err error) {
	if err := w.x.stopped(); err != nil {
		return change, false, err
	}
	if err := w.x.lockForChange(p.t, hit.id); err != nil {
		return change, false, err
	}
	old, err := w.x.session.readRow(p.t, hit.id)
	if err != nil || old == nil {
		return change, false, err
	}
	p.all.restore(f, hit.slots)
	p.fill.put(f, old)
	if p.where != nil {
		if t, err := p.where(f); err != nil || t != isTrue {
			return change, false, err
		}
	}
	change = rowChange{hit.id, make([]value.Value, len(p.values))}
	for i, e := range p.values {
		if change.values[i], err = e(f); err != nil {
			return change, false, err
		}
	}
	return change, true, nil
}

// apply changes one row and gives 1. A row that a referential action of this statement deleted is not there any more: 0.
func (p *changePlan) apply(w *filer, c rowChange) (int64, error) {
	if err := w.x.stopped(); err != nil {
		return 0, err
	}
	old, err := w.x.session.readRow(p.t, c.id)
	if err != nil || old == nil {
		return 0, err
	}
	if p.listed == nil {
		return 1, w.remove(old)
	}
	now := old.clone()
	for i, col := range p.columns {
		now.set(col, c.values[i])
	}
	if err := w.touch(now, p.listed); err != nil {
		return 0, err
	}
	w.x.session.wrote(w.t, old.id)
	return 1, w.update(now, old)
}

// truncatePlan is TRUNCATE TABLE: all nodes go, the counters start again.
type truncatePlan struct {
	t        *tableDef
	keywords irissql.Keywords
}

func (p *truncatePlan) run(x *execution) (int64, error) {
	s := x.session
	if !p.keywords.Has("%NOCHECK") {
		for _, ref := range s.referencesTo(p.t) {
			if ref.table.Class != p.t.Class {
				return 0, sqlerr.New(-124, "Table '%s' is referenced by Foreign Key Constraint '%s' of table '%s'", p.t.fullName(), ref.fk.Name, ref.table.fullName())
			}
		}
	}
	release, err := x.lockTable(p.t)
	if err != nil {
		return 0, err
	}
	defer release()
	for _, g := range []string{p.t.dataGlobal(), p.t.indexGlobal(), p.t.vectorGlobal(), p.t.streamGlobal(), p.t.counterGlobal()} {
		s.proc.Kill(g)
	}
	return -1, nil
}
