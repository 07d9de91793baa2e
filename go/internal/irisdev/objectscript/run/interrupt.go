package run

import (
	"context"
	"sync"
	"sync/atomic"

	"iris-pgwire/internal/irisdev/objectscript/fault"
)

// interruption is the Ctrl-C of a terminal, or what a client of the superserver asks for: <INTERRUPT> in the code that runs.
type interruption struct {
	hit    atomic.Bool
	mu     sync.Mutex
	cancel context.CancelFunc // of what the process waits with
}

// arm makes the context that waits of the process watch; it ends with the process or by an interrupt.
func (p *Process) arm() {
	i := &p.interruption
	i.mu.Lock()
	defer i.mu.Unlock()
	i.hit.Store(false)
	p.ctx, i.cancel = context.WithCancel(p.life)
}

// Interrupt stops what the process runs or waits for with <INTERRUPT>, which its handlers see. It may be called from another
// goroutine. One that comes while no code runs is for the next command, unless Calm is called before.
func (p *Process) Interrupt() {
	i := &p.interruption
	i.mu.Lock()
	defer i.mu.Unlock()
	i.hit.Store(true)
	i.cancel()
}

// Calm forgets an interrupt that came when nothing was to be interrupted.
func (p *Process) Calm() {
	if p.hit.Load() {
		p.arm()
	}
}

// interrupted gives the error of an interrupt that has come, nil if none has.
func (p *Process) interrupted() error {
	if !p.hit.Load() {
		return nil
	}
	p.arm()
	return fault.New("INTERRUPT", "")
}
