package bound

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
)

// orderBy binds the ORDER BY of a Select: aliases and position numbers of its items, or expressions over its rows. What
// is constant, and so parameters and subqueries, is ignored (IRIS docs, "ORDER BY").
func (b *binder) orderBy(s *scope, out *Query, list []irissql.OrderItem) {
	for _, it := range list {
		k, ok := b.orderKey(s, out, it.X)
		if !ok {
			continue
		}
		k.Desc = it.Desc
		out.OrderBy = append(out.OrderBy, k)
	}
}

func (b *binder) orderKey(s *scope, out *Query, in irissql.Expr) (Key, bool) {
	switch x := in.(type) {
	case *irissql.Number:
		if b.inParens(x.Pos) {
			return Key{}, false
		}
		return b.byPosition(out, x), true
	case *irissql.Aggregate:
		b.fail(x.Pos, -73, "Aggregate %s in ORDER BY: name the select item instead", x.Name)
	case *irissql.Column:
		if i := b.aliasNamed(out, x); i >= 0 {
			return b.outputKey(out, i, x.Pos), true
		}
	}
	x, constant := b.perRow(s, in)
	if constant {
		return Key{}, false
	}
	if s.sel.Distinct || len(s.sel.DistinctBy) > 0 {
		return b.distinctKey(s, out, x, in.At()), true
	}
	return b.key(x, in.At()), true
}

// distinctKey takes an ORDER BY expression of a DISTINCT query from the select list, where it has to be.
func (b *binder) distinctKey(s *scope, out *Query, x Expr, at irissql.Pos) Key {
	if ref, ok := x.(*ColumnRef); ok {
		for i, item := range s.sel.Items {
			if other, ok := item.(*ColumnRef); ok && *other == *ref {
				return b.outputKey(out, i, at)
			}
		}
	}
	b.fail(at, -6, "ORDER BY column not in the select list of SELECT DISTINCT")
	return Key{}
}

// byPosition is ORDER BY 2; -5 if there is no such item.
func (b *binder) byPosition(out *Query, n *irissql.Number) Key {
	place := 0
	for _, c := range n.Text {
		if c < '0' || c > '9' || place > len(out.Columns) {
			place = 0
			break
		}
		place = place*10 + int(c-'0')
	}
	if place < 1 || place > len(out.Columns) {
		b.fail(n.Pos, -5, "ORDER BY column number %s is not in the select list", n.Text)
	}
	return b.outputKey(out, place-1, n.Pos)
}

// outputKey orders by a result column.
func (b *binder) outputKey(out *Query, i int, at irissql.Pos) Key {
	return b.key(&OutputRef{out.Columns[i].Info, i}, at)
}

// aliasNamed finds the select item of an alias, -1 if there is none; two of one name are ambiguous (-24).
func (b *binder) aliasNamed(out *Query, c *irissql.Column) int {
	found := -1
	for i := range out.Columns {
		if c.Table != "" || !out.Columns[i].Aliased || !strings.EqualFold(out.Columns[i].Label, c.Name) {
			continue
		}
		if found >= 0 {
			b.fail(c.Pos, -24, "Ambiguous sort column '%s'", strings.ToUpper(c.Name))
		}
		found = i
	}
	return found
}

// inParens reports an opening parenthesis directly before a place of the text: ORDER BY (1) is a constant, no position.
func (b *binder) inParens(at irissql.Pos) bool {
	before := strings.TrimRight(b.text[:at], " \t\r\n")
	return strings.HasSuffix(before, "(")
}
