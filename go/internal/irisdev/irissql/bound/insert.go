package bound

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
)

// The codes of a value that its column does not take.
const (
	insertInvalid = -104
	updateInvalid = -105
)

// insert binds INSERT and INSERT OR UPDATE.
func (b *binder) insert(x *irissql.Insert) *Insert {
	ctes := b.with(x.With, x.Pos)
	t := b.target(x.Table.Schema, x.Table.Name, x.Pos)
	b.uses(t, "INSERT")
	if x.OrUpdate {
		b.uses(t, "UPDATE")
	}
	out := &Insert{Table: t, Keywords: x.Keywords, OrUpdate: x.OrUpdate, Pos: x.Pos}
	names := x.Columns
	values := x.Values
	for _, a := range x.Set {
		names, values = append(names, a.Column), append(values, a.Value)
	}
	switch {
	case x.DefaultValues:
		return out
	case len(names) > 0:
		out.Columns = b.targetColumns(t, names)
	default:
		for i := range t.Columns {
			if !t.Columns[i].Hidden && !t.Columns[i].Implicit {
				out.Columns = append(out.Columns, i)
			}
		}
	}
	if x.Query != nil {
		b.insertQuery(out, x)
		out.Query.CTEs = append(ctes, out.Query.CTEs...)
		return out
	}
	b.insertRow(out, x, values)
	return out
}

// target finds the table that a statement changes: no view (-35) and no read-only table (-115).
func (b *binder) target(schema, name string, at irissql.Pos) *Table {
	t := b.table(schema, name, at)
	if t.ReadOnly {
		b.fail(at, -115, "Table '%s' is read-only", qualified(t.Schema, t.Name))
	}
	if t.View != nil {
		b.fail(at, -35, "View '%s' is not updateable", qualified(t.Schema, t.Name))
	}
	return t
}

// targetColumns finds the columns that a statement gives values; one named twice is -377.
func (b *binder) targetColumns(t *Table, names []irissql.Name) []int {
	var list []int
	for _, n := range names {
		at := -1
		for i := range t.Columns {
			if strings.EqualFold(t.Columns[i].Name, n.Text) {
				at = i
				break
			}
		}
		if at < 0 {
			b.fail(n.Pos, -29, "Field '%s' not found in table '%s'", strings.ToUpper(n.Text), qualified(t.Schema, t.Name))
		}
		for _, other := range list {
			if other == at {
				b.fail(n.Pos, -377, "Field '%s' given twice", strings.ToUpper(n.Text))
			}
		}
		list = append(list, at)
	}
	return list
}

// insertRow binds the values of VALUES and SET.
func (b *binder) insertRow(out *Insert, x *irissql.Insert, values []irissql.Expr) {
	switch {
	case len(values) < len(out.Columns):
		b.fail(x.Pos, -62, "Additional new values expected for INSERT, %d fields and %d values", len(out.Columns), len(values))
	case len(values) > len(out.Columns):
		b.fail(x.Pos, -116, "Cardinality mismatch, %d fields and %d values in INSERT", len(out.Columns), len(values))
	}
	for i, at := range out.Columns {
		c := &out.Table.Columns[at]
		v := b.expr(values[i])
		b.mayInsert(out.Table, c, isNullLiteral(v), values[i].At())
		v, err := assign(v, c, insertInvalid)
		b.checkAt(values[i].At(), err)
		out.Row = append(out.Row, v)
	}
}

// mayInsert refuses values for what the server numbers itself: the RowID (-111) and a ROWVERSION (-138).
func (b *binder) mayInsert(t *Table, c *Column, null bool, at irissql.Pos) {
	switch {
	case null:
	case c.Identity && !t.IdentityInsert:
		b.fail(at, -111, "Cannot INSERT into a 'Default Only' RowID or RowID Based Field '%s.%s'", qualified(t.Schema, t.Name), c.Name)
	case c.ReadOnly:
		b.fail(at, -138, "Cannot INSERT/UPDATE a value for read only field '%s.%s'", qualified(t.Schema, t.Name), c.Name)
	}
}

// insertQuery binds INSERT … SELECT. The query's values are logical ones: a literal or parameter in its select list is a
// VARCHAR, not a value in the column's ODBC form.
func (b *binder) insertQuery(out *Insert, x *irissql.Insert) {
	out.Query = b.query(x.Query)
	got := out.Query.Columns
	if len(got) != len(out.Columns) {
		b.fail(x.Pos, -64, "Incompatible SELECT list is used in INSERT, %d fields and %d items", len(out.Columns), len(got))
	}
	for i, at := range out.Columns {
		c := &out.Table.Columns[at]
		b.mayInsert(out.Table, c, false, x.Pos)
		ref := &OutputRef{got[i].Info, i}
		v, err := assign(ref, c, insertInvalid)
		b.checkAt(x.Pos, err)
		if v == Expr(ref) {
			v = nil
		}
		out.Convert = append(out.Convert, v)
	}
}
