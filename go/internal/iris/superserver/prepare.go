package superserver

import (
	"context"
	"fmt"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
)

// chunkSize is where JDBC cuts statement texts, in characters.
const chunkSize = 31904

// markerUser says of a parameter that it is the user's and not a replaced literal; its format is left unknown (0).
const markerUser = 63

// directID is the statement id of texts that are sent once; the server lets the next one take its place.
const directID = 1

// Statement is a prepared statement of one connection.
type Statement struct {
	conn    *Conn
	id      uint32 // 0 = IRIS doesn't know it (any more)
	text    string // as the caller wrote it
	wire    string // with numbered parameters
	count   int    // of parameters
	query   bool
	columns []iris.Column
	params  []iris.Param
	cursor  *Rows // open on this id
}

var _ iris.Statement = (*Statement)(nil)

// IsQuery tells whether the statement returns rows.
func (st *Statement) IsQuery() bool { return st.query }

// Columns describes the rows of a query.
func (st *Statement) Columns() []iris.Column { return st.columns }

// Params describes the parameters as IRIS sees them.
func (st *Statement) Params() []iris.Param { return st.params }

// Prepare compiles a statement, or gives the one that is kept for the text.
func (c *Conn) Prepare(ctx context.Context, sql string) (iris.Statement, error) {
	if st := c.cache.get(sql); st != nil {
		return st, nil
	}
	st, err := c.newStatement(ctx, sql)
	if err != nil {
		return nil, err
	}
	c.cache.put(st)
	return st, nil
}

func (c *Conn) newStatement(ctx context.Context, sql string) (*Statement, error) {
	st := &Statement{conn: c, text: sql, query: isQuery(sql)}
	st.wire, st.count = numberParameters(sql)
	if err := c.prepare(ctx, st); err != nil {
		return nil, err
	}
	return st, nil
}

// prepare sends the text under a new id and reads the metadata.
func (c *Conn) prepare(ctx context.Context, st *Statement) error {
	id := c.nextID()
	c.begin(ctx, code{'P', 'P'}, id)
	start := c.lastFrame()
	if err := c.appendStatement(st.wire, st.count); err != nil {
		return err
	}
	status, body, err := c.call(ctx, start, nil)
	if err != nil {
		return err
	}
	if err := c.check(ctx, status); err != nil {
		return err
	}
	if err := st.readMetadata(body); err != nil {
		c.fail()
		return &iris.ConnError{Op: "prepare reply", Err: err, Sent: true}
	}
	st.id = id
	return nil
}

// nextID counts statement ids up; the first is directID's.
func (c *Conn) nextID() uint32 {
	if c.lastID < directID || c.lastID >= 1<<30 {
		c.lastID = directID
	}
	c.lastID++
	return c.lastID
}

// appendStatement writes the text in chunks and the parameter info.
func (c *Conn) appendStatement(text string, params int) error {
	chunks := splitText(text, chunkSize)
	c.out = appendInt(c.out, int64(len(chunks)))
	for _, chunk := range chunks {
		var err error
		if c.out, err = appendText(c.out, []byte(chunk)); err != nil {
			return err
		}
	}
	c.out = appendInt(c.out, int64(params))
	for range params {
		c.out = appendInt(appendInt(c.out, markerUser), 0)
	}
	return nil
}

// splitText cuts after every n characters, never inside one.
func splitText(text string, n int) []string {
	if len(text) <= n {
		return []string{text}
	}
	var out []string
	start, count := 0, 0
	for i := 0; i < len(text); {
		if count == n {
			out = append(out, text[start:i])
			start, count = i, 0
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		i, count = i+size, count+1
	}
	return append(out, text[start:])
}

// readMetadata reads the reply to PP. Whether it starts with columns depends on the statement's kind, which the client
// must know: the other reading is tried when the expected one doesn't come out even.
func (st *Statement) readMetadata(body []byte) error {
	first := st.query
	for _, query := range []bool{first, !first} {
		r := reader{b: body}
		var columns []iris.Column
		if query {
			columns = readColumns(&r)
		}
		params := readParams(&r)
		r.int() // flags: whether the server keeps the statement
		if r.err == nil && r.at == len(body) && len(params) == st.count && (!query || len(columns) > 0) {
			st.query, st.columns, st.params = query, columns, params
			return nil
		}
	}
	return fmt.Errorf("%w: metadata of %d bytes for %d parameters", errList, len(body), st.count)
}

// readColumns reads the column info; eleven fields a column of which SQL needs seven.
func readColumns(r *reader) []iris.Column {
	n := r.count()
	columns := make([]iris.Column, 0, min(n, 1000))
	for ; n > 0 && r.err == nil; n-- {
		col := iris.Column{Name: r.text()}
		col.Type = columnType(r.int())
		col.Precision, col.Scale = r.int(), r.int()
		col.Nullable = r.int() != 0 // 2 is "unknown"
		r.text()                    // label
		col.Table, col.Schema = r.text(), r.text()
		r.text() // catalog
		r.text() // twelve flag bytes
		columns = append(columns, col)
	}
	return columns
}

// columnType maps the old ODBC numbers of date, time and timestamp to the present ones.
func columnType(n int) int {
	if n >= 9 && n <= 11 {
		return n + 82
	}
	return n
}

func readParams(r *reader) []iris.Param {
	n := r.count()
	params := make([]iris.Param, 0, min(n, 1000))
	for ; n > 0 && r.err == nil; n-- {
		p := iris.Param{Type: columnType(r.int()), Precision: r.int(), Scale: r.int()}
		p.Nullable = r.int() != 0
		params = append(params, p)
	}
	return params
}
