package lib

import (
	"os"
	"os/user"
	"strconv"
	"syscall"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
)

// processOf gives the process that an argument names: this one without it. Nil if there is none that runs ObjectScript.
func processOf(p *run.Process, c *run.Call, at int) *run.Process {
	if c.Text(at) == "" {
		return p
	}
	n, ok := c.Arg(at).Integer()
	if !ok {
		return nil
	}
	return p.System().Job(n)
}

// ask makes a method of something that is asked of a process by its number.
func ask(what func(q *run.Process) string) run.Native {
	return func(p *run.Process, c *run.Call) (run.Value, error) {
		q := processOf(p, c, 0)
		if q == nil {
			return run.Value{}, nil
		}
		return run.Text(what(q)), nil
	}
}

var processNatives = run.Natives{
	"%SYSTEM.Process:CallingRoutine": func(p *run.Process, _ *run.Call) (run.Value, error) { return run.Text(p.CallerName()), nil },
	"%SYSTEM.Process:CallingDatabase": func(p *run.Process, _ *run.Call) (run.Value, error) {
		return run.Text(p.System().Dir), nil
	},
	"%SYSTEM.Process:ClientIPAddress": ask((*run.Process).Client),
	"%SYSTEM.Process:CurrentDevice":   ask(func(*run.Process) string { return "" }),
	"%SYSTEM.Process:JobType": ask(func(q *run.Process) string {
		if q.Kind() == "terminal" {
			return "3"
		}
		return "1"
	}),
	"%SYSTEM.Process:NameSpace": func(p *run.Process, c *run.Call) (run.Value, error) {
		q := processOf(p, c, 0)
		if q == nil {
			return run.Value{}, nil
		}
		return run.Text(namespaceOf(p, q)), nil
	},
	"%SYSTEM.Process:Routine": ask(func(q *run.Process) string { _, routine := q.Place(); return routine }),
	"%SYSTEM.Process:State": func(p *run.Process, c *run.Call) (run.Value, error) {
		q := processOf(p, c, 0)
		if q == nil {
			return run.Value{}, nil
		}
		return run.Text(q.State()), nil
	},
	"%SYSTEM.Process:UserName": ask((*run.Process).User),
	"%SYSTEM.Process:CurrentDirectory": func(p *run.Process, c *run.Call) (run.Value, error) {
		old := p.Directory()
		if c.Given(0) && c.Text(0) != "" {
			dir := normal(p, c.Text(0))
			if st, err := os.Stat(dir); err != nil || !st.IsDir() {
				return run.Value{}, fault.New("DIRECTORY", "*"+c.Text(0))
			}
			p.SetDirectory(dir)
		}
		return run.Text(directory(p, old)), nil
	},
	"%SYSTEM.Process:OSError": func(p *run.Process, _ *run.Call) (run.Value, error) {
		n, text := p.OSError()
		if n == 0 {
			return run.Value{}, nil
		}
		return run.Text("<" + strconv.Itoa(n) + "> " + text), nil
	},
	"%SYSTEM.Process:PipeExitCode": func(p *run.Process, c *run.Call) (run.Value, error) {
		n, ok := p.PipeExitCode(c.Text(0))
		if !ok {
			set(p, c, 1, Status(5001, "No exit code of "+c.Text(0)+" is known"))
			return run.Int(-1), nil
		}
		set(p, c, 1, good)
		return run.Int(int64(n)), nil
	},
	"%SYSTEM.Process:Terminate": terminate,
	"%SYSTEM.Process:Undefined": func(p *run.Process, c *run.Call) (run.Value, error) {
		old := p.Undefined()
		if c.Given(0) {
			n := number(c, 0)
			if n < 0 || n > 2 {
				return run.Value{}, fault.New("ILLEGAL VALUE", "")
			}
			p.SetUndefined(n)
		}
		return run.Int(int64(old)), nil
	},
	"%SYSTEM.Process:BatchFlag": func(p *run.Process, c *run.Call) (run.Value, error) {
		old := p.Info("batch")
		if c.Given(0) {
			p.SetInfo("batch", run.Bool(c.Arg(0).Truth()))
		}
		return run.Bool(old.Truth()), nil
	},
	"%SYSTEM.Process:SetZEOF": func(p *run.Process, c *run.Call) (run.Value, error) {
		old := p.SetZEOF(c.Arg(0).Truth())
		if !c.Given(0) {
			p.SetZEOF(old)
		}
		return run.Bool(old), nil
	},
	"%SYSTEM.Process:UserInfo": func(p *run.Process, c *run.Call) (run.Value, error) {
		old := p.Info("userinfo")
		if c.Given(0) {
			p.SetInfo("userinfo", run.Text(c.Text(0)))
		}
		return old, nil
	},
	"%SYS.ProcessQuery:%OpenId": openProcess,
}

