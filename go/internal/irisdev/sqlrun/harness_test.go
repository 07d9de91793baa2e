package sqlrun

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/store/storetest"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// testbed is an engine on a store in memory.
type testbed struct {
	*Instance
	store *store.Store
}

func newTestbed(t testing.TB, profile string, version irissql.Version) *testbed {
	t.Helper()
	s := storetest.Memory(t)
	answers, err := variant.Profile(profile)
	if err != nil {
		t.Fatal(err)
	}
	return &testbed{New(Config{Store: s, Version: version, VersionText: "irisdev", Variant: answers}), s}
}

var newest = irissql.Version{Major: 2026, Minor: 1}

// client is one session of a testbed.
type client struct {
	t testing.TB
	*Session
	proc *store.Process
}

// connect opens a session with autocommit under READ UNCOMMITTED and a short lock time-out.
func (b *testbed) connect(t testing.TB) *client {
	t.Helper()
	p, err := b.store.NewProcess("USER")
	if err != nil {
		t.Fatal(err)
	}
	s, err := b.NewSession(p, superserver.Login{User: "_SYSTEM", Namespace: "USER", Protocol: 69, Autocommit: true, Isolation: superserver.ReadUncommitted})
	if err != nil {
		t.Fatal(err)
	}
	c := &client{t, s.(*Session), p}
	c.lockTimeout = 50 * time.Millisecond
	t.Cleanup(c.kill)
	return c
}

// kill ends the session and its process, as a lost connection does.
func (c *client) kill() {
	c.Close()
	if err := c.proc.End(); err != nil {
		c.t.Error(err)
	}
}

// sql runs a statement; its answer is the rows "a,b; c,d" in ODBC form, the count of a change, or the SQLCODE.
func (c *client) sql(text string, args ...any) string {
	c.t.Helper()
	got, err := c.try(text, args...)
	if err == nil {
		return got
	}
	var e *sqlerr.Error
	if errors.As(err, &e) {
		return fmt.Sprint(e.Code)
	}
	return err.Error()
}

func (c *client) try(text string, args ...any) (string, error) {
	ctx := context.Background()
	p, err := c.Prepare(ctx, text)
	if err != nil {
		return "", err
	}
	vals := make([]value.Value, len(args))
	for i, a := range args {
		vals[i] = argument(a)
	}
	if !p.IsQuery() {
		n, err := p.Exec(ctx, [][]value.Value{vals})
		if err != nil {
			return "", err
		}
		return fmt.Sprint(n[0]), nil
	}
	rows, err := p.Query(ctx, vals)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var out []string
	for {
		row, err := rows.Next()
		if err != nil {
			return "", err
		}
		if row == nil {
			return strings.Join(out, "; "), nil
		}
		var cells []string
		for i, v := range row {
			cells = append(cells, cell(v, p.Columns()[i].Type))
		}
		out = append(out, strings.Join(cells, ","))
	}
}

func argument(a any) value.Value {
	switch a := a.(type) {
	case nil:
		return value.NullValue()
	case int:
		return value.Int(int64(a))
	case float64:
		return value.Float(a)
	}
	return value.Text(fmt.Sprint(a))
}

// cell shows NULL as a dash and the empty string as "".
func cell(v value.Value, odbcType int) string {
	if v.IsNull() {
		return "-"
	}
	s := value.ODBC(v, odbcType).Text()
	if s == "" {
		return `""`
	}
	return s
}

// must runs statements that may not fail.
func (c *client) must(texts ...string) {
	c.t.Helper()
	for _, text := range texts {
		if _, err := c.try(text); err != nil {
			c.t.Fatalf("%s: %v", text, err)
		}
	}
}

// expect compares a statement's answer.
func (c *client) expect(want, text string, args ...any) {
	c.t.Helper()
	if got, err := c.try(text, args...); err != nil {
		if s := c.codeOf(err); s != want {
			c.t.Errorf("%s\n  fails with %v, want %s", text, err, want)
		}
	} else if got != want {
		c.t.Errorf("%s\n  gives %s\n  want  %s", text, got, want)
	}
}

func (c *client) codeOf(err error) string {
	var e *sqlerr.Error
	if errors.As(err, &e) {
		return fmt.Sprint(e.Code)
	}
	return err.Error()
}
