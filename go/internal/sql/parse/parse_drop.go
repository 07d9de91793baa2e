package parse

// dropKinds are the kinds of objects that DROP takes a list of, by their words.
var dropKinds = []struct {
	words []kw
	kind  ObjectKind
}{
	{[]kw{kwTable}, TableObject}, {[]kw{kwSequence}, SequenceObject}, {[]kw{kwView}, ViewObject},
	{[]kw{kwMaterialized, kwView}, MaterializedViewObject}, {[]kw{kwIndex}, IndexObject}, {[]kw{kwType}, TypeObject},
	{[]kw{kwDomain}, DomainObject}, {[]kw{kwSchema}, SchemaObject}, {[]kw{kwExtension}, ExtensionObject},
	{[]kw{kwRole}, RoleObject}, {[]kw{kwUser}, RoleObject}, {[]kw{kwGroup}, RoleObject},
}

// drop parses what begins with DROP.
func (p *parser) drop() Stmt {
	if s := p.unsupported(); s != nil {
		return s
	}
	n := &Drop{At: p.at()}
	p.next()
	for _, k := range dropKinds {
		if p.acceptKws(k.words...) {
			n.Kind = k.kind
			break
		}
	}
	if n.Kind == "" {
		p.failBehind(0, append([][]kw{{kwMaterialized}}, outside[kwDrop]...))
	}
	if n.Kind == IndexObject {
		n.Concurrently = p.acceptKw(kwConcurrently)
	}
	n.IfExists = p.ifExists()
	n.Names = p.dropNames(n.Kind)
	if n.Kind != RoleObject {
		n.Cascade, n.Restrict = p.dropBehavior()
	}
	return n
}

// dropNames parses the names of DROP: of schemas and extensions plain ones, of types types.
func (p *parser) dropNames(kind ObjectKind) []QualifiedName {
	var list []QualifiedName
	for first := true; first || p.accept(','); first = false {
		at := p.at()
		switch kind {
		case SchemaObject, ExtensionObject:
			list = append(list, QualifiedName{At: at, Name: p.name()})
		case RoleObject:
			list = append(list, QualifiedName{At: at, Name: p.role()})
		case TypeObject, DomainObject:
			list = append(list, p.qualify(at, p.typeName().Names))
		default:
			list = append(list, p.qualified())
		}
	}
	return list
}

// truncate parses TRUNCATE.
func (p *parser) truncate() Stmt {
	n := &Truncate{At: p.at()}
	p.next()
	p.acceptKw(kwTable)
	n.Tables = p.relations()
	switch {
	case p.acceptKw(kwRestart):
		p.expectKw(kwIdentity)
		n.RestartIdentity = true
	case p.acceptKw(kwContinue):
		p.expectKw(kwIdentity)
	}
	n.Cascade, _ = p.dropBehavior()
	return n
}

// relations parses a list of tables.
func (p *parser) relations() []*FromTable {
	list := []*FromTable{p.relation()}
	for p.accept(',') {
		list = append(list, p.relation())
	}
	return list
}
