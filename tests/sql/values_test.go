package sql

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgconn"

	"iris-pgwire/tests/stack"
)

// way is one way of a value into a table and back.
type way struct {
	name   string
	sql    string // $1 is the value; LITERAL the same as a literal
	format int16  // of the value
	result int16  // of what comes back
}

// ways are followed by a look at what the table then holds.
var ways = []way{
	{"text parameter", "INSERT INTO vt (id, v) VALUES (1, $1)", 0, 0},
	{"binary parameter", "INSERT INTO vt (id, v) VALUES (1, $1)", 1, 0},
	{"literal", "INSERT INTO vt (id, v) VALUES (1, LITERAL)", 0, 0},
	{"RETURNING", "INSERT INTO vt (id, v) VALUES (1, $1) RETURNING v", 1, 1},
	{"UPDATE", "UPDATE vt SET v = $1 WHERE id = 0", 1, 0},
	{"UPDATE with a literal", "UPDATE vt SET v = LITERAL WHERE id = 0 RETURNING v", 0, 1},
	{"conflict", "INSERT INTO vt (id, v) VALUES (0, NULL) ON CONFLICT (id) DO UPDATE SET v = $1", 1, 0},
	{"INSERT SELECT", "INSERT INTO vt (id, v) SELECT 1, $1 FROM vt", 0, 0},
	{"no table", "SELECT $1::TYPE", 1, 1},
	{"no table, text", "SELECT $1::TYPE", 0, 0},
}

// after are the looks: the value itself, in both formats, and, once, found by itself.
var after = []way{
	{"read", "SELECT id, v FROM vt ORDER BY id", 0, 0},
	{"read as binary", "SELECT id, v FROM vt ORDER BY id", 0, 1},
	{"found", "SELECT id FROM vt WHERE v = $1 ORDER BY id", 1, 0},
	{"found by a literal", "SELECT id FROM vt WHERE v = LITERAL ORDER BY id", 0, 0},
	{"copied", "INSERT INTO vt (id, v) SELECT id + 10, v FROM vt", 0, 0},
	{"read again", "SELECT id, v FROM vt ORDER BY id", 0, 1},
	{"removed", "DELETE FROM vt WHERE v IS NOT DISTINCT FROM $1", 0, 0},
	{"left", "SELECT id, v FROM vt ORDER BY id", 0, 0},
}

// TestEveryValueIsTheSameAsInPostgreSQLOrRefused takes each value of each type every way: what comes back is the same as
// PostgreSQL's to the last bit, or the statement is refused because IRIS cannot hold the value.
func TestEveryValueIsTheSameAsInPostgreSQLOrRefused(t *testing.T) {
	oracle, gateway := connect(t, stack.PostgresDSN(t)), connect(t, stack.DSN(t))
	for _, typ := range boundaries {
		t.Run(typ.name, func(t *testing.T) {
			for _, conn := range []*pgconn.PgConn{oracle, gateway} {
				prepare(t, conn, "DROP TABLE IF EXISTS vt", "CREATE TABLE vt (id integer PRIMARY KEY, v "+typ.name+")")
			}
			for _, value := range typ.values {
				for i, w := range ways {
					prepare(t, oracle, "DELETE FROM vt", "INSERT INTO vt VALUES (0, NULL)")
					prepare(t, gateway, "DELETE FROM vt", "INSERT INTO vt VALUES (0, NULL)")
					if !both(t, oracle, gateway, w, typ.name, value) {
						continue
					}
					looks := after
					if i > 0 {
						looks = after[:2]
					}
					for _, look := range looks {
						if !both(t, oracle, gateway, look, typ.name, value) {
							break
						}
					}
				}
			}
		})
	}
}

// prepare runs what must succeed.
func prepare(t *testing.T, conn *pgconn.PgConn, statements ...string) {
	t.Helper()
	for _, sql := range statements {
		if out := runBound(t, conn, sql, nil, way{}); out.SQLState != "" {
			t.Fatalf("%s: %s", sql, out.SQLState)
		}
	}
}

// both runs one statement on both sides; false when the gateway refused it or neither did it.
func both(t *testing.T, oracle, gateway *pgconn.PgConn, w way, typ, value string) bool {
	t.Helper()
	sql := strings.ReplaceAll(w.sql, "TYPE", typ)
	sql = strings.ReplaceAll(sql, "LITERAL", "'"+strings.ReplaceAll(value, "'", "''")+"'")
	var args [][]byte
	if strings.Contains(sql, "$1") {
		args = [][]byte{[]byte(value)}
		if w.format == 1 {
			var ok bool
			if args[0], ok = binaryForm(t, oracle, typ, value); !ok {
				return false
			}
		}
	}
	want, got := runBound(t, oracle, sql, args, w), runBound(t, gateway, sql, args, w)
	if want.SQLState == "" && refused(got.SQLState) {
		t.Logf("refused %s: %s of %q: %s", got.SQLState, w.name, short(value), sql)
		return false
	}
	want.Position, got.Position = 0, 0
	if want.SQLState != "" && (refused(got.SQLState) || got.SQLState == want.SQLState) {
		return false
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s %q, %s: PostgreSQL (-) and the gateway (+) differ on\n%s\n%s", typ, short(value), w.name, short(sql), diff)
		return false
	}
	return want.SQLState == ""
}

// refused reports what says that something is not supported, or that a value is beyond what IRIS holds.
func refused(state string) bool {
	return state == "0A000" || state == "54000" || strings.HasPrefix(state, "22")
}

func short(s string) string {
	if len(s) > 100 {
		return s[:100] + "…"
	}
	return s
}

// binaryForm has PostgreSQL make the binary form of a value; false when it is none of the type.
func binaryForm(t *testing.T, oracle *pgconn.PgConn, typ, value string) ([]byte, bool) {
	t.Helper()
	r := oracle.ExecParams(context.Background(), "SELECT $1::text::"+typ, [][]byte{[]byte(value)}, nil, nil, []int16{1}).Read()
	if r.Err != nil {
		return nil, false
	}
	return r.Rows[0][0], true
}

func runBound(t *testing.T, conn *pgconn.PgConn, sql string, args [][]byte, w way) outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	r := conn.ExecParams(ctx, sql, args, nil, []int16{w.format}, []int16{w.result}).Read()
	out := outcome{Tag: r.CommandTag.String()}
	for _, f := range r.FieldDescriptions {
		out.Columns = append(out.Columns, fmt.Sprintf("%s:%d", f.Name, f.TypeModifier))
	}
	for _, row := range r.Rows {
		var words []string
		for _, v := range row {
			word := "NULL"
			if v != nil {
				word = fmt.Sprintf("%q", v)
			}
			words = append(words, word)
		}
		out.Rows = append(out.Rows, words)
	}
	return out.finish(t, r.Err)
}
