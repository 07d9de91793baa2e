package run

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// Class finds a class by a name as the running code may write it.
func (p *Process) Class(name string) (*class.Class, error) {
	ns := p.store.Namespace()
	return p.sys.Classes.Class(p.store, ns, p.sys.Classes.FullName(p.store, ns, p.f.class, name))
}

// NewObject makes an object with the initial values of its properties; %OnNew is not called.
func (p *Process) NewObject(c *class.Class) (*Object, error) {
	p.lastID++
	o := &Object{ID: p.lastID, Class: c, Props: make(map[string]*Var, len(c.Properties))}
	p.objects[o.ID] = o
	p.unheld(o)
	for _, name := range c.Order {
		prop := c.Properties[name]
		if prop == nil || prop.Initial == nil {
			continue
		}
		f := &frame{class: c, self: o, name: c.Name + ".1", label: "%Construct", vars: map[string]*Var{}}
		v, err := p.within(f, func() (Value, error) { return p.eval(prop.Initial) })
		if err != nil {
			return nil, err
		}
		p.SetRaw(o, name, v)
	}
	return o, nil
}

// New makes an object as %New does: an error status of %OnNew gives the empty string and sets %objlasterror.
func (p *Process) New(c *class.Class, args []Actual) (Value, error) {
	if c.Def != nil && c.Def.Keywords.Has("abstract") {
		return Value{}, fault.New("METHOD DOES NOT EXIST", "*%New,"+c.Name)
	}
	o, err := p.NewObject(c)
	if err != nil {
		return Value{}, err
	}
	o.refs++
	m := c.Methods["%OnNew"]
	if m == nil || m.Body == nil && !m.Native {
		o.refs--
		if len(args) > 0 && anyGiven(args) {
			// The generated %OnNew of a class without one takes a single argument that it does not look at.
			if len(args) > 1 {
				return Value{}, fault.New("PARAMETER", "")
			}
		}
		return Ref(o), nil
	}
	sc, err := p.invoke(c, m, o, args, true)
	o.refs--
	if o.refs <= 0 {
		p.unheld(o)
	}
	if err != nil {
		return Value{}, err
	}
	if !sc.Truth() {
		p.Assign(p.Public("%objlasterror"), sc)
		return Value{}, nil
	}
	return Ref(o), nil
}

func anyGiven(args []Actual) bool {
	for _, a := range args {
		if !a.Omitted {
			return true
		}
	}
	return false
}

// Raw gives the variable of a property, i%Name, making it if it is not there.
func (p *Process) Raw(o *Object, name string) *Var {
	v := o.Props[name]
	if v == nil {
		v = &Var{}
		o.Props[name] = v
	}
	return v
}

// SetRaw sets the variable of a property, past its Set method.
func (p *Process) SetRaw(o *Object, name string, val Value) { p.Assign(p.Raw(o, name), val) }

// GetRaw reads the variable of a property, past its Get method; the empty string if it has no value.
func (p *Process) GetRaw(o *Object, name string) Value {
	if v := o.Props[name]; v != nil {
		return v.Value
	}
	return Value{}
}

// Call calls a method of an object.
func (p *Process) Call(o *Object, method string, args ...Value) (Value, error) {
	return p.send(o, o.Class, method, actuals(args), true)
}

// Do calls a method of an object whose value is of no interest.
func (p *Process) Do(o *Object, method string, args ...Actual) error {
	_, err := p.send(o, o.Class, method, args, false)
	return err
}

// CallMethod calls a class method from outside of any code: class and method by name.
func (p *Process) CallMethod(className, method string, args ...Value) (Value, error) {
	c, err := p.Class(className)
	if err != nil {
		return Value{}, p.locate(err)
	}
	return p.CallClass(c, method, actuals(args), true)
}

// CallClass calls a class method; wants tells that the value is needed.
func (p *Process) CallClass(c *class.Class, method string, args []Actual, wants bool) (Value, error) {
	m := c.Methods[method]
	if m == nil {
		if d := c.Methods["%DispatchClassMethod"]; d != nil && hasBody(d) {
			return p.invoke(c, d, nil, append([]Actual{Arg(Text(c.Name)), Arg(Text(method))}, args...), wants)
		}
		return Value{}, fault.New("METHOD DOES NOT EXIST", "*"+method+","+c.Name)
	}
	if err := p.mayCall(m); err != nil {
		return Value{}, err
	}
	var self *Object
	if !m.Def.ClassMethod && p.f.self != nil && p.f.self.Class.Is(c.Name) {
		self = p.f.self // ##class(Super).Method() in a method of the object keeps the object
	}
	return p.invoke(c, m, self, args, wants)
}

func hasBody(m *class.Method) bool { return m.Native || m.Body != nil }

