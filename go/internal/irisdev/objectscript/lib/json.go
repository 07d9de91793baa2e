package lib

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// jsonWriter writes members as JSON text.
type jsonWriter struct {
	p     *run.Process
	b     strings.Builder
	depth int
}

// maxJSON is how deep JSON may nest.
const maxJSON = 1000

func (w *jsonWriter) object(d *dynamic) error {
	if w.depth++; w.depth > maxJSON {
		return fault.New("MAXSTRING", "*JSON that contains itself")
	}
	defer func() { w.depth-- }()
	open, end := byte('{'), byte('}')
	if d.array {
		open, end = '[', ']'
	}
	w.b.WriteByte(open)
	first := true
	for i := range d.size() {
		key, m := d.at(i)
		if m.kind == unassigned {
			if !d.array {
				continue
			}
			m.kind = null
		}
		if !first {
			w.b.WriteByte(',')
		}
		first = false
		if !d.array {
			jsonString(&w.b, key.Text())
			w.b.WriteByte(':')
		}
		if err := w.member(m); err != nil {
			return err
		}
	}
	w.b.WriteByte(end)
	return nil
}

func (w *jsonWriter) member(m jsonValue) error {
	switch m.kind {
	case null, unassigned:
		w.b.WriteString("null")
	case boolean:
		w.b.WriteString(trueFalse(m.value.Value))
	case numberKind:
		return w.number(m)
	case stringKind:
		jsonString(&w.b, m.value.Text())
	case objectKind, arrayKind:
		return w.object(dynamicOf(m.value.Obj))
	case orefKind:
		return w.other(m.value)
	}
	return nil
}

// number writes a number as JSON has it: with a digit before the point. NaN and infinity have no form in JSON.
func (w *jsonWriter) number(m jsonValue) error {
	s := m.text
	if s == "" {
		s = m.value.Text()
	}
	if m.text == "" && m.value.Kind() == value.Double && (math.IsNaN(m.value.Float64()) || math.IsInf(m.value.Float64(), 0)) {
		return fault.New("ILLEGAL VALUE", "")
	}
	switch {
	case strings.HasPrefix(s, "."):
		s = "0" + s
	case strings.HasPrefix(s, "-."):
		s = "-0" + s[1:]
	}
	w.b.WriteString(s)
	return nil
}

// other writes an object that is no JSON: a stream as a text, others are refused.
func (w *jsonWriter) other(v run.Value) error {
	if v.Obj.Class.Is("%Stream.Object") {
		s, err := streamText(w.p, v.Obj)
		if err != nil {
			return err
		}
		jsonString(&w.b, s)
		return nil
	}
	return fault.New("ILLEGAL VALUE", "*"+v.Obj.Class.Name)
}

