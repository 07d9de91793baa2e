package analyze

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/parse"
)

// maxMisspelling is how many edits PostgreSQL forgives in a column name that it suggests.
const maxMisspelling = 3

// noColumn says that a column is unknown: with the place where it is but can't be reached, or with what may be meant.
func (a *analyzer) noColumn(n parse.Node, s *scope, label, name string) error {
	shown := "\"" + name + "\""
	if label != "" {
		shown = label + "." + name
	}
	err := a.fail(pgerr.UndefinedColumn, n, "column %s does not exist", shown)
	for at := s; at != nil; at = at.parent {
		for _, t := range at.hidden {
			if t.rel == nil || label != "" && label != t.label || !hasName(t, name) {
				continue
			}
			err = err.WithDetail("There is a column named \"%s\" in table \"%s\", but it cannot be referenced from this part of the query.", name, t.label)
			if at.lateral {
				err = err.WithHint("To reference that column, you must mark this subquery with LATERAL.")
			}
			return err
		}
	}
	switch first, second := suggestions(s, label, name); {
	case second != "":
		return err.WithHint("Perhaps you meant to reference the column \"%s\" or the column \"%s\".", first, second)
	case first != "":
		return err.WithHint("Perhaps you meant to reference the column \"%s\".", first)
	}
	return err
}

func hasName(t *visible, name string) bool {
	for i := range t.columns {
		if strings.EqualFold(t.columns[i].name, name) {
			return true
		}
	}
	return false
}

// suggestions are the one or two columns nearest to a name; more than two equally near ones are none.
func suggestions(s *scope, label, name string) (first, second string) {
	best := maxMisspelling + 1
	for at := s; at != nil; at = at.parent {
		for _, t := range append(at.tables[:len(at.tables):len(at.tables)], at.hidden...) {
			if t.rel == nil {
				continue
			}
			penalty := 0
			if label != "" {
				penalty = editDistance(label, t.label)
			}
			for _, c := range t.rel.Columns {
				d := editDistance(strings.ToLower(c.Name), name)
				if d > len(name)/2 || d+penalty > best || d+penalty > maxMisspelling {
					continue
				}
				shown := t.label + "." + strings.ToLower(c.Name)
				switch d += penalty; {
				case d < best:
					best, first, second = d, shown, ""
				case second != "":
					best, first, second = best-1, "", ""
				default:
					second = shown
				}
			}
		}
	}
	return first, second
}

// editDistance is the number of characters to insert, delete or change (Levenshtein).
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			change := diagonal
			if x[i] != y[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
