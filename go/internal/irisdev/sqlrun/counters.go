package sqlrun

import (
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// Counters are never given back by ROLLBACK (IRIS docs, "ROLLBACK"): they are written outside of transactions. The RowID
// counter is the master map's root, others have a global of their own.
const rowVersionGlobal = "ROWVERSION"

func (t *tableDef) counterGlobal() string { return t.Class + "C" }

// complete gives a new row its RowID, counters and defaults; listed are the columns that the statement gave.
func (w *filer) complete(r *row, listed map[*columnDef]bool) error {
	var err error
	if r.id == 0 {
		r.id, err = w.x.session.proc.Increment(w.t.dataGlobal())
	} else {
		err = w.raise(w.t.dataGlobal(), r.id)
	}
	if err != nil {
		return err
	}
	if err := w.numbers(r, w.t.Columns); err != nil {
		return err
	}
	for _, c := range w.t.Columns {
		if listed[c] || c.Default == "" || c.Counter != noCounter {
			continue
		}
		v, err := w.x.defaultOf(w.t, c, c.Default)
		if err != nil {
			return err
		}
		r.set(c, v)
	}
	return nil
}

// numbers fills the counter columns.
func (w *filer) numbers(r *row, columns []*columnDef) error {
	for _, c := range columns {
		var err error
		switch c.Counter {
		case serialCounter:
			err = w.serial(r, c)
		case autoIncrement:
			if r.of(c).IsNull() || isZero(r.of(c)) {
				err = w.count(r, c, w.t.counterGlobal(), value.Int(int64(c.Slot)))
			}
		case rowVersion:
			err = w.count(r, c, rowVersionGlobal)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// count gives a column the next number of a counter.
func (w *filer) count(r *row, c *columnDef, global string, subs ...value.Value) error {
	n, err := w.x.session.proc.Increment(global, subs...)
	r.set(c, value.Int(n))
	return err
}

// serial is a SERIAL column: NULL and 0 take the next number, a higher explicit number moves the counter.
func (w *filer) serial(r *row, c *columnDef) error {
	v := r.of(c)
	if v.IsNull() || isZero(v) {
		return w.count(r, c, w.t.counterGlobal(), value.Int(int64(c.Slot)))
	}
	return w.raise(w.t.counterGlobal(), wholeNumber(v), value.Int(int64(c.Slot)))
}

// raise moves a counter up to n if it is lower.
func (w *filer) raise(global string, n int64, subs ...value.Value) error {
	return storeError(w.x.session.proc.Raise(store.At(global, subs...), value.Int(n)))
}

func isZero(v value.Value) bool { return value.CompareNumbers(v.Number(), value.Int(0)) == 0 }

// touch renews what changes with every update: ROWVERSION and ON UPDATE values of columns that were not set.
func (w *filer) touch(r *row, listed map[*columnDef]bool) error {
	for _, c := range w.t.Columns {
		switch {
		case c.Counter == rowVersion:
			if err := w.count(r, c, rowVersionGlobal); err != nil {
				return err
			}
		case !listed[c] && c.OnUpdate != "":
			v, err := w.x.defaultOf(w.t, c, c.OnUpdate)
			if err != nil {
				return err
			}
			r.set(c, v)
		}
	}
	return nil
}
