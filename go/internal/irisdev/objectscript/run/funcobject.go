package run

import (
	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

// objectFuncs call members by names that are values.
func objectFuncs() map[string]procFunc {
	return map[string]procFunc{
		"$CLASSMETHOD": {2, -1, func(p *Process, a []ast.Arg) (Value, error) { return p.classMethodFunc(a, true) }},
		"$METHOD":      {2, -1, func(p *Process, a []ast.Arg) (Value, error) { return p.methodFunc(a, true) }},
		"$PROPERTY":    {2, -1, (*Process).propertyFunc},
		"$PARAMETER":   {1, 2, (*Process).parameterFunc},
		"$CLASSNAME":   {0, 1, (*Process).classNameFunc},
		"$ISOBJECT":    {1, 1, (*Process).isObjectFunc},
	}
}

// firstClass gives the class that a function's first argument names: a name, "" or nothing for the present one, or an object.
func (p *Process) firstClass(args []ast.Arg) (*class.Class, error) {
	v, given, err := p.argument(args, 0)
	if err != nil {
		return nil, err
	}
	if v.Obj != nil {
		return v.Obj.Class, nil
	}
	if !given || v.IsEmpty() {
		if p.f.class == nil {
			return nil, fault.New("NO CURRENT OBJECT", "")
		}
		return p.f.class, nil
	}
	ns := p.store.Namespace()
	return p.sys.Classes.Class(p.store, ns, p.sys.Classes.FullName(p.store, ns, nil, v.Text()))
}

func (p *Process) classMethodFunc(args []ast.Arg, wants bool) (Value, error) {
	c, err := p.firstClass(args)
	if err != nil {
		return Value{}, err
	}
	name, err := p.textOf(args[1].X)
	if err != nil {
		return Value{}, err
	}
	list, err := p.arguments(args[2:])
	if err != nil {
		return Value{}, err
	}
	return p.CallClass(c, name, list, wants)
}

// firstObject gives the object of a function's first argument; without one, the present object.
func (p *Process) firstObject(args []ast.Arg) (*Object, error) {
	v, given, err := p.argument(args, 0)
	if err != nil {
		return nil, err
	}
	if !given {
		if p.f.self == nil {
			return nil, fault.New("NO CURRENT OBJECT", "")
		}
		return p.f.self, nil
	}
	if v.Obj == nil {
		return nil, fault.New("INVALID OREF", "")
	}
	return v.Obj, nil
}

func (p *Process) methodFunc(args []ast.Arg, wants bool) (Value, error) {
	o, err := p.firstObject(args)
	if err != nil {
		return Value{}, err
	}
	name, err := p.textOf(args[1].X)
	if err != nil {
		return Value{}, err
	}
	list, err := p.arguments(args[2:])
	if err != nil {
		return Value{}, err
	}
	return p.send(o, o.Class, name, list, wants)
}

func (p *Process) propertyFunc(args []ast.Arg) (Value, error) {
	r, err := p.propertyRef(&ast.Func{Name: "$PROPERTY", Args: args})
	if err != nil {
		return Value{}, err
	}
	return p.read(r)
}

// propertyRef is $PROPERTY(obj,name,subs…) as a place.
func (p *Process) propertyRef(x *ast.Func) (ref, error) {
	if len(x.Args) < 2 {
		return nil, fault.New("FUNCTION", "")
	}
	o, err := p.firstObject(x.Args)
	if err != nil {
		return nil, err
	}
	name, err := p.textOf(x.Args[1].X)
	if err != nil {
		return nil, err
	}
	prop := o.Class.Properties[name]
	if prop != nil && prop.Def.Keywords.Has("multidimensional") {
		var subs []value.Value
		for i := 2; i < len(x.Args); i++ {
			v, _, err := p.argument(x.Args, i)
			if err != nil {
				return nil, err
			}
			subs = append(subs, v.Value)
		}
		return &varRef{p: p, root: p.Raw(o, name), title: name, list: subs}, nil
	}
	if len(x.Args) > 2 {
		return nil, fault.New("OBJECT DISPATCH", "")
	}
	return &propRef{p, receiver{o, o.Class}, name}, nil
}

func (p *Process) parameterFunc(args []ast.Arg) (Value, error) {
	if len(args) == 1 {
		args = []ast.Arg{{Omitted: true}, args[0]}
	}
	c, err := p.firstClass(args)
	if err != nil {
		return Value{}, err
	}
	name, err := p.textOf(args[1].X)
	if err != nil {
		return Value{}, err
	}
	if par := c.Parameters[name]; par != nil {
		return Text(par.Value), nil
	}
	return Value{}, nil
}

// classNameFunc is $CLASSNAME: the present class, or that of an object.
func (p *Process) classNameFunc(args []ast.Arg) (Value, error) {
	v, given, err := p.argument(args, 0)
	if err != nil {
		return Value{}, err
	}
	switch {
	case v.Obj != nil:
		return Text(v.Obj.Class.Name), nil
	case given:
		return Value{}, fault.New("INVALID OREF", "")
	case p.f.class != nil:
		return Text(p.f.class.Name), nil
	}
	return Value{}, fault.New("NO CURRENT OBJECT", "")
}

// isObjectFunc is $ISOBJECT: 1 for an object, 0 for anything else. A variable that does not exist is <UNDEFINED>.
func (p *Process) isObjectFunc(args []ast.Arg) (Value, error) {
	v, _, err := p.argument(args, 0)
	if err != nil {
		return Value{}, err
	}
	return Bool(v.Obj != nil), nil
}
