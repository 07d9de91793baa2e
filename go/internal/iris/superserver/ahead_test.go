package superserver

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
)

// bufferOf is a buffer of rows (n, "row") for queryMetadata's columns.
func bufferOf(numbers ...int64) []byte {
	var out []byte
	for _, n := range numbers {
		out = append(out, items(iris.Int(n), iris.Text("row"))...)
	}
	return out
}

// startBuffered is a superserver whose queries begin with the rows 1 and 2; fetch answers the n-th FD.
func startBuffered(t *testing.T, fetch func(n int) answer) *fake {
	var fetched atomic.Int64
	return startFake(t, func(r request) []answer {
		switch r.code {
		case "PP":
			return []answer{{body: queryMetadata(0)}}
		case "PQ":
			return []answer{{body: bufferOf(1, 2)}}
		case "FD":
			return []answer{fetch(int(fetched.Add(1)))}
		case "OE":
			return []answer{{body: items(iris.Text("[SQLCODE: <-114>:<Lock>] [%msg: <row 5 is locked>]"))}}
		}
		return []answer{{}}
	})
}

// script answers by a list.
func script(answers ...answer) func(n int) answer {
	return func(n int) answer { return answers[n-1] }
}

func startQuery(t *testing.T, c *Conn) iris.Rows {
	t.Helper()
	st, err := c.Prepare(t.Context(), "SELECT ID, Name FROM T")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := c.Query(t.Context(), st, nil)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// expectRows reads the rows from to to.
func expectRows(t *testing.T, rows iris.Rows, from, to int64) {
	t.Helper()
	for want := from; want <= to; want++ {
		row, err := rows.Next(t.Context())
		if err != nil {
			t.Fatalf("row %d: %v", want, err)
		}
		if n, _ := row[0].Int64(); n != want || row[1].String() != "row" {
			t.Fatalf("row %d is %d, %q", want, n, row[1].String())
		}
	}
}

// expectCodes compares the requests that have arrived by now or shortly after.
func (f *fake) expectCodes(want string) {
	f.t.Helper()
	got := ""
	for range 200 {
		if got = strings.Join(f.codes(), " "); got == want {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	f.t.Errorf("requests %s, want %s", got, want)
}

func TestTheNextBufferIsAskedForAhead(t *testing.T) {
	f := startBuffered(t, script(answer{body: bufferOf(3, 4)}, answer{body: bufferOf(5)}, answer{statusEnd, bufferOf(6), false}))
	rows := startQuery(t, f.connect(t))
	expectRows(t, rows, 1, 2)
	f.expectCodes("PP PQ") // a result of one buffer costs no request
	expectRows(t, rows, 3, 3)
	f.expectCodes("PP PQ FD FD")
	expectRows(t, rows, 4, 5)
	f.expectCodes("PP PQ FD FD FD")
	expectRows(t, rows, 6, 6)
	if _, err := rows.Next(t.Context()); err != io.EOF {
		t.Errorf("behind the last row: %v", err)
	}
	f.expectCodes("PP PQ FD FD FD")
}

func TestABufferThatTookLongIsNotFollowedByARequest(t *testing.T) {
	f := startBuffered(t, func(int) answer {
		time.Sleep(promptly + 50*time.Millisecond)
		return answer{body: bufferOf(3)}
	})
	rows := startQuery(t, f.connect(t))
	expectRows(t, rows, 1, 3)
	if err := rows.Close(t.Context()); err != nil {
		t.Error(err)
	}
	f.expectCodes("PP PQ FD CC")
}

func TestOtherRequestsComeInTurnsWithWhatWasAskedAhead(t *testing.T) {
	f := startBuffered(t, script(answer{body: bufferOf(3)}, answer{body: bufferOf(4)}, answer{statusEnd, bufferOf(5), false}))
	c := f.connect(t)
	rows := startQuery(t, c)
	expectRows(t, rows, 1, 3)
	for range 2 {
		if err := c.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	expectRows(t, rows, 4, 5)
	f.expectCodes("PP PQ FD FD PG PG FD")
}

func TestAnErrorOfABufferAskedForAheadComesBehindTheRowsBefore(t *testing.T) {
	for name, between := range map[string]func(c *Conn) error{
		"nothing else":    func(*Conn) error { return nil },
		"another request": func(c *Conn) error { return c.Ping(t.Context()) },
	} {
		t.Run(name, func(t *testing.T) {
			f := startBuffered(t, script(answer{body: bufferOf(3, 4)}, answer{status: 114}))
			c := f.connect(t)
			rows := startQuery(t, c)
			expectRows(t, rows, 1, 3)
			if err := between(c); err != nil {
				t.Fatal(err)
			}
			expectRows(t, rows, 4, 4)
			_, err := rows.Next(t.Context())
			var failure *iris.Error
			if !errors.As(err, &failure) || failure.Code != -114 || !strings.Contains(err.Error(), "row 5 is locked") {
				t.Errorf("behind row 4: %v", err)
			}
			if c.Broken() || c.Ping(t.Context()) != nil {
				t.Error("the connection is not usable any more")
			}
		})
	}
}

func TestClosingTakesInWhatWasAskedAhead(t *testing.T) {
	for name, c := range map[string]struct {
		ahead answer
		want  string
	}{
		"more to come":    {answer{body: bufferOf(4)}, "PP PQ FD FD CC PQ"},
		"the last buffer": {answer{statusEnd, bufferOf(4), false}, "PP PQ FD FD PQ"},
		"an error":        {answer{status: 114}, "PP PQ FD FD OE PQ"},
	} {
		t.Run(name, func(t *testing.T) {
			f := startBuffered(t, script(answer{body: bufferOf(3)}, c.ahead))
			conn := f.connect(t)
			rows := startQuery(t, conn)
			expectRows(t, rows, 1, 3)
			if err := rows.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			if !conn.Alive() || !conn.Tidy() {
				t.Error("something of the rows is left")
			}
			expectRows(t, startQuery(t, conn), 1, 2)
			f.expectCodes(c.want)
		})
	}
}

func TestAConnectionLostBehindABufferLosesNoRowOfIt(t *testing.T) {
	f := startBuffered(t, script(answer{body: bufferOf(3, 4)}, answer{hang: true}))
	c := f.connect(t)
	rows := startQuery(t, c)
	expectRows(t, rows, 1, 4)
	_, err := rows.Next(t.Context())
	var lost *iris.ConnError
	if !errors.As(err, &lost) || !c.Broken() {
		t.Errorf("behind row 4: %v", err)
	}
}

// What was asked for ahead may be long work: the end of a context interrupts it, whether the rows are read on or closed.
func TestAContextEndsWhatWasAskedAhead(t *testing.T) {
	for name, end := range map[string]func(ctx context.Context, rows iris.Rows) error{
		"reading on": func(ctx context.Context, rows iris.Rows) error {
			if _, err := rows.Next(ctx); err == nil || err == io.EOF {
				t.Errorf("Next gave %v", err)
			}
			return nil
		},
		"closing": func(ctx context.Context, rows iris.Rows) error { return rows.Close(ctx) },
	} {
		t.Run(name, func(t *testing.T) {
			interrupted := make(chan struct{})
			f := startBuffered(t, func(n int) answer {
				if n == 1 {
					return answer{body: bufferOf(3)}
				}
				<-interrupted
				return answer{status: 456}
			})
			answers := f.handle
			f.handle = func(r request) []answer {
				if r.code == "EI" {
					close(interrupted)
				}
				return answers(r)
			}
			c := f.connect(t)
			rows := startQuery(t, c)
			expectRows(t, rows, 1, 3)
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			if err := end(ctx, rows); err != nil {
				t.Error(err)
			}
			if c.Broken() || c.Ping(t.Context()) != nil {
				t.Error("the connection is not usable any more")
			}
			if got := f.codes(); slices.Contains(got, "CC") {
				t.Errorf("a query that has ended was closed: %v", got)
			}
		})
	}
}
