package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
)

// jsonTable binds JSON_TABLE; its document may be a column of a table before it (IRIS docs, "JSON_TABLE").
func (b *binder) jsonTable(s *scope, ref *irissql.JSONTable) From {
	before := s.refs
	x := b.scalar(ref.X)
	if x.About().Type.Kind == sqltype.Vector {
		b.fail(ref.Pos, -380, "JSON_TABLE needs JSON text")
	}
	t := &JSONTable{X: x, Path: ref.Path}
	src := &Source{Kind: JSONSource, JSON: t, Lateral: s.refs > before}
	for _, c := range ref.Columns {
		typ := sqltype.Type{Kind: sqltype.Integer}
		if !c.Ordinality {
			var ok bool
			if typ, ok = sqltype.ForColumn(c.Type.Spelling); !ok {
				b.fail(c.Type.Pos, -1, "Unknown data type %s", c.Type.Spelling.Name)
			}
		}
		t.Columns = append(t.Columns, JSONColumn{c.Path, typ, c.Ordinality})
		src.Columns = append(src.Columns, Column{Name: c.Name, Type: typ, Collation: keyCollation(Info{Type: typ}), Nullable: !c.Ordinality})
	}
	return b.scan(s, src, label{name: ref.Alias}, ref.Pos)
}
