package config

import "strings"

// live are the keys that a running sidecar takes over; the others need a restart. A name that ends with a dot stands for all
// keys below it.
var live = []string{"max_clients", "strict_isolation", "iris.namespaces", "pool.", "limits.message_bytes", "limits.statements",
	"limits.statement_seconds", "limits.authentication_seconds", "limits.drain_seconds", "host."}

// Changes lists the keys in which next differs from c: those that a running sidecar can take over, and those that need a
// restart, both in the order of the table of keys.
func (c *Config) Changes(next *Config) (now, restart []string) {
	for _, k := range keys {
		if c.text(k) == next.text(k) {
			continue
		}
		if isLive(k.name) {
			now = append(now, k.name)
		} else {
			restart = append(restart, k.name)
		}
	}
	return now, restart
}

// text is the value as JSON, that of the default where the file has none.
func (c *Config) text(k key) string {
	if given, ok := c.given[k.name]; ok {
		return given
	}
	return k.otherwise
}

// Take makes c's live keys those of next and leaves the others as they are.
func (c *Config) Take(next *Config) *Config {
	out := *c
	out.given = map[string]string{}
	for _, k := range keys {
		from := c
		if isLive(k.name) {
			from = next
		}
		if given, ok := from.given[k.name]; ok {
			out.given[k.name] = given
		}
	}
	out.MaxClients, out.StrictIsolation, out.Pool, out.Host = next.MaxClients, next.StrictIsolation, next.Pool, next.Host
	out.IRIS.Namespaces = next.IRIS.Namespaces
	limits := next.Limits
	limits.Plans, limits.StatusFileBytes = c.Limits.Plans, c.Limits.StatusFileBytes
	out.Limits = limits
	return &out
}

func isLive(name string) bool {
	for _, l := range live {
		if name == l || strings.HasSuffix(l, ".") && strings.HasPrefix(name, l) {
			return true
		}
	}
	return false
}
