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

// mostPending lines are kept while they can't be written.
const mostPending = 100

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
	torn      bool // the last write came to a part of a line only
	seq       uint64
	pending   [][]byte // lines that could not be written yet
	recent    map[string]*recent
	lastError string
}

type recent struct {
	since      time.Time
	written    int
	suppressed int
}

// OpenEvents appends to DIR/status.jsonl and goes on with the numbers of the lines that are there. The file is rotated to
// status.jsonl.1 when it has grown to most bytes.
func OpenEvents(dir string, most int) (*Events, error) {
	e := &Events{path: filepath.Join(dir, EventsFile), most: int64(most), now: Now, recent: map[string]*recent{}}
	if err := e.open(); err != nil {
		return nil, err
	}
	last, torn, err := lastSeq(dir)
	if err != nil {
		e.file.Close()
		return nil, err
	}
	e.seq, e.torn = last, torn
	return e, nil
}

// open is called with the lock held, or before anyone else knows e.
func (e *Events) open() error {
	f, size, err := openEnd(e.path)
	if err != nil {
		return err
	}
	e.file, e.size = f, size
	return nil
}

// Write appends one event. A line that can't be written now is written later, see Flush.
func (e *Events) Write(level Level, event, msg string, fields Fields) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if level == Error {
		e.lastError = msg
	}
	now := e.now()
	suppressed, ok := e.admit(event, now)
	if !ok || e.file == nil || len(e.pending) == mostPending {
		return
	}
	line := map[string]any{}
	for k, v := range fields {
		line[k] = v
	}
	line["seq"], line["ts"], line["level"], line["event"], line["msg"] = e.seq+1, now.UTC().Format(time.RFC3339Nano), level, event, msg
	if suppressed > 0 {
		line["suppressed"] = suppressed
	}
	text, err := json.Marshal(line)
	if err != nil {
		return // a field that JSON can't say
	}
	e.seq++
	e.pending = append(e.pending, append(text, '\n'))
	e.flush()
}

// Flush writes what could not be written before: when the disk was full, for example.
func (e *Events) Flush() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.flush()
}

func (e *Events) flush() {
	for len(e.pending) > 0 && e.file != nil {
		line := e.pending[0]
		if e.torn {
			line = append([]byte{'\n'}, line...) // readers drop the part of a line before it
		}
		n, err := e.file.Write(line)
		e.size += int64(n)
		if err != nil {
			e.torn = e.torn || n > 0
			return
		}
		e.torn = false
		e.pending = e.pending[1:]
		if e.size >= e.most {
			e.rotate()
		}
	}
}

// admit counts an event; false means that it is only counted.
func (e *Events) admit(event string, now time.Time) (suppressed int, ok bool) {
	r := e.recent[event]
	if r == nil {
		r = &recent{}
		e.recent[event] = r
	}
	// A clock that was set back ends the window as well.
	if d := now.Sub(r.since); d >= window || d < 0 {
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
	e.flush()
	err := e.file.Close()
	e.file = nil
	return err
}
