package run

import "iris-pgwire/internal/irisdev/value"

// Assign gives a variable a value and counts the references.
func (p *Process) Assign(v *Var, val Value) {
	old := v.Value.Obj
	if val.Obj != nil {
		val.Obj.refs++
	}
	v.Value, v.Set = val, true
	if old != nil {
		p.drop(old)
	}
}

// Clear kills a variable with everything below it.
func (p *Process) Clear(v *Var) {
	p.clearValue(v)
	below := v.Below
	v.Below = nil
	if below != nil {
		below.Scan(func(_ string, n *Var) bool {
			p.Clear(n)
			return true
		})
	}
}

// clearValue kills a node and keeps what is below.
func (p *Process) clearValue(v *Var) {
	old := v.Value.Obj
	v.Value, v.Set = Value{}, false
	if old != nil {
		p.drop(old)
	}
}

// Retain counts a reference that Go code keeps to a value beyond its call.
func (p *Process) Retain(v Value) {
	if v.Obj != nil {
		v.Obj.refs++
	}
}

// Release gives back a reference taken by Retain.
func (p *Process) Release(v Value) {
	if v.Obj != nil {
		p.drop(v.Obj)
	}
}

// waste is an object that nobody refers to, seen at a depth of calls: as long as the command there runs, its value may still
// be in use.
type waste struct {
	obj   *Object
	depth int
}

// drop takes back one reference.
func (p *Process) drop(o *Object) {
	o.refs--
	if o.refs <= 0 {
		p.unheld(o)
	}
}

// unheld lists an object without references.
func (p *Process) unheld(o *Object) {
	if o.listed || o.dead {
		return
	}
	o.listed = true
	p.waste = append(p.waste, waste{o, p.depth})
}

// sweep closes what nobody refers to at the end of a command.
func (p *Process) sweep() error {
	var failed error
	for i := 0; i < len(p.waste); i++ {
		w := p.waste[i]
		if w.depth < p.depth {
			continue
		}
		last := len(p.waste) - 1
		p.waste[i] = p.waste[last]
		p.waste = p.waste[:last]
		i--
		w.obj.listed = false
		if w.obj.refs > 0 {
			continue
		}
		if err := p.close(w.obj); err != nil && failed == nil {
			failed = err
		}
	}
	return failed
}

// handUp makes what is unreferenced at the end of a frame the concern of its caller's command.
func (p *Process) handUp() {
	for i := range p.waste {
		p.waste[i].depth = min(p.waste[i].depth, p.depth)
	}
}

// close ends an object: %OnClose, then its properties are given back. %OnClose may keep the object alive.
func (p *Process) close(o *Object) error {
	var failed error
	if m := o.Class.Methods["%OnClose"]; m != nil && (m.Native || m.Body != nil) {
		o.refs++
		_, err := p.invoke(o.Class, m, o, nil, false)
		o.refs--
		if isEnd(err) {
			failed = err
		}
		if o.refs > 0 {
			return failed
		}
	}
	o.dead = true
	delete(p.objects, o.ID)
	for _, v := range o.Props {
		p.dropAll(v)
	}
	return failed
}

// dropAll gives back what a closed object's property refers to.
func (p *Process) dropAll(v *Var) {
	if v.Value.Obj != nil {
		p.drop(v.Value.Obj)
	}
	v.Each(func(_ value.Value, n *Var) bool {
		p.dropAll(n)
		return true
	})
}
