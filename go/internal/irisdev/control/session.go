package control

import (
	"context"
	"io"
	"net"
	"sync"
)

// Session is one client as its handler sees it. Read and Write are its input and output; Read fails when the client has gone.
type Session struct {
	Request
	nc     net.Conn
	ctx    context.Context
	cancel context.CancelFunc

	writing sync.Mutex
	input   chan []byte // closed at the end of the input
	rest    []byte
	ended   bool

	mu        sync.Mutex
	interrupt func()
}

func newSession(ctx context.Context, nc net.Conn) *Session {
	s := &Session{nc: nc, input: make(chan []byte, 1)}
	s.ctx, s.cancel = context.WithCancel(ctx)
	return s
}

// Context ends when the client has gone or the instance stops.
func (s *Session) Context() context.Context { return s.ctx }

// OnInterrupt tells what Ctrl-C does.
func (s *Session) OnInterrupt(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.interrupt = do
}

// listen takes in what the client sends, until it goes.
func (s *Session) listen() {
	defer s.cancel()
	open := true
	defer func() {
		if open {
			close(s.input)
		}
	}()
	for {
		k, payload, err := readFrame(s.nc)
		if err != nil {
			return
		}
		switch {
		case k == input && open:
			select {
			case s.input <- payload:
			case <-s.ctx.Done():
				return
			}
		case k == inputEnd && open:
			open = false
			close(s.input)
		case k == interrupt:
			s.mu.Lock()
			do := s.interrupt
			s.mu.Unlock()
			if do != nil {
				do()
			}
		default:
			return
		}
	}
}

// Read gives input, and asks the client for more when there is none left; io.EOF is its end.
func (s *Session) Read(p []byte) (int, error) {
	if len(s.rest) == 0 {
		if s.ended {
			return 0, io.EOF
		}
		if err := s.send(want, nil); err != nil {
			return 0, err
		}
		select {
		case data, ok := <-s.input:
			if !ok {
				s.ended = true
				if s.ctx.Err() != nil {
					return 0, s.ctx.Err()
				}
				return 0, io.EOF
			}
			s.rest = data
		case <-s.ctx.Done():
			return 0, s.ctx.Err()
		}
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// Write shows output.
func (s *Session) Write(p []byte) (int, error) {
	done := 0
	for done < len(p) {
		part := p[done:min(done+maxPayload, len(p))]
		if err := s.send(output, part); err != nil {
			return done, err
		}
		done += len(part)
	}
	return done, nil
}

func (s *Session) send(k kind, payload []byte) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	err := writeFrame(s.nc, k, payload)
	if err != nil {
		s.cancel()
	}
	return err
}
