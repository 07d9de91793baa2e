package objectscript

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// What doesn't fit is refused with the reason and changes nothing.
func TestASettingTakesOnlyWhatFits(t *testing.T) {
	w := bare(t)
	w.irisdev("load", "--dir", w.dir, "../../objectscript")
	var cases, commands []string
	for _, c := range []struct{ key, value, want string }{
		{"", "1", " is not a setting"},
		{"max_client", "1", "max_client is not a setting"},
		{"pool", "1", "pool is not a setting"},
		{"max_clients", "77", "OK"},
		{"max_clients", "0", "max_clients must be a whole number from 1 to 100000"},
		{"max_clients", "100001", "must be a whole number"},
		{"max_clients", "1.5", "must be a whole number"},
		{"max_clients", "1e3", "must be a whole number"},
		{"max_clients", "", "must be a whole number"},
		{"pool.wait_seconds", "0.5", "OK"},
		{"pool.wait_seconds", "-1", "must be a number from 0.1 to 3600"},
		{"pool.wait_seconds", "soon", "must be a number"},
		{"iris.tls", "true", "OK"},
		{"iris.tls", "yes", "iris.tls must be 1 or 0"},
		{"tls.mode", "off", "OK"},
		{"tls.mode", "require", "tls.mode must be on or off"},
		{"listen", "[::1]:5433", "OK"},
		{"listen", ":0", "OK"},
		{"listen", "5432", "listen must be host:port"},
		{"listen", "localhost:65536", "listen must be host:port"},
		{"listen", "::1:5432", "listen must be host:port"},
		{"server_version", "17.2", "OK"},
		{"server_version", "9.6", "must be a PostgreSQL version from 14 to 18"},
		{"iris.namespaces", `{"postgres":"USER"}`, "OK"},
		{"iris.namespaces", `{"postgres":1}`, "must be a JSON object of texts"},
		{"iris.namespaces", `["USER"]`, "must be a JSON object of texts"},
		{"iris.namespaces", `{`, "must be a JSON object of texts"},
		{"backend", "embedded", "backend must be dbapi"},
		{"tls.min_version", "1.1", "must be 1.2 or 1.3"},
		{"public_schema", "SQLUser", "OK"},
		{"tls.cert", "server.pem", "OK"},
		{"service.directory", "iris-pgwire", "service.directory must be a full path"},
		{"service.directory", "/var/lib/iris-pgwire", "OK"},
		{"service.binary", "bin/iris-pgwire", "service.binary must be a full path"},
		{"service.start_hooks", "0", "OK"},
	} {
		cases = append(cases, c.key+" "+c.value+": "+c.want)
		commands = append(commands, fmt.Sprintf(`set key = "%s", before = ##class(IrisPGWire.Config).Get(key)`, c.key),
			fmt.Sprintf(`set sc = ##class(IrisPGWire.Config).Set(key, "%s")`, strings.ReplaceAll(c.value, `"`, `""`)),
			`write $select(sc: "OK", 1: $system.Status.GetErrorText(sc)),$select(sc: "", before = ##class(IrisPGWire.Config).Get(key): "", 1: " but it is changed"),!`)
	}
	got := strings.Split(w.lines(commands...), "\n")
	if len(got) != len(cases) {
		t.Fatalf("%d answers: %q", len(got), got)
	}
	for i, c := range cases {
		name, want, _ := strings.Cut(c, ": ")
		if !strings.Contains(got[i], want) || strings.Contains(got[i], "but it is changed") {
			t.Errorf("%s: %q does not say %q", name, got[i], want)
		}
	}
}

