package lib

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

var objectNatives = run.Natives{
	"%Library.SystemBase:%ClassName": func(_ *run.Process, c *run.Call) (run.Value, error) {
		name := c.Class.Name
		if c.Self != nil {
			name = c.Self.Class.Name
		}
		if !c.Arg(0).Truth() {
			name = shortName(name)
		}
		return run.Text(name), nil
	},
	"%Library.SystemBase:%Extends": func(_ *run.Process, c *run.Call) (run.Value, error) {
		return run.Bool(own(c).Is(class.Canonical(c.Text(0)))), nil
	},
	"%Library.SystemBase:%IsA": func(p *run.Process, c *run.Call) (run.Value, error) {
		want := class.Canonical(c.Text(0))
		for cls := own(c); cls != nil; cls = primary(cls) {
			if cls.Name == want {
				return run.Int(1), nil
			}
		}
		return run.Int(0), nil
	},
	"%Library.SystemBase:%IsModified": func(_ *run.Process, c *run.Call) (run.Value, error) {
		return run.Value{}, fault.New("UNIMPLEMENTED", "*%IsModified,"+c.Class.Name)
	},
	"%Library.SystemBase:%SetModified": func(_ *run.Process, c *run.Call) (run.Value, error) {
		return run.Value{}, fault.New("UNIMPLEMENTED", "*%SetModified,"+c.Class.Name)
	},
	"%Library.SystemBase:%New": func(p *run.Process, c *run.Call) (run.Value, error) { return p.New(c.Class, c.Args) },
	"%Library.RegisteredObject:%ConstructClone": func(p *run.Process, c *run.Call) (run.Value, error) {
		return construct(p, c.Self, c.Arg(0).Truth(), map[*run.Object]*run.Object{})
	},
	"%Library.RegisteredObject:%ValidateObject":  validateObject,
	"%Library.RegisteredObject:%NormalizeObject": normalizeObject,
	"%Exception.AbstractException:StackAsArray": func(p *run.Process, c *run.Call) (run.Value, error) {
		to := c.Var(0)
		if to == nil {
			return good, nil
		}
		p.Clear(to)
		var stack []string
		if t, ok := c.Self.Native.(*run.Thrown); ok {
			stack = t.Stack
		}
		p.Assign(to, run.Int(int64(len(stack))))
		for i, place := range stack {
			at, err := to.Make(value.Int(int64(i + 1)))
			if err != nil {
				return run.Value{}, err
			}
			p.Assign(at, run.Text(place))
			at, err = to.Make(value.Int(int64(i+1)), value.Text("PLACE"))
			if err != nil {
				return run.Value{}, err
			}
			p.Assign(at, run.Text(place))
		}
		return good, nil
	},
}

// own is the class of the object, or the one that was called.
func own(c *run.Call) *class.Class {
	if c.Self != nil {
		return c.Self.Class
	}
	return c.Class
}

// primary is the first superclass.
func primary(c *class.Class) *class.Class {
	if len(c.Chain) < 2 {
		return nil
	}
	return c.Chain[1]
}

func shortName(name string) string {
	if rest, ok := strings.CutPrefix(name, "%Library."); ok {
		return "%" + rest
	}
	return name[strings.LastIndexByte(name, '.')+1:]
}

// construct copies an object: its plain properties, and with deep the objects that they refer to as well.
func construct(p *run.Process, o *run.Object, deep bool, done map[*run.Object]*run.Object) (run.Value, error) {
	if have := done[o]; have != nil {
		return run.Ref(have), nil
	}
	copied, err := p.NewObject(o.Class)
	if err != nil {
		return run.Value{}, err
	}
	done[o] = copied
	if d, ok := o.Native.(*dynamic); ok {
		copied.Native, err = d.clone(p, deep, done)
		return run.Ref(copied), err
	}
	for name, v := range o.Props {
		if err := copyVar(p, v, p.Raw(copied, name), deep || ownedBy(o.Class, name), done); err != nil {
			return run.Value{}, err
		}
	}
	if m := o.Class.Methods["%OnConstructClone"]; m != nil {
		sc, err := p.Call(copied, "%OnConstructClone", run.Ref(o), run.Bool(deep), run.Value{})
		if err != nil {
			return run.Value{}, err
		}
		if !sc.Truth() {
			p.Assign(p.Public("%objlasterror"), sc)
			return run.Value{}, nil
		}
	}
	return run.Ref(copied), nil
}

// ownedBy reports a property whose object belongs to its owner: a collection.
func ownedBy(c *class.Class, name string) bool {
	prop := c.Properties[name]
	return prop != nil && prop.Def.Collection != ""
}

func copyVar(p *run.Process, from, to *run.Var, deep bool, done map[*run.Object]*run.Object) error {
	if from.Set {
		v := from.Value
		if v.Obj != nil && deep {
			var err error
			if v, err = construct(p, v.Obj, deep, done); err != nil {
				return err
			}
		}
		p.Assign(to, v)
	}
	var failed error
	from.Each(func(sub value.Value, node *run.Var) bool {
		at, err := to.Make(sub)
		if err == nil {
			err = copyVar(p, node, at, deep, done)
		}
		failed = err
		return err == nil
	})
	return failed
}

// validateObject checks required properties and the values of data types (IRIS docs, "%RegisteredObject": %ValidateObject).
func validateObject(p *run.Process, c *run.Call) (run.Value, error) {
	o := c.Self
	for _, name := range o.Class.Order {
		prop := o.Class.Properties[name]
		if prop.Def.Keywords.Has("calculated") || prop.Def.Keywords.Has("multidimensional") {
			continue
		}
		v := p.GetRaw(o, name)
		if v.IsEmpty() {
			if prop.Def.Keywords.Has("required") {
				return Status(5659, shortName(o.Class.Name), name, o.String(), ""), nil
			}
			continue
		}
		if v.Obj != nil || !prop.Datatype || o.Class.Methods[name+"IsValid"] == nil {
			continue
		}
		sc, err := p.CallClass(o.Class, name+"IsValid", []run.Actual{run.Arg(v)}, true)
		if err != nil {
			return run.Value{}, err
		}
		if !sc.Truth() {
			first := errorsOf(Status(5802, o.Class.Name+":"+name, v.Text()))
			return statusOf(append(errorsOf(sc), first...)...), nil
		}
	}
	if o.Class.Methods["%OnValidateObject"] != nil {
		return p.Call(o, "%OnValidateObject")
	}
	return good, nil
}

func normalizeObject(p *run.Process, c *run.Call) (run.Value, error) {
	o := c.Self
	for _, name := range o.Class.Order {
		v := p.GetRaw(o, name)
		if v.IsEmpty() || v.Obj != nil || o.Class.Methods[name+"Normalize"] == nil {
			continue
		}
		n, err := p.CallClass(o.Class, name+"Normalize", []run.Actual{run.Arg(v)}, true)
		if err != nil {
			return run.Value{}, err
		}
		p.SetRaw(o, name, n)
	}
	return good, nil
}
