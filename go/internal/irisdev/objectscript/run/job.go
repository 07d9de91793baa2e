package run

import (
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/fn"
)

func (p *Process) jobCommand(c *ast.Job) error {
	for i := range c.Items {
		if err := p.job(&c.Items[i]); err != nil {
			return err
		}
	}
	return nil
}

// jobSwitchSymbols of the switch parameter passes the public variables to the new process (IRIS docs, "JOB").
const jobSwitchSymbols = 1

// job starts a process. Its code is looked for there: one that does not exist counts as started.
func (p *Process) job(it *ast.JobItem) error {
	start, err := p.jobStart(&it.Call)
	if err != nil {
		return err
	}
	o, symbols, err := p.jobOptions(it.Params)
	if err != nil {
		return err
	}
	timed := it.Timeout != nil
	if timed {
		if _, err := p.timeout(it.Timeout); err != nil {
			return err
		}
	}
	if !p.sys.Store.HasNamespace(o.Namespace) {
		return fault.New("NAMESPACE", "*"+o.Namespace)
	}
	if p.sys.stopping.Load() {
		// Once SYSTEM^%ZSTOP runs, nothing is started any more: with a time-out $TEST tells.
		if !timed {
			return fault.New("FUNCTION", "*JOB during shutdown")
		}
		p.test = false
		return nil
	}
	q, err := p.sys.NewProcess(o)
	if err != nil {
		return err
	}
	if symbols {
		for name, v := range p.public {
			q.public[name] = copyVar(v)
		}
	}
	p.zchild = q.Job()
	if timed {
		p.test = true
	}
	go q.runJob(start)
	return nil
}

// jobOptions evaluates the process parameters: namespace, switch, principal devices, priority, working directory.
func (p *Process) jobOptions(params []ast.Expr) (o Options, symbols bool, err error) {
	o = Options{Namespace: p.Namespace(), User: p.user, Roles: p.roles, Parent: p.Job(), Directory: p.dir, Kind: "job"}
	for i, x := range params {
		if x == nil {
			continue
		}
		v, err := p.plainOf(x)
		if err != nil {
			return o, false, err
		}
		switch i {
		case 0:
			if s := v.Text(); s != "" {
				o.Namespace = s
			}
		case 1:
			symbols = fn.Whole(v)&jobSwitchSymbols != 0
		case 2, 3:
			if s := v.Text(); s != "" && s != "/dev/null" {
				return o, false, fault.New("UNIMPLEMENTED", "*a principal device for JOB")
			}
		case 5:
			if s := v.Text(); s != "" {
				o.Directory = strings.TrimRight(s, "/")
			}
		}
	}
	return o, symbols, nil
}

// copyVar copies a variable for another process: objects don't go with it.
func copyVar(v *Var) *Var {
	c := &Var{Set: v.Set}
	if v.Value.Obj == nil {
		c.Value = v.Value
	}
	if v.Below != nil {
		v.Below.Scan(func(key string, n *Var) bool {
			if c.Below == nil {
				c.Below = newTree()
			}
			c.Below.Set(key, copyVar(n))
			return true
		})
	}
	return c
}

// jobStart evaluates the target of JOB with its arguments, which go by value, and gives what the new process does.
func (p *Process) jobStart(c *ast.Call) (func(q *Process) error, error) {
	switch x := c.X.(type) {
	case *ast.ClassCall:
		return p.jobMethod(x.Class, x.Method, x.Args)
	case *ast.Method:
		if _, ok := x.Obj.(*ast.Self); ok && p.f.class != nil {
			return p.jobMethod(p.f.class.Name, x.Name, x.Args)
		}
	case *ast.Func:
		if x.Name == "$CLASSMETHOD" && len(x.Args) >= 2 {
			c, err := p.firstClass(x.Args)
			if err != nil {
				return nil, err
			}
			name, err := p.textOf(x.Args[1].X)
			if err != nil {
				return nil, err
			}
			return p.jobMethod(c.Name, name, x.Args[2:])
		}
	case nil:
		if c.Entry != nil {
			return p.jobEntry(c.Entry)
		}
	}
	return nil, fault.New("SYNTAX", "")
}