// send calls a method of an object, looked up in c, which is its class or, by a cast, another one.
func (p *Process) send(o *Object, c *class.Class, method string, args []Actual, wants bool) (Value, error) {
	if err := p.present(o.Class); err != nil {
		return Value{}, err
	}
	m := c.Methods[method]
	if m != nil {
		if err := p.mayCall(m); err != nil {
			return Value{}, err
		}
		return p.invoke(c, m, o, args, wants)
	}
	if prop := c.Properties[method]; prop != nil && prop.Def.Keywords.Has("multidimensional") {
		return p.nodeOf(o, method, args)
	}
	if d := c.Methods["%DispatchMethod"]; d != nil && hasBody(d) {
		return p.invoke(c, d, o, append([]Actual{Arg(Text(method))}, args...), wants)
	}
	return Value{}, fault.New("METHOD DOES NOT EXIST", "*"+method+","+c.Name)
}

// present refuses the class of an object when it was compiled anew since, where that is the answer. Of a class that has gone
// the object's own copy is used.
func (p *Process) present(c *class.Class) error {
	if c.Stamp == "" || p.sys.Variant.Likely(variant.ObjectsOutliveCompile) {
		return nil
	}
	if now, err := p.sys.Classes.Class(p.store, c.Namespace, c.Name); err == nil && now.Stamp != c.Stamp {
		return fault.New("CLASS RECOMPILED", "")
	}
	return nil
}

// nodeOf reads a node of a multidimensional property, obj.Name(subs).
func (p *Process) nodeOf(o *Object, name string, args []Actual) (Value, error) {
	v := o.Props[name]
	for _, a := range args {
		if v == nil {
			break
		}
		v = v.Node(a.Value.Value)
	}
	if v == nil || !v.Set {
		return Value{}, fault.New("UNDEFINED", "*"+name)
	}
	return v.Value, nil
}

// mayCall refuses a private method of another class.
func (p *Process) mayCall(m *class.Method) error {
	if !m.Def.Keywords.Has("private") || p.related(m.Origin) {
		return nil
	}
	return fault.New("PRIVATE METHOD", "*"+m.Def.Name+","+m.Origin.Name)
}

// related reports that the running code is of the class, of one that extends it or that it extends.
func (p *Process) related(c *class.Class) bool {
	return p.f.class != nil && (p.f.class.Is(c.Name) || c.Is(p.f.class.Name))
}

// GetProperty reads obj.Name: through NameGet if there is one; collections, streams and serial objects are made on first use.
func (p *Process) GetProperty(o *Object, name string) (Value, error) {
	return p.property(o, o.Class, name)
}

func (p *Process) property(o *Object, c *class.Class, name string) (Value, error) {
	prop := c.Properties[name]
	if prop == nil {
		if d := c.Methods["%DispatchGetProperty"]; d != nil && hasBody(d) {
			return p.invoke(c, d, o, []Actual{Arg(Text(name))}, true)
		}
		return Value{}, fault.New("PROPERTY DOES NOT EXIST", "*"+name+","+c.Name)
	}
	if prop.Def.Keywords.Has("private") && !p.related(prop.Origin) {
		return Value{}, fault.New("PRIVATE PROPERTY", "*"+name+","+c.Name)
	}
	if get := c.Methods[name+"Get"]; get != nil && hasBody(get) && !p.inAccessor(get, o) {
		return p.invoke(c, get, o, nil, true)
	}
	v := o.Props[name]
	if v != nil && v.Set && v.Value.Obj != nil {
		return v.Value, nil
	}
	if made, err := p.instantiate(o, prop); err != nil || made.Obj != nil {
		return made, err
	}
	if v == nil {
		return Value{}, nil
	}
	return p.swizzle(o, prop, v.Value)
}

// inAccessor reports that the running method is the property's own Get or Set of the same object.
func (p *Process) inAccessor(m *class.Method, o *Object) bool {
	return p.f.self == o && p.f.method != nil && p.f.method.Def == m.Def
}

// collections are the classes of properties that are collections: of datatypes, of objects.
var collections = map[string][2]string{
	"list":  {"%Collection.ListOfDT", "%Collection.ListOfObj"},
	"array": {"%Collection.ArrayOfDT", "%Collection.ArrayOfObj"},
}

// instantiate makes what a property holds from the first use on.
func (p *Process) instantiate(o *Object, prop *class.Property) (Value, error) {
	name := prop.Def.Name
	if v := o.Props[name]; v != nil && v.Set && !v.Value.IsEmpty() {
		return Value{}, nil
	}
	made := ""
	if names, ok := collections[strings.ToLower(prop.Def.Collection)]; ok {
		made = names[0]
		if !prop.Datatype {
			made = names[1]
		}
	} else if prop.Def.Relationship {
		if card := prop.Def.Keywords["cardinality"]; card == "many" || card == "children" {
			made = "%Library.RelationshipObject"
		}
	} else if !prop.Datatype && p.isStream(prop.Type) {
		made = prop.Type
	}
	if made == "" {
		return Value{}, nil
	}
	c, err := p.sys.Classes.Class(p.store, p.store.Namespace(), made)
	if err != nil {
		return Value{}, err
	}
	v, err := p.New(c, nil)
	if err != nil {
		return Value{}, err
	}
	p.SetRaw(o, name, v)
	if c.Properties["ElementType"] != nil {
		p.SetRaw(v.Obj, "ElementType", Text(prop.Type))
	}
	if prop.Def.Relationship {
		p.SetRaw(v.Obj, "Owner", Ref(o))
		p.SetRaw(v.Obj, "Inverse", Text(prop.Def.Keywords["inverse"]))
		return v, p.Do(v.Obj, "Fill")
	}
	return v, nil
}

