package objectscript

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"iris-pgwire/tests/stack"
)

// program makes a command of irisdev.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	return exec.Command(filepath.Join(absolute(t, stack.Bin(t)), "irisdev"), args...)
}

// command runs a command of irisdev to its end.
func command(t *testing.T, input string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := program(t, args...)
	var out, bad bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &out, &bad
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), bad.String(), cmd.ProcessState.ExitCode()
}

// bare is an instance without our classes.
func bare(t *testing.T, env ...string) *world {
	t.Helper()
	w := &world{t: t, dir: filepath.Join(t.TempDir(), "iris"), port: freePort(t), env: env}
	w.boot()
	t.Cleanup(func() { w.halt(syscall.SIGTERM) })
	return w
}

// write makes files of a folder: name, text, name, text …
func write(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(dir, files[i])
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(files[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestATerminalRunsAnInstanceOfItsOwn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "iris")
	out, bad, code := command(t, "set ^kept=42 write \"a\"\nwrite x\nwrite $namespace,!\n", "terminal", "--dir", dir)
	if out != "a\n<UNDEFINED> *x\nUSER\n" || bad != "" || code != 0 {
		t.Errorf("%q %q %d", out, bad, code)
	}
	out, _, _ = command(t, "write ^kept", "terminal", "--dir", dir)
	if out != "42\n" {
		t.Errorf("the next terminal reads %q", out)
	}
	if _, err := os.Stat(filepath.Join(dir, "irisdev.json")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the instance still announces itself: %v", err)
	}
	if log, err := os.ReadFile(filepath.Join(dir, "mgr", "messages.log")); err != nil || strings.Count(string(log), "shutdown") != 2 {
		t.Errorf("%v\n%s", err, log)
	}
}

func TestTerminalsOfOneDirectoryShareAnInstance(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "iris")
	var all sync.WaitGroup
	for range 4 { // none serves, all come at once
		all.Go(func() {
			if out, bad, code := command(t, "if $increment(^n)\nhang .2\nwrite \"done\"", "terminal", "--dir", dir); code != 0 || out != "done\n" {
				// The instance is that of the terminal which came first, and ends with it.
				if !strings.Contains(bad, "ended") && !strings.Contains(bad, "gone") {
					t.Errorf("%q %q %d", out, bad, code)
				}
			}
		})
	}
	all.Wait()
	if out, _, _ := command(t, "write ^n<5,^n>0", "terminal", "--dir", dir); out != "11\n" {
		t.Errorf("%q", out)
	}
}

func TestATerminalThatIsKilledLeavesNothingLocked(t *testing.T) {
	w := bare(t)
	cmd := program(t, "terminal", "--dir", w.dir)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Write([]byte("tstart  set ^x=1 lock +^x set ^IRIS.Temp.held=$job\n")); err != nil {
		t.Fatal(err)
	}
	w.until(10*time.Second, "it holds the lock", func() bool { return w.line("lock +^x:0 write $test") == "0" })
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if got := w.line("lock +^x:5 write $test,$data(^x),$data(^$JOB(^IRIS.Temp.held))"); got != "100" {
		t.Errorf("%q", got)
	}
}

func TestKillEndsAJobWithoutItsHandlers(t *testing.T) {
	w := bare(t)
	w.irisdev("load", "--dir", w.dir, write(t, "Wait.cls", `Class Test.Wait
{
ClassMethod Run()
{
    tstart
    set ^held = 1
    lock +^held
    set ^IRIS.Temp.held = $job
    try { hang 1000 } catch { set ^IRIS.Temp.caught = 1 }
    set ^IRIS.Temp.after = 1
}
}
`))
	w.line("job ##class(Test.Wait).Run()::5")
	w.until(10*time.Second, "the job waits", func() bool { return w.line("write $get(^IRIS.Temp.held)") != "" })
	job := w.line("write ^IRIS.Temp.held")
	w.irisdev("kill", "--dir", w.dir, job)
	if got := w.line("lock +^held:0 write $test,$data(^held),$data(^IRIS.Temp.caught),$data(^IRIS.Temp.after),$data(^$JOB(" + job + "))"); got != "10000" {
		t.Errorf("%q", got)
	}
	if _, bad, code := command(t, "", "kill", "--dir", w.dir, job); code != 1 || bad == "" {
		t.Errorf("once more: %q %d", bad, code)
	}
}

