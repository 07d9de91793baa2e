package schema

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"

	"iris-pgwire/internal/iris"
)

// fakeConn answers the loader's questions from tables of texts; "-" stands for NULL.
type fakeConn struct {
	iris.Conn
	answers map[string][][]string // by a word of the question
	refuse  map[string]error
	asked   atomic.Int32
}

type fakeStatement struct {
	iris.Statement
	sql string
}

func (c *fakeConn) Prepare(_ context.Context, sql string) (iris.Statement, error) {
	for word, err := range c.refuse {
		if strings.Contains(sql, word) {
			return nil, err
		}
	}
	return fakeStatement{sql: sql}, nil
}

func (c *fakeConn) Query(_ context.Context, st iris.Statement, args []iris.Value) (iris.Rows, error) {
	c.asked.Add(1)
	sql := st.(fakeStatement).sql
	if n := strings.Count(sql, "?"); n != len(args) {
		return nil, errors.New("wrong number of arguments")
	}
	for word, rows := range c.answers {
		if strings.Contains(sql, word) {
			if strings.Contains(word, "TABLES") && !strings.EqualFold(args[1].String(), rows[0][1]) {
				return &fakeRows{}, nil
			}
			return &fakeRows{rows: rows}, nil
		}
	}
	return &fakeRows{}, nil
}

type fakeRows struct {
	iris.Rows
	rows [][]string
}

func (r *fakeRows) Next(context.Context) ([]iris.Value, error) {
	if len(r.rows) == 0 {
		return nil, io.EOF
	}
	row := make([]iris.Value, len(r.rows[0]))
	for i, text := range r.rows[0] {
		if text != "-" {
			row[i] = iris.Text(text)
		}
	}
	r.rows = r.rows[1:]
	return row, nil
}

func (r *fakeRows) Close(context.Context) error { return nil }
