package store

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// journal is the write-ahead file. Its zero value keeps nothing: a store in memory.
type journal struct {
	mu      sync.Mutex
	file    *os.File
	buf     []byte
	written int64
	dirty   bool // written, but not brought to disk
	syncAll bool // every commit waits for the disk
	failed  error
}

// bufferAt is how much is collected before it is written although nobody waits.
const bufferAt = 1 << 20

func journalName(dir string, n uint64) string {
	return filepath.Join(dir, fmt.Sprintf("journal.%d", n))
}

// append adds a record to the buffer.
func (j *journal) append(r record) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file == nil {
		return j.failed
	}
	j.buf = appendRecord(j.buf, r)
	if len(j.buf) >= bufferAt {
		j.write()
	}
	return j.failed
}

// flush hands everything to the operating system: it survives the death of this process.
func (j *journal) flush() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.write()
	return j.failed
}

// commit is flush, and brings it to disk if the store is told to.
func (j *journal) commit() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.write()
	if j.syncAll {
		j.fsync()
	}
	return j.failed
}

// sync brings everything to disk.
func (j *journal) sync() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.write()
	j.fsync()
}

func (j *journal) size() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.written
}

// write empties the buffer. The first failure stays: nothing is written behind a hole. Under mu.
func (j *journal) write() {
	if len(j.buf) == 0 || j.failed != nil || j.file == nil {
		return
	}
	n, err := j.file.Write(j.buf)
	j.written += int64(n)
	j.dirty = true
	if err != nil {
		j.failed = fmt.Errorf("write the journal: %w", err)
	}
	j.buf = j.buf[:0]
	if cap(j.buf) > 4*bufferAt {
		j.buf = nil
	}
}

// fsync under mu.
func (j *journal) fsync() {
	if !j.dirty || j.failed != nil {
		return
	}
	if err := j.file.Sync(); err != nil {
		j.failed = fmt.Errorf("bring the journal to disk: %w", err)
	}
	j.dirty = false
}

// swap ends the file and goes on with another.
func (j *journal) swap(next *os.File) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.write()
	j.fsync()
	old := j.file
	j.file, j.written = next, 0
	if old != nil {
		if err := old.Close(); err != nil && j.failed == nil {
			j.failed = fmt.Errorf("close the journal: %w", err)
		}
	}
	return j.failed
}

func (j *journal) close() error { return j.swap(nil) }

// log writes a change of a global, unless it is scratch. The global's lock is held.
func (s *Store) log(g *global, r record) error {
	if g.scratch || s.dir == "" {
		return nil
	}
	r.db, r.name = g.db, g.name
	return s.journal.append(r)
}
