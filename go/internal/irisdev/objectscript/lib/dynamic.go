package lib

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// dynamic is what a %DynamicObject or %DynamicArray holds.
type dynamic struct {
	array bool
	keys  []string             // of an object, in the order in which they were set
	named map[string]jsonValue // of an object
	items []jsonValue          // of an array
}

// jsonValue is one value with its JSON type.
type jsonValue struct {
	kind  kind
	value run.Value // a Number keeps the text that it was written with in text
	text  string
}

// kind is a JSON type as %GetTypeOf names it.
type kind string

const (
	unassigned kind = "unassigned"
	null       kind = "null"
	boolean    kind = "boolean"
	numberKind kind = "number"
	stringKind kind = "string"
	objectKind kind = "object"
	arrayKind  kind = "array"
	orefKind   kind = "oref"
)

// dynamicOf gives what an object holds; it is made on first use.
func dynamicOf(o *run.Object) *dynamic {
	d, ok := o.Native.(*dynamic)
	if !ok {
		d = &dynamic{array: o.Class.Is("%Library.DynamicArray"), named: map[string]jsonValue{}}
		o.Native = d
	}
	return d
}

// get finds a value by its key; an array's keys count from 0.
func (d *dynamic) get(key run.Value) (jsonValue, bool) {
	if !d.array {
		m, ok := d.named[key.Text()]
		return m, ok
	}
	i, ok := position(key)
	if !ok || i >= len(d.items) || d.items[i].kind == unassigned {
		return jsonValue{kind: unassigned}, false
	}
	return d.items[i], true
}

func position(key run.Value) (int, bool) {
	n, ok := numeric(key.Value)
	if !ok {
		return 0, false
	}
	i, ok := n.Integer()
	return int(i), ok && i >= 0 && i < 1<<26
}

// put sets a value; an array grows, the places between are unassigned. The references are counted here.
func (d *dynamic) put(p *run.Process, key run.Value, m jsonValue) error {
	p.Retain(m.value)
	if !d.array {
		name := key.Text()
		old, ok := d.named[name]
		if !ok {
			d.keys = append(d.keys, name)
		}
		d.named[name] = m
		p.Release(old.value)
		return nil
	}
	i, ok := position(key)
	if !ok {
		p.Release(m.value)
		return fault.New("ILLEGAL VALUE", "*"+key.Text())
	}
	for len(d.items) <= i {
		d.items = append(d.items, jsonValue{kind: unassigned})
	}
	old := d.items[i].value
	d.items[i] = m
	p.Release(old)
	return nil
}

// remove takes a value away; what stands behind it in an array moves up.
func (d *dynamic) remove(p *run.Process, key run.Value) (jsonValue, bool) {
	m, ok := d.get(key)
	if d.array {
		i, valid := position(key)
		if !valid || i >= len(d.items) {
			return m, false
		}
		d.items = append(d.items[:i:i], d.items[i+1:]...)
		p.Release(m.value)
		return m, true
	}
	if !ok {
		return m, false
	}
	name := key.Text()
	delete(d.named, name)
	for i, k := range d.keys {
		if k == name {
			d.keys = append(d.keys[:i:i], d.keys[i+1:]...)
			break
		}
	}
	p.Release(m.value)
	return m, true
}

func (d *dynamic) size() int {
	if d.array {
		return len(d.items)
	}
	return len(d.keys)
}

// at gives the value at a place in the order of iteration.
func (d *dynamic) at(i int) (run.Value, jsonValue) {
	if d.array {
		return run.Int(int64(i)), d.items[i]
	}
	return run.Text(d.keys[i]), d.named[d.keys[i]]
}

func (d *dynamic) clear(p *run.Process) {
	for i := range d.size() {
		_, m := d.at(i)
		p.Release(m.value)
	}
	d.keys, d.items = nil, nil
	clear(d.named)
}

