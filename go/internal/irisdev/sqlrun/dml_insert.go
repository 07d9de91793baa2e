package sqlrun

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// insertPlan is a compiled INSERT or INSERT OR UPDATE.
type insertPlan struct {
	t        *tableDef
	keywords irissql.Keywords
	orUpdate bool
	columns  []*columnDef
	values   []evaluator
	query    *queryPlan
	convert  []evaluator
	listed   map[*columnDef]bool
}

func (c *compiler) insert(st *bound.Insert) (*insertPlan, error) {
	t, err := changeable(st.Table)
	if err != nil {
		return nil, err
	}
	p := &insertPlan{t: t, keywords: st.Keywords, orUpdate: st.OrUpdate, listed: map[*columnDef]bool{}}
	for _, place := range st.Columns {
		col := t.columnAt(place)
		p.columns = append(p.columns, col)
		p.listed[col] = true
	}
	if st.Query == nil {
		p.values = c.exprs(st.Row)
		return p, nil
	}
	p.query = c.query(st.Query)
	c.push(newScope(nil, 0, 0, len(st.Query.Columns)))
	p.convert = c.optional(st.Convert)
	c.pop()
	return p, nil
}

// changeable gives the table that a statement changes; views are read-only here (-35), system tables always (-115).
func changeable(b *bound.Table) (*tableDef, error) {
	t, ok := b.Object.(*tableDef)
	if !ok {
		return nil, sqlerr.New(-115, "Table '%s.%s' is read-only", b.Schema, b.Name)
	}
	if t.IsView {
		return nil, sqlerr.New(-35, "View '%s' is not updateable", t.fullName())
	}
	return t, nil
}

// filer makes the writer for a statement with keywords.
func (x *execution) filer(t *tableDef, k irissql.Keywords) *filer {
	x.noLockWrites = k.Has("%NOLOCK")
	return &filer{x: x, t: t, noCheck: k.Has("%NOCHECK"), noIndex: k.Has("%NOINDEX")}
}

func (p *insertPlan) run(x *execution) (int64, error) {
	x.verb = "INSERT"
	w := x.filer(p.t, p.keywords)
	f := &frame{execution: x}
	if p.query == nil {
		vals := make([]value.Value, len(p.values))
		for i, e := range p.values {
			var err error
			if vals[i], err = e(f); err != nil {
				return 0, err
			}
		}
		return 1, p.file(w, vals)
	}
	rows, err := p.snapshot(f)
	if err != nil {
		return 0, err
	}
	for _, vals := range rows {
		if err := x.check(); err != nil {
			return 0, err
		}
		if err := p.file(w, vals); err != nil {
			return 0, err
		}
	}
	return int64(len(rows)), nil
}

// snapshot reads the whole query before the first row is written, so that a query over the target table ends.
func (p *insertPlan) snapshot(f *frame) ([][]value.Value, error) {
	in, err := p.query.open(f)
	if err != nil {
		return nil, err
	}
	defer in.close()
	var rows [][]value.Value
	for {
		got, err := in.next()
		if err != nil || got == nil {
			return rows, err
		}
		side := &frame{execution: f.execution, slots: append([]value.Value(nil), got...)}
		for i, convert := range p.convert {
			if convert == nil {
				continue
			}
			v, err := convert(&frame{execution: f.execution, slots: append([]value.Value(nil), got...)})
			if err != nil {
				return nil, err
			}
			side.slots[i] = v
		}
		rows = append(rows, side.slots)
	}
}

// file writes one row of values in the order of the statement's columns.
func (p *insertPlan) file(w *filer, vals []value.Value) error {
	r := &row{}
	for i, col := range p.columns {
		if col.Slot == 0 {
			if vals[i].IsNull() {
				continue
			}
			n, ok := vals[i].Integer()
			if !ok || n < 1 || !vals[i].IsInteger() {
				return sqlerr.New(insertInvalid, "Field '%s.%s' (value %s) failed validation", p.t.fullName(), col.Name, shown(vals[i]))
			}
			r.id = n
			continue
		}
		r.set(col, vals[i])
	}
	if p.orUpdate {
		old, err := w.existing(r, p.listed)
		if err != nil {
			return err
		}
		if old != nil {
			return p.overwrite(w, r, old)
		}
	}
	if err := w.complete(r, p.listed); err != nil {
		return err
	}
	if err := w.insert(r); err != nil {
		return err
	}
	w.x.session.wrote(w.t, r.id)
	return nil
}

// overwrite is the update of INSERT OR UPDATE: the listed columns of the row that has the key already.
func (p *insertPlan) overwrite(w *filer, r, old *row) error {
	if err := w.x.lockForChange(p.t, old.id); err != nil {
		return err
	}
	now := old.clone()
	for _, col := range p.columns {
		if col.Slot != 0 {
			now.set(col, r.of(col))
		}
	}
	if err := w.touch(now, p.listed); err != nil {
		return err
	}
	w.x.session.wrote(w.t, old.id)
	return w.update(now, old)
}

// existing finds a row with one of the unique keys of r whose columns were all given.
func (w *filer) existing(r *row, listed map[*columnDef]bool) (*row, error) {
	if r.id != 0 {
		if old, err := w.x.session.readRow(w.t, r.id); old != nil || err != nil {
			return old, err
		}
	}
	for _, ix := range w.t.Indexes {
		if !ix.Unique || !ix.stored() {
			continue
		}
		given := true
		for _, name := range ix.Columns {
			given = given && listed[w.t.column(name)]
		}
		if !given {
			continue
		}
		key, hasNull, err := w.normalisedKey(ix, r)
		if err != nil || hasNull {
			return nil, err
		}
		id, err := w.x.session.ownerOf(w.t, ix, key)
		if err != nil {
			return nil, err
		}
		if id != 0 {
			return w.x.session.readRow(w.t, id)
		}
	}
	return nil, nil
}

// normalisedKey is the key of a row that has not been validated yet.
func (w *filer) normalisedKey(ix *indexDef, r *row) ([]value.Value, bool, error) {
	c := r.clone()
	for _, name := range ix.Columns {
		col := w.t.column(name)
		v, err := validate(w.t, col, r.of(col), insertInvalid)
		if err != nil {
			return nil, false, err
		}
		c.set(col, v)
	}
	key, hasNull := indexKey(w.t, ix, c)
	return key, hasNull, nil
}

// isIdentityInsertAllowed reports the class parameter that lets statements give RowIDs.
func (t *tableDef) isIdentityInsertAllowed() bool {
	for name, v := range t.Parameters {
		if strings.EqualFold(name, "ALLOWIDENTITYINSERT") {
			return v == "1"
		}
	}
	return false
}
