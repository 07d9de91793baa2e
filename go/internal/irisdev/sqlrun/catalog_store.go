package sqlrun

import (
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// The class dictionary. A class has its stamp at ^oddDEF(class) and its parts below; ^oddSQL(SCHEMA,NAME) names the class
// of a table or view, ^oddSQL(SCHEMA) has the schema's spelling. All schemas and classes are in one namespace's globals.
const (
	classGlobal = "oddDEF"
	nameGlobal  = "oddSQL"
)

// Parts of a class definition, as subscripts of ^oddDEF(class).
const (
	partTable     = "table"
	partColumn    = "column"
	partIndex     = "index"
	partForeign   = "foreign"
	partParameter = "parameter"
)

// saveTable writes a definition under a new stamp; old is the one it replaces, nil for a new table.
func (x *execution) saveTable(t, old *tableDef) error {
	x.session.db.dictionary.Lock()
	defer x.session.db.dictionary.Unlock()
	w := x.writer
	if old != nil {
		w.Kill(nameGlobal, nameKey(old.Schema, old.Name)...)
		w.Kill(classGlobal, value.Text(old.Class))
	}
	var err error
	if t.Stamp, err = w.Increment(nameGlobal); err != nil {
		return err
	}
	at := func(subs ...string) []value.Value {
		list := []value.Value{value.Text(t.Class)}
		for _, x := range subs {
			list = append(list, value.Text(x))
		}
		return list
	}
	if err := w.Set(classGlobal, value.Int(t.Stamp), at()...); err != nil {
		return err
	}
	if err := setList(w, tableItems(t), at(partTable)); err != nil {
		return err
	}
	for i, c := range t.allColumns() {
		if err := setList(w, columnItems(c), append(at(partColumn), value.Int(int64(i)))); err != nil {
			return err
		}
	}
	for i, ix := range t.Indexes {
		if err := setList(w, indexItems(ix), append(at(partIndex), value.Int(int64(i)))); err != nil {
			return err
		}
	}
	for i, fk := range t.ForeignKeys {
		if err := setList(w, foreignItems(fk), append(at(partForeign), value.Int(int64(i)))); err != nil {
			return err
		}
	}
	for name, v := range t.Parameters {
		if err := w.Set(classGlobal, value.Text(v), at(partParameter, name)...); err != nil {
			return err
		}
	}
	if err := x.touchSchema(t.Schema); err != nil {
		return err
	}
	return w.Set(nameGlobal, value.Text(t.Class), nameKey(t.Schema, t.Name)...)
}

// touchSchema makes the schema of a new table; it exists from the first use by DDL.
func (x *execution) touchSchema(schema string) error {
	key := value.Text(strings.ToUpper(schema))
	if _, ok := x.writer.Get(nameGlobal, key); ok {
		return nil
	}
	return x.writer.Set(nameGlobal, value.Text(schema), key)
}

// deleteTable removes a definition, and the schema with its last table unless CREATE SCHEMA made it.
func (x *execution) deleteTable(t *tableDef) {
	x.session.db.dictionary.Lock()
	defer x.session.db.dictionary.Unlock()
	x.writer.Kill(nameGlobal, nameKey(t.Schema, t.Name)...)
	x.writer.Kill(classGlobal, value.Text(t.Class))
}

func nameKey(schema, name string) []value.Value {
	return []value.Value{value.Text(strings.ToUpper(schema)), value.Text(strings.ToUpper(name))}
}

func setList(w *process, items []value.Value, at []value.Value) error {
	return w.Set(classGlobal, value.BuildList(items...), at...)
}

// allColumns are the columns with the RowID in front when it is none of them.
func (t *tableDef) allColumns() []*columnDef {
	if t.rowIDListed() {
		return t.Columns
	}
	return append([]*columnDef{t.RowID}, t.Columns...)
}

// findTable loads the definition of a table or view; nil if there is none.
func (s *Session) findTable(schema, name string) *tableDef {
	if t := systemTable(schema, name); t != nil {
		return t
	}
	s.db.dictionary.RLock()
	defer s.db.dictionary.RUnlock()
	class, ok := s.proc.Get(nameGlobal, nameKey(schema, name)...)
	if !ok {
		return nil
	}
	return s.definition(class.Raw())
}

// classDef gives a class's definition from the cache, or reads it again when its stamp has changed.
func (s *Session) classDef(class string) *tableDef {
	s.db.dictionary.RLock()
	defer s.db.dictionary.RUnlock()
	return s.definition(class)
}

// definition is classDef under the dictionary's lock.
func (s *Session) definition(class string) *tableDef {
	stamp, ok := s.proc.Get(classGlobal, value.Text(class))
	if !ok {
		return nil
	}
	n := wholeNumber(stamp)
	if t := s.db.defs.get(class); t != nil && t.Stamp == n {
		return t
	}
	t := s.loadTable(class, n)
	s.db.defs.put(class, t)
	return t
}

func (s *Session) loadTable(class string, stamp int64) *tableDef {
	t := &tableDef{Class: class, Stamp: stamp, Parameters: map[string]string{}}
	root := value.Text(class)
	if node, ok := s.proc.Get(classGlobal, root, value.Text(partTable)); ok {
		tableFrom(t, listOf(node))
	}
	s.eachPart(class, partColumn, func(_, node value.Value) {
		c := columnFrom(listOf(node))
		if c.Slot == 0 {
			t.RowID = c
		}
		if !c.Hidden {
			t.Columns = append(t.Columns, c)
		}
	})
	s.eachPart(class, partIndex, func(_, node value.Value) { t.Indexes = append(t.Indexes, indexFrom(listOf(node))) })
	s.eachPart(class, partForeign, func(_, node value.Value) {
		t.ForeignKeys = append(t.ForeignKeys, foreignFrom(listOf(node)))
	})
	s.eachPart(class, partParameter, func(sub, node value.Value) { t.Parameters[sub.Text()] = node.Text() })
	return t
}

// eachPart visits the nodes ^oddDEF(class,part,*).
func (s *Session) eachPart(class, part string, visit func(sub, node value.Value)) {
	at := []value.Value{value.Text(class), value.Text(part)}
	for sub, ok := s.proc.Next(classGlobal, at, value.Value{}); ok; sub, ok = s.proc.Next(classGlobal, at, sub) {
		if node, ok := s.proc.Get(classGlobal, append(at[:2:2], sub)...); ok {
			visit(sub, node)
		}
	}
}

// listOf unpacks a node that this package wrote.
func listOf(node value.Value) fields {
	items, err := value.ListItems(node)
	if err != nil {
		return nil
	}
	return items
}

// tables loads all definitions in the order of their names, views included.
func (s *Session) tables() []*tableDef {
	var list []*tableDef
	for schema, ok := s.proc.Next(nameGlobal, nil, value.Value{}); ok; schema, ok = s.proc.Next(nameGlobal, nil, schema) {
		at := []value.Value{schema}
		for name, ok := s.proc.Next(nameGlobal, at, value.Value{}); ok; name, ok = s.proc.Next(nameGlobal, at, name) {
			if class, ok := s.proc.Get(nameGlobal, schema, name); ok {
				if t := s.classDef(class.Raw()); t != nil {
					list = append(list, t)
				}
			}
		}
	}
	return list
}
