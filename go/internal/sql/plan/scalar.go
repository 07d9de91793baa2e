package plan

import (
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
)

// Scalar is a query that is run for one value: argument analyze.Scalars+Number of the steps behind it. No row gives NULL,
// a second one is an error (SQLSTATE 21000).
type Scalar struct {
	Number int
	Column Column
}

// scalars finds the scalar subqueries that may have several rows, of which IRIS would take the first without a word, and
// those whose value the gateway has to finish. Each is run before the statement, once, and its value takes its place.
// One that depends on a row around it is left where it is, for the printer to refuse.
func (c *compiler) scalars(st interface {
	Rewrite(f func(analyze.Expr) analyze.Expr)
}) error {
	var failed error
	done := map[*analyze.Subquery]*analyze.Param{}
	var lift func(e analyze.Expr) analyze.Expr
	lift = func(e analyze.Expr) analyze.Expr {
		if !hasSubquery(e) {
			return e // the same node, so that what is written twice stays recognisable
		}
		return irissql.Rewrite(e, func(x analyze.Expr) analyze.Expr {
			n, ok := x.(*analyze.Subquery)
			if !ok {
				return nil
			}
			if p := done[n]; p != nil {
				return p
			}
			n.Query.Rewrite(lift)
			if n.Kind != analyze.ScalarSubquery || n.Query.Correlated() || failed != nil || c.inlined(n.Query) {
				return nil
			}
			p, err := c.scalar(n)
			if err != nil {
				failed = err
				return nil
			}
			done[n] = p
			return p
		})
	}
	st.Rewrite(lift)
	return failed
}

// inlined reports a query that IRIS can compute as a part of the statement: it has one row at most, and a value that needs
// no finishing.
func (c *compiler) inlined(q *analyze.Query) bool {
	if !irissql.OneRow(q) {
		return false
	}
	_, err := irissql.New(c.options()).Rows(q)
	return err == nil
}

// hasSubquery reports a subquery in an expression.
func hasSubquery(e analyze.Expr) bool {
	found := false
	irissql.Rewrite(e, func(x analyze.Expr) analyze.Expr {
		if _, ok := x.(*analyze.Subquery); ok {
			found = true
		}
		return nil
	})
	return found
}

// scalar adds the step of one subquery and gives what stands for its value.
func (c *compiler) scalar(n *analyze.Subquery) (*analyze.Param, error) {
	printed, err := irissql.Query(n.Query, c.options())
	if err != nil {
		return nil, err
	}
	number := c.nextScalar()
	s := step(QueryStep, printed.Fragment)
	s.Scalar = &Scalar{Number: number, Column: outputColumns(n.Query.Columns[:1], printed.Columns[:1])[0]}
	c.out.Steps = append(c.out.Steps, s)
	return &analyze.Param{Node: n.Node, Number: analyze.Scalars + number}, nil
}

// nextScalar is the number of the next value that a step finds.
func (c *compiler) nextScalar() int {
	number := 1
	for i := range c.out.Steps {
		if c.out.Steps[i].Scalar != nil {
			number++
		}
	}
	return number
}
