package instance

import (
	"fmt"
	"strings"

	"iris-pgwire/internal/irisdev/account"
	"iris-pgwire/internal/irisdev/store"
)

// User is an account to make.
type User struct{ Name, Password string }

// DefaultUser is the account of a new instance that is given none, as IRIS has it before the first password change.
var DefaultUser = User{"_SYSTEM", "SYS"}

// ParseUser reads NAME:PASSWORD.
func ParseUser(s string) (User, error) {
	name, password, ok := strings.Cut(s, ":")
	if !ok || name == "" || password == "" {
		return User{}, fmt.Errorf("user %q is not of the form NAME:PASSWORD", name)
	}
	return User{name, password}, nil
}

// addUsers adds accounts that may do everything to those that the store has; one that is there gets the password.
func addUsers(s *store.Store, add []User) error {
	p, err := s.NewProcess("%SYS")
	if err != nil {
		return fmt.Errorf("read the users: %w", err)
	}
	defer p.End()
	if len(add) == 0 {
		names, err := account.Names(p)
		if err != nil {
			return err
		}
		if len(names) == 0 {
			add = []User{DefaultUser}
		}
	}
	for _, u := range add {
		a, err := account.New(u.Name, u.Password, account.All)
		if err != nil {
			return err
		}
		if err := account.Put(p, a); err != nil {
			return err
		}
	}
	return nil
}
