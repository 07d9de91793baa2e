package superserver

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/recording"
)

// listener reads recorded replies with our decoder and writes down what they say, step by step.
type listener struct {
	t          *testing.T
	fast       map[int]bool // connections on which fast select was granted
	statements map[listenerKey]*Statement
	last       *Statement // go-irisnative fetches without a statement id
	columns    map[string][]iris.Column
	said       map[string][]string
}

type listenerKey struct {
	connection int
	statement  uint32
}

// say writes down an outcome of a step.
func (l *listener) say(f answered, format string, args ...any) {
	l.said[f.Step] = append(l.said[f.Step], fmt.Sprintf(format, args...))
}

// answered is a message of the server: its frames put together by readMessage.
type answered struct {
	recording.Frame
	body []byte
}

func (l *listener) replies(x recording.Exchange) []answered {
	var raw bytes.Buffer
	for _, f := range x.Replies {
		statement := f.Statement
		if f.More {
			statement |= moreFrames
		}
		content := f.Body()
		head := appendHeader(nil, f.Number, statement, code{byte(f.Status), byte(f.Status >> 8)})
		binary.LittleEndian.PutUint32(head, uint32(len(content)))
		raw.Write(append(head, content...))
	}
	in := bufio.NewReader(&raw)
	var out []answered
	for raw.Len() > 0 || in.Buffered() > 0 {
		status, body, err := readMessage(in, nil, x.Request.Number, x.Request.Statement)
		if err != nil {
			l.t.Fatalf("line %d: %v", x.Request.Line, err)
		}
		r := answered{x.Request, body}
		r.Status = status
		out = append(out, r)
	}
	return out
}

// exchange takes one request's replies apart.
func (l *listener) exchange(x recording.Exchange) {
	replies := l.replies(x)
	if len(replies) == 0 {
		return
	}
	first := replies[0]
	r := reader{b: first.body}
	switch c := x.Request.Code; {
	case c[1] == nativeMark:
		l.native(first)
	case first.Status == statusRefused:
		l.say(first, "refused for reason %d", refused(first.Status, first.body).(*iris.LoginError).Reason)
	case first.Status != statusOK && first.Status != statusEnd && len(first.body) == 0:
		l.say(first, "status %d", first.Status)
	case c == "HS":
		l.say(first, "protocol %d capabilities %d %s", binary.LittleEndian.Uint16(r.b), binary.LittleEndian.Uint16(r.b[2:]),
			(&reader{b: r.b, at: 4}).text())
	case c == "CN":
		l.login(first)
	case c == "PP":
		l.define(first, first.body)
	case c == "DQ":
		l.define(first, first.body)
		l.rows(replies[1])
	case c == "PQ", c == "FD":
		l.rows(first)
	case c == "DU":
		readParams(&r)
		r.int() // whether the statement is kept
		l.counts(first, &r)
	case c == "PU":
		l.counts(first, &r)
	case c == "OE":
		e := iris.ParseErrorText(sqlCode((&reader{b: x.Request.Body()}).int()), r.text())
		l.say(first, "error %d %s", e.Code, e.Text)
	case c == "JS":
		l.say(first, "stream of %d bytes: %.4s", len(first.body), first.body)
		if want := streams[string(first.body[:1])]; string(first.body) != want && !strings.HasSuffix(want, string(first.body)) {
			l.t.Errorf("line %d: other content than was written", first.Line)
		}
	case c == "SS", c == "IL", c == "SM", c == "SB":
		l.say(first, "%s %s", c, r.text())
	case len(first.body) > 0:
		l.t.Errorf("line %d: a body in the reply to %s", first.Line, c)
	}
	if r.err != nil {
		l.t.Errorf("line %d: %v", first.Line, r.err)
	}
}

// login reads the seven fields of the reply to CN.
func (l *listener) login(f answered) {
	r := reader{b: f.body}
	version := r.text()
	delimited := r.int()
	r.text()
	levels, job := r.int(), r.text()
	r.int()
	granted := r.int()
	l.fast[f.Connection] = granted&featureFastSelect != 0
	major, minor := parseVersion(version)
	l.say(f, "IRIS %d.%d delimited %d levels %d job %s", major, minor, delimited, levels, job)
	if r.err != nil || !r.done() {
		l.t.Errorf("line %d: login %v, %d of %d bytes", f.Line, r.err, r.at, len(f.body))
	}
}

// define reads metadata. Where fast select was granted it has items that our client never asks for: they are taken out.
func (l *listener) define(f answered, body []byte) {
	st := &Statement{query: isQuery(statementText(f.Frame)), count: strings.Count(statementText(f.Frame), ":%qpar(")}
	if l.fast[f.Connection] {
		body = l.withoutSlots(f, st.query)
	}
	if err := st.readMetadata(body); err != nil {
		l.t.Fatalf("line %d: %v", f.Line, err)
	}
	l.statements[listenerKey{f.Connection, f.Statement}], l.last = st, st
	if st.query {
		l.columns[f.Step] = st.columns
	}
}

