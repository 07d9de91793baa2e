package parse

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"iris-pgwire/internal/pgerr"
)

// verdict is what a parser says of a text: nothing, or an error in PostgreSQL's words.
type verdict struct {
	code     string
	position int
	message  string
}

func (v verdict) String() string {
	if v.code == "" {
		return "accepted"
	}
	return fmt.Sprintf("%s at %d: %s", v.code, v.position, v.message)
}

// ours is this package's verdict.
func ours(text string) verdict {
	_, err := Parse(text)
	if err == nil {
		return verdict{}
	}
	var e *pgerr.Error
	if !errors.As(err, &e) {
		return verdict{code: "XX000", message: err.Error()}
	}
	return verdict{e.Code, e.Position, e.Message}
}

// oracle is a real PostgreSQL 17 that is asked with Parse messages, never to execute.
type oracle struct{ conn *pgconn.PgConn }

// liveOracle connects to the server that PGWIRE_TEST_POSTGRES names.
func liveOracle(t *testing.T) *oracle {
	dsn := os.Getenv("PGWIRE_TEST_POSTGRES")
	if dsn == "" {
		t.Skip("no live PostgreSQL 17: PGWIRE_TEST_POSTGRES holds no DSN; the recorded answers are used instead")
	}
	conn, err := pgconn.Connect(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return &oracle{conn}
}

// secondStatement makes PostgreSQL stop behind its grammar: a Parse message may hold one statement, which is checked
// after parsing and before anything is looked up.
const secondStatement = "\n;select 1"

// verdict asks the server for the verdict of its grammar alone.
func (o *oracle) verdict(t *testing.T, text string) verdict {
	_, err := o.conn.Prepare(context.Background(), "", text+secondStatement, nil)
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		if err != nil {
			t.Fatalf("%v: %.200s", err, text)
		}
		return verdict{}
	}
	if strings.HasPrefix(e.Message, "cannot insert multiple commands") {
		return verdict{}
	}
	if (int(e.Position) > CharPos(text, len(text)) || strings.HasPrefix(e.Message, "unterminated")) && text != "" && !strings.HasSuffix(text, secondStatement) {
		// It complains of the statement that was added: the text ends too early.
		_, err := o.conn.Prepare(context.Background(), "", text, nil)
		errors.As(err, &e)
	}
	return verdict{e.Code, int(e.Position), e.Message}
}