// attach puts an object into the many side of a relationship when its other side is set.
func (p *Process) attach(o *Object, prop *class.Property, to *Object) error {
	inverse := prop.Def.Keywords["inverse"]
	if !prop.Def.Relationship || to == nil || to.Class.Properties[inverse] == nil {
		return nil
	}
	many, err := p.property(to, to.Class, inverse)
	if err != nil || many.Obj == nil || !many.Obj.Class.Is("%Library.RelationshipObject") {
		return err
	}
	return p.Do(many.Obj, "Attach", Arg(Ref(o)))
}

// isStream reports a class that a property has an object of from the start.
func (p *Process) isStream(name string) bool {
	if name == "" {
		return false
	}
	c, err := p.sys.Classes.Class(p.store, p.store.Namespace(), name)
	return err == nil && (c.Is("%Stream.Object") || c.Is("%Library.AbstractStream") || c.Is("%Library.SerialObject")) &&
		!c.Def.Keywords.Has("abstract")
}

// SetProperty sets obj.Name: through NameSet if there is one. <CANNOT SET THIS PROPERTY> for one that can only be read.
func (p *Process) SetProperty(o *Object, name string, v Value) error {
	return p.setProperty(o, o.Class, name, v)
}

func (p *Process) setProperty(o *Object, c *class.Class, name string, v Value) error {
	prop := c.Properties[name]
	if prop == nil {
		if d := c.Methods["%DispatchSetProperty"]; d != nil && hasBody(d) {
			_, err := p.invoke(c, d, o, []Actual{Arg(Text(name)), Arg(v)}, false)
			return err
		}
		return fault.New("PROPERTY DOES NOT EXIST", "*"+name+","+c.Name)
	}
	if prop.Def.Keywords.Has("private") && !p.related(prop.Origin) {
		return fault.New("PRIVATE PROPERTY", "*"+name+","+c.Name)
	}
	set := c.Methods[name+"Set"]
	if set != nil && hasBody(set) && !p.inAccessor(set, o) {
		sc, err := p.invoke(c, set, o, []Actual{Arg(v)}, true)
		if err != nil {
			return err
		}
		return p.statusError(sc)
	}
	if prop.Def.Keywords.Has("readonly") && !(p.f.self == o && p.related(prop.Origin)) || prop.Def.Keywords.Has("calculated") {
		return fault.New("CANNOT SET THIS PROPERTY", "*"+name+","+c.Name)
	}
	if prop.Def.Collection != "" && v.Obj != nil {
		return p.copyCollection(o, prop, v.Obj)
	}
	p.SetRaw(o, name, v)
	if prop.Def.Relationship {
		return p.attach(o, prop, v.Obj)
	}
	return nil
}

// copyCollection sets a property that is a collection: it gets the elements of the other one, not the other one itself (IRIS docs,
// "Working with Collections: Copying Collection Data").
func (p *Process) copyCollection(o *Object, prop *class.Property, from *Object) error {
	name := prop.Def.Name
	old := p.GetRaw(o, name)
	if old.Obj == from || from.Class.Properties["Data"] == nil {
		p.SetRaw(o, name, Ref(from))
		return nil
	}
	p.SetRaw(o, name, Value{})
	made, err := p.instantiate(o, prop)
	if err != nil || made.Obj == nil {
		return err
	}
	to := p.Raw(made.Obj, "Data")
	var failed error
	p.Raw(from, "Data").Each(func(sub value.Value, n *Var) bool {
		at, err := to.Make(sub)
		if err != nil {
			failed = err
			return false
		}
		p.Assign(at, n.Value)
		return true
	})
	return failed
}

// statusError throws an error status that a property's Set method gave, as IRIS does.
func (p *Process) statusError(sc Value) error {
	if sc.Truth() || sc.IsEmpty() {
		return nil
	}
	c, err := p.Class("%Exception.StatusException")
	if err != nil {
		return err
	}
	ex, err := p.CallClass(c, "CreateFromStatus", []Actual{Arg(sc)}, true)
	if err != nil {
		return err
	}
	if ex.Obj == nil {
		return fault.New("OBJECT DISPATCH", "")
	}
	return p.Throw(ex.Obj)
}
