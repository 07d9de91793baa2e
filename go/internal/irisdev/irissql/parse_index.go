package irissql

import "strings"

// indexTypes may stand before INDEX.
var indexTypes = wordSet("BITMAP BITMAPEXTENT BITSLICE COLUMNAR")

// createIndex parses CREATE [UNIQUE|BITMAP|…] INDEX; the name is mandatory, and there are no expressions, no WHERE, no
// method and no order.
func (p *parser) createIndex() Statement {
	s := &CreateIndex{Pos: p.pos()}
	if p.accept("UNIQUE") {
		s.Unique = true
	} else if w := strings.ToUpper(p.tokenText()); indexTypes[w] {
		s.Type = w
		p.next()
	}
	p.expect("INDEX")
	s.IfNotExists = p.ifNotExists()
	s.Name = p.name()
	p.expect("ON")
	p.accept("TABLE")
	s.Table = p.objectName()
	if s.Type != "BITMAPEXTENT" || p.is("(") {
		p.indexColumns(s)
	}
	switch {
	case p.is("AS"):
		p.hnsw(s)
	case p.accept("WITH"):
		p.expect("DATA")
		s.Data = p.names()
	}
	s.Defer = p.acceptName("DEFER")
	return s
}

func (p *parser) indexColumns(s *CreateIndex) {
	p.expect("(")
	for {
		c := IndexColumn{Name: p.name()}
		if p.accept("AS") {
			c.Collation = strings.ToUpper(p.takeName().Text)
		}
		if !p.accept("ASC") {
			p.accept("DESC")
		}
		s.Columns = append(s.Columns, c)
		if !p.accept(",") {
			break
		}
	}
	p.expect(")")
}

// hnsw parses AS HNSW(M=…, efConstruction=…, Distance='…') (2025.1); Distance is mandatory.
func (p *parser) hnsw(s *CreateIndex) {
	if !p.version.AtLeast(v2025_1) || s.Unique || s.Type != "" || len(s.Columns) != 1 {
		p.fail(-25, "Input (AS) encountered after end of query")
	}
	p.next()
	p.expect("HNSW", "(")
	s.Type, s.HNSW = "HNSW", &HNSW{M: 16, EfConstruction: 64}
	for {
		key := strings.ToUpper(p.name().Text)
		p.expect("=")
		switch key {
		case "M":
			s.HNSW.M = p.integer()
		case "EFCONSTRUCTION":
			s.HNSW.EfConstruction = p.integer()
		case "DISTANCE":
			s.HNSW.Distance = p.distance()
		default:
			p.expected("M, efConstruction or Distance")
		}
		if !p.accept(",") {
			break
		}
	}
	p.expect(")")
	h := s.HNSW
	if h.Distance == "" || h.M < 2 || h.M > 100 || h.EfConstruction <= h.M {
		p.fail(-400, "ERROR #5002: HNSW needs Distance, M from 2 to 100 and efConstruction above M")
	}
}

func (p *parser) distance() string {
	d := p.str()
	for _, known := range []string{"Cosine", "DotProduct"} {
		if strings.EqualFold(d, known) {
			return known
		}
	}
	p.fail(-400, "ERROR #5002: HNSW Distance is 'Cosine' or 'DotProduct', not '%s'", d)
	return ""
}

// dropIndex parses DROP INDEX [IF EXISTS] n ON [TABLE] t, and t.n and n alone.
func (p *parser) dropIndex() Statement {
	s := &DropIndex{Pos: p.pos()}
	p.next()
	s.IfExists = p.ifExists()
	parts := []Name{p.name()}
	for len(parts) < 3 && p.accept(".") {
		parts = append(parts, p.memberName())
	}
	s.Name = parts[len(parts)-1]
	switch len(parts) {
	case 2:
		s.Table.Name = parts[0].Text
	case 3:
		s.Table.Schema, s.Table.Name = parts[0].Text, parts[1].Text
	default:
		if p.accept("ON") {
			p.accept("TABLE")
			s.Table = p.objectName()
		}
	}
	return s
}

func (p *parser) buildIndex() Statement {
	s := &BuildIndex{Pos: p.pos()}
	p.next()
	p.expect("INDEX")
	p.expect("FOR", "TABLE")
	s.Table = p.objectName()
	if p.acceptName("INDEX") {
		s.Indexes = []Name{p.name()}
		for p.accept(",") {
			s.Indexes = append(s.Indexes, p.name())
		}
	}
	return s
}

func (p *parser) tune() Statement {
	s := &TuneTable{Pos: p.pos()}
	p.next()
	p.expect("TABLE")
	s.Table = p.objectName()
	return s
}

func (p *parser) purge() Statement {
	s := &PurgeQueries{Pos: p.pos()}
	p.next()
	p.expect("CACHED", "QUERIES")
	return s
}

func (p *parser) use() Statement {
	s := &UseDatabase{Pos: p.pos()}
	p.next()
	p.acceptName("DATABASE")
	s.Name = p.takePercentName()
	return s
}

// takePercentName passes a name that may be a system one (%SYS).
func (p *parser) takePercentName() string {
	if p.isPercentName() {
		return p.takeName().Text
	}
	return p.name().Text
}
