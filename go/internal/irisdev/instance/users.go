package instance

import (
	"fmt"
	"strings"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

// User is an account to make.
type User struct{ Name, Password string }

// DefaultUser is the account of a new instance that is given none, as IRIS has it before the first password change.
var DefaultUser = User{"_SYSTEM", "SYS"}

// usersGlobal keeps name and password hash of every account.
const usersGlobal = "%irisdevUser"

// ParseUser reads NAME:PASSWORD.
func ParseUser(s string) (User, error) {
	name, password, ok := strings.Cut(s, ":")
	if !ok || name == "" || password == "" {
		return User{}, fmt.Errorf("user %q is not of the form NAME:PASSWORD", name)
	}
	return User{name, password}, nil
}

// loadUsers reads the accounts of the store and adds the new ones to both.
func loadUsers(s *store.Store, add []User) (*superserver.Users, error) {
	p, err := s.NewProcess("%SYS")
	if err != nil {
		return nil, fmt.Errorf("read the users: %w", err)
	}
	defer p.End()
	users := &superserver.Users{}
	c, err := p.Scan(store.At(usersGlobal), store.Range{})
	if err != nil {
		return nil, fmt.Errorf("read the users: %w", err)
	}
	found := false
	for ; c.Next(); found = true {
		name, credential, err := decodeUser(c.Value())
		if err != nil {
			return nil, fmt.Errorf("read user %s: %w", c.Sub().Text(), err)
		}
		users.Put(name, credential)
	}
	if !found && len(add) == 0 {
		add = []User{DefaultUser}
	}
	for _, u := range add {
		credential, err := superserver.NewCredential(u.Password)
		if err != nil {
			return nil, err
		}
		at := store.At(usersGlobal, value.Text(strings.ToUpper(u.Name)))
		if err := p.Set(at, encodeUser(u.Name, credential)); err != nil {
			return nil, fmt.Errorf("keep user %s: %w", u.Name, err)
		}
		users.Put(u.Name, credential)
	}
	return users, nil
}

func encodeUser(name string, c superserver.Credential) value.Value {
	return value.BuildList(value.Text(name), value.ListOf(string(c.Salt)), value.ListOf(string(c.Hash)),
		value.Int(int64(c.Iterations)))
}

func decodeUser(v value.Value) (string, superserver.Credential, error) {
	items, err := value.ListItems(v)
	if err != nil || len(items) != 4 {
		return "", superserver.Credential{}, fmt.Errorf("%w: %d fields", value.ErrList, len(items))
	}
	salt, ok1 := value.Latin1(items[1].Text())
	hash, ok2 := value.Latin1(items[2].Text())
	n, ok3 := items[3].Integer()
	if !ok1 || !ok2 || !ok3 {
		return "", superserver.Credential{}, value.ErrList
	}
	return items[0].Text(), superserver.Credential{Salt: salt, Hash: hash, Iterations: int(n)}, nil
}
