package irissql

import "strings"

// createTable parses CREATE [GLOBAL TEMPORARY] TABLE. CHECK, LIKE, ON COMMIT, INHERITS and the rest of the standard's
// elements do not exist (IRIS docs, "CREATE TABLE").
func (p *parser) createTable() Statement {
	s := &CreateTable{Pos: p.pos()}
	if p.accept("GLOBAL") {
		p.expect("TEMPORARY")
		s.Temporary = true
	}
	p.expect("TABLE")
	s.IfNotExists = p.ifNotExists()
	s.Table = p.objectName()
	if !s.Temporary && p.accept("AS") {
		s.Query = p.query()
		s.Storage = p.storageType()
		return s
	}
	p.expect("(")
	for {
		p.element(s)
		if !p.accept(",") {
			break
		}
	}
	p.expect(")")
	if len(s.Columns) == 0 {
		p.fail(-86, "CREATE TABLE needs a field")
	}
	p.tableOptions(s)
	return s
}

// element parses a column, a constraint or one of the %words of the list.
func (p *parser) element(s *CreateTable) {
	switch {
	case p.is("CONSTRAINT"), p.is("UNIQUE"), p.is("PRIMARY"), p.is("FOREIGN"):
		s.Constraints = append(s.Constraints, p.constraint())
	case p.accept("%PUBLICROWID"):
		s.PublicRowID = true
	case p.accept("%DESCRIPTION"):
		s.Description = p.str()
	case p.accept("%NUMROWS"):
		p.integer()
	default:
		s.Columns = append(s.Columns, p.columnDef())
	}
}

func (p *parser) tableOptions(s *CreateTable) {
	given := p.accept("WITH")
	for p.is("%CLASSPARAMETER") || p.isName("STORAGETYPE") {
		given = false
		if p.isName("STORAGETYPE") {
			s.Storage = p.storageType()
		} else {
			p.next()
			c := ClassParameter{Name: p.name().Text}
			p.accept("=")
			c.Value = p.parameterValue()
			s.Parameters = append(s.Parameters, c)
		}
		p.accept(",")
	}
	if given {
		p.expected("%CLASSPARAMETER or STORAGETYPE")
	}
}

func (p *parser) parameterValue() string {
	if p.tok.kind == stringToken {
		return p.str()
	}
	if p.tok.kind != numberToken && p.tok.kind != nameToken {
		p.expected("class parameter value")
	}
	v := p.tokenText()
	p.next()
	return v
}

// storageType parses [STORAGETYPE = ROW|COLUMNAR].
func (p *parser) storageType() string {
	if !p.acceptName("STORAGETYPE") {
		return ""
	}
	p.expect("=")
	for _, w := range []string{"ROW", "COLUMNAR"} {
		if p.acceptName(w) {
			return w
		}
	}
	p.expected("ROW or COLUMNAR")
	return ""
}

func (p *parser) constraint() Constraint {
	c := Constraint{Pos: p.pos()}
	if p.accept("CONSTRAINT") {
		c.Name = p.name().Text
	}
	switch {
	case p.accept("UNIQUE"):
	case p.accept("PRIMARY"):
		p.expect("KEY")
		c.Kind = PrimaryKeyConstraint
	case p.accept("FOREIGN"):
		p.expect("KEY")
		c.Kind = ForeignKeyConstraint
		if c.Name == "" && p.isIdentifier() {
			c.Name = p.name().Text
		}
	default:
		p.expected("UNIQUE, PRIMARY or FOREIGN")
	}
	c.Columns = p.names()
	if c.Kind == ForeignKeyConstraint {
		p.expect("REFERENCES")
		c.References = p.references()
	}
	return c
}

