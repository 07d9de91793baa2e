package run

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/value"
)

func (p *Process) writeCommand(c *ast.Write) error {
	if len(c.Items) == 0 { // WRITE alone lists the variables
		return p.zwriteAll()
	}
	err := p.writeItems(c.Items)
	if p.opts.Live {
		p.home.flush()
	}
	return err
}

func (p *Process) writeItems(items []ast.IOItem) error {
	for i := range items {
		it := &items[i]
		if it.Kind == 'x' {
			if ind, ok := it.X.(*ast.Indirect); ok && !ind.HasSubs {
				if err := p.writeIndirect(ind); err != nil {
					return err
				}
				continue
			}
			v, err := p.eval(it.X)
			if err != nil {
				return err
			}
			if err := p.Write(v.Text()); err != nil {
				return err
			}
			continue
		}
		if err := p.control(it); err != nil {
			return err
		}
	}
	return nil
}

// control writes what is no expression.
func (p *Process) control(it *ast.IOItem) error {
	switch it.Kind {
	case '!':
		for range max(it.Count, 1) {
			if err := p.WriteLine(); err != nil {
				return err
			}
		}
	case '#':
		if p.redirects() {
			_, err := p.hand("wff")
			return err
		}
		return p.device.write("\f")
	case '?':
		n, err := p.plainOf(it.X)
		if err != nil {
			return err
		}
		if p.redirects() {
			_, err := p.hand("wtab", Plain(n))
			return err
		}
		return p.device.write(strings.Repeat(" ", max(0, fn.Whole(n)-p.device.x)))
	case '*':
		n, err := p.plainOf(it.X)
		if err != nil {
			return err
		}
		code := fn.Whole(n)
		if code < 0 {
			if code == -3 || code == -1 || code == -2 || code == -10 {
				return nil // device controls that a file or a pipe does not have
			}
			return fault.New("ILLEGAL VALUE", "")
		}
		if p.redirects() {
			_, err := p.hand("wchr", Int(int64(code)))
			return err
		}
		return p.device.write(value.FromUnits([]uint16{uint16(code)}))
	default:
		return fault.New("UNIMPLEMENTED", "*/"+it.Word)
	}
	return nil
}

// writeIndirect is WRITE @x: the text is an expression or a list of what WRITE may have.
func (p *Process) writeIndirect(ind *ast.Indirect) error {
	text, err := p.textOf(ind.X)
	if err != nil {
		return err
	}
	items, err := parse.WriteArgs(text)
	if err != nil {
		return syntaxFault(err)
	}
	return p.publicly(func() error { return p.writeItems(items) })
}

func (p *Process) readCommand(c *ast.Read) error {
	for i := range c.Items {
		if err := p.readItem(&c.Items[i]); err != nil {
			return err
		}
	}
	return nil
}

func (p *Process) readItem(it *ast.IOItem) error {
	switch it.Kind {
	case '"':
		s, err := p.textOf(it.X)
		if err != nil {
			return err
		}
		return p.Write(s)
	case '!', '#', '?', '/':
		return p.control(it)
	}
	r, err := p.ref(it.X)
	if err != nil {
		return err
	}
	most := 0
	if it.Length != nil {
		n, err := p.plainOf(it.Length)
		if err != nil {
			return err
		}
		if most = fn.Whole(n); most < 1 {
			return fault.New("SYNTAX", "")
		}
	}
	timeout := time.Duration(-1)
	if it.Timeout != nil {
		if timeout, err = p.timeout(it.Timeout); err != nil {
			return err
		}
	}
	if p.redirects() {
		return p.readRedirected(r, it.Kind == '*', most, timeout)
	}
	if it.Kind == '*' {
		return p.readChar(r, timeout)
	}
	s, ok, err := p.ReadLine(most, timeout)
	if err != nil {
		return err
	}
	if timeout >= 0 {
		p.test = ok
	}
	return r.set(Text(s))
}

