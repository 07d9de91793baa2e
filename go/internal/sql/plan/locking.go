package plan

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
)

// lockingQuery compiles SELECT … FOR UPDATE over one table: the rows are found, locked by their RowIDs, and read again, which
// must give the same rows. Every strength of lock is IRIS's exclusive one.
func (c *compiler) lockingQuery(q *analyze.Query) error {
	words := "FOR " + strings.TrimPrefix(q.Locking, "FOR ")
	rel, where, ok := lockable(q)
	if !ok {
		return pgerr.NotBuilt(q.At, words+" over more than the rows of one table")
	}
	if strings.Contains(words, "NOWAIT") || strings.Contains(words, "SKIP LOCKED") {
		return pgerr.NotBuilt(q.At, words)
	}
	plain := *q
	plain.Locking = ""
	p := irissql.New(c.options())
	printedQuery, err := p.Query(&plain)
	if err != nil {
		return err
	}
	find, err := withKey(printedQuery, irissql.Quote(p.Alias(rel)), q.At)
	if err != nil {
		return err
	}
	find.Keep = true
	c.out.Atomic = true
	c.out.Columns = outputColumns(q.Columns, printedQuery.Columns)
	c.out.Steps = append(c.out.Steps, find)
	if err := c.lockKept(rel, where); err != nil {
		return err
	}
	find.Keep, find.Same, find.Result = false, true, true
	c.out.Steps = append(c.out.Steps, find)
	return nil
}

// lockable gives the table and condition of a query whose rows are a table's.
func lockable(q *analyze.Query) (*analyze.Relation, analyze.Expr, bool) {
	s, ok := q.Body.(*analyze.Select)
	if !ok || len(s.From) != 1 || s.Distinct || len(s.DistinctOn) > 0 || s.HasAggs || s.HasWindows || len(s.GroupBy) > 0 || s.Having != nil ||
		q.Offset != nil || q.WithTies {
		return nil, nil, false
	}
	rel, ok := s.From[0].(*analyze.Relation)
	if !ok || rel.Table == nil || rel.Table.View {
		return nil, nil, false
	}
	return rel, s.Where, true
}
