package run

import (
	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

func (p *Process) ifBlock(c *ast.If) (ctl, error) {
	for i := range c.Branches {
		ok, err := p.all(c.Branches[i].Conds)
		if err != nil {
			return next, err
		}
		if ok {
			return p.block(c.Branches[i].Body)
		}
	}
	if c.Else != nil {
		return p.block(c.Else)
	}
	return next, nil
}

// ifLine is the old IF: it sets $TEST, and a false one skips the rest of the line.
func (p *Process) ifLine(c *ast.IfLine) (ctl, error) {
	if len(c.Conds) > 0 {
		for _, x := range c.Conds {
			ok, err := p.truth(x)
			if err != nil {
				return next, err
			}
			if p.test = ok; !ok {
				break
			}
		}
	}
	if !p.test {
		return next, nil
	}
	return p.commands(c.Rest)
}

// turn runs a loop's body once; done tells that the loop ends, with c for what is around it.
func (p *Process) turn(body *ast.Block) (c ctl, done bool, err error) {
	c, err = p.block(body)
	switch {
	case err != nil:
		return next, true, err
	case c == quit:
		return next, true, nil
	case c == leaveAll || c == jump:
		return c, true, nil
	}
	return next, p.ended.Load() || p.hit.Load(), nil
}

func (p *Process) whileLoop(c *ast.While) (ctl, error) {
	p.f.loops++
	defer func() { p.f.loops-- }()
	for {
		p.f.cmd = c
		ok, err := p.all(c.Conds)
		if err != nil || !ok {
			return next, err
		}
		if r, done, err := p.turn(c.Body); done {
			return r, p.alive(err)
		}
	}
}

func (p *Process) doWhile(c *ast.DoWhile) (ctl, error) {
	p.f.loops++
	defer func() { p.f.loops-- }()
	for {
		if r, done, err := p.turn(c.Body); done {
			return r, p.alive(err)
		}
		p.f.cmd = c
		ok, err := p.all(c.Conds)
		if err != nil || !ok {
			return next, err
		}
	}
}

// alive is err, or the end of the process or an interrupt if it has come.
func (p *Process) alive(err error) error {
	switch {
	case err != nil:
		return err
	case p.ended.Load():
		return errEnd
	}
	return p.interrupted()
}

func (p *Process) forLoop(c *ast.For) (ctl, error) {
	p.f.loops++
	defer func() { p.f.loops-- }()
	if c.Var == nil {
		for {
			if r, done, err := p.turn(c.Body); done {
				return r, p.alive(err)
			}
		}
	}
	for i := range c.Ranges {
		r, done, err := p.forRange(c, &c.Ranges[i])
		if done || err != nil {
			return r, p.alive(err)
		}
	}
	return next, nil
}

// forRange runs one range of FOR. Its bounds are evaluated once; the variable is read again after each turn, and the step
// that would pass the end is not made (IRIS docs, "FOR").
func (p *Process) forRange(c *ast.For, r *ast.Range) (ctl, bool, error) {
	from, step, to, err := p.forBounds(r)
	if err != nil {
		return next, true, err
	}
	if r.Step != nil {
		from.Value, from.Obj = from.Number(), nil
	}
	put, err := p.forTarget(c.Var)
	if err != nil {
		return next, true, err
	}
	if err := put.set(from); err != nil {
		return next, true, err
	}
	if r.Step == nil {
		r, done, err := p.turn(c.Body)
		return r, done, err
	}
	down := value.CompareNumbers(step, value.Int(0)) < 0
	beyond := func(v value.Value) bool {
		if r.To == nil {
			return false
		}
		cmp := value.CompareNumbers(v, to)
		return cmp > 0 && !down || cmp < 0 && down
	}
	if beyond(from.Value) {
		return next, false, nil
	}
	for {
		res, done, err := p.turn(c.Body)
		if done {
			return res, true, err
		}
		p.f.cmd = c
		cur, err := put.get()
		if err != nil {
			return next, true, err
		}
		sum := addNumbers(cur.Value, step)
		if beyond(sum) {
			return next, false, nil
		}
		if err := put.set(Plain(sum)); err != nil {
			return next, true, err
		}
	}
}

// addNumbers is Add with a quick way for whole numbers.
func addNumbers(a, b value.Value) value.Value {
	if a.Kind() == value.Number && b.Kind() == value.Number {
		x, ex := a.Parts()
		y, ey := b.Parts()
		if ex == 0 && ey == 0 {
			if s := x + y; (s > x) == (y > 0) {
				return value.Int(s)
			}
		}
	}
	return value.Add(a, b)
}

func (p *Process) forBounds(r *ast.Range) (from Value, step, to value.Value, err error) {
	if from, err = p.eval(r.From); err != nil || r.Step == nil {
		return from, step, to, err
	}
	v, err := p.eval(r.Step)
	if err != nil {
		return from, step, to, err
	}
	step = v.Number()
	if r.To != nil {
		if v, err = p.eval(r.To); err != nil {
			return from, step, to, err
		}
		to = v.Number()
	}
	return from, step, to, nil
}

// loopVar is the variable of a FOR.
type loopVar struct {
	get func() (Value, error)
	set func(Value) error
}

// forTarget finds the variable of FOR. A local without subscripts is looked up each turn by its name, since KILL and NEW may
// replace it.
func (p *Process) forTarget(x ast.Expr) (loopVar, error) {
	if l, ok := x.(*ast.Local); ok && len(l.Subs) == 0 {
		name := l.Name
		return loopVar{
			get: func() (Value, error) {
				v := p.lookup(name)
				if v == nil || !v.Set {
					return Value{}, fault.New("UNDEFINED", "*"+name)
				}
				return v.Value, nil
			},
			set: func(val Value) error {
				p.Assign(p.variable(name), val)
				return nil
			},
		}, nil
	}
	r, err := p.ref(x)
	if err != nil {
		return loopVar{}, err
	}
	return loopVar{get: func() (Value, error) { return p.read(r) }, set: r.set}, nil
}

func (p *Process) quitCommand(c *ast.Quit) (ctl, error) {
	ok, err := p.when(c.Cond)
	if err != nil || !ok {
		return next, err
	}
	if c.Value == nil {
		return quit, nil
	}
	if p.f.loops > 0 {
		return next, fault.New("COMMAND", "*QUIT with a value in a loop")
	}
	return p.give(c.Value)
}

func (p *Process) returnCommand(c *ast.Return) (ctl, error) {
	ok, err := p.when(c.Cond)
	if err != nil || !ok {
		return next, err
	}
	if c.Value == nil {
		return leaveAll, nil
	}
	return p.give(c.Value)
}

// give keeps the value that the frame returns.
func (p *Process) give(x ast.Expr) (ctl, error) {
	v, err := p.eval(x)
	if err != nil {
		return next, err
	}
	f := p.f
	for f.block && f.up != nil { // RETURN with a value under an argumentless DO leaves the code around it
		f = f.up
	}
	p.Retain(v) // until the frame is left
	p.Release(f.ret)
	f.ret, f.has = v, true
	return leaveAll, nil
}

func (p *Process) tryBlock(c *ast.Try) (ctl, error) {
	loops := p.f.loops
	p.f.loops = 0
	r, err := p.block(c.Body)
	p.f.loops = loops
	if err == nil {
		if r == quit {
			r = next
		}
		return r, nil
	}
	err = p.locate(err)
	t, ok := err.(*Thrown)
	if !ok {
		return next, err
	}
	if c.Catch == nil {
		return next, nil
	}
	if c.Var != "" {
		o, err := p.Exception(t)
		if err != nil {
			return next, err
		}
		p.Assign(p.variable(c.Var), Ref(o))
	}
	before := p.caught
	p.caught = t
	p.f.loops = 0
	r, err = p.block(c.Catch)
	p.f.loops = loops
	p.caught = before
	if r == quit {
		r = next
	}
	return r, err
}

func (p *Process) throwCommand(c *ast.Throw) error {
	if c.Value == nil {
		if p.caught != nil {
			return p.caught
		}
		return fault.New("THROW", "")
	}
	v, err := p.eval(c.Value)
	if err != nil {
		return err
	}
	if v.Obj == nil {
		return fault.New("INVALID OREF", "")
	}
	return p.Throw(v.Obj)
}
