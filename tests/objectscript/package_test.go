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
	"time"
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
	list, err := readEntries(file)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func readEntries(file string) ([]entry, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	plain, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var out []entry
	for r := tar.NewReader(plain); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		out = append(out, entry{h, data})
	}
}

// unpacked is the package as IPM unpacks it, without the modes, once.
var unpacked = sync.OnceValues(func() (string, error) {
	file, err := archive()
	if err != nil {
		return "", err
	}
	dir := file + ".d"
	list, err := readEntries(file)
	for _, e := range list {
		name := filepath.Join(dir, e.Name)
		if e.Typeflag == tar.TypeDir {
			err = errors.Join(err, os.MkdirAll(name, 0o755))
		} else {
			err = errors.Join(err, os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, e.data, 0o644))
		}
	}
	return dir, err
})

// unpack gives a copy of the unpacked package.
func unpack(t *testing.T) string {
	t.Helper()
	from, err := unpacked()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "package")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestThePackageHoldsWhatAnInstallNeeds(t *testing.T) {
	t.Parallel()
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

// The sources lie elsewhere, outside a repository, are older, and have other modes; it is another day, in another place of the
// world, and a user with other habits makes it.
func TestThePackageIsTheSameWhereverAndWheneverItIsMade(t *testing.T) {
	t.Parallel()
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
	programs := t.TempDir()
	if err := os.WriteFile(filepath.Join(programs, "date"), []byte("#!/bin/sh\necho 'Sat Feb 29 12:00:00 CET 2048'\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "again.tgz")
	make := exec.Command("bash", "-c", `umask 077; exec "$0" --platform "$1" --out "$2"`, filepath.Join(dir, "scripts", "package"), platform, out)
	make.Dir = t.TempDir()
	make.Env = append(os.Environ(), "PATH="+programs+":"+os.Getenv("PATH"), "TZ=Pacific/Kiritimati", "LC_ALL=C.UTF-8", "LANG=de_DE.UTF-8", "TMPDIR="+t.TempDir(),
		"SOURCE_DATE_EPOCH=2461708800", "GOFLAGS=-tags=other", "GZIP=-1", "TAR_OPTIONS=--mtime=2048-02-29", "USER=somebody")
	if text, err := make.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if read(t, first) == read(t, out) {
		return
	}
	t.Error("the archives differ")
	sums := map[string][32]byte{}
	for _, e := range entries(t, first) {
		sums[e.Name] = sha256.Sum256(e.data)
	}
	for _, e := range entries(t, out) {
		if sums[e.Name] != sha256.Sum256(e.data) {
			t.Errorf("%s differs", e.Name)
		}
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
		if err := os.WriteFile(target, data, info.Mode()&^0o077); err != nil {
			return err
		}
		then := time.Date(1999, 12, 31, 23, 59, 59, 0, time.UTC)
		return os.Chtimes(target, then, then)
	})
}

// No folder of this machine, no user, no key and no password stands in any file of the package, the program included.
func TestThePackageTellsNothingOfWhereItWasMade(t *testing.T) {
	t.Parallel()
	file, err := archive()
	if err != nil {
		t.Fatal(err)
	}
	places := []string{"vcs.revision", "vcs.time"}
	for _, name := range []string{"GOROOT", "GOPATH", "GOCACHE", "GOMODCACHE"} {
		out, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		places = append(places, strings.TrimSpace(string(out))+"/")
	}
	here, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	places = append(places, here+"/", home+"/", filepath.Dir(file)+"/", filepath.Join(os.TempDir(), "tmp."), host+"/")
	for _, e := range entries(t, file) {
		for _, place := range places {
			if at := bytes.Index(e.data, []byte(place)); at >= 0 {
				t.Errorf("%s has %q: %q", e.Name, place, e.data[max(0, at-40):min(at+80, len(e.data))])
			}
		}
		program := strings.HasPrefix(e.Name, "bin/")
		for what, form := range tellTales {
			if program && what != "a key" {
				continue // which a program's texts and code have by chance
			}
			if found := form.Find(e.data); found != nil {
				t.Errorf("%s has %s: %q", e.Name, what, found)
			}
		}
	}
}

// tellTales are the forms of what a text must not have.
var tellTales = map[string]*regexp.Regexp{
	"a key":            regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----\s[A-Za-z0-9+/=]{20}`),
	"a password":       regexp.MustCompile(`(?i)(password|secret|token)"?\s*[=:]\s*"[^"]{4,}"`),
	"a login":          regexp.MustCompile(`[a-z]+://[^/\s:]+:[^/\s@]+@`),
	"an absolute path": regexp.MustCompile(`(^|[\s"'(=])/(home|root|work|tmp|usr|opt|var|etc|Users|mnt)/`),
}
