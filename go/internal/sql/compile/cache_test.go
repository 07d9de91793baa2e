package compile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/session"
	"iris-pgwire/internal/sql/parse"
)

// emptyIRIS is a connection to an IRIS without tables.
type emptyIRIS struct {
	iris.Conn
	mu       sync.Mutex
	prepared int
	fail     error
}

func (c *emptyIRIS) Server() iris.ServerInfo { return iris.ServerInfo{Major: 2024, Minor: 1} }

func (c *emptyIRIS) Prepare(context.Context, string) (iris.Statement, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.prepared++
	return nil, c.fail
}

func (c *emptyIRIS) Query(context.Context, iris.Statement, []iris.Value) (iris.Rows, error) {
	return noRows{}, nil
}

type noRows struct{ iris.Rows }

func (noRows) Next(context.Context) ([]iris.Value, error) { return nil, io.EOF }
func (noRows) Close(context.Context) error                { return nil }

func input(t *testing.T, sql string, conn iris.Conn) session.Input {
	list, err := parse.Parse(sql)
	if err != nil {
		t.Fatal(err)
	}
	in := session.Input{Text: sql, Statement: list[0], Namespace: "USER", User: "ann", Path: []string{"ann", "public"}}
	if conn != nil {
		in.Conn = func(context.Context) (iris.Conn, error) { return conn, nil }
	}
	return in
}

const create = "CREATE TABLE t (id integer)"

func TestAStatementIsCompiledOnceUntilTheNamespaceIsInvalidated(t *testing.T) {
	c, conn := New(Options{}), &emptyIRIS{}
	first, err := c.Compile(context.Background(), input(t, create, conn))
	if err != nil {
		t.Fatal(err)
	}
	again, _ := c.Compile(context.Background(), input(t, create, conn))
	if first != again {
		t.Error("compiled twice")
	}
	version := c.Version("USER")
	c.Invalidate("OTHER")
	if again, _ = c.Compile(context.Background(), input(t, create, conn)); first != again || c.Version("USER") != version {
		t.Error("another namespace's tables matter")
	}
	c.Invalidate("USER")
	if again, _ = c.Compile(context.Background(), input(t, create, conn)); first == again || c.Version("USER") == version {
		t.Error("the old plan is used after Invalidate")
	}
}

func TestEverythingThatAStatementMeansIsInItsKey(t *testing.T) {
	c := New(Options{})
	base := input(t, create, nil)
	first, err := c.Compile(context.Background(), base)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*session.Input){
		"text":      func(in *session.Input) { in.Text += " " },
		"extent":    func(in *session.Input) { in.Statement.End++ },
		"declared":  func(in *session.Input) { in.Declared = []pgtypes.OID{pgtypes.Int4} },
		"namespace": func(in *session.Input) { in.Namespace = "OTHER" },
		"user":      func(in *session.Input) { in.User = "bob" },
		"path":      func(in *session.Input) { in.Path = []string{"public"} },
		"settings":  func(in *session.Input) { in.Settings = "x" },
	} {
		in := base
		change(&in)
		if other, err := c.Compile(context.Background(), in); err != nil || other == first {
			t.Errorf("%s does not matter: %v", name, err)
		}
	}
}

func TestSessionsThatWantTheSameStatementCompileItOnce(t *testing.T) {
	c, conn := New(Options{}), &emptyIRIS{}
	in := input(t, create, conn)
	var wait sync.WaitGroup
	for range 20 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			if _, err := c.Compile(context.Background(), in); err != nil {
				t.Error(err)
			}
		}()
	}
	wait.Wait()
	if conn.prepared != 1 {
		t.Errorf("asked %d questions, want 1", conn.prepared)
	}
}

func TestAFailureIsNotKept(t *testing.T) {
	c, conn := New(Options{}), &emptyIRIS{fail: errors.New("lost")}
	if _, err := c.Compile(context.Background(), input(t, create, conn)); err == nil {
		t.Fatal("no error")
	}
	conn.fail = nil
	if _, err := c.Compile(context.Background(), input(t, create, conn)); err != nil {
		t.Error(err)
	}
}

func TestTheLastUsedPlansAreKept(t *testing.T) {
	c := New(Options{Plans: 2})
	plans := map[int]any{}
	for i := range 3 {
		p, err := c.Compile(context.Background(), input(t, fmt.Sprintf("CREATE TABLE t%d (id integer)", i), nil))
		if err != nil {
			t.Fatal(err)
		}
		plans[i] = p
	}
	for i, kept := range []bool{false, true, true} {
		if i == 0 {
			continue // asking for it would drop another
		}
		p, _ := c.Compile(context.Background(), input(t, fmt.Sprintf("CREATE TABLE t%d (id integer)", i), nil))
		if (any(p) == plans[i]) != kept {
			t.Errorf("plan %d kept: want %v", i, kept)
		}
	}
}

func TestTheServersVersionDecidesWhatIsPrinted(t *testing.T) {
	// Without a server 2025.1 is assumed; the connection says 2024.1, which has no HNSW index.
	c := New(Options{})
	for _, conn := range []iris.Conn{nil, &emptyIRIS{}} {
		in := input(t, "CREATE INDEX i ON t USING hnsw (v vector_cosine_ops)", conn)
		_, err := c.Compile(context.Background(), in)
		var e *pgerr.Error
		if !errors.As(err, &e) || e.Code != pgerr.UndefinedTable {
			t.Errorf("got %v", err)
		}
	}
	if n := c.namespace("USER"); n.major != 2024 || n.minor != 1 {
		t.Errorf("version %d.%d", n.major, n.minor)
	}
}

func TestPublicIsTheConfiguredSchema(t *testing.T) {
	c := New(Options{Public: "App"})
	p, err := c.Compile(context.Background(), input(t, create, nil))
	if err != nil || p.Steps[0].SQL != `CREATE TABLE "App"."t" ("id" INTEGER)` {
		t.Errorf("got %v %v", p, err)
	}
}
