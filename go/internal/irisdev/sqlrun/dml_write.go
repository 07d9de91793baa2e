package sqlrun

import (
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

// filer writes rows of one table for one statement, with the checks that the statement's keywords leave on.
type filer struct {
	x       *execution
	t       *tableDef
	noCheck bool // %NOCHECK: neither unique nor foreign keys
	noIndex bool // %NOINDEX: indexes are not set

	confirmed bool // the definition is still the one that the statement was compiled with
}

// confirm looks, once the first row is locked, whether DDL changed the table meanwhile; from then on DDL waits for the
// lock. The client sends the text again.
func (w *filer) confirm() error {
	if w.confirmed {
		return nil
	}
	w.confirmed = true
	if now := w.x.session.classDef(w.t.Class); now == nil || now.Stamp != w.t.Stamp {
		return superserver.ErrPurged
	}
	return nil
}

// insert files a new row: validation, required fields, unique keys, foreign keys, data, indexes.
func (w *filer) insert(r *row) error {
	if err := w.checkValues(r, insertInvalid); err != nil {
		return err
	}
	if err := w.x.lockForChange(w.t, r.id); err != nil {
		return err
	}
	if err := w.confirm(); err != nil {
		return err
	}
	if !w.noCheck {
		if _, taken := w.x.session.proc.Get(w.t.dataGlobal(), value.Int(r.id)); taken {
			return w.notUnique(&indexDef{Name: "RowIDBasedIDKeyIndex", Columns: []string{w.t.RowID.Name}}, r, -119)
		}
		if err := w.checkUnique(r, nil, -119); err != nil {
			return err
		}
		if err := w.checkForeignKeys(r, nil, -121); err != nil {
			return err
		}
	}
	if err := w.x.session.writeRow(w.x.session.proc, w.t, r, nil); err != nil {
		return err
	}
	return w.index(r, nil)
}

// update files a changed row.
func (w *filer) update(r, old *row) error {
	if err := w.confirm(); err != nil {
		return err
	}
	if err := w.checkValues(r, updateInvalid); err != nil {
		return err
	}
	if !w.noCheck {
		if err := w.checkUnique(r, old, -120); err != nil {
			return err
		}
		if err := w.checkForeignKeys(r, old, -122); err != nil {
			return err
		}
	}
	if err := w.x.session.writeRow(w.x.session.proc, w.t, r, old); err != nil {
		return err
	}
	if err := w.index(r, old); err != nil {
		return err
	}
	if w.noCheck {
		return nil
	}
	return w.x.referencedChanged(w.t, old, r)
}

// remove deletes a row. Referencing rows are looked at after it is gone, so that a row may refer to itself.
func (w *filer) remove(r *row) error {
	if err := w.confirm(); err != nil {
		return err
	}
	w.x.session.killRow(w.t, r.id)
	if !w.noIndex {
		for _, ix := range w.t.Indexes {
			if ix.stored() {
				w.x.session.dropEntry(w.t, ix, r)
			}
		}
	}
	if w.noCheck {
		return nil
	}
	return w.x.referencedChanged(w.t, r, nil)
}

// checkValues validates every value and looks for missing required fields.
func (w *filer) checkValues(r *row, code int) error {
	for _, c := range w.t.Columns {
		if c.Slot == 0 {
			continue
		}
		v := r.of(c)
		if v.IsNull() {
			if c.Required {
				return sqlerr.New(-108, "'%s' in table '%s' is required", c.Name, w.t.fullName())
			}
			continue
		}
		got, err := validate(w.t, c, v, code)
		if err != nil {
			return err
		}
		r.set(c, got)
	}
	return nil
}

// checkUnique looks for another row with the same value of a unique key. A key with a NULL is never a duplicate.
func (w *filer) checkUnique(r, old *row, code int) error {
	for _, ix := range w.t.Indexes {
		if !ix.Unique || !ix.stored() || old != nil && sameKey(w.t, ix, r, old) {
			continue
		}
		key, hasNull := indexKey(w.t, ix, r)
		if hasNull {
			continue
		}
		if err := w.x.lockKey(w.t, ix, key); err != nil {
			return err
		}
		other, err := w.x.session.ownerOf(w.t, ix, key)
		if err != nil {
			return err
		}
		if other != 0 && other != r.id {
			return w.notUnique(ix, r, code)
		}
	}
	return nil
}

// ownerOf gives the RowID of the row that has a unique key; 0 if none has. RowIDs count from 1.
func (s *Session) ownerOf(t *tableDef, ix *indexDef, key []value.Value) (int64, error) {
	var owner int64
	err := s.findIDs(t, ix, key, func(id int64) (bool, error) {
		if _, ok := s.proc.Get(t.dataGlobal(), value.Int(id)); ok {
			owner = id
			return false, nil
		}
		return true, nil
	})
	return owner, err
}

func (w *filer) notUnique(ix *indexDef, r *row, code int) error {
	list := ""
	for i, name := range ix.Columns {
		if i > 0 {
			list += ","
		}
		list += name + "=\"" + r.of(w.t.column(name)).Text() + "\""
	}
	return sqlerr.New(code, "Table '%s', Constraint '%s', Field(s) %s; failed unique check", w.t.fullName(), ix.Name, list)
}

// index brings the indexes in step with a new or changed row.
func (w *filer) index(r, old *row) error {
	if w.noIndex {
		return nil
	}
	for _, ix := range w.t.Indexes {
		if !ix.stored() {
			continue
		}
		if old != nil {
			if sameKey(w.t, ix, r, old) {
				continue
			}
			w.x.session.dropEntry(w.t, ix, old)
		}
		if err := w.x.session.addEntry(w.t, ix, r); err != nil {
			return err
		}
	}
	return nil
}
