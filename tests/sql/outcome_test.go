package sql

import (
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

// finish adds an error's SQLSTATE and position; anything but a server's error ends the test.
func (o outcome) finish(t *testing.T, err error) outcome {
	t.Helper()
	if err == nil {
		return o
	}
	var server *pgconn.PgError
	if !errors.As(err, &server) {
		t.Fatalf("not a server error: %v", err)
	}
	// What came before the error depends on how far a server computes ahead: only the error counts.
	return outcome{SQLState: server.Code, Position: server.Position}
}

func column(f pgconn.FieldDescription) string {
	return fmt.Sprintf("%s:%d:%d", f.Name, f.DataTypeOID, f.TypeModifier)
}
