package run

import (
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

func (p *Process) lockCommand(c *ast.Lock) error {
	if len(c.Args) == 0 {
		p.store.UnlockAll()
		return nil
	}
	return p.lockArgs(c.Args)
}

func (p *Process) lockArgs(args []ast.LockArg) error {
	for i := range args {
		if err := p.lockArg(&args[i]); err != nil {
			return err
		}
	}
	return nil
}

// lockArg does one argument: without + or - every lock of the process is given back before.
func (p *Process) lockArg(a *ast.LockArg) error {
	if len(a.Refs) == 1 {
		if ind, ok := a.Refs[0].(*ast.Indirect); ok && !ind.HasSubs && a.Types == nil && a.Op == 0 {
			return p.lockIndirect(ind, a)
		}
	}
	types, err := p.lockTypes(a.Types)
	if err != nil {
		return err
	}
	reqs, space, err := p.lockNames(a.Refs, types)
	if err != nil {
		return err
	}
	if a.Op == '-' {
		mode := store.AtEnd
		if strings.Contains(types, "I") {
			mode = store.Immediate
		} else if strings.Contains(types, "D") {
			mode = store.Deferred
		}
		return p.inSpace(space, func() error { return p.store.Unlock(mode, reqs...) })
	}
	timeout, given := time.Duration(-1), a.Timeout != nil
	if given {
		if timeout, err = p.timeout(a.Timeout); err != nil {
			return err
		}
	}
	if a.Op == 0 {
		p.store.UnlockAll()
	}
	got := true
	if len(reqs) > 0 {
		err = p.busy("LOCK", func() error {
			return p.inSpace(space, func() error {
				got, err = p.store.Lock(p.ctx, timeout, reqs...)
				return err
			})
		})
	}
	if err == nil && given {
		p.test = got
	}
	return err
}

// timeout evaluates a number of seconds; less than none is none.
func (p *Process) timeout(x ast.Expr) (time.Duration, error) {
	v, err := p.plainOf(x)
	if err != nil {
		return 0, err
	}
	return seconds(v), nil
}

func seconds(v value.Value) time.Duration {
	s := v.Approx()
	if !(s > 0) {
		return 0
	}
	return time.Duration(min(s, 1e9) * float64(time.Second))
}

// lockTypes reads #"SE": shared, escalating; I and D are for unlocking.
func (p *Process) lockTypes(x ast.Expr) (string, error) {
	if x == nil {
		return "", nil
	}
	s, err := p.textOf(x)
	if err != nil {
		return "", err
	}
	s = strings.ToUpper(s)
	for _, c := range s {
		if !strings.ContainsRune("SEID", c) {
			return "", fault.New("SYNTAX", "")
		}
	}
	return s, nil
}

// lockNames makes requests of lock names. A process-private global locks nothing; a local is a name of the namespace.
func (p *Process) lockNames(list []ast.Expr, types string) (out []store.LockRequest, space string, err error) {
	for i, x := range list {
		r, err := p.ref(x)
		if err != nil {
			return nil, "", err
		}
		var at store.Ref
		switch r := r.(type) {
		case *globalRef:
			if r.naked {
				if err := r.resolve(); err != nil {
					return nil, "", err
				}
			}
			if i > 0 && r.space != space {
				return nil, "", fault.New("UNIMPLEMENTED", "*one LOCK of names in several namespaces")
			}
			space = r.space
			at = store.Ref{Global: r.glob, Subs: r.list}
		case *varRef:
			if strings.HasPrefix(r.full(), "^||") {
				continue
			}
			at = store.Ref{Global: localLock + r.full(), Subs: r.list}
		default:
			return nil, "", fault.New("SYNTAX", "")
		}
		out = append(out, store.LockRequest{Ref: at, Shared: strings.Contains(types, "S"),
			Escalating: strings.Contains(types, "E")})
	}
	return out, space, nil
}

// localLock begins the name under which the lock of a local is kept: no global has it.
const localLock = "local."

// inSpace runs a step in another namespace; the empty one is the present one.
func (p *Process) inSpace(ns string, do func() error) error {
	here := p.store.Namespace()
	if ns == "" || ns == here {
		return do()
	}
	if err := p.SetNamespace(ns); err != nil {
		return err
	}
	defer func() { _ = p.store.SetNamespace(here) }() // it exists
	return do()
}

// lockIndirect is LOCK @x, where x may hold several arguments.
func (p *Process) lockIndirect(ind *ast.Indirect, a *ast.LockArg) error {
	text, err := p.textOf(ind.X)
	if err != nil {
		return err
	}
	args, err := parse.LockArgs(text)
	if err != nil {
		return syntaxFault(err)
	}
	if a.Timeout != nil && len(args) > 0 {
		args[len(args)-1].Timeout = a.Timeout
	}
	return p.publicly(func() error { return p.lockArgs(args) })
}
