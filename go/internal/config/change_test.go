package config

import (
	"reflect"
	"testing"
)

func parsed(t *testing.T, text string) *Config {
	t.Helper()
	c, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestChangesKnowWhatARunningSidecarTakesOver(t *testing.T) {
	for _, c := range []struct {
		name, old, next string
		now, restart    []string
	}{
		{"nothing", `{"listen": "127.0.0.1:5432"}`, `{}`, nil, nil},
		{"limits and pool", `{"pool": {"size": 5}}`, `{"pool": {"size": 6, "idle_seconds": 7}, "max_clients": 3}`,
			[]string{"max_clients", "pool.size", "pool.idle_seconds"}, nil},
		{"the port and a map", `{}`, `{"listen": ":1", "iris": {"namespaces": {"a": "B"}}}`, []string{"iris.namespaces"}, []string{"listen"}},
		{"the secret", `{"host": {"nonce": "n", "user": "u", "password": "p"}}`, `{"host": {"nonce": "n", "user": "u", "password": "q"}}`,
			[]string{"host.password"}, nil},
		{"what the cache was made with", `{}`, `{"limits": {"plans": 7}}`, nil, []string{"limits.plans"}},
	} {
		now, restart := parsed(t, c.old).Changes(parsed(t, c.next))
		if !reflect.DeepEqual(now, c.now) || !reflect.DeepEqual(restart, c.restart) {
			t.Errorf("%s: now %v, at a restart %v", c.name, now, restart)
		}
	}
}

// Whatever changes, after Take only what needs a restart is still different.
func TestTakeTakesEveryLiveKey(t *testing.T) {
	old := parsed(t, `{"listen": ":1", "max_clients": 5}`)
	next := parsed(t, `{"listen": ":2", "max_clients": 6, "strict_isolation": true, "iris": {"port": 7, "namespaces": {"a": "B"}},
		"pool": {"size": 9, "overflow": 1, "wait_seconds": 2, "idle_seconds": 3, "age_seconds": 40},
		"limits": {"plans": 5, "message_bytes": 70000, "statements": 3, "statement_seconds": 4, "authentication_seconds": 5,
			"drain_seconds": 6, "status_file_bytes": 5000}, "host": {"nonce": "n", "user": "u", "password": "p", "orphan_minutes": 3}}`)
	now, restart := old.Take(next).Changes(next)
	if now != nil || !reflect.DeepEqual(restart, []string{"listen", "iris.port", "limits.plans", "limits.status_file_bytes"}) {
		t.Errorf("left to take: %v, at a restart: %v", now, restart)
	}
	want := *next
	want.Listen, want.IRIS.Port, want.Limits.Plans, want.Limits.StatusFileBytes = old.Listen, old.IRIS.Port, old.Limits.Plans, old.Limits.StatusFileBytes
	got := *old.Take(next)
	want.given, got.given = nil, nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}
