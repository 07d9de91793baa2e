package session

import (
	"errors"
	"io"
	"os"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgwire"
)

const (
	// spoolMemory is how much of a long value stays in memory; what is longer goes through a file.
	spoolMemory = 1 << 20
	// maxValue is PostgreSQL's limit of a field (PostgreSQL docs, "PostgreSQL Limits").
	maxValue = 1<<30 - 1
)

// spool holds one long value between IRIS and the client, whose protocol wants to know its length before the first byte.
// The zero value with a folder is empty.
type spool struct {
	dir    string // where the file is made
	memory []byte
	file   *os.File
	size   int64
}

// Write implements io.Writer.
func (s *spool) Write(p []byte) (int, error) {
	if s.size+int64(len(p)) > maxValue {
		return 0, pgerr.New(pgerr.ProgramLimitExceeded, "a value is longer than %d bytes", maxValue)
	}
	s.size += int64(len(p))
	if s.file == nil && s.size <= spoolMemory {
		s.memory = append(s.memory, p...)
		return len(p), nil
	}
	if err := s.toFile(p); err != nil {
		return 0, pgerr.New(pgerr.DiskFull, "a value of more than %d bytes can't be put aside", spoolMemory).WithDetail("%v", err).WithCause(err)
	}
	return len(p), nil
}

func (s *spool) toFile(p []byte) error {
	if s.file == nil {
		file, err := os.CreateTemp(s.dir, "long-*.tmp")
		if err != nil {
			return err
		}
		s.file = file
		if _, err := file.Write(s.memory); err != nil {
			return err
		}
	}
	_, err := s.file.Write(p)
	return err
}

// send appends the value to the present row. A file is read when the row is complete, and reset must wait for that.
func (s *spool) send(to *pgwire.Conn) error {
	if s.file == nil {
		buf, start := to.BeginValue()
		to.EndValue(append(buf, s.memory...), start)
		return nil
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	to.LongValue(s.size, s.file)
	return nil
}

// reset makes it empty and removes the file.
func (s *spool) reset() error {
	s.memory, s.size = s.memory[:0], 0
	if s.file == nil {
		return nil
	}
	file := s.file
	s.file = nil
	return errors.Join(file.Close(), os.Remove(file.Name()))
}