// jobArgs evaluates arguments: an object arrives as the empty string, and none may be left out.
func (p *Process) jobArgs(list []ast.Arg) ([]Actual, error) {
	args, err := p.arguments(list)
	if err != nil {
		return nil, err
	}
	for i := range args {
		if args[i].Omitted && args[i].Var == nil {
			return nil, fault.New("SYNTAX", "")
		}
		args[i].Var, args[i].Omitted = nil, false
		if args[i].Value.Obj != nil {
			args[i].Value = Value{}
		}
	}
	return args, nil
}

func (p *Process) jobMethod(className, method string, list []ast.Arg) (func(q *Process) error, error) {
	args, err := p.jobArgs(list)
	if err != nil {
		return nil, err
	}
	full := p.sys.Classes.FullName(p.store, p.store.Namespace(), p.f.class, className)
	return func(q *Process) error {
		c, err := q.sys.Classes.Class(q.store, q.store.Namespace(), full)
		if err != nil {
			return err
		}
		m := c.Methods[method]
		if m == nil {
			return fault.New("METHOD DOES NOT EXIST", "*"+method+","+c.Name)
		}
		_, err = q.invoke(c, m, nil, args, false)
		return err
	}, nil
}

func (p *Process) jobEntry(e *ast.EntryRef) (func(q *Process) error, error) {
	args, err := p.jobArgs(e.Args)
	if err != nil {
		return nil, err
	}
	at := *e
	if at.Routine == "" && at.RoutInd == nil {
		if p.f.routine == nil {
			return nil, fault.New("NOROUTINE", "")
		}
		at.Routine = p.f.routine.Name
	}
	label, rtn, offset, err := p.entryNames(&at)
	if err != nil {
		return nil, err
	}
	return func(q *Process) error {
		f, i, err := q.findIn(rtn, label, offset, &ast.EntryRef{})
		if err != nil {
			return err
		}
		f.kind = "JOB"
		_, err = q.callEntry(f, i, len(args) > 0, args)
		return err
	}, nil
}

// runJob is the life of a process that JOB started. An error that nobody handles goes to messages.log.
func (q *Process) runJob(start func(*Process) error) {
	defer q.End()
	defer q.rescue()
	if q.sys.Started != nil {
		q.sys.Started(q)
	}
	if err := start(q); err != nil && !isEnd(err) && !q.ended.Load() {
		err = q.locate(err)
		// The console's failure has nobody to be told to: the process is gone.
		_ = q.sys.Console(q.Job(), 1, "Utility.Event", "Job ended by an error: "+err.Error())
	}
	q.Flush()
	if q.sys.Ended != nil && q.life.Err() == nil {
		q.ended.Store(false) // HALT has ended the job's code, not this
		q.sys.Ended(q)
	}
}

// rescue keeps a defect of the interpreter from taking the instance with it: the process ends, messages.log tells.
func (p *Process) rescue() {
	if r := recover(); r != nil {
		_ = p.sys.Console(p.Job(), 2, "Utility.Event", "Process ended by a defect of irisdev: "+panicText(r))
	}
}

// Start runs a class method in a process of its own, as JOB does, and gives its number.
func (s *System) Start(o Options, className, method string, args ...Value) (int64, error) {
	q, err := s.NewProcess(o)
	if err != nil {
		return 0, err
	}
	go q.runJob(func(q *Process) error {
		_, err := q.CallMethod(className, method, args...)
		return err
	})
	return q.Job(), nil
}

// Wait waits until the processes given have ended, at most for so long; false if one still runs.
func (s *System) Wait(d time.Duration, jobs ...int64) bool {
	for end := time.Now().Add(d); ; time.Sleep(2 * time.Millisecond) {
		busy := false
		for _, j := range jobs {
			busy = busy || s.Job(j) != nil
		}
		if !busy {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}