// namespaceOf is the namespace of a process; that of another one as of its last call.
func namespaceOf(p, q *run.Process) string {
	if p == q {
		return p.Namespace()
	}
	ns, _ := q.Place()
	return ns
}

// terminate ends a process: 1 done, -3 no process of this instance. Others than one's own need %Admin_Operate.
func terminate(p *run.Process, c *run.Call) (run.Value, error) {
	q := processOf(p, c, 0)
	if q == nil {
		n, _ := c.Arg(0).Integer()
		if n > 0 && p.System().Kill(n) {
			return run.Int(1), nil
		}
		return run.Int(-3), nil
	}
	if q != p && !p.Allowed("%Admin_Operate", "USE") {
		return run.Value{}, fault.New("PROTECT", "")
	}
	p.System().Kill(q.Job())
	return run.Int(1), nil
}

// openProcess makes the object of a process, with what is known of it at the moment.
func openProcess(p *run.Process, c *run.Call) (run.Value, error) {
	q := processOf(p, c, 0)
	if q == nil || c.Text(0) == "" {
		set(p, c, 2, Status(5809, c.Class.Name, c.Text(0)))
		return run.Value{}, nil
	}
	o, err := p.NewObject(c.Class)
	if err != nil {
		return run.Value{}, err
	}
	_, routine := q.Place()
	osUser := ""
	if u, err := user.Current(); err == nil {
		osUser = u.Username
	}
	for name, v := range map[string]run.Value{
		"Pid": run.Int(q.Job()), "UserName": run.Text(q.User()), "NameSpace": run.Text(namespaceOf(p, q)),
		"Routine": run.Text(routine), "State": run.Text(q.State()), "JobNumber": run.Int(q.Job()),
		"JobType": run.Int(1), "ClientIPAddress": run.Text(q.Client()), "LoginRoles": run.Text(q.LoginRoles()),
		"Roles": run.Text(q.Roles()), "OSUserName": run.Text(osUser), "InTransaction": run.Bool(q.Store().TLevel() > 0),
	} {
		p.SetRaw(o, name, v)
	}
	if q == p {
		p.SetRaw(o, "UserInfo", p.Info("userinfo"))
	}
	set(p, c, 2, good)
	return run.Ref(o), nil
}

// osText is the system's text of an error number.
func osText(n int) string { return syscall.Errno(n).Error() } //nolint:gosec // a number of the system

var deviceNatives = run.Natives{
	"%Library.Device:ReDirectIO": func(p *run.Process, c *run.Call) (run.Value, error) {
		if !c.Given(0) {
			return run.Bool(p.Redirected()), nil
		}
		return run.Bool(p.ReDirectIO(c.Arg(0).Truth())), nil
	},
	"%Library.Device:GetMnemonicRoutine": func(p *run.Process, _ *run.Call) (run.Value, error) { return run.Text(p.Mnemonics()), nil },
	"%Library.Device:GetType":            func(p *run.Process, _ *run.Call) (run.Value, error) { return run.Int(int64(p.DeviceType())), nil },
}