// readRedirected takes what the routine of the mnemonic space gives for READ *x or READ x#most:timeout.
func (p *Process) readRedirected(r ref, char bool, most int, timeout time.Duration) error {
	late, label, args := Text(""), "rstr", []Value{}
	if timeout >= 0 {
		seconds := strconv.FormatFloat(timeout.Seconds(), 'f', -1, 64)
		if rest, ok := strings.CutPrefix(seconds, "0."); ok { // as numbers are written
			seconds = "." + rest
		}
		late = Text(seconds)
	}
	if char {
		label = "rchr"
	} else {
		size := Text("")
		if most > 0 {
			size = Int(int64(most))
		}
		args = append(args, size)
	}
	v, err := p.hand(label, append(args, late)...)
	if err != nil {
		return err
	}
	return r.set(v)
}

// ReadLine reads a line of at most so many characters (0 is no limit) from the current device; false is a time-out. A file
// at its end is <ENDOFFILE>, unless the process wants $ZEOF.
func (p *Process) ReadLine(most int, timeout time.Duration) (string, bool, error) {
	d := p.device
	if d.in == nil {
		return "", false, p.atEnd(d)
	}
	d.flush()
	p.home.flush()
	var late <-chan time.Time
	if timeout >= 0 {
		t := time.NewTimer(timeout)
		defer t.Stop()
		late = t.C
	}
	var line string
	ok := true
	err := p.busy("READ", func() error {
		for {
			var done bool
			if line, done = d.take(most); done {
				return nil
			}
			if d.in.err != nil {
				return p.lastLine(d, &line)
			}
			if !d.in.fill(p.ctx.Done(), late) {
				line, ok = d.rest(), false
				return nil
			}
		}
	})
	return line, ok, err
}

// take cuts a line off what was read; false when there is no whole one yet.
func (d *device) take(most int) (string, bool) {
	rest := d.in.rest
	end := "\n"
	if d.term != "" {
		end = d.term
	}
	i := bytes.Index(rest, []byte(end))
	if most > 0 {
		n, size := 0, 0
		for size < len(rest) && (i < 0 || size < i) && n < most {
			step := 1
			if !d.raw {
				if !utf8.FullRune(rest[size:]) && d.in.err == nil {
					return "", false
				}
				_, step = utf8.DecodeRune(rest[size:])
			}
			size, n = size+step, n+1
		}
		if n == most {
			d.in.rest = rest[size:]
			d.key = ""
			return d.text(rest[:size]), true
		}
	}
	if i < 0 {
		return "", false
	}
	d.in.rest = rest[i+len(end):]
	d.key = end
	line := rest[:i]
	if d.term == "" {
		line = bytes.TrimSuffix(line, []byte("\r"))
	}
	d.y++
	d.x = 0
	return d.text(line), true
}

// text makes characters of bytes.
func (d *device) text(b []byte) string {
	if d.raw || !utf8.Valid(b) {
		return value.FromLatin1(b)
	}
	return string(b)
}

// rest is what came before a time-out.
func (d *device) rest() string {
	s := d.text(d.in.rest)
	d.in.rest = nil
	return s
}

// lastLine gives what stands behind the last line end of a file, or its end.
func (p *Process) lastLine(d *device, line *string) error {
	if len(d.in.rest) > 0 {
		*line, d.key = d.rest(), ""
		return nil
	}
	if d.in.err != io.EOF {
		return fault.New("READ", "")
	}
	return p.atEnd(d)
}

func (p *Process) atEnd(d *device) error {
	if d == p.home && d.in != nil {
		p.ended.Store(true) // the terminal is gone
		return errEnd
	}
	if p.zeof {
		d.eof = true
		return nil
	}
	return fault.New("ENDOFFILE", "")
}

// readChar is READ *x: the code of one character, -1 at a time-out.
func (p *Process) readChar(r ref, timeout time.Duration) error {
	s, ok, err := p.ReadLine(1, timeout)
	if err != nil {
		return err
	}
	if timeout >= 0 {
		p.test = ok
	}
	switch {
	case !ok && s == "":
		return r.set(Int(-1))
	case s == "":
		return r.set(Int(13)) // the key that ends a line
	}
	return r.set(Int(int64(value.Units(s)[0])))
}
