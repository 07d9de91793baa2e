package session

import (
	"context"
	"time"
)

// endTimeout bounds COMMIT and ROLLBACK, which no cancel of the client interrupts.
const endTimeout = time.Minute

// statementContext is the context of one statement: it ends by CancelRequest, statement_timeout or the gateway's stop.
// The function that it gives must be called when the statement is over; nothing can hit the next one after that.
func (s *Session) statementContext(ctx context.Context) (context.Context, func()) {
	s.since = time.Now()
	ctx, cancel := context.WithCancelCause(ctx)
	s.mu.Lock()
	s.cancel = cancel
	s.mu.Unlock()
	var timer *time.Timer
	if limit := s.settings.current().statementLimit; limit > 0 {
		timer = time.AfterFunc(limit, func() { cancel(errTimeout) })
	}
	return ctx, func() {
		if timer != nil {
			timer.Stop()
		}
		s.mu.Lock()
		s.cancel = nil
		s.mu.Unlock()
		cancel(nil)
	}
}

// endContext is for what must be done even after the client has cancelled: ending a transaction.
func endContext(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
}
