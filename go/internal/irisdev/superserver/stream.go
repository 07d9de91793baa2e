package superserver

import (
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// ODBC type numbers of stream columns.
const (
	typeLongChar   = -1
	typeLongBinary = -4
)

// Classes of the stream objects that a handle names.
const (
	characterStream = "%Stream.GlobalCharacter"
	binaryStream    = "%Stream.GlobalBinary"
)

// statusNullStream answers a read of the stream that a NULL is.
const statusNullStream = 403

// streamFrame is how many bytes of a stream go into one frame of a reply.
const streamFrame = 64 << 10

// stream is an object that a client reads or writes in pieces. The client knows it by its handle.
type stream struct {
	binary bool
	value  value.Value // what a column held; NULL for a stream that a client writes
	raw    []byte      // bytes as the wire has them: UTF-8 text, or binary
	at     int         // where the next sequential read begins, in raw
}

// newStream registers a stream under a handle of the form of an object reference, or of a $LIST (variant
// "stream-handle-object").
func (c *conn) newStream(s *stream) string {
	if c.streams == nil {
		c.streams = map[string]*stream{}
	}
	c.lastStream++
	class := characterStream
	if s.binary {
		class = binaryStream
	}
	handle := strconv.Itoa(c.lastStream) + "@" + class
	if !c.srv.Variant.Likely(variant.StreamHandleObject) {
		handle = value.BuildList(value.Text(strconv.Itoa(c.lastStream)), value.Text(class)).Raw()
	}
	c.streams[handle] = s
	return handle
}

// isHandle recognises the form of a handle, whether or not the stream exists.
func isHandle(text string) bool {
	if items, err := value.ListItems(value.ListOf(text)); err == nil && len(items) == 2 {
		text = items[0].Text() + "@" + items[1].Text()
	}
	number, class, ok := strings.Cut(text, "@")
	return ok && number != "" && strings.Trim(number, "0123456789") == "" && (class == characterStream || class == binaryStream)
}

// streamValue is the handle that a row carries for a stream column's value.
func (c *conn) streamValue(st *statement, odbcType int, v value.Value) value.Value {
	handle := c.newStream(&stream{binary: odbcType == typeLongBinary, value: v})
	st.handles = append(st.handles, handle)
	return value.Text(handle)
}

// releaseStreams forgets the streams of a statement's rows.
func (c *conn) releaseStreams(st *statement) {
	for _, handle := range st.handles {
		delete(c.streams, handle)
	}
	st.handles = nil
}

// load makes the bytes of a stream that came from a column.
func (s *stream) load() []byte {
	if s.raw != nil || s.value.IsNull() {
		return s.raw
	}
	text := s.value.Text()
	if !s.binary {
		s.raw = []byte(text)
		return s.raw
	}
	s.raw = make([]byte, 0, len(text))
	for _, r := range text {
		s.raw = append(s.raw, byte(r))
	}
	return s.raw
}

// length counts characters (UTF-16 units, as IRIS does), or bytes of a binary stream.
func (s *stream) length() int {
	if s.binary {
		return len(s.load())
	}
	return value.Length(string(s.load()))
}

// skip gives the index n characters or bytes behind from; a character of two units is not cut.
func (s *stream) skip(from, n int) int {
	raw := s.load()
	if s.binary {
		return min(len(raw), from+min(n, len(raw)))
	}
	for n > 0 && from < len(raw) {
		r, size := value.DecodeRune(string(raw[from:min(from+utf8.UTFMax, len(raw))]))
		from += size
		n -= max(utf16.RuneLen(r), 1)
	}
	return from
}

// content is the whole as a value of a column: binary data one character a byte. Text must be UTF-8.
func (s *stream) content(binary bool) (value.Value, error) {
	if !s.value.IsNull() {
		return s.value, nil
	}
	if !binary {
		text, _, ok := streamText(s.raw)
		if !ok {
			return value.Value{}, sqlerr.New(-412, "General stream error: the text is not UTF-8")
		}
		return value.Text(text), nil
	}
	return value.Text(value.FromLatin1(s.raw)), nil
}

// resolve puts the content of streams into the place of their handles among the arguments for stream columns. A handle
// of no stream is an error (SQLCODE -412): its text is never content.
func (c *conn) resolve(p Prepared, args []value.Value) error {
	for i, param := range p.Params() {
		if i >= len(args) || param.Type != typeLongChar && param.Type != typeLongBinary || args[i].Kind() != value.String {
			continue
		}
		handle := args[i].Raw()
		s := c.streams[handle]
		if s == nil {
			if isHandle(handle) {
				return sqlerr.New(-412, "General stream error: no stream %s", handle)
			}
			continue
		}
		v, err := s.content(param.Type == typeLongBinary)
		if err != nil {
			return err
		}
		args[i] = v
	}
	return nil
}

// find reads a handle. A NULL stream has status 403, an unknown handle SQLCODE -412.
func (c *conn) find(req request, b *body) *stream {
	v := b.value()
	switch s := c.streams[v.Text()]; {
	case b.err != nil:
		c.reply(req, c.keep(b.err), nil)
	case v.IsNull():
		c.reply(req, statusNullStream, nil)
	case s == nil:
		c.reply(req, c.keep(sqlerr.New(-412, "General stream error: no stream %s", v.Text())), nil)
	default:
		return s
	}
	return nil
}

// streamSize answers SS: the length.
func (c *conn) streamSize(req request) error {
	if s := c.find(req, &body{data: req.body}); s != nil {
		c.answer(req, value.Int(int64(s.length())))
	}
	return nil
}

// readStream answers JS: handle, how much to read (-1 is all), from where the last read ended. After the end, which
// status 100 tells, the next read begins at the start again.
func (c *conn) readStream(req request) error {
	b := &body{data: req.body}
	s := c.find(req, b)
	if s == nil {
		return nil
	}
	n := b.int()
	if b.err != nil {
		return c.fail(req, b.err)
	}
	raw := s.load()
	end := len(raw)
	if n >= 0 {
		end = s.skip(s.at, n)
	}
	part, status := raw[s.at:end], uint16(statusOK)
	s.at = end
	if end == len(raw) {
		s.at, status = 0, statusEnd
	}
	return c.sendRaw(req, status, part)
}

// sendRaw answers with bytes that are no items, in several frames if they are many.
func (c *conn) sendRaw(req request, status uint16, data []byte) error {
	for first := true; first || len(data) > 0; first = false {
		part := data[:min(len(data), streamFrame)]
		data = data[len(part):]
		from := len(c.out)
		c.reply(req, status, func(buf []byte) []byte { return append(buf, part...) })
		if len(data) > 0 {
			binary.LittleEndian.PutUint32(c.out[from+8:], req.id|moreFrames)
			if err := c.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// streamPart answers GB: handle, position from 1, count.
func (c *conn) streamPart(req request) error {
	b := &body{data: req.body}
	s := c.find(req, b)
	if s == nil {
		return nil
	}
	position, n := b.int(), b.int()
	if b.err == nil && (position < 1 || n < 0) {
		b.err = sqlerr.New(-412, "General stream error: position %d, count %d", position, n)
	}
	if b.err != nil {
		return c.fail(req, b.err)
	}
	from := s.skip(0, position-1)
	return c.sendRaw(req, statusOK, s.load()[from:s.skip(from, n)])
}

// writeText and writeBinary answer SM and SB: handle or 0 for a new stream, length of four raw bytes, that many bytes.
// The reply is the handle.
func (c *conn) writeText(req request) error   { return c.writeStream(req, false) }
func (c *conn) writeBinary(req request) error { return c.writeStream(req, true) }

func (c *conn) writeStream(req request, binary bool) error {
	b := &body{data: req.body}
	handle := b.value().Text()
	n := int(b.uint32())
	if b.err == nil && !announced(n, b.data, binary) {
		b.err = sqlerr.New(-412, "General stream error: %d announced, %d sent", n, len(b.data))
	}
	if b.err != nil {
		return c.fail(req, b.err)
	}
	if handle == "0" || handle == "" {
		handle = c.newStream(&stream{binary: binary})
	}
	s := c.streams[handle]
	if s == nil || !s.value.IsNull() {
		return c.fail(req, sqlerr.New(-412, "General stream error: stream %s can't be written", handle))
	}
	s.raw = append(s.raw, b.data...)
	c.answer(req, value.Text(handle))
	return nil
}

// closeStream is CS, which has no reply.
func (c *conn) closeStream(req request) error {
	b := &body{data: req.body}
	delete(c.streams, b.value().Text())
	return nil
}
