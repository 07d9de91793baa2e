package pool

import (
	"slices"
	"time"
)

// waits holds how long the last leases took to get. It is used under the pool's lock.
type waits struct {
	last [1000]time.Duration
	n    int // ever added
}

func (w *waits) add(d time.Duration) {
	w.last[w.n%len(w.last)] = d
	w.n++
}

// quantiles gives the median and the 99th percentile; zeros if nothing was added.
func (w *waits) quantiles() (p50, p99 time.Duration) {
	sorted := slices.Clone(w.last[:min(w.n, len(w.last))])
	if len(sorted) == 0 {
		return 0, 0
	}
	slices.Sort(sorted)
	return sorted[len(sorted)/2], sorted[len(sorted)*99/100]
}
