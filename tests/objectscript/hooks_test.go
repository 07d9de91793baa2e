package objectscript

import (
	"regexp"
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
	t.Parallel()
	w := empty(t)
	pkg := unpack(t)
	w.irisdev("load", "--dir", w.dir, pkg+"/objectscript")
	for name, source := range siteRoutines {
		for _, form := range []string{"MAC", "INT"} {
			t.Run(name+" "+form, func(t *testing.T) {
				w := &world{t: t, dir: w.dir}
				document := "%ZSTART." + form
				install, remove := `write ##class(%zPGWire.Hooks).Install(.problem),$get(problem)`, `write ##class(%zPGWire.Hooks).Remove()`
				// The site's code runs, and ours before it.
				run := []string{`kill ^zSite,^%zPGWire("want")`, `set ^%zPGWire("halting")=1`, `do SYSTEM^%ZSTART`, `write $get(^zSite),$data(^%zPGWire("halting"))`}
				got := w.steps(routineLines(document, source), []string{install}, readLines(document), run, []string{install}, readLines(document),
					[]string{remove}, readLines(document), []string{`write ##class(%Routine).Delete("` + document + `",0,1)`})
				if got[0] != "11" || got[1] != "1" || got[4] != "1" || got[6] != "1" || got[8] != "1" {
					t.Errorf("%q", got)
				}
				with := routineText(got[2])
				if n := strings.Count(with, "##class(%zPGWire.Startup).OnStart()"); n != 1 {
					t.Errorf("%d calls of ours in\n%s", n, with)
				}
				want := "10"
				if strings.HasPrefix(name, "no such label") {
					want = "0"
				}
				if got[3] != want {
					t.Errorf("run: %q, not %q\n%s", got[3], want, with)
				}
				if again := routineText(got[5]); again != with {
					t.Errorf("a second time:\n%s", again)
				}
				if after := routineText(got[7]); after != source {
					t.Errorf("afterwards\n%q\nbefore\n%q", after, source)
				}
			})
		}
	}
}

// A routine that is the site's alone; what runs stays, and it is told why.
func TestAStartRoutineThatCannotBeChangedIsLeftAlone(t *testing.T) {
	t.Parallel()
	const good = "%ZSTART\n quit\nSYSTEM\n set ^zSite=1\n quit\n"
	w := empty(t)
	w.irisdev("load", "--dir", w.dir, unpack(t)+"/objectscript")
	for name, c := range map[string]struct {
		form, source string
		then         string // what the site did next
		reason, runs string
	}{
		"its source does not compile":   {form: "MAC", source: "%ZSTART\n quit\nSYSTEM\n set x=)\n quit\n", reason: "is not compiled"},
		"intermediate code likewise":    {form: "INT", source: "%ZSTART\n quit\nSYSTEM\n set x=)\n quit\n", reason: "Error compiling routine"},
		"its source has gone":           {form: "MAC", source: good, then: `do ##class(%Routine).Delete("%ZSTART.MAC",2,1)`, reason: "its source is missing", runs: "1"},
		"intermediate code alone, gone": {form: "INT", source: good, then: `do ##class(%Routine).Delete("%ZSTART.INT",1,1)`, reason: "its source is missing", runs: "1"},
		"its source was changed since": {form: "MAC", source: good, reason: "was changed and is not compiled", runs: "1",
			then: `set r=##class(%Routine).%New("%ZSTART.MAC") do r.Clear(),r.WriteLine("%ZSTART"),r.WriteLine("SYSTEM set ^zSite=2 quit"),r.Save(1)`},
	} {
		t.Run(name, func(t *testing.T) {
			w := &world{t: t, dir: w.dir}
			zwrite := []string{`zwrite ^%irisdevRoutine("%SYS","r","%ZSTART.MAC"),^%irisdevRoutine("%SYS","r","%ZSTART.INT"),^%irisdevRoutine("%SYS","r","%ZSTART.OBJ")`}
			then := append([]string{c.then, `kill ^zSite`}, zwrite...)
			if c.then == "" {
				then = zwrite
			}
			got := w.steps(routineLines("%ZSTART."+c.form, c.source), then, []string{`write ##class(%zPGWire.Hooks).Install(.problem),problem`}, zwrite,
				[]string{`do:$data(^$ROUTINE("%ZSTART")) SYSTEM^%ZSTART`, `write $get(^zSite)`}, []string{`write ##class(%zPGWire.Hooks).Remove()`}, zwrite,
				[]string{`for i="MAC","INT","OBJ" { write ##class(%Routine).Delete("%ZSTART."_i,0,1) } kill ^zSite`})
			if !strings.HasPrefix(got[2], "1^%ZSTART was left as it is: ") || !strings.Contains(got[2], c.reason) || !strings.Contains(got[2], "watchdog task") {
				t.Errorf("it is told %q", got[2])
			}
			stamps := regexp.MustCompile(`=\d+(\n|$)`)
			if before := stamps.ReplaceAllString(got[1], "\n"); stamps.ReplaceAllString(got[3], "\n") != before || stamps.ReplaceAllString(got[6], "\n") != before || before == "" {
				t.Errorf("before\n%s\nafter\n%s\nand\n%s", got[1], got[3], got[6])
			}
			if got[4] != c.runs || got[5] != "1" {
				t.Errorf("run: %q, removed: %q", got[4], got[5])
			}
		})
	}
}

