package run

import (
	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

// ref is a place that has a value: a local, a global, a property, a settable special variable. Its subscripts are evaluated.
type ref interface {
	get() (Value, bool, error) // false: no value
	set(Value) error
	name() string // as <UNDEFINED> says it
	subs() []value.Value
}

// tree is a ref with nodes below.
type tree interface {
	ref
	kill(nodeOnly bool) error
	data() (int, error)
	// order gives the subscript behind the last one, and the value of that node.
	order(reverse bool) (value.Value, error)
	// query gives the subscripts of the next node that has a value.
	query(reverse bool) ([]value.Value, bool, error)
	// at is a place with other subscripts.
	at(subs []value.Value) tree
	// full is the name for $NAME and $QUERY, without subscripts.
	full() string
}

// read gives the value of a place, or <UNDEFINED>.
func (p *Process) read(r ref) (Value, error) {
	v, ok, err := r.get()
	if err != nil || ok {
		return v, err
	}
	return p.noValue(len(r.subs()) > 0, r.name)
}

// ref evaluates what names a place.
func (p *Process) ref(x ast.Expr) (ref, error) {
	switch x := x.(type) {
	case *ast.Local:
		subs, err := p.subscripts(x.Subs)
		return &varRef{p: p, local: x.Name, list: subs}, err
	case *ast.Global:
		return p.globalRef(x)
	case *ast.Indirect:
		return p.indirectRef(x)
	case *ast.Prop:
		return p.propRef(x)
	case *ast.Method:
		return p.nodeRef(x)
	case *ast.IVar:
		return p.ivarRef(x)
	case *ast.Special:
		return &specialRef{p, x.Name}, nil
	case *ast.Func:
		return p.funcRef(x)
	}
	return nil, fault.New("SYNTAX", "")
}

// treeRef is ref for a place that has nodes.
func (p *Process) treeRef(x ast.Expr) (tree, error) {
	r, err := p.ref(x)
	if err != nil {
		return nil, err
	}
	t, ok := r.(tree)
	if !ok {
		return nil, fault.New("SYNTAX", "")
	}
	return t, nil
}

// varRef is a node of a local, of a process-private global or of a property's variable.
type varRef struct {
	p     *Process
	local string // the local's name; or
	root  *Var   // the variable itself, whose name is title
	title string
	list  []value.Value
}

func (r *varRef) top() *Var {
	if r.root != nil {
		return r.root
	}
	return r.p.lookup(r.local)
}

func (r *varRef) node() *Var {
	v := r.top()
	if v == nil {
		return nil
	}
	return v.Node(r.list...)
}

// check refuses an empty subscript.
func (r *varRef) check() error {
	for _, s := range r.list {
		if s.Kind() == value.Null {
			return fault.New("SUBSCRIPT", r.name())
		}
	}
	return nil
}

func (r *varRef) get() (Value, bool, error) {
	if err := r.check(); err != nil {
		return Value{}, false, err
	}
	n := r.node()
	if n == nil || !n.Set {
		return Value{}, false, nil
	}
	return n.Value, true, nil
}

func (r *varRef) set(v Value) error {
	top := r.root
	if top == nil {
		top = r.p.variable(r.local)
	}
	n, err := top.Make(r.list...)
	if err != nil {
		return fault.New("SUBSCRIPT", r.name())
	}
	r.p.Assign(n, v)
	return nil
}

func (r *varRef) full() string {
	if r.root != nil {
		return r.title
	}
	return r.local
}

func (r *varRef) name() string {
	s := nameText(r.full(), r.list)
	if s[0] == '^' {
		return s
	}
	return "*" + s
}

func (r *varRef) subs() []value.Value { return r.list }

func (r *varRef) kill(nodeOnly bool) error {
	if err := r.check(); err != nil {
		return err
	}
	n := r.node()
	if n == nil {
		return nil
	}
	if nodeOnly {
		r.p.clearValue(n)
	} else {
		r.p.Clear(n)
	}
	r.prune(r.top(), r.list)
	return nil
}

// prune takes nodes without value and nodes below out of the tree on the way to what was killed.
func (r *varRef) prune(v *Var, subs []value.Value) {
	if v == nil || len(subs) == 0 || v.Below == nil {
		return
	}
	key, err := subKey(subs[0])
	if err != nil {
		return
	}
	n, ok := v.Below.Get(key)
	if !ok {
		return
	}
	r.prune(n, subs[1:])
	if !n.Defined() {
		v.Below.Delete(key)
	}
}

func (r *varRef) data() (int, error) {
	if err := r.check(); err != nil {
		return 0, err
	}
	return r.node().Data(), nil
}

func (r *varRef) order(reverse bool) (value.Value, error) {
	if len(r.list) == 0 {
		return r.p.nextLocal(r.local, reverse), nil
	}
	last := len(r.list) - 1
	up := &varRef{p: r.p, local: r.local, root: r.root, title: r.title, list: r.list[:last]}
	if err := up.check(); err != nil {
		return value.Value{}, err
	}
	sub, _, _ := up.node().Next(r.list[last], reverse)
	return sub, nil
}

func (r *varRef) at(subs []value.Value) tree {
	return &varRef{p: r.p, local: r.local, root: r.root, title: r.title, list: subs}
}

func (r *varRef) query(reverse bool) ([]value.Value, bool, error) {
	top := r.top()
	if top == nil {
		return nil, false, nil
	}
	if reverse {
		s, ok := queryBack(top, r.list)
		return s, ok, nil
	}
	s, ok := queryNext(top, r.list)
	return s, ok, nil
}

// queryNext gives the first node with a value behind subs, in the order of $QUERY.
func queryNext(v *Var, subs []value.Value) ([]value.Value, bool) {
	if len(subs) == 0 {
		return firstFrom(v, value.Value{})
	}
	rest := subs[1:]
	if subs[0].Kind() != value.Null {
		if n := v.Node(subs[0]); n != nil {
			if s, ok := queryNext(n, rest); ok {
				return append([]value.Value{subs[0]}, s...), true
			}
		}
	}
	return firstFrom(v, subs[0])
}

// firstFrom gives the first node with a value among those whose subscript is behind sub.
func firstFrom(v *Var, sub value.Value) ([]value.Value, bool) {
	for {
		s, n, ok := v.Next(sub, false)
		if !ok {
			return nil, false
		}
		if n.Set {
			return []value.Value{s}, true
		}
		if t, ok := firstFrom(n, value.Value{}); ok {
			return append([]value.Value{s}, t...), true
		}
		sub = s
	}
}

// queryBack gives the last node with a value before subs.
func queryBack(v *Var, subs []value.Value) ([]value.Value, bool) {
	if len(subs) == 0 {
		return nil, false
	}
	if subs[0].Kind() != value.Null {
		if n := v.Node(subs[0]); n != nil && len(subs) > 1 {
			if s, ok := queryBack(n, subs[1:]); ok {
				return append([]value.Value{subs[0]}, s...), true
			}
			if n.Set {
				return subs[:1], true
			}
		}
	}
	return lastFrom(v, subs[0])
}

// lastFrom gives the last node with a value among those whose subscript is before sub.
func lastFrom(v *Var, sub value.Value) ([]value.Value, bool) {
	for {
		s, n, ok := v.Next(sub, true)
		if !ok {
			return nil, false
		}
		if t, ok := lastFrom(n, value.Value{}); ok {
			return append([]value.Value{s}, t...), true
		}
		if n.Set {
			return []value.Value{s}, true
		}
		sub = s
	}
}
