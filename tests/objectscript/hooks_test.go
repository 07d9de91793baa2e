package objectscript

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// What a site has of its own in ^%ZSTART, in the forms that people write, and whether its code runs at the start.
var siteRoutines = map[string]string{
	"a label and lines below":         "%ZSTART ; of the site\n quit\nSYSTEM ; starts things\n set ^zSite=1\n quit\nLOGIN\n quit\n",
	"code behind the label":           "%ZSTART\n quit\nSYSTEM set ^zSite=1 quit\nJOB quit\n",
	"code behind the label and tab":   "%ZSTART\n quit\nSYSTEM\tset ^zSite=1\n\tquit\n",
	"arguments":                       "%ZSTART\n quit\nSYSTEM()\n set ^zSite=1\n quit\n",
	"a block":                         "%ZSTART\n quit\nSYSTEM() public {\n set ^zSite=1\n}\nLOGIN\n quit\n",
	"a block that begins below":       "%ZSTART\n quit\nSYSTEM() public\n{\n set ^zSite=1\n}\n",
	"a block in one line":             "%ZSTART\n quit\nSYSTEM() public { set ^zSite=1 }\n",
	"no such label":                   "%ZSTART ; of the site\n quit\nLOGIN ; at each login\n set ^zLogin=1\n quit\n",
	"no such label, no quit":          "%ZSTART ; of the site\nLOGIN ; at each login\n set ^zLogin=1\n",
	"the label in a comment":          "%ZSTART\n quit\n/*\nSYSTEM is called by IRIS\n*/\nSYSTEM\n set ^zSite=1\n quit\n",
	"a label that begins like it":     "%ZSTART\n quit\nSYSTEMS quit\nSYSTEM1\n quit\nSYSTEM  ;two blanks\n set ^zSite=1  \n quit\n\n; the end\n",
	"an error trap of its own":        "%ZSTART\n quit\nSYSTEM\n set $ztrap=\"FAIL\"\n set ^zSite=1\n quit\nFAIL\n quit\n",
	"empty lines and trailing blanks": "%ZSTART\n\n quit\n\nSYSTEM\n\n set ^zSite=1   \n\n quit\n\n",
}

func TestASitesOwnStartRoutineIsKeptByteForByte(t *testing.T) {
	w := empty(t)
	pkg := unpack(t)
	w.irisdev("load", "--dir", w.dir, pkg+"/objectscript")
	for name, source := range siteRoutines {
		for _, form := range []string{"MAC", "INT"} {
			t.Run(name+" "+form, func(t *testing.T) {
				w := &world{t: t, dir: w.dir}
				w.line(`kill ^|"%SYS"|zSite`)
				w.writeRoutine("%ZSTART."+form, source)
				w.ok(`##class(%zPGWire.Hooks).Install(.problem)`)
				with := w.readRoutine("%ZSTART." + form)
				if n := strings.Count(with, "##class(%zPGWire.Startup).OnStart()"); n != 1 {
					t.Errorf("%d calls of ours in\n%s", n, with)
				}
				// The site's code runs, and ours before it.
				got := w.lines(`zn "%SYS"`, `kill ^zSite,^%zPGWire("want")`, `set ^%zPGWire("halting")=1`, `do SYSTEM^%ZSTART`, `write $get(^zSite),$data(^%zPGWire("halting"))`)
				want := "10"
				if !strings.Contains(source, "\nSYSTEM ") && !strings.Contains(source, "\nSYSTEM\n") && !strings.Contains(source, "\nSYSTEM(") && !strings.Contains(source, "\nSYSTEM\t") {
					want = "0"
				}
				if got != want {
					t.Errorf("run: %q, not %q\n%s", got, want, with)
				}
				w.ok(`##class(%zPGWire.Hooks).Install(.problem)`)
				if again := w.readRoutine("%ZSTART." + form); again != with {
					t.Errorf("a second time:\n%s", again)
				}
				w.ok(`##class(%zPGWire.Hooks).Remove()`)
				if after := w.readRoutine("%ZSTART." + form); after != source {
					t.Errorf("afterwards\n%q\nbefore\n%q", after, source)
				}
				w.lines(`zn "%SYS"`, `write ##class(%Routine).Delete("%ZSTART.`+form+`", 1)`)
			})
		}
	}
}

