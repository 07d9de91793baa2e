package irissql

import (
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// keyPart is one key of an ORDER BY as IRIS needs it.
type keyPart struct {
	expr analyze.Expr // nil for the keys that place NULL
	frag Fragment
	desc bool
	// direct keys can stand in ORDER BY themselves; IRIS ignores arguments, subqueries and constants there without a
	// word, and takes aggregates by their alias only (IRIS docs, "ORDER BY"; SQLCODE -73).
	direct bool
	// wish is the alias that a key wants as a select item.
	wish string
}

func (k keyPart) ordered() Fragment { return withDirection(k.frag, k.desc) }

func withDirection(f Fragment, desc bool) Fragment {
	if desc {
		return fill("@ DESC", f)
	}
	return f
}

// sortKey prints one ORDER BY key: perhaps a key that places NULL where PostgreSQL has it, then the value. IRIS sorts
// NULL first ascending and last descending (IRIS docs, "ORDER BY").
func (p *Printer) sortKey(k analyze.SortKey) ([]keyPart, error) {
	e := p.resolve(k.Expr)
	if rowless(e) {
		return nil, nil
	}
	if parts, ok, err := p.nearestKey(e, k.Desc, k.NullsFirst); ok || err != nil {
		return parts, err
	}
	c := classOf(e.Type())
	if !c.number() && !c.moment() && c != textClass && c != bpcharClass && c != uuidClass {
		return nil, p.refuse(e.Pos(), "ORDER BY "+typeName(e.Type()))
	}
	f, err := p.in("ORDER BY", e, p.comparable)
	if err != nil {
		return nil, err
	}
	direct := p.directKey(e, f)
	var out []keyPart
	if k.NullsFirst == k.Desc && p.mayBeNull(e) {
		out = append(out, keyPart{
			frag: fill("CASE WHEN @ IS NULL THEN 1 ELSE 0 END", f), desc: k.Desc, direct: direct, wish: "nulls",
		})
	}
	sorted, err := p.sortable(f, e, true)
	part := keyPart{frag: sorted, desc: k.Desc, direct: direct, wish: "key"}
	if sorted.sql == f.sql {
		part.expr = e
	}
	return append(out, part), err
}

// directKey reports a plain column, of a table or of an inner query.
func (p *Printer) directKey(e analyze.Expr, f Fragment) bool {
	if len(f.args) > 0 {
		return false
	}
	if _, ok := bare(e).(*analyze.Column); ok {
		return true
	}
	_, ok := p.standIn(e)
	return ok && isColumnText(f.sql)
}

// isColumnText reports "a"."b".
func isColumnText(sql string) bool {
	quotes, points := 0, 0
	for i := 0; i < len(sql); i++ {
		switch sql[i] {
		case '"':
			quotes++
		case '.':
			points++
		case '(', ' ':
			return false
		}
	}
	return quotes == 4 && points == 1
}

// nearestKey turns an order by vector distance into one by what IRIS computes: nearest by <=> is the highest cosine
// similarity, by <#> the highest dot product, by <-> the lowest of what is left of the square without its constant part.
// The search uses an HNSW index as SELECT TOP k …, VECTOR_COSINE(…) AS score … ORDER BY score DESC (IRIS docs, "Using
// Vector Search").
func (p *Printer) nearestKey(e analyze.Expr, desc, nullsFirst bool) ([]keyPart, bool, error) {
	base, flip := monotone(e)
	n, ok := base.(*analyze.Call)
	if !ok {
		return nil, false, nil
	}
	form, ok := nearestForms[n.Func.ID]
	if !ok {
		return nil, false, nil
	}
	part := keyPart{desc: desc != (flip != form.higherIsNearer), wish: "score", expr: scoreOf(n)}
	x, y, err := p.vectorSides(n.Args[0], n.Args[1], n.Pos())
	switch {
	case err != nil:
		return nil, true, err
	case n.Func.ID != "l2_distance":
		part.frag = fill(form.template, x, y)
	case rowless(n.Args[0]):
		part.frag = fill(form.template, y, y, y, x)
	case rowless(n.Args[1]):
		part.frag = fill(form.template, x, x, x, y)
	default:
		if part.frag, err = l2Squared(p, n); err != nil {
			return nil, true, err
		}
	}
	if nullsFirst != part.desc || rowless(n.Args[0]) && rowless(n.Args[1]) {
		return []keyPart{part}, true, nil
	}
	var out []keyPart
	for i, side := range []Fragment{x, y} {
		if a := n.Args[i]; !rowless(a) && p.mayBeNull(a) {
			out = append(out, keyPart{frag: fill("CASE WHEN @ IS NULL THEN 1 ELSE 0 END", side), desc: nullsFirst, direct: tableColumn(a), wish: "nulls"})
		}
	}
	return append(out, part), true, nil
}

// nearestForm is what IRIS computes for a distance.
type nearestForm struct {
	template       string
	higherIsNearer bool
}

var nearestForms = map[string]nearestForm{
	"cosine_distance":               {"VECTOR_COSINE(@, @)", true},
	"vector_negative_inner_product": {"VECTOR_DOT_PRODUCT(@, @)", true},
	"inner_product":                 {"VECTOR_DOT_PRODUCT(@, @)", false},
	"l2_distance":                   {"(VECTOR_DOT_PRODUCT(@, @) - (2 * VECTOR_DOT_PRODUCT(@, @)))", false},
}

// scores are the functions that stand for a score as a select item.
var scores = map[string]*analyze.Function{
	"cosine_distance":               {Name: "cosine similarity", ID: "irissql.cosine"},
	"vector_negative_inner_product": {Name: "dot product", ID: "irissql.dot"},
	"inner_product":                 {Name: "dot product", ID: "irissql.dot"},
	"l2_distance":                   {Name: "square of the distance", ID: "irissql.square"},
}

// scoreOf names the score, so that the select list and ORDER BY share one item.
func scoreOf(n *analyze.Call) analyze.Expr {
	return &analyze.Call{Node: analyze.Node{Typ: pgtypes.Of(pgtypes.Float8), At: n.At}, Func: scores[n.Func.ID], Args: n.Args}
}

// monotone strips what changes no order of a distance: a constant added, the sign, 1 - x. flip tells that the order is
// turned around.
func monotone(e analyze.Expr) (base analyze.Expr, flip bool) {
	for {
		switch n := e.(type) {
		case *analyze.Cast:
			if classOf(n.Type()) != floatClass || classOf(n.Arg.Type()) != floatClass {
				return e, flip
			}
			e = n.Arg
		case *analyze.Call:
			switch {
			case n.Func.ID == "float8um":
				e, flip = n.Args[0], !flip
			case n.Func.ID == "float8mi" && rowless(n.Args[0]):
				e, flip = n.Args[1], !flip
			case (n.Func.ID == "float8mi" || n.Func.ID == "float8pl") && rowless(n.Args[1]):
				e = n.Args[0]
			case n.Func.ID == "float8pl" && rowless(n.Args[0]):
				e = n.Args[1]
			default:
				return e, flip
			}
		default:
			return e, flip
		}
	}
}
