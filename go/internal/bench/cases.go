package main

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"iris-pgwire/internal/pgtypes"
)

// The sizes of the tables.
const (
	tableRows  = 10000
	vectorRows = 500
	dimensions = 1536
)

// benchCase is one statement, with the text form of its parameter if it has one, another in each round.
type benchCase struct {
	name, sql string
	rows      int
	param     func(round int) string
	oid       pgtypes.OID
}

func cases() []benchCase {
	return []benchCase{
		{name: "SELECT 1", sql: "SELECT 1", rows: 1},
		{name: "point query", sql: "SELECT id, name FROM bench_row WHERE id = $1", rows: 1, oid: pgtypes.Int4,
			param: func(round int) string { return strconv.Itoa(1 + round*7919%tableRows) }},
		{name: "10,000 rows", sql: "SELECT id, name FROM bench_row", rows: tableRows},
		{name: "nearest of 1,536 dimensions", sql: "SELECT id FROM bench_vector ORDER BY embedding <=> $1 LIMIT 10", rows: 10,
			param: func(round int) string { return vector(-round - 1) }},
	}
}

// vector is the text form of a vector that depends on seed alone.
func vector(seed int) string {
	var b strings.Builder
	b.WriteByte('[')
	for i := range dimensions {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatFloat(math.Sin(float64(seed*dimensions+i)), 'g', 7, 32))
	}
	b.WriteByte(']')
	return b.String()
}

// fill makes the tables through the gateway.
func fill(ctx context.Context, conn *pgx.Conn) error {
	for _, sql := range []string{
		"DROP TABLE IF EXISTS bench_row", "DROP TABLE IF EXISTS bench_vector",
		"CREATE TABLE bench_row (id integer PRIMARY KEY, name text)",
		fmt.Sprintf("CREATE TABLE bench_vector (id integer PRIMARY KEY, embedding vector(%d))", dimensions),
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return err
		}
	}
	if err := insert(ctx, conn, "INSERT INTO bench_row VALUES ($1, $2)", tableRows, func(i int) string { return "row number " + strconv.Itoa(i) }); err != nil {
		return err
	}
	return insert(ctx, conn, "INSERT INTO bench_vector VALUES ($1, $2)", vectorRows, vector)
}

// insert sends the rows in batches.
func insert(ctx context.Context, conn *pgx.Conn, sql string, rows int, value func(int) string) error {
	const most = 500
	for from := 1; from <= rows; from += most {
		var b pgx.Batch
		for i := from; i < min(from+most, rows+1); i++ {
			b.Queue(sql, i, value(i))
		}
		if err := conn.SendBatch(ctx, &b).Close(); err != nil {
			return err
		}
	}
	return nil
}
