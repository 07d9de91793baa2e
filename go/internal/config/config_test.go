package config

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestEmptyObjectGivesTheDefaults(t *testing.T) {
	c, err := Parse([]byte(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:5432" || c.IRIS.Port != 1972 || c.Pool.Size != 50 || c.Pool.Overflow != 20 ||
		c.PublicSchema != "SQLUser" || c.ServerVersion != "15.0" || c.Limits.Drain != 10*time.Second {
		t.Errorf("defaults: %+v", c)
	}
}

func TestEveryDefaultKeepsItsRule(t *testing.T) {
	Default() // panics otherwise
	for _, k := range keys {
		if k.rule == "" || k.purpose == "" {
			t.Errorf("%s has no rule or purpose", k.name)
		}
	}
	if len(Describe()) != len(keys) {
		t.Error("Describe misses keys")
	}
}

func TestEveryMistakeIsReportedAtOnceByKey(t *testing.T) {
	_, err := Parse([]byte(`{
		"listen": "5432", "max_clients": 0, "max_clients": 1, "backend": "odbc", "nonsense": 1,
		"iris": {"port": "1972", "hots": "x", "namespaces": {"a": 1}, "tls_cert": "c.pem"}, "pool": 3,
		"tls": {"cert": "c.pem", "min_version": "1.1"}, "server_version": "9.6", "limits": {"drain_seconds": -1}}`))
	var problems Problems
	if !errors.As(err, &problems) {
		t.Fatalf("got %v", err)
	}
	want := map[string]string{
		"listen":               "must be host:port, the port from 0 to 65535 (0 picks a free one)",
		"max_clients":          "is given twice",
		"backend":              "must be dbapi or embedded",
		"nonsense":             "is not a setting",
		"iris.port":            "must be a whole number from 1 to 65535",
		"iris.hots":            "is not a setting",
		"iris.namespaces":      "must be an object of database names and namespaces",
		"iris.tls_cert":        "iris.tls_cert and iris.tls_key must be given together",
		"pool":                 "must be an object",
		"tls.cert":             "tls.cert and tls.key must be given together",
		"tls.min_version":      "must be 1.2 or 1.3",
		"server_version":       "must be a PostgreSQL version from 14 to 18, such as 15.0",
		"limits.drain_seconds": "must be a number of seconds from 0 to 3600",
	}
	if len(problems) != len(want) {
		t.Errorf("%d problems, want %d:\n%v", len(problems), len(want), err)
	}
	for _, p := range problems {
		if want[p.Key] != p.Text {
			t.Errorf("%s: %q, want %q", p.Key, p.Text, want[p.Key])
		}
	}
}

func TestWhatIsNoObjectIsRefused(t *testing.T) {
	for _, text := range []string{``, `[]`, `1`, `{`, `{} {}`, `{"listen":}`, `null`, "\x00"} {
		if _, err := Parse([]byte(text)); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
}

func TestNamespaceIsMappedOrUpperCased(t *testing.T) {
	c, err := Parse([]byte("\xef\xbb\xbf" + `{"iris": {"namespaces": {"sales": "Sales_DB"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for database, want := range map[string]string{"sales": "Sales_DB", "user": "USER", "USER": "USER"} {
		if got := c.Namespace(database); got != want {
			t.Errorf("%s: %s, want %s", database, got, want)
		}
	}
}

func TestLoadReadsTheDirectory(t *testing.T) {
	dir := t.TempDir()
	if _, err := Load(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without a file: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte(`{"iris":{"host":"::1","port":51773}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(dir)
	if err != nil || c.Address() != "[::1]:51773" {
		t.Errorf("got %v, %v", c, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"listen":"a:1","pool":{"size":1}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := Parse(text)
		if (c == nil) == (err == nil) {
			t.Error("neither or both of configuration and error")
		}
	})
}
