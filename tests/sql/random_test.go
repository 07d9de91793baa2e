package sql

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"iris-pgwire/tests/stack"
)

var (
	randomCount = flag.Int("statements", 1500, "how many random statements are compared")
	randomSeed  = flag.Uint64("seed", 1, "of the random statements")
)

const randomTable = `CREATE TABLE rd_%s (id integer PRIMARY KEY, i2 smallint, i4 integer, i8 bigint, n numeric(10,2), m numeric(12,6),
	f double precision, r real, t text, v varchar(10), b boolean, d date, ts timestamp, other integer)`

// TestRandomStatementsAnswerAsPostgreSQL compares random statements over two tables, in both result formats, with constants
// and with parameters, and the tables after every change. What the gateway refuses by name is no difference; that only one
// side fails is.
func TestRandomStatementsAnswerAsPostgreSQL(t *testing.T) {
	oracle, gateway := connect(t, stack.PostgresDSN(t)), connect(t, stack.DSN(t))
	g := &generator{Rand: rand.New(rand.NewPCG(*randomSeed, 0))}
	for _, name := range []string{"a", "b"} {
		for _, conn := range []*pgconn.PgConn{oracle, gateway} {
			prepare(t, conn, "DROP TABLE IF EXISTS rd_"+name, fmt.Sprintf(randomTable, name))
		}
	}
	refusedCount, wrong := 0, 0
	for i := range *randomCount {
		if i%150 == 0 {
			fillRandom(t, g, oracle, gateway)
		}
		s := g.statement()
		format := int16(g.IntN(2))
		want, got := s.run(t, oracle, format), s.run(t, gateway, format)
		switch {
		case got.SQLState == "0A000", beyond(want, got):
			if refusedCount++; want.SQLState == "" && s.changes {
				fillRandom(t, g, oracle, gateway) // PostgreSQL has changed something
			}
			continue
		case overflows(want) && (!s.changes || strings.HasSuffix(got.Tag, " 0")):
			continue
		}
		diff := ""
		if want.SQLState == "" || got.SQLState == "" {
			diff = cmp.Diff(want, got)
		}
		if diff == "" && s.changes {
			all := statement{sql: "SELECT * FROM rd_a ORDER BY id"}
			diff = cmp.Diff(all.run(t, oracle, 1), all.run(t, gateway, 1))
		}
		if diff != "" {
			t.Errorf("number %d, format %d: PostgreSQL (-) and the gateway (+) differ on\n%s %q\n%s", i, format, s.sql, s.args, diff)
			if wrong++; wrong > 20 {
				t.Fatal("too many differences")
			}
			fillRandom(t, g, oracle, gateway)
		}
	}
	t.Logf("%d statements, %d refused", *randomCount, refusedCount)
}

// statement is a random one; ? in its text stood for args.
type statement struct {
	sql     string
	args    [][]byte
	changes bool
}

// What is not a number has a sign in PostgreSQL's binary form that means nothing.
var (
	negativeNaN, positiveNaN   = []byte{0xff, 0xf8, 0, 0, 0, 0, 0, 0}, []byte{0x7f, 0xf8, 0, 0, 0, 0, 0, 0}
	negativeNaN4, positiveNaN4 = []byte{0xff, 0xc0, 0, 0}, []byte{0x7f, 0xc0, 0, 0}
)

func (s statement) run(t *testing.T, conn *pgconn.PgConn, format int16) outcome {
	t.Helper()
	r := conn.ExecParams(context.Background(), s.sql, s.args, nil, nil, []int16{format}).Read()
	out := outcome{Tag: r.CommandTag.String()}
	for _, f := range r.FieldDescriptions {
		out.Columns = append(out.Columns, fmt.Sprintf("%s:%d", f.Name, f.DataTypeOID))
	}
	numerics := func(i int) bool { return r.FieldDescriptions[i].DataTypeOID == pgtype.NumericOID }
	for _, row := range r.Rows {
		words := make([]string, len(row))
		for i, v := range row {
			words[i] = "NULL"
			switch {
			case bytes.Equal(v, negativeNaN) || bytes.Equal(v, negativeNaN4):
				words[i] = "NaN"
			case bytes.Equal(v, positiveNaN) || bytes.Equal(v, positiveNaN4):
				words[i] = "NaN"
			case v != nil && numerics(i):
				words[i] = number(t, v, format)
			case v != nil:
				words[i] = fmt.Sprintf("%q", v)
			}
		}
		out.Rows = append(out.Rows, words)
	}
	out = out.finish(t, r.Err)
	out.Position = 0
	return out
}

// number is a numeric without the zeros at its end, whose count is not always known of a value that IRIS computes.
func number(t *testing.T, v []byte, format int16) string {
	t.Helper()
	var n pgtype.Numeric
	if err := pgtype.NewMap().Scan(pgtype.NumericOID, format, v, &n); err != nil {
		t.Fatal(err)
	}
	if n.Int == nil || n.NaN {
		return fmt.Sprintf("%+v", n)
	}
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n.Exp, -n.Exp))), nil)
	if n.Exp < 0 {
		return new(big.Rat).SetFrac(n.Int, ten).RatString()
	}
	return ten.Mul(ten, n.Int).String()
}

// beyond reports a value that IRIS cannot hold or compute with, refused with a data error.
func beyond(want, got outcome) bool {
	return want.SQLState == "" && strings.HasPrefix(got.SQLState, "22")
}

// overflows reports an error that a query may miss here: IRIS goes on where what is only compared or added up overflows, and
// constants are not computed for rows that are not there.
func overflows(want outcome) bool {
	return want.SQLState == "22003" || want.SQLState == "22012" || want.SQLState == "22001"
}

// fillRandom puts the same rows into the tables of both sides.
func fillRandom(t *testing.T, g *generator, oracle, gateway *pgconn.PgConn) {
	t.Helper()
	for _, name := range []string{"a", "b"} {
		var rows []string
		for id := range 12 {
			rows = append(rows, g.row(id+1))
		}
		for _, conn := range []*pgconn.PgConn{oracle, gateway} {
			prepare(t, conn, "DELETE FROM rd_"+name, "INSERT INTO rd_"+name+" VALUES "+strings.Join(rows, ", "))
		}
	}
}
