package parse

import "iris-pgwire/internal/pgerr"

// createOther parses CREATE of what is no relation.
func (p *parser) createOther(at At) Stmt {
	switch {
	case p.isAny(kwRole, kwUser, kwGroup):
		return p.createRole(at)
	case p.acceptKw(kwType):
		return p.createType(at)
	case p.acceptKw(kwDomain):
		return p.createDomain(at)
	case p.acceptKw(kwExtension):
		return p.createExtension(at)
	}
	p.failBehind(0, outside[kwCreate])
	return nil
}

// anyName parses a name that PostgreSQL's grammar lets have any number of parts.
func (p *parser) anyName() QualifiedName {
	at := p.at()
	return p.qualify(at, p.dotted())
}

// createType parses CREATE TYPE.
func (p *parser) createType(at At) Stmt {
	n := &CreateType{At: at, Name: p.anyName()}
	if p.tok.kind == '(' {
		n.Kind, n.Options = BaseType, p.definition()
		return n
	}
	if !p.acceptKw(kwAs) {
		return n
	}
	switch {
	case p.acceptKw(kwEnum):
		n.Kind = EnumType
		p.expect('(')
		for first := true; p.tok.kind != ')' && (first || p.accept(',')); first = false {
			n.Labels = append(n.Labels, *p.stringLiteral())
		}
		p.expect(')')
	case p.acceptKw(kwRange):
		n.Kind, n.Options = RangeType, p.definition()
	default:
		n.Kind = CompositeType
		if p.tok.kind == '(' && p.peek(1).kind == ')' {
			p.next()
			p.next()
			return n
		}
		n.Fields = p.parenColumnDefs()
	}
	return n
}

// definition parses (name [= value], …).
func (p *parser) definition() []Option {
	var list []Option
	p.expect('(')
	for first := true; first || p.accept(','); first = false {
		o := Option{At: p.at(), Name: p.label()}
		if p.accept('=') {
			o.Value = p.optionArg()
		}
		list = append(list, o)
	}
	p.expect(')')
	return list
}

// createDomain parses CREATE DOMAIN.
func (p *parser) createDomain(at At) Stmt {
	n := &CreateDomain{At: at, Name: p.anyName()}
	p.acceptKw(kwAs)
	n.Column = &ColumnDef{At: p.at()}
	n.Column.Type = p.typeName()
	p.columnConstraints(n.Column)
	return n
}

// createExtension parses CREATE EXTENSION.
func (p *parser) createExtension(at At) Stmt {
	n := &CreateExtension{At: at, IfNotExists: p.ifNotExists(), Name: p.name()}
	p.acceptKw(kwWith)
	for {
		switch {
		case p.acceptKw(kwSchema):
			n.Schema = p.name()
		case p.acceptKw(kwVersion):
			n.Version = p.wordOrText()
		case p.acceptKw(kwCascade):
			n.Cascade = true
		case p.is(kwFrom):
			at := p.pos()
			p.next()
			p.wordOrText()
			p.errorf(pgerr.FeatureNotSupported, at, "CREATE EXTENSION ... FROM is no longer supported")
		default:
			return n
		}
	}
}

// wordOrText parses a word that is not reserved, or a string.
func (p *parser) wordOrText() string {
	if p.tok.kind == tokString {
		return p.takeText()
	}
	return p.nonReserved()
}

// alterOther parses ALTER of what is no relation.
func (p *parser) alterOther(at At) Stmt {
	switch {
	case p.isAny(kwRole, kwUser, kwGroup):
		return p.alterRole(at)
	case p.acceptKw(kwSchema):
		name := QualifiedName{At: p.at(), Name: p.name()}
		return p.alterNamed(at, SchemaObject, name)
	case p.acceptKw(kwType):
		return p.alterType(at)
	case p.acceptKw(kwDomain):
		return p.alterDomain(at)
	case p.acceptKw(kwExtension):
		return p.alterExtension(at)
	}
	p.failBehind(0, append([][]kw{{kwMaterialized}}, outside[kwAlter]...))
	return nil
}

// alterNamed parses RENAME TO, OWNER TO and SET SCHEMA of a schema, type, domain or extension.
func (p *parser) alterNamed(at At, kind ObjectKind, name QualifiedName) Stmt {
	switch {
	case kind != ExtensionObject && p.acceptKw(kwRename):
		p.expectKw(kwTo)
		return &Rename{At: at, Kind: kind, Name: name, New: p.name()}
	case kind != ExtensionObject && p.acceptKw(kwOwner):
		p.expectKw(kwTo)
		return &OwnerToStmt{At: at, Kind: kind, Name: name, Owner: p.role()}
	case kind != SchemaObject && p.is2(kwSet, kwSchema):
		p.next()
		p.next()
		return &SetSchema{At: at, Kind: kind, Name: name, Schema: p.name()}
	}
	p.fail()
	return nil
}

