package sqlrun

import (
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// compiler turns the checked tree into closures. Its scopes are the query blocks around the node in hand, the innermost
// last: a column's Depth counts them from the end.
type compiler struct {
	db     *Database
	scopes []*scope
	ctes   map[*bound.CTE]*queryPlan
	reads  func(t *tableDef, path *accessPath) // told of every table that is read, for EXPLAIN; may be nil
}

// scope says in which slot of its frame a query block keeps what.
type scope struct {
	bases      []int // first slot of every source
	columns    []int // how many columns the source has; %VID follows them
	aggregates int
	windows    int
	outputs    int
	width      int
}

func (c *compiler) at(depth int) *scope { return c.scopes[len(c.scopes)-1-depth] }

func (c *compiler) push(s *scope) { c.scopes = append(c.scopes, s) }

func (c *compiler) pop() { c.scopes = c.scopes[:len(c.scopes)-1] }

// slotAt reads a slot of the frame depth blocks outside.
func slotAt(depth, slot int) evaluator {
	switch depth {
	case 0:
		return func(f *frame) (value.Value, error) { return f.slots[slot], nil }
	case 1:
		return func(f *frame) (value.Value, error) { return f.outer.slots[slot], nil }
	}
	return func(f *frame) (value.Value, error) {
		for range depth {
			f = f.outer
		}
		return f.slots[slot], nil
	}
}

// expr compiles an expression.
func (c *compiler) expr(x bound.Expr) evaluator {
	switch x := x.(type) {
	case *bound.ColumnRef:
		return slotAt(x.Depth, c.at(x.Depth).bases[x.Source]+x.Index)
	case *bound.RowNumber:
		s := c.at(x.Depth)
		return slotAt(x.Depth, s.bases[x.Source]+s.columns[x.Source])
	case *bound.ParamRef:
		return func(f *frame) (value.Value, error) { return f.params[x.Index], nil }
	case *bound.Literal:
		v := x.Value
		return func(*frame) (value.Value, error) { return v, nil }
	case *bound.Call:
		return c.call(x)
	case *bound.Case:
		return c.caseOf(x)
	case *bound.Coalesce:
		return c.coalesce(x)
	case *bound.Subquery:
		return c.scalarQuery(x)
	case *bound.AggregateRef:
		return slotAt(x.Depth, c.at(x.Depth).aggregates+x.Index)
	case *bound.WindowRef:
		return slotAt(0, c.at(0).windows+x.Index)
	case *bound.OutputRef:
		return slotAt(0, c.at(0).outputs+x.Index)
	}
	return func(*frame) (value.Value, error) {
		return value.Value{}, sqlerr.New(-400, "expression %T has no compiled form", x)
	}
}

func (c *compiler) exprs(list []bound.Expr) []evaluator {
	out := make([]evaluator, len(list))
	for i, x := range list {
		out[i] = c.expr(x)
	}
	return out
}

// call compiles a function call. Calls of one and two arguments, by far the most, get their arguments on the stack.
func (c *compiler) call(x *bound.Call) evaluator {
	args, run := c.exprs(x.Args), x.Run
	switch len(args) {
	case 1:
		a := args[0]
		return func(f *frame) (value.Value, error) {
			v, err := a(f)
			if err != nil {
				return v, err
			}
			return run(f, []value.Value{v})
		}
	case 2:
		a, b := args[0], args[1]
		return func(f *frame) (value.Value, error) {
			v, err := a(f)
			if err != nil {
				return v, err
			}
			w, err := b(f)
			if err != nil {
				return w, err
			}
			return run(f, []value.Value{v, w})
		}
	}
	return func(f *frame) (value.Value, error) {
		vals := make([]value.Value, len(args))
		for i, a := range args {
			v, err := a(f)
			if err != nil {
				return v, err
			}
			vals[i] = v
		}
		return run(f, vals)
	}
}

func (c *compiler) caseOf(x *bound.Case) evaluator {
	whens := make([]condition, len(x.Branches))
	thens := make([]evaluator, len(x.Branches))
	for i, b := range x.Branches {
		whens[i], thens[i] = c.cond(b.When), c.expr(b.Then)
	}
	otherwise := func(*frame) (value.Value, error) { return value.Value{}, nil }
	if x.Else != nil {
		otherwise = c.expr(x.Else)
	}
	return func(f *frame) (value.Value, error) {
		for i, when := range whens {
			t, err := when(f)
			if err != nil {
				return value.Value{}, err
			}
			if t == isTrue {
				return thens[i](f)
			}
		}
		return otherwise(f)
	}
}

func (c *compiler) coalesce(x *bound.Coalesce) evaluator {
	args := c.exprs(x.Args)
	return func(f *frame) (value.Value, error) {
		for _, a := range args {
			v, err := a(f)
			if err != nil || !v.IsNull() {
				return v, err
			}
		}
		return value.Value{}, nil
	}
}

// scalarQuery is the first value of the first row, NULL without a row.
func (c *compiler) scalarQuery(x *bound.Subquery) evaluator {
	q := c.query(x.Query)
	return func(f *frame) (value.Value, error) {
		rows, err := q.rows(f)
		if err != nil {
			return value.Value{}, err
		}
		defer rows.close()
		row, err := rows.next()
		if err != nil || row == nil {
			return value.Value{}, err
		}
		return row[0], nil
	}
}
