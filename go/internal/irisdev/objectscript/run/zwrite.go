package run

import (
	"sort"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/value"
)

func (p *Process) zwriteCommand(c *ast.ZWrite) error {
	if len(c.Items) == 0 {
		return p.zwriteAll()
	}
	for _, x := range c.Items {
		if err := p.zwrite(x); err != nil {
			return err
		}
	}
	return nil
}

// zwriteAll shows every variable of the scope.
func (p *Process) zwriteAll() error {
	t := p.public
	if p.f.vars != nil {
		t = p.f.vars
	}
	for _, name := range definedNames(t) {
		if err := p.zwriteVar(name, t[name]); err != nil {
			return err
		}
	}
	return nil
}

// zwrite shows a variable or a global with all below it, or the value of another expression.
func (p *Process) zwrite(x ast.Expr) error {
	switch x.(type) {
	case *ast.Local, *ast.Global, *ast.Indirect, *ast.IVar:
	default:
		v, err := p.eval(x)
		if err != nil {
			return err
		}
		return p.zwriteLine("", v)
	}
	t, err := p.treeRef(x)
	if err != nil {
		v, e := p.eval(x) // @x may be an expression
		if e != nil {
			return e
		}
		return p.zwriteLine("", v)
	}
	v, ok, err := t.get()
	if err != nil {
		return err
	}
	name := t.full()
	if ok {
		if err := p.zwriteLine(nameOf(name, t.subs()), v); err != nil {
			return err
		}
	}
	base, at := len(t.subs()), t
	found := ok
	for {
		subs, more, err := at.query(false)
		if err != nil {
			return err
		}
		if !more || len(subs) <= base || !sameSubs(subs[:base], t.subs()) {
			break
		}
		found = true
		at = t.at(subs)
		v, _, err := at.get()
		if err != nil {
			return err
		}
		if err := p.zwriteLine(nameOf(name, subs), v); err != nil {
			return err
		}
	}
	if _, local := t.(*varRef); local && !found {
		_, err := p.read(t) // <UNDEFINED>
		return err
	}
	return nil
}

// nameOf writes a reference with its subscripts as ZWRITE does.
func nameOf(name string, subs []value.Value) string {
	for i, s := range subs {
		name += "(,"[min(i, 1):min(i, 1)+1] + zwriteText(s)
	}
	if len(subs) > 0 {
		name += ")"
	}
	return name
}

func zwriteText(s value.Value) string {
	if t := subText(s); len(t) == 0 || t[0] != '"' {
		return t
	}
	return fn.ZWriteText(s)
}

func (p *Process) zwriteVar(name string, v *Var) error {
	if v.Set {
		if err := p.zwriteLine(name, v.Value); err != nil {
			return err
		}
	}
	var walk func(v *Var, subs []value.Value) error
	walk = func(v *Var, subs []value.Value) (err error) {
		v.Each(func(sub value.Value, n *Var) bool {
			at := append(subs[:len(subs):len(subs)], sub)
			if n.Set {
				err = p.zwriteLine(nameOf(name, at), n.Value)
			}
			if err == nil {
				err = walk(n, at)
			}
			return err == nil
		})
		return err
	}
	return walk(v, nil)
}

func (p *Process) zwriteLine(name string, v Value) error {
	if name != "" {
		name += "="
	}
	if v.Obj != nil {
		return p.zwriteObject(name, v.Obj)
	}
	if err := p.Write(name + fn.ZWriteText(v.Value)); err != nil {
		return err
	}
	return p.WriteLine()
}

// zwriteObject shows a reference and the object's properties.
func (p *Process) zwriteObject(name string, o *Object) error {
	line := func(s string) error {
		if err := p.Write(s); err != nil {
			return err
		}
		return p.WriteLine()
	}
	if text, ok := p.shown(o); ok {
		return line(name + text + "  ; <DYNAMIC OBJECT>")
	}
	if err := line(name + o.String() + "  ; <OREF>"); err != nil {
		return err
	}
	lines := []string{"+----------------- general information ---------------", "|      oref value: " + value.Int(o.ID).Text(),
		"|      class name: " + o.Class.Name, "| reference count: " + value.Int(int64(o.refs)).Text()}
	var props []string
	for n, v := range o.Props {
		if v.Set && o.Class.Properties[n] != nil {
			props = append(props, "|"+pad(n, 19)+" = "+fn.ZWriteText(v.Value.Value))
		}
	}
	if len(props) > 0 {
		sort.Strings(props)
		lines = append(append(lines, "+----------------- attribute values ------------------"), props...)
	}
	lines = append(lines, "+-----------------------------------------------------")
	for _, s := range lines {
		if err := line(s); err != nil {
			return err
		}
	}
	return nil
}

func pad(s string, width int) string {
	for len(s) < width {
		s = " " + s
	}
	return s
}

// shown is the JSON text of a dynamic object, which ZWRITE shows in place of properties.
func (p *Process) shown(o *Object) (string, bool) {
	if !o.Class.Is("%Library.DynamicAbstractObject") {
		return "", false
	}
	v, err := p.Call(o, "%ToJSON")
	return v.Text(), err == nil
}
