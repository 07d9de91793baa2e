package plan

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
)

// update compiles UPDATE.
func (c *compiler) update(n *analyze.Update) error {
	if n.Table.Table.View {
		return pgerr.NotBuilt(n.Table.At, "UPDATE of a view")
	}
	if n.RetCols != nil {
		return c.updateReturning(n)
	}
	p := irissql.New(c.options())
	head, err := c.updateHead(p, n)
	if refusal(err) && len(n.From) == 0 {
		return c.updateComputed(n)
	}
	if err != nil {
		return err
	}
	f, err := c.changeTail(p, head, n.From, n.Where)
	if err != nil {
		return err
	}
	_, err = c.exec(f)
	return err
}

// updateHead prints UPDATE t AS a SET ….
func (c *compiler) updateHead(p *irissql.Printer, n *analyze.Update) (irissql.Fragment, error) {
	target, err := p.Relation(n.Table)
	if err != nil {
		return target, err
	}
	sets, err := c.setList(p, n.Table, n.Set)
	return irissql.Fill("UPDATE @ SET @", target, sets), err
}

func (c *compiler) setList(p *irissql.Printer, rel *analyze.Relation, set []analyze.Assignment) (irissql.Fragment, error) {
	parts := make([]irissql.Fragment, len(set))
	for i, a := range set {
		col := &rel.Table.Columns[a.Column]
		value := a.Value
		if value == nil {
			var err error
			if value, err = c.defaultValue(col, rel.At); err != nil {
				return irissql.Fragment{}, err
			}
		}
		f, err := c.assign(p, rel.Table, a.Column, value)
		if err != nil {
			return f, err
		}
		parts[i] = irissql.Fill("@ = @", irissql.Text(irissql.Quote(col.Name)), f)
	}
	return irissql.Join(parts, ", "), nil
}

// changeTail adds FROM and WHERE. Of several matching rows one wins, in IRIS as in PostgreSQL (IRIS docs, "UPDATE").
func (c *compiler) changeTail(p *irissql.Printer, head irissql.Fragment, from []analyze.FromItem, where analyze.Expr) (irissql.Fragment, error) {
	if len(from) > 0 {
		f, err := p.From(from)
		if err != nil {
			return f, err
		}
		head = irissql.Fill("@ FROM @", head, f)
	}
	if where == nil {
		return head, nil
	}
	f, err := p.Cond(where)
	return irissql.Fill("@ WHERE @", head, f), err
}

// updateReturning finds the rows, changes them by their RowIDs as long as they still fit, and reads them. If another
// transaction has changed some in between so that they no longer fit, it is not known which ones: the statement fails with
// 40001.
func (c *compiler) updateReturning(n *analyze.Update) error {
	if len(n.From) > 0 {
		return pgerr.NotBuilt(n.At, "UPDATE ... FROM ... RETURNING")
	}
	if err := c.describeReturning(n.Returning, n.RetCols, n.Table); err != nil {
		return err
	}
	c.out.Atomic = true
	if err := c.findKeys(n.Table, n.Where); err != nil {
		return err
	}
	if err := c.updateKept(n); err != nil {
		return err
	}
	read, err := c.rowsWhere(n.Table, n.Returning, n.RetCols, keptRows)
	c.out.Steps = append(c.out.Steps, read)
	return err
}

// updateKept adds the change of the kept rows.
func (c *compiler) updateKept(n *analyze.Update) error {
	p := irissql.New(c.options())
	head, err := c.updateHead(p, n)
	if refusal(err) {
		return c.computeKept(n)
	}
	if err != nil {
		return err
	}
	return c.changeKept(p, head, n.Table, n.Where)
}

// findKeys adds the step that keeps the RowIDs of the rows of a condition.
func (c *compiler) findKeys(rel *analyze.Relation, where analyze.Expr) error {
	p := irissql.New(c.options())
	target, err := p.Relation(rel)
	if err != nil {
		return err
	}
	f, err := c.changeTail(p, irissql.Fill("SELECT @ FROM @", irissql.Text(irissql.Quote(p.Alias(rel))+".%ID AS \"row_key\""), target), nil, where)
	if err != nil {
		return err
	}
	s := step(QueryStep, f)
	s.Keep = true
	c.out.Steps = append(c.out.Steps, s)
	return c.checkArgs(f)
}

// changeKept adds a change of the kept rows, all of which still have to fit the condition.
func (c *compiler) changeKept(p *irissql.Printer, head irissql.Fragment, rel *analyze.Relation, where analyze.Expr) error {
	f := irissql.Fill("@ WHERE @", head, keptRows(irissql.Quote(p.Alias(rel))))
	if where != nil {
		cond, err := p.Cond(where)
		if err != nil {
			return err
		}
		f = irissql.Fill("@ AND (@)", f, cond)
	}
	i, err := c.exec(f)
	if err == nil {
		c.out.Steps[i].All = true
	}
	return err
}

// lockKept adds the step that locks the kept rows by a change that changes nothing: IRIS has no SELECT … FOR UPDATE (IRIS
// docs, by absence).
func (c *compiler) lockKept(rel *analyze.Relation, where analyze.Expr) error {
	column, ok := lockColumn(rel.Table)
	if !ok {
		return pgerr.NotBuilt(rel.At, "locking rows of a table of counters only")
	}
	p := irissql.New(c.options())
	target, err := p.Relation(rel)
	if err != nil {
		return err
	}
	name := irissql.Quote(column)
	same := irissql.Text(name + " = " + irissql.Quote(p.Alias(rel)) + "." + name)
	if err := c.changeKept(p, irissql.Fill("UPDATE @ SET @", target, same), rel, where); err != nil {
		return err
	}
	c.out.Steps[len(c.out.Steps)-1].Uncounted = true
	return nil
}

// null is the constant NULL of a column's type.
func null(e analyze.Node) analyze.Expr { return &analyze.Const{Node: e, Value: iris.Null()} }
