package parse

// CreateRole is CREATE ROLE, USER or GROUP.
type CreateRole struct {
	At
	Kind    string // ROLE, USER, GROUP
	Name    string
	Options []RoleOption
}

// AlterRole is ALTER ROLE with options, or ALTER GROUP ADD|DROP USER (option ADD USER, DROP USER).
type AlterRole struct {
	At
	Name    string
	Options []RoleOption
}

// AlterRoleSet is ALTER ROLE … [IN DATABASE …] SET|RESET. Role is "" for ALL.
type AlterRoleSet struct {
	At
	Role, Database string
	Set            Stmt // *Set or *Reset
}

// RoleOption is one option. Name is upper case: LOGIN, NOLOGIN, PASSWORD, CONNECTION LIMIT, VALID UNTIL, IN ROLE, ROLE,
// ADMIN, USER, SYSID …
type RoleOption struct {
	At
	Name  string
	Value *Literal // PASSWORD (a null literal for NULL), CONNECTION LIMIT, VALID UNTIL, SYSID
	Roles []string
}

// Grant is GRANT or REVOKE of privileges on objects or, without Kind, of roles.
type Grant struct {
	At
	Revoke bool
	// OptionFor is REVOKE … OPTION FOR: GRANT, or of roles ADMIN, INHERIT, SET.
	OptionFor  string
	All        bool
	AllColumns []Name
	Privileges []Privilege
	// Kind is the kind of objects: TABLE (also when it is not written), SEQUENCE, SCHEMA, ALL TABLES IN SCHEMA …
	Kind     string
	Objects  []GrantObject
	Grantees []string
	// Options are WITH GRANT OPTION (named GRANT) or those of a role grant.
	Options   []RoleGrantOption
	GrantedBy string
	Cascade   bool
	Restrict  bool
}

// Privilege is a privilege with its columns, or a granted role.
type Privilege struct {
	At
	Name    string // privileges in upper case as keywords, roles as names
	Columns []Name
}

// GrantObject is a name; of a function with HasArgs its argument types; of a large object its number.
type GrantObject struct {
	At
	Name    []string
	HasArgs bool
	Args    []FuncArg
}

// FuncArg is an argument of a function's signature.
type FuncArg struct {
	At
	Mode string // "", IN, OUT, INOUT, VARIADIC
	Name string
	Type *TypeName
}

// RoleGrantOption is WITH Name OPTION|TRUE|FALSE.
type RoleGrantOption struct {
	At
	Name  string
	Value string // OPTION, TRUE, FALSE
}

func (*CreateRole) stmt()   {}
func (*AlterRole) stmt()    {}
func (*AlterRoleSet) stmt() {}
func (*Grant) stmt()        {}
