package run

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/tidwall/btree"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/store"
)

func newTree() *btree.Map[string, *Var] { return btree.NewMap[string, *Var](16) }

func panicText(r any) string { return fmt.Sprint(r) + "\n" + string(debug.Stack()) }

// Line runs a line of commands as the terminal does: with public variables, at the level below all calls. The error is a
// *Thrown, or the end of the process (IsEnd). If ctx ends, the process does.
func (p *Process) Line(ctx context.Context, text string) (err error) {
	stop := context.AfterFunc(ctx, p.kill)
	defer stop()
	defer p.guard(&err)
	code, err := readCode(text)
	if err != nil {
		p.f.cmd = nil
		return p.locate(err)
	}
	p.base.loops, p.base.inTrap, p.base.trap = 0, false, ""
	p.Release(p.base.ret)
	p.base.ret, p.base.has = Value{}, false
	err = p.runLines([]ast.Line{{Commands: code.commands}}, 0)
	p.Flush()
	if err != nil {
		return p.locate(err)
	}
	return nil
}

// CallRoutine calls label^routine.
func (p *Process) CallRoutine(label, routine string, args ...Value) (v Value, err error) {
	defer p.guard(&err)
	f, at, err := p.findIn(routine, label, 0, &ast.EntryRef{})
	if err != nil {
		return Value{}, p.locate(err)
	}
	v, err = p.callEntry(f, at, len(args) > 0, actuals(args))
	p.Flush()
	if err != nil {
		return Value{}, p.locate(err)
	}
	return v, nil
}

// Eval gives the value of an expression in the class c, as a computed parameter or an initial value needs it.
func (p *Process) Eval(c *class.Class, x ast.Expr) (v Value, err error) {
	defer p.guard(&err)
	f := &frame{class: c, vars: map[string]*Var{}, kind: "DO"}
	if c != nil {
		f.name = c.Name + ".1"
	}
	return p.within(f, func() (Value, error) { return p.eval(x) })
}

// guard turns a panic of the interpreter into an error and puts the stack of calls back.
func (p *Process) guard(err *error) {
	r := recover()
	if r == nil {
		return
	}
	for p.f != &p.base && p.f.up != nil {
		p.f = p.f.up
		p.depth--
	}
	_ = p.sys.Console(p.Job(), 2, "Utility.Event", "A defect of irisdev: "+panicText(r))
	*err = p.raise(fault.New("SYSTEM", "*"+fmt.Sprint(r)))
}

// Evaluate gives the value of an expression that the compiler meets (#if, ##expression), in the process that compiles.
func (s *System) Evaluate(p *store.Process, _, text string) (string, error) {
	q := s.Job(p.Job())
	if q == nil {
		return "", fault.New("UNIMPLEMENTED", "*an expression outside of a process")
	}
	x, err := parse.Expr(text)
	if err != nil {
		return "", err
	}
	v, err := q.Eval(nil, x)
	return v.Text(), err
}

// Execute runs a line that the compiler meets (#execute), in the process that compiles.
func (s *System) Execute(p *store.Process, _, line string) error {
	q := s.Job(p.Job())
	if q == nil {
		return fault.New("UNIMPLEMENTED", "*a line outside of a process")
	}
	return q.Xecute(line)
}
