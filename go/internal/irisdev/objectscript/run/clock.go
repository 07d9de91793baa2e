package run

import (
	"sync/atomic"
	"time"
)

// Clock is the wall clock of the instance. Its offset is for tests that let the clock jump: the machine's is never set.
type Clock struct{ offset atomic.Int64 }

// Now is the time.
func (c *Clock) Now() time.Time { return time.Now().Add(time.Duration(c.offset.Load())) }

// Shift sets the offset.
func (c *Clock) Shift(by time.Duration) { c.offset.Store(int64(by)) }

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }
