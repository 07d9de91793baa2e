package run

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// globalRef is a node of a global. A naked one gets its name when it is used.
type globalRef struct {
	p     *Process
	space string // the namespace of an extended reference; empty is the present one
	glob  string
	list  []value.Value
	naked bool
}

// globalRef evaluates a global reference. Process-private globals are variables of the process.
func (p *Process) globalRef(x *ast.Global) (ref, error) {
	if x.Structure {
		return p.structureRef(x)
	}
	if x.Private {
		subs, err := p.subscripts(x.Subs)
		return p.privateGlobal(x.Name, subs), err
	}
	g := &globalRef{p: p, glob: x.Name, naked: x.Naked}
	if x.Env != nil {
		env, err := p.textOf(x.Env)
		if err != nil {
			return nil, err
		}
		if env == "^" {
			subs, err := p.subscripts(x.Subs)
			return p.privateGlobal(x.Name, subs), err
		}
		if g.space, err = p.environment(env, x.Env2); err != nil {
			return nil, err
		}
	}
	var err error
	g.list, err = p.subscripts(x.Subs)
	return g, err
}

// environment gives the namespace that an extended reference names; an implied one is ^^ and a directory.
func (p *Process) environment(env string, second ast.Expr) (string, error) {
	if second != nil {
		if _, err := p.eval(second); err != nil {
			return "", err
		}
		return "", fault.New("UNIMPLEMENTED", "*a global reference by directory and system")
	}
	if env == "" {
		return "", nil
	}
	if strings.HasPrefix(env, "^^") {
		return "", fault.New("UNIMPLEMENTED", "*the implied namespace "+env)
	}
	if !p.store.Store().HasNamespace(env) {
		return "", fault.New("NAMESPACE", "*"+env)
	}
	return strings.ToUpper(env), nil
}

func (p *Process) privateGlobal(name string, subs []value.Value) *varRef {
	v := p.ppg[name]
	if v == nil {
		v = &Var{}
		p.ppg[name] = v
	}
	return &varRef{p: p, root: v, title: "^||" + name, list: subs}
}

// resolve completes a naked reference and makes this one the base of the next.
func (g *globalRef) resolve() error {
	if g.naked {
		last := g.p.naked
		if last == nil || len(last.list) == 0 {
			return fault.New("NAKED", "")
		}
		up := last.list[:len(last.list)-1]
		g.space, g.glob, g.naked = last.space, last.glob, false
		g.list = append(append([]value.Value(nil), up...), g.list...)
	}
	g.p.naked = g
	return nil
}

// with runs a step on the store in the reference's namespace. An empty subscript is refused unless it may be the last.
func (g *globalRef) with(lastMayBeEmpty bool, do func(r store.Ref) error) error {
	if err := g.resolve(); err != nil {
		return err
	}
	n := len(g.list)
	for i, s := range g.list {
		if s.Kind() == value.Null && !(lastMayBeEmpty && i == n-1) {
			return fault.New("SUBSCRIPT", g.name())
		}
	}
	p := g.p
	if g.space != "" && g.space != p.store.Namespace() {
		here := p.store.Namespace()
		if err := p.SetNamespace(g.space); err != nil {
			return err
		}
		defer func() { _ = p.store.SetNamespace(here) }() // it exists
	}
	return do(store.Ref{Global: g.glob, Subs: g.list})
}

func (g *globalRef) get() (v Value, ok bool, err error) {
	err = g.with(false, func(r store.Ref) error {
		var got value.Value
		got, ok = g.p.store.Get(r)
		v = Plain(fromStore(got))
		return nil
	})
	return v, ok, err
}

func (g *globalRef) set(v Value) error {
	return g.with(false, func(r store.Ref) error { return g.p.store.Set(r, toStore(v.Value)) })
}

func (g *globalRef) kill(nodeOnly bool) error {
	return g.with(false, func(r store.Ref) error {
		if nodeOnly {
			return g.p.store.KillNode(r)
		}
		return g.p.store.Kill(r)
	})
}

func (g *globalRef) data() (d int, err error) {
	err = g.with(false, func(r store.Ref) error {
		d = g.p.store.Data(r)
		return nil
	})
	return d, err
}

func (g *globalRef) order(reverse bool) (sub value.Value, err error) {
	err = g.with(true, func(r store.Ref) error {
		if len(r.Subs) == 0 {
			sub = g.p.nextGlobal(r.Global, reverse)
			return nil
		}
		if got, ok := g.p.store.Order(r, reverse); ok {
			sub = fromStore(got)
		}
		return nil
	})
	return sub, err
}

func (g *globalRef) query(reverse bool) (subs []value.Value, ok bool, err error) {
	err = g.with(true, func(r store.Ref) error {
		in := store.Range{Reverse: reverse}
		at := r.Subs
		if len(at) > 0 && at[len(at)-1].Kind() == value.Null {
			return g.queryAfterEmpty(r, reverse, &subs, &ok)
		}
		if len(at) > 0 {
			if reverse {
				in.To = &store.Bound{Subs: at, Exclusive: true}
			} else {
				in.From = &store.Bound{Subs: at}
			}
		} else if reverse {
			return nil
		}
		c, err := g.p.store.Scan(store.Ref{Global: r.Global}, in)
		if err != nil {
			return err
		}
		for c.Next() {
			s := c.Subs()
			if !sameSubs(s, at) {
				subs, ok = s, true
				return nil
			}
		}
		return nil
	})
	for i := range subs {
		subs[i] = fromStore(subs[i])
	}
	return subs, ok, err
}

// queryAfterEmpty answers $QUERY(^g(1,"")): the first node below ^g(1), or backward the last one.
func (g *globalRef) queryAfterEmpty(r store.Ref, reverse bool, subs *[]value.Value, ok *bool) error {
	up := r.Subs[:len(r.Subs)-1]
	in := store.Range{Reverse: reverse}
	if len(up) > 0 && !reverse {
		in.From = &store.Bound{Subs: up}
	}
	if len(up) > 0 && reverse {
		in.To = &store.Bound{Subs: up}
	}
	c, err := g.p.store.Scan(store.Ref{Global: r.Global}, in)
	if err != nil {
		return err
	}
	for c.Next() {
		s := c.Subs()
		if !sameSubs(s, up) {
			*subs, *ok = s, true
			return nil
		}
	}
	return nil
}

func sameSubs(a, b []value.Value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if value.Compare(a[i], b[i]) != 0 {
			return false
		}
	}
	return true
}

func (g *globalRef) at(subs []value.Value) tree {
	return &globalRef{p: g.p, space: g.space, glob: g.glob, list: subs}
}

func (g *globalRef) full() string {
	if g.space != "" {
		return `^|"` + g.space + `"|` + g.glob
	}
	return "^" + g.glob
}

func (g *globalRef) name() string { return nameText("^"+g.glob, g.list) }

func (g *globalRef) subs() []value.Value { return g.list }
