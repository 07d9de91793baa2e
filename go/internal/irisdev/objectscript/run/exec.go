package run

import (
	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
)

// ctl is how a command goes on.
type ctl uint8

const (
	next     ctl = iota
	quit         // leave the loop, the TRY or the frame
	leaveAll     // RETURN: leave the frame
	again        // CONTINUE
	jump         // GOTO: Process.target says where
)

// target is where GOTO goes: a line of the lines of a frame, or a place in a routine.
type target struct {
	lines []ast.Line
	index int
	other *frame // another routine to go on with; nil is the same
}

// runLines runs the present frame's lines from an index on, with its error traps.
func (p *Process) runLines(lines []ast.Line, from int) error {
	for {
		c, err := p.lines(lines, from)
		if err != nil {
			err = p.locate(err)
			var to *target
			if to, err = p.trapped(err); err != nil {
				return err
			}
			if to == nil {
				return nil
			}
			p.goTo, c = to, jump
		}
		if c != jump {
			return nil
		}
		to := p.goTo
		p.goTo = nil
		if to.other != nil {
			p.moveTo(to.other)
		}
		lines, from = to.lines, to.index
	}
}

// moveTo makes the frame that of another routine, as GOTO does.
func (p *Process) moveTo(o *frame) {
	f := p.f
	f.routine, f.lines, f.name, f.label, f.line = o.routine, o.lines, o.name, o.label, o.line
	f.class, f.method = o.class, o.method
}

// lines runs lines from an index on. A GOTO to a label among them goes on here.
func (p *Process) lines(lines []ast.Line, from int) (ctl, error) {
	for i := from; i < len(lines); i++ {
		l := &lines[i]
		if l.Label != nil {
			if l.Label.Body != nil {
				return next, nil // running into a procedure ends the code before it
			}
			if p.f.routine != nil {
				p.f.label, p.f.line = l.Label.Name, l.Line
			}
		}
		c, err := p.commands(l.Commands)
		if err != nil || c != next {
			return c, err
		}
	}
	return next, nil
}

// block runs the lines in braces or under an argumentless DO.
func (p *Process) block(b *ast.Block) (ctl, error) {
	for i := range b.Lines {
		c, err := p.commands(b.Lines[i].Commands)
		if err != nil || c != next {
			return c, err
		}
	}
	return next, nil
}

// commands runs the commands of a line.
func (p *Process) commands(list []ast.Command) (ctl, error) {
	for _, c := range list {
		if p.ended.Load() {
			return 0, errEnd
		}
		p.f.cmd = c
		if err := p.interrupted(); err != nil {
			return 0, p.locate(err)
		}
		p.counted++
		next, err := p.command(c)
		if err != nil {
			return 0, p.locate(err)
		}
		if len(p.waste) > 0 {
			if err := p.sweep(); err != nil {
				return 0, err
			}
		}
		if next != 0 {
			return next, nil
		}
	}
	return next, nil
}

// when evaluates a postconditional.
func (p *Process) when(cond ast.Expr) (bool, error) {
	if cond == nil {
		return true, nil
	}
	return p.truth(cond)
}

func (p *Process) truth(x ast.Expr) (bool, error) {
	v, err := p.eval(x)
	if err != nil {
		return false, err
	}
	return v.Truth(), nil
}

// all reports that every condition of a list holds; those after a false one are not looked at.
func (p *Process) all(conds []ast.Expr) (bool, error) {
	for _, c := range conds {
		ok, err := p.truth(c)
		if err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

// command runs one command.
func (p *Process) command(c ast.Command) (ctl, error) {
	switch c := c.(type) {
	case *ast.Set:
		return next, p.setCommand(c)
	case *ast.If:
		return p.ifBlock(c)
	case *ast.For:
		return p.forLoop(c)
	case *ast.While:
		return p.whileLoop(c)
	case *ast.DoWhile:
		return p.doWhile(c)
	case *ast.Do:
		return p.doCommand(c)
	case *ast.Quit:
		return p.quitCommand(c)
	case *ast.Return:
		return p.returnCommand(c)
	case *ast.Continue:
		ok, err := p.when(c.Cond)
		if err != nil || !ok {
			return next, err
		}
		return again, nil
	case *ast.Try:
		return p.tryBlock(c)
	case *ast.IfLine:
		return p.ifLine(c)
	case *ast.ElseLine:
		if p.test {
			return next, nil
		}
		return p.commands(c.Rest)
	case *ast.Goto:
		return p.gotoCommand(c)
	}
	return next, p.simple(c)
}

// simple runs a command that always goes on with the next one.
func (p *Process) simple(c ast.Command) error {
	run, cond := p.runner(c)
	if run == nil {
		return fault.New("COMMAND", "")
	}
	ok, err := p.when(cond)
	if err != nil || !ok {
		return err
	}
	return run()
}

// runner gives what a command does, and its postconditional.
func (p *Process) runner(c ast.Command) (func() error, ast.Expr) {
	switch c := c.(type) {
	case *ast.Write:
		return func() error { return p.writeCommand(c) }, c.Cond
	case *ast.Read:
		return func() error { return p.readCommand(c) }, c.Cond
	case *ast.Kill:
		return func() error { return p.killCommand(c) }, c.Cond
	case *ast.New:
		return func() error { return p.newCommand(c) }, c.Cond
	case *ast.Merge:
		return func() error { return p.mergeCommand(c) }, c.Cond
	case *ast.Lock:
		return func() error { return p.lockCommand(c) }, c.Cond
	case *ast.Throw:
		return func() error { return p.throwCommand(c) }, c.Cond
	case *ast.Device:
		return func() error { return p.deviceCommand(c) }, c.Cond
	case *ast.Xecute:
		return func() error { return p.xecuteCommand(c) }, c.Cond
	case *ast.Job:
		return func() error { return p.jobCommand(c) }, c.Cond
	case *ast.ZWrite:
		return func() error { return p.zwriteCommand(c) }, c.Cond
	case *ast.SQL:
		return func() error { return p.sqlCommand(c) }, nil
	case *ast.Simple:
		return func() error { return p.simpleCommand(c) }, c.Cond
	}
	return nil, nil
}
