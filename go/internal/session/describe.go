package session

import (
	"context"

	"github.com/jackc/pgx/v5/pgproto3"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/plan"
)

// describe answers Describe, from what compiling found out: nothing runs.
func (s *Session) describe(ctx context.Context, m *pgproto3.Describe) error {
	if err := checkSubtype("DESCRIBE", m.ObjectType); err != nil {
		return err
	}
	if m.ObjectType == 'P' {
		p, err := s.portal(m.Name)
		if err != nil {
			return err
		}
		columns, err := s.portalColumns(p)
		if err != nil {
			return err
		}
		return s.describeRows(columns, p.format)
	}
	st, err := s.lookup(m.Name)
	if err != nil {
		return err
	}
	if err := s.refresh(ctx, st); err != nil {
		return err
	}
	columns, err := s.columns(st)
	if err != nil {
		return err
	}
	if columns != nil {
		if err := s.checkFailed(st.parsed.Node); err != nil {
			return err
		}
	}
	oids := make([]uint32, len(st.params))
	for i, t := range st.params {
		oids[i] = uint32(t.OID)
	}
	s.conn.Send(&pgproto3.ParameterDescription{ParameterOIDs: oids})
	return s.describeRows(columns, func(int) int16 { return 0 })
}

// checkSubtype refuses what names neither a statement nor a portal.
func checkSubtype(message string, kind byte) error {
	if kind == 'S' || kind == 'P' {
		return nil
	}
	return pgerr.New(pgerr.ProtocolViolation, "invalid %s message subtype %d", message, kind)
}

// describeRows sends RowDescription, or NoData where there are no rows.
func (s *Session) describeRows(columns []plan.Column, format func(int) int16) error {
	if columns == nil {
		s.conn.Send(&pgproto3.NoData{})
		return nil
	}
	fields := make([]pgproto3.FieldDescription, len(columns))
	for i, c := range columns {
		f := format(i)
		if f != 0 && f != 1 {
			return unsupportedFormat(f)
		}
		fields[i] = pgproto3.FieldDescription{
			Name:                 []byte(c.Name),
			TableOID:             c.TableOID,
			TableAttributeNumber: uint16(c.Attnum),
			DataTypeOID:          uint32(c.Type.OID),
			DataTypeSize:         pgtypes.TypLen(c.Type.OID),
			TypeModifier:         c.Type.Mod,
			Format:               f,
		}
	}
	s.conn.Send(&pgproto3.RowDescription{Fields: fields})
	return nil
}
