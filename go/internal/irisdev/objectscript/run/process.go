package run

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/superserver"
)

// errEnd is the end of a process: HALT, or a kill. It passes every handler.
var errEnd = errors.New("the process ends")

func isEnd(err error) bool { return errors.Is(err, errEnd) }

// IsEnd reports that an error is the end of the process and no error of its code.
func IsEnd(err error) bool { return isEnd(err) }

// Options of a process.
type Options struct {
	Namespace string // USER without one
	User      string // $USERNAME; _SYSTEM without one
	Roles     string // $ROLES; %All without any
	In        io.Reader
	Out       io.Writer
	Client    string // its address, for %SYS.ProcessQuery
	Parent    int64  // $ZPARENT
	Directory string // the working directory; the process' own without one
	Live      bool   // somebody watches: what WRITE writes is shown at once
	Kind      string // what it is: terminal, job, superserver
	// Store is a job that exists already; without one a job is begun.
	Store *store.Process
}

// Process is one IRIS job. It is used by one goroutine at a time; only Kill and the state may be asked from others.
type Process struct {
	sys    *System
	store  *store.Process
	opts   Options
	life   context.Context // ends with the process
	cancel context.CancelFunc
	ctx    context.Context // what waits watch: ends with the process or an interrupt
	interruption
	ended atomic.Bool // HALT or a kill: no more code runs
	owns  bool        // the store's process ends with it

	public  map[string]*Var
	ppg     map[string]*Var // process-private globals
	f       *frame
	depth   int
	base    frame // of the terminal, or of whoever calls from Go
	test    bool  // $TEST
	naked   *globalRef
	objects map[int64]*Object
	opened  map[string]*Object // persistent ones by class and id
	lastID  int64
	waste   []waste
	natives map[*class.Method]Native
	labels  map[*ast.Routine]map[string]int

	device  *device
	home    *device // the principal device
	devices map[string]*device

	zerror      string
	ecode       string
	etrap       string
	caught      *Thrown // what the running CATCH caught
	zchild      int64
	osError     osError
	relayed     chan []byte // what a program writes to the principal device
	user        string
	roles       string
	login       string // roles at login
	undefined   int    // $SYSTEM.Process.Undefined
	dir         string
	session     superserver.Session
	sessionIn   string // the namespace of session
	cursors     map[string]*sqlCursor
	state       atomic.Value // what it does: RUN, LOCK, HANG …
	where       atomic.Value // namespace and routine, for others
	started     time.Time
	counted     int64 // commands executed
	goTo        *target
	estack      int
	search      []string // what $ZSEARCH has not given yet
	exprs       map[string]ast.Expr
	codes       map[string]*xcode
	info        map[string]Value // what natives of package lib keep
	zeof        bool
	diverted    bool // output goes to a routine
	redirecting bool
	pipeExit    int // the exit status of the last pipe closed
}

// NewProcess starts a process. <NAMESPACE> if its namespace does not exist.
func (s *System) NewProcess(o Options) (*Process, error) {
	if o.Namespace == "" {
		o.Namespace = "USER"
	}
	p := &Process{sys: s, store: o.Store, opts: o, public: map[string]*Var{}, ppg: map[string]*Var{},
		objects: map[int64]*Object{}, natives: map[*class.Method]Native{}, labels: map[*ast.Routine]map[string]int{},
		devices: map[string]*device{}, cursors: map[string]*sqlCursor{}, info: map[string]Value{}, exprs: map[string]ast.Expr{}, codes: map[string]*xcode{},
		user: o.User, roles: o.Roles, dir: o.Directory, started: time.Now()}
	if p.store == nil {
		var err error
		if p.store, err = s.Store.NewProcess(o.Namespace); err != nil {
			return nil, fault.New("NAMESPACE", "*"+o.Namespace)
		}
		p.owns = true
	}
	if p.user == "" {
		p.user = "_SYSTEM"
	}
	if p.roles == "" && o.User == "" { // an account without roles has none
		p.roles = "%All"
	}
	p.login = p.roles
	if p.dir == "" {
		if wd, err := os.Getwd(); err == nil {
			p.dir = wd
		}
	}
	p.life, p.cancel = context.WithCancel(context.Background())
	p.arm()
	p.state.Store("RUN")
	p.f = &p.base
	p.base.name = ""
	p.home = newPrincipal(o.In, o.Out)
	p.device = p.home
	s.mu.Lock()
	s.jobs[p.store.Job()] = p
	s.mu.Unlock()
	return p, nil
}

