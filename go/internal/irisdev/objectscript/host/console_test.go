package host

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func logText(t *testing.T, dir string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, LogName))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestALineOfTheConsoleLog(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2021, 11, 6, 10, 59, 37, 513e6, time.Local)
	c, err := OpenConsole(dir, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{c.Write(91515, 0, "Generic.Event", "Ünï text"), c.Write(7, -1, "IrisPGWire", "x"), c.Close(), c.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	const want = "11/06/21-10:59:37:513 (91515) 0 [Generic.Event] Ünï text\n11/06/21-10:59:37:513 (7) -1 [IrisPGWire] x\n"
	if got := logText(t, dir); got != want {
		t.Errorf("%q", got)
	}
	if c.Write(1, 0, "e", "x") == nil {
		t.Error("a closed log takes a line")
	}
}

func TestALargeConsoleLogIsBegunAnew(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2021, 11, 6, 10, 0, 0, 0, time.Local)
	line := strings.Repeat("x", logLimit)
	for i := range 2 { // again on the same day, once while it is open and once when it is opened
		c, err := OpenConsole(dir, func() time.Time { return now })
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Write(1, 0, "e", line); err != nil {
			t.Fatal(err)
		}
		if err := c.Write(2, 0, "e", "next"); err != nil {
			t.Fatal(err)
		}
		if got := logText(t, dir); strings.Count(got, "\n") != 1 || !strings.Contains(got, "(2)") {
			t.Errorf("turn %d: %d bytes", i, len(got))
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	names, err := filepath.Glob(filepath.Join(dir, "messages.old_20211106*"))
	if err != nil || len(names) != 2 {
		t.Errorf("%v %v", names, err)
	}
	if err := os.WriteFile(filepath.Join(dir, LogName), []byte(line+"x"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := OpenConsole(dir, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if logText(t, dir) != "" {
		t.Error("it is as large as before")
	}
}

func TestTheClockIsMovedByAFile(t *testing.T) {
	if clockOffset() != 0 {
		t.Error("moved without being told")
	}
	file := filepath.Join(t.TempDir(), "clock")
	t.Setenv(ClockVariable, file)
	for text, want := range map[string]time.Duration{"3600\n": time.Hour, " -0.5 ": -time.Second / 2, "x": 0, "": 0} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := clockOffset(); got != want {
			t.Errorf("%q moves it by %v", text, got)
		}
	}
}
