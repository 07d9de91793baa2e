// Package pool shares a bounded number of IRIS connections among many clients. A connection belongs to one IRIS user
// and namespace; it is leased for a transaction or a statement and is clean again before the next lease.
package pool

import "time"

// Config bounds a pool. Zero values mean the defaults.
type Config struct {
	Max      int           // connections kept; default 50
	Overflow int           // more under load, closed when they come back; default 20, negative = none
	Wait     time.Duration // how long Acquire waits; default 30 s
	Idle     time.Duration // an idle connection is closed after it; default 5 min
	Age      time.Duration // and any one after it, give or take a tenth; default 1 h
	Reset    time.Duration // time limit of the cleaning between leases; default 5 s
	// LicenseRetry is how long after a refusal for want of a licence one connection more is tried; default 1 min.
	LicenseRetry time.Duration
	// LicenseRefused is called when IRIS lowers the ceiling for want of a licence, once for each new low.
	LicenseRefused func(ceiling int, err error)
}

func (c Config) withDefaults() Config {
	if c.Max <= 0 {
		c.Max = 50
	}
	if c.Overflow == 0 {
		c.Overflow = 20
	}
	c.Overflow = max(c.Overflow, 0)
	for _, d := range []struct {
		value     *time.Duration
		otherwise time.Duration
	}{{&c.Wait, 30 * time.Second}, {&c.Idle, 5 * time.Minute}, {&c.Age, time.Hour}, {&c.Reset, 5 * time.Second},
		{&c.LicenseRetry, time.Minute}} {
		if *d.value <= 0 {
			*d.value = d.otherwise
		}
	}
	return c
}

// Counters is a snapshot of what the pool has and has done.
type Counters struct {
	Open     int    `json:"open"` // connections, leased and idle, and those being opened
	Idle     int    `json:"idle"`
	Leased   int    `json:"leased"`
	Waiting  int    `json:"waiting"` // Acquire calls in the queue
	Ceiling  int    `json:"ceiling"` // the most that may be open now
	Opened   uint64 `json:"opened"`
	Closed   uint64 `json:"closed"`
	Leases   uint64 `json:"leases"`
	Timeouts uint64 `json:"timeouts"` // Acquire calls that gave up
	Refused  uint64 `json:"refused"`  // logins that IRIS refused
	Broken   uint64 `json:"broken"`   // connections found unusable
	Retried  uint64 `json:"retried"`  // statements that had not left, sent on another connection
	// Unreachable counts the connections that IRIS did not answer; those refused during a back-off are not tried at all.
	Unreachable uint64 `json:"unreachable"`
	// WaitP50 and WaitP99 are the median and the 99th percentile of how long the last thousand leases took to get.
	WaitP50 time.Duration `json:"wait_p50_ns"`
	WaitP99 time.Duration `json:"wait_p99_ns"`
}
