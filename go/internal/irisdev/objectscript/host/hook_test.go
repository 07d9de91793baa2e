package host

import (
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

const startRoutine = `%ZSTART.mac
ROUTINE %ZSTART
SYSTEM set ^%hook("start")=$username_":"_$roles_":"_$namespace
 quit
JOB set ^%hook("job",$job)=1
 quit
LOGIN set ^%hook("login")=$username
 quit
`

const stopRoutine = `%ZSTOP.mac
ROUTINE %ZSTOP
SYSTEM job SYSTEM^%ZSTART::1 set ^%hook("stop")=$test
 quit
JOB set ^%hook("jobstop",$job)=1
 quit
LOGIN set ^%hook("logout")=1
 quit
`

func TestTheEntriesOfStartAndStop(t *testing.T) {
	r := newHost(t)
	r.load("%SYS", startRoutine, stopRoutine, "%zWork.mac\nROUTINE %zWork\nrun halt\n")
	r.Start()
	if got := r.node("%SYS", "%hook", "start"); got != "%SYSTEM:%All:%SYS" {
		t.Errorf("SYSTEM^%%ZSTART ran as %q", got)
	}
	r.lines("job run^%zWork set ^%child=$zchild")
	child, _ := value.Text(r.node("%SYS", "%child")).Integer()
	eventually(t, "the job's end", func() bool { return r.node("%SYS", "%hook", "jobstop", int(child)) == "1" })
	if r.node("%SYS", "%hook", "job", int(child)) != "1" || r.node("%SYS", "%hook", "login") != "_SYSTEM" {
		t.Error("JOB^%ZSTART or LOGIN^%ZSTART did not run")
	}
	r.lines("halt")
	if r.node("%SYS", "%hook", "logout") != "1" {
		t.Error("LOGIN^%ZSTOP did not run")
	}
	r.Stop()
	if got := r.node("%SYS", "%hook", "stop"); got != "0" {
		t.Errorf("JOB in SYSTEM^%%ZSTOP: $TEST is %q", got)
	}
	if log := logText(t, r.sys.Dir); strings.Contains(log, ") 1 ") || strings.Contains(log, ") 2 ") {
		t.Error(log)
	}
}

func TestAnEntryThatFailsIsLogged(t *testing.T) {
	r := newHost(t)
	r.load("%SYS", "%ZSTART.mac\nROUTINE %ZSTART\nSYSTEM write nothing\n quit\n")
	r.Start()
	if log := logText(t, r.sys.Dir); !strings.Contains(log, ") 1 [Generic.Event] SYSTEM^%ZSTART failed: <UNDEFINED>SYSTEM^%ZSTART *nothing") {
		t.Error(log)
	}
}

func TestAnEntryThatIsSwitchedOff(t *testing.T) {
	r := newHost(t)
	r.load("%SYS", startRoutine)
	off := store.At("%irisdevSec", value.Text("Startup"), value.Text("SystemStart"))
	if err := r.system(func(p *store.Process) error { return p.Set(off, value.Int(0)) }); err != nil {
		t.Fatal(err)
	}
	r.Start()
	if got := r.node("%SYS", "%hook", "start"); got != "" {
		t.Errorf("it ran as %q", got)
	}
}

func TestStopEndsJobs(t *testing.T) {
	r := newHost(t)
	r.load("USER", "A.mac\nROUTINE A\nrun lock +^x tstart  set ^y=1,^IRIS.Temp.on=1 for  hang 1\n")
	r.Start()
	r.lines("job run^A")
	eventually(t, "the job", func() bool { return r.node("USER", "IRIS.Temp.on") == "1" })
	r.Stop()
	if jobs := r.sys.Processes(); len(jobs) != 0 {
		t.Errorf("%d processes are left", len(jobs))
	}
	if r.node("USER", "y") != "" {
		t.Error("what the job left open was not rolled back")
	}
}

func TestThePortIsKept(t *testing.T) {
	r := newHost(t)
	if err := r.SetPort(4711); err != nil || r.Port() != 4711 {
		t.Errorf("%d %v", r.Port(), err)
	}
	if out := r.lines("write ^%SYS(\"SSPort\")"); out != "4711\n" {
		t.Errorf("%q", out)
	}
}
