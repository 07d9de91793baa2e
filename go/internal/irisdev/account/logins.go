package account

import (
	"fmt"
	"sync"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/superserver"
)

// Logins checks passwords against the accounts of a store, as they are at that moment. It is safe for concurrent use.
type Logins struct {
	mu sync.Mutex
	p  *store.Process
}

// NewLogins begins to look at a store. Close must be called.
func NewLogins(s *store.Store) (*Logins, error) {
	p, err := s.NewProcess("%SYS")
	if err != nil {
		return nil, fmt.Errorf("read the users: %w", err)
	}
	return &Logins{p: p}, nil
}

// Get reads an account; false if there is none of that name, or none that can be read.
func (l *Logins) Get(name string) (Account, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a, ok, err := Get(l.p, name)
	return a, ok && err == nil
}

// Check gives the name of a user as it was created, if the password is right and the account is enabled. An unknown name
// takes as long as a known one.
func (l *Logins) Check(name, password string) (string, bool) {
	a, ok := l.Get(name)
	if !ok {
		a.Credential = superserver.NoCredential()
	}
	return a.Name, a.Credential.Matches(password) && ok && !a.Disabled
}

// Close ends it.
func (l *Logins) Close() error { return l.p.End() }