// statementText is the text in a PP or DQ, in one chunk.
func statementText(f recording.Frame) string {
	r := reader{b: f.Body()}
	r.int()
	return r.text()
}

func (l *listener) withoutSlots(f answered, query bool) []byte {
	r := reader{b: f.body}
	feature := r.int()
	if !query {
		return r.b[r.at:]
	}
	if feature != featureFastSelect {
		l.t.Fatalf("line %d: feature %d", f.Line, feature)
	}
	r.int() // items in a row
	from := r.at
	columns := r.int()
	out := bytes.Clone(r.b[from:r.at])
	for range columns {
		from = r.at
		for range 10 {
			r.text()
		}
		out = append(out, r.b[from:r.at]...)
		r.int() // slot
	}
	return append(out, r.b[r.at:]...)
}

// rows reads a buffer of rows.
func (l *listener) rows(f answered) {
	st := l.statements[listenerKey{f.Connection, f.Statement}]
	if f.Code == "FD" && f.Statement == 0 {
		st = l.last
	}
	n := 0
	for at := 0; at < len(f.body); n++ {
		buf, from := f.body, at
		if l.fast[f.Connection] {
			item, next, err := decodeItem(f.body, at)
			if err != nil {
				l.t.Fatalf("line %d: %v", f.Line, err)
			}
			buf, from, at = item.Raw(), 0, next
		}
		var texts []string
		for range st.columns {
			var v iris.Value
			next, err := decodeInto(&v, buf, from)
			if err != nil {
				l.t.Fatalf("line %d: row %d: %v", f.Line, n, err)
			}
			from = next
			texts = append(texts, shown(v))
		}
		if !l.fast[f.Connection] {
			at = from
		}
		l.say(f, "%s", strings.Join(texts, "|"))
	}
	l.say(f, "buffer of %d, status %d", n, f.Status)
}

// shown writes a value; of a long one the length.
func shown(v iris.Value) string {
	switch text := v.String(); {
	case v.IsNull():
		return "NULL"
	case len(text) > 100:
		return fmt.Sprintf("%.1s*%d", text, len(text))
	default:
		return text
	}
}

func (l *listener) counts(f answered, r *reader) {
	var counts []int
	for !r.done() {
		counts = append(counts, r.int())
	}
	l.say(f, "counts %d", counts)
}

// native reads the reply to a native call as the client does.
func (l *listener) native(f answered) {
	switch number := f.Status - statusNative; {
	case number != 0 && len(f.body) > 0:
		r := reader{b: f.body}
		l.say(f, "native error %d %s", number, r.text())
	case number != 0:
		l.say(f, "native error %d", number)
	case len(f.body) > 0:
		v, next, err := decodeNative(f.body, 0)
		if err != nil || next != len(f.body) {
			l.t.Errorf("line %d: %v", f.Line, err)
		}
		l.say(f, "%s", v.String())
	}
}

// Every driver's replies are read by our decoder, down to each value.
func TestRepliesToAllDriversAreRead(t *testing.T) {
	for _, driver := range recording.Drivers {
		t.Run(driver, func(t *testing.T) {
			recorded, err := recording.Load(driver)
			if err != nil {
				t.Fatal(err)
			}
			l := listener{t: t, fast: map[int]bool{}, statements: map[listenerKey]*Statement{}, columns: map[string][]iris.Column{},
				said: map[string][]string{}}
			reached := map[string]bool{}
			for _, x := range recorded {
				reached[x.Request.Step] = true
				l.exchange(x)
			}
			for step, want := range outcomes {
				if other, ok := otherOutcomes[driver][step]; ok {
					want = other
				}
				if !reached[step] && !slices.Contains(leftOut[driver], step) {
					t.Errorf("%s is not recorded", step)
				}
				if got := strings.Join(l.said[step], "; "); reached[step] && got != want {
					t.Errorf("%s: %.2000q, want %.2000q", step, got, want)
				}
			}
			if driver != recording.Node {
				checkKinds(t, l.columns["query"])
			}
		})
	}
}

func checkKinds(t *testing.T, got []iris.Column) {
	t.Helper()
	if len(got) != len(kindColumns) {
		t.Fatalf("%d columns", len(got))
	}
	for i, want := range kindColumns {
		have := got[i]
		if want.Precision == 0 {
			have.Precision, have.Scale = 0, 0
		}
		want.Schema, want.Table = "Rec", "Kinds"
		if have != want {
			t.Errorf("column %d: %+v, want %+v", i+1, have, want)
		}
	}
}
