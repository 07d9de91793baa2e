package superserver

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha512"
	"crypto/subtle"
	"fmt"
)

// iterations of a new password's hash, IRIS's own default (IRIS docs, "PBKDF2 work factor").
const iterations = 10000

// Users are the accounts of an instance; names are the same in any letter case.
type Users interface {
	// Check gives the name of a user as it was created, if the password is right and the account is enabled.
	Check(name, password string) (string, bool)
}

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

// NoCredential matches no password and takes as long to say so as any other.
func NoCredential() Credential {
	return Credential{Salt: make([]byte, 16), Hash: make([]byte, sha512.Size), Iterations: iterations}
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
