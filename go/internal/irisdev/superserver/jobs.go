package superserver

import "iris-pgwire/internal/irisdev/store"

// Jobs is told of the processes that logged-in connections are, so that ObjectScript sees them as it sees all others.
type Jobs interface {
	// Begin takes a process on; stop ends its connection hard. The function that it gives is called once before the process
	// ends. An error refuses the login.
	Begin(p *store.Process, login Login, stop func()) (end func(), err error)
}
