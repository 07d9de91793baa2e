// Package account keeps who may log in to the development IRIS: the accounts that Security.Users changes and the superserver
// asks. They are nodes of a global of %SYS, so that a change counts at once, survives a restart and rolls back with the
// transaction that made it.
package account

import (
	"fmt"
	"strings"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

// Global has a node for every account, by its name in upper case. Whatever else is known of a user lies elsewhere.
const Global = "%irisdevUser"

// All is the role that every privilege belongs to.
const All = "%All"

// Account is one user; names are the same in any letter case.
type Account struct {
	Name       string // as it was created
	Credential superserver.Credential
	Disabled   bool
	Roles      string // between commas
}

// New makes an account with a password.
func New(name, password, roles string) (Account, error) {
	c, err := superserver.NewCredential(password)
	return Account{Name: name, Credential: c, Roles: roles}, err
}

// Put makes an account or changes it.
func Put(p *store.Process, a Account) error {
	if err := p.Set(node(a.Name), encode(a)); err != nil {
		return fmt.Errorf("keep user %s: %w", a.Name, err)
	}
	return nil
}

// Get reads an account; false if there is none of that name.
func Get(p *store.Process, name string) (Account, bool, error) {
	if name == "" {
		return Account{}, false, nil
	}
	v, ok := p.Get(node(name))
	if !ok {
		return Account{}, false, nil
	}
	a, err := decode(v)
	if err != nil {
		return Account{}, false, fmt.Errorf("read user %s: %w", name, err)
	}
	return a, true, nil
}

// Remove deletes an account; one that does not exist is no error.
func Remove(p *store.Process, name string) error { return p.Kill(node(name)) }

// Names lists the accounts as they were created, in order.
func Names(p *store.Process) ([]string, error) {
	c, err := p.Scan(store.At(Global), store.Range{})
	if err != nil {
		return nil, fmt.Errorf("read the users: %w", err)
	}
	var out []string
	for c.Next() {
		a, err := decode(c.Value())
		if err != nil {
			return nil, fmt.Errorf("read user %s: %w", c.Sub().Text(), err)
		}
		out = append(out, a.Name)
	}
	return out, nil
}

func node(name string) store.Ref { return store.At(Global, value.Text(strings.ToUpper(name))) }

// encode makes a list: name, salt, hash, iterations, disabled, roles.
func encode(a Account) value.Value {
	disabled := value.Int(0)
	if a.Disabled {
		disabled = value.Int(1)
	}
	return value.BuildList(value.Text(a.Name), value.ListOf(string(a.Credential.Salt)), value.ListOf(string(a.Credential.Hash)),
		value.Int(int64(a.Credential.Iterations)), disabled, value.Text(a.Roles))
}

// decode reads what encode made. Accounts of earlier days have four fields: they are enabled and may do everything.
func decode(v value.Value) (Account, error) {
	items, err := value.ListItems(v)
	if err != nil || len(items) != 4 && len(items) != 6 {
		return Account{}, fmt.Errorf("%w: %d fields", value.ErrList, len(items))
	}
	salt, ok1 := value.Latin1(items[1].Text())
	hash, ok2 := value.Latin1(items[2].Text())
	n, ok3 := items[3].Integer()
	if !ok1 || !ok2 || !ok3 {
		return Account{}, value.ErrList
	}
	a := Account{Name: items[0].Text(), Roles: All,
		Credential: superserver.Credential{Salt: salt, Hash: hash, Iterations: int(n)}}
	if len(items) == 6 {
		disabled, _ := items[4].Integer()
		a.Disabled, a.Roles = disabled != 0, strings.Trim(items[5].Text(), "\x00")
	}
	return a, nil
}
