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

// insertOrConflict compiles ON CONFLICT: the INSERT is tried, a violation of the arbiter's constraint is no error, and then
// the row that is there is changed. IRIS's INSERT OR UPDATE knows no arbiter, no EXCLUDED and no WHERE.
func (c *compiler) insertOrConflict(n *analyze.Insert, rows [][]analyze.Expr) error {
	key, err := c.arbiter(n)
	if err != nil {
		return err
	}
	for _, row := range rows {
		f, err := c.insertText(n, row)
		if err != nil {
			return err
		}
		required, err := c.required(n, row)
		var probe *When
		if key != nil && c.otherKeys(n, key) {
			if probe = c.probe(n, row, []*arbiter{key}, false); probe != nil && err != nil {
				return err
			}
		} else if err == nil {
			probe = c.probe(n, row, c.probed(n, key), true)
		}
		inserted, err := c.exec(f)
		if err != nil {
			return err
		}
		s := &c.out.Steps[inserted]
		if s.Unless = probe; probe != nil {
			s.Required = required
		}
		if s.AnyKey = key == nil || !c.otherKeys(n, key); !s.AnyKey {
			s.IgnoreKeys = key.names
		}
		if n.RetCols != nil {
			if err := c.readInserted(n, row, &When{inserted, true}); err != nil {
				return err
			}
		}
		if n.Conflict.Update {
			if err := c.conflictUpdate(n, row, key, inserted, len(rows) > 1); err != nil {
				return err
			}
		}
	}
	return nil
}

// otherKeys reports that the table has unique keys beside the arbiter: then PostgreSQL looks at the arbiter first, while IRIS may
// report any key that is violated.
func (c *compiler) otherKeys(n *analyze.Insert, key *arbiter) bool {
	t := n.Table.Table
	return slices.ContainsFunc(t.Keys, func(k schema.Key) bool { return k.Kind != schema.ForeignKey && !sameColumns(t, &k, key.columns) })
}

// probed are the keys that a conflict can be found by before it happens.
func (c *compiler) probed(n *analyze.Insert, key *arbiter) []*arbiter {
	if key != nil {
		return []*arbiter{key}
	}
	t := n.Table.Table
	var keys []*arbiter
	for i := range t.Keys {
		k := &arbiter{at: n.Conflict.At}
		for j := range t.Columns {
			if t.Keys[i].Kind != schema.ForeignKey && holds(t.Keys[i].Columns, t.Columns[j].Name) && uniqueAsPostgreSQL(&t.Columns[j]) {
				k.columns = append(k.columns, j)
			}
		}
		if len(k.columns) > 0 && len(k.columns) == len(t.Keys[i].Columns) {
			keys = append(keys, k)
		}
	}
	return keys
}

// probe looks for a row with one of the keys before the INSERT is tried. It gives the condition that there is one.
func (c *compiler) probe(n *analyze.Insert, row []analyze.Expr, keys []*arbiter, cautious bool) *When {
	var here []irissql.Fragment
	for _, key := range keys {
		// A key that IRIS makes itself is not there yet.
		if condition, _, err := c.keyCondition(n, row, key); err == nil {
			here = append(here, condition(probedRow))
		}
	}
	if len(here) == 0 {
		return nil
	}
	s := step(QueryStep, rowsHere(n, func(string) irissql.Fragment { return irissql.Join(here, " OR ") }))
	s.Cautious = cautious
	c.out.Steps = append(c.out.Steps, s)
	return &When{len(c.out.Steps) - 1, true}
}

