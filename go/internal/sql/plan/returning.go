package plan

import (
	"slices"
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

// readInserted reads the row that was just inserted: by its primary key where the statement gives it, else by what IRIS says of
// the last INSERT. Of a table without an IDENTITY column that is the RowID, or nothing: then the row is the only one that has
// the values. when is the condition of the INSERT itself.
func (c *compiler) readInserted(n *analyze.Insert, row []analyze.Expr, when *When) error {
	here := c.givenKey(n, row)
	identity := slices.ContainsFunc(n.Table.Table.Columns, func(col schema.Column) bool { return col.Identity == "identity" })
	if here == nil && identity {
		here = lastInserted
	}
	if here != nil {
		return c.readWhere(n, here, Step{When: when, NeedRow: true})
	}
	values := c.givenValues(n, row)
	last := func(alias string) irissql.Fragment { return allOf(lastInserted(alias), values(alias)) }
	if err := c.readWhere(n, last, Step{When: when}); err != nil {
		return err
	}
	found := &When{len(c.out.Steps) - 1, true}
	return c.readWhere(n, func(alias string) irissql.Fragment { return allOf(values(alias)) }, Step{When: when, Unless: found, Single: true})
}

// readWhere adds a step that reads the rows of RETURNING under a condition.
func (c *compiler) readWhere(n *analyze.Insert, here func(alias string) irissql.Fragment, like Step) error {
	read, err := c.rowsWhere(n.Table, n.Returning, n.RetCols, here)
	if err != nil {
		return err
	}
	read.When, read.Unless, read.NeedRow, read.Single = like.When, like.Unless, like.NeedRow, like.Single
	c.out.Steps = append(c.out.Steps, read)
	return nil
}

// allOf joins conditions; those without a text are left out.
func allOf(conditions ...irissql.Fragment) irissql.Fragment {
	var list []irissql.Fragment
	for _, f := range conditions {
		if sql, _ := f.SQL(); sql != "" {
			list = append(list, f)
		}
	}
	if len(list) == 0 {
		return irissql.Text("1 = 1")
	}
	return irissql.Join(list, " AND ")
}

// mostCompared is how many columns of a row tell it from others.
const mostCompared = 16

// givenValues compares columns with the values that the statement gives them, where IRIS's = is sure to hold.
func (c *compiler) givenValues(n *analyze.Insert, row []analyze.Expr) func(alias string) irissql.Fragment {
	t := n.Table.Table
	var columns []int
	for _, g := range c.rowValues(n, row) {
		if isPlain(g.value) && comparable(&t.Columns[g.column]) && len(columns) < mostCompared {
			columns = append(columns, g.column)
		}
	}
	return func(alias string) irissql.Fragment {
		var all []irissql.Fragment
		for _, i := range columns {
			if here, args, err := c.keyCondition(n, row, &arbiter{columns: []int{i}}); err == nil {
				all = append(all, orBothNull(here(alias), args, alias+"."+irissql.Quote(t.Columns[i].Name)))
			}
		}
		return irissql.Join(all, " AND ")
	}
}

// orBothNull adds to a comparison of a column with an argument that both may be NULL. IRIS has IS NULL for columns alone.
func orBothNull(f irissql.Fragment, args []irissql.Arg, column string) irissql.Fragment {
	if len(args) != 1 {
		return f
	}
	isNull := args[0].With(func(v iris.Value) (iris.Value, error) { return iris.Bool(v.IsNull()), nil })
	isNull.Type = pgtypes.Of(pgtypes.Int4)
	return irissql.Fill("(@ OR (@ IS NULL AND @ = 1))", f, irissql.Text(column), irissql.Argument(isNull))
}

// comparable reports the columns whose values IRIS finds again by =.
func comparable(col *schema.Column) bool {
	switch col.Type.OID {
	case pgtypes.Int2, pgtypes.Int4, pgtypes.Int8:
		return true
	case pgtypes.Text, pgtypes.Varchar, pgtypes.UUID:
		return col.Exact && col.Stored.ODBC == 12
	}
	return false
}

// givenKey finds a row by its primary key; nil when the statement doesn't give it as plain values.
func (c *compiler) givenKey(n *analyze.Insert, row []analyze.Expr) func(alias string) irissql.Fragment {
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
					return nil
				}
				key.columns = append(key.columns, j)
			}
		}
		if here, _, err := c.keyCondition(n, row, key); err == nil && len(key.columns) == len(t.Keys[i].Columns) {
			return here
		}
	}
	return nil
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
		if err := c.readInserted(n, row, nil); err != nil {
			return err
		}
	}
	return nil
}
