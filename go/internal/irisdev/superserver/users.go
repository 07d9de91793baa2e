package superserver

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha512"
	"crypto/subtle"
	"fmt"
	"strings"
	"sync"
)

// iterations of a new password's hash, IRIS's own default (IRIS docs, "PBKDF2 work factor").
const iterations = 10000

// Credential is a password as it is kept: a salted PBKDF2 hash with SHA-512.
type Credential struct {
	Salt, Hash []byte
	Iterations int
}

// NewCredential hashes a password.
func NewCredential(password string) (Credential, error) {
	c := Credential{Salt: make([]byte, 16), Iterations: iterations}
	if _, err := rand.Read(c.Salt); err != nil {
		return Credential{}, fmt.Errorf("make a salt: %w", err)
	}
	var err error
	c.Hash, err = c.hash(password)
	return c, err
}

func (c Credential) hash(password string) ([]byte, error) {
	return pbkdf2.Key(sha512.New, password, c.Salt, c.Iterations, sha512.Size)
}

// Matches reports whether it is the credential's password.
func (c Credential) Matches(password string) bool {
	if len(c.Hash) == 0 {
		return false
	}
	h, err := c.hash(password)
	return err == nil && subtle.ConstantTimeCompare(h, c.Hash) == 1
}

// Users are the accounts of an instance; names are the same in any letter case.
type Users struct {
	mu    sync.RWMutex
	names map[string]account
}

type account struct {
	name       string
	credential Credential
}

// Put adds a user or gives it another password.
func (u *Users) Put(name string, c Credential) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.names == nil {
		u.names = map[string]account{}
	}
	u.names[strings.ToUpper(name)] = account{name, c}
}

// Check gives the name of a user as it was created, if the password is right. An unknown name takes as long.
func (u *Users) Check(name, password string) (string, bool) {
	u.mu.RLock()
	a, ok := u.names[strings.ToUpper(name)]
	u.mu.RUnlock()
	if !ok {
		a.credential = Credential{Salt: make([]byte, 16), Hash: make([]byte, sha512.Size), Iterations: iterations}
	}
	return a.name, a.credential.Matches(password) && ok
}
