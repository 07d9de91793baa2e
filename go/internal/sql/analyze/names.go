package analyze

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/sql/parse"
)

// valuesColumn names the columns of VALUES.
func valuesColumn(i int) string { return "column" + strconv.Itoa(i+1) }

// columnName is the name that PostgreSQL gives a select item without AS.
func columnName(e parse.Expr) string {
	name, _ := nameOf(e)
	if name == "" {
		return "?column?"
	}
	return name
}

// nameOf gives a name and how good it is: a type's or CASE's own name (1) gives way to a name from inside (2).
func nameOf(e parse.Expr) (string, int) {
	switch n := e.(type) {
	case *parse.ColumnRef:
		if len(n.Parts) > 0 && !n.Star {
			return n.Parts[len(n.Parts)-1], 2
		}
	case *parse.Indirection:
		for i := len(n.Path) - 1; i >= 0; i-- {
			if n.Path[i].Field != "" {
				return n.Path[i].Field, 2
			}
		}
		return nameOf(n.Arg)
	case *parse.FuncCall:
		return n.Name[len(n.Name)-1], 2
	case *parse.Cast:
		if name, good := nameOf(n.Arg); good > 1 {
			return name, good
		}
		return n.Type.Names[len(n.Type.Names)-1], 1
	case *parse.Collate:
		return nameOf(n.Arg)
	case *parse.Case:
		if n.Else != nil {
			if name, good := nameOf(n.Else); good > 1 {
				return name, good
			}
		}
		return "case", 1
	case *parse.Subquery:
		return subqueryName(n.Query), 2
	}
	return fixedName(e)
}

// fixedName names the constructs that have a name of their own.
func fixedName(e parse.Expr) (string, int) {
	switch n := e.(type) {
	case *parse.SQLValue:
		return strings.ToLower(n.Name), 2
	case *parse.Coalesce:
		return "coalesce", 2
	case *parse.NullIf:
		return "nullif", 2
	case *parse.MinMax:
		if n.Greatest {
			return "greatest", 2
		}
		return "least", 2
	case *parse.GroupingCall:
		return "grouping", 2
	case *parse.Exists:
		return "exists", 2
	case *parse.Array, *parse.ArrayQuery:
		return "array", 2
	case *parse.Row:
		return "row", 2
	case *parse.MergeAction:
		return "merge_action", 2
	}
	return "", 0
}

// subqueryName is the name of a scalar subquery's only column.
func subqueryName(q *parse.Select) string {
	switch b := q.Body.(type) {
	case *parse.SelectCore:
		if len(b.Targets) == 0 {
			return ""
		}
		if b.Targets[0].Name != "" {
			return b.Targets[0].Name
		}
		name, _ := nameOf(b.Targets[0].Expr)
		return name
	case *parse.Values:
		return valuesColumn(0)
	case *parse.SetOp:
		return subqueryName(b.Left)
	}
	return ""
}
