package objectscript

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// empty is an instance that has never seen the package.
func empty(t *testing.T, args ...string) *world {
	t.Helper()
	w := &world{t: t, dir: filepath.Join(t.TempDir(), "iris"), port: freePort(t), args: args}
	w.boot()
	t.Cleanup(w.close)
	return w
}

// install does what IPM's install does with an unpacked package, in one transaction: it loads the classes, calls the hook of
// the phase Activate, and then any further lines, as a step that comes later. The result is "OK" or the error.
func (w *world) install(pkg, arguments string, more ...string) string {
	w.t.Helper()
	lines := append([]string{"tstart",
		fmt.Sprintf(`set sc = $system.OBJ.ImportDir("%s/objectscript/IrisPGWire", "*.cls", "ck-d")`, pkg),
		fmt.Sprintf(`set:sc sc = ##class(IrisPGWire.Installer).Install("%s/"%s)`, pkg, arguments)}, more...)
	out := w.lines(append(lines, "if sc { tcommit } else { trollback }", `write !, "result: ", $select(sc: "OK", 1: $system.Status.GetErrorText(sc))`)...)
	_, result, _ := strings.Cut(out, "result: ")
	return result
}

const anyPort = `, "127.0.0.1:0"`

// installed installs and waits until clients are served.
func (w *world) installed(pkg string) {
	w.t.Helper()
	if got := w.install(pkg, anyPort); got != "OK" {
		w.t.Fatal(got)
	}
	w.until(30*time.Second, "clients are served", func() bool { return w.state().State == "ready" && w.serves() == nil })
	w.until(10*time.Second, "the installation is complete", func() bool { return w.line(`write $order(^%zPGWire("install",""))`) == "" })
}

// uninstall calls the hook of the phase Unconfigure and removes the classes, as IPM does.
func (w *world) uninstall() string {
	w.t.Helper()
	out := w.lines(`set sc = ##class(IrisPGWire.Installer).Uninstall()`, `if sc { do $system.OBJ.DeletePackage("IrisPGWire", "-d") }`,
		`write !, "result: ", $select(sc: "OK", 1: $system.Status.GetErrorText(sc))`)
	_, result, _ := strings.Cut(out, "result: ")
	return result
}

// volatile are the lines of a snapshot that differ without anybody's doing: counters and the schedule of irisdev, the registry
// that it was told last, and how far the events of a running service were read.
var volatile = regexp.MustCompile(`^\^%SYS\("SSPort"\)=|^\^%irisdev(Task|TaskRun|Stamp)=|^\^%irisdev(Class|Routine)\(.*\)=\d+$|^\^%irisdevTask\(\d+,"(Next|Last|Status)|^\^%irisdevIPM\(0,"registry"|^\^%zPGWire\("(forwarded|request)"\)`)

// snapshot is all that an instance holds: its globals, which include classes, routines, accounts, roles and tasks, and the
// files of its manager directory.
func (w *world) snapshot() string {
	w.t.Helper()
	text := w.line(`for ns="%SYS","USER" { set $namespace=ns,g="" for { set g=$order(^$GLOBAL(g)) quit:g=""  write "== ",ns," ",g,! zwrite @g } }`)
	var out []string
	for _, line := range strings.Split(text, "\n") {
		if !volatile.MatchString(line) && !strings.HasPrefix(line, "== ") {
			out = append(out, line)
		}
	}
	err := filepath.WalkDir(filepath.Join(w.dir, "mgr"), func(name string, d os.DirEntry, err error) error {
		if err == nil && filepath.Base(name) != "messages.log" {
			out = append(out, strings.TrimPrefix(name, w.dir))
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return strings.Join(out, "\n")
}

// same compares snapshots and tells the lines that came and went.
func same(t *testing.T, before, after string) {
	t.Helper()
	if before == after {
		return
	}
	lines := func(text string) map[string]bool {
		out := map[string]bool{}
		for _, line := range strings.Split(text, "\n") {
			out[line] = true
		}
		return out
	}
	old, now := lines(before), lines(after)
	for line := range old {
		if !now[line] {
			t.Errorf("gone: %.200s", line)
		}
	}
	for line := range now {
		if !old[line] {
			t.Errorf("left: %.200s", line)
		}
	}
	if !t.Failed() {
		t.Error("the order differs")
	}
}

// running counts the gateway's processes that belong to the instance.
func (w *world) running() int {
	n := 0
	dirs, _ := filepath.Glob("/proc/[0-9]*/cmdline") // fails only for a bad pattern
	for _, file := range dirs {
		text, err := os.ReadFile(file)
		if err == nil && strings.Contains(string(text), "serve\x00--dir\x00"+w.sidecarDir()) {
			n++
		}
	}
	return n
}

// unpackNext is the package of the next version, with a program that says so.
func unpackNext(t *testing.T) string {
	t.Helper()
	pkg := unpack(t)
	rewrite(t, pkg, "module.xml", "<Version>"+version, "<Version>"+next)
	rewrite(t, pkg, "objectscript/IrisPGWire/Service.cls", `VERSION = "`+version+`"`, `VERSION = "`+next+`"`)
	if err := os.Rename(filepath.Join(pkg, "bin", version), filepath.Join(pkg, "bin", next)); err != nil {
		t.Fatal(err)
	}
	program, err := nextProgram()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("bin", next, platform, "iris-pgwire")
	list := fmt.Sprintf("%x  %s\n", sha256.Sum256(program), path)
	if err := errors.Join(os.WriteFile(filepath.Join(pkg, path), program, 0o600), os.WriteFile(filepath.Join(pkg, "SHA256SUMS"), []byte(list), 0o600)); err != nil {
		t.Fatal(err)
	}
	return pkg
}
