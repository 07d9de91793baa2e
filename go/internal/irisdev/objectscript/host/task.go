package host

import (
	"errors"
	"strconv"
	"sync"
	"time"

	"go.uber.org/zap"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// Tasks are nodes of a global, which the class %SYS.Task writes:
//
//	^%irisdevTask                 the number of the last task
//	^%irisdevTask(id,property)    what %SYS.Task keeps
//	^%irisdevTask(id,"Next")      when it runs next: days,seconds; none is not computed yet, "" never
//	^%irisdevTask(id,"RunNow")    it is to run once, at once
const taskGlobal = "%irisdevTask"

// taskInterval is how often the Task Manager looks at the tasks. IRIS does every 60 seconds.
const taskInterval = 500 * time.Millisecond

// taskManager runs tasks at their times.
type taskManager struct {
	h    *Host
	done chan struct{}
	end  sync.WaitGroup

	mu      sync.Mutex
	running map[int64]bool
	first   bool // what is due was missed while the instance was down
}

func newTaskManager(h *Host) *taskManager {
	return &taskManager{h: h, done: make(chan struct{}), running: map[int64]bool{}, first: true}
}

func (m *taskManager) start() {
	p, err := m.h.Store.NewProcess(system)
	if err != nil {
		m.h.log(2, "the Task Manager does not run: "+err.Error())
		return
	}
	m.end.Go(func() {
		defer p.End()
		tick := time.NewTicker(taskInterval)
		defer tick.Stop()
		for {
			if err := m.look(p); err != nil {
				m.h.Log.Error("look at the tasks", zap.Error(err))
			}
			select {
			case <-m.done:
				return
			case <-tick.C:
			}
		}
	})
}

// stop starts no more tasks; those that run end with the other processes.
func (m *taskManager) stop() {
	select {
	case <-m.done:
	default:
		close(m.done)
	}
	m.end.Wait()
}

func taskNode(id int64, name string) store.Ref {
	return store.At(taskGlobal, value.Int(id), value.Text(name))
}

// look starts what is due.
func (m *taskManager) look(p *store.Process) error {
	now := momentOf(m.h.sys.Clock.Now())
	for sub := range p.Below(store.At(taskGlobal)) {
		id, ok := sub.Integer()
		if !ok {
			continue
		}
		due, err := m.isDue(p, id, now)
		if err != nil {
			return err
		}
		if due {
			m.run(p, id)
		}
	}
	m.first = false
	return nil
}

// isDue reports whether a task is to be started, and computes its next run when it has none.
func (m *taskManager) isDue(p *store.Process, id int64, now moment) (bool, error) {
	property := func(name string) value.Value {
		v, _ := p.Get(taskNode(id, name))
		return v
	}
	m.mu.Lock()
	running := m.running[id]
	m.mu.Unlock()
	if running || property("Name").IsNull() {
		return false, nil
	}
	if !property("RunNow").IsNull() {
		return true, p.Kill(taskNode(id, "RunNow"))
	}
	if n, _ := property("Suspended").Integer(); n > 0 {
		return false, nil
	}
	planned, computed := p.Get(taskNode(id, "Next"))
	next, ok := parseMoment(planned.Text())
	due := computed && ok && !now.before(next)
	if computed && !due {
		return false, nil
	}
	if due && m.first && property("RescheduleOnStart").Text() == "1" {
		due = false
	}
	next, ok = readSchedule(property).next(now)
	return due, m.plan(p, id, next, ok)
}

// plan keeps when a task runs next.
func (m *taskManager) plan(p *store.Process, id int64, next moment, ok bool) error {
	if !ok {
		return p.Set(taskNode(id, "Next"), value.NullValue())
	}
	return errors.Join(p.Set(taskNode(id, "NextScheduledDate"), value.Int(int64(next.day))),
		p.Set(taskNode(id, "NextScheduledTime"), value.Int(int64(next.second))), p.Set(taskNode(id, "Next"), value.Text(next.String())))
}

// run starts a task in a process of its own.
func (m *taskManager) run(p *store.Process, id int64) {
	property := func(name string) string {
		v, _ := p.Get(taskNode(id, name))
		return v.Text()
	}
	name, suspend := property("Name"), property("SuspendOnError") == "1"
	user := property("RunAsUser")
	if a, ok := m.h.Logins.Get(user); !ok && user != owner || a.Disabled {
		m.h.log(1, "task "+strconv.Quote(name)+" did not start: user "+user+" does not exist or is disabled")
		return
	}
	job, err := m.h.process(run.Options{Namespace: property("NameSpace"), User: user, Kind: kindTask})
	if err != nil {
		m.h.log(1, "task "+strconv.Quote(name)+" did not start: "+err.Error())
		return
	}
	m.mu.Lock()
	m.running[id] = true
	m.mu.Unlock()
	go func() {
		text := m.execute(job, id)
		m.note(job.Store(), id, name, text, suspend)
		job.End()
		m.mu.Lock()
		delete(m.running, id)
		m.mu.Unlock()
	}()
}

// execute runs a task and gives the text of what went wrong.
func (m *taskManager) execute(job *run.Process, id int64) string {
	if err := job.Store().Set(taskNode(id, "LastStarted"), value.Text(momentOf(m.h.sys.Clock.Now()).String())); err != nil {
		return err.Error()
	}
	settings, _ := job.Store().Get(taskNode(id, "Settings"))
	class, _ := job.Store().Get(taskNode(id, "TaskClass"))
	status, err := job.CallMethod(class.Text(), "Run", run.Plain(settings))
	if err == nil && !status.Truth() {
		status, err = job.CallMethod("%SYSTEM.Status", "GetErrorText", status)
		if err == nil {
			return status.Text()
		}
	}
	switch {
	case run.IsEnd(err):
		return "" // it halted, or was ended
	case err != nil:
		return err.Error()
	}
	return ""
}

// note records how a run ended.
func (m *taskManager) note(p *store.Process, id int64, name, text string, suspend bool) {
	if err := p.TRollback(); err != nil { // what the task left open ends with it
		m.h.Log.Error("end a task", zap.Error(err))
	}
	if _, ok := p.Get(taskNode(id, "Name")); !ok {
		return // it was deleted meanwhile
	}
	status := "1"
	if text != "" {
		status = "0"
		m.h.log(1, "task "+strconv.Quote(name)+" failed: "+text)
	}
	set := func(name, text string) {
		if err := p.Set(taskNode(id, name), textValue(text)); err != nil {
			m.h.Log.Error("record a task", zap.Error(err))
		}
	}
	set("LastFinished", momentOf(m.h.sys.Clock.Now()).String())
	set("Status", status)
	set("Error", text)
	if text != "" && suspend {
		set("Suspended", "1")
	}
}

// textValue is a text as ObjectScript has it: the empty one is NULL, since SQL's empty string is $CHAR(0).
func textValue(s string) value.Value {
	if s == "" {
		return value.NullValue()
	}
	return value.Text(s)
}