// alterType parses ALTER TYPE.
func (p *parser) alterType(at At) Stmt {
	name := p.anyName()
	switch {
	case p.is2(kwAdd, kwValue):
		return p.addEnumValue(at, name)
	case p.is(kwRename) && (p.peek(1).kw == kwValue || p.peek(1).kw == kwAttribute):
		return p.renameTypePart(at, name)
	case p.is(kwSet) && p.peek(1).kind == '(':
		p.next()
		return &AlterTypeOptions{At: at, Name: name, Options: p.definition()}
	case p.isAny(kwAdd, kwDrop, kwAlter):
		n := &AlterComposite{At: at, Name: name}
		for first := true; first || p.accept(','); first = false {
			n.Actions = append(n.Actions, p.attributeAction())
		}
		return n
	}
	return p.alterNamed(at, TypeObject, name)
}

// addEnumValue parses ADD VALUE.
func (p *parser) addEnumValue(at At, name QualifiedName) Stmt {
	n := &AlterEnum{At: at, Name: name}
	p.next()
	p.next()
	n.IfNotExists = p.ifNotExists()
	n.Value = p.stringText()
	switch {
	case p.acceptKw(kwBefore):
		text := p.stringText()
		n.Before = &text
	case p.acceptKw(kwAfter):
		text := p.stringText()
		n.After = &text
	}
	return n
}

// renameTypePart parses RENAME VALUE and RENAME ATTRIBUTE.
func (p *parser) renameTypePart(at At, name QualifiedName) Stmt {
	r := &Rename{At: at, Kind: TypeObject, Name: name}
	p.next()
	r.Part = p.word()
	p.next()
	if r.Part == "VALUE" {
		r.Old = p.stringText()
		p.expectKw(kwTo)
		r.New = p.stringText()
		return r
	}
	r.Old = p.name()
	p.expectKw(kwTo)
	r.New = p.name()
	r.Cascade, r.Restrict = p.dropBehavior()
	return r
}

// attributeAction parses ADD, DROP or ALTER ATTRIBUTE.
func (p *parser) attributeAction() AlterAction {
	a := AlterAction{At: p.at()}
	k := p.tok.kw
	if !p.isAny(kwAdd, kwDrop, kwAlter) {
		p.fail()
	}
	p.next()
	p.expectKw(kwAttribute)
	switch k {
	case kwAdd:
		a.Kind, a.Column = AddColumn, &ColumnDef{At: p.at(), Name: p.name()}
		a.Column.Type = p.typeName()
		a.Column.Collation = p.optCollate()
	case kwDrop:
		a.Kind = DropColumn
		a.IfExists = p.ifExists()
		a.Name = p.name()
	default:
		a.Name = p.name()
		p.acceptKws(kwSet, kwData)
		p.expectKw(kwType)
		a.Kind, a.Type = AlterColumnType, p.typeName()
		a.Collation = p.optCollate()
	}
	a.Cascade, a.Restrict = p.dropBehavior()
	return a
}

// alterDomain parses ALTER DOMAIN.
func (p *parser) alterDomain(at At) Stmt {
	n := &AlterDomain{At: at, Name: p.anyName(), Action: AlterAction{At: p.at()}}
	a := &n.Action
	switch {
	case p.acceptKws(kwSet, kwDefault):
		a.Kind, a.Expr = SetColumnDefault, p.expr()
	case p.acceptKws(kwDrop, kwDefault):
		a.Kind = DropColumnDefault
	case p.acceptKws(kwSet, kwNot, kwNull):
		a.Kind = SetNotNull
	case p.acceptKws(kwDrop, kwNot, kwNull):
		a.Kind = DropNotNull
	case p.acceptKw(kwAdd):
		k := p.domainConstraint()
		a.Kind, a.Constraint = AddConstraint, &k
	case p.acceptKws(kwDrop, kwConstraint):
		a.Kind, a.IfExists = DropConstraint, p.ifExists()
		a.Name = p.name()
		a.Cascade, a.Restrict = p.dropBehavior()
	case p.acceptKws(kwValidate, kwConstraint):
		a.Kind, a.Name = ValidateConstraint, p.name()
	case p.is2(kwRename, kwConstraint):
		p.next()
		p.next()
		r := &Rename{At: at, Kind: DomainObject, Name: n.Name, Part: "CONSTRAINT", Old: p.name()}
		p.expectKw(kwTo)
		r.New = p.name()
		return r
	default:
		return p.alterNamed(at, DomainObject, n.Name)
	}
	return n
}

// domainConstraint parses [CONSTRAINT name] CHECK (…) | NOT NULL.
func (p *parser) domainConstraint() Constraint {
	k := Constraint{At: p.at()}
	if p.acceptKw(kwConstraint) {
		k.Name = p.name()
	}
	if p.acceptKw(kwNot) {
		p.expectKw(kwNull)
		k.Kind = NotNullConstraint
	} else {
		p.expectKw(kwCheck)
		k.Kind = CheckConstraint
		p.expect('(')
		k.Expr = p.expr()
		p.expect(')')
	}
	p.constraintAttributes(&k)
	return k
}

// alterExtension parses ALTER EXTENSION.
func (p *parser) alterExtension(at At) Stmt {
	nameAt := p.at()
	n := &AlterExtension{At: at, Name: p.name()}
	switch {
	case p.acceptKw(kwUpdate):
		for p.acceptKw(kwTo) {
			n.Version = p.wordOrText()
		}
		return n
	case p.isAny(kwAdd, kwDrop):
		return p.skipAs(at, "ALTER EXTENSION ADD")
	}
	return p.alterNamed(at, ExtensionObject, QualifiedName{At: nameAt, Name: n.Name})
}
