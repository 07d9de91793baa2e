package lib

import (
	"strings"

	"iris-pgwire/internal/irisdev/account"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// securityGlobal keeps what Security.* knows: kind, name in lower case, property.
const securityGlobal = "%irisdevSec"

// predefined are the roles that every instance has and their resources, as far as they matter here (IRIS docs, "Predefined
// Roles"; "Privileges": default resources).
var predefined = map[string]string{
	"%All":                   "",
	"%Developer":             "%Development:U,%DB_%DEFAULT:RW,%Native_ClassExecution:U,%Native_GlobalAccess:U,%Service_Object:U,%Service_SQL:U,%Service_Terminal:U,%Service_Login:U",
	"%Manager":               "%Admin_Manage:U,%Admin_Operate:U,%Admin_Secure:U,%Admin_Task:U,%Admin_Journal:U,%Development:U,%System_Callout:U,%DB_IRISSYS:RW,%DB_%DEFAULT:RW,%Native_ClassExecution:U,%Native_GlobalAccess:U,%Service_Object:U,%Service_SQL:U,%Service_Terminal:U,%Service_Login:U",
	"%Operator":              "%Admin_Operate:U,%DB_IRISSYS:R,%Service_Terminal:U",
	"%SecurityAdministrator": "%Admin_Secure:U,%DB_IRISSYS:R",
	"%SQL":                   "%Service_SQL:U",
	"%DB_IRISSYS":            "%DB_IRISSYS:RW",
	"%DB_%DEFAULT":           "%DB_%DEFAULT:RW",
	"%DB_USER":               "%DB_USER:RW",
	"%DB_IRISTEMP":           "%DB_IRISTEMP:RW",
}

// publicUse are the resources that everybody may use (IRIS docs, "Services": public permission).
var publicUse = map[string]string{"%Service_Object": "USE", "%Service_SQL": "USE", "%DB_IRISTEMP": "READ,WRITE",
	"%Service_Terminal": "USE", "%Service_Login": "USE", "%DB_IRISSYS": "READ"}

// otherResources exist beside those that the predefined roles name.
var otherResources = []string{"%System_Callout", "%Secure_Break", "%Service_Bindings", "%Service_CallIn", "%Service_Console",
	"%Service_Telnet", "%Service_WebGateway", "%Service_ECP", "%Native_Concurrency", "%Native_Transaction", "%Admin_Wallet",
	"%Admin_ExternalLanguageServerEdit", "%Admin_RoleEdit", "%Admin_UserEdit"}

// permissionLetters are the letters of permissions.
var permissionLetters = map[string]string{"READ": "R", "WRITE": "W", "USE": "U"}

var allPermissions = []string{"READ", "WRITE", "USE"}

// roleSet gives the roles of a list, between commas, and those that they grant.
func roleSet(p *store.Process, roles string) map[string]bool {
	out := map[string]bool{}
	var add func(list string)
	add = func(list string) {
		for _, r := range strings.Split(list, ",") {
			r = strings.TrimSpace(r)
			if r == "" || out[r] {
				continue
			}
			out[r] = true
			add(secured(p, "Roles", r, "GrantedRoles"))
		}
	}
	add(roles)
	return out
}

// secured reads a property of a record.
func secured(p *store.Process, kind, name, property string) string {
	v, _ := p.Get(store.At(securityGlobal, value.Text(kind), value.Text(strings.ToLower(name)), value.Text(property)))
	return v.Text()
}

// rolesAllow reports that roles hold a permission on a resource.
func rolesAllow(p *store.Process, roles map[string]bool, resource, permission string) bool {
	if roles["%All"] {
		return true
	}
	letter := permissionLetters[permission]
	if letter == "" {
		return false
	}
	public := secured(p, "Resources", resource, "PublicPermission")
	if strings.Contains(public, letter) || strings.Contains(publicUse[resource], permission) {
		return true
	}
	for r := range roles {
		list, ok := predefined[r]
		if !ok {
			list = secured(p, "Roles", r, "Resources")
		}
		for _, one := range strings.Split(list, ",") {
			name, letters, _ := strings.Cut(strings.TrimSpace(one), ":")
			if name == resource && strings.Contains(strings.ToUpper(letters), letter) {
				return true
			}
		}
	}
	return false
}

// Check tells whether a process's roles hold a permission; it is run.System's Check.
func Check(p *run.Process, resource, permission string) bool {
	return rolesAllow(p.Store(), roleSet(p.Store(), p.Roles()), resource, strings.ToUpper(permission))
}

// checked answers the three check methods: 1 or 0 for a permission, the permissions there are without one.
func checked(p *run.Process, c *run.Call, roles map[string]bool, at int) run.Value {
	resource := c.Text(at)
	if c.Given(at+1) && c.Text(at+1) != "" {
		for _, one := range strings.Split(strings.ToUpper(c.Text(at+1)), ",") {
			if !rolesAllow(p.Store(), roles, resource, strings.TrimSpace(one)) {
				return run.Int(0)
			}
		}
		return run.Int(1)
	}
	var have []string
	for _, one := range allPermissions {
		if rolesAllow(p.Store(), roles, resource, one) {
			have = append(have, one)
		}
	}
	return run.Text(strings.Join(have, ","))
}

var securityNatives = run.Natives{
	"%SYSTEM.Security:Check": func(p *run.Process, c *run.Call) (run.Value, error) {
		return checked(p, c, roleSet(p.Store(), p.Roles()), 0), nil
	},
	"%SYSTEM.Security:CheckRolesPermission": func(p *run.Process, c *run.Call) (run.Value, error) {
		return checked(p, c, roleSet(p.Store(), c.Text(0)), 1), nil
	},
	"%SYSTEM.Security:CheckUserPermission": func(p *run.Process, c *run.Call) (run.Value, error) {
		a, ok, err := account.Get(p.Store(), c.Text(0))
		if err != nil || !ok {
			return run.Int(0), err
		}
		return checked(p, c, roleSet(p.Store(), a.Roles), 1), nil
	},
	"%SYSTEM.Security:Login":                  login,
	"%SYSTEM.Security:ChangePassword":         changePassword,
	"%SYSTEM.Security:ValidatePassword":       validatePassword,
	"%SYSTEM.Security:GetUserRecursedRoleSet": recursedRoles,
	"Security.Users:SetPassword":              setPassword,
	"Security.Users:Apply":                    applyAccount,
	"Security.Users:Account": func(p *run.Process, c *run.Call) (run.Value, error) {
		a, ok, err := account.Get(p.Store(), c.Text(0))
		if err != nil || !ok {
			return run.Value{}, err
		}
		return list(run.Text(a.Name), run.Text(a.Roles), run.Bool(!a.Disabled)), nil
	},
	"Security.Users:Matches": func(p *run.Process, c *run.Call) (run.Value, error) {
		a, ok, err := account.Get(p.Store(), c.Text(0))
		return run.Bool(ok && !a.Disabled && a.Credential.Matches(c.Text(1))), err
	},
	"Security.Users:RemoveAccount": removeAccount,
	"Security.Roles:Builtin":       builtinRole,
	"Security.Resources:Builtin":   builtinResource,
	// The SQL engine knows no privileges: an account that may log in may do everything.
	"%SYSTEM.SQL.Security:CheckPrivilege": func(p *run.Process, c *run.Call) (run.Value, error) {
		a, ok, err := account.Get(p.Store(), c.Text(0))
		return run.Bool(ok && !a.Disabled), err
	},
}

// systemAccounts log in without a password and are never in the list of accounts.
var systemAccounts = map[string]string{"%SYSTEM": "%All"}

// login makes the process that of a user. Without a password it needs WRITE on the database of the system, or code there.
func login(p *run.Process, c *run.Call) (run.Value, error) {
	name := c.Text(0)
	if !c.Given(1) {
		if !p.Allowed("%DB_IRISSYS", "WRITE") && !inSystem(p) {
			return run.Value{}, fault.New("PROTECT", "")
		}
		if roles, ok := systemAccounts[strings.ToUpper(name)]; ok {
			p.Login(strings.ToUpper(name), roles)
			return run.Int(1), nil
		}
	}
	a, ok, err := account.Get(p.Store(), name)
	if err != nil || !ok || a.Disabled || c.Given(1) && !a.Credential.Matches(c.Text(1)) {
		return run.Int(0), err
	}
	p.Login(a.Name, a.Roles)
	return run.Int(1), nil
}

// inSystem reports that the calling code is in the system's database: % classes and routines are.
func inSystem(p *run.Process) bool { return strings.HasPrefix(p.CallerName(), "%") }

func changePassword(p *run.Process, c *run.Call) (run.Value, error) {
	a, ok, err := account.Get(p.Store(), c.Text(0))
	if err != nil {
		return run.Value{}, err
	}
	if !ok || !a.Credential.Matches(c.Text(2)) {
		set(p, c, 3, Status(842))
		return run.Int(0), nil
	}
	if sc := putPassword(p, a, c.Text(1)); !sc.Truth() {
		set(p, c, 3, sc)
		return run.Int(0), nil
	}
	set(p, c, 3, good)
	return run.Int(1), nil
}

// validPassword checks a password against the pattern of an instance: three characters at least.
func validPassword(s string) bool { n := value.Length(s); return n >= 3 && n <= 128 }

func validatePassword(p *run.Process, c *run.Call) (run.Value, error) {
	if !validPassword(c.Text(0)) {
		return Status(939), nil
	}
	return good, nil
}

func recursedRoles(p *run.Process, c *run.Call) (run.Value, error) {
	to := c.Var(1)
	a, ok, err := account.Get(p.Store(), c.Text(0))
	if err != nil {
		return run.Value{}, err
	}
	if !ok {
		return Status(838, c.Text(0)), nil
	}
	if to == nil {
		return good, nil
	}
	p.Clear(to)
	for r := range roleSet(p.Store(), a.Roles) {
		node, err := to.Make(value.Text(r))
		if err != nil {
			return run.Value{}, err
		}
		p.Assign(node, run.Value{})
	}
	return good, nil
}

// putPassword changes the password of an account.
func putPassword(p *run.Process, a account.Account, password string) run.Value {
	if !validPassword(password) {
		return Status(939)
	}
	n, err := account.New(a.Name, password, a.Roles)
	if err == nil {
		n.Disabled = a.Disabled
		err = account.Put(p.Store(), n)
	}
	if err != nil {
		return Status(5001, err.Error())
	}
	return good
}

// mayAdminister is 1, or the status of a process that lacks %Admin_Secure.
func mayAdminister(p *run.Process) run.Value {
	if p.Allowed("%Admin_Secure", "USE") {
		return good
	}
	return Status(921, "%Admin_Secure:USE")
}

func setPassword(p *run.Process, c *run.Call) (run.Value, error) {
	if sc := mayAdminister(p); !sc.Truth() {
		return sc, nil
	}
	a, ok, err := account.Get(p.Store(), c.Text(0))
	if err != nil {
		return run.Value{}, err
	}
	if !ok {
		a = account.Account{Name: c.Text(0), Roles: secured(p.Store(), "Users", c.Text(0), "Roles")}
	}
	return putPassword(p, a, c.Text(1)), nil
}

// applyAccount brings roles and Enabled of a user's record into the account that logins look at.
func applyAccount(p *run.Process, c *run.Call) (run.Value, error) {
	if sc := mayAdminister(p); !sc.Truth() {
		return sc, nil
	}
	a, ok, err := account.Get(p.Store(), c.Text(0))
	if err != nil || !ok {
		return Status(838, c.Text(0)), err
	}
	node := store.At(securityGlobal, value.Text("Users"), value.Text(strings.ToLower(c.Text(0))))
	if v, ok := p.Store().Get(node.Sub(value.Text("Roles"))); ok {
		a.Roles = v.Text()
	}
	if v, ok := p.Store().Get(node.Sub(value.Text("Enabled"))); ok {
		a.Disabled = v.Text() != "1"
	}
	if err := account.Put(p.Store(), a); err != nil {
		return Status(5001, err.Error()), nil
	}
	return good, nil
}

func removeAccount(p *run.Process, c *run.Call) (run.Value, error) {
	if sc := mayAdminister(p); !sc.Truth() {
		return sc, nil
	}
	if err := account.Remove(p.Store(), c.Text(0)); err != nil {
		return Status(5001, err.Error()), nil
	}
	return good, nil
}

func builtinRole(_ *run.Process, c *run.Call) (run.Value, error) {
	for name, resources := range predefined {
		if strings.EqualFold(name, c.Text(0)) {
			return run.Text(name + "|" + resources), nil
		}
	}
	return run.Value{}, nil
}

func builtinResource(_ *run.Process, c *run.Call) (run.Value, error) {
	name := c.Text(0)
	for _, list := range predefined {
		for _, one := range strings.Split(list, ",") {
			if have, _, _ := strings.Cut(one, ":"); have != "" && strings.EqualFold(have, name) {
				return run.Int(1), nil
			}
		}
	}
	for _, one := range otherResources {
		if strings.EqualFold(one, name) {
			return run.Int(1), nil
		}
	}
	return run.Int(0), nil
}
