package parse

// createTable parses CREATE [TEMP] TABLE behind TABLE's word; AS makes it another statement.
func (p *parser) createTable(at At, persistence Persistence) Stmt {
	p.expectKw(kwTable)
	n := &CreateTable{At: at, Persistence: persistence}
	n.IfNotExists = p.ifNotExists()
	n.Name = p.qualified()
	switch {
	case p.is(kwPartition):
		p.partitionOf(n)
	case p.acceptKw(kwOf):
		p.ofType(n)
	case p.tok.kind == '(' && !p.listIsNames():
		n.Elements = p.tableElements()
		if p.acceptKw(kwInherits) {
			p.expect('(')
			n.Inherits = p.qualifiedList()
			p.expect(')')
		}
	default:
		return p.createTableAs(n)
	}
	if p.is(kwPartition) {
		n.PartitionBy = p.partitionBy()
	}
	p.tableSettings(n)
	return n
}

// listIsNames says whether the parentheses begin a list of names: CREATE TABLE t (a, b) AS ….
func (p *parser) listIsNames() bool {
	next := p.peek(2).kind
	return isName(p.peek(1)) && (next == ',' || next == ')')
}

// tableSettings parses USING, WITH, ON COMMIT and TABLESPACE.
func (p *parser) tableSettings(n *CreateTable) {
	if p.acceptKw(kwUsing) {
		n.Method = p.name()
	}
	switch {
	case p.acceptKws(kwWithout, kwOids):
	case p.is(kwWith):
		p.next()
		n.Options = p.relOptions()
	}
	n.OnCommit = p.onCommit()
	if p.acceptKw(kwTablespace) {
		n.Tablespace = p.name()
	}
}

// onCommit parses ON COMMIT.
func (p *parser) onCommit() OnCommit {
	if !p.acceptKw(kwOn) {
		return OnCommitDefault
	}
	p.expectKw(kwCommit)
	switch {
	case p.acceptKw(kwDrop):
		return OnCommitDrop
	case p.acceptKw(kwDelete):
		p.expectKw(kwRows)
		return OnCommitDelete
	}
	p.expectKw(kwPreserve, kwRows)
	return OnCommitPreserve
}

// createTableAs parses the rest of CREATE TABLE … AS.
func (p *parser) createTableAs(t *CreateTable) Stmt {
	t.Elements = nil
	n := &CreateTableAs{At: t.At, Persistence: t.Persistence, IfNotExists: t.IfNotExists, Name: t.Name}
	n.Columns = p.optParenNames()
	if len(n.Columns) == 0 && !p.isAny(kwUsing, kwWith, kwWithout, kwOn, kwTablespace, kwAs) {
		p.fail()
	}
	p.tableSettings(t)
	n.Method, n.Options, n.OnCommit, n.Tablespace = t.Method, t.Options, t.OnCommit, t.Tablespace
	p.expectKw(kwAs)
	n.Query = p.asQuery()
	n.WithNoData = p.withData()
	return n
}

// asQuery parses the query of CREATE TABLE AS: a SELECT or EXECUTE.
func (p *parser) asQuery() Stmt {
	if p.is(kwExecute) {
		return p.execute()
	}
	return p.query()
}

// withData parses WITH [NO] DATA.
func (p *parser) withData() (noData bool) {
	if !p.acceptKw(kwWith) {
		return false
	}
	noData = p.acceptKw(kwNo)
	p.expectKw(kwData)
	return noData
}

// tableElements parses the parentheses of CREATE TABLE.
func (p *parser) tableElements() []TableElement {
	p.expect('(')
	list := []TableElement{}
	if p.accept(')') {
		return list
	}
	for first := true; first || p.accept(','); first = false {
		switch {
		case p.is(kwLike):
			list = append(list, p.likeTable())
		case p.startsTableConstraint():
			list = append(list, &TableConstraint{p.tableConstraint()})
		default:
			list = append(list, p.columnDef())
		}
	}
	p.expect(')')
	return list
}

// likeTable parses LIKE table [INCLUDING|EXCLUDING what …].
func (p *parser) likeTable() *LikeTable {
	l := &LikeTable{At: p.at()}
	p.next()
	l.Name = p.qualified()
	for p.isAny(kwIncluding, kwExcluding) {
		o := LikeOption{Including: p.is(kwIncluding)}
		p.next()
		if !p.isAny(kwAll, kwComments, kwCompression, kwConstraints, kwDefaults, kwGenerated, kwIdentity, kwIndexes, kwStatistics, kwStorage) {
			p.fail()
		}
		o.What = p.word()
		p.next()
		l.Options = append(l.Options, o)
	}
	return l
}

// columnDef parses a column of CREATE TABLE or ADD COLUMN.
func (p *parser) columnDef() *ColumnDef {
	c := &ColumnDef{At: p.at(), Name: p.name()}
	c.Type = p.typeName()
	if p.acceptKw(kwStorage) {
		c.Storage = p.nameOrDefault()
	}
	if p.acceptKw(kwCompression) {
		c.Compression = p.nameOrDefault()
	}
	if p.is(kwOptions) {
		c.FDWOptions = p.genericOptions()
	}
	p.columnConstraints(c)
	return c
}

// nameOrDefault parses a name or DEFAULT.
func (p *parser) nameOrDefault() string {
	if p.acceptKw(kwDefault) {
		return "default"
	}
	return p.name()
}

// ofType parses OF type [(columns)].
func (p *parser) ofType(n *CreateTable) {
	at := p.at()
	n.OfType = &TypeName{At: at, Names: p.dotted()}
	n.Elements = p.typedElements()
}

// typedElements parses the column options of a typed table or partition.
func (p *parser) typedElements() []TableElement {
	if p.tok.kind != '(' {
		return nil
	}
	p.next()
	var list []TableElement
	for first := true; first || p.accept(','); first = false {
		if p.startsTableConstraint() {
			list = append(list, &TableConstraint{p.tableConstraint()})
			continue
		}
		c := &ColumnDef{At: p.at(), Name: p.name()}
		p.acceptKws(kwWith, kwOptions)
		p.columnConstraints(c)
		list = append(list, c)
	}
	p.expect(')')
	return list
}
