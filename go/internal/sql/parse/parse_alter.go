package parse

// relationKinds are the kinds that ALTER treats as tables.
var relationKinds = map[kw]ObjectKind{kwTable: TableObject, kwIndex: IndexObject, kwSequence: SequenceObject, kwView: ViewObject}

// alter parses what begins with ALTER.
func (p *parser) alter() Stmt {
	if s := p.unsupported(); s != nil {
		return s
	}
	at := p.at()
	p.next()
	kind, ok := relationKinds[p.tok.kw]
	switch {
	case ok:
		p.next()
	case p.is2(kwMaterialized, kwView):
		kind = MaterializedViewObject
		p.next()
		p.next()
	default:
		return p.alterOther(at)
	}
	if p.is2(kwAll, kwIn) {
		return p.skipAs(at, "ALTER "+string(kind)+" ALL IN TABLESPACE")
	}
	return p.alterRelation(at, kind)
}

// alterRelation parses ALTER of a table, index, sequence or view behind its word.
func (p *parser) alterRelation(at At, kind ObjectKind) Stmt {
	n := &AlterTable{At: at, Kind: kind, IfExists: p.ifExists()}
	if kind == TableObject {
		t := p.relation()
		n.Name, n.Only = t.Name, t.Only
	} else {
		n.Name = p.qualified()
	}
	switch {
	case p.is(kwRename):
		return p.renameRelation(n)
	case p.is2(kwSet, kwSchema):
		p.next()
		p.next()
		return &SetSchema{At: at, Kind: kind, IfExists: n.IfExists, Only: n.Only, Name: n.Name, Schema: p.name()}
	case kind == SequenceObject && p.startsSequenceOption():
		return &AlterSequence{At: at, IfExists: n.IfExists, Name: n.Name, Options: p.sequenceOptions(true)}
	case p.isAny(kwDepends, kwNo) && (p.peek(1).kw == kwOn || p.peek(1).kw == kwDepends):
		return p.skipAs(at, "ALTER "+string(kind)+" DEPENDS ON EXTENSION")
	}
	n.Actions = p.alterActions(kind)
	return n
}

// renameRelation parses RENAME of a relation or of a part of it.
func (p *parser) renameRelation(t *AlterTable) Stmt {
	r := &Rename{At: t.At, Kind: t.Kind, IfExists: t.IfExists, Only: t.Only, Name: t.Name}
	p.next()
	switch {
	case p.is(kwTo):
		p.next()
		r.New = p.name()
		return r
	case t.Kind == IndexObject || t.Kind == SequenceObject:
		p.fail()
	case t.Kind == TableObject && p.acceptKw(kwConstraint):
		r.Part = "CONSTRAINT"
	default:
		p.acceptKw(kwColumn)
		r.Part = "COLUMN"
	}
	r.Old = p.name()
	p.expectKw(kwTo)
	r.New = p.name()
	return r
}