func TestLoadImportsAndCompiles(t *testing.T) {
	w := bare(t)
	dir := write(t, "inc/Words.inc", "ROUTINE Words [Type=INC]\n#define Greeting \"hello\"\n",
		"cls/Sample/Base.cls", "Include Words\n\nClass Sample.Base Extends %RegisteredObject\n{\nMethod Greet() As %String\n{\n    quit $$$Greeting\n}\n}\n",
		"cls/Sample/A.cls", "Class Sample.A Extends Sample.Base\n{\n}\n", "rtn/Sum.mac", "ROUTINE Sum\nof(a,b) public {\n  quit a+b\n}\n",
		"README.md", "no source")
	out, bad, code := command(t, "", "load", "--dir", w.dir, "--namespace", "%SYS", dir)
	if code != 0 || bad != "" || !strings.Contains(out, "Sample.A") {
		t.Errorf("%q %q %d", out, bad, code)
	}
	if got := w.lines(`zn "%SYS"`, `write ##class(Sample.A).%New().Greet()," ",$$of^Sum(1,2)`); got != "hello 3" {
		t.Errorf("%q", got)
	}
	if got := w.line("write ##class(Sample.A).%New()"); got != "<CLASS DOES NOT EXIST> *Sample.A" {
		t.Errorf("in USER: %q", got)
	}
	for _, c := range []struct{ file, text, want string }{
		{"B.cls", "Class Sample.B Extends Sample.Nowhere\n{\n}\n", "Sample.Nowhere"},
		{"C.cls", "Class Sample.C\n{\nClassMethod M()\n{\n    dance 1\n}\n}\n", "ERROR #"},
		{"D.cls", "Class Sample.D\n{\nClassMethod M()\n{\n    write $$$NoMacro\n}\n}\n", "NoMacro"},
		{"R.mac", "ROUTINE R\n set x=\n", "ERROR #"},
	} {
		_, bad, code := command(t, "", "load", "--dir", w.dir, filepath.Join(write(t, c.file, c.text), c.file))
		if code != 1 || !strings.Contains(bad, c.want) {
			t.Errorf("%s: %q %d", c.file, bad, code)
		}
	}
	if _, bad, code := command(t, "", "load", "--dir", w.dir, filepath.Join(dir, "nothing")); code != 1 || bad == "" {
		t.Errorf("a file that is not there: %q %d", bad, code)
	}
}

func TestTheStartAndStopOfAnInstance(t *testing.T) {
	w := bare(t)
	w.irisdev("load", "--dir", w.dir, "--namespace", "%SYS", write(t,
		"%ZSTART.mac", "ROUTINE %ZSTART\nSYSTEM set ^%zTest(\"start\")=$username_\" \"_$roles_\" \"_$namespace\n quit\n",
		"%ZSTOP.mac", "ROUTINE %ZSTOP\nSYSTEM job SYSTEM^%ZSTART::1 set ^%zTest(\"stop\")=$test\n quit\n"))
	if got := w.line(`write $data(^%zTest)`); got != "0" {
		t.Errorf("before the restart: %q", got)
	}
	w.halt(syscall.SIGINT)
	w.boot()
	if got := w.line(`write ^%zTest("start"),";",^%zTest("stop")`); got != "%SYSTEM %All %SYS;0" {
		t.Errorf("%q", got)
	}
}

func TestATaskOfTheTaskManager(t *testing.T) {
	w := bare(t)
	id := w.lines(`set t=##class(%SYS.Task).%New(),t.Name="once",t.NameSpace="USER",t.TaskClass="%SYS.Task.RunLegacyTask"`,
		`set t.TimePeriod=5,t.Settings=$listbuild("ExecuteCode","set ^ran=$username"),sc=t.%Save()`,
		`write $select(sc:t.%Id(),1:$system.Status.GetErrorText(sc))`)
	if got := w.line(`zn "%SYS" write ##class(%SYS.Task).RunNow(` + id + `)`); got != "1" {
		t.Fatalf("task %q: %q", id, got)
	}
	w.until(10*time.Second, "it runs", func() bool { return w.line("write $get(^ran)") == "_SYSTEM" })
}

func TestTheClockOfTheInstanceIsMovedByAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "clock")
	if err := os.WriteFile(file, []byte("0"), 0o600); err != nil {
		t.Fatal(err)
	}
	w := bare(t, "IRIS_PGWIRE_TEST_CLOCK="+file)
	before := w.line(`write $zhorolog`)
	day := w.line(`write +$horolog`)
	if err := os.WriteFile(file, []byte("172800"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.until(5*time.Second, "the day after tomorrow", func() bool { return w.line("write +$horolog-"+day) >= "2" })
	if got := w.line(`write $zhorolog-` + before + `<60`); got != "1" {
		t.Errorf("$ZHOROLOG has moved as well: %q", got)
	}
}
