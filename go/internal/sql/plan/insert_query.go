package plan

import (
	"slices"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
)

// insertQuery compiles INSERT … SELECT: one statement in IRIS, which is done as a whole or not at all (IRIS docs, "INSERT"),
// if it computes every value exactly; else the gateway does.
func (c *compiler) insertQuery(n *analyze.Insert) error {
	switch {
	case n.Conflict != nil:
		return pgerr.NotBuilt(n.Conflict.At, "INSERT ... SELECT ... ON CONFLICT")
	case n.RetCols != nil:
		return pgerr.NotBuilt(n.At, "INSERT ... SELECT ... RETURNING")
	}
	t := n.Table.Table
	q := *n.Query
	// Only a row limit makes the order of rows matter.
	if q.Limit == nil && q.Offset == nil {
		q.OrderBy = nil
	}
	columns, err := addMoments(n, &q)
	if err != nil {
		return err
	}
	if err := queryFits(n.Query, n); err != nil {
		return c.insertComputed(n, &q, columns)
	}
	rows, err := irissql.New(c.options()).RowsInto(&q, columnsOf(t, columns))
	if refusal(err) {
		return c.insertComputed(n, &q, columns)
	}
	if err != nil {
		return err
	}
	names := make([]string, len(columns))
	for i, col := range columns {
		names[i] = t.Columns[col].Name
	}
	_, err = c.exec(irissql.Fill("@ @", irissql.Text("INSERT INTO "+printed(t)+" "+columnList(names)), rows))
	return err
}

// addMoments gives the query a column for each one that is left out and has the current time as its default.
func addMoments(n *analyze.Insert, q *analyze.Query) ([]int, error) {
	t := n.Table.Table
	columns := n.Columns
	for i := range t.Columns {
		moment := momentValue(&t.Columns[i])
		if moment == nil || listed(n.Columns, i) {
			continue
		}
		s, ok := q.Body.(*analyze.Select)
		if !ok {
			return nil, pgerr.NotBuilt(n.At, "INSERT of this query without column \""+t.Columns[i].Name+"\", whose default is the current time,")
		}
		more := *s
		more.Targets = append(slices.Clip(s.Targets), analyze.Target{Expr: moment})
		q.Body = &more
		q.Columns = append(slices.Clip(q.Columns), analyze.OutColumn{Name: t.Columns[i].Name, Type: moment.Type()})
		columns = append(slices.Clip(columns), i)
	}
	return columns, nil
}

// queryFits checks the columns' types where only the gateway knows them.
func queryFits(q *analyze.Query, n *analyze.Insert) error {
	switch b := q.Body.(type) {
	case *analyze.SetOp:
		if err := queryFits(b.Left, n); err != nil {
			return err
		}
		return queryFits(b.Right, n)
	case *analyze.Values:
		for _, row := range b.Rows {
			if err := targetsFit(n, row); err != nil {
				return err
			}
		}
	case *analyze.Select:
		row := make([]analyze.Expr, len(b.Targets))
		for i := range b.Targets {
			row[i] = b.Targets[i].Expr
		}
		return targetsFit(n, row)
	}
	return nil
}

func targetsFit(n *analyze.Insert, row []analyze.Expr) error {
	for i, col := range n.Columns {
		column := &n.Table.Table.Columns[col]
		if i >= len(row) || countsOrNot(column, row[i]) && (computedFits(column, row[i]) || constantFits(n, i, row[i])) {
			continue
		}
		return pgerr.NotBuilt(row[i].Pos(), "INSERT ... SELECT into column \""+column.Name+"\"")
	}
	return nil
}

// countsOrNot reports that a NULL, for which IRIS takes its own next number, can't reach a column that counts by itself.
func countsOrNot(column *schema.Column, e analyze.Expr) bool {
	if column.Identity == "" {
		return true
	}
	c, ok := withoutImplicitCasts(e).(*analyze.Column)
	return ok && column.Identity == "identity" && c.Rel.Table != nil && c.Rel.Table.Columns[c.Index].NotNull
}

// constantFits accepts a constant for a column that only the gateway knows the type of.
func constantFits(n *analyze.Insert, i int, e analyze.Expr) bool {
	k, ok := e.(*analyze.Const)
	if !ok {
		return false
	}
	v, err := storable(n.Table.Table, &n.Table.Table.Columns[n.Columns[i]])(k.Value)
	return err == nil && v.String() == k.Value.String()
}

func listed(columns []int, i int) bool { return slices.Contains(columns, i) }
