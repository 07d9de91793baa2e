package bound

import (
	"slices"
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
)

// span is a run of sources: those of one operand of a join.
type span struct{ from, to int }

func (p span) has(source int) bool { return source >= p.from && source < p.to }

// join binds a join. A RIGHT JOIN becomes a LEFT JOIN of its operands the other way round, and so are they numbered.
func (b *binder) join(s *scope, j *irissql.Join) From {
	out := &Join{Kind: j.Kind}
	first, second := j.Left, j.Right
	if j.Kind == irissql.RightJoin {
		out.Kind = irissql.LeftJoin
		first, second = second, first
	}
	start, written := len(s.sources), len(s.written)
	out.Left = b.tableRef(s, first)
	middle, writtenMiddle := len(s.sources), len(s.written)
	out.Right = b.tableRef(s, second)
	left, right := span{start, middle}, span{middle, len(s.sources)}
	if j.Kind == irissql.RightJoin {
		swapRuns(s.written[written:], writtenMiddle-written)
	}
	switch {
	case j.On != nil:
		from, to := s.from, s.to
		s.from, s.to = left.from, right.to
		out.On = b.cond(j.On)
		s.from, s.to = from, to
	case j.Natural || j.Using != nil:
		out.On = b.merge(s, j, out.Kind, left, right)
	}
	if out.Kind == irissql.LeftJoin || out.Kind == irissql.FullJoin {
		s.markMissing(right)
	}
	if out.Kind == irissql.FullJoin {
		s.markMissing(left)
	}
	return out
}

// swapRuns puts the first n members of a list behind the others.
func swapRuns(list []int, n int) {
	head := append([]int(nil), list[:n]...)
	copy(list, list[n:])
	copy(list[len(list)-n:], head)
}

func (s *scope) markMissing(p span) {
	for i := p.from; i < p.to; i++ {
		s.missing[i] = true
	}
}

// merge binds USING and NATURAL: the columns of a name become one. Outer joins merge only two plain tables (IRIS docs,
// "JOIN").
func (b *binder) merge(s *scope, j *irissql.Join, kind irissql.JoinKind, left, right span) Cond {
	if kind != irissql.InnerJoin && (!isTableName(j.Left) || !isTableName(j.Right)) {
		b.fail(j.Pos, -94, "Unsupported use of OUTER JOIN with USING or NATURAL")
	}
	names := j.Using
	if j.Natural {
		names = s.commonNames(left, right)
	}
	var conds []Cond
	for _, n := range names {
		l, r := b.operandColumn(s, left, n), b.operandColumn(s, right, n)
		conds = append(conds, b.compare(n.Pos, irissql.Equal, b.seenMerged(s, 0, &l), b.seenMerged(s, 0, &r)))
		m := merged{name: n.Text, at: append(l.at[:len(l.at):len(l.at)], r.at...), value: l.value}
		if kind == irissql.FullJoin {
			m.value = b.either(n.Pos, l.value, r.value)
		}
		s.replaceMerged(m)
	}
	switch len(conds) {
	case 0:
		return nil
	case 1:
		return conds[0]
	}
	return &And{conds}
}

func isTableName(ref irissql.TableRef) bool {
	_, ok := ref.(*irissql.TableName)
	return ok
}

// commonNames are the visible columns that both operands of a NATURAL JOIN have, in the order of the left one.
func (s *scope) commonNames(left, right span) []irissql.Name {
	var list []irissql.Name
	for i := left.from; i < left.to; i++ {
		for at, c := range s.sources[i].Columns {
			m := s.mergedNamed(c.Name)
			if c.Hidden || m != nil && m.at[0] != [2]int{i, at} || !s.hasVisible(right, c.Name) {
				continue
			}
			list = append(list, irissql.Name{Text: c.Name})
		}
	}
	return list
}

func (s *scope) hasVisible(p span, name string) bool {
	for i := p.from; i < p.to; i++ {
		for _, at := range s.sources[i].columnNamed(name) {
			if !s.sources[i].Columns[at].Hidden {
				return true
			}
		}
	}
	return false
}

// operandColumn finds the one column of a name in an operand, which may be merged already.
func (b *binder) operandColumn(s *scope, p span, n irissql.Name) merged {
	if m := s.mergedNamed(n.Text); m != nil && p.has(m.at[0][0]) {
		return *m
	}
	var found []merged
	for i := p.from; i < p.to; i++ {
		for _, at := range s.sources[i].columnNamed(n.Text) {
			found = append(found, merged{name: n.Text, at: [][2]int{{i, at}}, value: s.ref(0, i, at)})
		}
	}
	switch len(found) {
	case 0:
		b.fail(n.Pos, -29, "Field '%s' not found in the applicable tables", strings.ToUpper(n.Text))
	case 1:
		return found[0]
	}
	b.ambiguous(&irissql.Column{Pos: n.Pos, Name: n.Text})
	return merged{}
}

// replaceMerged adds a merged column in place of those it was made of.
func (s *scope) replaceMerged(m merged) {
	var rest []merged
	for _, old := range s.merged {
		if !slices.Contains(m.at, old.at[0]) {
			rest = append(rest, old)
		}
	}
	s.merged = append(rest, m)
}

// either is the merged column of a FULL JOIN: the value of the side that has a row.
func (b *binder) either(at irissql.Pos, l, r Expr) Expr {
	lt, rt := l.About(), r.About()
	if lt.Type.Kind != rt.Type.Kind || lt.Type.Kind == sqltype.Vector {
		b.fail(at, -94, "Unsupported use of OUTER JOIN: the columns of USING differ in type")
	}
	return &Coalesce{Info{lt.Type, lt.Collation, lt.Nullable && rt.Nullable}, []Expr{l, r}}
}
