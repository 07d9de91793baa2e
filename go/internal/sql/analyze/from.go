package analyze

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/parse"
)

// from analyzes a FROM list into s.
func (a *analyzer) from(items []parse.FromItem, s *scope) ([]FromItem, error) {
	var out []FromItem
	for _, item := range items {
		f, tables, err := a.fromItem(item, s)
		if err != nil {
			return nil, err
		}
		if err := a.addTables(item, s, tables); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// addTables adds a FROM item's tables to the namespace; labels must differ.
func (a *analyzer) addTables(n parse.Node, s *scope, tables []*visible) error {
	if err := a.checkLabels(n, s.tables, tables); err != nil {
		return err
	}
	s.tables = append(s.tables, tables...)
	return nil
}

func (a *analyzer) checkLabels(n parse.Node, have, more []*visible) error {
	for _, t := range more {
		for _, h := range have {
			if t.byLabel && h.byLabel && t.label == h.label && t.schema == h.schema {
				return a.fail(pgerr.DuplicateAlias, n, "table name \"%s\" specified more than once", t.label).At(0)
			}
		}
	}
	return nil
}

func (a *analyzer) fromItem(item parse.FromItem, s *scope) (FromItem, []*visible, error) {
	switch n := item.(type) {
	case *parse.FromTable:
		return a.fromTable(n, s)
	case *parse.FromSubquery:
		return a.fromSubquery(n, s)
	case *parse.FromJoin:
		return a.join(n, s)
	case *parse.FromFunction:
		name := "a function"
		if len(n.Items) > 0 {
			if call, ok := n.Items[0].Call.(*parse.FuncCall); ok {
				name = call.Name[len(call.Name)-1] + "()"
			}
		}
		return nil, nil, a.notBuilt(n, name+" in FROM")
	}
	return nil, nil, a.notBuilt(item, "this form of FROM item")
}

// relation makes the namespace entry of a relation, its columns renamed by an alias list.
func (a *analyzer) relation(rel *Relation, alias *parse.Alias, schemaName string) ([]*visible, error) {
	v := &visible{label: rel.Label, schema: schemaName, byLabel: true, bare: true, rel: rel}
	if alias != nil {
		v.schema = ""
		if len(alias.Columns) > len(rel.Columns) {
			return nil, a.fail(pgerr.InvalidColumnReference, alias, "table \"%s\" has %d columns available but %d columns specified",
				rel.Label, len(rel.Columns), len(alias.Columns)).At(0)
		}
		for i, c := range alias.Columns {
			rel.Columns[i].Name = c.Text
		}
	}
	for i, c := range rel.Columns {
		v.columns = append(v.columns, visibleColumn{name: c.Name, rel: rel, index: i})
	}
	return []*visible{v}, nil
}

func (a *analyzer) fromTable(n *parse.FromTable, s *scope) (FromItem, []*visible, error) {
	if n.Sample != nil {
		return nil, nil, a.notBuilt(n.Sample, "TABLESAMPLE")
	}
	label := n.Name.Name
	if n.Alias != nil {
		label = n.Alias.Name
	}
	if n.Name.Schema == "" {
		if c := s.cte(n.Name.Name); c != nil {
			return a.fromCTE(n, c, label)
		}
	}
	t, err := a.lookup(n.Name)
	if err != nil {
		if e, ok := err.(*pgerr.Error); ok && n.Name.Schema == "" && s.comesLater(n.Name.Name) {
			return nil, nil, e.WithDetail("There is a WITH item named \"%s\", but it cannot be referenced from this part of the query.", n.Name.Name).
				WithHint("Use WITH RECURSIVE, or re-order the WITH items to remove forward references.")
		}
		return nil, nil, err
	}
	rel := &Relation{Label: label, Table: t, Columns: tableColumns(t), At: a.pos(n)}
	tables, err := a.relation(rel, n.Alias, t.Schema)
	return rel, tables, err
}

func (a *analyzer) fromCTE(n *parse.FromTable, c *CTE, label string) (FromItem, []*visible, error) {
	if c.Query == nil {
		return nil, nil, a.notBuilt(n, "a recursive WITH query")
	}
	c.Refs++
	rel := &Relation{Label: label, CTE: c, Columns: append([]OutColumn(nil), c.Query.Columns...), At: a.pos(n)}
	tables, err := a.relation(rel, n.Alias, "")
	return rel, tables, err
}

func tableColumns(t *schema.Table) []OutColumn {
	out := make([]OutColumn, len(t.Columns))
	for i := range t.Columns {
		out[i] = OutColumn{Name: t.Columns[i].Name, Type: t.Columns[i].Type, Table: t, Column: i}
	}
	return out
}

// lookup finds a table by its name as written.
func (a *analyzer) lookup(n parse.QualifiedName) (*schema.Table, error) {
	if n.Schema == "pg_catalog" || n.Schema == "information_schema" {
		return nil, a.notBuilt(n, "the catalog relation "+n.Schema+"."+n.Name)
	}
	shown := n.Name
	path := a.opts.Path
	if n.Schema != "" {
		shown = n.Schema + "." + n.Name
		path = []string{n.Schema}
	}
	for _, s := range path {
		if s == "pg_catalog" || s == "information_schema" {
			continue
		}
		t, err := a.opts.Schema.Table(a.ctx, a.schemaName(s), n.Name)
		if err != nil || t != nil {
			return t, err
		}
	}
	if n.Schema == "" && strings.HasPrefix(n.Name, "pg_") {
		return nil, a.notBuilt(n, "the catalog relation "+n.Name)
	}
	return nil, a.fail(pgerr.UndefinedTable, n, "relation \"%s\" does not exist", shown)
}

func (a *analyzer) fromSubquery(n *parse.FromSubquery, s *scope) (FromItem, []*visible, error) {
	around := s.empty()
	if n.Lateral {
		around = s
	} else {
		around.hidden, around.lateral = s.tables, true
	}
	q, err := a.query(n.Query, around, queryOptions{})
	if err != nil {
		return nil, nil, err
	}
	rel := &Relation{Query: q, Lateral: n.Lateral, Columns: append([]OutColumn(nil), q.Columns...), At: a.pos(n)}
	alias := n.Alias
	if alias != nil {
		rel.Label = alias.Name
	}
	tables, err := a.relation(rel, alias, "")
	if err == nil && alias == nil {
		tables[0].byLabel = false
	}
	return rel, tables, err
}

var joinKinds = map[parse.JoinKind]JoinKind{
	parse.InnerJoin: InnerJoin, parse.LeftJoin: LeftJoin, parse.RightJoin: RightJoin, parse.FullJoin: FullJoin, parse.CrossJoin: CrossJoin,
}

// join analyzes both sides, then the condition, which sees only them.
func (a *analyzer) join(n *parse.FromJoin, s *scope) (FromItem, []*visible, error) {
	left, lt, err := a.fromItem(n.Left, s)
	if err != nil {
		return nil, nil, err
	}
	// LATERAL on the right side sees the left one.
	right, rt, err := a.fromItem(n.Right, s.joined(lt, n.Kind == parse.RightJoin || n.Kind == parse.FullJoin))
	if err != nil {
		return nil, nil, err
	}
	if err := a.checkLabels(n, lt, rt); err != nil {
		return nil, nil, err
	}
	j := &Join{Kind: joinKinds[n.Kind], Left: left, Right: right, At: a.pos(n)}
	tables := append(append([]*visible(nil), lt...), rt...)
	using := n.Using
	if n.Natural {
		using = sharedNames(lt, rt, n.At)
	}
	switch {
	case len(using) > 0:
		if tables, err = a.using(n, j, using, lt, rt, s); err != nil {
			return nil, nil, err
		}
	case n.On != nil:
		on := s.empty().with("JOIN conditions", false, false)
		on.tables, on.hidden = tables, s.tables
		e, err := a.expr(n.On, on)
		if err != nil {
			return nil, nil, err
		}
		if j.On, err = a.boolean(e, n.On, "JOIN/ON"); err != nil {
			return nil, nil, err
		}
	case j.Kind == InnerJoin:
		j.Kind = CrossJoin // NATURAL JOIN without a shared column
	}
	if n.Alias != nil {
		return nil, nil, a.notBuilt(n.Alias, "an alias of a join")
	}
	return j, tables, nil
}

// joined adds tables for the right side of a join.
func (s *scope) joined(tables []*visible, outer bool) *scope {
	c := *s
	c.tables = append([]*visible(nil), s.tables...)
	for _, t := range tables {
		if outer {
			other := *t
			other.sideOfOuter = true
			t = &other
		}
		c.tables = append(c.tables, t)
	}
	return &c
}

// sharedNames are the columns of NATURAL JOIN, in the left side's order.
func sharedNames(left, right []*visible, at parse.At) []parse.Name {
	var out []parse.Name
	for _, l := range bareColumns(left) {
		for _, r := range bareColumns(right) {
			if strings.EqualFold(l.name, r.name) {
				out = append(out, parse.Name{At: at, Text: l.name})
				break
			}
		}
	}
	return out
}

func bareColumns(tables []*visible) []visibleColumn {
	var out []visibleColumn
	for _, t := range tables {
		if t.bare {
			out = append(out, t.columns...)
		}
	}
	return out
}

// using makes the condition of JOIN … USING and the merged columns, which come first in *.
func (a *analyzer) using(n *parse.FromJoin, j *Join, names []parse.Name, lt, rt []*visible, s *scope) ([]*visible, error) {
	if n.UsingAlias != nil {
		return nil, a.notBuilt(n.UsingAlias, "an alias of JOIN USING")
	}
	left, right := bareColumns(lt), bareColumns(rt)
	merged := &visible{bare: true}
	var conds []Expr
	for _, name := range names {
		l, err := a.usingColumn(name, left, "left")
		if err != nil {
			return nil, err
		}
		r, err := a.usingColumn(name, right, "right")
		if err != nil {
			return nil, err
		}
		cond, shared, err := a.equalColumns(l, r, a.pos(name))
		if err != nil {
			return nil, err
		}
		conds = append(conds, cond)
		merged.columns = append(merged.columns, mergedColumn(j.Kind, l, r, shared))
	}
	j.On = conds[0]
	if len(conds) > 1 {
		j.On = &Logic{Node{pgtypes.Of(pgtypes.Bool), a.pos(n)}, And, conds}
	}
	for _, side := range [][]visibleColumn{left, right} {
		for _, c := range side {
			if !named(names, c.name) {
				merged.columns = append(merged.columns, c)
			}
		}
	}
	out := []*visible{merged}
	for _, t := range append(append([]*visible(nil), lt...), rt...) {
		if t.rel == nil && !t.byLabel {
			continue // a join below: its columns are in merged
		}
		c := *t
		c.bare = false
		out = append(out, &c)
	}
	_ = s
	return out, nil
}

// mergedColumn is the column that stands for both sides' in *: the one that an outer join does not fill with NULL.
func mergedColumn(kind JoinKind, l, r *visibleColumn, shared pgtypes.OID) visibleColumn {
	c := *l
	switch kind {
	case RightJoin:
		c = *r
		c.name = l.name
	case FullJoin:
		return visibleColumn{name: l.name, merged: []visibleColumn{*l, *r}}
	}
	if c.merged == nil {
		c.as = shared
	}
	return c
}

func named(names []parse.Name, name string) bool {
	for _, n := range names {
		if strings.EqualFold(n.Text, name) {
			return true
		}
	}
	return false
}

func (a *analyzer) usingColumn(name parse.Name, columns []visibleColumn, side string) (*visibleColumn, error) {
	var found *visibleColumn
	for i := range columns {
		if !strings.EqualFold(columns[i].name, name.Text) {
			continue
		}
		if found != nil {
			return nil, a.fail(pgerr.AmbiguousColumn, name, "common column name \"%s\" appears more than once in %s table", name.Text, side).At(0)
		}
		found = &columns[i]
	}
	if found == nil {
		return nil, a.fail(pgerr.UndefinedColumn, name, "column \"%s\" specified in USING clause does not exist in %s table", name.Text, side).At(0)
	}
	return found, nil
}

// equalColumns compares the two columns and gives their common type.
func (a *analyzer) equalColumns(l, r *visibleColumn, at int) (Expr, pgtypes.OID, error) {
	left, err := a.reference(l, 0, at)
	if err != nil {
		return nil, 0, err
	}
	right, err := a.reference(r, 0, at)
	if err != nil {
		return nil, 0, err
	}
	shared, err := common("JOIN/USING", []typed{{left, at}, {right, at}})
	if err != nil {
		return nil, 0, err
	}
	cond, err := a.binary("=", left, right, at)
	return cond, shared, err
}
