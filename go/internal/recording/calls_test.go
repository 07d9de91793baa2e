package recording

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// call is what one request asks for: a direct query is two calls, prepare and query, as if it were sent in two messages.
type call struct {
	name   string
	fields []field
}

// field is one part of a call with its value, in which numbers and texts look different.
type field struct{ name, value string }

// cursor walks over the list elements of a request.
type cursor struct {
	parts []Part
	out   []field
}

func (c *cursor) next() string {
	if len(c.parts) == 0 {
		return "nothing"
	}
	p := c.parts[0]
	c.parts = c.parts[1:]
	if p.Masked {
		return "masked"
	}
	item, n, err := value.NextItem(p.Bytes)
	switch {
	case err != nil || n != len(p.Bytes):
		return hex.EncodeToString(p.Bytes)
	case item.Undefined:
		return "omitted"
	case item.Value.IsNull():
		return "null"
	case item.Value.Kind() == value.String:
		return fmt.Sprintf("%q", item.Value.Text())
	case item.Value.Kind() == value.Double:
		return "double " + item.Value.Text()
	}
	return item.Value.Text()
}

func (c *cursor) count() int {
	n := 0
	_, _ = fmt.Sscan(c.next(), &n) // what is no number has no elements
	return n
}

func (c *cursor) field(name string) { c.out = append(c.out, field{name, c.next()}) }

func (c *cursor) fields(names ...string) {
	for _, name := range names {
		c.field(name)
	}
}

func (c *cursor) numbered(name string, n int) {
	for i := range n {
		c.field(fmt.Sprintf("%s %d", name, i+1))
	}
}

// take gives the fields so far and begins anew.
func (c *cursor) take(name string) call {
	done := call{name, c.out}
	c.out = nil
	return done
}

// statement reads text and parameter info (facts: superserver protocol, 5.2).
func (c *cursor) statement() call {
	chunks := c.count()
	text := ""
	for range chunks {
		text += c.next()
	}
	c.out = append(c.out, field{"chunks", fmt.Sprint(chunks)}, field{"text", text})
	n := c.count()
	c.out = append(c.out, field{"parameters", fmt.Sprint(n)})
	for i := range n {
		c.fields(fmt.Sprintf("marker %d", i+1), fmt.Sprintf("format %d", i+1))
	}
	return c.take("prepare")
}

func (c *cursor) values() {
	sets, width := c.count(), c.count()
	c.out = append(c.out, field{"sets", fmt.Sprint(sets)}, field{"width", fmt.Sprint(width)})
	c.numbered("value", sets*width)
}

func (c *cursor) query() call {
	c.values()
	c.fields("time-out", "max rows")
	return c.take("query")
}

func (c *cursor) update() call {
	c.fields("key column", "time-out")
	c.values()
	return c.take("update")
}

var loginFields = []string{"namespace", "user", "password", "OS user", "machine", "application", "machine information", "address",
	"event class", "autocommit", "isolation", "features"}

// natives are the native calls by number: what stands behind the reference to a node.
var natives = map[byte][]string{1: nil, 2: {"value"}, 3: nil, 6: {"amount"}, 9: {"flag"}, 14: {"mode", "time-out"}, 15: {"mode"}}

const (
	nativeMark   = 0xC2
	nativeBase   = 0x40
	nativeMethod = 11
)

// calls takes a request apart.
func calls(f Frame) []call {
	c := &cursor{parts: f.Parts}
	var out []call
	switch code := f.Code; {
	case code == "PP":
		out = []call{c.statement()}
	case code == "DQ":
		out = []call{c.statement(), c.query()}
	case code == "PQ":
		out = []call{c.query()}
	case code == "DU":
		if out = []call{c.statement(), c.update()}; out[0].fields[1].value == `"START TRANSACTION"` {
			out = []call{{"begin", append(out[0].fields, out[1].fields...)}}
		}
	case code == "PU":
		out = []call{c.update()}
	case code == "HS":
		out = []call{{code, []field{{"version", fmt.Sprint(binary.LittleEndian.Uint16(f.Body()))}}}}
	case code == "CN":
		c.fields(loginFields...)
		out = []call{c.take(code)}
	case code == "SM" || code == "SB":
		out = []call{{code, []field{{"handle", c.next()}, {"length", fmt.Sprint(binary.LittleEndian.Uint32(c.parts[0].Bytes))},
			{"content", fmt.Sprintf("%d bytes", len(c.parts[1].Bytes))}}}}
		c.parts = nil
	case code[1] == nativeMark:
		out = []call{c.native(code[0] - nativeBase)}
	default:
		c.numbered("item", len(c.parts))
		out = []call{c.take(code)}
	}
	if code := f.Code; code != "HS" && len(c.parts) > 0 {
		out[len(out)-1].fields = append(out[len(out)-1].fields, field{"rest", fmt.Sprintf("%d elements", len(c.parts))})
	}
	return out
}

