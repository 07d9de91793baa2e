package control

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// socketName is the socket's name in the directory of the instance.
const socketName = "control.sock"

// longestPath is the longest path that a socket may have on every system, its closing zero byte counted.
const longestPath = 100

// Handler serves a client and says how it ended. The session's context ends with the client.
type Handler func(s *Session) Result

// Listener accepts clients.
type Listener struct {
	path   string
	remove string // a directory that was made for the socket
	l      net.Listener
}

// Listen makes the socket of the instance that serves a directory; the caller holds the directory's lock. In a directory
// whose path is too long for a socket, it lies in one of its own below the system's directory for temporary files.
func Listen(dir string) (*Listener, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("make the control socket: %w", err)
	}
	s := &Listener{path: filepath.Join(abs, socketName)}
	if len(s.path) > longestPath {
		if s.remove, err = os.MkdirTemp("", "irisdev-"); err != nil {
			return nil, fmt.Errorf("make the control socket: %w", err)
		}
		s.path = filepath.Join(s.remove, socketName)
	}
	if err := os.Remove(s.path); err != nil && !errors.Is(err, os.ErrNotExist) { // of an instance that was killed
		return nil, fmt.Errorf("make the control socket: %w", err)
	}
	if s.l, err = net.Listen("unix", s.path); err != nil {
		return nil, fmt.Errorf("make the control socket: %w", err)
	}
	if err := os.Chmod(s.path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("make the control socket: %w", err), s.Close())
	}
	return s, nil
}

// Path is where the socket is.
func (s *Listener) Path() string { return s.path }

// Close ends it; the socket is gone.
func (s *Listener) Close() error {
	err := s.l.Close()
	if s.remove != "" {
		err = errors.Join(err, os.RemoveAll(s.remove))
	}
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// Serve accepts clients until ctx ends, and returns when the last one has been served; the handlers see the end of ctx.
func (s *Listener) Serve(ctx context.Context, h Handler) {
	stop := context.AfterFunc(ctx, func() { s.l.Close() })
	defer stop()
	var clients sync.WaitGroup
	defer clients.Wait()
	for {
		nc, err := s.l.Accept()
		if err != nil {
			return
		}
		clients.Go(func() { serve(ctx, nc, h) })
	}
}

// closeTime is how long a client may take to read its last output when the instance stops.
const closeTime = time.Second

// serve talks to one client.
func serve(ctx context.Context, nc net.Conn, h Handler) {
	defer nc.Close()
	// Who does not read any more must not keep the instance from stopping.
	defer context.AfterFunc(ctx, func() { _ = nc.SetWriteDeadline(time.Now().Add(closeTime)) })()
	k, payload, err := readFrame(nc)
	s := newSession(ctx, nc)
	defer s.cancel()
	if err != nil || k != ask || json.Unmarshal(payload, &s.Request) != nil {
		return
	}
	go s.listen()
	result, err := json.Marshal(h(s))
	if err != nil {
		return
	}
	_ = s.send(exit, result) // a client that has gone needs none
}
