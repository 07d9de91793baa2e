package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// runIn runs the command line; DIR in it stands for a directory with that config.json ("" = none).
func runIn(t *testing.T, config string, args ...string) (code int, out, errOut string) {
	t.Helper()
	dir := t.TempDir()
	if config != "" {
		if err := os.WriteFile(filepath.Join(dir, "config.json"), []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i, a := range args {
		if a == "DIR" {
			args[i] = dir
		}
	}
	var o, e strings.Builder
	code = run(args, &o, &e)
	return code, o.String(), e.String()
}

// freePort is a port on which nothing listens.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

func TestExitCodesNameTheCause(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct {
		name, config string
		args         []string
		code         int
		says         string
	}{
		{"no such command", "", []string{"server"}, exitUsage, "unknown command"},
		{"no such flag", "", []string{"serve", "--port", "1"}, exitUsage, "unknown flag"},
		{"a flag is missing", "", []string{"serve"}, exitUsage, `"dir" not set`},
		{"too many arguments", "", []string{"translate", "SELECT", "1"}, exitUsage, "accepts 1 arg"},
		{"no config.json", "", []string{"serve", "--dir", "DIR"}, exitConfig, "config.json"},
		{"mistakes in config.json", `{"listen": "x", "nosuch": 1}`, []string{"check", "--dir", "DIR"}, exitConfig, "nosuch"},
		{"the embedded backend", `{"backend": "embedded"}`, []string{"serve", "--dir", "DIR"}, exitConfig, "embedded is not built"},
		{"the embedded backend, checked", `{"backend": "embedded"}`, []string{"check", "--dir", "DIR"}, exitConfig, "embedded is not built"},
		{"a certificate that does not exist", `{"tls": {"cert": "a", "key": "b"}}`, []string{"check", "--dir", "DIR"}, exitConfig, "certificate"},
		{"a client certificate that does not exist", `{"iris": {"tls": true, "tls_cert": "a", "tls_key": "b"}}`, []string{"serve", "--dir", "DIR"}, exitConfig, "iris.tls_cert"},
		{"the port is taken", `{"listen": "` + taken.Addr().String() + `"}`, []string{"serve", "--dir", "DIR"}, exitPort, "address already in use"},
		{"the port is taken, before anything else", "", []string{"probe", "--listen", taken.Addr().String()}, exitPort, "address already in use"},
		{"a port that is none", "", []string{"probe", "--listen", "127.0.0.1:x"}, exitFailed, "127.0.0.1:x"},
		{"a port that is free", "", []string{"probe", "--listen", "127.0.0.1:0"}, 0, ""},
		{"IRIS does not answer", `{"iris": {"port": ` + freePort(t) + `}}`, []string{"check", "--dir", "DIR"}, exitUnreachable, "IRIS does not answer"},
		{"a statement that is refused", "", []string{"translate", "SELEC 1"}, exitFailed, "42601"},
	} {
		code, _, errOut := runIn(t, c.config, c.args...)
		if code != c.code || !strings.Contains(errOut, c.says) {
			t.Errorf("%s: code %d, want %d: %s", c.name, code, c.code, errOut)
		}
	}
}

// The whole configuration is checked at once: each key with the rule that it breaks, by check as by serve.
func TestEveryMistakeOfAConfigurationIsToldAtOnce(t *testing.T) {
	const config = `{"backend": "embedded", "listen": "x", "pool": {"size": 0, "wait_seconds": "long"}, "tls": {"cert": "a"}, "nosuch": {"a": 1}}`
	for _, command := range []string{"check", "serve"} {
		code, out, errOut := runIn(t, config, command, "--dir", "DIR")
		if code != exitConfig || out != "" {
			t.Errorf("%s: code %d, %q", command, code, out)
		}
		for _, want := range []string{
			"config.json: backend: embedded is not built yet; use dbapi\n",
			"config.json: listen: must be host:port, the port from 0 to 65535 (0 picks a free one)\n",
			"config.json: nosuch: is not a setting\n",
			"config.json: pool.size: must be a whole number from 1 to 10000\n",
			"config.json: pool.wait_seconds: must be a number of seconds from 0.1 to 3600\n",
			"config.json: tls.cert: tls.cert and tls.key must be given together\n",
		} {
			if !strings.Contains(errOut, want) {
				t.Errorf("%s: %q is missing in\n%s", command, want, errOut)
			}
		}
	}
}

func TestVersionAndHelp(t *testing.T) {
	if code, out, _ := runIn(t, "", "version"); code != 0 || out != "iris-pgwire dev\n" {
		t.Errorf("%d %q", code, out)
	}
	code, out, _ := runIn(t, "", "serve", "--help")
	for _, want := range []string{"listen (default", "iris.port (default 1972)", "pool.size (default 50)"} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("%q is missing in the help", want)
		}
	}
}

func TestTranslatePrintsWhatIRISIsSent(t *testing.T) {
	code, out, errOut := runIn(t, "", "translate", "SELECT 1; BEGIN; SELECT a FROM (SELECT 1 AS a) x WHERE a > $1::int")
	if code != 0 || !strings.Contains(out, "SELECT") || !strings.Contains(out, "?1") || !strings.Contains(out, "-- the gateway runs this itself: BEGIN\n") || strings.Contains(out, "::") {
		t.Errorf("%d\n%s%s", code, out, errOut)
	}
}

func TestTranslateShowsErrorsAsAClientSeesThem(t *testing.T) {
	for _, c := range []struct{ sql, want string }{
		{"SELECT 1 + FROM t", "ERROR:  42601: syntax error at or near \"FROM\"\nLINE 1: SELECT 1 + FROM t\n                   ^\n"},
		{"SELECT\n  'é', nosuch FROM t", "LINE 2:   'é', nosuch FROM t"},
		{"COPY t FROM STDIN", "ERROR:  0A000: COPY is not supported by iris-pgwire\nLINE 1: COPY t FROM STDIN\n        ^\n"},
		{"SELECT 'x'::int", "ERROR:  22P02: invalid input syntax for type integer: \"x\"\nLINE 1: SELECT 'x'::int\n               ^\n"},
	} {
		code, _, errOut := runIn(t, "", "translate", c.sql)
		if code != exitFailed || !strings.Contains(errOut, c.want) {
			t.Errorf("%q: code %d\n%s\nwant\n%s", c.sql, code, errOut, c.want)
		}
	}
}
