package host

import (
	"context"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// hook is one of the two routines of a site that IRIS calls when something starts or stops, and the name of the properties of
// Config.Startup that switch its entries (IRIS docs, "Customizing Start and Stop Behavior with ^%ZSTART and ^%ZSTOP Routines").
type hook struct{ routine, suffix string }

var (
	start = hook{"%ZSTART", "Start"}
	stop  = hook{"%ZSTOP", "Halt"}
)

// entry is a label that may be in them.
type entry struct{ label, property string }

var (
	entrySystem = entry{"SYSTEM", "System"}
	entryLogin  = entry{"LOGIN", "Process"}
	entryJob    = entry{"JOB", "Job"}
)

// exists reports that a routine has the entry and that it is switched on.
func (h *Host) exists(k hook, e entry, p *store.Process) bool {
	at := store.At("%irisdevSec", value.Text("Startup"), value.Text(e.property+k.suffix))
	if v, ok := p.Get(at); ok && v.Text() == "0" {
		return false
	}
	r, err := h.sys.Classes.Routine(p, system, k.routine)
	if err != nil {
		return false
	}
	for _, line := range r.Lines {
		if line.Label != nil && line.Label.Name == e.label {
			return true
		}
	}
	return false
}

// call runs the entry in a process; errors go to the console log, the end of the process is given back.
func (h *Host) call(k hook, e entry, p *run.Process) error {
	if !h.exists(k, e, p.Store()) {
		return nil
	}
	_, err := p.CallRoutine(e.label, k.routine)
	if err != nil && !run.IsEnd(err) {
		h.log(1, e.label+"^"+k.routine+" failed: "+err.Error())
		return nil
	}
	return err
}

// systemHook runs SYSTEM^%ZSTART or SYSTEM^%ZSTOP as %SYSTEM with %All; a limit of 0 is none.
func (h *Host) systemHook(k hook, limit time.Duration) {
	p, err := h.sys.NewProcess(run.Options{Namespace: system, User: "%SYSTEM", Roles: "%All", Kind: kindSystem})
	if err != nil {
		h.log(2, "SYSTEM^"+k.routine+" was not called: "+err.Error())
		return
	}
	defer p.End()
	if limit > 0 {
		ctx, cancel := context.WithTimeout(context.Background(), limit)
		defer cancel()
		defer h.killWhen(ctx, p)()
	}
	_ = h.call(k, entrySystem, p) // the process ends with it anyway
}

// jobHook is what happens at the begin and end of a process that JOB started.
func (h *Host) jobHook(k hook) func(*run.Process) {
	return func(p *run.Process) { _ = h.call(k, entryJob, p) } // a process that has ended runs no more code
}
