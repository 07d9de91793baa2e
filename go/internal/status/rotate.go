package status

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// Rotated is how many old files of events are kept: status.jsonl.1 is the newest of them. Who reads the events finds those
// of the time in which it was away.
const Rotated = 8

// openEnd opens a file to append to, and says how long it is.
func openEnd(path string) (*os.File, int64, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// rotate begins a new file; it is called with the lock held.
func (e *Events) rotate() {
	e.file.Close()
	e.file = nil
	for n := Rotated; n > 1; n-- {
		_ = os.Rename(rotated(e.path, n-1), rotated(e.path, n)) // a file that isn't there yet
	}
	_ = replace(e.path, rotated(e.path, 1)) // if it fails the file just grows on
	_ = e.open()                            // if it fails, events are no longer written
}

func rotated(path string, n int) string { return path + "." + strconv.Itoa(n) }

// lastSeq is the number of the last event in DIR, 0 if there is none; torn says that status.jsonl ends within a line.
func lastSeq(dir string) (seq uint64, torn bool, err error) {
	path := filepath.Join(dir, EventsFile)
	for n := 0; n <= Rotated; n++ {
		file := path
		if n > 0 {
			file = rotated(path, n)
		}
		text, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return 0, false, err
		}
		if n == 0 {
			torn = len(text) > 0 && text[len(text)-1] != '\n'
		}
		for _, line := range bytes.Split(text, []byte{'\n'}) {
			var one struct {
				Seq uint64 `json:"seq"`
			}
			if json.Unmarshal(line, &one) == nil {
				seq = max(seq, one.Seq)
			}
		}
		if seq > 0 {
			break
		}
	}
	return seq, torn, nil
}
