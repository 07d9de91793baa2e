package sqlrun

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
)

// accessPath finds rows of a table without reading it whole: by RowID, or by the first columns of an index.
type accessPath struct {
	index   *indexDef // nil: by RowID
	keys    []evaluator
	list    []evaluator // instead of keys: any of these values of the RowID or the index's only column used
	folds   []collator
	refs    sourceSet
	quality int
}

// dependsOn reports that the path needs values of rows in set.
func (a *accessPath) dependsOn(set sourceSet) bool { return a != nil && a.refs&set != 0 }

// wanted are the values that conditions ask of a column.
type wanted struct {
	equal bound.Expr
	list  []bound.Expr
	refs  sourceSet
}

// path chooses how to find the rows of a table source, given the rows of done; nil: read it whole.
func (p *joinPlanner) path(s *bound.Scan, done sourceSet, conds []conjunct) *accessPath {
	src := p.sources[s.Source]
	if src.Kind != bound.TableSource || src.Table == nil {
		return nil
	}
	t, ok := src.Table.Object.(*tableDef)
	if !ok || t.IsView {
		return nil
	}
	want := p.wantedOf(s.Source, src, done, conds)
	if len(want) == 0 {
		return nil
	}
	best := p.byRowID(t, want)
	for _, ix := range t.Indexes {
		if a := p.byIndex(t, ix, want); a != nil && (best == nil || a.quality > best.quality) {
			best = a
		}
	}
	return best
}

// wantedOf collects, by column, the conditions col = x and col IN (x, …) whose x are known by then. A condition under
// another collation than the column's can't use the column's index.
func (p *joinPlanner) wantedOf(source int, src *bound.Source, done sourceSet, conds []conjunct) map[int]wanted {
	want := map[int]wanted{}
	usable := func(x bound.Expr, c sqltype.Collation) (int, bool) {
		ref, ok := x.(*bound.ColumnRef)
		if !ok || ref.Depth != 0 || ref.Source != source {
			return 0, false
		}
		return ref.Index, src.Columns[ref.Index].Collation == c
	}
	for _, c := range conds {
		switch x := c.cond.(type) {
		case *bound.Compare:
			if x.Op != irissql.Equal {
				continue
			}
			for _, side := range [2][2]bound.Expr{{x.L, x.R}, {x.R, x.L}} {
				if at, ok := usable(side[0], x.Collation); ok && exprRefs(side[1]).within(done) {
					want[at] = wanted{equal: side[1], refs: exprRefs(side[1])}
					break
				}
			}
		case *bound.In:
			if at, ok := usable(x.X, x.Collation); ok && refsOf(x.List...).within(done) {
				if _, taken := want[at]; !taken {
					want[at] = wanted{list: x.List, refs: refsOf(x.List...)}
				}
			}
		}
	}
	return want
}

// byRowID is a lookup by RowID.
func (p *joinPlanner) byRowID(t *tableDef, want map[int]wanted) *accessPath {
	for at, w := range want {
		if t.columnAt(at) == t.RowID {
			a := &accessPath{quality: 100}
			p.use(a, w, sqltype.NoCollation)
			return a
		}
	}
	return nil
}

// byIndex is a lookup by as many leading columns of an index as have a wanted value.
func (p *joinPlanner) byIndex(t *tableDef, ix *indexDef, want map[int]wanted) *accessPath {
	if ix.Kind == hnswIndex || ix.Kind == extentIndex {
		return nil
	}
	a := &accessPath{index: ix}
	for i, name := range ix.Columns {
		col := t.column(name)
		w, ok := want[t.place(col)]
		if !ok || w.list != nil && i > 0 {
			break
		}
		p.use(a, w, col.Collation)
		a.quality += 10
		if w.list != nil {
			break
		}
	}
	if a.quality == 0 {
		return nil
	}
	if ix.Unique && len(a.keys) == len(ix.Columns) {
		a.quality = 90
	}
	return a
}

func (p *joinPlanner) use(a *accessPath, w wanted, c sqltype.Collation) {
	a.refs |= w.refs
	a.folds = append(a.folds, collatorFor(c))
	if w.list != nil {
		a.list = p.c.exprs(w.list)
		return
	}
	a.keys = append(a.keys, p.c.expr(w.equal))
}
