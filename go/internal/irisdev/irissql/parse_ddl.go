package irissql

// createKinds, alterKinds and dropKinds are the objects that the verbs know.
var createKinds, alterKinds, dropKinds map[string]statementParser

func init() {
	createKinds = map[string]statementParser{
		"TABLE": (*parser).createTable, "GLOBAL": (*parser).createTable,
		"INDEX": (*parser).createIndex, "UNIQUE": (*parser).createIndex, "BITMAP": (*parser).createIndex,
		"BITMAPEXTENT": (*parser).createIndex, "BITSLICE": (*parser).createIndex, "COLUMNAR": (*parser).createIndex,
		"VIEW": (*parser).createView, "OR": (*parser).createView, "SCHEMA": (*parser).createSchema,
		"USER": (*parser).user, "ROLE": (*parser).user,
	}
	alterKinds = map[string]statementParser{"TABLE": (*parser).alterTable, "VIEW": (*parser).createView, "USER": (*parser).user}
	dropKinds = map[string]statementParser{
		"TABLE": (*parser).dropTable, "INDEX": (*parser).dropIndex, "VIEW": (*parser).dropView,
		"SCHEMA": (*parser).dropSchema, "USER": (*parser).user, "ROLE": (*parser).user,
	}
}

func (p *parser) create() Statement { return p.kindOf(createKinds) }
func (p *parser) alter() Statement  { return p.kindOf(alterKinds) }
func (p *parser) drop() Statement   { return p.kindOf(dropKinds) }

// kindOf passes the verb and lets the object's parser go on at the word behind it.
func (p *parser) kindOf(kinds map[string]statementParser) Statement {
	verb := p.tok
	p.next()
	for word, parse := range kinds {
		if p.isName(word) {
			s := parse(p)
			setVerb(s, verb.word)
			return s
		}
	}
	p.expected("object type after " + verb.word)
	return nil
}

// setVerb tells statements that share a parser which verb they had.
func setVerb(s Statement, verb string) {
	switch s := s.(type) {
	case *UserStatement:
		s.Verb = verb
	case *CreateView:
		s.Alter = verb == "ALTER"
	}
}

func (p *parser) ifNotExists() bool {
	if !p.acceptName("IF") {
		return false
	}
	p.expect("NOT", "EXISTS")
	return true
}

func (p *parser) ifExists() bool {
	if !p.acceptName("IF") {
		return false
	}
	p.expect("EXISTS")
	return true
}

// behaviour parses [CASCADE | RESTRICT].
func (p *parser) behaviour() (cascade bool) {
	if p.accept("CASCADE") {
		return true
	}
	p.accept("RESTRICT")
	return false
}

func (p *parser) dropTable() Statement {
	s := &DropTable{Pos: p.pos()}
	p.next()
	s.IfExists = p.ifExists()
	s.Table = p.objectName()
	s.Cascade = p.behaviour()
	switch {
	case p.accept("%DELDATA"):
		s.GivenData = true
	case p.accept("%NODELDATA"):
		s.GivenData, s.KeepData = true, true
	}
	return s
}

func (p *parser) createView() Statement {
	s := &CreateView{Pos: p.pos()}
	if p.accept("OR") {
		p.expect("REPLACE")
		s.OrReplace = true
	}
	p.expect("VIEW")
	s.IfNotExists = p.ifNotExists()
	s.View = p.objectName()
	if p.is("(") {
		s.Columns = p.names()
	}
	p.expect("AS")
	from := p.tok.pos
	if !p.is("SELECT") && !p.is("(") {
		p.expected("SELECT")
	}
	s.Query = p.query()
	s.Text = trimEnd(p.text[from:p.tok.pos])
	if len(s.Query.OrderBy) > 0 && !hasTop(s.Query) {
		p.fail(-143, "ORDER BY not valid in a view's query")
	}
	if p.params > 0 {
		p.fail(-148, "Host variable in CREATE VIEW")
	}
	if p.accept("WITH") {
		p.viewOption(s)
	}
	return s
}

func (p *parser) viewOption(s *CreateView) {
	if p.accept("READ") {
		p.expect("ONLY")
		s.ReadOnly = true
		return
	}
	s.CheckOption = "CASCADED"
	if p.accept("LOCAL") {
		s.CheckOption = "LOCAL"
	} else {
		p.acceptName("CASCADED")
	}
	p.expect("CHECK", "OPTION")
}

func trimEnd(s string) string {
	for len(s) > 0 && (s[len(s)-1] == ' ' || s[len(s)-1] == '\n' || s[len(s)-1] == '\r' || s[len(s)-1] == '\t') {
		s = s[:len(s)-1]
	}
	return s
}

func (p *parser) dropView() Statement {
	s := &DropView{Pos: p.pos()}
	p.next()
	s.IfExists = p.ifExists()
	s.View = p.objectName()
	s.Cascade = p.behaviour()
	return s
}

func (p *parser) createSchema() Statement {
	s := &CreateSchema{Pos: p.pos()}
	p.next()
	s.IfNotExists = p.ifNotExists()
	s.Name = p.schemaName()
	return s
}

func (p *parser) dropSchema() Statement {
	s := &DropSchema{Pos: p.pos()}
	p.next()
	s.IfExists = p.ifExists()
	s.Name = p.schemaName()
	s.Cascade = p.behaviour()
	return s
}

// schemaName is -312 for a word that has to be delimited.
func (p *parser) schemaName() Name {
	if p.tok.kind == nameToken && p.tok.reserved {
		p.fail(-312, "Invalid schema name %s, it must be delimited", p.tokenText())
	}
	return p.name()
}
