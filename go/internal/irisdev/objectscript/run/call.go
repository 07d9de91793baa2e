package run

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

func actuals(args []Value) []Actual {
	out := make([]Actual, len(args))
	for i, a := range args {
		out[i].Value = a
	}
	return out
}

// invoke runs a method: c is the class it is called on, self the object if there is one.
func (p *Process) invoke(c *class.Class, m *class.Method, self *Object, args []Actual, wants bool) (Value, error) {
	if p.ended.Load() {
		return Value{}, errEnd
	}
	if self == nil && !m.Def.ClassMethod && m.Native {
		return Value{}, fault.New("NO CURRENT OBJECT", "")
	}
	f := &frame{class: c, method: m, self: self, name: m.Origin.Name + ".1", label: labelOf(m.Def.Name),
		line: m.Def.BodyLine - 1, wants: wants, kind: "DO"}
	if m.Native {
		return p.runNative(f, args)
	}
	if m.Refused != "" {
		return Value{}, fault.New("UNIMPLEMENTED", "*"+m.Def.Name+","+m.Origin.Name+": "+m.Refused)
	}
	if m.Body == nil {
		return Value{}, fault.New("METHOD DOES NOT EXIST", "*"+m.Def.Name+","+c.Name)
	}
	if procedureBlock(m) {
		f.vars = make(map[string]*Var, 8)
		f.publics = publics(m)
	}
	f.lines = m.Body.Lines
	return p.runFrame(f, m.Formals, args)
}

// procedureBlock reports that a method's variables are its own, which is so unless it or its class says otherwise.
func procedureBlock(m *class.Method) bool {
	if v, ok := m.Def.Keywords["procedureblock"]; ok {
		return v != "0"
	}
	if m.Origin.Def == nil {
		return true
	}
	return m.Origin.Def.Keywords["procedureblock"] != "0"
}

// publics are the names of PublicList.
func publics(m *class.Method) []string {
	list, ok := m.Def.Keywords["publiclist"]
	if !ok {
		return nil
	}
	return strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("(), \t\n", r) })
}

// runNative runs a method that is written in Go, in a frame of its own.
func (p *Process) runNative(f *frame, args []Actual) (Value, error) {
	m := f.method
	n, ok := p.natives[m]
	if !ok {
		n = p.sys.Natives[m.Origin.Name+":"+m.Def.Name]
		if n == nil {
			return Value{}, fault.New("UNIMPLEMENTED", "*"+m.Def.Name+","+m.Origin.Name)
		}
		p.natives[m] = n
	}
	f.vars = map[string]*Var{}
	if err := p.enter(f); err != nil {
		return Value{}, err
	}
	defer p.leave()
	args, err := p.complete(m.Formals, args)
	if err != nil {
		return Value{}, p.locate(err)
	}
	v, err := n(p, &Call{Class: f.class, Self: f.self, Method: m, Args: args, Wants: f.wants})
	if err != nil {
		return Value{}, p.locate(err)
	}
	if v.Obj == nil {
		v.Value = tidy(v.Value)
	}
	return v, nil
}

// tidy gives the empty string its one form.
func tidy(v value.Value) value.Value {
	if k := v.Kind(); (k == value.String || k == value.List) && v.Raw() == "" {
		return value.Value{}
	}
	return v
}

// complete fills the defaults of arguments that were not given.
func (p *Process) complete(formals []ast.Formal, args []Actual) ([]Actual, error) {
	variadic := len(formals) > 0 && formals[len(formals)-1].Variadic
	if len(args) > len(formals) && !variadic {
		return nil, fault.New("PARAMETER", "")
	}
	out := args
	if len(args) < len(formals) {
		out = make([]Actual, len(formals))
		copy(out, args)
		for i := len(args); i < len(formals); i++ {
			out[i].Omitted = true
		}
		if variadic {
			out = out[:max(len(formals)-1, len(args))]
		}
	}
	copied := len(out) != len(args)
	for i := range out {
		if !out[i].Omitted || i >= len(formals) || formals[i].Default == nil {
			continue
		}
		v, err := p.eval(formals[i].Default)
		if err != nil {
			return nil, err
		}
		if !copied {
			out, copied = append([]Actual(nil), out...), true
		}
		out[i].Value = v
	}
	return out, nil
}

// runFrame binds arguments and runs the lines of a frame.
func (p *Process) runFrame(f *frame, formals []ast.Formal, args []Actual) (Value, error) {
	if err := p.enter(f); err != nil {
		return Value{}, err
	}
	p.where.Store([2]string{p.store.Namespace(), f.name})
	test := p.test
	err := p.bind(formals, args)
	if err == nil {
		err = p.runLines(f.lines, 0)
	}
	if err != nil {
		err = p.locate(err)
	}
	ret, has := f.ret, f.has
	if f.vars != nil {
		p.test = test // a procedure keeps its caller's $TEST
	}
	p.leave()
	if err != nil {
		return Value{}, err
	}
	if f.wants && !has {
		return Value{}, fault.New("COMMAND", "*Function must return a value at "+f.place())
	}
	return ret, nil
}

// bind gives the formal parameters their variables.
func (p *Process) bind(formals []ast.Formal, args []Actual) error {
	last := len(formals) - 1
	variadic := last >= 0 && formals[last].Variadic
	if len(args) > len(formals) && !variadic {
		return fault.New("PARAMETER", "")
	}
	for i := range formals {
		name := formals[i].Name
		if variadic && i == last {
			return p.bindRest(name, args[min(i, len(args)):])
		}
		var a Actual
		if i < len(args) {
			a = args[i]
		} else {
			a.Omitted = true
		}
		if a.Var != nil {
			p.hide(name, a.Var, true)
			continue
		}
		v := &Var{}
		p.hide(name, v, false)
		switch {
		case !a.Omitted:
			p.Assign(v, a.Value)
		case formals[i].Default != nil:
			val, err := p.eval(formals[i].Default)
			if err != nil {
				return err
			}
			p.Assign(v, val)
		}
	}
	return nil
}

// bindRest makes the array of a variadic parameter: its root is the count; without any argument it is undefined.
func (p *Process) bindRest(name string, rest []Actual) error {
	v := &Var{}
	p.hide(name, v, false)
	if len(rest) > 0 {
		p.Assign(v, Int(int64(len(rest))))
	}
	p.f.spread = v
	for i, a := range rest {
		if a.Omitted && a.Var == nil {
			continue
		}
		sub := value.Int(int64(i + 1))
		n, err := v.Make(sub)
		if err != nil {
			return err
		}
		if a.Var != nil {
			key, _ := subKey(sub)
			v.Below.Set(key, a.Var)
			p.f.spreadRefs = append(p.f.spreadRefs, key)
			continue
		}
		p.Assign(n, a.Value)
	}
	return nil
}

// hide puts a variable into the frame's scope under a name: a private one, or a public one after an implicit NEW. A
// variable of the caller stays the caller's.
func (p *Process) hide(name string, v *Var, callers bool) {
	f := p.f
	if f.private(name) {
		f.vars[name] = v
		if callers {
			f.refs = append(f.refs, name)
		}
		return
	}
	f.news = append(f.news, restore{name: name, old: p.public[name]})
	p.public[name] = v
	if callers {
		f.bound = append(f.bound, v)
	}
}

// within runs Go code in a frame of its own.
func (p *Process) within(f *frame, do func() (Value, error)) (Value, error) {
	if err := p.enter(f); err != nil {
		return Value{}, err
	}
	defer p.leave()
	v, err := do()
	if err != nil {
		err = p.locate(err)
	}
	return v, err
}
