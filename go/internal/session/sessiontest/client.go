package sessiontest

import (
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// Client sends messages and writes the answers in the form of the recorded sessions (testdata of package session).
type Client struct {
	t        testing.TB
	Conn     net.Conn
	frontend *pgproto3.Frontend
}

// NewClient wraps a connection; every wait for an answer is bounded.
func NewClient(t testing.TB, c net.Conn) *Client {
	t.Cleanup(func() { c.Close() })
	return &Client{t: t, Conn: c, frontend: pgproto3.NewFrontend(c, c)}
}

// Send sends messages in one write.
func (c *Client) Send(messages ...pgproto3.FrontendMessage) {
	c.t.Helper()
	for _, m := range messages {
		c.frontend.Send(m)
	}
	if err := c.frontend.Flush(); err != nil {
		c.t.Fatalf("send: %v", err)
	}
}

// SendBytes sends bytes as they are.
func (c *Client) SendBytes(b []byte) {
	c.t.Helper()
	if _, err := c.Conn.Write(b); err != nil {
		c.t.Fatalf("send: %v", err)
	}
}

// Query sends one simple query and gives its answer.
func (c *Client) Query(text string) string {
	c.t.Helper()
	c.Send(&pgproto3.Query{String: text})
	return c.Answer(1)
}

// Answer reads up to the n-th ReadyForQuery or the connection's end.
func (c *Client) Answer(n int) string {
	c.t.Helper()
	var out []string
	for n > 0 {
		word := c.Next()
		if strings.HasPrefix(word, "Z") {
			n--
		}
		out = append(out, word)
		if word == Closed {
			break
		}
	}
	return strings.Join(out, " ")
}

// Closed is what Next gives at the connection's end.
const Closed = "(closed)"

// Next reads one message.
func (c *Client) Next() string {
	c.t.Helper()
	_ = c.Conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	m, err := c.frontend.Receive()
	if e, ok := err.(net.Error); ok && e.Timeout() {
		c.t.Fatal("no answer in time")
	}
	if err != nil {
		return Closed
	}
	return word(m)
}

// word is a message in the recorded form.
func word(m pgproto3.BackendMessage) string {
	switch m := m.(type) {
	case *pgproto3.ParseComplete:
		return "1"
	case *pgproto3.BindComplete:
		return "2"
	case *pgproto3.CloseComplete:
		return "3"
	case *pgproto3.NoData:
		return "n"
	case *pgproto3.PortalSuspended:
		return "s"
	case *pgproto3.EmptyQueryResponse:
		return "I"
	case *pgproto3.BackendKeyData:
		return "K"
	case *pgproto3.AuthenticationOk:
		return "R0"
	case *pgproto3.AuthenticationCleartextPassword:
		return "R3"
	case *pgproto3.NegotiateProtocolVersion:
		return "v"
	case *pgproto3.CommandComplete:
		return "C(" + string(m.CommandTag) + ")"
	case *pgproto3.ReadyForQuery:
		return "Z(" + string(m.TxStatus) + ")"
	case *pgproto3.ParameterStatus:
		return "S(" + m.Name + "=" + m.Value + ")"
	case *pgproto3.ErrorResponse:
		return "E(" + fields(m) + ")"
	case *pgproto3.NoticeResponse:
		return "N(" + fields((*pgproto3.ErrorResponse)(m)) + ")"
	}
	return data(m)
}

func data(m pgproto3.BackendMessage) string {
	var parts []string
	switch m := m.(type) {
	case *pgproto3.ParameterDescription:
		for _, oid := range m.ParameterOIDs {
			parts = append(parts, fmt.Sprint(oid))
		}
		return "t[" + strings.Join(parts, " ") + "]"
	case *pgproto3.RowDescription:
		for _, f := range m.Fields {
			parts = append(parts, fmt.Sprintf("%s:%d", f.Name, f.DataTypeOID))
		}
		return "T(" + strings.Join(parts, ",") + ")"
	case *pgproto3.DataRow:
		for _, v := range m.Values {
			if v == nil {
				parts = append(parts, "NULL")
			} else {
				parts = append(parts, string(v))
			}
		}
		return "D(" + strings.Join(parts, ",") + ")"
	}
	return fmt.Sprintf("%T", m)
}

// fields gives severity, code and message, then the fields that the recorded sessions name by a letter.
func fields(m *pgproto3.ErrorResponse) string {
	out := m.Severity + " " + m.Code + " " + strconv.Quote(m.Message)
	if m.Position > 0 {
		out += fmt.Sprintf(" P=%d", m.Position)
	}
	for _, f := range [][2]string{{"D", m.Detail}, {"H", m.Hint}, {"s", m.SchemaName}, {"t", m.TableName}, {"n", m.ConstraintName}, {"c", m.ColumnName}} {
		if f[1] != "" {
			out += " " + f[0] + "=" + f[1]
		}
	}
	return out
}
