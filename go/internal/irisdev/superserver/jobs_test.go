package superserver

import (
	"context"
	"io"
	"testing"
	"time"

	"iris-pgwire/internal/irisdev/store"
)

// fakeJobs gives every user one resource, and tells what happens to connections.
type fakeJobs struct {
	resource string
	begun    chan func() // stop of a connection that began
	ended    chan error  // of its context, when it has ended
}

func (f *fakeJobs) Begin(ctx context.Context, _ *store.Process, _ Login, stop func()) (func(), error) {
	f.begun <- stop
	return func() { f.ended <- ctx.Err() }, nil
}

func (f *fakeJobs) Allowed(_ *store.Process, resource string) bool { return resource == f.resource }

func newFakeJobs(resource string) *fakeJobs {
	return &fakeJobs{resource: resource, begun: make(chan func(), 1), ended: make(chan error, 1)}
}

func TestNativeCallsNeedAResourceEach(t *testing.T) {
	for _, c := range []struct {
		n        byte
		body     []any
		resource string
	}{
		{1, []any{"^G", 0}, "%Native_GlobalAccess"},
		{11, []any{"%SYSTEM.Version", "GetNumber", 0}, "%Native_ClassExecution"},
		{16, nil, "%Native_Concurrency"},
		{21, nil, "%Native_Transaction"},
	} {
		for _, allowed := range []bool{true, false} {
			jobs := newFakeJobs(c.resource)
			if !allowed {
				jobs.resource = "%Other"
			}
			client := login(t, serve(t, Config{Jobs: jobs}))
			_, body := client.call(string([]byte{0x40 + c.n, 0xC2}), 0, c.body...)
			if got := unpack(t, body); (got == "<PROTECT>") == allowed {
				t.Errorf("call %d, %s %v: %s", c.n, c.resource, allowed, got)
			}
		}
	}
}

func TestAConnectionIsEndedFromOutside(t *testing.T) {
	jobs := newFakeJobs("")
	client := login(t, serve(t, Config{Jobs: jobs}))
	(<-jobs.begun)()
	select {
	case err := <-jobs.ended:
		if err == nil {
			t.Error("its context goes on")
		}
	case <-time.After(5 * time.Second):
		t.Fatal("it goes on")
	}
	if _, err := client.nc.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("the client reads %v", err)
	}
}
