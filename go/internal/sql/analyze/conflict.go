package analyze

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/parse"
)

// excludedLabel names the row that could not be inserted (PostgreSQL docs, "INSERT", ON CONFLICT Clause).
const excludedLabel = "excluded"

// conflict analyzes ON CONFLICT; s sees the target table.
func (a *analyzer) conflict(n *parse.Conflict, ins *Insert, s *scope) (*Conflict, error) {
	if n == nil {
		return nil, nil
	}
	out := &Conflict{Update: n.Update, At: a.pos(n)}
	var err error
	if out.Columns, err = a.arbiter(n, ins.Table.Table); err != nil {
		return nil, err
	}
	if !n.Update {
		return out, nil
	}
	if out.Columns == nil {
		return nil, a.fail(pgerr.SyntaxError, n, "ON CONFLICT DO UPDATE requires inference specification or constraint name").
			WithHint("For example, ON CONFLICT (column_name).")
	}
	t := ins.Table.Table
	excluded := &Relation{Label: excludedLabel, Table: t, Columns: tableColumns(t), At: a.pos(n)}
	tables, err := a.relation(excluded, nil, "")
	if err != nil {
		return nil, err
	}
	at := s.with("ON CONFLICT", false, false)
	at.tables = append(append([]*visible(nil), s.tables...), tables...)
	if out.Set, err = a.assignments(n.Set, t, at.with("UPDATE", false, false)); err != nil {
		return nil, err
	}
	out.Where, err = a.condition(n.Where, at.with("WHERE", false, false), "WHERE")
	return out, err
}

// arbiter finds the columns of the unique key that ON CONFLICT names; nil when it names none.
func (a *analyzer) arbiter(n *parse.Conflict, t *schema.Table) ([]int, error) {
	if n.Constraint != nil {
		for i := range t.Keys {
			if k := &t.Keys[i]; k.Kind != schema.ForeignKey && strings.EqualFold(k.Name, n.Constraint.Text) {
				return columnIndexes(t, k.Columns), nil
			}
		}
		return nil, pgerr.New(pgerr.UndefinedObject, "constraint \"%s\" for table \"%s\" does not exist", n.Constraint.Text, strings.ToLower(t.Name))
	}
	if n.Keys == nil {
		return nil, nil
	}
	if n.KeysWhere != nil {
		return nil, a.notBuilt(n.KeysWhere, "ON CONFLICT … WHERE")
	}
	var names []string
	for _, k := range n.Keys {
		if k.Column == "" {
			return nil, a.notBuilt(k, "an expression in ON CONFLICT")
		}
		names = append(names, k.Column)
		if columnIndexes(t, names[len(names)-1:]) == nil {
			return nil, a.fail(pgerr.UndefinedColumn, k, "column \"%s\" does not exist", k.Column)
		}
	}
	for i := range t.Keys {
		if k := &t.Keys[i]; k.Kind != schema.ForeignKey && sameNames(k.Columns, names) {
			return columnIndexes(t, k.Columns), nil
		}
	}
	return nil, pgerr.New(pgerr.InvalidColumnReference, "there is no unique or exclusion constraint matching the ON CONFLICT specification")
}

func columnIndexes(t *schema.Table, names []string) []int {
	var out []int
	for _, name := range names {
		for i := range t.Columns {
			if strings.EqualFold(t.Columns[i].Name, name) {
				out = append(out, i)
			}
		}
	}
	return out
}

// sameNames compares two sets of names.
func sameNames(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for _, x := range a {
		found := false
		for _, y := range b {
			found = found || strings.EqualFold(x, y)
		}
		if !found {
			return false
		}
	}
	return true
}
