package bound

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
)

// from binds a FROM list; its members are joined by commas, which bind weakest.
func (b *binder) from(s *scope, refs []irissql.TableRef) From {
	var tree From
	for _, ref := range refs {
		next := b.tableRef(s, ref)
		if tree == nil {
			tree = next
			continue
		}
		tree = &Join{Kind: irissql.CrossJoin, Left: tree, Right: next}
	}
	return tree
}

func (b *binder) tableRef(s *scope, ref irissql.TableRef) From {
	switch ref := ref.(type) {
	case *irissql.TableName:
		return b.tableName(s, ref)
	case *irissql.Derived:
		return b.derived(s, ref)
	case *irissql.JSONTable:
		return b.jsonTable(s, ref)
	case *irissql.Join:
		return b.join(s, ref)
	case *irissql.TableFunc:
		b.fail(ref.Pos, -428, "Stored procedure '%s' not found", qualified(ref.Func.Schema, ref.Func.Name))
	}
	return nil
}

// scan adds a source and reads it.
func (b *binder) scan(s *scope, src *Source, l label, at irissql.Pos) From {
	src.Alias = l.name
	src.Used = make([]bool, len(src.Columns))
	n := b.add(s, src, l, at)
	s.written = append(s.written, n)
	return &Scan{n}
}

// tableName binds a name in FROM: a member of WITH, a table, or a view.
func (b *binder) tableName(s *scope, ref *irissql.TableName) From {
	l := label{ref.Schema, ref.Name}
	if ref.Alias != "" {
		l = label{name: ref.Alias}
	}
	if cte := b.cteNamed(ref); cte != nil {
		return b.scan(s, &Source{Kind: CTESource, CTE: cte, Columns: columnsOf(cte.Query)}, l, ref.Pos)
	}
	t := b.table(ref.Schema, ref.Name, ref.Pos)
	if ref.Alias == "" {
		l = label{t.Schema, t.Name}
	}
	b.uses(t, "SELECT")
	if t.View != nil {
		return b.scan(s, b.view(t), l, ref.Pos)
	}
	return b.scan(s, &Source{Kind: TableSource, Table: t, Columns: t.Columns}, l, ref.Pos)
}

// table finds a table or view; -30 if there is none.
func (b *binder) table(schema, name string, at irissql.Pos) *Table {
	t, err := b.cat.Table(schema, name)
	check(err)
	if t != nil {
		return t
	}
	if schema == "" {
		b.fail(at, -30, "Table '%s' not found", qualified(b.cat.DefaultSchema(), name))
	}
	b.fail(at, -30, "Table '%s' not found", qualified(schema, name))
	return nil
}

// qualified is a name as messages show it.
func qualified(schema, name string) string {
	if schema == "" {
		return strings.ToUpper(name)
	}
	return strings.ToUpper(schema + "." + name)
}

// cteNamed finds a member of WITH, the innermost first; a qualified name is none.
func (b *binder) cteNamed(ref *irissql.TableName) *CTE {
	if ref.Schema != "" {
		return nil
	}
	for i := len(b.ctes) - 1; i >= 0; i-- {
		if strings.EqualFold(b.ctes[i].Name, ref.Name) {
			return b.ctes[i]
		}
	}
	return nil
}

// derived binds a subquery in FROM. Only a lateral one sees the tables before it.
func (b *binder) derived(s *scope, ref *irissql.Derived) From {
	s.blind = !ref.Lateral
	q := b.query(ref.Query)
	s.blind = false
	src := &Source{Kind: QuerySource, Query: q, Columns: columnsOf(q), Lateral: ref.Lateral && q.Correlated}
	return b.scan(s, src, label{name: ref.Alias}, ref.Pos)
}

// columnsOf are the columns of a source that a query makes.
func columnsOf(q *Query) []Column {
	list := make([]Column, len(q.Columns))
	for i, c := range q.Columns {
		list[i] = Column{Name: c.Label, Type: c.Type, Collation: c.Collation, Nullable: c.Nullable}
	}
	return list
}

// view binds a view's query outside of everything around its use. Its columns have the view's names.
func (b *binder) view(t *Table) *Source {
	if b.views >= maxViews {
		tooDeep()
	}
	inner := &binder{cat: b.cat, version: t.View.Version, text: t.View.Text, params: newParams(t.View.Params), st: b.st, views: b.views + 1}
	text, ok := t.View.Statement.(*irissql.Query)
	if !ok {
		inner.fail(0, -30, "View '%s' has no query", qualified(t.Schema, t.Name))
	}
	q := inner.query(text)
	columns := columnsOf(q)
	if len(columns) != len(t.Columns) {
		inner.fail(0, -142, "View '%s' has %d columns, its query %d", qualified(t.Schema, t.Name), len(t.Columns), len(columns))
	}
	for i := range columns {
		columns[i].Name = t.Columns[i].Name
	}
	return &Source{Kind: QuerySource, Query: q, Table: t, Columns: columns}
}
