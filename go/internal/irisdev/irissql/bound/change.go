package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
)

// update binds UPDATE, with the tables that a FROM clause adds to the target.
func (b *binder) update(x *irissql.Update) *Update {
	out := &Update{Keywords: x.Keywords, CTEs: b.with(x.With, x.Pos)}
	s := &scope{clause: fromClause}
	b.push(s)
	defer b.pop()
	out.Table, out.From = b.changed(s, &x.Table, x.From, "UPDATE")
	s.clause = whereClause
	names := make([]irissql.Name, len(x.Set))
	for i, a := range x.Set {
		names[i] = a.Column
	}
	for i, at := range b.targetColumns(out.Table, names) {
		c := &out.Table.Columns[at]
		b.mayUpdate(out.Table, c, names[i].Pos)
		v, err := assign(b.expr(x.Set[i].Value), c, updateInvalid)
		b.checkAt(x.Set[i].Value.At(), err)
		out.Sets = append(out.Sets, Set{at, v})
	}
	if x.Where != nil {
		out.Where = b.cond(x.Where)
	}
	b.usesRead(s, out.Table)
	out.Sources = s.sources
	return out
}

// changed adds the target as source 0 and the other tables behind it; there is no condition between them but WHERE.
func (b *binder) changed(s *scope, target *irissql.TableName, others []irissql.TableRef, action string) (*Table, From) {
	t := b.target(target.Schema, target.Name, target.Pos)
	b.uses(t, action)
	l := label{t.Schema, t.Name}
	if target.Alias != "" {
		l = label{name: target.Alias}
	}
	from := b.scan(s, &Source{Kind: TableSource, Table: t, Columns: t.Columns}, l, target.Pos)
	if more := b.from(s, others); more != nil {
		from = &Join{Kind: irissql.CrossJoin, Left: from, Right: more}
	}
	return t, from
}

// mayUpdate refuses what no UPDATE changes: the RowID (-107), counters (-105) and ROWVERSION (-138).
func (b *binder) mayUpdate(t *Table, c *Column, at irissql.Pos) {
	name := qualified(t.Schema, t.Name) + "." + c.Name
	switch {
	case c.Identity:
		b.fail(at, -107, "Cannot UPDATE RowID or RowID based on fields: '%s'", name)
	case c.Counter:
		b.fail(at, -105, "Field validation failed in UPDATE: counter field '%s' cannot be changed", name)
	case c.ReadOnly:
		b.fail(at, -138, "Cannot INSERT/UPDATE a value for read only field '%s'", name)
	}
}

// usesRead adds the SELECT privilege if the statement reads the target's fields.
func (b *binder) usesRead(s *scope, t *Table) {
	for _, used := range s.sources[0].Used {
		if used {
			b.uses(t, "SELECT")
			return
		}
	}
}

// delete binds DELETE.
func (b *binder) delete(x *irissql.Delete) *Delete {
	out := &Delete{Keywords: x.Keywords, CTEs: b.with(x.With, x.Pos)}
	s := &scope{clause: fromClause}
	b.push(s)
	defer b.pop()
	out.Table, out.From = b.changed(s, &x.Table, x.From, "DELETE")
	s.clause = whereClause
	if x.Where != nil {
		out.Where = b.cond(x.Where)
	}
	b.usesRead(s, out.Table)
	out.Sources = s.sources
	return out
}

// truncate binds TRUNCATE TABLE.
func (b *binder) truncate(x *irissql.Truncate) *Truncate {
	t := b.target(x.Table.Schema, x.Table.Name, x.Pos)
	b.uses(t, "DELETE")
	return &Truncate{Table: t, Keywords: x.Keywords}
}