func (d *dynamic) clone(p *run.Process, deep bool, done map[*run.Object]*run.Object) (*dynamic, error) {
	out := &dynamic{array: d.array, named: map[string]jsonValue{}}
	for i := range d.size() {
		key, m := d.at(i)
		if m.value.Obj != nil && deep {
			v, err := construct(p, m.value.Obj, deep, done)
			if err != nil {
				return nil, err
			}
			m.value = v
		}
		if err := out.put(p, key, m); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// memberOf makes a member of a value and the type that %Set or %Push was given.
func memberOf(p *run.Process, v run.Value, typ string) (jsonValue, error) {
	switch strings.ToLower(typ) {
	case "":
		return inferred(v), nil
	case "boolean":
		return jsonValue{kind: boolean, value: run.Bool(v.Truth())}, nil
	case "number":
		n := v.Number()
		return jsonValue{kind: numberKind, value: run.Plain(n)}, nil
	case "string":
		return jsonValue{kind: stringKind, value: run.Text(v.Text())}, nil
	case "null":
		if v.IsEmpty() {
			return jsonValue{kind: null}, nil
		}
		return inferred(v), nil
	case "string>base64", "string<base64":
		f := map[bool]conversion{true: toBase64, false: fromBase64}[strings.Contains(typ, ">")]
		return jsonValue{kind: stringKind, value: f(v.Value, nil)}, nil
	case "stream", "stream<base64", "stream>base64":
		if v.Obj == nil {
			return jsonValue{}, fault.New("INVALID OREF", "")
		}
		text, err := streamText(p, v.Obj)
		if err != nil {
			return jsonValue{}, err
		}
		return memberOf(p, run.Text(text), strings.Replace(strings.ToLower(typ), "stream", "string", 1))
	}
	return jsonValue{}, fault.New("ILLEGAL VALUE", "*"+typ)
}

// inferred finds the type of a value: a number stays a number, a text a text.
func inferred(v run.Value) jsonValue {
	switch {
	case v.Obj != nil && v.Obj.Class.Is("%Library.DynamicArray"):
		return jsonValue{kind: arrayKind, value: v}
	case v.Obj != nil && v.Obj.Class.Is("%Library.DynamicObject"):
		return jsonValue{kind: objectKind, value: v}
	case v.Obj != nil:
		return jsonValue{kind: orefKind, value: v}
	case v.Kind() == value.Number || v.Kind() == value.Double:
		return jsonValue{kind: numberKind, value: v}
	}
	return jsonValue{kind: stringKind, value: run.Text(v.Text())}
}

// read is a member as ObjectScript sees it: null is the empty string.
func (m jsonValue) read() run.Value {
	if m.kind == null || m.kind == unassigned {
		return run.Value{}
	}
	return m.value
}

// as is a member in the form that %Get was asked for.
func (m jsonValue) as(p *run.Process, typ string) (run.Value, error) {
	switch strings.ToLower(typ) {
	case "":
		return m.read(), nil
	case "string":
		return run.Text(m.read().Text()), nil
	case "string>base64":
		return toBase64(m.read().Value, nil), nil
	case "string<base64":
		return fromBase64(m.read().Value, nil), nil
	case "json":
		w := &jsonWriter{p: p}
		err := w.member(m)
		return run.Text(w.b.String()), err
	case "stream", "stream>base64", "stream<base64":
		v := m.read().Value
		if strings.Contains(typ, ">") {
			v = toBase64(v, nil).Value
		} else if strings.Contains(typ, "<") {
			v = fromBase64(v, nil).Value
		}
		return newStream(p, "%Stream.TmpCharacter", v.Text())
	}
	return run.Value{}, fault.New("ILLEGAL VALUE", "*"+typ)
}

func dynamicGet(p *run.Process, c *run.Call) (run.Value, error) {
	m, ok := dynamicOf(c.Self).get(c.Arg(0))
	if !ok {
		return c.Arg(1), nil
	}
	return m.as(p, c.Text(2))
}

func dynamicSet(p *run.Process, c *run.Call) (run.Value, error) {
	m, err := memberOf(p, c.Arg(1), c.Text(2))
	if err != nil {
		return run.Value{}, err
	}
	return run.Ref(c.Self), dynamicOf(c.Self).put(p, c.Arg(0), m)
}

func dynamicRemove(p *run.Process, c *run.Call) (run.Value, error) {
	m, _ := dynamicOf(c.Self).remove(p, c.Arg(0))
	return m.read(), nil
}

// jsonWords are the words of JSON.
const jsonWords = "true,false,null"

var dynamicNatives = run.Natives{
	"%Library.DynamicAbstractObject:%FromJSON":     fromJSON,
	"%Library.DynamicAbstractObject:%FromJSONFile": fromJSONFile,
	"%Library.DynamicAbstractObject:%ToJSON":       toJSON,
	"%Library.DynamicAbstractObject:%ToJSONFile":   toJSONFile,
	"%Library.DynamicAbstractObject:%GetTypeOf": func(_ *run.Process, c *run.Call) (run.Value, error) {
		m, ok := dynamicOf(c.Self).get(c.Arg(0))
		if !ok {
			return run.Text(string(unassigned)), nil
		}
		return run.Text(string(m.kind)), nil
	},
	"%Library.DynamicAbstractObject:%Size": func(_ *run.Process, c *run.Call) (run.Value, error) {
		return run.Int(int64(dynamicOf(c.Self).size())), nil
	},
	"%Library.DynamicAbstractObject:%IsDefined": func(_ *run.Process, c *run.Call) (run.Value, error) {
		_, ok := dynamicOf(c.Self).get(c.Arg(0))
		return run.Bool(ok), nil
	},
	"%Library.DynamicAbstractObject:%Clear": func(p *run.Process, c *run.Call) (run.Value, error) {
		dynamicOf(c.Self).clear(p)
		return run.Ref(c.Self), nil
	},
	"%Library.DynamicAbstractObject:%OnClose": func(p *run.Process, c *run.Call) (run.Value, error) {
		if d, ok := c.Self.Native.(*dynamic); ok {
			d.clear(p)
		}
		return good, nil
	},
	"%Library.DynamicAbstractObject:%GetIterator": getIterator,
	"%Library.DynamicObject:%Get":                 dynamicGet,
	"%Library.DynamicObject:%Set":                 dynamicSet,
	"%Library.DynamicObject:%Remove":              dynamicRemove,
	"%Library.DynamicArray:%Get":                  dynamicGet,
	"%Library.DynamicArray:%Set":                  dynamicSet,
	"%Library.DynamicArray:%Remove":               dynamicRemove,
	"%Library.DynamicArray:%Push": func(p *run.Process, c *run.Call) (run.Value, error) {
		m, err := memberOf(p, c.Arg(0), c.Text(1))
		if err != nil {
			return run.Value{}, err
		}
		d := dynamicOf(c.Self)
		return run.Ref(c.Self), d.put(p, run.Int(int64(len(d.items))), m)
	},
	"%Library.DynamicArray:%Pop": func(p *run.Process, c *run.Call) (run.Value, error) {
		d := dynamicOf(c.Self)
		m, _ := d.remove(p, run.Int(int64(len(d.items)-1)))
		return m.read(), nil
	},
	"%Library.DynamicObject:%DispatchGetProperty": func(_ *run.Process, c *run.Call) (run.Value, error) {
		m, _ := dynamicOf(c.Self).get(c.Arg(0))
		return m.read(), nil
	},
	"%Library.DynamicObject:%DispatchSetProperty": func(p *run.Process, c *run.Call) (run.Value, error) {
		return run.Value{}, dynamicOf(c.Self).put(p, c.Arg(0), inferred(c.Arg(1)))
	},
	"%Library.DynamicObject:%DispatchSetMultidimProperty": func(_ *run.Process, c *run.Call) (run.Value, error) {
		return run.Value{}, fault.New("OBJECT DISPATCH", "")
	},
	"%Iterator.AbstractIterator:%GetNext": nextMember,
}

// iterator walks a dynamic object.
type iterator struct {
	over *run.Object
	at   int
}

func getIterator(p *run.Process, c *run.Call) (run.Value, error) {
	name := "%Iterator.Object"
	if dynamicOf(c.Self).array {
		name = "%Iterator.Array"
	}
	cls, err := p.Class(name)
	if err != nil {
		return run.Value{}, err
	}
	o, err := p.NewObject(cls)
	if err != nil {
		return run.Value{}, err
	}
	o.Native = &iterator{over: c.Self}
	// The iterated object lives as long as its iterator: a property that nobody sees holds it.
	p.SetRaw(o, "over", run.Ref(c.Self))
	return run.Ref(o), nil
}

func nextMember(p *run.Process, c *run.Call) (run.Value, error) {
	it, ok := c.Self.Native.(*iterator)
	if !ok {
		return run.Int(0), nil
	}
	d := dynamicOf(it.over)
	for it.at < d.size() {
		key, m := d.at(it.at)
		it.at++
		if m.kind == unassigned {
			continue
		}
		set(p, c, 0, key)
		set(p, c, 1, m.read())
		set(p, c, 2, run.Text(string(m.kind)))
		return run.Int(1), nil
	}
	set(p, c, 0, run.Value{})
	set(p, c, 1, run.Value{})
	return run.Int(0), nil
}

// plainString is a text, the empty one in the form that ObjectScript has.
func plainString(s string) run.Value { return run.Plain(fn.Str(s)) }
