package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/dbapi"
	client "iris-pgwire/internal/iris/superserver"
	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/sample"
	"iris-pgwire/internal/irisdev/variant"
)

// running is an instance that serves on a port of its own.
type running struct {
	address string
	stop    func()
}

// start runs an instance until the test ends, or until stop.
func start(t testing.TB, o instance.Options) running {
	t.Helper()
	if o.Version == "" {
		o.Version = "2025.1"
	}
	if o.Profile == "" {
		o.Profile = variant.Documented
	}
	if err := addEngine(&o); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- instance.Run(ctx, o) }()
	stopped := false
	r := running{stop: func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}}
	t.Cleanup(r.stop)
	for {
		data, err := os.ReadFile(filepath.Join(o.Dir, instance.ReadyFile))
		if err == nil {
			var ready instance.Ready
			if err := json.Unmarshal(data, &ready); err != nil {
				t.Fatal(err)
			}
			r.address = ready.Listen
			return r
		}
		select {
		case err := <-ended:
			t.Fatalf("ended before it was ready: %v", err)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (r running) open(t testing.TB) (iris.Conn, error) {
	t.Helper()
	c, err := dbapi.New(client.Config{Address: r.address}).Open(context.Background(),
		iris.Login{User: "_SYSTEM", Password: "SYS", Namespace: "USER", Application: "test"})
	if err == nil {
		t.Cleanup(func() { c.Close() })
	}
	return c, err
}

func (r running) connect(t testing.TB) iris.Conn {
	t.Helper()
	c, err := r.open(t)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// query gives the rows of a query as text.
func query(t testing.TB, c iris.Conn, sql string, args ...iris.Value) string {
	t.Helper()
	ctx := context.Background()
	st, err := c.Prepare(ctx, sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	rows, err := c.Query(ctx, st, args)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	var out []string
	for {
		row, err := rows.Next(ctx)
		if errors.Is(err, io.EOF) {
			return strings.Join(out, "; ")
		}
		if err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		var cells []string
		for _, v := range row {
			cells = append(cells, v.String())
		}
		out = append(out, strings.Join(cells, ","))
	}
}

func exec(t testing.TB, c iris.Conn, sql string, args ...iris.Value) int64 {
	t.Helper()
	st, err := c.Prepare(context.Background(), sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	n, err := c.Exec(context.Background(), st, args)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

func TestTheSampleLoadsQuicklyAndSurvivesARestart(t *testing.T) {
	dir := t.TempDir()
	script := filepath.Join(dir, "sample.sql")
	f, err := os.Create(script)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(sample.WriteSQL(f), f.Close()); err != nil {
		t.Fatal(err)
	}
	o := instance.Options{Dir: filepath.Join(dir, "iris"), Init: script}
	began := time.Now()
	r := start(t, o)
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("loading took %v", took)
	}
	c := r.connect(t)
	const films = "SELECT COUNT(*), COUNT(embedding) FROM film"
	before := query(t, c, films)
	if before == "0,0" {
		t.Error("no films")
	}
	nearest := query(t, c, "SELECT TOP 3 f.title FROM film f, question q WHERE q.id = 1 ORDER BY VECTOR_COSINE(f.embedding, q.embedding) DESC")
	if strings.Count(nearest, ";") != 2 {
		t.Errorf("nearest: %s", nearest)
	}
	exec(t, c, "DELETE FROM film WHERE id = ?", iris.Int(1))
	c.Close()
	r.stop()
	c = start(t, o).connect(t)
	if after := query(t, c, films); after == before || after == "0,0" {
		t.Errorf("%s films before, %s after", before, after)
	}
	if got := query(t, c, "SELECT TOP 3 f.title FROM film f, question q WHERE q.id = 1 ORDER BY VECTOR_COSINE(f.embedding, q.embedding) DESC"); got != nearest {
		t.Errorf("nearest before: %s, after: %s", nearest, got)
	}
}

func TestOurClientReadsAndChangesRows(t *testing.T) {
	for _, profile := range []string{variant.Documented, variant.Contrary} {
		c := start(t, instance.Options{Dir: t.TempDir(), Profile: profile}).connect(t)
		ctx := context.Background()
		if _, err := c.ExecDirect(ctx, "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(50), born DATE, pay NUMERIC(10,2), v VECTOR(DOUBLE,3))"); err != nil {
			t.Fatal(err)
		}
		const insert = "INSERT INTO t (id, name, born, pay, v) VALUES (?, ?, ?, ?, TO_VECTOR(?, DOUBLE, 3))"
		if n := exec(t, c, insert, iris.Int(1), iris.Text("Ünï 😀"), iris.Text("2024-02-29"), iris.Text("12.50"), iris.Text("[1,2,3]")); n != 1 {
			t.Errorf("%d rows", n)
		}
		exec(t, c, insert, iris.Int(2), iris.Text(""), iris.Null(), iris.Null(), iris.Null())
		got := query(t, c, "SELECT id, name FROM t WHERE id < ? ORDER BY id DESC", iris.Int(9))
		if got != `2,; 1,Ünï 😀` {
			t.Errorf("%s: %s", profile, got)
		}
		if err := c.Begin(ctx); err != nil {
			t.Fatal(err)
		}
		exec(t, c, "UPDATE t SET name = 'x'")
		if err := c.Rollback(ctx); err != nil {
			t.Fatal(err)
		}
		if got := query(t, c, "SELECT COUNT(*) FROM t WHERE name = 'x'"); got != "0" {
			t.Errorf("%s: ROLLBACK left %s rows", profile, got)
		}
		_, err := c.Prepare(ctx, "SELECT * FROM nope")
		var e *iris.Error
		if !errors.As(err, &e) || e.Code != -30 {
			t.Errorf("%s: %v", profile, err)
		}
	}
}

func TestTheConnectionBeyondTheLicenceIsRefused(t *testing.T) {
	r := start(t, instance.Options{Dir: t.TempDir(), License: 2})
	first := r.connect(t)
	r.connect(t)
	if _, err := r.open(t); err == nil || !strings.Contains(err.Error(), "LICENSE") {
		t.Errorf("the third connection: %v", err)
	}
	first.Close()
	for range 100 {
		if c, err := r.open(t); err == nil {
			c.Close()
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("a closed connection keeps its unit")
}

func BenchmarkStatements(b *testing.B) {
	c := start(b, instance.Options{Dir: b.TempDir()}).connect(b)
	ctx := context.Background()
	if _, err := c.ExecDirect(ctx, "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(50), v VECTOR(DOUBLE,1536))"); err != nil {
		b.Fatal(err)
	}
	var vector strings.Builder
	for i := range 1536 {
		fmt.Fprintf(&vector, "%d,", i%7)
	}
	v := iris.Text(strings.TrimSuffix(vector.String(), ","))
	for i := range 10000 {
		if i < 1000 {
			exec(b, c, "INSERT INTO t (id, name, v) VALUES (?, ?, TO_VECTOR(?, DOUBLE))", iris.Int(int64(i)), iris.Text(fmt.Sprint("name ", i)), v)
			continue
		}
		exec(b, c, "INSERT INTO t (id, name) VALUES (?, ?)", iris.Int(int64(i)), iris.Text(fmt.Sprint("name ", i)))
	}
	for name, sql := range map[string]string{
		"one": "SELECT 1", "point": "SELECT name FROM t WHERE id = 4711", "rows10000": "SELECT id, name FROM t",
		"nearest1000": "SELECT TOP 10 id FROM t WHERE v IS NOT NULL ORDER BY VECTOR_COSINE(v, (SELECT v FROM t WHERE id = 5)) DESC",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				query(b, c, sql)
			}
		})
	}
}
