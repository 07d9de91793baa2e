package hosted

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"iris-pgwire/internal/config"
)

// follower is a directory that is looked at.
type follower struct {
	dir     string
	seen    chan string // the listen address of each configuration, or the error
	stopped chan bool
}

func follow(t *testing.T) *follower {
	t.Helper()
	f := &follower{t.TempDir(), make(chan string, 9), make(chan bool, 9)}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan bool)
	go func() {
		defer close(ended)
		Follow(ctx, f.dir, "n1", func(c *config.Config, err error) {
			if err != nil {
				f.seen <- "error"
				return
			}
			f.seen <- c.Listen
		}, func() { f.stopped <- true })
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
	})
	return f
}

// write replaces a file as IRIS does.
func (f *follower) write(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join(f.dir, name)
	if err := os.WriteFile(file+".new", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		t.Fatal(err)
	}
}

func (f *follower) configure(t *testing.T, port int, nonce string) {
	f.write(t, config.FileName, fmt.Sprintf(`{"listen": "127.0.0.1:%d", "host": {"user": "u", "password": "p", "nonce": %q}}`, port, nonce))
}

func (f *follower) expect(t *testing.T, want string) {
	t.Helper()
	select {
	case got := <-f.seen:
		if got != want {
			t.Errorf("%s, not %s", got, want)
		}
	case <-f.stopped:
		t.Error("told to stop")
	case <-time.After(5 * time.Second):
		t.Errorf("nothing instead of %s", want)
	}
}

func TestFollowSeesEveryNewConfiguration(t *testing.T) {
	f := follow(t)
	f.configure(t, 1, "n1")
	f.expect(t, "127.0.0.1:1")
	f.configure(t, 2, "n1")
	f.expect(t, "127.0.0.1:2")
	f.write(t, config.FileName, "{")
	f.expect(t, "error")
	// A file that is gone says nothing; the one that comes back is read, whatever its time.
	if err := os.Remove(filepath.Join(f.dir, config.FileName)); err != nil {
		t.Fatal(err)
	}
	time.Sleep(3 * followEvery)
	if len(f.seen) > 0 {
		t.Errorf("of a file that is gone: %s", <-f.seen)
	}
	f.configure(t, 3, "n1")
	old := time.Now().Add(-time.Hour)
	_ = os.Chtimes(filepath.Join(f.dir, config.FileName), old, old)
	f.expect(t, "127.0.0.1:3")
}

func TestFollowStopsTheSidecarThatIsMeant(t *testing.T) {
	f := follow(t)
	f.write(t, StopFile, "another\n")
	time.Sleep(3 * followEvery)
	if len(f.stopped) > 0 {
		t.Error("stopped by a file for another one")
	}
	f.write(t, StopFile, "n1\n")
	<-f.stopped
	if _, err := os.Stat(filepath.Join(f.dir, StopFile)); err == nil {
		t.Error("the file is still there")
	}
}

// IRIS has started another sidecar: it holds this one for dead.
func TestFollowStopsASidecarWhoseConfigurationIsForAnother(t *testing.T) {
	f := follow(t)
	f.configure(t, 1, "n1")
	f.expect(t, "127.0.0.1:1")
	f.configure(t, 1, "n2")
	select {
	case <-f.stopped:
	case got := <-f.seen:
		t.Errorf("it takes over %s", got)
	}
}