// The start of IRIS does not start the service then, but the watchdog does.
func TestTheWatchdogStartsTheServiceWhereTheHookCannot(t *testing.T) {
	eachIPM(t, func(t *testing.T, m *manager) {
		m.writeRoutine("%ZSTART.MAC", "%ZSTART\n quit\nSYSTEM set ^zSite=$get(^zSite)+1 quit\n")
		object := `zwrite ^|"%SYS"|%irisdevRoutine("%SYS","r","%ZSTART.OBJ")`
		m.lines(`zn "%SYS"`, `do ##class(%Routine).Delete("%ZSTART.MAC",2,1)`)
		before, code := m.kept(), m.line(object)
		if out := m.must(m.install()); !strings.Contains(out, "^%ZSTART was left as it is: its source is missing") {
			t.Error(out)
		}
		m.serving(version)
		if got := m.reported(1, "^%ZSTART was left as it is: its source is missing"); len(got) != 1 || !strings.Contains(got[0], "watchdog task") {
			t.Errorf("%q", got)
		}
		if got := m.line(object); got != code || !strings.Contains(code, "OBJ") {
			t.Errorf("%s\n%s", code, got)
		}
		m.halt(syscall.SIGTERM)
		m.boot()
		m.until(10*time.Second, "the site's code has run", func() bool { return m.line(`write $get(^|"%SYS"|zSite)`) == "1" })
		time.Sleep(500 * time.Millisecond)
		if m.running() != 0 {
			t.Error("the start of IRIS has started it")
		}
		m.lines(`zn "%SYS"`, `do ##class(%SYS.Task).RunNow(^%zPGWire("task"))`)
		m.until(30*time.Second, "the watchdog has started it", func() bool { return m.serves() == nil })
		m.must("uninstall iris-pgwire")
		m.line(`kill ^|"%SYS"|zSite`)
		m.unchanged(before)
	})
}

func TestTheStartHooksFollowTheirSetting(t *testing.T) {
	t.Parallel()
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
	t.Parallel()
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

// routineLines makes a routine of %SYS with exactly these lines, compiled where it compiles; it prints 11, or 10 and the error.
func routineLines(document, source string) []string {
	lines := []string{`set r = ##class(%Routine).%New("` + document + `")`}
	for _, line := range strings.Split(strings.TrimSuffix(source, "\n"), "\n") {
		lines = append(lines, `do r.WriteLine("`+strings.NewReplacer(`"`, `""`, "\t", `"_$char(9)_"`).Replace(line)+`")`)
	}
	return append(lines, `write r.Save(),r.Compile()`)
}

// readLines prints the lines of a routine, and routineText makes its text of them.
func readLines(document string) []string {
	return []string{`set r = ##class(%Routine).%New("` + document + `") while 'r.AtEnd { write "[",r.ReadLine(),"]",! }`}
}

func routineText(printed string) string {
	var text strings.Builder
	for _, line := range strings.Split(printed, "\n") {
		text.WriteString(strings.TrimSuffix(strings.TrimPrefix(line, "["), "]") + "\n")
	}
	return text.String()
}

// steps runs groups of lines in one terminal in %SYS, and gives what each group prints.
func (w *world) steps(groups ...[]string) []string {
	w.t.Helper()
	lines := []string{`zn "%SYS"`}
	for _, group := range groups {
		lines = append(append(lines, group...), `write !,"--",!`)
	}
	out := strings.Split(w.lines(lines...), "\n--")
	for i := range out {
		out[i] = strings.Trim(out[i], "\n")
	}
	return out
}

func (w *world) writeRoutine(document, source string) {
	w.t.Helper()
	w.steps(routineLines(document, source))
}

func (w *world) readRoutine(document string) string {
	w.t.Helper()
	return routineText(w.steps(readLines(document))[0])
}