func TestSettingsThatWereDamagedByHandAreAllTold(t *testing.T) {
	w := bare(t)
	w.irisdev("load", "--dir", w.dir, "../../objectscript")
	w.lines(`set ^%zPGWire("config","max_clients") = "many"`, `set ^%zPGWire("config","colour") = "red"`, `set ^%zPGWire("config","tls.cert") = "a.pem"`)
	got := w.status(`##class(IrisPGWire.Config).Validate()`)
	for _, want := range []string{"max_clients must be a whole number", "colour is not a setting", "tls.cert and tls.key must be set together"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q does not say %q", got, want)
		}
	}
	if got := w.status(`##class(IrisPGWire.Service).Start()`); !strings.Contains(got, "max_clients") {
		t.Errorf("Start: %q", got)
	}
	w.ok(`##class(IrisPGWire.Config).Reset("max_clients")`)
	if got := w.line(`write ##class(IrisPGWire.Config).Get("max_clients")`); got != "1000" {
		t.Errorf("after Reset: %q", got)
	}
	w.ok(`##class(IrisPGWire.Config).Reset()`)
	w.ok(`##class(IrisPGWire.Config).Validate()`)
}

func TestExportIsTheConfigurationWithoutSecrets(t *testing.T) {
	w := start(t)
	w.set("pool.wait_seconds", ".5")
	w.set("iris.namespaces", `{"postgres":"USER"}`)
	w.ok(`##class(IrisPGWire.Service).Start()`)
	var exported, file map[string]any
	if err := json.Unmarshal([]byte(w.line(`write ##class(IrisPGWire.Config).Export()`)), &exported); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(w.sidecarDir(), "config.json")
	if err := json.Unmarshal([]byte(read(t, name)), &file); err != nil {
		t.Fatal(err)
	}
	if host, ok := file["host"].(map[string]any); !ok || host["password"] == "" {
		t.Errorf("config.json has no secret: %v", file)
	}
	delete(file, "host")
	if got, want := fmt.Sprint(exported), fmt.Sprint(file); got != want {
		t.Errorf("%s\n%s", got, want)
	}
	for path, want := range map[string]os.FileMode{name: 0o600, w.sidecarDir(): os.ModeDir | 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode() != want {
			t.Errorf("%s: %v %v", path, info.Mode(), err)
		}
	}
}

// A running sidecar takes over what it can; what it can't is said.
func TestASettingIsTakenOverOrNeedsRestart(t *testing.T) {
	w := start(t)
	w.ok(`##class(IrisPGWire.Service).Start()`)
	before := w.state()
	ctx := context.Background()
	first, err := w.connect()
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close(ctx)
	note := func(key, value string) string {
		return w.lines(fmt.Sprintf(`set sc = ##class(IrisPGWire.Config).Set("%s", "%s", .note)`, key, value), `write sc,";",note`)
	}
	second := func() error {
		conn, err := w.connect()
		if err == nil {
			err = conn.Close(ctx)
		}
		return err
	}
	if got := note("max_clients", "1"); got != "1;" {
		t.Errorf("%q", got)
	}
	w.until(10*time.Second, "a second client is refused", func() bool { err := second(); return err != nil && strings.Contains(err.Error(), "53300") })
	if got := note("max_clients", "5"); got != "1;" {
		t.Errorf("%q", got)
	}
	w.until(10*time.Second, "a second client is served", func() bool { return second() == nil })
	if got := note("pool.size", "7"); got != "1;" {
		t.Errorf("%q", got)
	}
	w.until(10*time.Second, "the pool is smaller", func() bool {
		return strings.Contains(read(t, filepath.Join(w.sidecarDir(), "status.json")), `"ceiling": 27`)
	})
	if got := note("server_version", "16.0"); got != "1;server_version needs Restart" {
		t.Errorf("%q", got)
	}
	shown := func(conn *pgx.Conn) (v string) {
		if err := conn.QueryRow(ctx, "SHOW server_version").Scan(&v); err != nil {
			t.Error(err)
		}
		return v
	}
	if got := shown(first); got != "15.0" || w.state().PID != before.PID {
		t.Errorf("before the restart the version is %s, process %d then %d", got, before.PID, w.state().PID)
	}
	w.ok(`##class(IrisPGWire.Service).Restart()`)
	after, err := w.connect()
	if err != nil {
		t.Fatal(err)
	}
	defer after.Close(ctx)
	if got := shown(after); got != "16.0" {
		t.Errorf("after the restart the version is %s", got)
	}
}
