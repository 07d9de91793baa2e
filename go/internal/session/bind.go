package session

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5/pgproto3"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
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

// values reads the parameters into their canonical form. The message's bytes don't outlive it, so they are copied.
func (s *Session) values(types []pgtypes.Type, formats []int16, raw [][]byte) ([]iris.Value, error) {
	out := make([]iris.Value, len(raw))
	style := s.settings.current().style
	style.Now = s.since
	for i, b := range raw {
		var err error
		switch formatOf(formats, i) {
		case 0:
			if err = checkUTF8(string(b)); err == nil {
				out[i], err = pgtypes.FromText(types[i], b, style)
			}
		case 1:
			out[i], err = pgtypes.FromBinary(types[i], slices.Clone(b))
		default:
			err = unsupportedFormat(formatOf(formats, i))
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
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