// required are the row's values for the columns that are NOT NULL: PostgreSQL looks at them before it looks for a conflict,
// IRIS only when it inserts.
func (c *compiler) required(n *analyze.Insert, row []analyze.Expr) ([]Required, error) {
	t := n.Table.Table
	values := map[int]analyze.Expr{}
	for _, g := range c.rowValues(n, row) {
		values[g.column] = g.value
	}
	var out []Required
	for i := range t.Columns {
		col := &t.Columns[i]
		e, given := values[i]
		if !col.NotNull || col.Identity != "" || !given && col.Default {
			continue
		}
		arg := irissql.Arg{Const: iris.Null(), Type: col.Type}
		if given {
			if !irissql.Rowless(e) {
				return nil, pgerr.NotBuilt(e.Pos(), "ON CONFLICT where IRIS computes the value of column \""+col.Name+"\"")
			}
			f, err := c.assign(irissql.New(c.options()), t, i, e)
			if err != nil {
				return nil, err
			}
			if len(f.Args()) != 1 {
				continue // a constant of the text, such as NULL's opposite
			}
			arg = f.Args()[0]
		}
		out = append(out, Required{arg, notNull(t, col.Name)})
	}
	return out, nil
}

// probedRow is the alias of the table that is looked at.
const probedRow = `"t"`

// rowsHere finds the row with the arbiter's values.
func rowsHere(n *analyze.Insert, here func(string) irissql.Fragment) irissql.Fragment {
	return irissql.Fill("SELECT @ FROM @ WHERE @", irissql.Text(probedRow+".%ID"), irissql.Text(printed(n.Table.Table)+" AS "+probedRow), here(probedRow))
}

// arbiter is the unique key that decides.
type arbiter struct {
	names   []string // constraints and unique indexes over exactly these columns
	columns []int
	at      int // of the clause in the text
}

// arbiter finds the keys over the named columns; nil for ON CONFLICT DO NOTHING without any.
func (c *compiler) arbiter(n *analyze.Insert) (*arbiter, error) {
	if len(n.Conflict.Columns) == 0 {
		return nil, nil
	}
	t := n.Table.Table
	a := &arbiter{columns: n.Conflict.Columns, at: n.Conflict.At}
	for i := range t.Keys {
		if k := &t.Keys[i]; k.Kind != schema.ForeignKey && sameColumns(t, k, n.Conflict.Columns) {
			a.names = append(a.names, k.Name)
		}
	}
	if len(a.names) == 0 {
		return nil, pgerr.New(pgerr.InvalidColumnReference,
			"there is no unique or exclusion constraint matching the ON CONFLICT specification")
	}
	for _, i := range a.columns {
		if !uniqueAsPostgreSQL(&t.Columns[i]) {
			return nil, pgerr.NotBuilt(n.Conflict.At, "ON CONFLICT over column \""+t.Columns[i].Name+"\", whose collation in IRIS is not EXACT,")
		}
	}
	return a, nil
}

func sameColumns(t *schema.Table, k *schema.Key, columns []int) bool {
	if len(k.Columns) != len(columns) {
		return false
	}
	for _, i := range columns {
		if !holds(k.Columns, t.Columns[i].Name) {
			return false
		}
	}
	return true
}

// conflictUpdate adds the UPDATE of the row that was there. If it is gone by then, because another transaction has deleted
// it, nothing would have happened at all: the statement fails with 40001 instead. With several rows, none may be written
// twice (21000).
func (c *compiler) conflictUpdate(n *analyze.Insert, row []analyze.Expr, key *arbiter, inserted int, several bool) error {
	p := irissql.New(c.options())
	target, err := p.Relation(n.Table)
	if err != nil {
		return err
	}
	here, args, err := c.keyCondition(n, row, key)
	if err != nil {
		return err
	}
	set := make([]analyze.Assignment, len(n.Conflict.Set))
	for i, a := range n.Conflict.Set {
		set[i] = a
		if several && slices.Contains(key.columns, a.Column) {
			return pgerr.NotBuilt(n.Conflict.At, "ON CONFLICT DO UPDATE of several rows that sets column \""+n.Table.Table.Columns[a.Column].Name+"\" of the key")
		}
		if a.Value != nil {
			if set[i].Value, err = c.withExcluded(n, row, a.Value); err != nil {
				return err
			}
		}
	}
	fits, err := c.conflictFits(p, n, row, here)
	if err != nil {
		return err
	}
	sets, err := c.setList(p, n.Table, set)
	var updated int
	switch {
	case refusal(err):
		updated, err = c.conflictComputed(n, set, fits, &When{inserted, false})
	case err == nil:
		updated, err = c.exec(irissql.Fill("UPDATE @ SET @ WHERE @", target, sets, fits(irissql.Quote(p.Alias(n.Table)))))
	}
	if err != nil {
		return err
	}
	if c.out.Steps[updated].When == nil {
		c.out.Steps[updated].When = &When{inserted, false}
	}
	if several {
		c.out.Steps[inserted].Owns = args
		c.out.Steps[updated].Owns, c.out.Steps[updated].Once = args, true
	}
	c.mustExist(n, here, inserted, updated)
	if n.RetCols == nil {
		return nil
	}
	read, err := c.rowsWhere(n.Table, n.Returning, n.RetCols, here)
	read.When = &When{updated, true}
	c.out.Steps = append(c.out.Steps, read)
	return err
}

