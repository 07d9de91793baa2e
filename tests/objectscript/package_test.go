package objectscript

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// version is that of the package.
const version = "0.1.0"

var platform = runtime.GOOS + "-" + runtime.GOARCH

// archive makes the package with the program for this platform alone, once.
var archive = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "iris-pgwire-package")
	if err != nil {
		return "", err
	}
	return makeArchive("../..", filepath.Join(dir, "iris-pgwire-"+version+".tgz"))
})

func TestMain(m *testing.M) {
	code := m.Run()
	if file, err := archive(); err == nil {
		_ = os.RemoveAll(filepath.Dir(file))
	}
	os.Exit(code)
}

func makeArchive(root, out string) (string, error) {
	text, err := exec.Command(filepath.Join(root, "scripts", "package"), "--platform", platform, "--out", out).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, text)
	}
	return out, nil
}

// entry is a file or directory of an archive.
type entry struct {
	*tar.Header
	data []byte
}

func entries(t *testing.T, file string) []entry {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	plain, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var out []entry
	for r := tar.NewReader(plain); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, entry{h, data})
	}
}

// unpack writes the package as IPM does, without the modes.
func unpack(t *testing.T) string {
	t.Helper()
	file, err := archive()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, e := range entries(t, file) {
		name := filepath.Join(dir, e.Name)
		if e.Typeflag == tar.TypeDir {
			err = os.MkdirAll(name, 0o755)
		} else {
			err = os.WriteFile(name, e.data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestThePackageHoldsWhatAnInstallNeeds(t *testing.T) {
	file, err := archive()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	sums := map[string]string{}
	for _, e := range entries(t, file) {
		names = append(names, e.Name)
		if e.Uid != 0 || e.Gid != 0 || e.Uname != "" && e.Uname != "root" || e.ModTime.Unix() != 946684800 || len(e.Name) > 99 {
			t.Errorf("%s: owner %d:%d %q, time %v", e.Name, e.Uid, e.Gid, e.Uname, e.ModTime)
		}
		if e.Typeflag == tar.TypeReg {
			sum := sha256.Sum256(e.data)
			sums[e.Name] = hex.EncodeToString(sum[:])
		}
	}
	for _, want := range []string{"module.xml", "LICENSE", "SHA256SUMS", "objectscript/IrisPGWire/Installer.cls", "objectscript/%zPGWire/Hooks.cls", "bin/" + version + "/" + platform + "/iris-pgwire"} {
		if !slices.Contains(names, want) {
			t.Errorf("%s is missing", want)
		}
	}
	if !slices.IsSorted(names) {
		t.Errorf("not in order: %q", names)
	}
	for _, e := range entries(t, file) {
		if e.Name != "SHA256SUMS" {
			continue
		}
		for _, line := range strings.Split(strings.TrimSpace(string(e.data)), "\n") {
			sum, name, _ := strings.Cut(line, "  ")
			if sums[name] != sum {
				t.Errorf("%s: listed as %s, is %s", name, sum, sums[name])
			}
			delete(sums, name)
		}
	}
	delete(sums, "SHA256SUMS")
	if len(sums) > 0 {
		t.Errorf("not listed: %v", sums)
	}
}

// The sources lie elsewhere, with other dates, outside a repository.
func TestThePackageIsTheSameWhereverItIsMade(t *testing.T) {
	first, err := archive()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "another place")
	for _, part := range []string{"go", "objectscript", "scripts", "build", "module.xml", "LICENSE", "CHANGELOG.md"} {
		if err := copyTree(filepath.Join("../..", part), filepath.Join(dir, part)); err != nil {
			t.Fatal(err)
		}
	}
	second, err := makeArchive(dir, filepath.Join(dir, "again.tgz"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal([]byte(read(t, first)), []byte(read(t, second))) {
		t.Error("the archives differ")
	}
}

// copyTree copies files, not what is built.
func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(name string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		switch {
		case d.IsDir() && (d.Name() == "out" || d.Name() == "bin"):
			return filepath.SkipDir
		case d.IsDir():
			return os.MkdirAll(target, 0o755)
		case !d.Type().IsRegular():
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, info.Mode())
	})
}

func TestThePackageTellsNothingOfWhereItWasMade(t *testing.T) {
	file, err := archive()
	if err != nil {
		t.Fatal(err)
	}
	here, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	key := regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----\n[A-Za-z0-9+/=]{20}`)
	for _, e := range entries(t, file) {
		for _, place := range []string{here + "/", home + "/", strings.TrimSpace(string(goroot)) + "/src", "vcs.revision"} {
			if at := bytes.Index(e.data, []byte(place)); at >= 0 {
				t.Errorf("%s has %q: %q", e.Name, place, e.data[at:min(at+80, len(e.data))])
			}
		}
		if found := key.Find(e.data); found != nil {
			t.Errorf("%s has a key: %q", e.Name, found)
		}
	}
}
