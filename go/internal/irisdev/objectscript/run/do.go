package run

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/objectscript/parse"
)

func (p *Process) doCommand(c *ast.Do) (ctl, error) {
	ok, err := p.when(c.Cond)
	if err != nil || !ok {
		return next, err
	}
	if c.Block != nil {
		return p.dotted(c.Block)
	}
	for i := range c.Calls {
		if err := p.doCall(&c.Calls[i]); err != nil {
			return next, err
		}
	}
	return next, nil
}

// dotted runs the lines under an argumentless DO in a level of the stack of their own, which keeps $TEST.
func (p *Process) dotted(b *ast.Block) (ctl, error) {
	up := p.f
	f := *up
	f.news, f.bound, f.loops, f.trap, f.block, f.ret, f.has, f.kind = nil, nil, 0, "", true, Value{}, false, "DO"
	f.refs, f.spread, f.spreadRefs = nil, nil, nil
	if err := p.enter(&f); err != nil {
		return next, err
	}
	test := p.test
	c, err := p.block(b)
	if err != nil {
		err = p.locate(err)
	}
	f.vars = nil // they are those of the frame around it
	p.leave()
	p.test = test
	if err != nil || c == leaveAll || c == jump {
		return c, err
	}
	return next, nil
}

func (p *Process) doCall(c *ast.Call) error {
	if c.X != nil {
		return p.doExpr(c)
	}
	if c.Indirect != nil {
		return p.doIndirect(c)
	}
	ok, err := p.when(c.Cond)
	if err != nil || !ok {
		return err
	}
	_, err = p.entry(c.Entry, false)
	return err
}

// doExpr calls a method. The arguments of $ZF are evaluated even when the postconditional is false (IRIS docs, "$ZF(-100)").
func (p *Process) doExpr(c *ast.Call) error {
	if x, ok := c.X.(*ast.Func); ok && x.Name == "$ZF" {
		return p.doZF(c, x)
	}
	ok, err := p.when(c.Cond)
	if err != nil || !ok {
		return err
	}
	return p.perform(c.X)
}

// perform evaluates an expression for its effect: a method need not return a value.
func (p *Process) perform(x ast.Expr) error {
	var err error
	switch x := x.(type) {
	case *ast.Method:
		_, err = p.methodCall(x, false)
	case *ast.ClassCall:
		_, err = p.classCall(x, false)
	case *ast.Super:
		_, err = p.super(x, false)
	case *ast.Extrinsic:
		_, err = p.entry(&x.Entry, false)
	case *ast.Cast:
		return p.perform(x.X)
	case *ast.Func:
		switch x.Name {
		case "$CLASSMETHOD":
			_, err = p.classMethodFunc(x.Args, false)
		case "$METHOD":
			_, err = p.methodFunc(x.Args, false)
		default:
			_, err = p.eval(x)
		}
	case *ast.Prop:
		return fault.New("SYNTAX", "")
	default:
		_, err = p.eval(x)
	}
	return err
}

func (p *Process) extrinsic(e *ast.EntryRef) (Value, error) {
	test := p.test
	v, err := p.entry(e, true)
	p.test = test
	return v, err
}

// entry calls a label of a routine or of the running code.
func (p *Process) entry(e *ast.EntryRef, wants bool) (Value, error) {
	args, err := p.arguments(e.Args)
	if err != nil {
		return Value{}, err
	}
	f, at, err := p.findEntry(e)
	if err != nil {
		return Value{}, err
	}
	f.wants = wants
	if wants {
		f.kind = "$$"
	}
	return p.callEntry(f, at, e.HasArgs, args)
}

