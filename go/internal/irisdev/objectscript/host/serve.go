package host

import (
	"fmt"
	"strconv"
	"time"

	"iris-pgwire/internal/irisdev/control"
	"iris-pgwire/internal/irisdev/objectscript/run"
)

// Serve answers a client of the control socket: terminal, load, kill or zpm.
func (h *Host) Serve(s *control.Session) control.Result {
	switch s.Command {
	case control.Terminal:
		return h.terminal(s)
	case control.Load:
		return h.load(s)
	case control.Kill:
		return h.kill(s)
	case control.Zpm:
		return h.zpm(s)
	}
	return failed("this irisdev does not know the command %q", s.Command)
}

func failed(format string, args ...any) control.Result {
	return control.Result{Code: 1, Error: fmt.Sprintf(format, args...)}
}

// open makes the process of a client.
func (h *Host) open(s *control.Session) (*run.Process, error) {
	switch a, ok := h.Logins.Get(s.User); {
	case !ok && s.User != owner:
		return nil, fmt.Errorf("user %q does not exist", s.User)
	case a.Disabled:
		return nil, fmt.Errorf("user %q is disabled", s.User)
	}
	return h.process(run.Options{Namespace: s.Namespace, User: s.User, In: s, Out: s, Live: s.Interactive, Kind: kindTerminal, Directory: s.Directory})
}

// killTime is how long the end of a killed job is waited for. It takes that of the command which it runs.
const killTime = 10 * time.Second

// kill ends a job hard: no handler runs, its locks are freed, its transaction is rolled back.
func (h *Host) kill(s *control.Session) control.Result {
	if len(s.Args) != 1 {
		return failed("kill needs the number of one job")
	}
	job, err := strconv.ParseInt(s.Args[0], 10, 64)
	if err != nil || !h.sys.Kill(job) {
		return failed("there is no job %s", s.Args[0])
	}
	for end := time.Now().Add(killTime); h.Store.Process(job) != nil; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			return failed("job %d does not end", job)
		}
	}
	return control.Result{}
}
