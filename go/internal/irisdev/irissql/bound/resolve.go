package bound

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// column resolves a column reference: in the Select that holds it, then in the ones around. Names are compared without
// letter case, delimited ones too (IRIS docs, "Identifiers").
func (b *binder) column(c *irissql.Column) Expr {
	for depth := range b.scopes {
		s := b.scopes[len(b.scopes)-1-depth]
		if s.blind {
			continue
		}
		if x := b.find(s, depth, c); x != nil {
			return x
		}
	}
	if c.Table != "" {
		b.fail(c.Pos, -23, "Label '%s' is not listed among the applicable tables", strings.ToUpper(c.Table))
	}
	b.fail(c.Pos, -29, "Field '%s' not found in the applicable tables", strings.ToUpper(c.Name))
	return nil
}

// find looks for a column in one scope; nil if neither the column nor its label is there.
func (b *binder) find(s *scope, depth int, c *irissql.Column) Expr {
	if c.Table == "" {
		return b.findUnqualified(s, depth, c)
	}
	source := -1
	for i := s.from; i < s.to; i++ {
		if !s.labels[i].matches(c.Schema, c.Table) {
			continue
		}
		if source >= 0 {
			b.ambiguous(c)
		}
		source = i
	}
	if source < 0 {
		return nil
	}
	hits := b.inSource(s, depth, source, c)
	switch len(hits) {
	case 0:
		b.fail(c.Pos, -29, "Field '%s' not found in the applicable tables", strings.ToUpper(c.Table+"."+c.Name))
	case 1:
		if ref, ok := hits[0].(*ColumnRef); ok && s.isMerged(source, ref.Index) {
			b.fail(c.Pos, -77, "Qualified column '%s' not allowed for this JOIN", strings.ToUpper(c.Table+"."+c.Name))
		}
		return b.seen(s, depth, hits[0])
	}
	b.ambiguous(c)
	return nil
}

func (b *binder) findUnqualified(s *scope, depth int, c *irissql.Column) Expr {
	if m := s.mergedNamed(c.Name); m != nil {
		return b.seenMerged(s, depth, m)
	}
	var hits []Expr
	for i := s.from; i < s.to; i++ {
		hits = append(hits, b.inSource(s, depth, i, c)...)
	}
	switch len(hits) {
	case 0:
		return nil
	case 1:
		return b.seen(s, depth, hits[0])
	}
	b.ambiguous(c)
	return nil
}

func (b *binder) ambiguous(c *irissql.Column) {
	b.fail(c.Pos, -27, "Field '%s' is ambiguous among the applicable tables", strings.ToUpper(c.Name))
}

// inSource gives what a name means in one source: its columns of that name, or a pseudo column.
func (b *binder) inSource(s *scope, depth, source int, c *irissql.Column) []Expr {
	src := s.sources[source]
	if !c.Delimited && strings.HasPrefix(c.Name, "%") {
		if x := pseudo(s, depth, source, strings.ToUpper(c.Name)); x != nil {
			return []Expr{x}
		}
	}
	var hits []Expr
	for _, i := range src.columnNamed(c.Name) {
		hits = append(hits, s.ref(depth, source, i))
	}
	return hits
}

// ref makes the reference to a column of the scope.
func (s *scope) ref(depth, source, index int) *ColumnRef {
	c := &s.sources[source].Columns[index]
	return &ColumnRef{Info{c.Type, c.Collation, c.Nullable || s.missing[source]}, depth, source, index}
}

// pseudo gives a pseudo column; nil for a name that is none, or not one of such a source: %ID, %TABLENAME and %CLASSNAME
// need a table, %VID a derived table or view (IRIS docs, "FROM").
func pseudo(s *scope, depth, source int, name string) Expr {
	src := s.sources[source]
	derived := src.Kind == QuerySource || src.Kind == CTESource
	switch {
	case name == "%VID" && derived:
		return &RowNumber{Info{Type: sqltype.Type{Kind: sqltype.Integer}, Nullable: s.missing[source]}, depth, source}
	case src.Table == nil || derived:
		return nil
	case name == "%ID" && src.Table.RowID >= 0:
		return s.ref(depth, source, src.Table.RowID)
	case name == "%TABLENAME":
		return stringLiteral(src.Table.Name)
	case name == "%CLASSNAME":
		return stringLiteral(src.Table.ClassName)
	}
	return nil
}

// seen notes that the statement looks at a column, and tells the queries between the reference and its Select that they
// depend on an outer row.
func (b *binder) seen(s *scope, depth int, x Expr) Expr {
	if ref, ok := x.(*ColumnRef); ok {
		s.sources[ref.Source].Used[ref.Index] = true
	}
	s.refs++
	if !s.inAggregate && s.clause >= itemsClause {
		s.plain = true
	}
	owner := len(b.scopes) - 1 - depth
	b.outermost = min(b.outermost, owner)
	for _, q := range b.open {
		if q.base > owner {
			q.query.Correlated = true
		}
	}
	return x
}

// seenMerged is seen for a column that a join merged.
func (b *binder) seenMerged(s *scope, depth int, m *merged) Expr {
	for _, at := range m.at {
		b.seen(s, depth, s.ref(depth, at[0], at[1]))
	}
	return shifted(m.value, depth)
}

// shifted moves a merged column's value, a reference or a COALESCE of two, depth queries inwards.
func shifted(x Expr, depth int) Expr {
	switch x := x.(type) {
	case *ColumnRef:
		moved := *x
		moved.Depth += depth
		return &moved
	case *Coalesce:
		moved := *x
		moved.Args = make([]Expr, len(x.Args))
		for i, a := range x.Args {
			moved.Args[i] = shifted(a, depth)
		}
		return &moved
	}
	return x
}

// stringLiteral is a text constant; its collation gives way to that of a column (IRIS docs, "Collation").
func stringLiteral(s string) *Literal {
	t := sqltype.Type{Kind: sqltype.VarChar, Length: max(1, value.Length(s))}
	return &Literal{Info{Type: t, Collation: sqltype.Exact}, value.Text(s)}
}
