package parse

// role writes a role; the words that stand for one are in upper case.
func (p *printer) role(name string) {
	switch name {
	case "CURRENT_USER", "CURRENT_ROLE", "SESSION_USER", "PUBLIC":
		p.w(name)
		return
	}
	p.ident(name)
}

// roles writes a list of roles.
func (p *printer) roles(list []string) {
	for i, r := range list {
		p.comma(i)
		p.role(r)
	}
}

// roleStatement writes the statements about roles and privileges; false if s is none.
func (p *printer) roleStatement(s Stmt) bool {
	switch n := s.(type) {
	case *CreateRole:
		p.w("CREATE ", n.Kind, " ")
		p.role(n.Name)
		p.roleOptions(n.Options)
	case *AlterRole:
		group := len(n.Options) == 1 && (n.Options[0].Name == "ADD USER" || n.Options[0].Name == "DROP USER")
		p.when(group, "ALTER GROUP ")
		p.when(!group, "ALTER ROLE ")
		p.role(n.Name)
		p.when(!group && len(n.Options) == 0, " WITH")
		p.roleOptions(n.Options)
	case *AlterRoleSet:
		p.w("ALTER ROLE ")
		p.when(n.Role == "", "ALL")
		if n.Role != "" {
			p.role(n.Role)
		}
		p.opt(" IN DATABASE ", n.Database)
		p.w(" ")
		p.stmt(n.Set)
	case *Grant:
		p.grant(n)
	default:
		return false
	}
	return true
}

// roleOptions writes the options of a role.
func (p *printer) roleOptions(list []RoleOption) {
	for _, o := range list {
		p.w(" ", o.Name)
		if o.Value != nil {
			p.optExpr(" ", o.Value)
		}
		if o.Roles != nil {
			p.w(" ")
			p.roles(o.Roles)
		}
	}
}

// grant writes GRANT and REVOKE.
func (p *printer) grant(n *Grant) {
	p.when(n.Revoke, "REVOKE ")
	p.when(!n.Revoke, "GRANT ")
	p.when(n.OptionFor != "", n.OptionFor+" OPTION FOR ")
	if n.All {
		p.w("ALL")
		p.names(" ", n.AllColumns)
	}
	for i, v := range n.Privileges {
		p.comma(i)
		switch v.Name {
		case "SELECT", "REFERENCES", "CREATE", "ALTER SYSTEM":
			p.w(v.Name)
		default:
			p.ident(v.Name)
		}
		p.names(" ", v.Columns)
	}
	if n.Kind != "" {
		p.w(" ON ", n.Kind, " ")
		for i, o := range n.Objects {
			p.comma(i)
			if n.Kind == "LARGE OBJECT" {
				p.w(o.Name[0])
			} else {
				p.signature(o)
			}
		}
	}
	p.when(n.Revoke, " FROM ")
	p.when(!n.Revoke, " TO ")
	p.roles(n.Grantees)
	for i, o := range n.Options {
		p.when(i == 0, " WITH ")
		p.comma(i)
		p.w(o.Name, " ", o.Value)
	}
	if n.GrantedBy != "" {
		p.w(" GRANTED BY ")
		p.role(n.GrantedBy)
	}
	p.behavior(n.Cascade, n.Restrict)
}

// signature writes a name with the types of a function's arguments.
func (p *printer) signature(o GrantObject) {
	p.idents(o.Name)
	if !o.HasArgs {
		return
	}
	p.w("(")
	for i, a := range o.Args {
		p.comma(i)
		p.when(a.Mode != "", a.Mode+" ")
		p.opt("", a.Name)
		p.when(a.Name != "", " ")
		p.typeName(a.Type)
	}
	p.w(")")
}
