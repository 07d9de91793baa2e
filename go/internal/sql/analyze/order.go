package analyze

import (
	"strconv"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// orderBy analyzes the ORDER BY of a SELECT: output names first, then positions, then expressions (PostgreSQL docs,
// "SELECT", ORDER BY Clause).
func (a *analyzer) orderBy(list []parse.SortBy, s *scope, sel *Select, q *Query) ([]SortKey, error) {
	var out []SortKey
	for _, n := range list {
		e, err := a.outputNamed(n.Expr, sel, q, "ORDER BY")
		if err == nil && e == nil {
			e, err = a.listed(n.Expr, s, sel, q, "ORDER BY")
		}
		if err != nil {
			return nil, err
		}
		key, err := a.sortKey(&n, e)
		if err != nil {
			return nil, err
		}
		out = append(out, key)
	}
	return out, nil
}

// outputNamed finds a bare name among the output columns; nil when it is none of them.
func (a *analyzer) outputNamed(n parse.Expr, sel *Select, q *Query, clause string) (Expr, error) {
	ref, ok := n.(*parse.ColumnRef)
	if !ok || len(ref.Parts) != 1 || ref.Star {
		return nil, nil
	}
	var found Expr
	for i, c := range q.Columns {
		if c.Name != ref.Parts[0] {
			continue
		}
		if found != nil && !Same(found, sel.Targets[i].Expr) {
			return nil, a.fail(pgerr.AmbiguousColumn, ref, "%s \"%s\" is ambiguous", clause, c.Name)
		}
		var err error
		if found, err = a.settleTarget(i, sel, q); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// listed analyzes an item of ORDER BY, GROUP BY or DISTINCT ON: a position in the select list, or an expression.
func (a *analyzer) listed(n parse.Expr, s *scope, sel *Select, q *Query, clause string) (Expr, error) {
	if i, ok, err := a.position(n, len(q.Columns), clause); err != nil || ok {
		if err != nil {
			return nil, err
		}
		return a.settleTarget(i, sel, q)
	}
	e, err := a.expr(n, s)
	if err != nil {
		return nil, err
	}
	return a.known(e)
}

// position reads an integer constant as the number of an output column; other constants are refused.
func (a *analyzer) position(n parse.Expr, columns int, clause string) (int, bool, error) {
	l, ok := n.(*parse.Literal)
	if !ok {
		return 0, false, nil
	}
	if l.Kind != parse.IntLiteral {
		return 0, false, a.fail(pgerr.SyntaxError, n, "non-integer constant in %s", clause)
	}
	i, err := strconv.Atoi(l.Text)
	if err != nil || i < 1 || i > columns {
		return 0, false, a.fail(pgerr.InvalidColumnReference, n, "%s position %s is not in select list", clause, l.Text)
	}
	return i - 1, true, nil
}

// unsortable are types without an order in PostgreSQL.
var unsortable = map[pgtypes.OID]bool{pgtypes.JSON: true}

// hasEquality refuses a value of a type without =, which cannot be grouped or made distinct.
func hasEquality(e Expr, at int) error {
	if !unsortable[e.Type().OID] {
		return nil
	}
	return pgerr.New(pgerr.UndefinedFunction, "could not identify an equality operator for type %s", TypeName(e.Type().OID)).At(at)
}

// sortKey adds direction and place of NULLs.
func (a *analyzer) sortKey(n *parse.SortBy, e Expr) (SortKey, error) {
	key := SortKey{Expr: e}
	switch n.Order {
	case parse.SortDesc:
		key.Desc = true
	case parse.SortUsing:
		switch n.Using {
		case "<":
		case ">":
			key.Desc = true
		default:
			return key, a.notBuilt(n, "ORDER BY … USING "+n.Using)
		}
	}
	if unsortable[e.Type().OID] {
		return key, pgerr.New(pgerr.UndefinedFunction, "could not identify an ordering operator for type %s", TypeName(e.Type().OID)).
			WithHint("Use an explicit ordering operator or modify the query.").At(a.leftPos(n.Expr))
	}
	key.NullsFirst = key.Desc
	if n.Nulls != parse.NullsDefault {
		key.NullsFirst = n.Nulls == parse.NullsFirst
	}
	return key, nil
}

// sortKeys analyzes the ORDER BY of a window or an aggregate, where names are those of FROM and numbers are constants.
func (a *analyzer) sortKeys(list []parse.SortBy, s *scope) ([]SortKey, error) {
	var out []SortKey
	for i := range list {
		e, err := a.expr(list[i].Expr, s)
		if err == nil {
			e, err = a.known(e)
		}
		if err != nil {
			return nil, err
		}
		key, err := a.sortKey(&list[i], e)
		if err != nil {
			return nil, err
		}
		out = append(out, key)
	}
	return out, nil
}
