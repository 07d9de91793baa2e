package irissql

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/sql/analyze"
)

// names gives relations their aliases, which are different from each other in the whole statement. IRIS compares names
// without case.
type names struct {
	used    map[string]bool
	aliases map[*analyze.Relation]string
	// reserved are the columns' names: an alias that ORDER BY uses must not be one of them (SQLCODE -24).
	reserved map[string]bool
	// columns are the aliases of the select items of derived tables, by relation.
	columns map[*analyze.Relation][]string
}

func newNames() names {
	return names{
		used:     map[string]bool{},
		aliases:  map[*analyze.Relation]string{},
		reserved: map[string]bool{},
		columns:  map[*analyze.Relation][]string{},
	}
}

// alias gives the relation's alias, choosing it on the first call.
func (n *names) alias(r *analyze.Relation) string {
	if a, ok := n.aliases[r]; ok {
		return a
	}
	a := unused(r.Label, "t", n.used, nil)
	n.aliases[r] = a
	return a
}

// fresh makes an alias for a derived table of the printer's own.
func (n *names) fresh(prefix string) string { return unused("", prefix, n.used, nil) }

// derived notes the columns of a derived table.
func (n *names) derived(r *analyze.Relation, columns []string) {
	n.columns[r] = columns
	for _, c := range columns {
		n.reserved[strings.ToLower(c)] = true
	}
}

// unused makes a name from a wish that is in none of the sets, and puts it into the first; what IRIS does not take as a
// name becomes a numbered one.
func unused(wish, otherwise string, used, reserved map[string]bool) string {
	name, plain := wish, plainName(wish)
	if !plain {
		name = otherwise
	}
	for i := 1; ; i++ {
		try := name
		if i > 1 || !plain {
			try = name + "_" + strconv.Itoa(i)
		}
		key := strings.ToLower(try)
		if !used[key] && !reserved[key] {
			used[key] = true
			return try
		}
	}
}

// plainName reports a name that can stand as an alias as it is. IRIS forbids some punctuation in delimited names, and
// limits them to 128 characters (IRIS docs, "Identifiers").
func plainName(s string) bool {
	if s == "" || len(s) > 60 {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != "_"
}

// reserve keeps the names of a relation's columns free, so that an alias in ORDER BY is never taken for a column.
func (n *names) reserve(r *analyze.Relation) {
	if r.Table == nil {
		return
	}
	for i := range r.Table.Columns {
		n.reserved[strings.ToLower(r.Table.Columns[i].Name)] = true
	}
}
