package irissql

import (
	"errors"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/analyze"
)

// list prints the select list: the outermost one through outputs, an inner one as it stands.
func (b *build) list() error {
	b.l.distinct = b.distinct
	if b.out != nil {
		b.out.b = b
		for i, t := range b.s.Targets {
			if err := b.out.add(b.p.resolve(t.Expr), b.wish(i)); err != nil {
				return err
			}
		}
		return nil
	}
	for i, t := range b.s.Targets {
		if b.into != nil {
			if err := b.p.storable(b.into[i], b.p.resolve(t.Expr)); err != nil {
				return err
			}
		}
		if err := b.innerItem(b.p.resolve(t.Expr), b.wish(i)); err != nil {
			return err
		}
	}
	return nil
}

// wish is the name that an output column would like as its alias.
func (b *build) wish(i int) string {
	if i < len(b.q.Columns) {
		return b.q.Columns[i].Name
	}
	return ""
}

// innerItem prints an item of an inner query. One that IRIS cannot compute is left out as long as nothing asks for it.
func (b *build) innerItem(e analyze.Expr, wish string) error {
	f, err := b.p.innerValue(e)
	var refused *pgerr.Error
	if errors.As(err, &refused) && refused.Code == pgerr.FeatureNotSupported && !b.distinct {
		b.columns = append(b.columns, "")
		return nil
	}
	if err == nil && b.distinct {
		f, err = b.p.distinctItem(f, e)
	}
	if err != nil {
		return err
	}
	i := b.l.push(b.p, e, f, wish)
	b.columns = append(b.columns, b.l.items[i].alias)
	return nil
}

// innerValue prints a value for an inner query, typed so that the outer one knows what it compares.
func (p *Printer) innerValue(e analyze.Expr) (Fragment, error) {
	strict, compared := p.strict, p.compared
	p.strict, p.compared = false, false
	f, err := p.typed(e, 0)
	p.strict, p.compared = strict, compared
	if err == nil && classOf(e.Type()) == bpcharClass {
		return p.sortable(f, e, false)
	}
	if err == nil && classOf(e.Type()) == otherClass && !tableColumnBelow(e) && !rowless(e) {
		return f, p.refuse(e.Pos(), describe(e))
	}
	return f, err
}

// tableColumnBelow reports a column, also of an inner query, whose value passes through as it is.
func tableColumnBelow(e analyze.Expr) bool { _, ok := e.(*analyze.Column); return ok }

// keys prints ORDER BY and DISTINCT ON.
func (b *build) keys() error {
	for _, e := range b.s.DistinctOn {
		parts, err := b.p.distinctKey("DISTINCT ON", e)
		if err != nil {
			return err
		}
		b.on = append(b.on, parts...)
	}
	for _, k := range b.q.OrderBy {
		parts, err := b.p.sortKey(k)
		if err != nil {
			return err
		}
		b.parts = append(b.parts, parts...)
	}
	return nil
}

// distinctKey prints a key of DISTINCT ON.
func (p *Printer) distinctKey(clause string, e analyze.Expr) ([]keyPart, error) {
	e = p.resolve(e)
	if rowless(e) {
		return nil, nil
	}
	f, err := p.in(clause, e, p.groupKey)
	return []keyPart{{expr: e, frag: f, wish: "key"}}, err
}
