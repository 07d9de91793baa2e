package irissql

import "strings"

// fromHints are the optimizer hints that may follow FROM (IRIS docs, "Optimization Hints"); some take a name.
const fromHints = "%ALLINDEX %FULL %INORDER %NOFLATTEN %NOMERGE %NOREDUCE %NOSVSO %NOTOPOPT %NOUNIONOROPT %PARALLEL %NOPARALLEL"

// from parses the FROM clause behind its word.
func (p *parser) from(s *Select) {
	s.FromHints = p.hints()
	s.From = p.tableRefs()
}

func (p *parser) hints() Keywords {
	var list Keywords
	for {
		list = append(list, p.keywords(fromHints)...)
		switch {
		case p.is("%FIRSTTABLE"), p.is("%STARTTABLE"), p.is("%IGNOREINDEX"), p.is("%IGNOREINDICES"):
			list = append(list, p.tok.word)
			p.next()
			p.objectName()
		default:
			return list
		}
	}
}

// tableRefs parses a, b JOIN c, …
func (p *parser) tableRefs() []TableRef {
	list := []TableRef{p.joins(p.tableRef())}
	for p.accept(",") {
		list = append(list, p.joins(p.commaRef()))
	}
	return list
}

// commaRef is a table reference behind a comma, where LATERAL may stand.
func (p *parser) commaRef() TableRef {
	if p.is("LATERAL") && p.peek().word == "(" {
		if !p.version.AtLeast(v2025_3) {
			p.expected("IDENTIFIER")
		}
		return p.lateral()
	}
	return p.tableRef()
}

func (p *parser) lateral() TableRef {
	pos := p.pos()
	p.next()
	p.expect("(")
	if !p.startsQuery() {
		p.expected("SELECT")
	}
	return &Derived{Pos: pos, Query: p.subquery(), Alias: p.alias(), Lateral: true}
}

// tableRef parses one member of FROM without joins behind it.
func (p *parser) tableRef() TableRef {
	pos := p.pos()
	switch {
	case p.is("("):
		q, ref := p.parenRef()
		if q != nil {
			return &Derived{Pos: pos, Query: q, Alias: p.alias()}
		}
		return ref
	case p.is("JSON_TABLE") && p.peek().word == "(":
		return p.jsonTable()
	}
	name := p.objectName()
	if p.is("(") {
		return &TableFunc{Pos: pos, Func: name, Args: p.arguments(), Alias: p.alias()}
	}
	return &TableName{Pos: pos, Schema: name.Schema, Name: name.Name, Alias: p.alias()}
}

// parenRef parses ( … ) in FROM: either a query, whose alias follows, or a tree of joins.
func (p *parser) parenRef() (*Query, TableRef) {
	p.enter()
	defer p.leave()
	pos := p.pos()
	p.next()
	if p.startsQuery() {
		return p.subquery(), nil
	}
	var ref TableRef
	if p.is("(") {
		q, inner := p.parenRef()
		if q != nil {
			if p.is(")") || p.startsSetOp() || p.is("ORDER") || p.startsLimit() {
				q = p.setOpRest(q)
				q.Paren = true
				p.expect(")")
				return q, nil
			}
			inner = &Derived{Pos: pos, Query: q, Alias: p.alias()}
		}
		ref = inner
	} else {
		ref = p.tableRef()
	}
	ref = p.joins(ref)
	p.expect(")")
	return nil, ref
}

// joins parses the joins behind a table reference, left to right.
func (p *parser) joins(left TableRef) TableRef {
	for i := 1; ; i++ {
		p.chain(i)
		j := &Join{Pos: p.pos(), Left: left}
		if !p.joinKind(j) {
			return left
		}
		switch {
		case j.Kind == CrossJoin && p.is("LATERAL") && p.peek().word == "(":
			if !p.version.AtLeast(v2026_1) {
				p.expected("IDENTIFIER")
			}
			j.Right = p.lateral()
		default:
			j.Right = p.tableRef()
		}
		if j.Kind != CrossJoin && !j.Natural {
			p.joinCondition(j)
		}
		left = j
	}
}

// joinKind parses [NATURAL] [INNER | LEFT|RIGHT|FULL [OUTER] | CROSS] JOIN.
func (p *parser) joinKind(j *Join) bool {
	j.Natural = p.accept("NATURAL")
	switch p.tok.word {
	case "JOIN":
	case "INNER":
		p.next()
	case "CROSS":
		if j.Natural {
			p.expected("JOIN")
		}
		j.Kind = CrossJoin
		p.next()
	case "LEFT", "RIGHT", "FULL":
		j.Kind = map[string]JoinKind{"LEFT": LeftJoin, "RIGHT": RightJoin, "FULL": FullJoin}[p.tok.word]
		p.next()
		p.accept("OUTER")
	default:
		if j.Natural {
			p.expected("JOIN")
		}
		return false
	}
	p.expect("JOIN")
	return true
}

func (p *parser) joinCondition(j *Join) {
	if p.accept("USING") {
		j.Using = p.names()
		return
	}
	p.expect("ON")
	j.On = p.condition()
}

// jsonTable parses JSON_TABLE(x [FORMAT JSON], 'path' COLUMNS (…)) [AS a].
func (p *parser) jsonTable() TableRef {
	t := &JSONTable{Pos: p.pos(), Lateral: true}
	p.enter()
	defer p.leave()
	p.next()
	p.expect("(")
	t.X = p.scalar()
	if p.acceptName("FORMAT") {
		p.expect("JSON")
	}
	p.expect(",")
	p.kept = append(p.kept, p.tok.pos)
	t.Path = p.str()
	p.expect("COLUMNS", "(")
	for {
		t.Columns = append(t.Columns, p.jsonColumn())
		if !p.accept(",") {
			break
		}
	}
	p.expect(")", ")")
	t.Alias = p.alias()
	return t
}

func (p *parser) jsonColumn() JSONColumn {
	c := JSONColumn{Pos: p.pos(), Name: p.name().Text}
	if p.is("FOR") {
		p.next()
		p.expect("ORDINALITY")
		c.Ordinality = true
		return c
	}
	c.Type = p.dataType()
	p.expect("PATH")
	p.kept = append(p.kept, p.tok.pos)
	c.Path = p.str()
	if !strings.HasPrefix(c.Path, "$") {
		p.expected("JSON path")
	}
	return c
}
