package session

import (
	"bytes"
	"context"
	"slices"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgproto3"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/pgwire"
)

// bind answers Bind: it makes a portal of a prepared statement and values.
func (s *Session) bind(ctx context.Context, m *pgproto3.Bind) error {
	st, err := s.lookup(m.PreparedStatement)
	if err != nil {
		return err
	}
	if err := s.checkFailed(st.parsed.Node); err != nil {
		return err
	}
	if err := s.checkCounts(st, m); err != nil {
		return err
	}
	if err := s.refresh(ctx, st); err != nil {
		return err
	}
	if _, exists := s.portals[m.DestinationPortal]; exists {
		if m.DestinationPortal != "" {
			return pgerr.New(pgerr.DuplicateCursor, "cursor %q already exists", m.DestinationPortal)
		}
		s.closePortal("")
	}
	args, err := s.values(st.params, m.ParameterFormatCodes, m.Parameters)
	if err != nil {
		return err
	}
	s.addPortal(&portal{
		name: m.DestinationPortal, st: st, args: args, formats: slices.Clone(m.ResultFormatCodes), extended: true,
	})
	s.conn.Send(&pgproto3.BindComplete{})
	return nil
}

// checkCounts compares the numbers of formats and values in the message.
func (s *Session) checkCounts(st *statement, m *pgproto3.Bind) error {
	if n := len(m.ParameterFormatCodes); n > 1 && n != len(m.Parameters) {
		return pgerr.New(pgerr.ProtocolViolation, "bind message has %d parameter formats but %d parameters", n, len(m.Parameters))
	}
	if len(m.Parameters) != len(st.params) {
		return pgerr.New(pgerr.ProtocolViolation, "bind message supplies %d parameters, but prepared statement \"%s\" requires %d",
			len(m.Parameters), m.PreparedStatement, len(st.params))
	}
	if n := len(m.ResultFormatCodes); n > 1 {
		columns, err := s.columns(st)
		if err != nil {
			return err
		}
		if n != len(columns) {
			return pgerr.New(pgerr.ProtocolViolation, "bind message has %d result formats but query has %d columns", n, len(columns))
		}
	}
	return nil
}

// values reads the parameters into their canonical form, which keeps none of the message's bytes unless they are its own.
func (s *Session) values(types []pgtypes.Type, formats []int16, raw [][]byte) ([]iris.Value, error) {
	out := make([]iris.Value, len(raw))
	style := s.settings.current().style
	style.Now = s.since
	for i, b := range raw {
		var err error
		switch formatOf(formats, i) {
		case 0:
			out[i], err = fromText(types[i], b, style)
		case 1:
			out[i], err = pgtypes.FromBinary(types[i], owned(b))
		default:
			err = unsupportedFormat(formatOf(formats, i))
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// owned gives bytes that outlive the message. A value as long as a long message came in one.
func owned(b []byte) []byte {
	if len(b) >= pgwire.LongMessage {
		return b
	}
	return slices.Clone(b)
}

func fromText(t pgtypes.Type, b []byte, style pgtypes.Style) (iris.Value, error) {
	if b == nil {
		return iris.Null(), nil
	}
	if len(b) >= pgwire.LongMessage && t.OID == pgtypes.Text && utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 {
		return iris.TextBytes(b), nil
	}
	text := string(b)
	if err := checkUTF8(text); err != nil {
		return iris.Null(), err
	}
	return pgtypes.ParseStyled(t, text, style)
}

// formatOf reads a list of format codes: none means text, one is for all.
func formatOf(formats []int16, i int) int16 {
	switch len(formats) {
	case 0:
		return 0
	case 1:
		return formats[0]
	}
	return formats[i]
}

func unsupportedFormat(code int16) error {
	return pgerr.New(pgerr.InvalidParameterValue, "unsupported format code: %d", code)
}
