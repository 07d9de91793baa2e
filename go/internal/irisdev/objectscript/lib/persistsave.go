package lib

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// save files an object with what it refers to, in a transaction of its own (IRIS docs, "%Persistent": %Save).
func save(p *run.Process, o *run.Object) (run.Value, error) {
	e, err := extentOf(p, o.Class)
	if err != nil {
		return run.Value{}, err
	}
	s, ok := o.Native.(*stored)
	if !ok {
		s = &stored{}
		o.Native = s
	}
	if s.saving {
		return good, nil
	}
	s.saving = true
	fresh := s.row == 0
	sc, err := inTransaction(p, func() (run.Value, error) { return e.file(p, o, s) })
	s.saving = false
	if fresh && (err != nil || !sc.Truth()) {
		s.row, s.id = 0, ""
	}
	return sc, err
}

func (e *extent) file(p *run.Process, o *run.Object, s *stored) (run.Value, error) {
	insert := s.id == ""
	sc, err := p.Call(o, "%ValidateObject")
	if err != nil || !sc.Truth() {
		return sc, err
	}
	if sc, err = hook(p, o, "%OnAddToSaveSet", run.Int(3), run.Bool(insert), run.Int(1)); err != nil || !sc.Truth() {
		return sc, err
	}
	if insert && s.row == 0 {
		if s.row, err = e.tables.NextID(e.root.Name); err != nil {
			return sqlFailure(e.cls, err)
		}
	}
	if sc, err = hook(p, o, "%OnBeforeSave", run.Bool(insert)); err != nil || !sc.Truth() {
		return sc, err
	}
	if sc, err = saveReferences(p, o); err != nil || !sc.Truth() {
		return sc, err
	}
	values, err := rowOf(p, o)
	if err != nil {
		return run.Value{}, err
	}
	if insert || changed(values, s.image) {
		if sc, err := e.write(p, o, s, insert, values); err != nil || !sc.Truth() {
			return sc, err
		}
	}
	if sc, err = saveMany(p, o); err != nil || !sc.Truth() {
		return sc, err
	}
	return hook(p, o, "%OnAfterSave", run.Bool(insert))
}

// write files the row itself. The id of a class with an IDKEY is what its properties say, once and for all.
func (e *extent) write(p *run.Process, o *run.Object, s *stored, insert bool, values map[string]value.Value) (run.Value, error) {
	id := e.idOf(s.row, values)
	if ix := run.IDKey(e.root); ix != nil && insert {
		row, err := e.find(id)
		if err != nil {
			return sqlFailure(e.cls, err)
		}
		if row != 0 {
			return Status(5805, e.cls.Name), nil
		}
	}
	if err := e.tables.SaveObject(p.Context(), e.root.Name, s.row, insert, values); err != nil {
		return sqlFailure(e.cls, err)
	}
	s.id, s.image = id, values
	p.SetOpened(openKey(e, s.row), o)
	return good, nil
}

// hook calls a callback method if the class has one.
func hook(p *run.Process, o *run.Object, name string, args ...run.Value) (run.Value, error) {
	if m := o.Class.Methods[name]; m == nil || m.Body == nil {
		return good, nil
	}
	return p.Call(o, name, args...)
}

func changed(now, image map[string]value.Value) bool {
	if image == nil {
		return true
	}
	for k, v := range now {
		old := image[k]
		if old.Kind() != v.Kind() && !(old.IsNull() == v.IsNull() && old.Text() == v.Text()) || old.Text() != v.Text() {
			return true
		}
	}
	return false
}

// saveReferences saves the persistent objects that properties refer to, before the object itself needs their ids.
func saveReferences(p *run.Process, o *run.Object) (run.Value, error) {
	for _, name := range o.Class.Order {
		prop := o.Class.Properties[name]
		if prop.Datatype || !run.Stored(prop) {
			continue
		}
		v := o.Props[name]
		if v == nil || v.Value.Obj == nil {
			continue
		}
		objects := []*run.Object{v.Value.Obj}
		if prop.Def.Collection != "" {
			objects = elements(p, v.Value.Obj)
		}
		for _, x := range objects {
			if run.ClassType(x.Class) != "persistent" {
				continue
			}
			if st, ok := x.Native.(*stored); ok && st.saving && st.id == "" {
				// It is being saved itself and waits for this one: its number is known, its row follows.
				continue
			}
			if sc, err := p.Call(x, "%Save"); err != nil || !sc.Truth() {
				return sc, err
			}
		}
	}
	return good, nil
}

