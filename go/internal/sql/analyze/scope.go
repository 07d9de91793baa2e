package analyze

import (
	"slices"
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// scope is what names can refer to at one query level.
type scope struct {
	parent *scope // the level around it
	tables []*visible
	ctes   []*CTE
	// hidden are tables that are there but may not be referred to from here, for PostgreSQL's hint.
	hidden []*visible
	// lateral: the hidden tables could be referred to if the subquery were LATERAL.
	lateral bool
	// later are the names of WITH queries that follow, for PostgreSQL's hint.
	later []string
	// level collects what the level's expressions contain.
	level *level
	// clause is where the expression in hand stands, for messages: WHERE, GROUP BY …
	clause string
	// lists marks the places where aggregates and windows may stand.
	aggregates, windows bool
	// inAggregate and inWindow are set inside their arguments.
	inAggregate, inWindow bool
	named                 []parse.WindowDef
}

// level is shared by all scopes of one SELECT.
type level struct {
	hasAggs, hasWindows bool
}

// visible is a table, subquery or join in a namespace.
type visible struct {
	label  string
	schema string // of a table without an alias: schema.table.column finds it
	// byLabel: label.column works; bare: its columns are found without a label and are part of *.
	byLabel, bare bool
	// sideOfOuter: a LATERAL item on the other side of a RIGHT or FULL join may not refer to it.
	sideOfOuter bool
	rel         *Relation // nil for a join
	columns     []visibleColumn
}

// visibleColumn is a column with the expression behind it, made for each reference.
type visibleColumn struct {
	name   string
	rel    *Relation
	index  int
	merged []visibleColumn // of FULL JOIN … USING: COALESCE of both
	// as is the common type of a column that JOIN … USING merges of two types; 0 otherwise.
	as pgtypes.OID
}

// empty is the scope of a query that sees only what is around s: a subquery in FROM, a CTE.
func (s *scope) empty() *scope {
	if s == nil {
		return nil
	}
	return &scope{parent: s.parent, ctes: s.ctes, level: s.level, clause: s.clause}
}

// with is the scope at a clause of its query.
func (s *scope) with(clause string, aggregates, windows bool) *scope {
	c := *s
	c.clause, c.aggregates, c.windows = clause, aggregates, windows
	return &c
}

// cte finds a WITH query by name.
func (s *scope) cte(name string) *CTE {
	for ; s != nil; s = s.parent {
		for i := len(s.ctes) - 1; i >= 0; i-- {
			if s.ctes[i].Name == name {
				return s.ctes[i]
			}
		}
	}
	return nil
}

// comesLater reports a WITH query that is defined behind the place in hand.
func (s *scope) comesLater(name string) bool {
	for ; s != nil; s = s.parent {
		if slices.Contains(s.later, name) {
			return true
		}
	}
	return false
}

// column resolves a column reference.
func (a *analyzer) column(n *parse.ColumnRef, s *scope) (Expr, error) {
	if n.Star && len(n.Parts) > 0 {
		return nil, a.notBuilt(n, "the whole-row reference "+dotted(n.Parts)+".*")
	}
	if n.Star {
		return nil, a.fail(pgerr.SyntaxError, n, "row expansion via \"*\" is not supported here")
	}
	switch len(n.Parts) {
	case 1:
		return a.bareColumn(n, s)
	case 2:
		return a.labelled(n, s, "", n.Parts[0], n.Parts[1])
	case 3:
		return a.labelled(n, s, n.Parts[0], n.Parts[1], n.Parts[2])
	case 4:
		return nil, a.fail(pgerr.FeatureNotSupported, n, "cross-database references are not implemented: %s", dotted(n.Parts))
	}
	return nil, a.fail(pgerr.SyntaxError, n, "improper qualified name (too many dotted names): %s", dotted(n.Parts))
}

// bareColumn looks for a name in the innermost level that has it.
func (a *analyzer) bareColumn(n *parse.ColumnRef, s *scope) (Expr, error) {
	name := n.Parts[0]
	up := 0
	for at := s; at != nil; at, up = at.parent, up+1 {
		var found *visibleColumn
		var from *visible
		for _, t := range at.tables {
			if !t.bare {
				continue
			}
			for i := range t.columns {
				if !strings.EqualFold(t.columns[i].name, name) {
					continue
				}
				if found != nil {
					return nil, a.fail(pgerr.AmbiguousColumn, n, "column reference \"%s\" is ambiguous", name)
				}
				found, from = &t.columns[i], t
			}
		}
		if found != nil {
			if from.sideOfOuter {
				return nil, a.notLateral(n, from)
			}
			return a.reference(found, up, a.pos(n))
		}
	}
	for at := s; at != nil; at = at.parent {
		for _, t := range at.tables {
			if t.byLabel && t.label == name {
				return nil, a.notBuilt(n, "the whole-row reference "+name)
			}
		}
	}
	if systemColumns[name] && s != nil && len(s.tables) > 0 {
		return nil, a.notBuilt(n, "the system column "+name)
	}
	return nil, a.noColumn(n, s, "", name)
}

// systemColumns are PostgreSQL's hidden columns (PostgreSQL docs, "System Columns").
var systemColumns = map[string]bool{"ctid": true, "xmin": true, "xmax": true, "cmin": true, "cmax": true, "tableoid": true}

// labelled looks for table.column.
func (a *analyzer) labelled(n *parse.ColumnRef, s *scope, schema, label, name string) (Expr, error) {
	t, up, err := a.table(n, s, schema, label)
	if err != nil {
		return nil, err
	}
	for i := range t.columns {
		if strings.EqualFold(t.columns[i].name, name) {
			return a.reference(&t.columns[i], up, a.pos(n))
		}
	}
	if systemColumns[name] {
		return nil, a.notBuilt(n, "the system column "+name)
	}
	return nil, a.noColumn(n, s, label, name)
}

// table finds a FROM item by its label.
func (a *analyzer) table(n parse.Node, s *scope, schema, label string) (*visible, int, error) {
	up := 0
	for at := s; at != nil; at, up = at.parent, up+1 {
		var found *visible
		for _, t := range at.tables {
			if !t.byLabel || t.label != label || schema != "" && !strings.EqualFold(t.schema, a.schemaName(schema)) {
				continue
			}
			if found != nil {
				return nil, 0, a.fail("42P09", n, "table reference \"%s\" is ambiguous", label)
			}
			found = t
		}
		if found != nil {
			if found.sideOfOuter {
				return nil, 0, a.notLateral(n, found)
			}
			return found, up, nil
		}
	}
	return nil, 0, a.missing(n, s, label)
}

// notLateral refuses a LATERAL reference over an outer join.
func (a *analyzer) notLateral(n parse.Node, t *visible) error {
	return a.fail(pgerr.InvalidColumnReference, n, "invalid reference to FROM-clause entry for table \"%s\"", t.label).
		WithDetail("The combining JOIN type must be INNER or LEFT for a LATERAL reference.")
}

// missing says that a label is unknown, with PostgreSQL's explanation where it is there but out of reach.
func (a *analyzer) missing(n parse.Node, s *scope, label string) error {
	for at := s; at != nil; at = at.parent {
		for _, t := range at.hidden {
			if t.label == label {
				err := a.fail(pgerr.UndefinedTable, n, "invalid reference to FROM-clause entry for table \"%s\"", label).
					WithDetail("There is an entry for table \"%s\", but it cannot be referenced from this part of the query.", label)
				if at.lateral {
					err = err.WithHint("To reference that table, you must mark this subquery with LATERAL.")
				}
				return err
			}
		}
		for _, t := range at.tables {
			if t.rel != nil && t.rel.Table != nil && t.label != label && strings.EqualFold(t.rel.Table.Name, label) {
				return a.fail(pgerr.UndefinedTable, n, "invalid reference to FROM-clause entry for table \"%s\"", label).
					WithHint("Perhaps you meant to reference the table alias \"%s\".", t.label)
			}
		}
	}
	return a.fail(pgerr.UndefinedTable, n, "missing FROM-clause entry for table \"%s\"", label)
}

// reference makes the expression of a column.
func (a *analyzer) reference(c *visibleColumn, up, at int) (Expr, error) {
	if c.merged != nil {
		list := make([]typed, len(c.merged))
		for i := range c.merged {
			e, err := a.reference(&c.merged[i], up, at)
			if err != nil {
				return nil, err
			}
			list[i] = typed{e, at}
		}
		args, t, err := a.unify("JOIN/USING", list)
		if err != nil {
			return nil, err
		}
		return &Variadic{Node{t, at}, "coalesce", args}, nil
	}
	e := &Column{Node{c.rel.Columns[c.index].Type, at}, c.rel, c.index, up}
	if c.as != 0 && c.as != e.Typ.OID {
		return a.coerce(e, c.as, implicitCast)
	}
	return e, nil
}

// schemaName maps a PostgreSQL schema name to IRIS's.
func (a *analyzer) schemaName(name string) string {
	if name == "public" && a.opts.Public != "" {
		return a.opts.Public
	}
	return name
}