// End ends the process: what it holds open is closed, the transaction rolled back, locks freed. It may be called twice.
func (p *Process) End() {
	p.kill()
	p.sys.mu.Lock()
	delete(p.sys.jobs, p.store.Job())
	p.sys.mu.Unlock()
	p.closeDevices()
	p.closeSQL()
	p.sys.events.gone(p.store.Job())
	if p.owns {
		_ = p.store.End() // the journal keeps its failure, and the next write reports it
	}
}

// kill makes the process stop at the next command or at once where it waits.
func (p *Process) kill() {
	p.ended.Store(true)
	p.cancel()
}

// System is the instance.
func (p *Process) System() *System { return p.sys }

// Store is the job in the store: globals, locks, transaction, namespace.
func (p *Process) Store() *store.Process { return p.store }

// Context ends when the process does, or what it waits for is interrupted. It is for the process' own goroutine.
func (p *Process) Context() context.Context { return p.ctx }

// Life ends when the process does.
func (p *Process) Life() context.Context { return p.life }

// Job is $JOB.
func (p *Process) Job() int64 { return p.store.Job() }

// Parent is $ZPARENT.
func (p *Process) Parent() int64 { return p.opts.Parent }

// Client is the address that the process serves.
func (p *Process) Client() string { return p.opts.Client }

// Kind says what the process is.
func (p *Process) Kind() string { return p.opts.Kind }

// Began is when the process began.
func (p *Process) Began() time.Time { return p.started }

// State is what the process does at the moment, as %SYS.ProcessQuery names it. It may be asked by others.
func (p *Process) State() string { return p.state.Load().(string) }

// Place is the namespace and the routine of the last call, as others see it.
func (p *Process) Place() (namespace, routine string) {
	w, _ := p.where.Load().([2]string)
	return w[0], w[1]
}

// Namespace is $NAMESPACE.
func (p *Process) Namespace() string { return p.store.Namespace() }

// SetNamespace changes the namespace; <NAMESPACE> if there is none of that name.
func (p *Process) SetNamespace(ns string) error {
	if err := p.store.SetNamespace(ns); err != nil {
		return fault.New("NAMESPACE", "*"+ns)
	}
	return nil
}

// User is $USERNAME.
func (p *Process) User() string { return p.user }

// Login makes the process that of another user.
func (p *Process) Login(user, roles string) { p.user, p.roles, p.login = user, roles, roles }

// Roles is $ROLES.
func (p *Process) Roles() string { return p.roles }

// SetRoles changes $ROLES.
func (p *Process) SetRoles(roles string) { p.roles = roles }

// LoginRoles are the roles that the process got with its user.
func (p *Process) LoginRoles() string { return p.login }

// HasAll reports the role %All, which every privilege belongs to.
func (p *Process) HasAll() bool {
	for _, r := range strings.Split(p.roles, ",") {
		if r == "%All" {
			return true
		}
	}
	return false
}

// Directory is the working directory, without a separator at its end.
func (p *Process) Directory() string { return p.dir }

// SetDirectory changes it.
func (p *Process) SetDirectory(dir string) { p.dir = dir }

// Undefined tells what reading an undefined variable does: 0 is an error, 1 and 2 give the empty string for subscripted or
// for all variables ($SYSTEM.Process.Undefined).
func (p *Process) Undefined() int { return p.undefined }

// SetUndefined changes it.
func (p *Process) SetUndefined(mode int) { p.undefined = mode }

// Info is a place for what natives keep of a process.
func (p *Process) Info(key string) Value { return p.info[key] }

// SetInfo keeps a value.
func (p *Process) SetInfo(key string, v Value) {
	p.Retain(v)
	p.Release(p.info[key])
	p.info[key] = v
}

// Public gives the public variable of a name, %objlasterror for example, and makes it if it is not there.
func (p *Process) Public(name string) *Var {
	v := p.public[name]
	if v == nil {
		v = &Var{}
		p.public[name] = v
	}
	return v
}

// busy tells what the process waits for while wait runs.
func (p *Process) busy(state string, wait func() error) error {
	p.state.Store(state)
	p.home.flush() // who waits at the terminal sees what came before
	err := wait()
	p.state.Store("RUN")
	if p.ended.Load() {
		return errEnd
	}
	if e := p.interrupted(); e != nil {
		return e
	}
	return err
}

// Sleep waits; the end of the process ends it with an error.
func (p *Process) Sleep(d time.Duration) error {
	return p.busy("HANG", func() error {
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-t.C:
		case <-p.ctx.Done():
		}
		return nil
	})
}
