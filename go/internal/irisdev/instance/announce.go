package instance

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
)

// ReadyFile is the file in an instance's directory that says where it listens.
const ReadyFile = "irisdev.json"

// Ready is what ReadyFile says.
type Ready struct {
	PID     int    `json:"pid"`
	Listen  string `json:"listen"`        // host:port
	Web     string `json:"web,omitempty"` // host:port of the web applications
	Version string `json:"version"`
	Profile string `json:"profile"`
	Control string `json:"control"` // the socket of the commands terminal, load and kill
}

// ReadReady reads the file of a directory. The instance may have been killed meanwhile.
func ReadReady(dir string) (Ready, error) {
	data, err := os.ReadFile(filepath.Join(dir, ReadyFile))
	if err != nil {
		return Ready{}, fmt.Errorf("find the instance: %w", err)
	}
	var r Ready
	if err := json.Unmarshal(data, &r); err != nil {
		return Ready{}, fmt.Errorf("find the instance: %s: %w", ReadyFile, err)
	}
	return r, nil
}

func (i *instance) ready(addr net.Addr, socket string) Ready {
	return Ready{PID: os.Getpid(), Listen: addr.String(), Version: i.Version, Profile: i.answers.String(), Control: socket, Web: i.web}
}

// announce writes ReadyFile in one step; remove takes it away.
func announce(dir string, ready Ready) (remove func() error, err error) {
	data, err := json.Marshal(ready)
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
