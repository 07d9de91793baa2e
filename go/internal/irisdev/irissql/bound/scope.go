package bound

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
)

// clause is the part of a Select that is being bound: it decides whether aggregates may stand there.
type clause uint8

const (
	fromClause clause = iota
	whereClause
	groupClause
	itemsClause
	havingClause
	orderClause
)

// scope is one Select (or UPDATE or DELETE) while it is bound.
type scope struct {
	sources []*Source
	labels  []label
	// written are the sources in the order of the text: a RIGHT JOIN's operands are numbered the other way round.
	written []int
	// missing marks the sources that an outer join fills with NULLs.
	missing []bool
	// from and to are the sources that can be seen: of an ON condition, the operands of its join.
	from, to int
	// blind: a derived table is being bound, which sees nothing of its own Select.
	blind  bool
	merged []merged
	clause clause
	// sel is nil in UPDATE and DELETE.
	sel         *Select
	inAggregate bool
	inWindow    bool
	// refs counts the references to the scope's columns, plain is set by those outside of aggregates behind GROUP BY.
	refs  int
	plain bool
}

// label is the name that qualifies a source's columns; schema is empty behind an alias.
type label struct{ schema, name string }

// merged is a column that USING or NATURAL made of two.
type merged struct {
	name  string
	at    [][2]int // the columns that it stands for: source and index
	value Expr     // of depth 0
}

// add numbers a source. Two sources may not have one label (-20).
func (b *binder) add(s *scope, src *Source, l label, at irissql.Pos) int {
	for _, other := range s.labels {
		if l.name != "" && strings.EqualFold(l.name, other.name) && (l.schema == "" || other.schema == "" || strings.EqualFold(l.schema, other.schema)) {
			b.fail(at, -20, "Name conflict in the FROM list over label '%s'", strings.ToUpper(l.name))
		}
	}
	s.sources = append(s.sources, src)
	s.labels = append(s.labels, l)
	s.missing = append(s.missing, false)
	s.to = len(s.sources)
	return len(s.sources) - 1
}

// matches reports whether a qualifier names the source.
func (l label) matches(schema, name string) bool {
	return l.name != "" && strings.EqualFold(l.name, name) && (schema == "" || strings.EqualFold(l.schema, schema))
}

// columnNamed gives the places of a source's columns of a name.
func (s *Source) columnNamed(name string) []int {
	var found []int
	for i := range s.Columns {
		if strings.EqualFold(s.Columns[i].Name, name) {
			found = append(found, i)
		}
	}
	return found
}

// mergedNamed finds a column that a join merged.
func (s *scope) mergedNamed(name string) *merged {
	for i := range s.merged {
		if strings.EqualFold(s.merged[i].name, name) {
			return &s.merged[i]
		}
	}
	return nil
}

// isMerged reports that a source's column is one of those that a join merged.
func (s *scope) isMerged(source, index int) bool {
	for _, m := range s.merged {
		for _, at := range m.at {
			if at == [2]int{source, index} {
				return true
			}
		}
	}
	return false
}

// allowsAggregates reports the clauses where an aggregate may stand.
func (s *scope) allowsAggregates() bool {
	return s.sel != nil && (s.clause == itemsClause || s.clause == havingClause) && !s.inAggregate
}
