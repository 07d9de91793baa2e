package superserver

import (
	"encoding/binary"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/value"
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

func TestAStatementIsKnownForSoManyRuns(t *testing.T) {
	both(t, func(t *testing.T, config Config, likely bool) {
		c := login(t, serve(t, config))
		c.call("PP", 1, 1, "SELECT", 0)
		c.call("PP", 2, 1, "SET", 0)
		for run := 1; run <= outlives+1; run++ {
			gone := !likely && run > outlives
			if status, _ := c.call("PQ", 1, 1, 0, 0, 0); (status == statusUnknown) != gone {
				t.Errorf("run %d of the query: status %d", run, status)
			}
			if status, _ := c.call("PU", 2, nil, 0, 1, 0); (status == statusUnknown) != gone {
				t.Errorf("run %d of the change: status %d", run, status)
			}
		}
	})
}

func TestWhoGetsLongRepliesInSeveralFrames(t *testing.T) {
	both(t, func(t *testing.T, config Config, likely bool) {
		long := strings.Repeat("y", 3*splitFrame)
		config.Engine.(*fakeEngine).rows = [][]value.Value{{value.Int(1), value.Text(long)}}
		for application, reads := range map[string]bool{"app": true, applicationOfGo: false, "python" + endOfNative: false} {
			c := dial(t, serve(t, config))
			c.call("HS", 0, []byte{69, 0})
			c.call("CN", 0, "USER", hide("_SYSTEM"), hide("SYS"), "root", "host", application, nil, "addr", "", 1, 1, 32)
			c.call("PP", 1, 1, "SELECT", 0)
			status, body := c.call("PQ", 1, 1, 0, 0, 0)
			frames := 1
			if reads && !likely {
				frames = 4
			}
			if c.frames != frames || unpack(t, body) != "1,"+long || status != 0 && status != statusEnd {
				t.Errorf("%q: %d frames, status %d, %d bytes", application, c.frames, status, len(body))
			}
		}
	})
}

func TestCutFramesHaveTheStatusOfTheLast(t *testing.T) {
	body := strings.Repeat("z", splitFrame+1)
	whole := beginReply(nil, request{number: 7, id: 3}, statusEnd)
	whole = append(whole, body...)
	endReply(whole, 0)
	for everywhere, first := range map[bool]uint16{false: statusOK, true: statusEnd} {
		out := cutReplies(append([]byte(nil), whole...), everywhere)
		if got := binary.LittleEndian.Uint16(out[12:]); got != first || binary.LittleEndian.Uint32(out[8:]) != 3|moreFrames {
			t.Errorf("everywhere %v: first frame %x", everywhere, out[:headSize])
		}
		last := out[headSize+splitFrame:]
		if binary.LittleEndian.Uint16(last[12:]) != statusEnd || binary.LittleEndian.Uint32(last[8:]) != 3 || string(last[headSize:]) != "z" {
			t.Errorf("everywhere %v: last frame %x", everywhere, last)
		}
	}
}

func TestTheStatusOfARefusedLogin(t *testing.T) {
	both(t, func(t *testing.T, config Config, likely bool) {
		for _, x := range []struct {
			namespace, password string
			other               int
		}{{"USER", "wrong", statusDenied}, {"NOSUCH", "SYS", statusRefused}} {
			want := x.other
			if likely {
				want = statusRefused
			}
			status, body := dial(t, serve(t, config)).connect(x.namespace, "_SYSTEM", x.password, 32)
			if status != want || unpack(t, body) == "" {
				t.Errorf("%s, %s: status %d, %q", x.namespace, x.password, status, unpack(t, body))
			}
		}
	})
}

func TestTheFormOfAStreamsHandle(t *testing.T) {
	both(t, func(t *testing.T, config Config, likely bool) {
		config.Engine = longColumns()
		c := login(t, serve(t, config))
		_, handle := c.call("SM", 1, "0", []byte{2, 0, 0, 0}, []byte("ab"))
		if text := unpack(t, handle); !isHandle(text) || strings.Contains(text, "@") != likely {
			t.Errorf("handle %q", text)
		}
		if status, body := c.raw("JS", handle, -1); status != statusEnd || body != "ab" {
			t.Errorf("the stream behind it: %d, %q", status, body)
		}
	})
}
