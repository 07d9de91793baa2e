package hostservice

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"
)

func TestTheWorksErrorIsRunsError(t *testing.T) {
	broken := errors.New("broken")
	if err := Run("test", func(context.Context) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

func TestASignalEndsTheWorksContext(t *testing.T) {
	// With a listener of the test's own, no signal that comes too early or too late ends the test.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGTERM)
	defer signal.Reset(syscall.SIGTERM)
	ended := false
	err := Run("test", func(ctx context.Context) error {
		// The signal is caught some time after the work has begun.
		go func() {
			for ctx.Err() == nil {
				time.Sleep(20 * time.Millisecond)
				self, err := os.FindProcess(os.Getpid())
				if err == nil {
					_ = self.Signal(syscall.SIGTERM)
				}
			}
		}()
		<-ctx.Done()
		ended = true
		return nil
	})
	if err != nil || !ended {
		t.Errorf("%v, ended %v", err, ended)
	}
}