// elements are the objects in a collection.
func elements(p *run.Process, c *run.Object) []*run.Object {
	var out []*run.Object
	p.Raw(c, "Data").Each(func(_ value.Value, n *run.Var) bool {
		if n.Value.Obj != nil {
			out = append(out, n.Value.Obj)
		}
		return true
	})
	return out
}

// saveMany saves the objects on the many sides of relationships.
func saveMany(p *run.Process, o *run.Object) (run.Value, error) {
	for _, name := range o.Class.Order {
		d := o.Class.Properties[name].Def
		card := strings.ToLower(d.Keywords["cardinality"])
		v := o.Props[name]
		if !d.Relationship || card != "many" && card != "children" || v == nil || v.Value.Obj == nil {
			continue
		}
		for _, x := range elements(p, v.Value.Obj) {
			if sc, err := p.Call(x, "%Save"); err != nil || !sc.Truth() {
				return sc, err
			}
		}
	}
	return good, nil
}

// rowOf are the values that an object's row has.
func rowOf(p *run.Process, o *run.Object) (map[string]value.Value, error) {
	out := map[string]value.Value{run.ClassNameColumn: value.Text(run.StoredClass(o.Class))}
	for _, name := range o.Class.Order {
		prop := o.Class.Properties[name]
		if !run.Stored(prop) {
			continue
		}
		v, err := encodeValue(p, prop, o)
		if err != nil {
			return nil, err
		}
		out[name] = v
	}
	return out, nil
}

// toRow turns a value into the form that rows have: $CHAR(0) is SQL's empty string.
func toRow(v value.Value) value.Value {
	if v.Kind() == value.String && v.Raw() == "\x00" {
		return value.Text("")
	}
	return v
}

// fromRow is the way back.
func fromRow(v value.Value) run.Value {
	if v.Kind() == value.String && v.Raw() == "" {
		v = value.Text("\x00")
	}
	return run.Plain(v)
}

// encodeValue is a property as its row has it.
func encodeValue(p *run.Process, prop *class.Property, o *run.Object) (value.Value, error) {
	v := p.GetRaw(o, prop.Def.Name)
	if v.Obj == nil {
		if prop.Def.Collection != "" || v.IsEmpty() {
			return value.Value{}, nil
		}
		return toRow(v.Value), nil
	}
	collection := strings.ToLower(prop.Def.Collection)
	if collection == "" {
		return encodeObject(p, v)
	}
	var items []value.Value
	var failed error
	p.Raw(v.Obj, "Data").Each(func(sub value.Value, n *run.Var) bool {
		x, err := encodeElement(p, n.Value)
		if err != nil {
			failed = err
			return false
		}
		if collection == "array" {
			x = value.BuildList(sub, x)
		}
		items = append(items, x)
		return true
	})
	if len(items) == 0 {
		return value.Value{}, failed
	}
	return value.BuildList(items...), failed
}

func encodeElement(p *run.Process, v run.Value) (value.Value, error) {
	if v.Obj == nil {
		return toRow(v.Value), nil
	}
	return encodeObject(p, v)
}

// encodeObject is an object as a value: the id of a persistent one, the list of a serial one, the text of a stream.
func encodeObject(p *run.Process, v run.Value) (value.Value, error) {
	c := v.Obj.Class
	switch {
	case run.ClassType(c) == "persistent":
		if s, ok := v.Obj.Native.(*stored); ok && s.id == "" && s.row != 0 {
			return value.Int(s.row), nil
		}
		id, err := p.Call(v.Obj, "%Id")
		return id.Value, err
	case run.ClassType(c) == "serial":
		return serialize(p, v.Obj)
	case c.Is("%Library.DynamicAbstractObject"):
		text, err := p.Call(v.Obj, "%ToJSON")
		return text.Value, err
	case c.Is("%Stream.Object"):
		text, err := streamText(p, v.Obj)
		if text == "" {
			return value.Value{}, err
		}
		return value.Text(text), err
	}
	return v.Value, nil
}

