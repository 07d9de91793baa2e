package plan

import (
	"errors"
	"slices"
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
)

// Values that IRIS would not compute as PostgreSQL does are computed by the gateway from the rows, and written one by one.

// refusal reports that a construct is not there, as opposed to an error of the user's.
func refusal(err error) bool {
	var e *pgerr.Error
	return errors.As(err, &e) && e.Code == pgerr.FeatureNotSupported
}

// updateComputed finds the rows, locks them, reads what they are to hold and writes it.
func (c *compiler) updateComputed(n *analyze.Update) error {
	c.out.Atomic = true
	if err := c.findKeys(n.Table, n.Where); err != nil {
		return err
	}
	return c.computeKept(n)
}

// computeKept changes the kept rows to values that the gateway computes. They are locked first, so that no other transaction
// changes what the values are computed from.
func (c *compiler) computeKept(n *analyze.Update) error {
	if err := c.lockKept(n.Table, n.Where); err != nil {
		return err
	}
	v := c.splitSet(n.Table, n.Set)
	read, err := c.valuesOfKept(n.Table, v)
	if err != nil {
		return err
	}
	key := irissql.Argument(irissql.Arg{Param: analyze.Scalars + v.first + len(v.targets), Type: pgtypes.Of(pgtypes.Text)})
	err = c.writeValues(&read, n.Table, v, func(alias string) irissql.Fragment {
		return irissql.Fill("@.%ID = @", irissql.Text(alias), key)
	})
	c.out.Steps = append(c.out.Steps, read)
	return err
}

// setValues are the assignments of an UPDATE whose values the gateway computes from rows: what is read of a row, and what is
// set, with arguments in the place of the values.
type setValues struct {
	first   int
	targets []analyze.Target
	columns []analyze.OutColumn
	set     []analyze.Assignment
}

func (c *compiler) splitSet(rel *analyze.Relation, set []analyze.Assignment) *setValues {
	v := &setValues{first: c.nextScalar(), set: slices.Clone(set)}
	for i, a := range set {
		if a.Value == nil || irissql.Rowless(a.Value) {
			continue
		}
		value := uncut(a.Value)
		number := analyze.Scalars + v.first + len(v.targets)
		v.set[i].Value = &analyze.Param{Node: analyze.Node{Typ: value.Type(), At: a.Value.Pos()}, Number: number}
		v.targets = append(v.targets, analyze.Target{Expr: value})
		v.columns = append(v.columns, analyze.OutColumn{Name: rel.Table.Columns[a.Column].Name, Type: value.Type()})
	}
	return v
}

// writeValues makes the UPDATE that a step runs for each row it reads.
func (c *compiler) writeValues(read *Step, rel *analyze.Relation, v *setValues, where func(alias string) irissql.Fragment) error {
	p := irissql.New(c.options())
	target, err := p.Relation(rel)
	if err != nil {
		return err
	}
	sets, err := c.setList(p, rel, v.set)
	if err != nil {
		return err
	}
	write := irissql.Fill("UPDATE @ SET @ WHERE @", target, sets, where(irissql.Quote(p.Alias(rel))))
	read.Each.First, read.Each.Write = v.first, step(ExecStep, write)
	return c.checkArgs(write)
}

// valuesWhere reads values of the rows of a condition.
func (c *compiler) valuesWhere(rel *analyze.Relation, v *setValues, where func(alias string) irissql.Fragment) (Step, error) {
	_, printedQuery, err := c.returning(rel, v.targets, v.columns, nil)
	if err != nil {
		return Step{}, err
	}
	read, err := c.rowsWhere(rel, v.targets, v.columns, where)
	read.Kind, read.Result = EachStep, false
	read.Each = &Each{Columns: outputColumns(v.columns, printedQuery.Columns)}
	return read, err
}

// conflictComputed changes the row of a conflict to values that the gateway computes: it is locked, read and written. here
// finds it. The number is that of the step that writes.
func (c *compiler) conflictComputed(n *analyze.Insert, set []analyze.Assignment, here func(alias string) irissql.Fragment, when *When) (int, error) {
	column, ok := lockColumn(n.Table.Table)
	if !ok {
		return 0, pgerr.NotBuilt(n.Table.At, "locking rows of a table of counters only")
	}
	p := irissql.New(c.options())
	target, err := p.Relation(n.Table)
	if err != nil {
		return 0, err
	}
	alias := irissql.Quote(p.Alias(n.Table))
	name := irissql.Quote(column)
	locked, err := c.exec(irissql.Fill("UPDATE @ SET @ WHERE @", target, irissql.Text(name+" = "+alias+"."+name), here(alias)))
	if err != nil {
		return 0, err
	}
	c.out.Steps[locked].Uncounted, c.out.Steps[locked].When = true, when
	v := c.splitSet(n.Table, set)
	read, err := c.valuesWhere(n.Table, v, here)
	if err != nil {
		return 0, err
	}
	read.When = &When{locked, true}
	if err := c.writeValues(&read, n.Table, v, here); err != nil {
		return 0, err
	}
	c.out.Steps = append(c.out.Steps, read)
	return len(c.out.Steps) - 1, nil
}

// valuesOfKept reads values of the kept rows, their keys first.
func (c *compiler) valuesOfKept(rel *analyze.Relation, v *setValues) (Step, error) {
	var alias string
	read, err := c.valuesWhere(rel, v, func(a string) irissql.Fragment {
		alias = a
		return keptRows(a)
	})
	if err != nil {
		return read, err
	}
	rest, plain := strings.CutPrefix(read.SQL, "SELECT ")
	if !plain || len(read.Holes) > 0 {
		return read, pgerr.NotBuilt(rel.At, "this form of UPDATE")
	}
	read.SQL, read.Same = "SELECT "+alias+".%ID AS \"row_key\", "+rest, true
	return read, nil
}

// insertComputed reads the query's rows, has the gateway compute what IRIS does not, and writes them.
func (c *compiler) insertComputed(n *analyze.Insert, q *analyze.Query, columns []int) error {
	printedQuery, err := irissql.Query(q, c.options())
	if err != nil {
		return err
	}
	t := n.Table.Table
	first := c.nextScalar()
	p := irissql.New(c.options())
	names, values := make([]string, len(columns)), make([]irissql.Fragment, len(columns))
	for i, col := range columns {
		param := &analyze.Param{Node: analyze.Node{Typ: q.Columns[i].Type, At: n.At}, Number: analyze.Scalars + first + i}
		if values[i], err = c.assign(p, t, col, param); err != nil {
			return err
		}
		names[i] = t.Columns[col].Name
	}
	into := irissql.Text("INSERT INTO " + printed(t) + " " + columnList(names))
	write := irissql.Fill("@ VALUES (@)", into, irissql.Join(values, ", "))
	s := step(EachStep, printedQuery.Fragment)
	s.Each = &Each{Columns: outputColumns(q.Columns, printedQuery.Columns), First: first, Write: step(ExecStep, write)}
	c.out.Atomic = true
	c.out.Steps = append(c.out.Steps, s)
	return c.checkArgs(write)
}

// uncut is a value without the cast to the length of its column: an assignment refuses what is too long.
func uncut(e analyze.Expr) analyze.Expr {
	if outer, ok := e.(*analyze.Cast); ok && outer.Implicit && outer.Type().OID == outer.Arg.Type().OID {
		return outer.Arg
	}
	return e
}

// columnsOf are the columns of a table by their numbers.
func columnsOf(t *schema.Table, numbers []int) []*schema.Column {
	out := make([]*schema.Column, len(numbers))
	for i, n := range numbers {
		out[i] = &t.Columns[n]
	}
	return out
}