func (c *cursor) native(function byte) call {
	if function == nativeMethod {
		c.fields("class", "method")
		c.numbered("argument", c.count())
		return c.take("native 11")
	}
	c.field("global")
	c.numbered("subscript", c.count())
	for _, name := range natives[function] {
		if len(c.parts) > 0 {
			c.field(name)
		}
	}
	return c.take(fmt.Sprintf("native %d", function))
}

// header writes message number and statement id as far as they can be compared.
func header(f Frame) []field {
	number, statement := "odd", "set"
	switch {
	case f.Number == 0:
		number = "0"
	case f.Number%2 == 0:
		number = "even"
	}
	if f.Statement == 0 {
		statement = "0"
	}
	return []field{{"number", number}, {"statement", statement}}
}

// difference is what one driver does otherwise than our client.
type difference struct{ driver, step, message, field, theirs, ours string }

func (d difference) String() string {
	return fmt.Sprintf("%s | %s | %s | %s: %.90s, ours %.90s", d.driver, d.step, d.message, d.field, d.theirs, d.ours)
}

// step is what a driver does in one step: its messages in order, each run of the same code once, and its calls by name.
type step struct {
	codes []string
	calls map[string][][]field
}

func steps(recorded []Exchange) map[string]*step {
	out := map[string]*step{}
	for _, x := range recorded {
		f := x.Request
		s := out[f.Step]
		if s == nil {
			s = &step{calls: map[string][][]field{}}
			out[f.Step] = s
		}
		code := f.Code
		if code[1] == nativeMark {
			code = fmt.Sprintf("native %d", code[0]-nativeBase)
		}
		if n := len(s.codes); n == 0 || s.codes[n-1] != code {
			s.codes = append(s.codes, code)
		}
		for _, c := range append(calls(f), call{"header of " + code, header(f)}) {
			s.calls[c.name] = append(s.calls[c.name], c.fields)
		}
	}
	return out
}

// compare lists where a driver's steps differ from ours.
func compare(driver string, theirs, ours map[string]*step) []difference {
	var out []difference
	for name, our := range ours {
		their := theirs[name]
		if their == nil {
			out = append(out, difference{driver, name, "all", "step", "not done", "done"})
			continue
		}
		add := func(message, field, t, o string) { out = append(out, difference{driver, name, message, field, t, o}) }
		if a, b := strings.Join(their.codes, " "), strings.Join(our.codes, " "); a != b {
			add("all", "messages", a, b)
		}
		for message, list := range their.calls {
			if len(our.calls[message]) == 0 {
				continue // its message is among the messages
			}
			if a, b := len(list), len(our.calls[message]); a != b && !strings.HasPrefix(message, "header") {
				add(message, "how often", fmt.Sprint(a), fmt.Sprint(b))
			}
			for i := range min(len(list), len(our.calls[message])) {
				compareFields(list[i], our.calls[message][i], func(field, t, o string) { add(message, field, t, o) })
			}
		}
	}
	slices.SortFunc(out, func(a, b difference) int { return strings.Compare(a.String(), b.String()) })
	return out
}

func compareFields(theirs, ours []field, add func(name, theirs, ours string)) {
	find := func(list []field, name string) string {
		for _, f := range list {
			if f.name == name {
				return f.value
			}
		}
		return "nothing"
	}
	for _, f := range theirs {
		switch o := find(ours, f.name); {
		case o == f.value:
		case f.name == "text" && squeezed(o) == squeezed(f.value):
			add("spaces", f.value, o)
		default:
			add(f.name, f.value, o)
		}
	}
	for _, f := range ours {
		if find(theirs, f.name) == "nothing" {
			add(f.name, "nothing", f.value)
		}
	}
}

// squeezed is a statement's text without spaces: those that the drivers' pre-parsers add change nothing.
func squeezed(text string) string { return strings.ReplaceAll(text, " ", "") }
