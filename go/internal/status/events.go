package status

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// The files' names in the sidecar's directory.
const (
	EventsFile = "status.jsonl"
	StateFile  = "status.json"
)

// Level is an event's weight.
type Level string

// The levels, as in messages.log.
const (
	Info    Level = "info"
	Warning Level = "warning"
	Error   Level = "error"
)

// An event may be written burst times within window; what comes more often is counted, and the count is told with the
// next line of that event.
const (
	burst  = 5
	window = time.Minute
)

// Fields are what an event tells beside its message.
type Fields map[string]any

// Events writes status.jsonl. Its methods may be called from any goroutine.
type Events struct {
	path string
	most int64 // bytes before the file is rotated
	now  func() time.Time

	mu        sync.Mutex
	file      *os.File
	size      int64
	seq       uint64
	recent    map[string]*recent
	lastError string
}

type recent struct {
	since      time.Time
	written    int
	suppressed int
}

// OpenEvents appends to DIR/status.jsonl, which is rotated to status.jsonl.1 when it has grown to most bytes.
func OpenEvents(dir string, most int) (*Events, error) {
	e := &Events{path: filepath.Join(dir, EventsFile), most: int64(most), now: time.Now, recent: map[string]*recent{}}
	return e, e.open()
}

// open is called with the lock held, or before anyone else knows e.
func (e *Events) open() error {
	f, err := os.OpenFile(e.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return err
	}
	e.file, e.size = f, info.Size()
	return nil
}

// Write appends one event. A failure to write is kept for no one: there is nowhere left to report it.
func (e *Events) Write(level Level, event, msg string, fields Fields) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if level == Error {
		e.lastError = msg
	}
	now := e.now()
	suppressed, ok := e.admit(event, now)
	if !ok || e.file == nil {
		return
	}
	e.seq++
	line := map[string]any{}
	for k, v := range fields {
		line[k] = v
	}
	line["seq"], line["ts"], line["level"], line["event"], line["msg"] = e.seq, now.UTC().Format(time.RFC3339Nano), level, event, msg
	if suppressed > 0 {
		line["suppressed"] = suppressed
	}
	text, err := json.Marshal(line)
	if err != nil {
		return // a field that JSON can't say
	}
	n, _ := e.file.Write(append(text, '\n'))
	if e.size += int64(n); e.size >= e.most {
		e.rotate()
	}
}

// admit counts an event; false means that it is only counted.
func (e *Events) admit(event string, now time.Time) (suppressed int, ok bool) {
	r := e.recent[event]
	if r == nil {
		r = &recent{}
		e.recent[event] = r
	}
	if now.Sub(r.since) >= window {
		suppressed = r.suppressed
		*r = recent{since: now}
	}
	if r.written >= burst {
		r.suppressed++
		return 0, false
	}
	r.written++
	return suppressed, true
}

func (e *Events) rotate() {
	e.file.Close()
	e.file = nil
	_ = os.Rename(e.path, e.path+".1") // if it fails the file just grows on
	_ = e.open()                       // if it fails, events are no longer written
}

// LastError is the message of the latest event of level error.
func (e *Events) LastError() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.lastError
}

// Close closes the file.
func (e *Events) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.file == nil {
		return nil
	}
	err := e.file.Close()
	e.file = nil
	return err
}
