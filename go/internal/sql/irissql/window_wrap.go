package irissql

import "iris-pgwire/internal/sql/analyze"

// wrapWindows makes the rows a derived table when a window function is over more than a field: what it is over becomes
// a column there, and so does every column that the query uses.
func (b *build) wrapWindows() error {
	p := b.p
	var windows []*analyze.Window
	var columns []analyze.Expr
	subquery := false
	for _, e := range b.expressions() {
		contains(expandAverages(p.resolve(e)), func(x analyze.Expr) bool {
			switch n := x.(type) {
			case *analyze.Window:
				windows = append(windows, n)
			case *analyze.Column:
				columns = append(columns, n)
			case *analyze.Subquery:
				subquery = true
			}
			return false
		})
	}
	var args []analyze.Expr
	for _, n := range windows {
		if e := windowField(n); e != nil {
			args = append(args, e)
		}
	}
	if len(args) == 0 || subquery {
		return nil
	}
	return b.wrap(append(columns, args...), "w")
}

// windowField is what a window aggregate is over when that is no field; nil for everything else.
func windowField(n *analyze.Window) analyze.Expr {
	switch {
	case len(n.Partition) == 0 && len(n.OrderBy) == 0 && n.Frame == nil:
		return nil
	case n.Func.Name == "count":
		return countedAs(n)
	case windowAggregates[n.Func.Name] && len(n.Args) == 1 && !tableColumn(n.Args[0]):
		return n.Args[0]
	}
	return nil
}

// wrap makes a derived table of the expressions; each of them is a column of it from then on.
func (b *build) wrap(list []analyze.Expr, wish string) error {
	p := b.p
	inner := b.l
	var atoms []standIn
	for _, e := range list {
		if stands(atoms, e) {
			continue
		}
		f, err := p.aggregated(e)
		if err != nil {
			return err
		}
		atoms = append(atoms, standIn{e, f})
		inner.push(p, e, f, wish)
	}
	outer, _ := p.derive(inner, tail{})
	for i, a := range atoms {
		p.standIns = append(p.standIns, standIn{a.expr, outer.items[i].frag})
	}
	outer.items, outer.aliases = nil, nil
	b.l = outer
	return nil
}

func stands(list []standIn, e analyze.Expr) bool {
	for _, a := range list {
		if same(a.expr, e) {
			return true
		}
	}
	return false
}
