package superserver

import (
	"context"

	"iris-pgwire/internal/irisdev/store"
)

// Jobs is told of the processes that logged-in connections are, so that ObjectScript sees them as it sees all others.
type Jobs interface {
	// Begin takes a process on; ctx ends with its connection, and stop ends that hard. The function that it gives is called once before the process
	// ends. An error refuses the login.
	Begin(ctx context.Context, p *store.Process, login Login, stop func()) (end func(), err error)
	// Allowed reports that the process' user has USE on a resource.
	Allowed(p *store.Process, resource string) bool
}
