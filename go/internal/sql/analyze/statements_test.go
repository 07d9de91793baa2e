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

func statementList(t testing.TB) []string { return testLines(t, statementsFile) }

// testLines reads a file's lines without comments and empty ones.
func testLines(t testing.TB, name string) []string {
	content, err := os.ReadFile(name)
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
			fmt.Fprintf(w, "%s\t%s\n", text, answer(refused.Code, int(refused.Position), refused.Message, refused.Detail, refused.Hint))
			continue
		case err != nil:
			t.Fatal(err)
		}
		columns := []string{"("}
		for _, oid := range st.ParamOIDs {
			columns[0] += fmt.Sprintf("%d,", oid)
		}
		columns[0] = strings.TrimSuffix(columns[0], ",") + ")"
		for _, f := range st.Fields {
			columns = append(columns, fmt.Sprintf("%s:%d:%d", f.Name, f.DataTypeOID, f.TypeModifier))
		}
		fmt.Fprintf(w, "%s\t%s\n", text, strings.Join(columns, " "))
	}
}

// answer prints an error on one line.
func answer(code string, position int, message, detail, hint string) string {
	out := fmt.Sprintf("%s at %d: %s", code, position, message)
	if detail != "" {
		out += " DETAIL " + detail
	}
	if hint != "" {
		out += " HINT " + hint
	}
	return out
}

// differences are statements that are answered otherwise on purpose, with the reason.
var differences = map[string]string{
	"select '1 day'::interval, interval '1' day":                                                              "interval fields are not built",
	"select now() at time zone 'UTC', timestamp '2024-01-01' at time zone 'UTC', now() at local":              "AT LOCAL is not built",
	"select name similar to 'a' from author":                                                                  "SIMILAR TO is not built",
	"select name like 'a' escape 'xx' from author":                                                            "PostgreSQL says the same when it runs",
	"select other.author.id from public.author":                                                               "no detail",
	"select (select sum(a.id)) from author a":                                                                 "aggregates of outer queries are not built",
	"select percentile_cont(0.5) within group (order by score) from author":                                   "ordered-set aggregates are not built",
	"select id as x from author union select id from book order by id":                                        "no detail",
	"insert into author (id, name) select id, name from author where nope":                                    "PostgreSQL suggests the target table, too",
	"insert into author (id, name) table author":                                                              "has a position",
	"insert into author (id) values (1) on conflict (nope) do nothing":                                        "PostgreSQL points at the parenthesis",
	"update author set (name, score) = (select isbn, price from book)":                                        "is not built",
	"select ctid from author":                                                                                 "system columns are not built",
	"select author from author":                                                                               "row values are not built",
	"select (author).id from author":                                                                          "row values are not built",
	"select generate_series(1, $1)":                                                                           "functions that give rows are not built",
	"select (select 1) + 1, array(select id from author)":                                                     "ARRAY(query) is not built",
	"select name from author a where a.* is not null":                                                         "row values are not built",
	"select count(a.*), count(a) from author a":                                                               "row values are not built",
	"select row(1, 2), row(id, name) from author":                                                             "row values are not built",
	"select 5 from author group by ()":                                                                        "grouping sets are not built",
	"update author set name = name[1]":                                                                        "subscripts are not built",
	"select (a.b).c from author a":                                                                            "row values are not built",
	"select other.lower('x')":                                                                                 "schemas are not looked up for functions",
	"select current_user, session_user, user, current_catalog, current_role, localtimestamp(2), current_time": "CURRENT_TIME is not built",
	"select nextval('s'), pg_typeof(id), pg_typeof('x'), version() from author":                               "names of relations as regclass are not built",
	"select meta -> 'a', meta ->> 'b', meta @> '{}', tags[1] from book":                                       "subscripts are not built",
	"select name from author where born > '2024-01-01' and created_at < 'now'":                                "a kept plan would keep the moment",
	"insert into author (id) values (1) on conflict (name) do nothing":                                        "PostgreSQL says the same when it plans",
}

// lenient are statements that PostgreSQL refuses and that have one possible meaning here.
var lenient = map[string]string{
	"select age($1), age($1, $2)": "PostgreSQL has an age() of transaction ids, too",
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
			got = answer(refused.Code, refused.Position, refused.Message, refused.Detail, refused.Hint)
		case err != nil:
			t.Fatal(err)
		default:
			columns := []string{"("}
			for _, p := range r.Params {
				columns[0] += fmt.Sprintf("%d,", p.OID)
			}
			columns[0] = strings.TrimSuffix(columns[0], ",") + ")"
			for _, c := range r.Columns {
				columns = append(columns, fmt.Sprintf("%s:%d:%d", c.Name, c.Type.OID, c.Type.Mod))
			}
			got = strings.Join(columns, " ")
		}
		if got == want {
			if differences[text] != "" || lenient[text] != "" {
				t.Errorf("%s does not differ any more", text)
			}
			continue
		}
		if differences[text] != "" && refused != nil || lenient[text] != "" && refused == nil {
			continue
		}
		t.Errorf("%s\n got %s\nwant %s", text, got, want)
	}
}
