package irissql

// dmlKeywords are the %words of INSERT, UPDATE and DELETE (IRIS docs, "INSERT").
const dmlKeywords = "%NOCHECK %NOFPLAN %NOINDEX %NOJOURN %NOLOCK %NOTRIGGER %PROFILE %PROFILE_ALL"

// insert parses INSERT [OR UPDATE] and its five tails; there is one VALUES row only.
func (p *parser) insert() Statement {
	s := &Insert{Pos: p.pos()}
	p.next()
	if p.accept("OR") {
		p.expect("UPDATE")
		s.OrUpdate = true
	}
	s.Keywords = p.keywords(dmlKeywords)
	p.accept("INTO")
	s.Table = p.objectName()
	if p.is("(") {
		s.Columns = p.names()
	}
	switch {
	case p.accept("VALUES"):
		s.Values = p.values()
	case s.Columns == nil && p.accept("SET"):
		s.Set = p.assignments()
	case s.Columns == nil && p.accept("DEFAULT"):
		p.expect("VALUES")
		s.DefaultValues = true
	case p.is("SELECT"):
		s.Query = p.query()
	default:
		p.expected("VALUES, SET, DEFAULT or SELECT")
	}
	return s
}

// values parses (expr, …). A parenthesised list only: DEFAULT is no value.
func (p *parser) values() []Expr {
	p.expect("(")
	list := []Expr{p.scalar()}
	for p.accept(",") {
		list = append(list, p.scalar())
	}
	p.expect(")")
	return list
}

// assignments parses col = expr, …; the column is a plain name.
func (p *parser) assignments() []Assignment {
	var list []Assignment
	for {
		a := Assignment{Column: p.name()}
		p.expect("=")
		a.Value = p.scalar()
		list = append(list, a)
		if !p.accept(",") {
			return list
		}
	}
}

func (p *parser) update() Statement {
	s := &Update{Pos: p.pos()}
	p.next()
	s.Keywords = p.keywords(dmlKeywords)
	s.Table = p.target()
	if p.is("(") {
		s.Set = p.columnsAndValues()
	} else {
		p.expect("SET")
		s.Set = p.assignments()
	}
	s.From, s.Where = p.restriction()
	return s
}

// restriction parses the further tables and the condition that end UPDATE and DELETE.
func (p *parser) restriction() (from []TableRef, where Cond) {
	if p.accept("FROM") {
		p.hints()
		from = p.tableRefs()
	}
	if p.accept("WHERE") {
		where = p.condition()
	}
	return from, where
}

// columnsAndValues parses (col, …) VALUES (expr, …).
func (p *parser) columnsAndValues() []Assignment {
	names := p.names()
	p.expect("VALUES")
	values := p.values()
	if len(names) != len(values) {
		p.fail(-62, "%d fields and %d values in UPDATE", len(names), len(values))
	}
	list := make([]Assignment, len(names))
	for i := range names {
		list[i] = Assignment{names[i], values[i]}
	}
	return list
}

// target parses the table that UPDATE or DELETE changes, with its alias.
func (p *parser) target() TableName {
	pos := p.pos()
	n := p.objectName()
	return TableName{Pos: pos, Schema: n.Schema, Name: n.Name, Alias: p.alias()}
}

func (p *parser) delete() Statement {
	s := &Delete{Pos: p.pos()}
	p.next()
	s.Keywords = p.keywords(dmlKeywords)
	p.accept("FROM")
	s.Table = p.target()
	s.From, s.Where = p.restriction()
	return s
}

func (p *parser) truncate() Statement {
	s := &Truncate{Pos: p.pos()}
	p.next()
	p.expect("TABLE")
	s.Keywords = p.keywords(dmlKeywords)
	s.Table = p.objectName()
	return s
}
