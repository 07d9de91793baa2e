package host

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"iris-pgwire/internal/irisdev/account"
	"iris-pgwire/internal/irisdev/control"
	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/store/storetest"
	"iris-pgwire/internal/irisdev/value"
)

// running is an instance in memory with a control socket.
type running struct {
	*Host
	t       *testing.T
	sockets *control.Listener
}

// newHost makes one; nothing has started yet.
func newHost(t *testing.T) *running {
	t.Helper()
	s := storetest.Memory(t)
	logins, err := account.NewLogins(s)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	h, err := New(Config{Dir: dir, Store: s, Logins: logins, Version: "irisdev Version 2025.1 Build 1", Log: zap.NewNop()})
	if err != nil {
		t.Fatal(err)
	}
	r := &running{Host: h, t: t}
	r.account("_SYSTEM", account.All)
	if r.sockets, err = control.Listen(dir); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); r.sockets.Serve(ctx, h.Serve) }()
	t.Cleanup(func() {
		cancel()
		<-done
		h.tasks.stop()
		h.sys.KillAll(endTime)
		if err := r.sockets.Close(); err != nil {
			t.Error(err)
		}
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func (r *running) account(name, roles string) {
	r.t.Helper()
	a, err := account.New(name, "x", roles)
	if err == nil {
		err = r.system(func(p *store.Process) error { return account.Put(p, a) })
	}
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *running) system(do func(p *store.Process) error) error {
	p, err := r.Store.NewProcess(system)
	if err != nil {
		return err
	}
	defer p.End()
	return do(p)
}

// load takes in sources and compiles them: each begins with its file name on a line.
func (r *running) load(namespace string, sources ...string) {
	r.t.Helper()
	p, err := r.sys.NewProcess(run.Options{Namespace: namespace})
	if err != nil {
		r.t.Fatal(err)
	}
	defer p.End()
	d := r.sys.Classes.(*class.Dictionary)
	for _, s := range sources {
		file, text, _ := strings.Cut(s, "\n")
		item, err := d.LoadText(p.Store(), namespace, file, text)
		if err != nil {
			r.t.Fatal(err)
		}
		name := item[:strings.LastIndexByte(item, '.')]
		if strings.HasSuffix(item, ".cls") {
			for _, wrong := range d.Compile(p, namespace, []string{name}, nil) {
				r.t.Fatal(wrong)
			}
		} else if err := d.CompileRoutine(p.Store(), namespace, name, "MAC"); err != nil {
			r.t.Fatal(err)
		}
	}
}

// ask sends a request with its whole input and gives output and result.
func (r *running) ask(q control.Request, input string) (string, control.Result) {
	r.t.Helper()
	c, err := control.Dial(r.sockets.Path())
	if err != nil {
		r.t.Fatal(err)
	}
	defer c.Close()
	var out bytes.Buffer
	result, err := c.Run(q, strings.NewReader(input), &out)
	if err != nil {
		r.t.Fatal(err)
	}
	return out.String(), result
}

// terminal runs lines at the terminal.
func (r *running) lines(input string) string {
	r.t.Helper()
	out, result := r.ask(control.Request{Command: control.Terminal, User: "_SYSTEM"}, input)
	if result != (control.Result{}) {
		r.t.Errorf("%q: %+v", input, result)
	}
	return out
}

// client is a terminal that stays open.
type client struct {
	t    *testing.T
	c    *control.Client
	in   *io.PipeWriter
	out  *lockedBuffer
	done chan control.Result
}

func (r *running) open(q control.Request) *client {
	r.t.Helper()
	c, err := control.Dial(r.sockets.Path())
	if err != nil {
		r.t.Fatal(err)
	}
	in, feed := io.Pipe()
	t := &client{t: r.t, c: c, in: feed, out: &lockedBuffer{}, done: make(chan control.Result, 1)}
	q.Command = control.Terminal
	if q.User == "" {
		q.User = "_SYSTEM"
	}
	go func() {
		result, _ := c.Run(q, in, t.out)
		t.done <- result
	}()
	r.t.Cleanup(func() { feed.Close(); c.Close() })
	return t
}

// say gives the terminal a line and waits for an output.
func (c *client) say(line, want string) string {
	c.t.Helper()
	if _, err := io.WriteString(c.in, line+"\n"); err != nil {
		c.t.Fatal(err)
	}
	eventually(c.t, line+" gives "+want, func() bool { return strings.Contains(c.out.String(), want) })
	return c.out.String()
}

// eventually waits for something to become true.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not in time: %s", what)
		}
	}
}

// node reads a node of a global of %SYS or USER.
func (r *running) node(namespace, global string, subs ...any) string {
	r.t.Helper()
	p, err := r.Store.NewProcess(namespace)
	if err != nil {
		r.t.Fatal(err)
	}
	defer p.End()
	ref := store.At(global)
	for _, s := range subs {
		switch s := s.(type) {
		case int:
			ref = ref.Sub(value.Int(int64(s)))
		case string:
			ref = ref.Sub(value.Text(s))
		}
	}
	v, _ := p.Get(ref)
	return v.Text()
}
