package session_test

import (
	"testing"

	"iris-pgwire/internal/session/sessiontest"
)

// BenchmarkExecute is what the gateway's own part of a prepared statement costs, over loopback, with an IRIS that answers at
// once.
func BenchmarkExecute(b *testing.B) {
	c, _ := sessiontest.Start(b, sessiontest.Shared(b, &sessiontest.Backend{}))
	c.Send(prepare("s", "select 1"), sync)
	c.Answer(1)
	b.ReportAllocs()
	for b.Loop() {
		c.Send(bind("", "s"), describe('P', ""), execute("", 0), sync)
		c.Answer(1)
	}
}
