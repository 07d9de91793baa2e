package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"iris-pgwire/internal/iris"
)

// batchRows is how many rows go out together.
const batchRows = 500

// fill writes the rows of a table, and a line for each.
func fill(ctx context.Context, conn iris.Conn, t *table, m *maker, out *bufio.Writer) error {
	holes := []string{"?"}
	for _, c := range t.Columns {
		hole := "?"
		if c.Kind == "vector" {
			hole = fmt.Sprintf("TO_VECTOR(?, DOUBLE, %d)", c.Size)
		}
		holes = append(holes, hole)
	}
	st, err := conn.Prepare(ctx, fmt.Sprintf("INSERT INTO %s VALUES (%s)", t.Name, strings.Join(holes, ", ")))
	if err != nil {
		return err
	}
	if err := conn.Begin(ctx); err != nil {
		return err
	}
	for from := 1; from <= t.Rows; from += batchRows {
		var sets [][]iris.Value
		for id := from; id < min(from+batchRows, t.Rows+1); id++ {
			set := []iris.Value{iris.Int(int64(id))}
			fmt.Fprintf(out, "%s %d", t.Name, id)
			for _, c := range t.Columns {
				v, text := m.value(c)
				set = append(set, v)
				out.WriteString("|" + text)
			}
			out.WriteByte('\n')
			sets = append(sets, set)
		}
		counts, err := conn.ExecBatch(ctx, st, sets)
		if err != nil {
			return err
		}
		for _, n := range counts {
			if n != 1 {
				return fmt.Errorf("%d rows were inserted instead of 1", n)
			}
		}
	}
	return conn.Commit(ctx)
}

// read reads the rows of a table and writes a line for each.
func read(ctx context.Context, conn iris.Conn, t *table, out *bufio.Writer) error {
	st, err := conn.Prepare(ctx, fmt.Sprintf("SELECT * FROM %s ORDER BY Id", t.Name))
	if err != nil {
		return err
	}
	rows, err := conn.Query(ctx, st, nil)
	if err != nil {
		return err
	}
	columns := rows.Columns()
	for {
		row, err := rows.Next(ctx)
		if errors.Is(err, io.EOF) {
			return rows.Close(ctx)
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s %s", t.Name, row[0].String())
		for i, c := range t.Columns {
			text, err := canonical(c, columns[i+1].Type, row[i+1])
			if err != nil {
				return fmt.Errorf("row %s, column %s: %w", row[0].String(), c.Name, err)
			}
			out.WriteString("|" + text)
		}
		out.WriteByte('\n')
	}
}
