package irissql_test

import (
	"strings"
	"testing"

	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
)

func TestRowsAreTheColumnsAndNothingElse(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"SELECT id, 'x' FROM city", `SELECT "city"."id" AS "id", CAST(? AS VARCHAR(3641144)) AS "c_1" FROM "SQLUser"."city" AS "city"`},
		{"SELECT id FROM city ORDER BY name LIMIT 3", `SELECT TOP  "city"."id" AS "id" FROM "SQLUser"."city" AS "city" ORDER BY (' ' || "city"."name")`},
		{"SELECT id FROM city ORDER BY lower(name) LIMIT 3", `SELECT "q_1"."id" AS "id" FROM (SELECT TOP  "city"."id" AS "id", (' ' || LOWER("city"."name")) AS "key" FROM "SQLUser"."city" AS "city" ORDER BY "key") AS "q_1"`},
		{"VALUES (1, 'a'), (2, NULL)", `SELECT CAST(? AS INTEGER) AS "column1", CAST(? AS VARCHAR(3641144)) AS "column2" UNION ALL SELECT CAST(? AS INTEGER) AS "column1", CAST(? AS VARCHAR(3641144)) AS "column2"`},
	} {
		r, err := analyzed(c.text)
		if err != nil {
			t.Fatal(err)
		}
		f, err := irissql.New(irissql.Options{}).Rows(r.Statement.(*analyze.Query))
		if sql, _ := f.SQL(); err != nil || sql != c.want {
			t.Errorf("%s\n got %s (%v)\nwant %s", c.text, sql, err, c.want)
		}
	}
}

func TestRowsRefuseWhatTheGatewayWouldCompute(t *testing.T) {
	r, err := analyzed("SELECT to_char(founded, 'YYYY') FROM city")
	if err != nil {
		t.Fatal(err)
	}
	_, err = irissql.New(irissql.Options{}).Rows(r.Statement.(*analyze.Query))
	if err == nil || !strings.Contains(err.Error(), "0A000") {
		t.Error(err)
	}
}
