package plan

import (
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
)

// createTableAs is CREATE TABLE … AS: the table is made with the types that PostgreSQL gives the query's columns, which IRIS's
// own form would not, and filled by one INSERT. If that fails the table is dropped again.
func (c *compiler) createTableAs(n *parse.CreateTableAs) error {
	query, isSelect := n.Query.(*parse.Select)
	switch {
	case n.Materialized:
		return c.notBuilt(n, "CREATE MATERIALIZED VIEW")
	case n.Persistence == parse.Temporary:
		return c.notBuilt(n, "a temporary table")
	case n.OnCommit != parse.OnCommitDefault:
		return pgerr.New(pgerr.InvalidTableDefinition, "ON COMMIT can only be used on temporary tables")
	case !isSelect:
		return c.notBuilt(n, "CREATE TABLE AS EXECUTE")
	}
	c.out.Tag = "CREATE TABLE AS"
	target, exists, err := c.tableToMake(n.Name, n.IfNotExists)
	if err != nil || exists {
		return err
	}
	q, err := c.innerQuery(query, n)
	if err != nil {
		return err
	}
	t := &newTable{schema: target, name: n.Name.Name}
	if err := c.queryColumns(t, n, q); err != nil {
		return err
	}
	c.out.DDL = true
	c.direct(t.createText(false))
	if n.WithNoData {
		return nil
	}
	c.out.Tag = "SELECT"
	c.out.Undo = []string{"DROP TABLE " + irissql.Table(t.schema, t.name)}
	fill := &analyze.Insert{Table: &analyze.Relation{Label: t.name, Table: t.asSchema()}, Query: q}
	for i := range t.columns {
		fill.Columns = append(fill.Columns, i)
	}
	return c.insertQuery(fill)
}

// innerQuery analyzes the query of a definition.
func (c *compiler) innerQuery(query *parse.Select, at parse.Node) (*analyze.Query, error) {
	st := c.in.Statement
	st.Node = query
	r, err := analyze.Analyze(c.ctx, c.in.Text, st, analyze.Options{
		Schema: c.in.Schema, Path: c.in.Path, Public: c.in.Public, Declared: c.in.Declared, Style: c.in.Style,
	})
	if err != nil {
		return nil, err
	}
	q, ok := r.Statement.(*analyze.Query)
	switch {
	case !ok:
		return nil, c.notBuilt(at, "a definition by a statement that changes rows")
	case len(r.Params) > 0:
		return nil, pgerr.New(pgerr.UndefinedParameter, "there is no parameter $1")
	}
	return q, nil
}

// queryColumns gives the new table a column for each of the query's.
func (c *compiler) queryColumns(t *newTable, n *parse.CreateTableAs, q *analyze.Query) error {
	if len(n.Columns) > len(q.Columns) {
		return pgerr.New(pgerr.SyntaxError, "too many column names were specified")
	}
	for i, col := range q.Columns {
		name := col.Name
		if i < len(n.Columns) {
			name = n.Columns[i].Text
		}
		if err := c.storableName(n, "column name", name); err != nil {
			return err
		}
		if _, exists := t.columnName(name); exists {
			return pgerr.New(pgerr.DuplicateColumn, "column %q specified more than once", name)
		}
		s, err := c.storageOf(col.Type, c.at(n))
		if err != nil {
			return err
		}
		t.columns = append(t.columns, newColumn{name: name, typ: col.Type, stored: s})
	}
	return nil
}

// asSchema is the new table as it will be read back, as far as writing to it depends on it.
func (t *newTable) asSchema() *schema.Table {
	out := &schema.Table{Schema: t.schema, Name: t.name}
	for i := range t.columns {
		col := &t.columns[i]
		column := schema.Column{Name: col.name, Type: col.typ, Exact: col.stored.exact}
		switch col.typ.OID {
		case pgtypes.Numeric:
			column.Stored.Precision, column.Stored.Scale = maxDigits, wideScale
			if p, s, given := col.typ.NumericPrecision(); given && !col.stored.marked {
				column.Stored.Precision, column.Stored.Scale = p, s
			}
		case pgtypes.Vector:
			column.Stored = schema.StoredType{Class: "%Library.Vector", Element: "DOUBLE", Length: max(0, int(col.typ.Mod))}
		}
		out.Columns = append(out.Columns, column)
	}
	return out
}
