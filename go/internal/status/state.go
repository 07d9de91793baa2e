package status

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
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
}

// IRIS is what is known of the instance.
type IRIS struct {
	Address string `json:"address"`
	Version string `json:"version,omitempty"` // from the first login on
}

// Beat writes DIR/status.json until ctx ends; look gives the present state.
func Beat(ctx context.Context, dir string, look func() State, failed func(error)) {
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	for beat := uint64(1); ; beat++ {
		s := look()
		s.Beat = beat
		if err := WriteState(dir, s); err != nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
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
	return os.Rename(temporary, filepath.Join(dir, StateFile))
}
