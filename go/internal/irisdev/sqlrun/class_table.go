package sqlrun

import (
	"context"
	"reflect"

	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

var _ superserver.ClassTables = (*Session)(nil)

// outside is an execution for what is asked of a session without a statement.
func (s *Session) outside(ctx context.Context) *execution {
	return &execution{ctx: ctx, session: s, now: s.db.instance.cfg.Now(), writer: s.proc}
}

// DefineClass implements superserver.ClassTables. Slot 1 of a row is the class of the object, as in IRIS's default storage.
func (s *Session) DefineClass(d superserver.ClassTable) error {
	x := s.outside(context.Background())
	if other := s.findTable(d.Schema, d.Name); other != nil && other.Class != d.Class {
		return sqlerr.New(-201, "Table or view name '%s.%s' not unique", d.Schema, d.Name)
	}
	old := s.classDef(d.Class)
	t := &tableDef{Class: d.Class, Schema: d.Schema, Name: d.Name, Description: d.Description, Parameters: map[string]string{},
		Owner: x.User(), PublicRowID: !d.PrivateRowID, NextSlot: 1, IsView: d.View != "", ViewText: d.View, ViewCheck: "NONE", Created: x.stampText(), Modified: x.stampText()}
	for k, v := range d.Parameters {
		t.Parameters[k] = v
	}
	if old != nil && !old.IsView {
		t.NextSlot, t.Created = old.NextSlot, old.Created
	}
	t.classColumns(d.Columns, old)
	if !t.IsView {
		t.classIndexes(d.Indexes)
		t.completeRowID()
	}
	if old != nil && sameDefinition(old, t) {
		return nil
	}
	if err := x.saveTable(t, old); err != nil {
		return err
	}
	if old == nil || t.IsView || reflect.DeepEqual(old.Indexes, t.Indexes) {
		return s.proc.takeFailure()
	}
	return s.RebuildIndexes(t.Class)
}

// classColumns takes the columns over; those that are there already keep their slots, and those that are gone stay hidden.
func (t *tableDef) classColumns(list []superserver.ClassColumn, old *tableDef) {
	slots := map[string]int{}
	if old != nil {
		for _, c := range old.Columns {
			slots[c.Property] = c.Slot
		}
	}
	seen := map[string]bool{}
	for _, d := range list {
		c := &columnDef{Name: d.Name, Property: d.Property, Type: d.Type, Collation: d.Collation, Required: d.Required,
			Private: d.Private, Description: d.Description}
		if c.Slot = slots[d.Property]; c.Slot == 0 && !t.IsView {
			c.Slot = t.NextSlot
			t.NextSlot++
		} else if t.IsView {
			c.Slot = len(t.Columns) + 1
		}
		seen[d.Property] = true
		t.Columns = append(t.Columns, c)
	}
	if old == nil || t.IsView {
		return
	}
	for _, c := range old.Columns {
		if !seen[c.Property] {
			gone := *c
			gone.Private, gone.Required = true, false
			t.Columns = append(t.Columns, &gone)
		}
	}
}

func (t *tableDef) classIndexes(list []superserver.ClassIndex) {
	names := map[string]string{}
	for _, c := range t.Columns {
		names[c.Property] = c.Name
	}
	for _, d := range list {
		ix := &indexDef{Name: d.Name, Kind: plainIndex, Unique: d.Unique, Primary: d.Primary}
		for _, p := range d.Properties {
			ix.Columns = append(ix.Columns, names[p])
		}
		t.Indexes = append(t.Indexes, ix)
	}
}

// sameDefinition compares all but stamps and times.
func sameDefinition(a, b *tableDef) bool {
	x, y := *a, *b
	x.Stamp, x.Created, x.Modified, x.Owner = y.Stamp, y.Created, y.Modified, y.Owner
	return reflect.DeepEqual(&x, &y)
}

// DropClass implements superserver.ClassTables.
func (s *Session) DropClass(class string, data bool) error {
	t := s.classDef(class)
	if t == nil {
		return nil
	}
	x := s.outside(context.Background())
	if data && !t.IsView {
		x.killData(t)
	}
	x.deleteTable(t)
	return s.proc.takeFailure()
}

// extent gives the table of a class; -30 if it has none.
func (s *Session) extent(class string) (*tableDef, error) {
	t := s.classDef(class)
	if t == nil || t.IsView {
		return nil, sqlerr.New(-30, "Table of class '%s' not found", class)
	}
	return t, nil
}

// NextID implements superserver.ClassTables.
func (s *Session) NextID(class string) (int64, error) {
	t, err := s.extent(class)
	if err != nil {
		return 0, err
	}
	return s.proc.Increment(t.dataGlobal())
}

// SaveObject implements superserver.ClassTables. The values were checked by the class; here they are only brought to the
// form that SQL stores.
func (s *Session) SaveObject(ctx context.Context, class string, id int64, insert bool, values map[string]value.Value) error {
	t, err := s.extent(class)
	if err != nil {
		return err
	}
	x := s.outside(ctx)
	x.verb = "UPDATE"
	if insert {
		x.verb = "INSERT"
	}
	w := &filer{x: x, t: t, confirmed: true}
	if err := x.lockForChange(t, id); err != nil {
		return err
	}
	old, err := s.readRow(t, id)
	if err != nil {
		return err
	}
	r := &row{id: id}
	if old != nil {
		r = old.clone()
	}
	for _, c := range t.Columns {
		if v, ok := values[c.Property]; ok {
			if got, err := validate(t, c, v, updateInvalid); err == nil {
				v = got
			}
			r.set(c, v)
		}
	}
	if err := w.fileObject(r, old); err != nil {
		return err
	}
	return s.proc.takeFailure()
}

func (w *filer) fileObject(r, old *row) error {
	code := -120
	if old == nil {
		code = -119
		if err := w.raise(w.t.dataGlobal(), r.id); err != nil {
			return err
		}
		if err := w.numbers(r, w.t.Columns); err != nil {
			return err
		}
	}
	if err := w.checkUnique(r, old, code); err != nil {
		return err
	}
	if err := w.x.session.writeRow(w.x.session.proc, w.t, r, old); err != nil {
		return err
	}
	if err := w.index(r, old); err != nil {
		return err
	}
	if old == nil {
		w.x.session.wrote(w.t, r.id)
		return nil
	}
	return w.x.referencedChanged(w.t, old, r)
}

// LoadObject implements superserver.ClassTables.
func (s *Session) LoadObject(class string, id int64) (map[string]value.Value, bool, error) {
	t, err := s.extent(class)
	if err != nil {
		return nil, false, err
	}
	r, err := s.readRow(t, id)
	if err != nil || r == nil {
		return nil, false, err
	}
	out := make(map[string]value.Value, len(t.Columns))
	for _, c := range t.Columns {
		out[c.Property] = r.of(c)
	}
	return out, true, nil
}

// DeleteObject implements superserver.ClassTables.
func (s *Session) DeleteObject(ctx context.Context, class string, id int64) (bool, error) {
	t, err := s.extent(class)
	if err != nil {
		return false, err
	}
	x := s.outside(ctx)
	x.verb = "DELETE"
	if err := x.lockForChange(t, id); err != nil {
		return false, err
	}
	r, err := s.readRow(t, id)
	if err != nil || r == nil {
		return false, err
	}
	if err := (&filer{x: x, t: t, confirmed: true}).remove(r); err != nil {
		return false, err
	}
	return true, s.proc.takeFailure()
}

// FindObject implements superserver.ClassTables.
func (s *Session) FindObject(class, index string, key []value.Value) (int64, error) {
	t, err := s.extent(class)
	if err != nil {
		return 0, err
	}
	ix := t.index(index)
	if ix == nil {
		return 0, sqlerr.New(-333, "Index '%s' of class '%s' not found", index, class)
	}
	r := &row{}
	for i, name := range ix.Columns {
		c := t.column(name)
		v := value.Value{}
		if i < len(key) {
			v = key[i]
		}
		if got, err := validate(t, c, v, insertInvalid); err == nil {
			v = got
		}
		r.set(c, v)
	}
	found, _ := indexKey(t, ix, r)
	return s.ownerOf(t, ix, found[:min(len(key), len(found))])
}

// Objects implements superserver.ClassTables.
func (s *Session) Objects(class string) ([]int64, error) {
	t, err := s.extent(class)
	if err != nil {
		return nil, err
	}
	var out []int64
	err = s.eachID(t, func(id int64) (bool, error) {
		out = append(out, id)
		return true, nil
	})
	return out, err
}

// ClearClass implements superserver.ClassTables.
func (s *Session) ClearClass(class string) error {
	t, err := s.extent(class)
	if err != nil {
		return err
	}
	s.outside(context.Background()).killData(t)
	return s.proc.takeFailure()
}

// RebuildIndexes implements superserver.ClassTables.
func (s *Session) RebuildIndexes(class string) error {
	t, err := s.extent(class)
	if err != nil {
		return err
	}
	s.proc.Kill(t.indexGlobal())
	ids, err := s.Objects(class)
	if err != nil {
		return err
	}
	for _, id := range ids {
		r, err := s.readRow(t, id)
		if err != nil {
			return err
		}
		for _, ix := range t.Indexes {
			if !ix.stored() {
				continue
			}
			if err := s.addEntry(t, ix, r); err != nil {
				return err
			}
		}
	}
	return s.proc.takeFailure()
}
