package psql

import (
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"iris-pgwire/tests/clients/values"
	"iris-pgwire/tests/stack"
)

// null is what psql is told to print for NULL; no value of the table is this.
const null = "<NULL>"

// literal writes a value as an SQL string without escapes (standard_conforming_strings is on).
func literal(v string) string { return "'" + strings.ReplaceAll(v, "'", "''") + "'" }

// TestRowsOfEveryTypeComeBackUnchanged inserts 1,000 rows with literals and reads them as CSV.
func TestRowsOfEveryTypeComeBackUnchanged(t *testing.T) {
	const rows = 1000
	var input, names strings.Builder
	for _, c := range values.Columns {
		fmt.Fprintf(&names, ", %s %s", c.Name, c.Type)
	}
	fmt.Fprintf(&input, "DROP TABLE IF EXISTS psql_rt;\nCREATE TABLE psql_rt (id integer PRIMARY KEY%s);\n", names.String())
	for r := range rows {
		fmt.Fprintf(&input, "INSERT INTO psql_rt VALUES (%d", r)
		for i := range values.Columns {
			if v, ok := values.Columns[i].In(i, r); ok {
				input.WriteString(", " + literal(v))
			} else {
				input.WriteString(", NULL")
			}
		}
		input.WriteString(");\n")
	}
	run(t, stack.DSN(t), input.String())
	out := runWith(t, stack.DSN(t), "SELECT * FROM psql_rt ORDER BY id;\nDROP TABLE psql_rt;", "--csv", "-P", "null="+null)
	got, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(got) != rows {
		t.Fatalf("%d rows, %v", len(got), err)
	}
	wrong := 0
	for r, row := range got {
		for i := range values.Columns {
			want, ok := values.Columns[i].In(i, r)
			if !ok {
				want = null
			}
			// psql itself prints nothing for the last code point, also before PostgreSQL.
			if want = strings.ReplaceAll(want, "\U0010FFFF", ""); row[i+1] != want {
				if wrong++; wrong <= 20 {
					t.Errorf("row %d, %s: %q, want %q", r, values.Columns[i].Type, row[i+1], want)
				}
			}
		}
	}
}

func TestAMebibyteOfTextAndBytesComesBackUnchanged(t *testing.T) {
	data := make([]byte, 1<<20)
	for i := range data {
		data[i] = byte(i * 7)
	}
	bytea := `\x` + hex.EncodeToString(data)
	got := run(t, stack.DSN(t), "DROP TABLE IF EXISTS psql_long;\nCREATE TABLE psql_long (t text, b bytea);\nINSERT INTO psql_long VALUES ("+
		literal(values.Long)+", "+literal(bytea)+");\nSELECT t, b FROM psql_long;\nDROP TABLE psql_long;")
	if got != values.Long+"|"+bytea {
		t.Errorf("%d characters came back, want %d, or others than were sent", len(got), len(values.Long)+1+len(bytea))
	}
}