// callEntry runs a frame that findEntry made, from a line on.
func (p *Process) callEntry(f *frame, at int, hasArgs bool, args []Actual) (Value, error) {
	var formals []ast.Formal
	var label *ast.Label
	if at < len(f.lines) {
		label = f.lines[at].Label
	}
	if label != nil {
		formals = label.Formals
	}
	if hasArgs && len(args) > 0 && len(formals) == 0 {
		return Value{}, fault.New("PARAMETER", "")
	}
	lines := f.lines
	if label != nil && label.Body != nil {
		f.vars, f.publics = map[string]*Var{}, label.Public
		lines, at = label.Body.Lines, 0
	}
	if err := p.enter(f); err != nil {
		return Value{}, err
	}
	p.where.Store([2]string{p.store.Namespace(), f.name})
	test := p.test
	err := p.bind(formals, args)
	if err == nil {
		err = p.runLines(lines, at)
	}
	if err != nil {
		err = p.locate(err)
	}
	ret, has := f.ret, f.has
	if f.vars != nil && !f.shared {
		p.test = test
	}
	if f.shared {
		f.vars = nil
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

// findEntry makes the frame of a label and says which of its lines is the first.
func (p *Process) findEntry(e *ast.EntryRef) (*frame, int, error) {
	label, rtn, offset, err := p.entryNames(e)
	if err != nil {
		return nil, 0, err
	}
	if rtn == "" {
		return p.findHere(label, offset)
	}
	return p.findIn(rtn, label, offset, e)
}

// entryNames evaluates the parts of an entry reference.
func (p *Process) entryNames(e *ast.EntryRef) (label, rtn string, offset int, err error) {
	label, rtn = e.Label, e.Routine
	if e.LabelInd != nil {
		if label, err = p.textOf(e.LabelInd); err != nil {
			return "", "", 0, err
		}
		if rtn == "" && e.RoutInd == nil {
			whole, err := parse.Entry(label)
			if err != nil {
				return "", "", 0, syntaxFault(err)
			}
			if whole.LabelInd != nil {
				return "", "", 0, fault.New("SYNTAX", "")
			}
			return p.entryNames(&whole)
		}
	}
	if e.RoutInd != nil {
		if rtn, err = p.textOf(e.RoutInd); err != nil {
			return "", "", 0, err
		}
	}
	if e.Offset != nil {
		n, err := p.plainOf(e.Offset)
		if err != nil {
			return "", "", 0, err
		}
		offset = fn.Whole(n)
	}
	return label, rtn, offset, nil
}

// findHere looks for a label in the running routine or method.
func (p *Process) findHere(label string, offset int) (*frame, int, error) {
	up := p.f
	i := labelIndex(up.lines, label)
	if i < 0 {
		return nil, 0, fault.New("NOLINE", "*"+label)
	}
	f := &frame{class: up.class, method: up.method, self: up.self, routine: up.routine, lines: up.lines, name: up.name,
		label: up.label, line: up.line, kind: "DO"}
	if up.method != nil { // a label of a method shares its variables
		f.vars, f.publics, f.shared = up.vars, up.publics, true
	} else {
		f.label, f.line = label, up.lines[i].Line
	}
	if offset != 0 {
		if i = lineIndex(up.lines, up.lines[i].Line+offset); i < 0 {
			return nil, 0, fault.New("NOLINE", "*"+label)
		}
	}
	return f, i, nil
}

// findIn looks for a label in a routine; without a label it is the first line.
func (p *Process) findIn(rtn, label string, offset int, e *ast.EntryRef) (*frame, int, error) {
	ns := p.store.Namespace()
	if e.Env != nil {
		env, err := p.textOf(e.Env)
		if err != nil {
			return nil, 0, err
		}
		if ns, err = p.environment(env, nil); err != nil {
			return nil, 0, err
		}
	}
	if f, i, ok := p.findInClass(ns, rtn, label); ok {
		return f, i, nil
	}
	r, err := p.sys.Classes.Routine(p.store, ns, rtn)
	if err != nil {
		return nil, 0, err
	}
	f := &frame{routine: r.Routine, lines: r.Lines, name: rtn, label: label, kind: "DO"}
	i := 0
	if label != "" {
		if i = labelIndex(r.Lines, label); i < 0 {
			return nil, 0, fault.New("NOLINE", "*"+label+"^"+rtn)
		}
		l := r.Lines[i].Label
		if l.Private && (p.f.routine != r.Routine) {
			return nil, 0, fault.New("NOLINE", "*"+label+"^"+rtn)
		}
	} else if len(r.Lines) > 0 && r.Lines[0].Label != nil {
		f.label = r.Lines[0].Label.Name
	}
	if i < len(r.Lines) {
		f.line = r.Lines[i].Line
	}
	if offset != 0 {
		if i = lineIndex(r.Lines, f.line+offset); i < 0 {
			return nil, 0, fault.New("NOLINE", "*"+label+"^"+rtn)
		}
	}
	return f, i, nil
}

// findInClass looks for a label among those of a class' methods, when the routine is that of a class: Sample.Person.1.
func (p *Process) findInClass(ns, rtn, label string) (*frame, int, bool) {
	name, ok := strings.CutSuffix(rtn, ".1")
	if !ok || label == "" {
		return nil, 0, false
	}
	c, err := p.sys.Classes.Class(p.store, ns, name)
	if err != nil {
		return nil, 0, false
	}
	for _, m := range c.Methods {
		if m.Origin != c || m.Body == nil {
			continue
		}
		if i := labelIndex(m.Body.Lines, label); i >= 0 {
			return &frame{class: c, lines: m.Body.Lines, name: rtn, label: label, line: m.Body.Lines[i].Line, kind: "DO"}, i, true
		}
	}
	return nil, 0, false
}

func labelIndex(lines []ast.Line, label string) int {
	for i := range lines {
		if l := lines[i].Label; l != nil && l.Name == label {
			return i
		}
	}
	return -1
}

func lineIndex(lines []ast.Line, line int) int {
	for i := range lines {
		if lines[i].Line >= line {
			return i
		}
	}
	return -1
}

// gotoCommand goes on at a label.
func (p *Process) gotoCommand(c *ast.Goto) (ctl, error) {
	ok, err := p.when(c.Cond)
	if err != nil || !ok {
		return next, err
	}
	for i := range c.Calls {
		ok, err := p.when(c.Calls[i].Cond)
		if err != nil {
			return next, err
		}
		if !ok {
			continue
		}
		e, err := p.gotoEntry(&c.Calls[i])
		if err != nil {
			return next, err
		}
		f, at, err := p.findEntry(e)
		if err != nil {
			return next, err
		}
		p.goTo = &target{lines: f.lines, index: at}
		if e.Routine != "" || e.RoutInd != nil {
			p.goTo.other = f
		}
		return jump, nil
	}
	return next, nil
}

func (p *Process) gotoEntry(c *ast.Call) (*ast.EntryRef, error) {
	if c.Entry != nil {
		return c.Entry, nil
	}
	if c.Indirect == nil {
		return nil, fault.New("SYNTAX", "")
	}
	text, err := p.textOf(c.Indirect)
	if err != nil {
		return nil, err
	}
	e, err := parse.Entry(text)
	if err != nil {
		return nil, syntaxFault(err)
	}
	return &e, nil
}