// conflictFits adds the WHERE of DO UPDATE to the condition that finds the row.
func (c *compiler) conflictFits(p *irissql.Printer, n *analyze.Insert, row []analyze.Expr, here func(string) irissql.Fragment) (func(alias string) irissql.Fragment, error) {
	if n.Conflict.Where == nil {
		return here, nil
	}
	where, err := c.withExcluded(n, row, n.Conflict.Where)
	if err != nil {
		return nil, err
	}
	cond, err := p.Cond(where)
	return func(alias string) irissql.Fragment { return irissql.Fill("@ AND (@)", here(alias), cond) }, err
}

// mustExist looks whether the row is there when neither the INSERT nor the UPDATE did anything.
func (c *compiler) mustExist(n *analyze.Insert, here func(string) irissql.Fragment, inserted, updated int) {
	s := step(QueryStep, rowsHere(n, here))
	s.When, s.NeedRow = &When{updated, false}, true
	s.Unless = &When{inserted, true}
	c.out.Steps = append(c.out.Steps, s)
}

// keyCondition compares the arbiter's columns with the row's values, which it gives as well.
func (c *compiler) keyCondition(n *analyze.Insert, row []analyze.Expr, key *arbiter) (func(alias string) irissql.Fragment, []irissql.Arg, error) {
	t := n.Table.Table
	values := map[int]analyze.Expr{}
	for _, g := range c.rowValues(n, row) {
		values[g.column] = g.value
	}
	var names []string
	var parts []irissql.Fragment
	var args []irissql.Arg
	for _, i := range key.columns {
		e := values[i]
		if e == nil || !irissql.Rowless(e) || t.Columns[i].Type.OID == pgtypes.Bpchar {
			return nil, nil, pgerr.NotBuilt(key.at, "ON CONFLICT DO UPDATE where column \""+t.Columns[i].Name+"\" is not given a plain value")
		}
		f, err := c.assign(irissql.New(c.options()), t, i, e)
		if err != nil {
			return nil, nil, err
		}
		names, parts, args = append(names, irissql.Quote(t.Columns[i].Name)), append(parts, f), append(args, f.Args()...)
	}
	return func(alias string) irissql.Fragment {
		all := make([]irissql.Fragment, len(names))
		for i := range names {
			all[i] = irissql.Fill("@ = @", irissql.Text(alias+"."+names[i]), parts[i])
		}
		return irissql.Join(all, " AND ")
	}, args, nil
}

// withExcluded puts the row's values in the place of EXCLUDED's columns.
func (c *compiler) withExcluded(n *analyze.Insert, row []analyze.Expr, e analyze.Expr) (analyze.Expr, error) {
	var failed error
	values := map[int]analyze.Expr{}
	for _, g := range c.rowValues(n, row) {
		values[g.column] = g.value
	}
	out := irissql.Rewrite(e, func(x analyze.Expr) analyze.Expr {
		col, ok := x.(*analyze.Column)
		if !ok || col.Rel == n.Table || !strings.EqualFold(col.Rel.Label, "excluded") {
			return nil
		}
		if v := values[col.Index]; v != nil {
			return v
		}
		column := &n.Table.Table.Columns[col.Index]
		v, err := c.defaultValue(column, col.Pos())
		if err != nil {
			failed = err
			return x
		}
		return v
	})
	return out, failed
}
