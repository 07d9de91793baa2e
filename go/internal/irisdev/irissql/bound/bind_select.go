package bound

import (
	"fmt"
	"slices"
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
)

// maxItems is the most select items that a query may have (IRIS docs, "Querying the Database").
const maxItems = 1000

// selectQuery binds one SELECT with the ORDER BY of its query.
func (b *binder) selectQuery(out *Query, q *irissql.Query, in *irissql.Select) {
	sel := &Select{NoLock: in.Keywords.Has("%NOLOCK"), Distinct: in.Distinct}
	s := &scope{sel: sel, clause: fromClause}
	b.push(s)
	defer b.pop()
	sel.From = b.from(s, in.From)
	s.clause = whereClause
	if in.Where != nil {
		sel.Where = b.cond(in.Where)
	}
	s.clause = groupClause
	sel.GroupBy = b.groupBy(s, in.GroupBy)
	s.clause = itemsClause
	for i := range in.Items {
		b.item(s, out, &in.Items[i])
	}
	sel.DistinctBy = b.distinctBy(in)
	s.clause = havingClause
	if in.Having != nil {
		sel.Having = b.cond(in.Having)
	}
	s.clause = orderClause
	b.orderBy(s, out, q.OrderBy)
	if in.Top != nil {
		sel.Top = b.count(in.Top.Count)
	}
	sel.Sources, out.Body = s.sources, sel
	b.finish(s, in, out)
}

// item binds one select item: an expression, or all columns.
func (b *binder) item(s *scope, out *Query, it *irissql.Item) {
	if it.Star {
		b.star(s, out, it)
	} else {
		x := b.scalar(it.X)
		o := b.output(x, it.Alias, "")
		if ref, ok := x.(*ColumnRef); ok && ref.Depth == 0 {
			s.origin(&o, ref)
		}
		if o.Label == "" {
			o.Label = b.unnamed(it.X, len(out.Columns)+1)
		}
		s.sel.Items = append(s.sel.Items, x)
		out.Columns = append(out.Columns, o)
	}
	if len(out.Columns) > maxItems {
		b.fail(it.Pos, -400, "Unexpected error occurred: more than %d select items", maxItems)
	}
}

// unnamed is the label of a select item without an alias: its kind and its place (IRIS docs, "SELECT").
func (b *binder) unnamed(x irissql.Expr, place int) string {
	kind := "Expression"
	switch x := x.(type) {
	case *irissql.Column: // a column of an outer query, a merged one or a pseudo column
		return x.Name
	case *irissql.Number, *irissql.String, *irissql.NullLiteral:
		kind = "Literal"
	case *irissql.Param:
		kind = "HostVar"
	case *irissql.Subquery:
		kind = "Subquery"
	case *irissql.Aggregate:
		kind = "Aggregate"
	case *irissql.Window:
		kind = "Window"
	}
	return fmt.Sprintf("%s_%d", kind, place)
}

// star adds all columns, or those of one table: in column order, hidden ones left out, merged ones once and first.
func (b *binder) star(s *scope, out *Query, it *irissql.Item) {
	if len(s.sources) == 0 {
		b.fail(it.Pos, -26, "FROM clause missing before *")
	}
	if it.Table == "" {
		for i := range s.merged {
			m := &s.merged[i]
			x := b.seenMerged(s, 0, m)
			o := b.output(x, "", m.name)
			if ref, ok := x.(*ColumnRef); ok {
				o.Label = ""
				s.origin(&o, ref)
			}
			s.sel.Items = append(s.sel.Items, x)
			out.Columns = append(out.Columns, o)
		}
	}
	found := false
	for _, source := range s.written {
		if it.Table != "" && !s.labels[source].matches(it.Schema, it.Table) {
			continue
		}
		found = true
		for i := range s.sources[source].Columns {
			if s.sources[source].Columns[i].Hidden || it.Table == "" && s.isMerged(source, i) {
				continue
			}
			ref := s.ref(0, source, i)
			b.seen(s, 0, ref)
			o := b.output(ref, "", "")
			s.origin(&o, ref)
			s.sel.Items = append(s.sel.Items, ref)
			out.Columns = append(out.Columns, o)
		}
	}
	if !found {
		b.fail(it.Pos, -23, "Label '%s' is not listed among the applicable tables", strings.ToUpper(it.Table))
	}
}

// distinctBy binds the keys of DISTINCT BY.
func (b *binder) distinctBy(in *irissql.Select) []Key {
	var keys []Key
	for _, x := range in.DistinctBy {
		keys = append(keys, b.key(b.scalar(x), x.At()))
	}
	return keys
}

// key makes a sort or group key of an expression. Streams and vectors have no order that the documentation knows.
func (b *binder) key(x Expr, at irissql.Pos) Key {
	b.comparable(x, at)
	return Key{X: x, Collation: keyCollation(*x.About())}
}

// keyCollation is the collation by which values of an expression are made equal: numbers have none, and text whose type
// has none is EXACT.
func keyCollation(i Info) sqltype.Collation {
	if isOrderedByNumber(i.Type) {
		return sqltype.NoCollation
	}
	if i.Collation == sqltype.NoCollation {
		return sqltype.Exact
	}
	return i.Collation
}

// finish decides the grouping, and how DISTINCT and GROUP BY treat the items.
func (b *binder) finish(s *scope, in *irissql.Select, out *Query) {
	sel := s.sel
	switch {
	case len(sel.GroupBy) > 0:
		sel.Grouping = Groups
		// DISTINCT is not applied to aggregates of groups (IRIS docs, "GROUP BY").
		sel.Distinct = sel.Distinct && len(sel.Aggregates) == 0
	case len(sel.Aggregates) > 0 && s.plain:
		sel.Grouping = EveryRow
	case len(sel.Aggregates) > 0:
		sel.Grouping = OneGroup
	}
	sel.ItemKeys = make([]sqltype.Collation, len(sel.Items))
	sel.Fold = make([]bool, len(sel.Items))
	for i, x := range sel.Items {
		if sel.Distinct {
			b.comparable(x, in.Pos)
		}
		sel.ItemKeys[i] = keyCollation(*x.About())
		sel.Fold[i] = sel.folds(x)
		if sel.Fold[i] {
			out.Columns[i].Collation = sqltype.SQLUpper
		}
	}
}

// folds reports an item whose values DISTINCT or GROUP BY takes from the collated key: a SQLUPPER column, which comes back
// in upper case (FastDistinct; IRIS docs, "Collation").
func (sel *Select) folds(x Expr) bool {
	ref, ok := x.(*ColumnRef)
	if !ok || ref.Depth != 0 || ref.Collation != sqltype.SQLUpper || isOrderedByNumber(ref.Type) {
		return false
	}
	same := func(k Key) bool {
		other, ok := k.X.(*ColumnRef)
		return ok && other.Depth == 0 && other.Source == ref.Source && other.Index == ref.Index
	}
	if len(sel.DistinctBy) > 0 {
		return slices.ContainsFunc(sel.DistinctBy, same)
	}
	return sel.Distinct || slices.ContainsFunc(sel.GroupBy, same)
}
