package host

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// LogName is the name of the console log in the manager directory.
const LogName = "messages.log"

// logLimit is the size beyond which the console log is begun anew (IRIS docs, "MaxConsoleLogSize": 5 MB).
const logLimit = 5 << 20

// Console writes messages.log. It is safe for concurrent use.
type Console struct {
	dir string
	now func() time.Time

	mu   sync.Mutex
	f    *os.File
	size int64
}

// OpenConsole opens the console log of a directory for appending; one that has grown too large is renamed first.
func OpenConsole(dir string, now func() time.Time) (*Console, error) {
	c := &Console{dir: dir, now: now}
	return c, c.open()
}

func (c *Console) open() error {
	f, err := os.OpenFile(filepath.Join(c.dir, LogName), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o640)
	if err != nil {
		return fmt.Errorf("open the console log: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return fmt.Errorf("open the console log: %w", err)
	}
	if c.f, c.size = f, info.Size(); c.size > logLimit {
		return c.rotate()
	}
	return nil
}

// rotate renames the log to messages.old_ and the date, and begins another.
func (c *Console) rotate() error {
	old := filepath.Join(c.dir, "messages.old_"+c.now().Format("20060102"))
	name := old
	for i := 2; ; i++ {
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			break
		}
		name = fmt.Sprintf("%s_%d", old, i)
	}
	if err := os.Rename(filepath.Join(c.dir, LogName), name); err != nil {
		return fmt.Errorf("rename the console log: %w", err)
	}
	if err := c.f.Close(); err != nil {
		return fmt.Errorf("close the console log: %w", err)
	}
	return c.open()
}

// Write adds a line: time to the millisecond, job, severity, event and text (IRIS docs, "System Resource Planning", example of
// the log).
func (c *Console) Write(job int64, severity int, event, text string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.f == nil {
		return fmt.Errorf("write the console log: %w", os.ErrClosed)
	}
	now := c.now()
	n, err := fmt.Fprintf(c.f, "%s:%03d (%d) %d [%s] %s\n", now.Format("01/02/06-15:04:05"), now.Nanosecond()/1e6, job, severity, event, text)
	if c.size += int64(n); err == nil && c.size > logLimit {
		err = c.rotate()
	}
	if err != nil {
		return fmt.Errorf("write the console log: %w", err)
	}
	return nil
}

// Close ends it.
func (c *Console) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.f == nil {
		return nil
	}
	err := c.f.Close()
	c.f = nil
	return err
}
