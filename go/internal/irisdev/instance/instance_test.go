package instance

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iris-pgwire/internal/irisdev/account"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/store/storetest"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

// start runs an instance and gives what it announces; stop ends it and gives Run's error.
func start(t *testing.T, o Options) (ready Ready, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	result := make(chan error, 1)
	go func() { result <- Run(ctx, o) }()
	stop = func() error {
		cancel()
		return <-result
	}
	for {
		data, err := os.ReadFile(filepath.Join(o.Dir, ReadyFile))
		if err == nil {
			if err := json.Unmarshal(data, &ready); err != nil {
				t.Fatal(err)
			}
			return ready, stop
		}
		select {
		case err := <-result:
			t.Fatalf("ended before it was ready: %v", err)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func TestAnInstanceSaysWhereItListensAndCleansUp(t *testing.T) {
	dir := t.TempDir()
	ready, stop := start(t, Options{Dir: dir, Version: "2025.1", Profile: "contrary"})
	if ready.PID != os.Getpid() || ready.Version != "2025.1" || ready.Profile != "contrary" {
		t.Errorf("%+v", ready)
	}
	host, _, err := net.SplitHostPort(ready.Listen)
	if err != nil || !net.ParseIP(host).IsLoopback() {
		t.Errorf("listens on %s", ready.Listen)
	}
	nc, err := net.Dial("tcp", ready.Listen)
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, ReadyFile)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is still there", ReadyFile)
	}
}

func TestTwoInstancesCannotShareADirectory(t *testing.T) {
	dir := t.TempDir()
	_, stop := start(t, Options{Dir: dir, Version: "2025.1", Profile: "documented"})
	defer stop()
	if err := Run(context.Background(), Options{Dir: dir, Profile: "documented"}); !errors.Is(err, store.ErrInUse) {
		t.Errorf("got %v", err)
	}
}

func TestUnknownProfileIsRefused(t *testing.T) {
	if err := Run(context.Background(), Options{Dir: t.TempDir(), Profile: "other"}); err == nil {
		t.Error("accepted")
	}
}

func TestAStoreWithoutAccountsGetsTheDefaultUser(t *testing.T) {
	s := storetest.Memory(t)
	logins, err := account.NewLogins(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, add := range [][]User{nil, {{"Ann", "secret"}}, nil} {
		if err := addUsers(s, add); err != nil {
			t.Fatal(err)
		}
	}
	for _, u := range []User{DefaultUser, {"ann", "secret"}} {
		if _, ok := logins.Check(u.Name, u.Password); !ok {
			t.Errorf("%s can't log in", u.Name)
		}
		if a, _ := logins.Get(u.Name); a.Roles != account.All {
			t.Errorf("%s has the roles %q", u.Name, a.Roles)
		}
	}
}

func TestParseUser(t *testing.T) {
	if u, err := ParseUser("a:b:c"); err != nil || u != (User{"a", "b:c"}) {
		t.Errorf("%v %v", u, err)
	}
	for _, s := range []string{"", "a", "a:", ":b"} {
		if _, err := ParseUser(s); err == nil {
			t.Errorf("%q was accepted", s)
		}
	}
}

func TestScriptStatements(t *testing.T) {
	s := newScript(strings.NewReader("-- first\n\nSELECT 1;\r\n  SELECT ';\n', 2\n-- inside\n;\nSELECT 3 ; \n-- end\n"))
	for _, want := range []struct {
		text string
		line int
	}{{"SELECT 1", 3}, {"  SELECT '", 4}, {"', 2\n-- inside\n", 5}, {"SELECT 3 ", 8}} {
		text, line, err := s.next()
		if err != nil || text != want.text || line != want.line {
			t.Errorf("%q at %d, %v; want %q at %d", text, line, err, want.text, want.line)
		}
	}
	if _, _, err := s.next(); err != io.EOF {
		t.Errorf("got %v", err)
	}
	if _, line, err := newScript(strings.NewReader("\nSELECT 1")).next(); err == nil || err == io.EOF || line != 2 {
		t.Errorf("line %d, %v", line, err)
	}
}

// recorder is an engine that writes down the statements of a script.
type recorder struct {
	ran  []string
	fail string
}

func (r *recorder) NewSession(*store.Process, superserver.Login) (superserver.Session, error) {
	return &recordSession{r: r}, nil
}

type recordSession struct {
	superserver.Session // nothing else of it is used
	r                   *recorder
}

func (s *recordSession) Close() {}

func (s *recordSession) Prepare(_ context.Context, text string) (superserver.Prepared, error) {
	return &recordStatement{r: s.r, text: text}, nil
}

type recordStatement struct {
	superserver.Prepared
	r    *recorder
	text string
}

func (s *recordStatement) IsQuery() bool { return false }

func (s *recordStatement) Exec(context.Context, [][]value.Value) ([]int64, error) {
	if s.text == s.r.fail {
		return nil, errors.New("told to fail")
	}
	s.r.ran = append(s.r.ran, s.text)
	return []int64{1}, nil
}

func TestAScriptRunsOnceInANewStore(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "init.sql")
	if err := os.WriteFile(name, []byte("ONE;\nTWO;\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	engine := &recorder{}
	o := Options{Dir: filepath.Join(dir, "iris"), Version: "2025.1", Profile: "documented", Init: name,
		Engine: func(EngineConfig) (superserver.Engine, error) { return engine, nil }}
	for range 2 {
		_, stop := start(t, o)
		if err := stop(); err != nil {
			t.Fatal(err)
		}
	}
	if strings.Join(engine.ran, " ") != "ONE TWO" {
		t.Errorf("ran %v", engine.ran)
	}
	engine.fail, o.Dir = "TWO", filepath.Join(dir, "other")
	if err := Run(context.Background(), o); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v", err)
	}
	if err := Run(context.Background(), o); err == nil || !strings.Contains(err.Error(), "did not come to its end") {
		t.Errorf("got %v", err)
	}
}
