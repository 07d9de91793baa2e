package run

import (
	"time"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
)

// simpleCommand runs a command that has no arguments of a form of its own.
func (p *Process) simpleCommand(c *ast.Simple) error {
	switch c.Name {
	case "HALT":
		p.ended.Store(true)
		return errEnd
	case "HANG":
		return p.hang(c.Value)
	case "TSTART":
		return p.store.TStart()
	case "TCOMMIT":
		if p.store.TLevel() == 0 {
			return fault.New("COMMAND", "")
		}
		return p.store.TCommit()
	case "TROLLBACK":
		return p.rollback(c.Value)
	case "ZNSPACE":
		ns, err := p.textOf(c.Value)
		if err != nil {
			return err
		}
		return p.SetNamespace(ns)
	case "ZTRAP":
		return p.ztrapCommand(c.Value)
	}
	return fault.New("UNIMPLEMENTED", "*"+c.Name)
}

func (p *Process) hang(x ast.Expr) error {
	v, err := p.plainOf(x)
	if err != nil {
		return err
	}
	d := seconds(v)
	if d == 0 {
		return nil
	}
	return p.Sleep(d)
}

// rollback is TROLLBACK, or TROLLBACK 1, which takes back one level.
func (p *Process) rollback(x ast.Expr) error {
	if x == nil {
		return p.store.TRollback()
	}
	v, err := p.plainOf(x)
	if err != nil {
		return err
	}
	if n, ok := v.Integer(); !ok || n != 1 {
		return fault.New("SYNTAX", "")
	}
	return p.store.TRollbackTo(p.store.TLevel() - 1)
}

// ztrapCommand is ZTRAP: an error of the code's own making, Z and up to four letters.
func (p *Process) ztrapCommand(x ast.Expr) error {
	name := "ZTRAP"
	if x != nil {
		s, err := p.textOf(x)
		if err != nil {
			return err
		}
		name = "Z" + s[:min(4, len(s))]
	}
	return fault.New(name, "")
}

// now is the clock's time in the local zone.
func (p *Process) now() time.Time { return p.Now().Local() }