// serialize makes the list of a serial object: the class is not in it, its properties follow each other as they are declared.
func serialize(p *run.Process, o *run.Object) (value.Value, error) {
	var items []value.Value
	any := false
	for _, name := range o.Class.Order {
		prop := o.Class.Properties[name]
		if !run.Stored(prop) {
			continue
		}
		v, err := encodeValue(p, prop, o)
		if err != nil {
			return value.Value{}, err
		}
		any = any || !v.IsNull()
		items = append(items, v)
	}
	if !any {
		return value.Value{}, nil
	}
	return value.BuildList(items...), nil
}

func deserialize(p *run.Process, c *class.Class, v value.Value) (run.Value, error) {
	o, err := p.NewObject(c)
	if err != nil {
		return run.Value{}, err
	}
	ref := run.Ref(o)
	if v.IsNull() {
		return ref, nil
	}
	items, err := value.ListItems(v)
	if err != nil {
		return run.Value{}, err
	}
	p.Retain(ref)
	defer p.Release(ref)
	i := 0
	for _, name := range c.Order {
		prop := c.Properties[name]
		if !run.Stored(prop) {
			continue
		}
		if i < len(items) {
			x, err := decodeValue(p, prop, items[i])
			if err != nil {
				return run.Value{}, err
			}
			p.SetRaw(o, name, x)
		}
		i++
	}
	return ref, nil
}

// collectionClasses are the classes of collections: of plain values, of objects.
var collectionClasses = map[string][2]string{
	"list":  {"%Collection.ListOfDT", "%Collection.ListOfObj"},
	"array": {"%Collection.ArrayOfDT", "%Collection.ArrayOfObj"},
}

// decodeValue makes a property's value from that of its row. References stay ids until they are used.
func decodeValue(p *run.Process, prop *class.Property, v value.Value) (run.Value, error) {
	if v.IsNull() {
		return run.Value{}, nil
	}
	kind := strings.ToLower(prop.Def.Collection)
	names, ok := collectionClasses[kind]
	if !ok {
		return decodeElement(p, prop, v)
	}
	name := names[0]
	if !prop.Datatype {
		name = names[1]
	}
	c, err := p.Class(name)
	if err != nil {
		return run.Value{}, err
	}
	o, err := p.NewObject(c)
	if err != nil {
		return run.Value{}, err
	}
	p.SetRaw(o, "ElementType", run.Text(prop.Type))
	ref := run.Ref(o)
	p.Retain(ref)
	defer p.Release(ref)
	items, err := value.ListItems(v)
	if err != nil {
		return run.Value{}, err
	}
	data := p.Raw(o, "Data")
	for i, x := range items {
		sub := value.Int(int64(i + 1))
		if kind == "array" {
			pair, err := value.ListItems(x)
			if err != nil || len(pair) < 2 {
				continue
			}
			sub, x = pair[0], pair[1]
		}
		n, err := data.Make(sub)
		if err != nil {
			return run.Value{}, err
		}
		el, err := decodeElement(p, prop, x)
		if err != nil {
			return run.Value{}, err
		}
		p.Assign(n, el)
	}
	return ref, nil
}

func decodeElement(p *run.Process, prop *class.Property, v value.Value) (run.Value, error) {
	if prop.Datatype {
		return fromRow(v), nil
	}
	c, err := p.Class(prop.Type)
	if err != nil {
		return run.Value{}, err
	}
	switch {
	case run.ClassType(c) == "serial":
		return deserialize(p, c, v)
	case c.Is("%Library.DynamicAbstractObject"):
		return p.CallClass(c, "%FromJSON", []run.Actual{run.Arg(run.Plain(v))}, true)
	case c.Is("%Stream.Object"):
		return newStream(p, c.Name, v.Text())
	}
	return fromRow(v), nil
}
