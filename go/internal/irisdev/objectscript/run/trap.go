package run

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/parse"
)

// trapped looks for the error trap of the present frame: its $ZTRAP, or $ETRAP. It gives where to go on, nil if the frame
// ends, or the error for the caller's traps.
func (p *Process) trapped(err error) (*target, error) {
	t, ok := err.(*Thrown)
	if !ok {
		return nil, err
	}
	f := p.f
	if f.trap != "" {
		return p.ztrapped(t, f.trap)
	}
	if p.etrap == "" || f.inTrap || f.native {
		return nil, err
	}
	f.inTrap = true
	x, formals, e := p.xecuteFrame(p.etrap)
	if e == nil {
		_, e = p.runFrame(x, formals, nil)
	}
	if e != nil {
		return nil, p.locate(e)
	}
	if p.ecode != "" {
		return nil, t // the caller's level has its turn
	}
	if x.has {
		p.Retain(x.ret)
		p.Release(f.ret)
		f.ret, f.has = x.ret, true
	}
	return nil, nil
}

// ztrapped goes to the label of $ZTRAP; the trap is cleared, so that an error there is the caller's. One that begins with *
// stays at the level of the error, which here is the same.
func (p *Process) ztrapped(t *Thrown, trap string) (*target, error) {
	p.f.trap = ""
	e, err := parse.Entry(strings.TrimPrefix(trap, "*"))
	if err != nil {
		return nil, t
	}
	f, at, err := p.findEntry(&e)
	if err != nil {
		return nil, p.locate(err)
	}
	to := &target{lines: f.lines, index: at}
	if e.Routine != "" {
		to.other = f
	}
	return to, nil
}
