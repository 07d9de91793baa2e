package superserver

import "strings"

// oneUser is an instance with one account.
type oneUser struct {
	name       string
	credential Credential
}

func (u oneUser) Check(name, password string) (string, bool) {
	return u.name, strings.EqualFold(name, u.name) && u.credential.Matches(password)
}

var _ Users = oneUser{}