// jsonString writes a text between quotes; only what JSON demands is escaped.
func jsonString(b *strings.Builder, s string) {
	b.WriteByte('"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case '\b':
			b.WriteString(`\b`)
		case '\f':
			b.WriteString(`\f`)
		case '\n':
			b.WriteString(`\n`)
		case '\r':
			b.WriteString(`\r`)
		case '\t':
			b.WriteString(`\t`)
		default:
			if c < 0x20 {
				fmt.Fprintf(b, `\u%04X`, c)
				continue
			}
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
}

func toJSON(p *run.Process, c *run.Call) (run.Value, error) {
	w := &jsonWriter{p: p}
	if err := w.object(dynamicOf(c.Self)); err != nil {
		return run.Value{}, err
	}
	text := run.Text(w.b.String())
	if to := c.Arg(0).Obj; to != nil {
		_, err := p.Call(to, "Write", text)
		return run.Value{}, err
	}
	if !c.Wants {
		return run.Value{}, p.Write(w.b.String())
	}
	if value.Length(w.b.String()) > maxString {
		return run.Value{}, fault.New("MAXSTRING", "")
	}
	return text, nil
}

func toJSONFile(p *run.Process, c *run.Call) (run.Value, error) {
	w := &jsonWriter{p: p}
	if err := w.object(dynamicOf(c.Self)); err != nil {
		return run.Value{}, err
	}
	name := absolute(p, c.Text(0))
	if err := os.WriteFile(name, []byte(w.b.String()), 0o666&^umask(p)); err != nil {
		return Status(5008, name), nil
	}
	return good, nil
}

// fromJSON reads a text or a stream; a text that is no JSON is an exception.
func fromJSON(p *run.Process, c *run.Call) (run.Value, error) {
	s := c.Text(0)
	if o := c.Arg(0).Obj; o != nil {
		var err error
		if s, err = streamText(p, o); err != nil {
			return run.Value{}, err
		}
	}
	return parseJSON(p, s)
}

func fromJSONFile(p *run.Process, c *run.Call) (run.Value, error) {
	name := absolute(p, c.Text(0))
	data, err := os.ReadFile(name)
	if err != nil {
		return run.Value{}, throwGeneral(p, "Cannot open file", "5005", "", name)
	}
	s, err := decode(data, c.Text(1))
	if err != nil {
		return run.Value{}, err
	}
	return parseJSON(p, s)
}

// jsonReader reads JSON text.
type jsonReader struct {
	p     *run.Process
	s     string
	pos   int
	depth int
}

// errJSON is a place where the text is no JSON.
type errJSON struct{ pos int }

func (e *errJSON) Error() string { return "Parsing error at offset " + strconv.Itoa(e.pos) }

func parseJSON(p *run.Process, s string) (run.Value, error) {
	r := &jsonReader{p: p, s: strings.TrimPrefix(s, "\uFEFF")}
	m, err := r.value()
	if err == nil {
		r.space()
		if r.pos < len(r.s) || m.kind != objectKind && m.kind != arrayKind {
			err = &errJSON{r.pos}
		}
	}
	if bad, ok := err.(*errJSON); ok {
		line := 1 + strings.Count(r.s[:bad.pos], "\n")
		offset := bad.pos - strings.LastIndexByte(r.s[:bad.pos], '\n')
		return run.Value{}, throwGeneral(p, "Parsing error", "3", fmt.Sprintf("Line %d Offset %d", line, offset), "")
	}
	return m.value, err
}

// throwGeneral throws an %Exception.General.
func throwGeneral(p *run.Process, name, code, location, data string) error {
	cls, err := p.Class("%Exception.General")
	if err != nil {
		return err
	}
	v, err := p.New(cls, []run.Actual{run.Arg(run.Text(name)), run.Arg(run.Text(code)), run.Arg(run.Text(location)),
		run.Arg(run.Text(data))})
	if err != nil {
		return err
	}
	return p.Throw(v.Obj)
}

func (r *jsonReader) space() {
	for r.pos < len(r.s) && strings.IndexByte(" \t\r\n", r.s[r.pos]) >= 0 {
		r.pos++
	}
}

func (r *jsonReader) fail() error { return &errJSON{min(r.pos, len(r.s))} }

func (r *jsonReader) accept(c byte) bool {
	r.space()
	if r.pos < len(r.s) && r.s[r.pos] == c {
		r.pos++
		return true
	}
	return false
}

func (r *jsonReader) value() (jsonValue, error) {
	r.space()
	if r.pos >= len(r.s) {
		return jsonValue{}, r.fail()
	}
	switch c := r.s[r.pos]; {
	case c == '{':
		return r.compound("%Library.DynamicObject", objectKind, '}')
	case c == '[':
		return r.compound("%Library.DynamicArray", arrayKind, ']')
	case c == '"':
		s, err := r.text()
		return jsonValue{kind: stringKind, value: plainString(s)}, err
	case c == '-' || c >= '0' && c <= '9':
		return r.number()
	}
	for _, w := range strings.Split(jsonWords, ",") {
		if strings.HasPrefix(r.s[r.pos:], w) {
			r.pos += len(w)
			if w == "null" {
				return jsonValue{kind: null}, nil
			}
			return jsonValue{kind: boolean, value: run.Bool(w == "true")}, nil
		}
	}
	return jsonValue{}, r.fail()
}

// compound reads an object or an array.
func (r *jsonReader) compound(name string, k kind, end byte) (jsonValue, error) {
	if r.depth++; r.depth > maxJSON {
		return jsonValue{}, r.fail()
	}
	defer func() { r.depth-- }()
	cls, err := r.p.Class(name)
	if err != nil {
		return jsonValue{}, err
	}
	o, err := r.p.NewObject(cls)
	if err != nil {
		return jsonValue{}, err
	}
	d := dynamicOf(o)
	r.pos++
	if r.accept(end) {
		return jsonValue{kind: k, value: run.Ref(o)}, nil
	}
	for {
		key := run.Int(int64(len(d.items)))
		if !d.array {
			if r.space(); r.pos >= len(r.s) || r.s[r.pos] != '"' {
				return jsonValue{}, r.fail()
			}
			s, err := r.text()
			if err != nil {
				return jsonValue{}, err
			}
			if !r.accept(':') {
				return jsonValue{}, r.fail()
			}
			key = plainString(s)
		}
		m, err := r.value()
		if err != nil {
			return jsonValue{}, err
		}
		if err := d.put(r.p, key, m); err != nil {
			return jsonValue{}, err
		}
		switch {
		case r.accept(','):
		case r.accept(end):
			return jsonValue{kind: k, value: run.Ref(o)}, nil
		default:
			return jsonValue{}, r.fail()
		}
	}
}

// number reads a number as JSON allows it and keeps how it was written.
func (r *jsonReader) number() (jsonValue, error) {
	from := r.pos
	digits := func() bool {
		start := r.pos
		for r.pos < len(r.s) && r.s[r.pos] >= '0' && r.s[r.pos] <= '9' {
			r.pos++
		}
		return r.pos > start
	}
	if r.s[r.pos] == '-' {
		r.pos++
	}
	start := r.pos
	if !digits() || r.s[start] == '0' && r.pos > start+1 {
		return jsonValue{}, r.fail()
	}
	if r.pos < len(r.s) && r.s[r.pos] == '.' {
		r.pos++
		if !digits() {
			return jsonValue{}, r.fail()
		}
	}
	if r.pos < len(r.s) && (r.s[r.pos] == 'e' || r.s[r.pos] == 'E') {
		r.pos++
		if r.pos < len(r.s) && (r.s[r.pos] == '+' || r.s[r.pos] == '-') {
			r.pos++
		}
		if !digits() {
			return jsonValue{}, r.fail()
		}
	}
	text := r.s[from:r.pos]
	n, _ := value.ParseNumber(text)
	return jsonValue{kind: numberKind, value: run.Plain(n), text: text}, nil
}

// text reads a string.
func (r *jsonReader) text() (string, error) {
	r.pos++
	from := r.pos
	for r.pos < len(r.s) && r.s[r.pos] != '"' && r.s[r.pos] != '\\' && r.s[r.pos] >= 0x20 {
		r.pos++
	}
	if r.pos < len(r.s) && r.s[r.pos] == '"' {
		r.pos++
		return r.s[from : r.pos-1], nil
	}
	var units []uint16
	units = append(units, value.Units(r.s[from:r.pos])...)
	for r.pos < len(r.s) {
		c := r.s[r.pos]
		switch {
		case c == '"':
			r.pos++
			return value.FromUnits(units), nil
		case c == '\\':
			u, err := r.escape()
			if err != nil {
				return "", err
			}
			units = append(units, u)
		case c < 0x20:
			return "", r.fail()
		default:
			ch, n := value.DecodeRune(r.s[r.pos:])
			r.pos += n
			if ch >= 0x10000 {
				hi, lo := utf16.EncodeRune(ch)
				units = append(units, uint16(hi), uint16(lo))
			} else {
				units = append(units, uint16(ch))
			}
		}
	}
	return "", r.fail()
}

var jsonEscapes = map[byte]uint16{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (r *jsonReader) escape() (uint16, error) {
	if r.pos+1 >= len(r.s) {
		return 0, r.fail()
	}
	c := r.s[r.pos+1]
	if u, ok := jsonEscapes[c]; ok {
		r.pos += 2
		return u, nil
	}
	if c != 'u' || r.pos+6 > len(r.s) {
		return 0, r.fail()
	}
	n, err := strconv.ParseUint(r.s[r.pos+2:r.pos+6], 16, 16)
	if err != nil {
		return 0, r.fail()
	}
	r.pos += 6
	return uint16(n), nil
}

// decode turns the bytes of a file into text.
func decode(data []byte, table string) (string, error) {
	switch strings.ToUpper(table) {
	case "RAW", "LATIN1", "CP1252":
		return value.FromLatin1(data), nil
	case "", "UTF8", "UTF-8":
		s := strings.TrimPrefix(string(data), "\uFEFF")
		if !utf8.ValidString(s) {
			return value.FromLatin1(data), nil // as IRIS does with bytes that are no UTF-8
		}
		return s, nil
	}
	return "", fault.New("TRANSLATE", "*"+table)
}
