package lib

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// openFile is what an open %File object holds.
type openFile struct {
	f      *os.File
	table  string
	stream bool
	buf    []byte // read and not yet given
	eof    bool
}

var fileObjectNatives = run.Natives{
	"%Library.File:Open": fileOpen,
	"%Library.File:Close": func(p *run.Process, c *run.Call) (run.Value, error) {
		o, ok := c.Self.Native.(*openFile)
		if !ok {
			return good, nil
		}
		c.Self.Native = nil
		p.SetRaw(c.Self, "IsOpen", run.Int(0))
		if err := o.f.Close(); err != nil {
			return Status(5001, err.Error()), nil
		}
		return good, nil
	},
	"%Library.File:AtEndGet": func(_ *run.Process, c *run.Call) (run.Value, error) {
		o, ok := c.Self.Native.(*openFile)
		if !ok {
			return run.Int(1), nil
		}
		err := o.fill(1)
		return run.Bool(err != nil || len(o.buf) == 0), nil
	},
	"%Library.File:Read":      fileRead,
	"%Library.File:ReadLine":  fileReadLine,
	"%Library.File:Write":     func(_ *run.Process, c *run.Call) (run.Value, error) { return fileWrite(c, "") },
	"%Library.File:WriteLine": func(_ *run.Process, c *run.Call) (run.Value, error) { return fileWrite(c, "\n") },
	"%Library.File:Rewind": func(_ *run.Process, c *run.Call) (run.Value, error) {
		o, ok := c.Self.Native.(*openFile)
		if !ok {
			return notOpen(), nil
		}
		o.buf, o.eof = nil, false
		if _, err := o.f.Seek(0, io.SeekStart); err != nil {
			return Status(5001, err.Error()), nil
		}
		return good, nil
	},
	"%Library.File:Clear": func(_ *run.Process, c *run.Call) (run.Value, error) {
		o, ok := c.Self.Native.(*openFile)
		if !ok {
			return notOpen(), nil
		}
		_, err := o.f.Seek(0, io.SeekStart)
		if err = errors.Join(err, o.f.Truncate(0)); err != nil {
			return Status(5001, err.Error()), nil
		}
		return good, nil
	},
}

func notOpen() run.Value { return Status(5001, "The file is not open") }

// fileOpen opens the file in a mode: R, W, N, A, S, and K with a translation between back-slashes.
func fileOpen(p *run.Process, c *run.Call) (run.Value, error) {
	mode := strings.ToUpper(c.Text(0))
	table := ""
	if i := strings.Index(mode, `K\`); i >= 0 {
		rest := mode[i+2:]
		name, after, _ := strings.Cut(rest, `\`)
		table, mode = name, mode[:i]+after
	}
	name := normal(p, p.GetRaw(c.Self, "Name").Text())
	flags := os.O_RDONLY
	switch read, write := strings.Contains(mode, "R"), strings.Contains(mode, "W") || strings.Contains(mode, "A"); {
	case read && write:
		flags = os.O_RDWR
	case write:
		flags = os.O_WRONLY
	}
	_, err := os.Stat(name)
	created := err != nil
	if flags != os.O_RDONLY {
		if strings.Contains(mode, "N") {
			flags |= os.O_CREATE | os.O_TRUNC
		}
		if strings.Contains(mode, "A") {
			flags |= os.O_APPEND
		}
	}
	f, err := os.OpenFile(name, flags, 0o666&^umask(p))
	if err != nil {
		return Status(5005, name), nil
	}
	if old, ok := c.Self.Native.(*openFile); ok {
		if err := old.f.Close(); err != nil {
			return Status(5001, err.Error()), nil
		}
	}
	set(p, c, 2, run.Bool(created))
	c.Self.Native = &openFile{f: f, table: table, stream: strings.Contains(mode, "S")}
	p.SetRaw(c.Self, "IsOpen", run.Int(1))
	return good, nil
}

// fill reads until there are n bytes or the file ends.
func (o *openFile) fill(n int) error {
	for len(o.buf) < n && !o.eof {
		b := make([]byte, 1<<15)
		k, err := o.f.Read(b)
		o.buf = append(o.buf, b[:k]...)
		if err == io.EOF {
			o.eof = true
		} else if err != nil {
			return err
		}
	}
	return nil
}

// give takes bytes and translates them.
func (o *openFile) give(n int) (string, error) {
	b := o.buf[:n]
	o.buf = o.buf[n:]
	return decode(b, o.table)
}

func fileRead(p *run.Process, c *run.Call) (run.Value, error) {
	o, ok := c.Self.Native.(*openFile)
	if !ok {
		set(p, c, 1, notOpen())
		return run.Value{}, nil
	}
	n := number(c, 0)
	if err := o.fill(n); err != nil {
		set(p, c, 1, Status(5001, err.Error()))
		return run.Value{}, nil
	}
	n = min(n, len(o.buf))
	text, err := o.give(n)
	if n == 0 {
		set(p, c, 0, run.Int(-1))
	} else {
		set(p, c, 0, run.Int(int64(value.Length(text))))
	}
	set(p, c, 1, good)
	return run.Text(text), err
}

func fileReadLine(p *run.Process, c *run.Call) (run.Value, error) {
	o, ok := c.Self.Native.(*openFile)
	if !ok {
		set(p, c, 1, notOpen())
		return run.Value{}, nil
	}
	at := -1
	for {
		if at = bytes.IndexByte(o.buf, '\n'); at >= 0 || o.eof {
			break
		}
		if err := o.fill(len(o.buf) + 1); err != nil {
			set(p, c, 1, Status(5001, err.Error()))
			return run.Value{}, nil
		}
	}
	n, found := at, at >= 0
	if !found {
		n = len(o.buf)
	}
	empty := n == 0 && !found
	text, err := o.give(n)
	if found {
		o.buf = o.buf[1:]
	}
	text = strings.TrimSuffix(text, "\r")
	if empty {
		set(p, c, 0, run.Int(-1))
	} else {
		set(p, c, 0, run.Int(int64(value.Length(text))))
	}
	set(p, c, 1, good)
	set(p, c, 2, run.Bool(found))
	return run.Text(text), err
}

func fileWrite(c *run.Call, end string) (run.Value, error) {
	o, ok := c.Self.Native.(*openFile)
	if !ok {
		return notOpen(), nil
	}
	text := c.Text(0) + end
	data := []byte(text)
	if b, narrow := bytesOf(text); narrow && o.table != "UTF8" {
		data = b
	}
	if _, err := o.f.Write(data); err != nil {
		return Status(5001, err.Error()), nil
	}
	return good, nil
}
