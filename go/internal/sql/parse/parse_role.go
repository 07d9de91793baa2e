package parse

import (
	"strings"

	"iris-pgwire/internal/pgerr"
)

// createRole parses CREATE ROLE, USER, GROUP.
func (p *parser) createRole(at At) Stmt {
	n := &CreateRole{At: at, Kind: p.word()}
	p.next()
	nameAt := p.pos()
	n.Name = p.role()
	switch n.Name {
	case "PUBLIC":
		p.errorf("42939", nameAt, "role name \"%s\" is reserved", "public")
	case "CURRENT_USER", "CURRENT_ROLE", "SESSION_USER":
		p.errorf("42939", nameAt, "%s cannot be used as a role name here", n.Name)
	}
	p.acceptKw(kwWith)
	n.Options = p.roleOptions(true)
	return n
}

// roleWords are the options that are plain words; the lexer knows only some of them as keywords.
var roleWords = map[string]bool{"superuser": true, "nosuperuser": true, "createrole": true, "nocreaterole": true,
	"replication": true, "noreplication": true, "createdb": true, "nocreatedb": true, "login": true, "nologin": true,
	"bypassrls": true, "nobypassrls": true, "noinherit": true}

// roleOptions parses the options of CREATE ROLE or ALTER ROLE.
func (p *parser) roleOptions(create bool) []RoleOption {
	var list []RoleOption
	for {
		o := RoleOption{At: p.at(), Name: p.wordOf()}
		if !p.roleOption(&o, create) {
			return list
		}
		list = append(list, o)
	}
}

// wordOf is word for identifiers and "" for other tokens.
func (p *parser) wordOf() string {
	if p.tok.kind == tokIdent {
		return p.word()
	}
	return ""
}

// roleOption parses one option; false if there is none.
func (p *parser) roleOption(o *RoleOption, create bool) bool {
	switch k := p.tok.kw; k {
	case kwPassword, kwEncrypted:
		if p.acceptKw(kwEncrypted) && !p.is(kwPassword) {
			p.fail()
		}
		p.next()
		o.Name = "PASSWORD"
		if k == kwPassword && p.is(kwNull) {
			o.Value = &Literal{At: p.at()}
			p.next()
			return true
		}
		o.Value = p.stringLiteral()
	case kwUnencrypted:
		at := p.pos()
		p.next()
		p.expectKw(kwPassword)
		p.stringText()
		p.raise(pgerr.New(pgerr.FeatureNotSupported, "UNENCRYPTED PASSWORD is no longer supported").
			WithHint("Remove UNENCRYPTED to store the password in encrypted form instead.").At(p.charPos(at)))
	case kwInherit:
		p.next()
	case kwConnection:
		p.expectKw(kwConnection, kwLimit)
		o.Name, o.Value = "CONNECTION LIMIT", p.signedNumber()
	case kwValid:
		p.expectKw(kwValid, kwUntil)
		o.Name, o.Value = "VALID UNTIL", p.stringLiteral()
	case kwUser:
		p.next()
		o.Roles = p.roles()
	case kwSysid, kwAdmin, kwRole, kwIn:
		if !create {
			return false
		}
		p.createOnlyOption(o)
	default:
		return p.plainRoleOption()
	}
	return true
}

// createOnlyOption parses SYSID, ADMIN, ROLE, IN ROLE, IN GROUP.
func (p *parser) createOnlyOption(o *RoleOption) {
	k := p.tok.kw
	p.next()
	switch k {
	case kwSysid:
		if !p.isInt() {
			p.fail()
		}
		o.Value = p.number()
		return
	case kwIn:
		if !p.isAny(kwRole, kwGroup) {
			p.fail()
		}
		o.Name = "IN ROLE"
		p.next()
	}
	o.Roles = p.roles()
}

// plainRoleOption parses an option of one word that is no keyword.
func (p *parser) plainRoleOption() bool {
	if !isIdent(p.tok) {
		return false
	}
	word := p.tokenText(p.tok)
	if !roleWords[word] {
		p.errorf(pgerr.SyntaxError, p.pos(), "unrecognized role option \"%s\"", word)
	}
	p.next()
	return true
}

// roles parses a list of roles.
func (p *parser) roles() []string {
	list := []string{p.role()}
	for p.accept(',') {
		list = append(list, p.role())
	}
	return list
}

// alterRole parses ALTER ROLE, USER, GROUP.
func (p *parser) alterRole(at At) Stmt {
	group := p.is(kwGroup)
	p.next()
	if !group && p.acceptKw(kwAll) {
		return p.alterRoleSet(at, "")
	}
	nameAt := p.at()
	name := p.role()
	switch {
	case p.acceptKw(kwRename):
		p.expectKw(kwTo)
		return &Rename{At: at, Kind: RoleObject, Name: QualifiedName{At: nameAt, Name: name}, New: p.role()}
	case group:
		o := RoleOption{At: p.at(), Name: "ADD USER"}
		if !p.acceptKw(kwAdd) {
			p.expectKw(kwDrop)
			o.Name = "DROP USER"
		}
		p.expectKw(kwUser)
		o.Roles = p.roles()
		return &AlterRole{At: at, Name: name, Options: []RoleOption{o}}
	case p.isAny(kwSet, kwReset, kwIn):
		return p.alterRoleSet(at, name)
	}
	p.acceptKw(kwWith)
	return &AlterRole{At: at, Name: name, Options: p.roleOptions(false)}
}

