package run

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/value"
)

func (p *Process) killCommand(c *ast.Kill) error {
	if len(c.Items) == 0 {
		p.killLocals(nil)
		return nil
	}
	return p.killItems(c.Items, c.Exclusive, c.NodeOnly)
}

func (p *Process) killItems(items []ast.Expr, exclusive, nodeOnly bool) error {
	if exclusive {
		keep, err := p.localNames(items)
		if err != nil {
			return err
		}
		p.killLocals(keep)
		return nil
	}
	for _, x := range items {
		if ind, ok := x.(*ast.Indirect); ok && !ind.HasSubs {
			if err := p.killIndirect(ind, nodeOnly); err != nil {
				return err
			}
			continue
		}
		t, err := p.treeRef(x)
		if err != nil {
			return err
		}
		if err := t.kill(nodeOnly); err != nil {
			return err
		}
	}
	return nil
}

// killIndirect is KILL @x, where x may hold several names.
func (p *Process) killIndirect(ind *ast.Indirect, nodeOnly bool) error {
	text, err := p.textOf(ind.X)
	if err != nil {
		return err
	}
	items, exclusive, err := parse.Names(text)
	if err != nil {
		return syntaxFault(err)
	}
	return p.publicly(func() error { return p.killItems(items, exclusive, nodeOnly) })
}

// killLocals kills the variables of the scope but those to keep.
func (p *Process) killLocals(keep []string) {
	tables := []map[string]*Var{p.public}
	if p.f.vars != nil {
		tables = []map[string]*Var{p.f.vars}
	}
	for _, t := range tables {
		for name, v := range t {
			if !contains(keep, name) {
				p.Clear(v)
			}
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func (p *Process) localNames(items []ast.Expr) ([]string, error) {
	var names []string
	for _, x := range items {
		l, ok := x.(*ast.Local)
		if !ok || len(l.Subs) > 0 {
			return nil, fault.New("SYNTAX", "")
		}
		names = append(names, l.Name)
	}
	return names, nil
}

func (p *Process) newCommand(c *ast.New) error { return p.newItems(c.Items, c.Exclusive) }

func (p *Process) newItems(items []ast.Expr, exclusive bool) error {
	if len(items) == 0 || exclusive {
		keep, err := p.localNames(items)
		if err != nil {
			return err
		}
		for name := range p.public {
			if !contains(keep, name) {
				p.newVar(name)
			}
		}
		return nil
	}
	for _, x := range items {
		switch x := x.(type) {
		case *ast.Local:
			if len(x.Subs) > 0 {
				return fault.New("SYNTAX", "")
			}
			p.newVar(x.Name)
		case *ast.Special:
			if err := p.newSpecial(x.Name); err != nil {
				return err
			}
		case *ast.Indirect:
			text, err := p.textOf(x.X)
			if err != nil {
				return err
			}
			items, exclusive, err := parse.Names(text)
			if err != nil {
				return syntaxFault(err)
			}
			if err := p.newItems(items, exclusive); err != nil {
				return err
			}
		default:
			return fault.New("SYNTAX", "")
		}
	}
	return nil
}

// newVar hides a public variable until the frame ends. A private variable has nothing to hide: it is made undefined.
func (p *Process) newVar(name string) {
	if p.f.private(name) {
		p.Clear(p.variable(name))
		return
	}
	p.f.news = append(p.f.news, restore{name: name, old: p.public[name]})
	p.public[name] = &Var{}
}

// newSpecial is NEW of a special variable: its value comes back when the frame ends.
func (p *Process) newSpecial(name string) error {
	var undo func()
	switch name {
	case "$NAMESPACE", "$ZNSPACE":
		ns := p.store.Namespace()
		undo = func() { _ = p.store.SetNamespace(ns) } // it exists
	case "$ROLES":
		roles := p.roles
		undo = func() { p.roles = roles }
	case "$ETRAP":
		trap := p.etrap
		undo = func() { p.etrap = trap }
	case "$ESTACK":
		base := p.estack
		p.estack = p.depth
		undo = func() { p.estack = base }
	case "$TEST":
		test := p.test
		undo = func() { p.test = test }
	case "$ZTRAP":
		p.f.trap = ""
		return nil
	default:
		return fault.New("SYNTAX", "")
	}
	p.f.news = append(p.f.news, restore{undo: undo})
	return nil
}

func (p *Process) mergeCommand(c *ast.Merge) error { return p.mergePairs(c.Pairs) }

func (p *Process) mergePairs(pairs []ast.SetItem) error {
	for i := range pairs {
		it := &pairs[i]
		if it.Indirect != nil {
			text, err := p.textOf(it.Indirect)
			if err != nil {
				return err
			}
			more, err := parse.MergeArgs(text)
			if err != nil {
				return syntaxFault(err)
			}
			if err := p.publicly(func() error { return p.mergePairs(more) }); err != nil {
				return err
			}
			continue
		}
		to, err := p.treeRef(it.Targets[0])
		if err != nil {
			return err
		}
		from, err := p.treeRef(it.Value)
		if err != nil {
			return err
		}
		if err := p.merge(to, from); err != nil {
			return err
		}
	}
	return nil
}

// merge copies a tree of nodes into another one. One that is part of the other is <COMMAND>.
func (p *Process) merge(to, from tree) error {
	if within(to, from) {
		return fault.New("COMMAND", "")
	}
	if v, ok, err := from.get(); err != nil {
		return err
	} else if ok {
		if err := to.set(v); err != nil {
			return err
		}
	}
	base := len(from.subs())
	at := from
	for {
		subs, ok, err := at.query(false)
		if err != nil {
			return err
		}
		if !ok || len(subs) <= base || !sameSubs(subs[:base], from.subs()) {
			break
		}
		at = from.at(subs)
		v, _, err := at.get()
		if err != nil {
			return err
		}
		below := append(append([]value.Value(nil), to.subs()...), subs[base:]...)
		if err := to.at(below).set(v); err != nil {
			return err
		}
	}
	p.keepNaked(to)
	return nil
}

// within reports that one of two places is part of the other.
func within(a, b tree) bool {
	n := min(len(a.subs()), len(b.subs()))
	if !sameRoot(a, b) || !sameSubs(a.subs()[:n], b.subs()[:n]) {
		return false
	}
	return len(a.subs()) != len(b.subs())
}

func sameRoot(a, b tree) bool {
	x, ok1 := a.(*varRef)
	y, ok2 := b.(*varRef)
	if ok1 && ok2 {
		return x.top() != nil && x.top() == y.top()
	}
	return !ok1 && !ok2 && strings.EqualFold(a.full(), b.full()) && a.full() == b.full()
}
