package lib

import (
	"strings"
	"unicode/utf16"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// maxString is the longest string in characters (IRIS docs, "General System Limits").
const maxString = fn.MaxString

// stream is what a stream object holds: its characters, or bytes as characters 0 to 255.
type stream struct {
	data    []uint16
	pos     int
	writing bool // the last thing done to it was a write
	changed bool
	binary  bool
	id      string
	kept    string // the global of one that was saved somewhere else than in the default one

	file *fileState // of a file stream
}

// holdsBytes reports a stream class whose characters are bytes.
func holdsBytes(c *class.Class) bool {
	return c.Is("%Stream.TmpBinary") || c.Is("%Stream.GlobalBinary") || c.Is("%Stream.FileBinary") && !c.Is("%Stream.FileCharacter")
}

// streamOf gives what a stream object holds; it is made, and a file is read, on first use.
func streamOf(p *run.Process, o *run.Object) (*stream, error) {
	s, ok := o.Native.(*stream)
	if !ok {
		s = &stream{binary: holdsBytes(o.Class)}
		if o.Class.Is("%Stream.FileBinary") {
			s.file = &fileState{}
		}
		o.Native = s
	}
	if s.file != nil {
		return s, s.load(p, o)
	}
	return s, nil
}

// newStream makes a stream with a text.
func newStream(p *run.Process, class, text string) (run.Value, error) {
	c, err := p.Class(class)
	if err != nil {
		return run.Value{}, err
	}
	o, err := p.NewObject(c)
	if err != nil {
		return run.Value{}, err
	}
	s, err := streamOf(p, o)
	if err != nil {
		return run.Value{}, err
	}
	s.data = value.Units(text)
	return run.Ref(o), nil
}

// streamText is all that a stream has; its position stays.
func streamText(p *run.Process, o *run.Object) (string, error) {
	if !o.Class.Is("%Stream.Object") {
		// A stream of somebody's own: read it as a program would.
		var b strings.Builder
		if err := p.Do(o, "Rewind"); err != nil {
			return "", err
		}
		for {
			end, err := p.GetProperty(o, "AtEnd")
			if err != nil || end.Truth() {
				return b.String(), err
			}
			v, err := p.Call(o, "Read")
			if err != nil {
				return "", err
			}
			b.WriteString(v.Text())
		}
	}
	s, err := streamOf(p, o)
	if err != nil {
		return "", err
	}
	return value.FromUnits(s.data), nil
}

// toRead makes a stream ready to be read: after a write it goes back to the start.
func (s *stream) toRead() {
	if s.writing {
		s.pos, s.writing = 0, false
	}
}

// toWrite makes a stream ready to be written: after a read, what was there goes.
func (s *stream) toWrite() {
	if !s.writing {
		s.data, s.pos = nil, 0
		s.writing = true
	}
	s.pos = len(s.data)
}

func (s *stream) take(n int) string {
	s.toRead()
	n = max(min(n, len(s.data)-s.pos), 0)
	// A pair of surrogates is not cut in two.
	if end := s.pos + n; n > 1 && end < len(s.data) && utf16.IsSurrogate(rune(s.data[end-1])) && s.data[end-1] < 0xDC00 {
		n--
	}
	t := value.FromUnits(s.data[s.pos : s.pos+n])
	s.pos += n
	return t
}

// method makes a native of one that works on a stream.
func method(do func(p *run.Process, c *run.Call, s *stream) (run.Value, error)) run.Native {
	return func(p *run.Process, c *run.Call) (run.Value, error) {
		s, err := streamOf(p, c.Self)
		if err != nil {
			return run.Value{}, err
		}
		return do(p, c, s)
	}
}

var streamNatives = run.Natives{
	"%Stream.Object:IdGet":    method(func(_ *run.Process, _ *run.Call, s *stream) (run.Value, error) { return run.Text(s.id), nil }),
	"%Stream.Object:AtEndGet": method(func(_ *run.Process, _ *run.Call, s *stream) (run.Value, error) { return run.Bool(s.atEnd()), nil }),
	"%Stream.Object:SizeGet": method(func(p *run.Process, c *run.Call, s *stream) (run.Value, error) {
		return run.Int(int64(s.size(p, c.Self))), nil
	}),
	"%Stream.Object:LastModifiedGet": method(lastModified),
	"%Stream.Object:PositionGet": method(func(_ *run.Process, _ *run.Call, s *stream) (run.Value, error) {
		return run.Int(int64(s.pos + 1)), nil
	}),
	"%Stream.Object:Read":      method(streamRead),
	"%Stream.Object:ReadLine":  method(streamReadLine),
	"%Stream.Object:ReadUntil": method(streamReadUntil),
	"%Stream.Object:Write": method(func(p *run.Process, c *run.Call, s *stream) (run.Value, error) {
		return s.write(p, c.Arg(0))
	}),
	"%Stream.Object:Rewind": method(func(_ *run.Process, _ *run.Call, s *stream) (run.Value, error) {
		s.pos, s.writing = 0, false
		return good, nil
	}),
	"%Stream.Object:MoveToEnd": method(func(_ *run.Process, _ *run.Call, s *stream) (run.Value, error) {
		s.pos, s.writing = len(s.data), true
		return good, nil
	}),
	"%Stream.Object:MoveTo": method(func(_ *run.Process, c *run.Call, s *stream) (run.Value, error) {
		n := number(c, 0)
		if n < 1 || n > len(s.data)+1 {
			return Status(5001, "Position "+c.Text(0)+" is not in the stream"), nil
		}
		s.pos, s.writing = n-1, false
		return good, nil
	}),
	"%Stream.Object:Clear": method(func(_ *run.Process, _ *run.Call, s *stream) (run.Value, error) {
		s.data, s.pos, s.writing, s.changed = nil, 0, false, true
		return good, nil
	}),
	"%Stream.Object:FindAt":      method(findAt),
	"%Stream.Object:CopyFrom":    method(copyFrom),
	"%Stream.Object:%Save":       method(saveStream),
	"%Stream.Object:%IsModified": method(func(_ *run.Process, _ *run.Call, s *stream) (run.Value, error) { return run.Bool(s.changed), nil }),
	"%Stream.Object:%OpenId":     openStream,
	"%Stream.Object:%Open":       openStream,
	"%Stream.Object:%ExistsId":   existsStream,
	"%Stream.Object:%DeleteId":   deleteStream,
}

func (s *stream) atEnd() bool {
	if s.writing {
		return true
	}
	return s.pos >= len(s.data)
}

func (s *stream) size(p *run.Process, o *run.Object) int {
	if s.file != nil {
		return len(s.encode(p, o))
	}
	return len(s.data)
}

// write adds a text, or all of another stream.
func (s *stream) write(p *run.Process, v run.Value) (run.Value, error) {
	text := v.Text()
	if v.Obj != nil {
		var err error
		if text, err = streamText(p, v.Obj); err != nil {
			return run.Value{}, err
		}
	}
	units := value.Units(text)
	if s.binary {
		for _, u := range units {
			if u > 0xFF {
				return Status(5002, "<WIDE CHAR>"), nil
			}
		}
	}
	s.toWrite()
	s.data = append(s.data, units...)
	s.pos, s.changed = len(s.data), true
	return good, nil
}

func streamRead(p *run.Process, c *run.Call, s *stream) (run.Value, error) {
	n := number(c, 0)
	if n < 0 || n > maxString {
		n = maxString
	}
	s.toRead()
	if s.atEnd() {
		set(p, c, 0, run.Int(-1))
		set(p, c, 1, good)
		return run.Value{}, nil
	}
	text := s.take(n)
	set(p, c, 0, run.Int(int64(value.Length(text))))
	set(p, c, 1, good)
	return run.Text(text), nil
}

func streamReadLine(p *run.Process, c *run.Call, s *stream) (run.Value, error) {
	most := number(c, 0)
	if most <= 0 || most > maxString {
		most = maxString
	}
	s.toRead()
	set(p, c, 1, good)
	set(p, c, 2, run.Int(0))
	if s.atEnd() {
		set(p, c, 0, run.Int(-1))
		return run.Value{}, nil
	}
	term := c.Text(3)
	if term == "" {
		term = p.GetRaw(c.Self, "LineTerminator").Text()
	}
	if term == "" {
		term = "\n"
	}
	text, found := s.until(value.Units(term), most)
	if found && term == "\n" { // a line that ends with CR LF is read by a stream whose lines end with LF as well
		text = strings.TrimSuffix(text, "\r")
	}
	set(p, c, 0, run.Int(int64(value.Length(text))))
	set(p, c, 2, run.Bool(found))
	return run.Text(text), nil
}

// until reads up to a text, which is passed over, or to the end or a number of characters.
func (s *stream) until(stop []uint16, most int) (string, bool) {
	from := s.pos
	for i := from; i <= len(s.data) && i-from <= most; i++ {
		if len(s.data)-i >= len(stop) && equalUnits(s.data[i:i+len(stop)], stop) {
			s.pos = i + len(stop)
			return value.FromUnits(s.data[from:i]), true
		}
	}
	return s.take(most), false
}

func equalUnits(a, b []uint16) bool {
	for i := range b {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func streamReadUntil(p *run.Process, c *run.Call, s *stream) (run.Value, error) {
	s.toRead()
	set(p, c, 2, good)
	if s.atEnd() {
		set(p, c, 1, run.Int(-1))
		return run.Value{}, nil
	}
	text, _ := s.until(value.Units(c.Text(0)), maxString)
	set(p, c, 1, run.Int(int64(value.Length(text))))
	return run.Text(text), nil
}

// findAt looks for a text from a position on; -1 is the present position, and the answer when it is not there.
func findAt(p *run.Process, c *run.Call, s *stream) (run.Value, error) {
	from := number(c, 0) - 1
	if number(c, 0) == -1 {
		from = s.pos
	}
	if from < 0 || from > len(s.data) {
		return run.Int(-1), nil
	}
	text, want := value.FromUnits(s.data[from:]), c.Text(1)
	if c.Arg(3).Truth() {
		text, want = strings.ToUpper(text), strings.ToUpper(want)
	}
	i := strings.Index(text, want)
	if i < 0 {
		return run.Int(-1), nil
	}
	at := from + value.Length(text[:i])
	s.pos, s.writing = at, false
	return run.Int(int64(at + 1)), nil
}

func copyFrom(p *run.Process, c *run.Call, s *stream) (run.Value, error) {
	v := c.Arg(0)
	if v.Obj == c.Self {
		return good, nil
	}
	sc, err := s.write(p, v)
	set(p, c, 3, sc)
	return sc, err
}
