package analyze

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"iris-pgwire/internal/pgtypes"
)

// oracle connects to a real PostgreSQL, or skips the test.
func oracle(t *testing.T) *pgconn.PgConn {
	t.Helper()
	dsn := os.Getenv("PGWIRE_TEST_POSTGRES")
	if dsn == "" {
		t.Skip("PGWIRE_TEST_POSTGRES is not set")
	}
	conn, err := pgconn.Connect(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// lines reads a query of one text column as a set.
func lines(t *testing.T, conn *pgconn.PgConn, query string) map[string]bool {
	t.Helper()
	r := conn.ExecParams(context.Background(), query, nil, nil, nil, nil).Read()
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	out := map[string]bool{}
	for _, row := range r.Rows {
		out[string(row[0])] = true
	}
	return out
}

func usesVector(f *Function) bool {
	for _, oid := range append(f.Args, f.Result) {
		if oid == pgtypes.Vector {
			return true
		}
	}
	return false
}

// TestCatalogIsPostgreSQLs looks every function, operator and cast of the tables up in a live PostgreSQL.
func TestCatalogIsPostgreSQLs(t *testing.T) {
	conn := oracle(t)
	functions := lines(t, conn, `select proname || '(' || (select coalesce(string_agg(format_type(a, null), ',' order by i), '')
			from unnest(proargtypes) with ordinality u (a, i) where i <= pronargs - d) || ') ' || format_type(prorettype, null)
		from pg_proc, generate_series(0, pronargdefaults) d where pronamespace = 'pg_catalog'::regnamespace and provariadic = 0
		union select proname || '(' || (select coalesce(string_agg(format_type(case when i = pronargs and provariadic <> 2276 then provariadic else a end, null), ',' order by i), '')
			from unnest(proargtypes) with ordinality u (a, i)) || '...) ' || format_type(prorettype, null)
		from pg_proc where pronamespace = 'pg_catalog'::regnamespace and provariadic <> 0`)
	operators := lines(t, conn, `select case when oprleft = 0 then '' else format_type(oprleft, null) end || ' ' || oprname || ' ' || format_type(oprright, null) || ' ' || format_type(oprresult, null) from pg_operator`)
	c := catalogOnce()
	for _, list := range c.functions {
		for _, f := range list {
			shown := functionSignature(f.Name, f.Args)
			shown = strings.ReplaceAll(shown, ", ", ",")
			if f.Variadic {
				shown = shown[:len(shown)-1] + "...)"
			}
			if shown += " " + TypeName(f.Result); !functions[shown] && !usesVector(f) {
				t.Errorf("no function %s", shown)
			}
		}
	}
	for _, list := range c.operators {
		for _, f := range list {
			shown := operatorSignature(f.Name, f.Args)
			if len(f.Args) == 1 {
				shown = " " + shown
			}
			if shown += " " + TypeName(f.Result); !operators[shown] && !usesVector(f) {
				t.Errorf("no operator %s", shown)
			}
		}
	}
	casts := lines(t, conn, `select castsource || ' ' || casttarget || ' ' || castcontext::text || case when castmethod = 'b' then 'b' else '' end from pg_cast`)
	contexts := [...]string{implicitCast: "i", assignmentCast: "a", explicitCast: "e"}
	for key, how := range c.casts {
		shown := fmt.Sprintf("%d %d %s", key.from, key.to, contexts[how.context])
		if how.binary {
			shown += "b"
		}
		if !casts[shown] && key.from != pgtypes.Vector && key.to != pgtypes.Vector {
			t.Errorf("no cast %s (%s to %s)", shown, TypeName(key.from), TypeName(key.to))
		}
	}
}
