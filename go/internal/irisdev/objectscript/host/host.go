package host

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.uber.org/zap"

	"iris-pgwire/internal/irisdev/account"
	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/lib"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// Config is what a Host is made of.
type Config struct {
	Dir     string // the directory of the instance
	Store   *store.Store
	Logins  *account.Logins
	Version string // $ZVERSION
	Variant variant.Set
	Log     *zap.Logger
}

// Host is ObjectScript in one instance.
type Host struct {
	Config
	sys     *run.System
	console *Console
	tasks   *taskManager
	follow  chan struct{} // closed at the end, for what looks at the clock's file
}

// managerName is the folder of the manager directory.
const managerName = "mgr"

// New makes the system of an instance and opens its console log. Close must be called.
func New(c Config) (*Host, error) {
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		return nil, fmt.Errorf("find the manager directory: %w", err)
	}
	manager := filepath.Join(dir, managerName)
	if err := os.MkdirAll(manager, 0o750); err != nil {
		return nil, fmt.Errorf("make the manager directory: %w", err)
	}
	h := &Host{Config: c, follow: make(chan struct{})}
	clock := &run.Clock{}
	clock.Shift(clockOffset())
	if h.console, err = OpenConsole(manager, clock.Now); err != nil {
		return nil, err
	}
	separator := string(filepath.Separator)
	dictionary := class.NewDictionary(lib.Library())
	h.sys = run.NewSystem(&run.System{Store: c.Store, Classes: dictionary, Natives: natives(),
		Variant: c.Variant, Version: c.Version, Dir: manager + separator,
		Bin: filepath.Join(dir, "bin") + separator, Clock: clock, Console: h.console.Write,
		Check: lib.Check, Started: h.jobHook(start), Ended: h.jobHook(stop)})
	dictionary.Eval, dictionary.Execute = h.sys.Evaluate, h.sys.Execute
	h.tasks = newTaskManager(h)
	go h.followClock(clock)
	return h, nil
}

// UseSQL gives ObjectScript an SQL engine. It is called before Start.
func (h *Host) UseSQL(engine superserver.Engine) { h.sys.SQL = engine }

// Now is the instance's clock.
func (h *Host) Now() time.Time { return h.sys.Clock.Now() }

// clockInterval is how often the file that moves the clock is looked at.
const clockInterval = 20 * time.Millisecond

func (h *Host) followClock(clock *run.Clock) {
	if os.Getenv(ClockVariable) == "" {
		return
	}
	tick := time.NewTicker(clockInterval)
	defer tick.Stop()
	for {
		select {
		case <-h.follow:
			return
		case <-tick.C:
			clock.Shift(clockOffset())
		}
	}
}

// SetPort keeps the port of the superserver where ObjectScript looks for it.
func (h *Host) SetPort(port int) error {
	p, err := h.Store.NewProcess(system)
	if err != nil {
		return err
	}
	return errors.Join(p.Set(portNode(), value.Int(int64(port))), p.End())
}

// Port is the port of the superserver the last time, 0 if there was none.
func (h *Host) Port() int {
	p, err := h.Store.NewProcess(system)
	if err != nil {
		return 0
	}
	defer p.End()
	v, _ := p.Get(portNode())
	n, _ := v.Integer()
	return int(n)
}

// portNode keeps the port, where IRIS does.
func portNode() store.Ref { return store.At("%SYS", value.Text("SSPort")) }

// system is the namespace of the instance itself.
const system = "%SYS"

// Start is the start of IRIS: SYSTEM^%ZSTART, then the Task Manager.
func (h *Host) Start() {
	h.log(0, "startup of the instance in "+h.sys.Dir)
	h.systemHook(start, 0)
	h.tasks.start()
}

// Times of an orderly stop: ShutdownTimeout (IRIS docs, "ShutdownTimeout"), how long jobs may go on after SYSTEM^%ZSTOP, and
// how long their end may take.
const (
	shutdownTime = 300 * time.Second
	graceTime    = time.Second
	endTime      = 10 * time.Second
)

// Stop is the orderly stop of IRIS: JOB does not work any more, SYSTEM^%ZSTOP runs while the superserver still answers, then all
// processes end. The caller stops the superserver then.
func (h *Host) Stop() {
	h.tasks.stop()
	h.sys.Stopping()
	h.systemHook(stop, shutdownTime)
	for end := time.Now().Add(graceTime); h.hasJobs() && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	h.sys.KillAll(endTime)
	h.log(0, "shutdown of the instance")
}

// hasJobs reports that processes run that end by themselves when they are asked to: those that JOB started.
func (h *Host) hasJobs() bool {
	for _, p := range h.sys.Processes() {
		if p.Kind() == kindJob {
			return true
		}
	}
	return false
}

// Close ends what belongs to no process.
func (h *Host) Close() error {
	close(h.follow)
	return h.console.Close()
}

// log writes a line of the instance itself to the console log.
func (h *Host) log(severity int, text string) {
	if err := h.console.Write(int64(os.Getpid()), severity, "Generic.Event", text); err != nil {
		h.Log.Error("write the console log", zap.Error(err))
	}
}

// owner is the user that may do everything even in an instance without such an account: who can reach the control socket
// owns the instance.
const owner = "_SYSTEM"

// process makes a process for a user, with the roles of the account.
func (h *Host) process(o run.Options) (*run.Process, error) {
	if a, ok := h.Logins.Get(o.User); ok {
		o.User, o.Roles = a.Name, a.Roles
	} else if o.User == owner {
		o.Roles = account.All
	}
	return h.sys.NewProcess(o)
}

// killWhen kills a process when a context ends.
func (h *Host) killWhen(ctx context.Context, p *run.Process) (stop func() bool) {
	return context.AfterFunc(ctx, func() { h.sys.Kill(p.Job()) })
}

// What processes are.
const (
	kindJob      = "job" // started by JOB
	kindSystem   = "system"
	kindTask     = "task"
	kindTerminal = "terminal"
	kindServer   = "superserver"
)
