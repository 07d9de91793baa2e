package sqlrun

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/bound"
)

// catalog answers the checker's questions about tables for one session.
type catalog struct{ s *Session }

// DefaultSchema implements bound.Catalog.
func (c catalog) DefaultSchema() string { return defaultSchema }

// Table implements bound.Catalog.
func (c catalog) Table(schema, name string) (*bound.Table, error) {
	if schema == "" {
		schema = defaultSchema
	}
	if v := systemViewOf(schema, name); v != nil {
		return v.table(), nil
	}
	t := c.s.findTable(schema, name)
	if t == nil {
		return nil, nil
	}
	return c.s.boundTable(t)
}

// boundTable is a definition as the checker sees it: the RowID in front unless it is an IDENTITY column.
func (s *Session) boundTable(t *tableDef) (*bound.Table, error) {
	out := &bound.Table{Schema: t.Schema, Name: t.Name, ClassName: t.Class, RowID: -1, IdentityInsert: t.isIdentityInsertAllowed(), Object: t}
	if t.IsView {
		parsed, err := irissql.Parse(t.ViewText, s.db.version())
		if err != nil {
			return nil, err
		}
		out.View = parsed
	}
	columns := t.Columns
	if !t.IsView {
		columns = t.allColumns()
	}
	for i, c := range columns {
		if c == t.RowID {
			out.RowID = i
		}
		out.Columns = append(out.Columns, t.boundColumn(c))
	}
	return out, nil
}

// boundColumn is a column as the checker sees it.
func (t *tableDef) boundColumn(c *columnDef) bound.Column {
	out := bound.Column{
		Name: c.Name, Type: c.Type, Collation: c.Collation, Nullable: !c.Required, Hidden: c.Hidden || c.Private,
		Identity: c == t.RowID, Counter: c.Counter == serialCounter || c.Counter == autoIncrement,
		ReadOnly: c.Counter == rowVersion, HasDefault: c.Default != "" || c.Counter != noCounter,
	}
	if c == t.RowID {
		out.Nullable = false
		if c.Hidden && t.PublicRowID {
			out.Hidden, out.Implicit = false, true
		}
	}
	for _, ix := range t.Indexes {
		if ix.Unique && len(ix.Columns) == 1 && t.column(ix.Columns[0]) == c {
			out.Unique = true
			out.PrimaryKey = out.PrimaryKey || ix.Primary
		}
	}
	return out
}

// current reports that the definitions behind a compiled statement are still those that it was made with.
func (s *Session) current(p *compiled) bool {
	for _, t := range p.tables {
		if now := s.classDef(t.Class); now == nil || now.Stamp != t.Stamp {
			return false
		}
	}
	return true
}