// references parses t [(cols)] [ON DELETE act] [ON UPDATE act] [NOCHECK]; RESTRICT is no action here.
func (p *parser) references() *References {
	r := &References{Table: p.objectName()}
	if p.is("(") {
		r.Columns = p.names()
	}
	for p.is("ON") {
		p.next()
		switch {
		case p.accept("DELETE"):
			r.OnDelete = p.action()
		case p.accept("UPDATE"):
			r.OnUpdate = p.action()
		default:
			p.expected("DELETE or UPDATE")
		}
	}
	r.NoCheck = p.acceptName("NOCHECK")
	return r
}

func (p *parser) action() string {
	switch {
	case p.accept("CASCADE"):
		return "CASCADE"
	case p.accept("NO"):
		p.expect("ACTION")
		return "NO ACTION"
	case p.accept("SET"):
		if p.accept("NULL") {
			return "SET NULL"
		}
		p.expect("DEFAULT")
		return "SET DEFAULT"
	}
	p.expected("NO ACTION, SET DEFAULT, SET NULL or CASCADE")
	return ""
}

// columnDef parses a column definition.
func (p *parser) columnDef() ColumnDef {
	c := ColumnDef{Pos: p.pos()}
	if !p.isIdentifier() {
		p.fail(-1, "IDENTIFIER expected, %s found", p.found())
	}
	c.Name = p.name()
	if p.tok.kind != nameToken {
		p.fail(-86, "Data type expected for field %s, %s found", c.Name.Text, p.found())
	}
	if p.is("IDENTITY") { // without a type it is a BIGINT (IRIS docs, CREATE TABLE, "IDENTITY fields")
		c.Type = DataType{Pos: p.pos()}
		c.Type.Spelling.Name = "BIGINT"
	} else {
		c.Type = p.dataType()
	}
	for p.columnOption(&c) {
	}
	return c
}

// columnOption parses one option; false at the end of the definition.
func (p *parser) columnOption(c *ColumnDef) bool {
	switch p.tok.word {
	case "NOT":
		p.next()
		p.expect("NULL")
		c.NotNull = true
	case "NULL":
		p.next()
		c.Null = true
	case "DEFAULT":
		p.next()
		c.Default = p.defaultSpec()
	case "ON":
		p.next()
		p.expect("UPDATE")
		c.OnUpdate = p.defaultSpec()
	case "UNIQUE":
		p.next()
		c.Unique = true
	case "PRIMARY":
		p.next()
		p.expect("KEY")
		c.PrimaryKey = true
	case "CONSTRAINT":
		p.namedColumnConstraint(c)
	case "REFERENCES":
		p.next()
		c.References = p.references()
	case "COLLATE":
		p.next()
		c.Collation = strings.ToUpper(p.takeName().Text)
	case "IDENTITY":
		p.next()
		c.Identity = true
	case "%DESCRIPTION":
		p.next()
		c.Description = p.str()
	case "WITH":
		p.next()
		if c.Storage = p.storageType(); c.Storage == "" {
			p.expected("STORAGETYPE")
		}
	default:
		return p.namedOption(c)
	}
	return true
}

// namedOption parses the options whose words are free as names.
func (p *parser) namedOption(c *ColumnDef) bool {
	switch {
	case p.acceptName("AUTO_INCREMENT"):
		c.AutoIncrement = true
	case p.acceptName("PRIVATE"):
		c.Private = true
	case p.isName("COMPUTECODE"):
		p.fail(-300, "COMPUTECODE is not available on this server")
	default:
		return false
	}
	return true
}

// namedColumnConstraint parses CONSTRAINT n UNIQUE | PRIMARY KEY | REFERENCES … | NOT NULL.
func (p *parser) namedColumnConstraint(c *ColumnDef) {
	p.next()
	name := p.name().Text
	switch {
	case p.accept("UNIQUE"):
		c.Unique, c.UniqueName = true, name
	case p.accept("PRIMARY"):
		p.expect("KEY")
		c.PrimaryKey, c.PrimaryNamed = true, name
	case p.accept("NOT"):
		p.expect("NULL")
		c.NotNull = true
	case p.accept("REFERENCES"):
		c.References = p.references()
	default:
		p.fail(-81, "Column constraint expected, %s found", p.found())
	}
}
