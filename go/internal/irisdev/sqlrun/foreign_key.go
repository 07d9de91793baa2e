package sqlrun

import (
	"strings"

	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// Referential actions of a foreign key.
const (
	noAction   = "NO ACTION"
	cascade    = "CASCADE"
	setNull    = "SET NULL"
	setDefault = "SET DEFAULT"
)

// checkForeignKeys looks for the rows that a new or changed row refers to. A foreign key with a NULL is not checked.
func (w *filer) checkForeignKeys(r, old *row, code int) error {
	for _, fk := range w.t.ForeignKeys {
		if fk.NoCheck || old != nil && !differ(w.t, fk.Columns, r, old) {
			continue
		}
		ref := w.x.session.classDef(fk.RefClass)
		if ref == nil {
			return sqlerr.New(-310, "Foreign key '%s' references class '%s', which does not exist", fk.Name, fk.RefClass)
		}
		id, skip, err := w.x.session.referencedRow(w.t, fk, ref, r)
		if err != nil {
			return err
		}
		if skip {
			continue
		}
		if id == 0 {
			return sqlerr.New(code, "Table '%s', Foreign Key Constraint '%s', Field(s) %s, failed referential check upon %s of row with RowID = '%d'",
				w.t.fullName(), fk.Name, strings.Join(fk.Columns, ","), w.x.verb, r.id)
		}
		if ref.Class == w.t.Class && id == r.id {
			continue
		}
		if err := w.x.lockReferenced(ref, id); err != nil {
			return err
		}
	}
	return nil
}

// differ reports that two rows differ in one of the columns, as the columns' collations see it.
func differ(t *tableDef, columns []string, a, b *row) bool {
	return !sameKey(t, &indexDef{Columns: columns}, a, b)
}

// referencedRow finds the row that a foreign key of r points at; skip is true when one of its columns is NULL.
func (s *Session) referencedRow(t *tableDef, fk *foreignKeyDef, ref *tableDef, r *row) (id int64, skip bool, err error) {
	var vals []value.Value
	for _, name := range fk.Columns {
		v := r.of(t.column(name))
		if v.IsNull() {
			return 0, true, nil
		}
		vals = append(vals, v)
	}
	if t.Class == ref.Class && s.pointsAtItself(t, fk, r, vals) {
		return r.id, false, nil
	}
	ix := ref.keyOf(fk.RefColumns)
	if ix == nil {
		id := wholeNumber(vals[0])
		if _, ok := s.proc.Get(ref.dataGlobal(), value.Int(id)); ok {
			return id, false, nil
		}
		return 0, false, nil
	}
	id, err = s.ownerOf(ref, ix, ref.keyFor(ix, fk.RefColumns, vals))
	return id, false, err
}

// pointsAtItself reports a row of a self-referencing table that refers to its own, not yet filed key.
func (s *Session) pointsAtItself(t *tableDef, fk *foreignKeyDef, r *row, vals []value.Value) bool {
	for i, name := range fk.refNames(t) {
		fold := collatorFor(t.column(name).Collation)
		if compareKeys(fold(r.of(t.column(name))), fold(vals[i])) != 0 {
			return false
		}
	}
	return true
}

// refNames are the referenced columns; the RowID when none are named.
func (fk *foreignKeyDef) refNames(ref *tableDef) []string {
	if len(fk.RefColumns) == 0 {
		return []string{ref.RowID.Name}
	}
	return fk.RefColumns
}

// keyOf gives the unique index over exactly these columns; nil for the RowID.
func (t *tableDef) keyOf(columns []string) *indexDef {
	for _, ix := range t.Indexes {
		if !ix.Unique || !ix.stored() || len(ix.Columns) != len(columns) {
			continue
		}
		all := true
		for _, c := range columns {
			all = all && containsFold(ix.Columns, c)
		}
		if all {
			return ix
		}
	}
	return nil
}

// keyFor orders values given by column into an index's key.
func (t *tableDef) keyFor(ix *indexDef, columns []string, vals []value.Value) []value.Value {
	key := make([]value.Value, len(ix.Columns))
	for i, name := range ix.Columns {
		for j, c := range columns {
			if strings.EqualFold(c, name) {
				key[i] = subscript(collatorFor(t.column(name).Collation)(vals[j]))
			}
		}
	}
	return key
}

func containsFold(list []string, s string) bool {
	for _, x := range list {
		if strings.EqualFold(x, s) {
			return true
		}
	}
	return false
}

// referencedChanged carries out what foreign keys say when a row they refer to is changed (now) or deleted (now is nil).
func (x *execution) referencedChanged(t *tableDef, old, now *row) error {
	for _, ref := range x.referencesTo(t) {
		names := ref.fk.refNames(t)
		if now != nil && !differ(t, names, old, now) {
			continue
		}
		ids, err := x.session.referencingRows(ref.table, ref.fk, t, old)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := x.act(ref, t, id, old, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// reference is a foreign key with its table.
type reference struct {
	table *tableDef
	fk    *foreignKeyDef
}

// referencesTo lists the foreign keys that point at a table.
func (s *Session) referencesTo(t *tableDef) []reference {
	var list []reference
	for _, other := range s.tables() {
		for _, fk := range other.ForeignKeys {
			if fk.RefClass == t.Class && !fk.NoCheck {
				list = append(list, reference{other, fk})
			}
		}
	}
	return list
}

// referencesTo is the session's, looked up once a statement.
func (x *execution) referencesTo(t *tableDef) []reference {
	list, ok := x.references[t.Class]
	if !ok {
		if x.references == nil {
			x.references = map[string][]reference{}
		}
		list = x.session.referencesTo(t)
		x.references[t.Class] = list
	}
	return list
}

// referencingRows finds the rows whose foreign key has the key values of r, by an index if there is one.
func (s *Session) referencingRows(t *tableDef, fk *foreignKeyDef, ref *tableDef, r *row) ([]int64, error) {
	var vals []value.Value
	for _, name := range fk.refNames(ref) {
		v := r.of(ref.column(name))
		if v.IsNull() {
			return nil, nil
		}
		vals = append(vals, v)
	}
	matches := func(c *row) bool {
		for i, name := range fk.Columns {
			fold := collatorFor(t.column(name).Collation)
			if c.of(t.column(name)).IsNull() || compareKeys(fold(c.of(t.column(name))), fold(vals[i])) != 0 {
				return false
			}
		}
		return true
	}
	var ids []int64
	visit := func(id int64) (bool, error) {
		c, err := s.readRow(t, id)
		if err == nil && c != nil && matches(c) {
			ids = append(ids, id)
		}
		return true, err
	}
	for _, ix := range t.Indexes {
		if ix.stored() && strings.EqualFold(ix.Columns[0], fk.Columns[0]) {
			first := subscript(collatorFor(t.column(ix.Columns[0]).Collation)(vals[0]))
			return ids, s.findIDs(t, ix, []value.Value{first}, visit)
		}
	}
	return ids, s.eachID(t, visit)
}

// act applies one foreign key's action to one referencing row.
func (x *execution) act(ref reference, t *tableDef, id int64, old, now *row) error {
	action, code := ref.fk.OnDelete, -124
	if now != nil {
		action, code = ref.fk.OnUpdate, -123
	}
	if action == noAction {
		return sqlerr.New(code, "At least 1 Row exists in table '%s' which references key '%s' of table '%s' - Foreign Key Constraint '%s', Field(s) '%s', failed on referential action of NO ACTION",
			ref.table.fullName(), strings.Join(ref.fk.refNames(t), ","), t.fullName(), ref.fk.Name, strings.Join(ref.fk.Columns, ","))
	}
	if err := x.lockForChange(ref.table, id); err != nil {
		return err
	}
	before, err := x.session.readRow(ref.table, id)
	if err != nil || before == nil {
		return err
	}
	w := &filer{x: x, t: ref.table}
	if action == cascade && now == nil {
		return w.remove(before)
	}
	after := before.clone()
	for i, name := range ref.fk.Columns {
		c := ref.table.column(name)
		v := value.NullValue()
		switch action {
		case cascade:
			v = now.of(t.column(ref.fk.refNames(t)[i]))
		case setDefault:
			if v, err = x.defaultOf(ref.table, c, c.Default); err != nil {
				return err
			}
		}
		after.set(c, v)
	}
	return w.update(after, before)
}
