package run

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
)

// maxDepth is how deep calls may nest until <FRAMESTACK>.
const maxDepth = 8000

// frame is one level of the execution stack: a method, a subroutine, an XECUTE or a block of dotted lines.
type frame struct {
	up      *frame
	class   *class.Class  // what ..X is looked up in
	method  *class.Method // nil outside methods
	self    *Object
	routine *ast.Routine
	lines   []ast.Line // where labels are looked for
	name    string     // method or routine, for places; empty at the terminal
	label   string     // of the subroutine
	line    int        // the label's line, or that before the first of the method's body

	vars       map[string]*Var // private variables; nil when all are public
	publics    []string        // public in spite of vars
	refs       []string        // names in vars that belong to the caller
	bound      []*Var          // public variables that belong to the caller
	spread     *Var            // the array of a variadic argument
	spreadRefs []string        // nodes of it that belong to the caller
	news       []restore

	cmd    ast.Command
	wants  bool // called as a function
	ret    Value
	has    bool // ret was given
	trap   string
	loops  int
	kind   string // $STACK: DO, $$, XECUTE, JOB
	inTrap bool
	native bool
	block  bool // the lines under an argumentless DO
	shared bool // vars are those of the frame around it
}

// restore takes back a NEW.
type restore struct {
	name string
	old  *Var
	undo func()
}

// place is label+offset^routine of the present command.
func (f *frame) place() string {
	if f.name == "" {
		return ""
	}
	at := 0
	if f.cmd != nil {
		at = f.cmd.Position().Line - f.line
	}
	s := f.label
	if at != 0 {
		s += "+" + strconv.Itoa(at)
	}
	return s + "^" + f.name
}

// private reports whether a variable's name is the frame's own.
func (f *frame) private(name string) bool {
	if f.vars == nil || name[0] == '%' {
		return false
	}
	for _, p := range f.publics {
		if p == name {
			return false
		}
	}
	return true
}

// table is where a variable of the name lives.
func (p *Process) table(name string) map[string]*Var {
	if p.f.private(name) {
		return p.f.vars
	}
	return p.public
}

// lookup finds a variable; nil if it was never set.
func (p *Process) lookup(name string) *Var { return p.table(name)[name] }

// variable finds or makes a variable.
func (p *Process) variable(name string) *Var {
	t := p.table(name)
	v := t[name]
	if v == nil {
		v = &Var{}
		t[name] = v
	}
	return v
}

// enter puts a frame on the stack.
func (p *Process) enter(f *frame) error {
	if p.depth >= maxDepth {
		return fault.New("FRAMESTACK", "")
	}
	f.up = p.f
	p.f = f
	p.depth++
	if f.self != nil {
		f.self.refs++
	}
	return nil
}

// leave takes the frame from the stack: what NEW hid comes back, and its private variables are given back.
func (p *Process) leave() {
	f := p.f
	p.undoNews(0)
	if f.vars != nil && len(p.objects) > 0 {
		for _, name := range f.refs {
			delete(f.vars, name)
		}
		for _, key := range f.spreadRefs {
			f.spread.Below.Delete(key)
		}
		for _, v := range f.vars {
			if v.Value.Obj != nil || v.Below != nil {
				p.Clear(v)
			}
		}
	}
	if f.self != nil {
		p.drop(f.self)
	}
	p.Release(f.ret)
	p.f = f.up
	p.depth--
	if len(p.waste) > 0 {
		p.handUp()
	}
}

// undoNews takes back the frame's NEWs down to a mark, the newest first.
func (p *Process) undoNews(mark int) {
	f := p.f
	for i := len(f.news) - 1; i >= mark; i-- {
		r := f.news[i]
		if r.undo != nil {
			r.undo()
			continue
		}
		if cur := p.public[r.name]; cur != nil && cur != r.old {
			p.unbind(cur)
		}
		if r.old == nil {
			delete(p.public, r.name)
		} else {
			p.public[r.name] = r.old
		}
	}
	f.news = f.news[:mark]
}

// unbind gives back a public variable that NEW made; one that stands for a caller's variable stays.
func (p *Process) unbind(v *Var) {
	if len(p.objects) == 0 {
		return
	}
	for _, r := range p.f.bound {
		if r == v {
			return
		}
	}
	p.Clear(v)
}

// labelOf is a method's label in a place: its name behind a z, or a name that begins with % as it is.
func labelOf(method string) string {
	if strings.HasPrefix(method, "%") {
		return method
	}
	return "z" + method
}
