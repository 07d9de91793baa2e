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
		Beat(ctx, dir, func() State { return State{State: Ready, Listen: "127.0.0.1:1"} }, func(err error) { t.Error(err) })
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
