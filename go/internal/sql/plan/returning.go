package plan

import (
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
)

// IRIS has no RETURNING: the rows are read by their RowID in the same transaction.

// returning prints the query of RETURNING over one table: its rows are those that where selects, or with a nil where those
// of the condition that the caller adds to the text (see rowsWhere).
func (c *compiler) returning(rel *analyze.Relation, targets []analyze.Target, columns []analyze.OutColumn, where analyze.Expr) (*irissql.Printer, *irissql.Printed, error) {
	q := &analyze.Query{Body: &analyze.Select{Targets: targets, From: []analyze.FromItem{rel}, Where: where}, Columns: columns}
	p := irissql.New(c.options())
	printed, err := p.Query(q)
	return p, printed, err
}

// describeReturning fills in the statement's columns.
func (c *compiler) describeReturning(targets []analyze.Target, columns []analyze.OutColumn, rel *analyze.Relation) error {
	_, printed, err := c.returning(rel, targets, columns, nil)
	if err != nil {
		return err
	}
	c.out.Columns = outputColumns(columns, printed.Columns)
	return nil
}

// rowsWhere adds a condition to a printed query over the plain table; condition gets the table's alias.
func (c *compiler) rowsWhere(rel *analyze.Relation, targets []analyze.Target, columns []analyze.OutColumn, condition func(alias string) irissql.Fragment) (Step, error) {
	p, printedQuery, err := c.returning(rel, targets, columns, nil)
	if err != nil {
		return Step{}, err
	}
	alias := irissql.Quote(p.Alias(rel))
	sql, holes := printedQuery.SQL()
	if len(holes) > 0 || !strings.HasSuffix(sql, " FROM "+printed(rel.Table)+" AS "+alias) {
		return Step{}, pgerr.NotBuilt(rel.At, "this RETURNING list")
	}
	s := step(QueryStep, irissql.Fill("@ WHERE @", printedQuery.Fragment, condition(alias)))
	s.Result = true
	return s, nil
}

// insertedRow finds the row that was just inserted: by its primary key where the statement gives it, else by what IRIS
// says of the last INSERT.
func (c *compiler) insertedRow(n *analyze.Insert, row []analyze.Expr) func(alias string) irissql.Fragment {
	t := n.Table.Table
	plain := map[int]bool{}
	for _, g := range c.rowValues(n, row) {
		plain[g.column] = isPlain(g.value)
	}
	for i := range t.Keys {
		if t.Keys[i].Kind != schema.PrimaryKey {
			continue
		}
		key := &arbiter{}
		for j := range t.Columns {
			if holds(t.Keys[i].Columns, t.Columns[j].Name) {
				if !plain[j] || !uniqueAsPostgreSQL(&t.Columns[j]) {
					return lastInserted
				}
				key.columns = append(key.columns, j)
			}
		}
		if here, _, err := c.keyCondition(n, row, key); err == nil && len(key.columns) == len(t.Keys[i].Columns) {
			return here
		}
	}
	return lastInserted
}

// isPlain reports a constant or a parameter, which has the same value each time.
func isPlain(e analyze.Expr) bool {
	switch e := e.(type) {
	case *analyze.Const, *analyze.Param:
		return true
	case *analyze.Cast:
		return isPlain(e.Arg)
	}
	return false
}

// lastInserted is the row of the last INSERT on this connection (IRIS docs, "LAST_IDENTITY": the IDENTITY value or RowID).
func lastInserted(alias string) irissql.Fragment {
	return irissql.Text(alias + ".%ID = LAST_IDENTITY()")
}

// keptRows are the rows whose keys an earlier step kept.
func keptRows(alias string) irissql.Fragment {
	text := pgtypes.Of(pgtypes.Text)
	list := irissql.Argument(irissql.Arg{Kept: true, Type: text})
	comma := irissql.Argument(irissql.Arg{Const: iris.Text(","), Type: text})
	return irissql.Fill("@ %INLIST $LISTFROMSTRING(@, @)", irissql.Text(alias+".%ID"), list, comma)
}

// withKey puts the RowID before the columns of a printed query over one table.
func withKey(p *irissql.Printed, alias string, at int) (Step, error) {
	s := step(QueryStep, p.Fragment)
	key := alias + ".%ID AS \"row_key\", "
	const top = "SELECT TOP "
	rest, plain := strings.CutPrefix(s.SQL, "SELECT ")
	switch {
	case plain && len(s.Holes) == 1 && s.Holes[0].Offset == len(top) && strings.HasPrefix(s.SQL, top+" "):
		s.SQL = top + " " + key + s.SQL[len(top)+1:]
	case plain && len(s.Holes) == 0 && !strings.HasPrefix(rest, "DISTINCT ") && !strings.HasPrefix(rest, "TOP "):
		s.SQL = "SELECT " + key + rest
	default:
		return s, pgerr.NotBuilt(at, "this form of query with row locks")
	}
	return s, nil
}

// insertReturning inserts each row and reads it back.
func (c *compiler) insertReturning(n *analyze.Insert, rows [][]analyze.Expr) error {
	for _, row := range rows {
		f, err := c.insertText(n, row)
		if err != nil {
			return err
		}
		if _, err := c.exec(f); err != nil {
			return err
		}
		read, err := c.rowsWhere(n.Table, n.Returning, n.RetCols, c.insertedRow(n, row))
		if err != nil {
			return err
		}
		read.NeedRow = true
		c.out.Steps = append(c.out.Steps, read)
	}
	return nil
}
