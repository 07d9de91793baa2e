package irissql

import "strings"

// user parses CREATE/ALTER/DROP USER and ROLE behind the verb.
func (p *parser) user() Statement {
	s := &UserStatement{Pos: p.pos(), Role: p.is("ROLE")}
	p.next()
	s.Name = p.takePercentName()
	if s.Role {
		return s
	}
	if p.acceptName("IDENTIFY") || p.acceptName("IDENTIFIED") {
		p.expect("BY")
		if p.tok.kind == stringToken {
			s.Password = p.str()
		} else {
			s.Password = p.takeName().Text
		}
	}
	return s
}

// objectActions are the privileges on objects (IRIS docs, "GRANT"); others that start with % are administrative.
var objectActions = wordSet("SELECT INSERT UPDATE DELETE REFERENCES EXECUTE %ALTER USE ALL *")

// grant parses GRANT … TO … and REVOKE … FROM … of object privileges, administrative privileges and roles.
func (p *parser) grant() Statement {
	s := &Grant{Pos: p.pos(), Revoke: p.is("REVOKE")}
	p.next()
	if s.Revoke && p.is("GRANT") {
		p.next()
		p.expect("OPTION", "FOR")
		s.WithOption = true
	}
	s.Privileges = p.privileges()
	if p.accept("ON") {
		p.grantObjects(s)
	}
	if s.Revoke {
		p.expect("FROM")
	} else {
		p.expect("TO")
	}
	s.Grantees = append(s.Grantees, p.grantee())
	for p.accept(",") {
		s.Grantees = append(s.Grantees, p.grantee())
	}
	if s.Revoke {
		s.Cascade = p.behaviour()
		if p.accept("AS") {
			s.AsGrantor = p.grantee()
		}
		return s
	}
	if p.accept("WITH") {
		if p.acceptName("ADMIN") {
			s.AdminOption = true
		} else {
			p.expect("GRANT")
			s.WithOption = true
		}
		p.expect("OPTION")
	}
	return s
}

// privileges parses SELECT (a, b), INSERT, …, ALL [PRIVILEGES], * and names of roles and %privileges.
func (p *parser) privileges() []Privilege {
	var list []Privilege
	for {
		a := Privilege{Action: strings.ToUpper(p.tokenText())}
		switch {
		case p.accept("*"):
		case objectActions[a.Action] || strings.HasPrefix(a.Action, "%"):
			p.next()
			if a.Action == "ALL" {
				p.accept("PRIVILEGES")
			}
		case p.isIdentifier():
			a.Action = p.name().Text
		default:
			p.fail(-60, "An action (%%ALTER, SELECT, UPDATE …) expected, %s found", p.found())
		}
		if p.is("(") {
			a.Columns = p.names()
		}
		list = append(list, a)
		if !p.accept(",") {
			return list
		}
	}
}

func (p *parser) grantObjects(s *Grant) {
	if p.accept("*") {
		s.AllObjects = true
		return
	}
	if p.accept("SCHEMA") {
		s.Schema = p.takePercentName()
		return
	}
	p.accept("TABLE")
	s.Objects = append(s.Objects, p.objectName())
	for p.accept(",") {
		s.Objects = append(s.Objects, p.objectName())
	}
}

// grantee is a user, a role, _PUBLIC or *.
func (p *parser) grantee() string {
	if p.accept("*") {
		return "*"
	}
	return p.takePercentName()
}

// checkPrivilege parses %CHECKPRIV action[, …] [ON object].
func (p *parser) checkPrivilege() Statement {
	s := &CheckPrivilege{Pos: p.pos()}
	p.next()
	s.Privileges = p.privileges()
	if p.accept("ON") {
		s.Object = p.objectName()
	}
	return s
}
