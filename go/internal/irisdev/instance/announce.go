package instance

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"

	"iris-pgwire/internal/irisdev/variant"
)

// ReadyFile is the file in an instance's directory that says where it listens.
const ReadyFile = "irisdev.json"

// Ready is what ReadyFile says.
type Ready struct {
	PID     int    `json:"pid"`
	Listen  string `json:"listen"` // host:port
	Version string `json:"version"`
	Profile string `json:"profile"`
}

// announce writes ReadyFile in one step; remove takes it away.
func announce(dir string, addr net.Addr, version string, answers variant.Set) (remove func() error, err error) {
	data, err := json.Marshal(Ready{PID: os.Getpid(), Listen: addr.String(), Version: version, Profile: answers.String()})
	if err != nil {
		return nil, fmt.Errorf("describe the instance: %w", err)
	}
	name := filepath.Join(dir, ReadyFile)
	if err := os.WriteFile(name+".new", append(data, '\n'), 0o600); err != nil {
		return nil, fmt.Errorf("announce the instance: %w", err)
	}
	if err := os.Rename(name+".new", name); err != nil {
		return nil, fmt.Errorf("announce the instance: %w", err)
	}
	return func() error {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove %s: %w", ReadyFile, err)
		}
		return nil
	}, nil
}
