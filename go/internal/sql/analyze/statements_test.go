package analyze

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"iris-pgwire/internal/pgerr"
)

const (
	statementsFile   = "testdata/statements.txt"
	statementsGolden = "testdata/statements.tsv"
)

// libraryDDL makes the tables of the fake schema in PostgreSQL.
const libraryDDL = `create temp table author (id int4 primary key, name varchar(100), score numeric(10,2), born date, active bool, created_at timestamptz);
create temp table book (id int8 primary key, price numeric(8,2), tags text[], meta jsonb, isbn char(13), published timestamp, uid uuid, blob bytea, author_id int4)`

func statementList(t *testing.T) []string {
	content, err := os.ReadFile(statementsFile)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(content)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

// TestRecordStatements writes what a live PostgreSQL 17 says of each statement: its columns, or SQLSTATE, position and
// message. Nothing is executed.
func TestRecordStatements(t *testing.T) {
	dsn := os.Getenv("PGWIRE_TEST_POSTGRES")
	if dsn == "" || os.Getenv("UPDATE_GOLDEN") == "" {
		t.Skip("PGWIRE_TEST_POSTGRES and UPDATE_GOLDEN are not both set; the recorded answers are used")
	}
	ctx := context.Background()
	conn, err := pgconn.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, libraryDDL).ReadAll(); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(statementsGolden)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	defer w.Flush()
	for _, text := range statementList(t) {
		st, err := conn.Prepare(ctx, "", strings.ReplaceAll(text, "public.", ""), nil)
		var refused *pgconn.PgError
		switch {
		case errors.As(err, &refused):
			fmt.Fprintf(w, "%s\t%s at %d: %s\n", text, refused.Code, refused.Position, refused.Message)
			continue
		case err != nil:
			t.Fatal(err)
		}
		var columns []string
		for _, f := range st.Fields {
			columns = append(columns, fmt.Sprintf("%s:%d:%d", f.Name, f.DataTypeOID, f.TypeModifier))
		}
		fmt.Fprintf(w, "%s\t%s\n", text, strings.Join(columns, " "))
	}
}

// differences are statements that are answered otherwise on purpose, with the reason.
var differences = map[string]string{
	"select meta -> 'a', meta ->> 'b', meta @> '{}', tags[1] from book":        "subscripts are not built",
	"select name from author where born > '2024-01-01' and created_at < 'now'": "a kept plan would keep the moment",
	"insert into author (id) values (1) on conflict (name) do nothing":         "PostgreSQL says the same when it plans",
}

func TestStatementsAreAnalyzedAsPostgreSQLDoes(t *testing.T) {
	content, err := os.ReadFile(statementsGolden)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		text, want, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		r, err := analyzed(t, text)
		got := ""
		var refused *pgerr.Error
		switch {
		case errors.As(err, &refused):
			got = fmt.Sprintf("%s at %d: %s", refused.Code, refused.Position, refused.Message)
		case err != nil:
			t.Fatal(err)
		default:
			var columns []string
			for _, c := range r.Columns {
				columns = append(columns, fmt.Sprintf("%s:%d:%d", c.Name, c.Type.OID, c.Type.Mod))
			}
			got = strings.Join(columns, " ")
		}
		if got == want {
			continue
		}
		if differences[text] != "" && refused != nil {
			continue
		}
		t.Errorf("%s\n got %s\nwant %s", text, got, want)
	}
}
