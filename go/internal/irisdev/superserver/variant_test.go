package superserver

import (
	"testing"

	"iris-pgwire/internal/irisdev/variant"
)

// both runs a test under both profiles; likely tells which one it is.
func both(t *testing.T, run func(t *testing.T, c Config, likely bool)) {
	for _, profile := range []string{variant.Documented, variant.Contrary} {
		t.Run(profile, func(t *testing.T) {
			v, err := variant.Profile(profile)
			if err != nil {
				t.Fatal(err)
			}
			run(t, Config{Engine: people(), Variant: v}, profile == variant.Documented)
		})
	}
}

func TestTheIsolationOfTheConnectMessage(t *testing.T) {
	both(t, func(t *testing.T, config Config, likely bool) {
		c := dial(t, serve(t, config))
		c.call("HS", 0, []byte{69, 0})
		c.call("CN", 0, "USER", hide("_SYSTEM"), hide("SYS"), "root", "host", "app", nil, "addr", "", 1, ReadCommitted, 32)
		want := "1"
		if likely {
			want = "2"
		}
		c.expect("the level in force", 0, want)(c.call("IL", 0, 0))
		c.expect("the level set by a message", 0, "2")(c.call("IL", 0, 2))
	})
}

func TestTheStatusOfAChangeThatHitsNoRow(t *testing.T) {
	both(t, func(t *testing.T, config Config, likely bool) {
		c := login(t, serve(t, config))
		status := 100
		if likely {
			status = 0
		}
		c.expect("direct", status, "0,1,0")(c.call("DU", 1, 1, "NONE", 0, nil, 0, 1, 0))
		c.expect("prepared", status, "0")(c.call("PU", 1, nil, 0, 1, 0))
		c.expect("one that hits a row", 0, "1")(func() (int, []byte) { c.call("PP", 2, 1, "SET", 0); return c.call("PU", 2, nil, 0, 1, 0) }())
	})
}

func TestWhoMayInterruptByAMessage(t *testing.T) {
	both(t, func(t *testing.T, config Config, likely bool) {
		c := login(t, serve(t, config))
		want := 1<<16 - 454 // the contrary profile has statuses of 16 bits as well
		if likely {
			want = 99
		}
		c.expect("a job that there is not", want, "")(c.call("EI", 0, "1", 3))
	})
}
