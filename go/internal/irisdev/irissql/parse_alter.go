package irissql

import "strings"

// alterTable parses ALTER TABLE with one kind of action.
func (p *parser) alterTable() Statement {
	s := &AlterTable{Pos: p.pos()}
	p.next()
	s.Table = p.objectName()
	switch {
	case p.accept("ADD"):
		p.alterAdd(s)
	case p.accept("ALTER"), p.acceptName("MODIFY"):
		p.acceptName("COLUMN")
		s.Column = p.name()
		p.alterColumn(s)
	case p.accept("DROP"):
		p.alterDrop(s)
	case p.acceptName("RENAME"):
		s.Kind, s.To = RenameTable, p.name().Text
	case p.accept("CONVERT"):
		p.alterConvert(s)
	default:
		p.expected("ADD, ALTER, MODIFY, DROP, RENAME or CONVERT")
	}
	return s
}

func (p *parser) alterAdd(s *AlterTable) {
	switch {
	case p.is("CONSTRAINT"), p.is("UNIQUE"), p.is("PRIMARY"), p.is("FOREIGN"):
		c := p.constraint()
		s.Kind, s.Constraint = AddConstraint, &c
	case p.accept("("):
		for {
			s.Columns = append(s.Columns, p.columnDef())
			if !p.accept(",") {
				break
			}
		}
		p.expect(")")
	default:
		if p.isName("COLUMN") && p.peek().kind != symbolToken {
			p.next()
		}
		s.Columns = []ColumnDef{p.columnDef()}
	}
}

// alterColumn parses what is behind ALTER [COLUMN] c.
func (p *parser) alterColumn(s *AlterTable) {
	switch {
	case p.accept("NOT"):
		p.expect("NULL")
		s.Kind = AlterNotNull
	case p.accept("NULL"):
		s.Kind = AlterNull
	case p.accept("SET"):
		p.expect("DEFAULT")
		s.Kind, s.Default = AlterDefault, p.defaultSpec()
	case p.accept("DEFAULT"):
		s.Kind, s.Default = AlterDefault, p.defaultSpec()
	case p.accept("COLLATE"):
		s.Kind, s.To = AlterCollate, strings.ToUpper(p.takeName().Text)
	case p.acceptName("RENAME"):
		s.Kind, s.To = RenameColumn, p.name().Text
	default:
		s.Kind, s.Type = AlterType, p.dataType()
		if strings.EqualFold(s.Type.Spelling.Name, "TYPE") {
			p.fail(-1, "Data type expected, TYPE found")
		}
	}
}

func (p *parser) alterDrop(s *AlterTable) {
	switch {
	case p.accept("CONSTRAINT"):
		s.Kind, s.To = DropConstraint, p.name().Text
	case p.accept("FOREIGN"):
		p.expect("KEY")
		s.Kind, s.To = DropForeignKey, p.name().Text
	case p.accept("PRIMARY"):
		p.expect("KEY")
		s.Kind = DropPrimaryKey
	default:
		p.acceptName("COLUMN")
		s.Kind, s.Drop = DropColumns, []Name{p.name()}
		for p.accept(",") {
			s.Drop = append(s.Drop, p.name())
		}
	}
	s.Cascade = p.behaviour()
	if s.Kind == DropColumns && !p.accept("%DELDATA") {
		p.accept("%NODELDATA")
	}
}

// alterConvert parses CONVERT STORAGETYPE = ROW|COLUMNAR (2025.1).
func (p *parser) alterConvert(s *AlterTable) {
	if !p.version.AtLeast(v2025_1) {
		p.expected("ADD, ALTER, MODIFY, DROP or RENAME")
	}
	s.Kind, s.To = ConvertStorage, p.storageType()
	if s.To == "" {
		p.expected("STORAGETYPE")
	}
}
