package irissql

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
)

// over prints what stands in OVER ( … ).
func (p *Printer) over(n *analyze.Window) (Fragment, error) {
	var out []Fragment
	if len(n.Partition) > 0 {
		keys := make([]Fragment, len(n.Partition))
		for i, e := range n.Partition {
			f, err := p.groupKey(e)
			if err != nil {
				return f, err
			}
			keys[i] = f
		}
		out = append(out, fill("PARTITION BY @", join(keys, ", ")))
	}
	if len(n.OrderBy) > 0 {
		var keys []Fragment
		for _, k := range n.OrderBy {
			parts, err := p.sortKey(k)
			if err != nil {
				return Fragment{}, err
			}
			for _, part := range parts {
				keys = append(keys, part.ordered())
			}
		}
		if len(keys) > 0 { // constants order nothing
			out = append(out, fill("ORDER BY @", join(keys, ", ")))
		}
	}
	frame, err := p.frame(n)
	if err != nil {
		return Fragment{}, err
	}
	if frame != "" {
		out = append(out, text(frame))
	}
	return join(out, " "), nil
}

// uniqueOrder reports that no two rows of a partition have the same order: it goes by a unique key of the only table, or
// by all that is grouped by. Then a row has no peers, and PostgreSQL's default frame is one of ROWS.
func (p *Printer) uniqueOrder(n *analyze.Window) bool {
	b := p.current
	if b == nil {
		return false
	}
	keys := append([]analyze.Expr(nil), n.Partition...)
	for _, k := range n.OrderBy {
		keys = append(keys, k.Expr)
	}
	for i := range keys {
		keys[i] = p.resolve(keys[i])
	}
	if len(b.s.GroupBy) > 0 {
		return coversGroups(p, b.s.GroupBy, keys)
	}
	if b.table == nil || b.table.Table == nil {
		return false
	}
	fixed := map[string]bool{}
	for _, e := range keys {
		if c, ok := bare(e).(*analyze.Column); ok && c.Rel == b.table && !p.mayBeNull(c) {
			fixed[strings.ToLower(c.Rel.Table.Columns[c.Index].Name)] = true
		}
	}
	for _, k := range b.table.Table.Keys {
		if k.Kind != schema.ForeignKey && len(k.Columns) > 0 && all(k.Columns, fixed) {
			return true
		}
	}
	return false
}

func coversGroups(p *Printer, groups, keys []analyze.Expr) bool {
	for _, g := range groups {
		found := false
		for _, k := range keys {
			found = found || same(p.resolve(g), k)
		}
		if !found {
			return false
		}
	}
	return true
}

// holdsCurrent reports a frame that has the current row in it.
func holdsCurrent(f *analyze.Frame) bool {
	return (strings.HasSuffix(f.Start.Kind, "PRECEDING") || f.Start.Kind == "CURRENT ROW") &&
		(f.End.Kind == "" || strings.HasSuffix(f.End.Kind, "FOLLOWING") || f.End.Kind == "CURRENT ROW")
}

// frame prints the frame. PostgreSQL's default frame takes a row's peers in, which IRIS documents for no frame, so a
// function that looks at its frame needs ROWS when there is an order.
func (p *Printer) frame(n *analyze.Window) (string, error) {
	if rankFunctions[n.Func.Name] || n.Func.Name == "lag" || n.Func.Name == "lead" {
		return "", nil
	}
	f := n.Frame
	switch {
	case f == nil && len(n.OrderBy) == 0:
		return "", nil
	case f == nil && n.Func.Name == "first_value":
		return "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW", nil
	case f == nil && p.uniqueOrder(n):
		return "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW", nil
	case f == nil:
		return "", p.refuse(n.Pos(), describe(n)+" with ORDER BY and without a ROWS frame")
	case n.Func.Name == "count" && !holdsCurrent(f):
		return "", p.refuse(f.At, "count() over a frame that may be empty")
	case f.Mode != "ROWS" || f.Exclude != "":
		return "", p.refuse(f.At, "a window frame other than ROWS")
	}
	start, err := p.bound(f.Start, f.At)
	if err != nil {
		return "", err
	}
	end, err := p.bound(f.End, f.At)
	if f.End.Kind == "" {
		end = "CURRENT ROW"
	}
	return "ROWS BETWEEN " + start + " AND " + end, err
}

func (p *Printer) bound(b analyze.Bound, at int) (string, error) {
	if b.Offset == nil {
		return b.Kind, nil
	}
	if !rowless(b.Offset) {
		return "", p.refuse(at, "a frame offset that is no constant")
	}
	a, err := p.argument(b.Offset)
	if err != nil {
		return "", err
	}
	i, ok := a.Const.Int64()
	if a.Param != 0 || a.Eval != nil || !ok || i < 0 {
		return "", p.refuse(at, "a frame offset that is no constant")
	}
	return strconv.FormatInt(i, 10) + " " + b.Kind, nil
}
