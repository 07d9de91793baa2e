package status

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
)

// lines reads a file's JSON lines.
func lines(t *testing.T, file string) []map[string]any {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []map[string]any
	for s := bufio.NewScanner(f); s.Scan(); {
		var line map[string]any
		if err := json.Unmarshal(s.Bytes(), &line); err != nil {
			t.Fatalf("%q: %v", s.Text(), err)
		}
		out = append(out, line)
	}
	return out
}

func open(t *testing.T, most int) (*Events, string) {
	t.Helper()
	dir := t.TempDir()
	e, err := OpenEvents(dir, most)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e, filepath.Join(dir, EventsFile)
}

func TestAnEventIsALine(t *testing.T) {
	e, file := open(t, 1<<20)
	e.now = func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }
	e.Write(Info, "started", "line one\nline two", Fields{"listen": "127.0.0.1:5432", "seq": "not yours"})
	e.Write(Error, "iris_away", "IRIS does not answer", nil)
	e.Write(Info, "bad", "a field that JSON cannot say", Fields{"f": func() {}})
	got := lines(t, file)
	if len(got) != 2 {
		t.Fatalf("%d lines", len(got))
	}
	for key, want := range map[string]string{"seq": "1", "ts": "2026-01-02T03:04:05Z", "level": "info", "event": "started",
		"msg": "line one\nline two", "listen": "127.0.0.1:5432"} {
		if fmt.Sprint(got[0][key]) != want {
			t.Errorf("%s is %v, want %s", key, got[0][key], want)
		}
	}
	if e.LastError() != "IRIS does not answer" {
		t.Errorf("last error %q", e.LastError())
	}
}

func TestRepeatedEventsAreCountedNotWritten(t *testing.T) {
	e, file := open(t, 1<<20)
	now := time.Unix(1000, 0)
	e.now = func() time.Time { return now }
	for range burst + 7 {
		e.Write(Warning, "login_refused", "no", nil)
	}
	e.Write(Info, "other", "is written", nil)
	now = now.Add(window)
	e.Write(Warning, "login_refused", "no", nil)
	got := lines(t, file)
	if len(got) != burst+2 {
		t.Fatalf("%d lines, want %d", len(got), burst+2)
	}
	if n := got[burst+1]["suppressed"]; n != float64(7) {
		t.Errorf("suppressed: %v", n)
	}
}

func TestFilesAreRotatedBySize(t *testing.T) {
	e, file := open(t, 200)
	for i := range 4 {
		e.Write(Info, fmt.Sprint("event", i), strings.Repeat("x", 100), nil)
	}
	info, err := os.Stat(file)
	if err != nil || info.Size() > 400 {
		t.Errorf("%v, %v", info, err)
	}
	if old := lines(t, file+".1"); len(old) == 0 {
		t.Error("nothing was kept")
	}

	dir := t.TempDir()
	log, closeLog, err := OpenLog(dir, 300)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		log.Info("hello", zap.String("text", strings.Repeat("x", 100)))
	}
	if err := closeLog(); err != nil {
		t.Error(err)
	}
	log.Info("after the end") // goes nowhere, and does no harm
	if got := lines(t, filepath.Join(dir, LogFile+".1")); len(got) == 0 || got[0]["msg"] != "hello" {
		t.Errorf("the log's old lines: %v", got)
	}
}

