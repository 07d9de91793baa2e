package run

import (
	"bufio"
	"io"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

// device is an open device: the principal one, a sequential file or a pipe. Texts leave it as UTF-8, or as bytes.
type device struct {
	id       string
	out      *bufio.Writer
	in       *lineReader
	file     io.Closer
	x, y     int
	raw      bool   // characters are bytes
	lines    bool   // of a file: a new line ends a record; otherwise a stream
	key      string // $KEY, $ZB
	eof      bool
	pipe     *pipe
	length   int    // of a record read at most; 0 is no limit
	mnemonic string // the routine of the mnemonic space
	term     string // ends what READ reads; a line feed without it
}

// newPrincipal makes the principal device; without a writer or reader it is the null device.
func newPrincipal(in io.Reader, out io.Writer) *device {
	d := &device{id: "|TRM|:|1", lines: true}
	if out == nil {
		out, d.id = io.Discard, "/dev/null"
	}
	d.out = bufio.NewWriter(out)
	if in != nil {
		d.in = newLineReader(in)
	}
	return d
}

// write writes a text and counts $X and $Y.
func (d *device) write(s string) error {
	if d.out == nil {
		return fault.New("WRITE", "")
	}
	for i := 0; i < len(s); {
		r, n := value.DecodeRune(s[i:])
		i += n
		switch {
		case r == '\r':
			d.x = 0
		case r == '\n':
			d.y++
		case r == '\f':
			d.x, d.y = 0, 0
		case r == '\b':
			d.x = max(0, d.x-1)
		case r >= ' ':
			d.x++
		}
	}
	return d.put(s)
}

func (d *device) put(s string) error {
	var err error
	if d.raw {
		b, ok := value.Latin1(s)
		if !ok {
			return fault.New("WIDE CHAR", "")
		}
		_, err = d.out.Write(b)
	} else {
		_, err = d.out.WriteString(s)
	}
	if err != nil {
		return fault.New("WRITE", "")
	}
	return nil
}

// newLine is WRITE !. A file has line feeds, a terminal too, since the one who shows it adds the return.
func (d *device) newLine() error {
	if d.out == nil {
		return fault.New("WRITE", "")
	}
	d.x, d.y = 0, d.y+1
	return d.put("\n")
}

func (d *device) flush() {
	if d.out != nil {
		_ = d.out.Flush() // the writer keeps its error, and the next write reports it
	}
}

// closeTimeout is how long CLOSE waits for the program of a pipe (IRIS docs, "Interprocess Communications").
const closeTimeout = 30 * time.Second

// close flushes and closes.
func (d *device) close() error {
	d.flush()
	switch {
	case d.pipe != nil && d.in != nil:
		go d.pipe.drain()
		d.pipe.wait(closeTimeout)
		return d.file.Close()
	case d.pipe != nil:
		err := d.file.Close() // the program sees the end of its input
		d.pipe.wait(closeTimeout)
		return err
	case d.file != nil:
		return d.file.Close()
	}
	return nil
}

// lineReader reads in the background, so that a wait can end by time or with the process.
type lineReader struct {
	src  io.Reader
	data chan chunk
	busy bool // a read is under way
	rest []byte
	err  error
}

// chunk is what one read gave.
type chunk struct {
	data []byte
	err  error
}

func newLineReader(r io.Reader) *lineReader { return &lineReader{src: r, data: make(chan chunk, 1)} }

// fill waits for more input; false when the time is over or the process ends.
func (l *lineReader) fill(done <-chan struct{}, late <-chan time.Time) bool {
	if l.err != nil {
		return true
	}
	if !l.busy {
		l.busy = true
		go func() {
			b := make([]byte, 4096)
			n, err := l.src.Read(b)
			l.data <- chunk{b[:n], err}
		}()
	}
	select {
	case c := <-l.data:
		l.busy, l.err = false, c.err
		l.rest = append(l.rest, c.data...)
		return true
	case <-late:
	case <-done:
	}
	return false
}

// Write writes a text to the current device.
func (p *Process) Write(s string) error {
	if p.redirects() {
		_, err := p.hand("wstr", Text(s))
		return err
	}
	return p.device.write(s)
}

// WriteLine ends the line on the current device.
func (p *Process) WriteLine() error {
	if p.redirects() {
		_, err := p.hand("wnl")
		return err
	}
	return p.device.newLine()
}

// Flush hands everything that was written on.
func (p *Process) Flush() {
	for _, d := range p.devices {
		d.flush()
	}
	p.home.flush()
}

// Redirect lets output go to a writer until the function that it gives is called.
func (p *Process) Redirect(w io.Writer) func() {
	before := p.device
	d := &device{id: before.id, lines: true, out: bufio.NewWriter(w)}
	p.device = d
	return func() {
		d.flush()
		if p.device == d {
			p.device = before
		}
	}
}

func (p *Process) closeDevices() {
	p.Flush()
	for id, d := range p.devices {
		delete(p.devices, id)
		_ = d.close() // nobody is left to hear of it
	}
}
