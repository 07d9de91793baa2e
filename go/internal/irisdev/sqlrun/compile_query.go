package sqlrun

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// query compiles a query inside the current scopes.
func (c *compiler) query(q *bound.Query) *queryPlan {
	var plan *queryPlan
	switch body := q.Body.(type) {
	case *bound.Select:
		plan = c.selectQuery(q, body)
	case *bound.SetOp:
		plan = c.setQuery(q, body)
	}
	plan.correlated, plan.columns = q.Correlated, q.Columns
	return plan
}

// cte compiles a member of WITH when it is first used. It stands outside all query blocks.
func (c *compiler) cte(x *bound.CTE) *queryPlan {
	if plan, ok := c.ctes[x]; ok {
		return plan
	}
	saved := c.scopes
	c.scopes = nil
	plan := c.query(x.Query)
	c.scopes = saved
	c.ctes[x] = plan
	return plan
}

// newScope lays the slots of a query block out: sources, aggregates, windows, outputs.
func newScope(sources []*bound.Source, aggregates, windows, outputs int) *scope {
	s := &scope{}
	for _, src := range sources {
		s.bases = append(s.bases, s.width)
		s.columns = append(s.columns, len(src.Columns))
		s.width += len(src.Columns) + 1
	}
	s.aggregates = s.width
	s.windows = s.aggregates + aggregates
	s.outputs = s.windows + windows
	s.width = s.outputs + outputs
	return s
}

// source is the run of slots of one source.
func (s *scope) source(i int) slotRange {
	return slotRange{s.bases[i], s.bases[i] + s.columns[i] + 1}
}

func (c *compiler) selectQuery(q *bound.Query, sel *bound.Select) *queryPlan {
	s := newScope(sel.Sources, len(sel.Aggregates), len(sel.Windows), len(sel.Items))
	c.push(s)
	defer c.pop()
	op := c.rowsOf(sel.Sources, sel.From, sel.Where, readsDirty(sel))
	if sel.Grouping != bound.Rows || len(sel.Aggregates) > 0 {
		op = c.grouping(op, sel, s)
	}
	if sel.Having != nil && sel.Grouping != bound.EveryRow {
		op = filter{op, c.cond(sel.Having)}
	}
	if len(sel.Windows) > 0 {
		op = c.windows(op, sel, s)
	}
	out := slotRange{s.outputs, s.width}
	p := &project{input: op, items: c.exprs(sel.Items), slots: c.slots(sel.Items), fold: sel.Fold, to: out.from}
	p.places = p.storedPlaces()
	op = p
	switch {
	case len(sel.DistinctBy) > 0:
		op = &distinct{op, c.keys(sel.DistinctBy)}
	case sel.Distinct:
		op = &distinct{op, outputKeys(out, sel.ItemKeys)}
	}
	op = c.ordered(op, q, sel.Top, out)
	return &queryPlan{width: s.width, outputs: out, body: op}
}

// readsDirty reports the queries that read uncommitted rows whatever the isolation level: %NOLOCK, aggregates, GROUP BY
// and DISTINCT (IRIS docs, "START TRANSACTION").
func readsDirty(sel *bound.Select) bool {
	return sel.NoLock || sel.Grouping != bound.Rows || sel.Distinct || len(sel.DistinctBy) > 0
}

// ordered adds ORDER BY, TOP, LIMIT and OFFSET.
func (c *compiler) ordered(op operator, q *bound.Query, top bound.Expr, out slotRange) operator {
	cut := &limits{}
	if top == nil {
		top = q.Limit
	}
	if top != nil {
		cut.count = c.expr(top)
	}
	if q.Offset != nil {
		cut.offset = c.expr(q.Offset)
	}
	if len(q.OrderBy) > 0 {
		return &order{input: op, by: c.sortKeys(q.OrderBy), cut: cut, out: out}
	}
	if cut.count == nil && cut.offset == nil {
		return op
	}
	return &limited{input: op, cut: cut}
}

