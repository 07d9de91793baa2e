package session

import (
	"context"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgproto3"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// parse answers Parse: the statement is parsed and compiled, nothing runs.
func (s *Session) parse(ctx context.Context, m *pgproto3.Parse) error {
	if m.Name == "" {
		delete(s.statements, "") // also when the new one is wrong
	}
	list, err := s.parseText(ctx, m.Query)
	if err != nil {
		return err
	}
	if len(list) > 1 {
		return pgerr.New(pgerr.SyntaxError, "cannot insert multiple commands into a prepared statement")
	}
	declared, err := declaredTypes(m.ParameterOIDs)
	if err != nil {
		return err
	}
	st, err := s.analyze(ctx, m.Query, list, declared)
	if err != nil {
		return err
	}
	if err := s.keep(m.Name, st); err != nil {
		return err
	}
	s.conn.Send(&pgproto3.ParseComplete{})
	return nil
}

// declaredTypes checks the types that the client declared. unknown (705) is as good as none.
func declaredTypes(oids []uint32) ([]pgtypes.OID, error) {
	out := make([]pgtypes.OID, len(oids))
	for i, o := range oids {
		oid := pgtypes.OID(o)
		if oid == pgtypes.Unknown {
			oid = 0
		}
		if _, ok := pgtypes.Lookup(oid); !ok && oid != 0 {
			return nil, pgerr.New(pgerr.UndefinedObject, "parameter $%d has a type (OID %d) that iris-pgwire does not know", i+1, o)
		}
		out[i] = oid
	}
	return out, nil
}

// checkUTF8 refuses text that is none, as PostgreSQL does, naming the bytes.
func checkUTF8(text string) error {
	if utf8.ValidString(text) {
		return nil
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size <= 1 {
			return pgerr.New(pgerr.CharacterNotInRepertoire, "invalid byte sequence for encoding \"UTF8\": 0x%02x", text[i])
		}
		i += size
	}
	return nil
}
