package status

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"iris-pgwire/internal/iris/pool"
)

// beatEvery is how often status.json is written. Who reads a beat that stands still knows that the sidecar hangs.
const beatEvery = 2 * time.Second

// Phase is the gateway's state.
type Phase string

// The states.
const (
	Starting Phase = "starting"
	Ready    Phase = "ready"
	Degraded Phase = "degraded" // IRIS does not answer
	Draining Phase = "draining"
	Stopped  Phase = "stopped"
)

// State is the content of status.json.
type State struct {
	Beat      uint64        `json:"beat"`
	PID       int           `json:"pid"`
	State     Phase         `json:"state"`
	Listen    string        `json:"listen"` // host:port, the port that was really taken
	Clients   int           `json:"clients"`
	Pool      pool.Counters `json:"pool"`
	IRIS      IRIS          `json:"iris"`
	Backend   string        `json:"backend"`
	LastError string        `json:"last_error"`
	Version   string        `json:"version"`
	Started   time.Time     `json:"started"`
	// Nonce is the spawn's, when IRIS runs the sidecar.
	Nonce string `json:"nonce,omitempty"`
	// Exit is why the sidecar has ended or is about to; it is there in the last state only.
	Exit *Exit `json:"exit,omitempty"`
}

// Exit is the end of the sidecar.
type Exit struct {
	Code   int    `json:"code"` // of the process
	Reason string `json:"reason"`
}

// IRIS is what is known of the instance.
type IRIS struct {
	Address string `json:"address"`
	Version string `json:"version,omitempty"` // from the first login on
}

// Beat writes DIR/status.json every two seconds, and at once when news come, until ctx ends; look gives the present state.
func Beat(ctx context.Context, dir string, look func() State, news <-chan struct{}, failed func(error)) {
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	for beat := uint64(1); ; beat++ {
		s := look()
		s.Beat = beat
		if err := WriteState(dir, s); err != nil {
			failed(err)
			touch(dir)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-news:
		}
	}
}

// touch shows that the sidecar lives when the disk is full: a file's time can be changed even then.
func touch(dir string) {
	now := time.Now()
	_ = os.Chtimes(filepath.Join(dir, StateFile), now, now) // if it fails as well, there is no way left
}

// WriteState writes status.json: a reader sees the old content or the new, never a part.
func WriteState(dir string, s State) error {
	s.PID = os.Getpid()
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	temporary := filepath.Join(dir, "."+StateFile+".new")
	if err := os.WriteFile(temporary, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return replace(temporary, filepath.Join(dir, StateFile))
}

// replace renames over a file. Windows refuses that while somebody, such as IRIS, reads the old one, which is soon over.
func replace(from, to string) error {
	err := os.Rename(from, to)
	for tries := 0; err != nil && runtime.GOOS == "windows" && tries < 20; tries++ {
		time.Sleep(10 * time.Millisecond)
		err = os.Rename(from, to)
	}
	return err
}

// WriteEnd adds to status.json why the sidecar ends; what else it said stays.
func WriteEnd(dir, version string, exit *Exit) error {
	var s State
	if text, err := os.ReadFile(filepath.Join(dir, StateFile)); err != nil || json.Unmarshal(text, &s) != nil || s.PID != os.Getpid() {
		s = State{Version: version, Started: Now().UTC()} // another sidecar's, or none
	}
	s.State, s.LastError, s.Exit = Stopped, exit.Reason, exit
	return WriteState(dir, s)
}
