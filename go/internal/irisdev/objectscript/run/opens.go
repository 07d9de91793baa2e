package run

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
)

// deviceCommand runs OPEN, USE and CLOSE.
func (p *Process) deviceCommand(c *ast.Device) error {
	for i := range c.Args {
		a := &c.Args[i]
		id, err := p.textOf(a.Device)
		if err != nil {
			return err
		}
		o, err := p.deviceParams(a)
		if err != nil {
			return err
		}
		switch c.Name {
		case "OPEN":
			err = p.open(id, a, o)
		case "USE":
			err = p.use(id, a, o)
		default:
			err = p.closeDevice(id, o)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// openOptions are the parameters of a device.
type openOptions struct {
	mode    string // letters R W N A S V …
	words   string // those of mode that came as keywords
	table   string
	term    string
	length  int
	command string
	args    []string
	hasArgs bool
	remove  bool   // CLOSE file:"D"
	rename  string // CLOSE file:("R":name)
}

// modeWords are the keywords that stand for mode letters (IRIS docs, "Sequential File I/O", keywords of OPEN).
var modeWords = map[string]string{"READ": "R", "WRITE": "W", "NEW": "N", "APPEND": "A", "STREAM": "S", "VARIABLE": "V",
	"CREATE": "E", "CRE": "E", "TRUNCATE": "T", "TRUNC": "T", "FIXED": "F", "UNDEFINED": "U", "CREA": "E"}

// deviceParams reads the parameters: by position mode, record length and terminators, or by keyword.
func (p *Process) deviceParams(a *ast.DeviceArg) (openOptions, error) {
	var o openOptions
	for i := range a.Params {
		d := &a.Params[i]
		s := ""
		if d.X != nil && !d.Variadic {
			v, err := p.eval(d.X)
			if err != nil {
				return o, err
			}
			s = v.Text()
			if n, ok := v.Integer(); ok && d.Keyword == "" && i == 1 {
				o.length = int(n)
			}
		}
		if d.Keyword == "" {
			switch i {
			case 0:
				o.setMode(s)
			case 2:
				o.term = s
			case 1:
				o.rename = s
			}
			continue
		}
		if err := p.deviceWord(&o, d, s); err != nil {
			return o, err
		}
	}
	return o, nil
}

// setMode reads mode letters; K\table\ names a translation table. What is no mode is kept as a command for a pipe.
func (o *openOptions) setMode(s string) {
	o.command = s
	up := strings.ToUpper(s)
	if i := strings.Index(up, `K\`); i >= 0 {
		name, rest, _ := strings.Cut(up[i+2:], `\`)
		o.table, up = name, up[:i]+rest
	}
	o.mode = up
}

func (p *Process) deviceWord(o *openOptions, d *ast.DeviceParam, s string) error {
	switch d.Keyword {
	case "COMMAND", "CMD":
		o.command, o.hasArgs = s, true
	case "ARGS":
		o.hasArgs = true
		if d.Variadic {
			list, err := p.spread(d.X)
			if err != nil {
				return err
			}
			for _, a := range list {
				o.args = append(o.args, a.Value.Text())
			}
			return nil
		}
		o.args = append(o.args, s)
		for _, x := range d.More {
			more, err := p.textOf(x)
			if err != nil {
				return err
			}
			o.args = append(o.args, more)
		}
	case "IOTABLE", "IOT", "TRANSLATE", "TRA":
		o.table = strings.ToUpper(s)
	case "TERMINATOR", "TER", "TERM":
		o.term = s
	case "RECORDSIZE", "REC":
		v, err := p.plainOf(d.X)
		if err != nil {
			return err
		}
		n, _ := v.Integer()
		o.length = int(n)
	case "DELETE", "DEL":
		o.remove = true
	case "RENAME", "REN":
		o.rename = s
	case "IGNOREEOF":
	default:
		letter, ok := modeWords[d.Keyword]
		if !ok {
			return fault.New("UNIMPLEMENTED", "*/"+d.Keyword)
		}
		o.mode += letter
		o.words += letter
	}
	return nil
}

func (p *Process) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(p.dir, name)
}

// open opens a device. With a time-out $TEST tells whether it could be opened; without one that is <NOTOPEN>.
func (p *Process) open(id string, a *ast.DeviceArg, o openOptions) error {
	if p.isHome(id) {
		return nil
	}
	timed := a.Timeout != nil
	if timed {
		if _, err := p.timeout(a.Timeout); err != nil {
			return err
		}
	}
	if d := p.devices[id]; d != nil {
		if timed {
			p.test = true
		}
		return nil
	}
	var d *device
	var err error
	switch {
	case strings.HasPrefix(strings.ToUpper(id), "|CPIPE|") || strings.HasPrefix(o.mode, "Q"):
		d, err = p.openPipe(id, o)
	case strings.HasPrefix(id, "|"):
		return fault.New("UNIMPLEMENTED", "*device "+id)
	default:
		d, err = p.openFile(id, o)
	}
	if err != nil {
		if _, isFault := err.(*fault.Error); isFault {
			return err
		}
		p.failed(err)
		if timed && !strings.HasPrefix(id, "|") {
			p.test = false
			return nil
		}
		return fault.New("NOTOPEN", "")
	}
	p.devices[id] = d
	if timed {
		p.test = true
	}
	return nil
}

func (p *Process) isHome(id string) bool { return id == "0" || id == "" || id == p.home.id }

// openFile opens a sequential file.
func (p *Process) openFile(id string, o openOptions) (*device, error) {
	has := func(letters string) bool { return strings.ContainsAny(o.mode, letters) }
	if !has("RWAN") {
		o.mode += "R"
	}
	flags := os.O_RDONLY
	if has("WAN") {
		flags = os.O_WRONLY
		if has("R") {
			flags = os.O_RDWR
		}
	}
	if has("NE") {
		flags |= os.O_CREATE
	}
	switch {
	case has("A"):
		flags |= os.O_APPEND
	case has("N") || has("W") && !has("R"):
		flags |= os.O_TRUNC
	}
	f, err := os.OpenFile(p.path(id), flags, 0o666)
	if err != nil {
		return nil, err
	}
	if st, err := f.Stat(); err == nil && st.IsDir() {
		_ = f.Close()
		return nil, os.ErrInvalid
	}
	d := &device{id: id, file: f, lines: !has("S"), term: o.term, length: o.length}
	if err := d.setTable(o.table); err != nil {
		_ = f.Close()
		return nil, err
	}
	if flags&(os.O_WRONLY|os.O_RDWR) != 0 {
		d.out = bufio.NewWriter(f)
	}
	if flags&os.O_WRONLY == 0 {
		d.in = newLineReader(f)
	}
	return d, nil
}

// setTable chooses the translation: UTF8, or RAW and Latin1, whose characters are bytes.
func (d *device) setTable(table string) error {
	switch table {
	case "", "UTF8":
	case "RAW", "BIN", "SAME", "LATIN1":
		d.raw = true
	default:
		return fault.New("UNIMPLEMENTED", "*translation table "+table)
	}
	return nil
}

// use makes a device the current one.
func (p *Process) use(id string, a *ast.DeviceArg, o openOptions) error {
	d := p.devices[id]
	if p.isHome(id) {
		d = p.home
	}
	if d == nil && id == p.device.id {
		d = p.device
	}
	if d == nil {
		return fault.New("NOTOPEN", "")
	}
	if o.table != "" {
		if err := d.setTable(o.table); err != nil {
			return err
		}
	}
	if a.Mnemonics != nil {
		s, err := p.textOf(a.Mnemonics)
		if err != nil {
			return err
		}
		d.mnemonic = strings.TrimPrefix(s, "^")
	}
	p.device.flush()
	p.device = d
	return nil
}

// closeDevice closes a device; the principal one becomes the current one if it was it. A device that is not open is none.
func (p *Process) closeDevice(id string, o openOptions) error {
	d := p.devices[id]
	if d == nil {
		return nil
	}
	delete(p.devices, id)
	if p.device == d {
		p.device = p.home
	}
	if err := d.close(); err != nil {
		p.failed(err)
	}
	if d.pipe != nil {
		p.pipeExit = d.pipe.status
	}
	switch {
	case o.remove || o.mode == "D":
		if err := os.Remove(p.path(id)); err != nil {
			p.failed(err)
		}
	case o.rename != "" && (o.mode == "R" || o.mode == ""):
		if err := os.Rename(p.path(id), p.path(o.rename)); err != nil {
			p.failed(err)
		}
	}
	return nil
}
