package irissql

import (
	"iris-pgwire/internal/sql/analyze"
)

// level is one SELECT that is being put together.
type level struct {
	distinct bool
	items    []item
	from     Fragment
	where    Fragment
	group    []Fragment
	having   Fragment
	// aliases are those of the items, in lower case.
	aliases map[string]bool
}

// item is one select item. expr is what it computes, so that it is selected once only; nil for helpers.
type item struct {
	expr  analyze.Expr
	frag  Fragment
	alias string
}

// tail is what stands around the items: TOP in front, ORDER BY and LIMIT behind.
type tail struct {
	top   Fragment
	order []Fragment
	limit Fragment
}

// add gives the index of a select item, which is made if there is none like it yet.
func (l *level) add(p *Printer, e analyze.Expr, f Fragment, wish string) int {
	for i := range l.items {
		it := &l.items[i]
		if it.frag.sql == f.sql && (len(f.args) == 0 || e != nil && it.expr != nil && same(it.expr, e)) {
			return i
		}
	}
	return l.push(p, e, f, wish)
}

// push adds a select item in any case.
func (l *level) push(p *Printer, e analyze.Expr, f Fragment, wish string) int {
	if l.aliases == nil {
		l.aliases = map[string]bool{}
	}
	reserved := p.names.reserved
	if isColumnText(f.sql) {
		reserved = nil // ORDER BY names such a column itself, never by the alias
	}
	l.items = append(l.items, item{expr: e, frag: f, alias: unused(wish, "c", l.aliases, reserved)})
	return len(l.items) - 1
}

// render prints the SELECT.
func (l *level) render(t tail) Fragment {
	parts := make([]Fragment, 0, 8)
	template := "SELECT "
	put := func(words string, f Fragment) {
		if f.sql != "" {
			template += words
			parts = append(parts, f)
		}
	}
	if l.distinct {
		template += "DISTINCT "
	}
	put("@ ", t.top)
	items := make([]Fragment, len(l.items))
	for i, it := range l.items {
		items[i] = fill("@ AS "+quote(it.alias), it.frag)
	}
	put("@", join(items, ", "))
	put(" FROM @", l.from)
	put(" WHERE @", l.where)
	put(" GROUP BY @", join(l.group, ", "))
	put(" HAVING @", l.having)
	put(" ORDER BY @", join(t.order, ", "))
	put(" @", t.limit)
	return fill(template, parts...)
}

// derive makes a derived table of a level and gives a new level over it with the same items under the same aliases.
func (p *Printer) derive(l *level, t tail) (*level, string) {
	alias := p.names.fresh("q")
	out := &level{from: fill("(@) AS "+quote(alias), l.render(t)), aliases: l.aliases}
	for _, it := range l.items {
		out.items = append(out.items, item{expr: it.expr, frag: text(quote(alias) + "." + quote(it.alias)), alias: it.alias})
	}
	return out, alias
}
