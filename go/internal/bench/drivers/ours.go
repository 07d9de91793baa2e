package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"runtime"
	"time"

	"iris-pgwire/internal/iris"
)

// ours measures our own client.
type ours struct {
	ctx    context.Context
	conn   iris.Conn
	rounds map[string]func(round int) (int, error)
	count  int
	text   []byte  // a value's text is written here
	sum    float64 // what is read goes here, so that it is read indeed
}

// newOurs prepares every case.
func newOurs(ctx context.Context, conn iris.Conn) (*ours, error) {
	o := &ours{ctx: ctx, conn: conn}
	statements := map[string]iris.Statement{}
	for _, c := range benchCases {
		st, err := conn.Prepare(ctx, c.sql)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		statements[c.key] = st
	}
	vector := []iris.Value{iris.Text(vectorText())}
	o.rounds = map[string]func(round int) (int, error){
		"select1": func(int) (int, error) { return o.read(statements["select1"], nil) },
		"point": func(round int) (int, error) {
			return o.read(statements["point"], []iris.Value{iris.Int(int64(1 + round*7919%readRows))})
		},
		"rows":   func(int) (int, error) { return o.read(statements["rows"], nil) },
		"insert": func(int) (int, error) { return o.insert(statements["insert"]) },
		"batch":  func(int) (int, error) { return insertRows, insertBatches(ctx, conn, statements["batch"], insertRows) },
		"vector": func(int) (int, error) { return o.read(statements["vector"], vector) },
	}
	return o, nil
}

// name implements client.
func (*ours) name() string { return "ours" }

// run implements client.
func (o *ours) run(c benchCase, limit time.Duration) (units int, spent time.Duration, err error) {
	for spent < limit {
		if err := o.empty(c); err != nil {
			return 0, 0, err
		}
		begun := time.Now()
		n, err := o.rounds[c.key](o.count)
		if err != nil {
			return 0, 0, err
		}
		spent += time.Since(begun)
		units += n
		o.count++
	}
	return units, spent, nil
}

// allocations counts those of a unit in one round, without the making of the values that are sent.
func (o *ours) allocations(c benchCase) (float64, error) {
	if err := o.empty(c); err != nil {
		return 0, err
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	units, err := o.rounds[c.key](1)
	runtime.ReadMemStats(&after)
	made := after.Mallocs - before.Mallocs
	if c.unit == "rows" && c.key != "rows" {
		runtime.ReadMemStats(&before)
		for i := range units {
			o.sum += float64(len(rowValues(i + 1)))
		}
		runtime.ReadMemStats(&after)
		made -= min(made, after.Mallocs-before.Mallocs)
	}
	return float64(made) / float64(units), err
}

// empty prepares a round that inserts.
func (o *ours) empty(c benchCase) error {
	if c.key != "insert" && c.key != "batch" {
		return nil
	}
	_, err := o.conn.ExecDirect(o.ctx, "TRUNCATE TABLE Bench.Empty")
	return err
}

// read runs a query and takes every value in the form that its kind has in Go.
func (o *ours) read(st iris.Statement, args []iris.Value) (int, error) {
	rows, err := o.conn.Query(o.ctx, st, args)
	if err != nil {
		return 0, err
	}
	for n := 0; ; n++ {
		row, err := rows.Next(o.ctx)
		if err == io.EOF {
			return n, rows.Close(o.ctx)
		}
		if err != nil {
			return n, err
		}
		for i := range row {
			o.take(&row[i])
		}
	}
}

func (o *ours) take(v *iris.Value) {
	switch v.Kind() {
	case iris.KindNull:
	case iris.KindInt:
		n, _ := v.Int64()
		o.sum += float64(n)
	case iris.KindDouble:
		f, _ := v.Float64()
		o.sum += math.Abs(f)
	default:
		o.text = v.AppendText(o.text[:0])
		o.sum += float64(len(o.text))
	}
}

func (o *ours) insert(st iris.Statement) (int, error) {
	for i := range insertRows {
		if _, err := o.conn.Exec(o.ctx, st, rowValues(i+1)); err != nil {
			return i, err
		}
	}
	return insertRows, nil
}