func (c *compiler) keys(list []bound.Key) []keyOf {
	out := make([]keyOf, len(list))
	for i, k := range list {
		out[i] = keyOf{c.expr(k.X), collatorFor(k.Collation)}
	}
	return out
}

func (c *compiler) sortKeys(list []bound.Key) []sortKey {
	out := make([]sortKey, len(list))
	for i, k := range list {
		out[i] = sortKey{keyOf{c.expr(k.X), collatorFor(k.Collation)}, k.Desc}
	}
	return out
}

// outputKeys are the keys by which whole rows are compared.
func outputKeys(out slotRange, collations []sqltype.Collation) []keyOf {
	keys := make([]keyOf, out.to-out.from)
	for i := range keys {
		keys[i] = keyOf{slotAt(0, out.from+i), collatorFor(sqltype.NoCollation)}
		if i < len(collations) {
			keys[i].collate = collatorFor(collations[i])
		}
	}
	return keys
}

// slots gives the slot of every item that is a column of this query block, -1 of the others.
func (c *compiler) slots(items []bound.Expr) []int {
	out := make([]int, len(items))
	for i, x := range items {
		out[i] = -1
		if col, ok := x.(*bound.ColumnRef); ok && col.Depth == 0 {
			out[i] = c.at(0).bases[col.Source] + col.Index
		}
	}
	return out
}

// project computes the select items.
type project struct {
	input operator
	items []evaluator
	slots []int // of items that are columns, which are copied
	fold  []bool
	to    int

	places []int // where the items are in the rows of a table; nil if they are anything else
}

func (o *project) open(f *frame) (cursor, error) {
	in, err := o.input.open(f)
	return &projectCursor{o, f, in}, err
}

type projectCursor struct {
	o  *project
	f  *frame
	in cursor
}

func (c *projectCursor) next() (bool, error) {
	ok, err := c.in.next()
	if err != nil || !ok {
		return false, err
	}
	for i, item := range c.o.items {
		folded := i < len(c.o.fold) && c.o.fold[i]
		if from := c.o.slots[i]; from >= 0 && !folded {
			c.f.slots[c.o.to+i] = c.f.slots[from]
			continue
		}
		v, err := item(c.f)
		if err != nil {
			return false, err
		}
		if folded {
			v = foldedCase(v)
		}
		c.f.slots[c.o.to+i] = v
	}
	return true, nil
}

func (c *projectCursor) close() { c.in.close() }

// foldedCase is a value read back from a SQLUPPER key: DISTINCT and GROUP BY give that (FastDistinct; IRIS docs,
// "Collation").
func foldedCase(v value.Value) value.Value {
	if v.Kind() != value.String {
		return v
	}
	return value.Text(collatorFor(sqltype.SQLUpper)(v).Raw()[1:])
}

// setQuery compiles UNION, EXCEPT and INTERSECT. The sides see the blocks around the set operation, not the operation.
func (c *compiler) setQuery(q *bound.Query, op *bound.SetOp) *queryPlan {
	left, right := c.query(op.Left), c.query(op.Right)
	s := newScope(nil, 0, 0, len(q.Columns))
	c.push(s)
	defer c.pop()
	out := slotRange{s.outputs, s.width}
	set := &setOperator{
		left: side{left, c.optional(op.LeftConvert)}, right: side{right, c.optional(op.RightConvert)},
		out: out, keys: outputKeys(out, op.Keys), kind: op.Kind, all: op.All,
		keepsDuplicates: op.Kind == irissql.Except && c.db.exceptKeepsDuplicates(),
	}
	return &queryPlan{width: s.width, outputs: out, body: c.ordered(set, q, nil, out)}
}

// optional compiles a list with gaps.
func (c *compiler) optional(list []bound.Expr) []evaluator {
	out := make([]evaluator, len(list))
	for i, x := range list {
		if x != nil {
			out[i] = c.expr(x)
		}
	}
	return out
}
