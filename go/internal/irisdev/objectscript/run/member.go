package run

import (
	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

// self is $THIS: the object, or the name of the class in a class method.
func (p *Process) self() (Value, error) {
	if p.f.self != nil {
		return Ref(p.f.self), nil
	}
	if p.f.class != nil {
		return Text(p.f.class.Name), nil
	}
	return Value{}, nil
}

// receiver is what a member is asked of: an object, or in a class method only the class. Class is where the member is looked
// up; by a cast it is not the object's own.
type receiver struct {
	object *Object
	class  *class.Class
}

func (p *Process) receiver(x ast.Expr) (receiver, error) {
	switch x := x.(type) {
	case *ast.Self:
		if p.f.class == nil {
			return receiver{}, fault.New("NO CURRENT OBJECT", "")
		}
		return receiver{p.f.self, p.f.class}, nil
	case *ast.Cast:
		c, err := p.Class(x.Class)
		if err != nil {
			return receiver{}, err
		}
		r, err := p.receiver(x.X)
		if err == nil && r.object == nil {
			return receiver{nil, c}, nil
		}
		return receiver{r.object, c}, err
	case *ast.Super:
		if !x.HasArgs {
			return p.superReceiver()
		}
	case *ast.Special:
		if x.Name == "$THIS" && p.f.class != nil {
			return receiver{p.f.self, p.f.class}, nil
		}
	}
	v, err := p.eval(x)
	if err != nil {
		return receiver{}, err
	}
	return p.receiverOf(v)
}

// receiverOf makes a receiver of a value: an object, or the name of a class in $CLASSMETHOD style only by $THIS.
func (p *Process) receiverOf(v Value) (receiver, error) {
	if v.Obj == nil {
		return receiver{}, fault.New("INVALID OREF", "")
	}
	return receiver{v.Obj, v.Obj.Class}, nil
}

// superReceiver is ##super: the object as one of the class above that of the running method.
func (p *Process) superReceiver() (receiver, error) {
	m := p.f.method
	if m == nil || len(m.Origin.Chain) < 2 {
		return receiver{}, fault.New("SYNTAX", "*##super")
	}
	return receiver{p.f.self, m.Origin.Chain[1]}, nil
}

func (p *Process) methodCall(x *ast.Method, wants bool) (Value, error) {
	r, err := p.receiver(x.Obj)
	if err != nil {
		return Value{}, err
	}
	args, err := p.arguments(x.Args)
	if err != nil {
		return Value{}, err
	}
	if r.object == nil {
		return p.ownCall(r.class, x.Name, args, wants)
	}
	return p.send(r.object, r.class, x.Name, args, wants)
}

// ownCall is ..Name() in a class method.
func (p *Process) ownCall(c *class.Class, name string, args []Actual, wants bool) (Value, error) {
	m := c.Methods[name]
	if m != nil && !m.Def.ClassMethod && p.f.self == nil {
		// It runs until it needs the object that is not there.
		if err := p.mayCall(m); err != nil {
			return Value{}, err
		}
		return p.invoke(c, m, nil, args, wants)
	}
	return p.CallClass(c, name, args, wants)
}

func (p *Process) classCall(x *ast.ClassCall, wants bool) (Value, error) {
	c, err := p.Class(x.Class)
	if err != nil {
		return Value{}, err
	}
	args, err := p.arguments(x.Args)
	if err != nil {
		return Value{}, err
	}
	return p.CallClass(c, x.Method, args, wants)
}

// super is ##super(args), the overridden method.
func (p *Process) super(x *ast.Super, wants bool) (Value, error) {
	args, err := p.arguments(x.Args)
	if err != nil {
		return Value{}, err
	}
	m := p.f.method
	if m == nil {
		return Value{}, fault.New("SYNTAX", "*##super")
	}
	if m.Super == nil {
		return Value{}, fault.New("METHOD DOES NOT EXIST", "*"+m.Def.Name+","+m.Origin.Name)
	}
	if !hasBody(m.Super) {
		// The generated method of a root class: %OnNew and the other callbacks answer $$$OK.
		return Int(1), nil
	}
	return p.invoke(p.f.class, m.Super, p.f.self, args, wants)
}

func (p *Process) propertyOf(x *ast.Prop) (Value, error) {
	r, err := p.receiver(x.Obj)
	if err != nil {
		return Value{}, err
	}
	if r.object == nil {
		if r.class.Properties[x.Name] == nil {
			return Value{}, fault.New("PROPERTY DOES NOT EXIST", "*"+x.Name+","+r.class.Name)
		}
		return Value{}, fault.New("NO CURRENT OBJECT", "")
	}
	if len(x.Subs) == 0 {
		if prop := r.class.Properties[x.Name]; prop == nil || !prop.Def.Keywords.Has("multidimensional") {
			return p.property(r.object, r.class, x.Name)
		}
	}
	ref, err := p.propRef(x)
	if err != nil {
		return Value{}, err
	}
	return p.read(ref)
}

func (p *Process) param(x *ast.Param) (Value, error) {
	r, err := p.receiver(x.Obj)
	if err != nil {
		return Value{}, err
	}
	if _, self := x.Obj.(*ast.Self); self && p.f.method != nil && p.f.method.Property != nil {
		// In a method that a property has of its type, a parameter is the property's.
		if v, ok := p.f.method.Property.Params[x.Name]; ok {
			return Text(v), nil
		}
	}
	return parameter(r.class, x.Name)
}

func parameter(c *class.Class, name string) (Value, error) {
	if par := c.Parameters[name]; par != nil {
		return Text(par.Value), nil
	}
	return Value{}, fault.New("PARAMETER DOES NOT EXIST", "*"+name+","+c.Name)
}

// propRef is obj.Name, or obj.Name(subs) of a multidimensional property, as a place.
func (p *Process) propRef(x *ast.Prop) (ref, error) {
	return p.memberRef(x.Obj, x.Name, x.Subs)
}

// nodeRef is obj.Name(subs) where the parser sees a method.
func (p *Process) nodeRef(x *ast.Method) (ref, error) {
	var subs []ast.Expr
	for _, a := range x.Args {
		if a.X == nil || a.ByRef || a.Variadic {
			return nil, fault.New("SYNTAX", "")
		}
		subs = append(subs, a.X)
	}
	return p.memberRef(x.Obj, x.Name, subs)
}

func (p *Process) memberRef(obj ast.Expr, name string, list []ast.Expr) (ref, error) {
	r, err := p.receiver(obj)
	if err != nil {
		return nil, err
	}
	if r.object == nil {
		if r.class.Properties[name] == nil {
			return nil, fault.New("PROPERTY DOES NOT EXIST", "*"+name+","+r.class.Name)
		}
		return nil, fault.New("NO CURRENT OBJECT", "")
	}
	prop := r.class.Properties[name]
	if prop != nil && prop.Def.Keywords.Has("multidimensional") {
		if prop.Def.Keywords.Has("private") && !p.related(prop.Origin) {
			return nil, fault.New("PRIVATE PROPERTY", "*"+name+","+r.class.Name)
		}
		subs, err := p.subscripts(list)
		return &varRef{p: p, root: p.Raw(r.object, name), title: name, list: subs}, err
	}
	if len(list) > 0 {
		if prop == nil {
			return nil, fault.New("PROPERTY DOES NOT EXIST", "*"+name+","+r.class.Name)
		}
		return nil, fault.New("OBJECT DISPATCH", "")
	}
	return &propRef{p, r, name}, nil
}

// ivarRef is i%Name, the raw value of a property of the present object.
func (p *Process) ivarRef(x *ast.IVar) (ref, error) {
	if p.f.self == nil {
		return nil, fault.New("NO CURRENT OBJECT", "")
	}
	if x.Kind != 'i' && x.Kind != 'r' {
		return nil, fault.New("UNIMPLEMENTED", "*"+string(x.Kind)+"%"+x.Name)
	}
	if p.f.self.Class.Properties[x.Name] == nil {
		return nil, fault.New("PROPERTY DOES NOT EXIST", "*"+x.Name+","+p.f.self.Class.Name)
	}
	subs, err := p.subscripts(x.Subs)
	if err != nil {
		return nil, err
	}
	if len(subs) == 0 {
		prop := p.f.self.Class.Properties[x.Name]
		if !prop.Def.Keywords.Has("multidimensional") {
			return &rawRef{varRef{p: p, root: p.Raw(p.f.self, x.Name), title: string(x.Kind) + "%" + x.Name}}, nil
		}
	}
	return &varRef{p: p, root: p.Raw(p.f.self, x.Name), title: string(x.Kind) + "%" + x.Name, list: subs}, nil
}

// rawRef is a property's variable: without a value it is the empty string.
type rawRef struct{ varRef }

func (r *rawRef) get() (Value, bool, error) { return r.root.Value, true, nil }

// propRef is a property as a place.
type propRef struct {
	p    *Process
	r    receiver
	prop string
}

func (r *propRef) get() (Value, bool, error) {
	v, err := r.p.property(r.r.object, r.r.class, r.prop)
	return v, true, err
}

func (r *propRef) set(v Value) error { return r.p.setProperty(r.r.object, r.r.class, r.prop, v) }

func (r *propRef) name() string { return "*" + r.prop }

func (r *propRef) subs() []value.Value { return nil }
