package objectscript

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// next is the version that upgrades go to.
const next = "0.2.0"

// manager is an instance with IPM in it.
type manager struct {
	*world
	ipm      string // the line whose rules hold
	listen   string // how the module is told its setting, and a value of it
	registry string // the folder that install looks into
}

// eachIPM runs a test with the rules of each line of IPM, with the package in the registry and nothing else in the instance.
func eachIPM(t *testing.T, do func(t *testing.T, m *manager), args ...string) {
	t.Helper()
	t.Parallel()
	for line, setting := range map[string]string{"0.7": "-Dzpm.Listen=", "0.10": "-DListen="} {
		t.Run("IPM "+line, func(t *testing.T) {
			t.Parallel()
			m := &manager{empty(t, args...), line, " " + setting, t.TempDir()}
			offer(t, m.registry, unpack(t))
			m.must("list") // with the first command it is there
			do(t, m)
		})
	}
}

// run runs a command of the package manager; it gives what it prints and the exit code.
func (m *manager) run(text string, flags ...string) (string, int) {
	m.t.Helper()
	args := append([]string{"zpm", "--dir", m.dir, "--ipm", m.ipm, "--registry", m.registry}, flags...)
	out, bad, code := command(m.t, "", append(args, text)...)
	return out + bad, code
}

func (m *manager) must(text string, flags ...string) string {
	m.t.Helper()
	out, code := m.run(text, flags...)
	if code != 0 {
		m.t.Fatalf("%s: exit code %d\n%s", text, code, out)
	}
	return out
}

// fails runs a command that must fail and say certain things.
func (m *manager) fails(text string, wants []string, flags ...string) {
	m.t.Helper()
	out, code := m.run(text, flags...)
	for _, want := range wants {
		if code == 0 || !strings.Contains(out, want) {
			m.t.Errorf("%s: exit code %d, and not %q:\n%s", text, code, want, out)
		}
	}
}

// install is the command for the package, at a free port.
func (m *manager) install() string { return "install iris-pgwire" + m.listen + "127.0.0.1:0" }

// serving waits until clients are served by a version and its installation is complete.
func (m *manager) serving(version string) {
	m.t.Helper()
	m.until(60*time.Second, version+" serves", func() bool {
		s := m.state()
		return s.State == "ready" && s.Version == version && m.serves() == nil
	})
	m.until(20*time.Second, "the installation is complete", func() bool { return m.line(`write $order(^%zPGWire("install",""))`) == "" })
}

// clients connects some, until the end of the test.
func (m *manager) clients(n int) []*pgx.Conn {
	m.t.Helper()
	var out []*pgx.Conn
	for range n {
		conn, err := m.connect()
		if err != nil {
			m.t.Fatal(err)
		}
		m.t.Cleanup(func() { _ = conn.Close(context.Background()) }) // the service may have closed it
		out = append(out, conn)
	}
	return out
}

// kept is a snapshot without what IPM keeps of a package that it could not install.
func (m *manager) kept() string {
	m.t.Helper()
	var out []string
	for _, line := range strings.Split(m.snapshot()+"\n"+m.files(), "\n") {
		// Where the supervisor's objects do not outlive a compilation, another one adopts the sidecar, with another password.
		adopted := m.recompiled() && (strings.HasPrefix(line, `^%zPGWire("supervisor")`) || strings.HasPrefix(line, "^%irisdevUser("))
		written := strings.HasSuffix(line, ".json.new") // by a sidecar, under another name first
		if !strings.Contains(line, "/.modules") && !strings.HasPrefix(line, m.dir+"/ipm") && !adopted && !written {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// files are the names of all that is in the instance's directory beside the store's own.
func (m *manager) files() string {
	m.t.Helper()
	var out []string
	err := filepath.WalkDir(m.dir, func(name string, _ os.DirEntry, err error) error {
		// What is written under another name first comes and goes.
		if err == nil && !strings.HasPrefix(name, filepath.Join(m.dir, "data")) && filepath.Ext(name) != ".new" {
			out = append(out, name)
		}
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		return err
	})
	if err != nil {
		m.t.Fatal(err)
	}
	return strings.Join(out, "\n")
}

// unchanged waits until the instance is as it was, and looks again for what comes late.
func (m *manager) unchanged(before string) {
	m.t.Helper()
	for began := time.Now(); m.kept() != before && time.Since(began) < 20*time.Second; {
		time.Sleep(50 * time.Millisecond)
	}
	time.Sleep(300 * time.Millisecond)
	same(m.t, before, m.kept())
}

// offer puts an unpacked package into a registry. It is not compressed, and its manifest comes first: that saves time.
func offer(t *testing.T, registry, pkg string) {
	t.Helper()
	f, err := os.CreateTemp(registry, "*.tgz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewWriterLevel(f, gzip.NoCompression)
	if err != nil {
		t.Fatal(err)
	}
	w := tar.NewWriter(z)
	add := func(name string) {
		data := read(t, filepath.Join(pkg, name))
		err := w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(data)), Mode: 0o644, Format: tar.FormatUSTAR})
		if err == nil {
			_, err = w.Write([]byte(data))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	add("module.xml")
	err = filepath.WalkDir(pkg, func(name string, d os.DirEntry, err error) error {
		if rel := strings.TrimPrefix(name, pkg+"/"); err == nil && !d.IsDir() && rel != "module.xml" {
			add(rel)
		}
		return err
	})
	if err := errors.Join(err, w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
}

// rewrite changes a file of a package.
func rewrite(t *testing.T, pkg, name string, oldnew ...string) {
	t.Helper()
	file := filepath.Join(pkg, name)
	text := strings.NewReplacer(oldnew...).Replace(read(t, file))
	if text == read(t, file) {
		t.Fatalf("%s has none of %q", name, oldnew)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// nextProgram is the program of the next version, made once.
var nextProgram = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "iris-pgwire-next")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary directory
	build := exec.Command("go", "build", "-buildvcs=false", "-ldflags", "-s -w -X main.version="+next, "-o", filepath.Join(dir, "iris-pgwire"), "./cmd/iris-pgwire")
	build.Dir, build.Env = "../../go", append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, errors.Join(err, errors.New(string(out)))
	}
	return os.ReadFile(filepath.Join(dir, "iris-pgwire"))
})
