package control

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// listen serves a handler until the test ends.
func listen(t *testing.T, dir string, h Handler) *Listener {
	t.Helper()
	l, err := Listen(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); l.Serve(ctx, h) }()
	t.Cleanup(func() {
		cancel()
		<-done
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(l.Path()); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is still there", l.Path())
		}
	})
	return l
}

func dial(t *testing.T, l *Listener) *Client {
	t.Helper()
	c, err := Dial(l.Path())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// upper writes its input in capital letters, line by line.
func upper(s *Session) Result {
	in := bufio.NewReader(s)
	lines := 0
	for {
		line, err := in.ReadString('\n')
		fmt.Fprint(s, strings.ToUpper(line))
		if err != nil {
			return Result{Code: lines, Error: s.Command + " " + strings.Join(s.Args, ",")}
		}
		lines++
	}
}

func TestInputGoesInAndOutputComesOut(t *testing.T) {
	l := listen(t, t.TempDir(), upper)
	long := strings.Repeat("x", 3*maxPayload) + "\n"
	var out bytes.Buffer
	got, err := dial(t, l).Run(Request{Command: Terminal, Args: []string{"a", "b"}}, strings.NewReader("one\n"+long+"end"), &out)
	if err != nil || got != (Result{2, "terminal a,b"}) {
		t.Errorf("%+v %v", got, err)
	}
	if out.String() != "ONE\n"+strings.ToUpper(long)+"END" {
		t.Errorf("%d bytes", out.Len())
	}
}

func TestTheSocketIsTheOwnersAlone(t *testing.T) {
	l := listen(t, t.TempDir(), upper)
	info, err := os.Stat(l.Path())
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

func TestADirectoryWithALongPath(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("d", 120))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	l := listen(t, dir, upper)
	if strings.HasPrefix(l.Path(), dir) || len(l.Path()) > longestPath {
		t.Errorf("the socket is %s", l.Path())
	}
	if _, err := dial(t, l).Run(Request{}, strings.NewReader(""), io.Discard); err != nil {
		t.Error(err)
	}
}

func TestTheSocketOfAKilledInstanceIsReplaced(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, socketName), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l := listen(t, dir, upper)
	if _, err := dial(t, l).Run(Request{}, strings.NewReader(""), io.Discard); err != nil {
		t.Error(err)
	}
}

func TestTheEndOfTheClientEndsItsSession(t *testing.T) {
	ended := make(chan struct{})
	l := listen(t, t.TempDir(), func(s *Session) Result {
		defer close(ended)
		<-s.Context().Done()
		return Result{}
	})
	c := dial(t, l)
	if err := c.send(ask, []byte("{}")); err != nil {
		t.Fatal(err)
	}
	c.Close()
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		t.Fatal("the session goes on")
	}
}

func TestAnInterruptReachesTheSession(t *testing.T) {
	ready := make(chan struct{})
	l := listen(t, t.TempDir(), func(s *Session) Result {
		hit := make(chan struct{})
		s.OnInterrupt(func() { close(hit) })
		close(ready)
		<-hit
		return Result{Code: 7}
	})
	c := dial(t, l)
	go func() {
		<-ready
		if err := c.Interrupt(); err != nil {
			t.Error(err)
		}
	}()
	if got, err := c.Run(Request{}, strings.NewReader(""), io.Discard); err != nil || got.Code != 7 {
		t.Errorf("%+v %v", got, err)
	}
}

func TestTheEndOfTheInstanceIsToldToTheClient(t *testing.T) {
	l, err := Listen(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go l.Serve(ctx, func(s *Session) Result { cancel(); <-s.Context().Done(); return Result{1, "the instance stops"} })
	if got, err := dial(t, l).Run(Request{}, strings.NewReader(""), io.Discard); err != nil || got != (Result{1, "the instance stops"}) {
		t.Errorf("%+v %v", got, err)
	}
}

func TestAClientThatDoesNotReadCannotKeepTheInstance(t *testing.T) {
	l, err := Listen(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		l.Serve(ctx, func(s *Session) Result {
			for {
				if _, err := s.Write(make([]byte, maxPayload)); err != nil {
					return Result{}
				}
			}
		})
	}()
	if err := dial(t, l).send(ask, []byte("{}")); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond) // until the buffers are full
	cancel()
	select {
	case <-done:
	case <-time.After(5 * closeTime):
		t.Fatal("it still serves")
	}
}

func TestWhatIsNoRequestEndsTheConnection(t *testing.T) {
	l := listen(t, t.TempDir(), func(*Session) Result { t.Error("served"); return Result{} })
	for _, bytes := range []string{"GET / HTTP/1.1\r\n\r\n", "a\x00\x00\x00\x01{", "i\x00\x00\x00\x00", "a\xff\xff\xff\xff"} {
		c := dial(t, l)
		if _, err := io.WriteString(c.nc, bytes); err != nil {
			t.Fatal(err)
		}
		if _, _, err := readFrame(c.nc); err == nil {
			t.Errorf("%q is answered", bytes)
		}
	}
}

func FuzzReadFrame(f *testing.F) {
	f.Add([]byte("a\x00\x00\x00\x02{}"))
	f.Add([]byte("O\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		k, payload, err := readFrame(bytes.NewReader(data))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := writeFrame(&out, k, payload); err != nil || !bytes.HasPrefix(data, out.Bytes()) {
			t.Errorf("%q is read as %c %q, %v", data, k, payload, err)
		}
	})
}