func TestANewProcessAppends(t *testing.T) {
	e, file := open(t, 1<<20)
	e.Write(Info, "a", "first", nil)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	e.Write(Info, "a", "nobody is left to write", nil)
	again, err := OpenEvents(filepath.Dir(file), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	again.Write(Info, "a", "second", nil)
	if got := lines(t, file); len(got) != 2 || got[1]["msg"] != "second" {
		t.Errorf("%v", got)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestTheStateIsWrittenUntilTheEnd(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		Beat(ctx, dir, func() State { return State{State: Ready, Listen: "127.0.0.1:1"} }, nil, func(err error) { t.Error(err) })
	}()
	file := filepath.Join(dir, StateFile)
	for range 1000 {
		if _, err := os.Stat(file); err == nil {
			break
		}
		time.Sleep(time.Millisecond)
	}
	cancel()
	<-done
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var s State
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	if s.Beat != 1 || s.PID != os.Getpid() || s.State != Ready || s.Listen != "127.0.0.1:1" {
		t.Errorf("%+v", s)
	}
	if err := WriteState(filepath.Join(dir, "nosuch"), s); err == nil {
		t.Error("a directory that does not exist was accepted")
	}
}

func TestNewsAreWrittenAtOnce(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	news, done := make(chan struct{}), make(chan struct{})
	written := make(chan struct{}, 10)
	go func() {
		defer close(done)
		Beat(ctx, dir, func() State { written <- struct{}{}; return State{} }, news, func(err error) { t.Error(err) })
	}()
	<-written
	news <- struct{}{}
	<-written // without the news, the test's time limit comes first
	cancel()
	<-done
}

// Numbers go on where the last process stopped, whatever is left of the files: IRIS knows by them what it has forwarded.
func TestNumbersGoOn(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		want  float64
	}{
		{"nothing is there", nil, 1},
		{"a file", map[string]string{"": `{"seq":7}` + "\n"}, 8},
		{"only an old file", map[string]string{".2": `{"seq":7}` + "\n", ".3": `{"seq":4}` + "\n"}, 8},
		{"the new file is empty", map[string]string{"": "", ".1": `{"seq":9}` + "\n"}, 10},
		{"the last line is torn", map[string]string{"": `{"seq":9}` + "\n" + `{"seq":10,"ms`}, 10},
	} {
		dir := t.TempDir()
		file := filepath.Join(dir, EventsFile)
		for suffix, text := range c.files {
			if err := os.WriteFile(file+suffix, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		e, err := OpenEvents(dir, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		e.Write(Info, "started", "here", nil)
		e.Close()
		text, _ := os.ReadFile(file)
		all := strings.Split(strings.TrimSpace(string(text)), "\n")
		var last map[string]any
		if err := json.Unmarshal([]byte(all[len(all)-1]), &last); err != nil || last["seq"] != c.want {
			t.Errorf("%s: %v %q", c.name, err, text)
		}
	}
}

func TestOldFilesAreKeptInOrder(t *testing.T) {
	e, file := open(t, 1) // a file a line
	for i := range Rotated + 3 {
		e.Write(Info, fmt.Sprint("event", i), "x", nil)
	}
	for n := 1; n <= Rotated; n++ {
		if got := lines(t, rotated(file, n)); len(got) != 1 || got[0]["seq"] != float64(Rotated+4-n) {
			t.Errorf("%d: %v", n, got)
		}
	}
	if _, err := os.Stat(rotated(file, Rotated+1)); err == nil {
		t.Error("too many are kept")
	}
}

// A full disk takes no event away: what could not be written comes when there is room again.
func TestWhatCannotBeWrittenIsWrittenLater(t *testing.T) {
	e, file := open(t, 1<<20)
	e.Write(Info, "a", "first", nil)
	good := e.file
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full here")
	}
	defer full.Close()
	e.file = full
	e.Write(Info, "b", "second", nil)
	e.Write(Info, "c", "third", nil)
	e.file = good
	e.Flush()
	got := lines(t, file)
	if len(got) != 3 || got[1]["msg"] != "second" || got[2]["seq"] != float64(3) {
		t.Errorf("%v", got)
	}
}

func TestAClockForTests(t *testing.T) {
	file := filepath.Join(t.TempDir(), "clock")
	t.Setenv(ClockVariable, file)
	if d := time.Until(Now()); d > time.Minute {
		t.Errorf("without the file the clock is %s off", d)
	}
	if err := os.WriteFile(file, []byte("3600\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if d := time.Until(Now()); d < 59*time.Minute || d > 61*time.Minute {
		t.Errorf("the clock is %s off", d)
	}
}

func TestTheEndIsAddedToTheState(t *testing.T) {
	dir := t.TempDir()
	if err := WriteState(dir, State{Beat: 7, Listen: "127.0.0.1:1", State: Ready}); err != nil {
		t.Fatal(err)
	}
	if err := WriteEnd(dir, "1.0", &Exit{Code: 4, Reason: "the port"}); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(filepath.Join(dir, StateFile))
	var s State
	if err := json.Unmarshal(text, &s); err != nil || s.State != Stopped || s.Listen != "127.0.0.1:1" || s.Exit.Code != 4 || s.LastError != "the port" {
		t.Errorf("%v %+v", err, s)
	}
}