// A routine that does not compile is the site's; it is told, and the watchdog does the rest.
func TestAStartRoutineThatCannotBeChangedIsLeftAlone(t *testing.T) {
	w := empty(t)
	pkg := unpack(t)
	const source = "%ZSTART\n quit\nSYSTEM\n set x=)\n quit\n"
	w.writeRoutine("%ZSTART.MAC", source)
	w.installed(pkg)
	if got := w.readRoutine("%ZSTART.MAC"); got != source {
		t.Errorf("%q", got)
	}
	if got := w.reported(1, "^%ZSTART was left as it is"); len(got) != 1 || !strings.Contains(got[0], "watchdog task") {
		t.Errorf("%q", got)
	}
	w.halt(syscall.SIGTERM)
	w.boot()
	time.Sleep(time.Second)
	w.lines(`zn "%SYS"`, `do ##class(%SYS.Task).RunNow(^%zPGWire("task"))`)
	w.until(30*time.Second, "the watchdog has started it", func() bool { return w.serves() == nil })
}

func TestTheStartHooksFollowTheirSetting(t *testing.T) {
	w := empty(t)
	pkg := unpack(t)
	if got := w.install(pkg, anyPort+", 0"); got != "OK" {
		t.Fatal(got)
	}
	w.until(30*time.Second, "clients are served", func() bool { return w.state().State == "ready" && w.serves() == nil })
	exists := func() string {
		return w.lines(`zn "%SYS"`, `write ##class(%Routine).Exists("%ZSTART.MAC"),##class(%Routine).Exists("%ZSTOP.MAC")`)
	}
	if got := exists(); got != "00" {
		t.Errorf("switched off: %s", got)
	}
	w.set("service.start_hooks", "1")
	if got := exists(); got != "11" {
		t.Errorf("switched on: %s", got)
	}
	w.set("service.start_hooks", "0")
	if got := exists(); got != "00" {
		t.Errorf("switched off again: %s", got)
	}
}

func TestTheWatchdogStartsWhatOughtToRun(t *testing.T) {
	w := empty(t)
	w.installed(unpack(t))
	first := w.state().PID
	watch := func() { w.line(`do ##class(%zPGWire.Watchdog).Run()`) }
	w.irisdev("kill", "--dir", w.dir, w.line(`write ^%zPGWire("supervisor")`))
	w.until(10*time.Second, "the supervisor has gone", func() bool { return w.line(`write ##class(IrisPGWire.Supervisor).IsRunning()`) == "0" })
	watch()
	w.until(20*time.Second, "it is supervised again", func() bool { return len(w.reported(0, "is supervised again")) == 1 })
	if pid := w.state().PID; pid != first {
		t.Errorf("process %d has become %d", first, pid)
	}
	w.ok(`##class(IrisPGWire.Service).Stop()`)
	watch()
	time.Sleep(time.Second)
	if n := w.running(); n != 0 {
		t.Errorf("stopped by hand, but %d sidecars run", n)
	}
}

// writeRoutine makes a routine of %SYS with exactly these lines, compiled where it compiles.
func (w *world) writeRoutine(document, source string) {
	w.t.Helper()
	lines := []string{`zn "%SYS"`, `set r = ##class(%Routine).%New("` + document + `")`}
	for _, line := range strings.Split(strings.TrimSuffix(source, "\n"), "\n") {
		lines = append(lines, `do r.WriteLine("`+strings.NewReplacer(`"`, `""`, "\t", `"_$char(9)_"`).Replace(line)+`")`)
	}
	w.lines(append(lines, `write r.Save(),r.Compile()`)...)
}

func (w *world) readRoutine(document string) string {
	w.t.Helper()
	out := w.lines(`zn "%SYS"`, `set r = ##class(%Routine).%New("`+document+`") while 'r.AtEnd { write "[",r.ReadLine(),"]",! }`)
	var text strings.Builder
	for _, line := range strings.Split(out, "\n") {
		text.WriteString(strings.TrimSuffix(strings.TrimPrefix(line, "["), "]") + "\n")
	}
	return text.String()
}
