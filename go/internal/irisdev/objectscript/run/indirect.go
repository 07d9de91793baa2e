package run

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/objectscript/macro"
	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/value"
)

// publicly runs a step as code that knows only public variables, as indirection and XECUTE are.
func (p *Process) publicly(do func() error) error {
	if p.f.vars == nil {
		return do()
	}
	f := p.f
	vars := f.vars
	f.vars = nil
	err := do()
	f.vars = vars
	return err
}

// indirect evaluates @x and @x@(subs): the text is a name or an expression.
func (p *Process) indirect(x *ast.Indirect) (v Value, err error) {
	if x.HasSubs {
		r, err := p.indirectRef(x)
		if err != nil {
			return Value{}, err
		}
		err = p.publicly(func() error {
			v, err = p.read(r)
			return err
		})
		return v, err
	}
	e, err := p.indirectExpr(x)
	if err != nil {
		return Value{}, err
	}
	err = p.publicly(func() error {
		v, err = p.eval(e)
		return err
	})
	return v, err
}

// maxTexts is how many parsed texts a process keeps.
const maxTexts = 500

func (p *Process) indirectExpr(x *ast.Indirect) (ast.Expr, error) {
	text, err := p.textOf(x.X)
	if err != nil {
		return nil, err
	}
	if e, ok := p.exprs[text]; ok {
		return e, nil
	}
	e, err := parse.Expr(text)
	if err != nil {
		return nil, syntaxFault(err)
	}
	if len(p.exprs) >= maxTexts {
		clear(p.exprs)
	}
	p.exprs[text] = e
	return e, nil
}

// indirectRef is @x or @x@(subs) as a place.
func (p *Process) indirectRef(x *ast.Indirect) (ref, error) {
	e, err := p.indirectExpr(x)
	if err != nil {
		return nil, err
	}
	var r ref
	err = p.publicly(func() error {
		r, err = p.ref(e)
		return err
	})
	if err != nil {
		return nil, err
	}
	if v, ok := r.(*varRef); ok && v.root == nil {
		v.root, v.title = p.publicVar(v.local), v.local
	}
	if !x.HasSubs {
		return r, nil
	}
	t, ok := r.(tree)
	if !ok {
		return nil, fault.New("SYNTAX", "")
	}
	more, err := p.subscripts(x.Subs)
	if err != nil {
		return nil, err
	}
	if g, ok := t.(*globalRef); ok && g.naked {
		if err := g.resolve(); err != nil {
			return nil, err
		}
	}
	return t.at(append(append([]value.Value(nil), t.subs()...), more...)), nil
}

// publicVar is the variable that indirection means: a public one.
func (p *Process) publicVar(name string) *Var { return p.Public(name) }

// setIndirect is SET @x, where x holds assignments.
func (p *Process) setIndirect(x ast.Expr) error {
	text, err := p.textOf(x)
	if err != nil {
		return err
	}
	items, err := parse.SetArgs(text)
	if err != nil {
		return syntaxFault(err)
	}
	return p.publicly(func() error { return p.setItems(items) })
}

// doIndirect is DO @x.
func (p *Process) doIndirect(c *ast.Call) error {
	ok, err := p.when(c.Cond)
	if err != nil || !ok {
		return err
	}
	text, err := p.textOf(c.Indirect)
	if err != nil {
		return err
	}
	calls, err := parse.DoArgs(text)
	if err != nil {
		return syntaxFault(err)
	}
	return p.publicly(func() error {
		for i := range calls {
			if err := p.doCall(&calls[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// match is the pattern match.
func (p *Process) match(x *ast.Match) (Value, error) {
	s, err := p.textOf(x.X)
	if err != nil {
		return Value{}, err
	}
	pattern := x.Pattern
	if x.Indirect != nil {
		text, err := p.textOf(x.Indirect)
		if err != nil {
			return Value{}, err
		}
		if pattern, err = parse.Pattern(text); err != nil {
			return Value{}, syntaxFault(err)
		}
	}
	return Bool(fn.Match(s, pattern) != x.Not), nil
}

func (p *Process) xecuteCommand(c *ast.Xecute) error {
	for i := range c.Items {
		it := &c.Items[i]
		ok, err := p.when(it.Cond)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		text, err := p.textOf(it.Code)
		if err != nil {
			return err
		}
		args, err := p.arguments(it.Args)
		if err != nil {
			return err
		}
		if _, err := p.xecute(text, args, false); err != nil {
			return err
		}
	}
	return nil
}

// xecute runs code in a frame of its own with public variables. Code may begin with formal parameters in parentheses.
func (p *Process) xecute(text string, args []Actual, wants bool) (Value, error) {
	f, formals, err := p.xecuteFrame(text)
	if err != nil {
		return Value{}, err
	}
	f.wants = wants
	return p.runFrame(f, formals, args)
}

// xecuteFrame makes the frame for code.
func (p *Process) xecuteFrame(text string) (*frame, []ast.Formal, error) {
	code, ok := p.codes[text]
	if !ok {
		var err error
		if code, err = readCode(text); err != nil {
			return nil, nil, err
		}
		if len(p.codes) >= maxTexts {
			clear(p.codes)
		}
		p.codes[text] = code
	}
	up := p.f
	f := &frame{class: up.class, self: up.self, method: up.method, name: up.name, label: up.label, line: up.line,
		routine: up.routine, kind: "XECUTE"}
	f.lines = []ast.Line{{Commands: code.commands}}
	if up.cmd != nil {
		f.line += 1 - up.cmd.Position().Line // what goes wrong is at the line of the XECUTE
	}
	return f, code.formals, nil
}

// xcode is the code of an XECUTE.
type xcode struct {
	formals  []ast.Formal
	commands []ast.Command
}

func readCode(text string) (*xcode, error) {
	trimmed := strings.TrimLeft(text, " \t")
	if !strings.HasPrefix(trimmed, "(") {
		list, err := parse.Line(trimmed)
		if err != nil {
			return nil, syntaxFault(err)
		}
		return &xcode{commands: list}, nil
	}
	r, err := parse.Routine("x", "INT", []macro.Line{{Text: "x" + trimmed, Line: 1}})
	if err != nil {
		return nil, syntaxFault(err)
	}
	if len(r.Lines) == 0 || r.Lines[0].Label == nil {
		return nil, fault.New("SYNTAX", "")
	}
	return &xcode{formals: r.Lines[0].Label.Formals, commands: r.Lines[0].Commands}, nil
}

// Xecute runs code as the command XECUTE does.
func (p *Process) Xecute(text string, args ...Value) error {
	_, err := p.xecute(text, actuals(args), false)
	return err
}
