package account

import (
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/store/storetest"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

func memory(t *testing.T) (*store.Store, *store.Process) {
	t.Helper()
	s := storetest.Memory(t)
	p, err := s.NewProcess("%SYS")
	if err != nil {
		t.Fatal(err)
	}
	return s, p
}

func put(t *testing.T, p *store.Process, name, password, roles string, disabled bool) {
	t.Helper()
	a, err := New(name, password, roles)
	a.Disabled = disabled
	if err == nil {
		err = Put(p, a)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestLoginsSeeAccountsAsTheyAre(t *testing.T) {
	s, p := memory(t)
	logins, err := NewLogins(s)
	if err != nil {
		t.Fatal(err)
	}
	defer logins.Close()
	var _ superserver.Users = logins
	put(t, p, "Ann", "secret", All, false)
	put(t, p, "Out", "secret", "", true)
	check := func(user, password, name string, ok bool) {
		t.Helper()
		if got, is := logins.Check(user, password); got != name || is != ok {
			t.Errorf("%s:%s is %q %v", user, password, got, is)
		}
	}
	check("ann", "secret", "Ann", true)
	check("ANN", "Secret", "Ann", false)
	check("out", "secret", "Out", false)
	check("bob", "", "", false)
	check("", "", "", false)
	put(t, p, "Ann", "other", "%DB_USER,x", false)
	check("ann", "secret", "Ann", false)
	check("ann", "other", "Ann", true)
	if a, ok := logins.Get("ann"); !ok || a.Roles != "%DB_USER,x" {
		t.Errorf("%v %+v", ok, a)
	}
	if a, ok := logins.Get("out"); !ok || a.Roles != "" || !a.Disabled {
		t.Errorf("%v %+v", ok, a)
	}
	if err := Remove(p, "ANN"); err != nil {
		t.Fatal(err)
	}
	check("ann", "other", "", false)
	if names, err := Names(p); err != nil || strings.Join(names, " ") != "Out" {
		t.Errorf("%v %v", names, err)
	}
}

func TestAccountsRollBackWithTheirTransaction(t *testing.T) {
	s, p := memory(t)
	logins, err := NewLogins(s)
	if err != nil {
		t.Fatal(err)
	}
	defer logins.Close()
	if err := p.TStart(); err != nil {
		t.Fatal(err)
	}
	put(t, p, "Ann", "secret", All, false)
	if err := p.TRollback(); err != nil {
		t.Fatal(err)
	}
	if _, ok := logins.Check("ann", "secret"); ok {
		t.Error("the account is there")
	}
}

func TestPasswordsAreKeptAsHashes(t *testing.T) {
	_, p := memory(t)
	put(t, p, "Ann", "secret", All, false)
	v, ok := p.Get(node("ann"))
	if !ok || strings.Contains(v.Text(), "secret") {
		t.Errorf("%v %q", ok, v.Text())
	}
}

func TestAccountsOfEarlierDaysAreRead(t *testing.T) {
	_, p := memory(t)
	c, err := superserver.NewCredential("x")
	if err != nil {
		t.Fatal(err)
	}
	old := value.BuildList(value.Text("Old"), value.ListOf(string(c.Salt)), value.ListOf(string(c.Hash)), value.Int(int64(c.Iterations)))
	if err := p.Set(node("old"), old); err != nil {
		t.Fatal(err)
	}
	if a, ok, err := Get(p, "OLD"); err != nil || !ok || a.Disabled || a.Roles != All || !a.Credential.Matches("x") {
		t.Errorf("%+v %v %v", a, ok, err)
	}
	if err := p.Set(node("bad"), value.Int(1)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Get(p, "bad"); err == nil {
		t.Error("a number is read as an account")
	}
}