// alterRoleSet parses [IN DATABASE name] SET … | RESET ….
func (p *parser) alterRoleSet(at At, role string) Stmt {
	n := &AlterRoleSet{At: at, Role: role}
	if p.acceptKw(kwIn) {
		p.expectKw(kwDatabase)
		n.Database = p.name()
	}
	if p.is(kwReset) {
		n.Set = p.reset()
		return n
	}
	s := &Set{At: p.at()}
	p.expectKw(kwSet)
	p.setRest(s)
	n.Set = s
	return n
}

// grant parses GRANT.
func (p *parser) grant() Stmt {
	n := &Grant{At: p.at()}
	p.next()
	p.privileges(n)
	if p.acceptKw(kwOn) {
		p.grantObjects(n)
	} else if n.All {
		p.fail()
	}
	p.expectKw(kwTo)
	n.Grantees = p.grantees(n.Kind != "")
	if p.acceptKw(kwWith) {
		p.grantOptions(n)
	}
	p.grantedBy(n)
	return n
}

// grantOptions parses what follows WITH.
func (p *parser) grantOptions(n *Grant) {
	if n.Kind != "" {
		at := p.at()
		p.expectKw(kwGrant, kwOption)
		n.Options = []RoleGrantOption{{At: at, Name: "GRANT", Value: "OPTION"}}
		return
	}
	for first := true; first || p.accept(','); first = false {
		o := RoleGrantOption{At: p.at(), Name: strings.ToUpper(p.label())}
		if !p.isAny(kwOption, kwTrue, kwFalse) {
			p.fail()
		}
		o.Value = p.word()
		p.next()
		n.Options = append(n.Options, o)
	}
}

// grantedBy parses GRANTED BY role.
func (p *parser) grantedBy(n *Grant) {
	if p.acceptKw(kwGranted) {
		p.expectKw(kwBy)
		n.GrantedBy = p.role()
	}
}

// revoke parses REVOKE.
func (p *parser) revoke() Stmt {
	n := &Grant{At: p.at(), Revoke: true}
	p.next()
	if p.is(kwGrant) || isName(p.tok) && p.peek(1).kw == kwOption {
		n.OptionFor = p.word()
		p.next()
		p.expectKw(kwOption, kwFor)
	}
	p.privileges(n)
	if p.acceptKw(kwOn) {
		p.grantObjects(n)
	} else if n.All {
		p.fail()
	}
	p.expectKw(kwFrom)
	n.Grantees = p.grantees(n.Kind != "")
	p.grantedBy(n)
	n.Cascade, n.Restrict = p.dropBehavior()
	return n
}

// privileges parses ALL [PRIVILEGES] [(columns)] or a list of privileges or roles.
func (p *parser) privileges(n *Grant) {
	if p.acceptKw(kwAll) {
		n.All = true
		p.acceptKw(kwPrivileges)
		n.AllColumns = p.optParenNames()
		return
	}
	for first := true; first || p.accept(','); first = false {
		v := Privilege{At: p.at()}
		switch {
		case p.isAny(kwSelect, kwReferences, kwCreate):
			v.Name = p.word()
			p.next()
		case p.acceptKws(kwAlter, kwSystem):
			v.Name = "ALTER SYSTEM"
			n.Privileges = append(n.Privileges, v)
			continue
		default:
			v.Name = p.name()
		}
		v.Columns = p.optParenNames()
		n.Privileges = append(n.Privileges, v)
	}
}

// grantees parses a list of roles, each perhaps behind GROUP.
func (p *parser) grantees(group bool) []string {
	var list []string
	for first := true; first || p.accept(','); first = false {
		if group {
			p.acceptKw(kwGroup)
		}
		list = append(list, p.role())
	}
	return list
}

// grantKinds are the kinds of objects by their words.
var grantKinds = [][]kw{{kwTable}, {kwSequence}, {kwFunction}, {kwProcedure}, {kwRoutine}, {kwDatabase}, {kwDomain},
	{kwLanguage}, {kwLarge, kwObject}, {kwSchema}, {kwTablespace}, {kwType}, {kwParameter}, {kwForeign, kwData, kwWrapper},
	{kwForeign, kwServer}, {kwAll, kwTables, kwIn, kwSchema}, {kwAll, kwSequences, kwIn, kwSchema},
	{kwAll, kwFunctions, kwIn, kwSchema}, {kwAll, kwProcedures, kwIn, kwSchema}, {kwAll, kwRoutines, kwIn, kwSchema}}

// grantObjects parses the objects behind ON.
func (p *parser) grantObjects(n *Grant) {
	n.Kind = "TABLE"
	for _, words := range grantKinds {
		if len(words) == 1 && words[0] != kwTable && !isName(p.peek(1)) || !p.acceptKws(words...) {
			continue
		}
		n.Kind = ""
		for _, w := range words {
			n.Kind = strings.TrimSpace(n.Kind + " " + upper(keywords[w].word))
		}
		break
	}
	if p.isAny(kwAll, kwForeign) {
		p.failBehind(0, grantKinds)
	}
	for first := true; first || p.accept(','); first = false {
		n.Objects = append(n.Objects, p.grantObject(n.Kind))
	}
}

// grantObject parses one object.
func (p *parser) grantObject(kind string) GrantObject {
	o := GrantObject{At: p.at()}
	switch kind {
	case "LARGE OBJECT":
		o.Name = []string{p.signedNumber().Text}
	case "FUNCTION", "PROCEDURE", "ROUTINE":
		return p.signature()
	case "TABLE", "SEQUENCE", "DOMAIN", "TYPE", "PARAMETER":
		o.Name = p.dotted()
	default:
		o.Name = []string{p.name()}
	}
	return o
}
