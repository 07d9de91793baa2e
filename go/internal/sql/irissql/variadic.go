package irissql

import (
	"strings"

	"iris-pgwire/internal/sql/analyze"
)

// mostAlternatives is what CASE, COALESCE, GREATEST and LEAST take (IRIS docs, "COALESCE", "GREATEST").
const mostAlternatives = 140

// caseValue prints CASE; its results are typed, since IRIS takes an argument for VARCHAR.
func (p *Printer) caseValue(n *analyze.Case) (Fragment, error) {
	if len(n.Whens) > mostAlternatives {
		return Fragment{}, p.refuse(n.Pos(), "CASE with more than 140 branches")
	}
	results, err := p.typedAll(caseResults(n))
	if err != nil {
		return Fragment{}, err
	}
	var b strings.Builder
	var parts []Fragment
	b.WriteString("CASE")
	for i, w := range n.Whens {
		c, err := p.cond(w.Cond)
		if err != nil {
			return c, err
		}
		b.WriteString(" WHEN @ THEN @")
		parts = append(parts, c, results[i])
	}
	if n.Else != nil {
		b.WriteString(" ELSE @")
		parts = append(parts, results[len(results)-1])
	}
	b.WriteString(" END")
	return fill(b.String(), parts...), nil
}

// variadic prints COALESCE, GREATEST and LEAST. IRIS's GREATEST gives NULL if one argument is (PostgreSQL leaves NULLs
// out), so arguments that may be NULL are replaced by the others.
func (p *Printer) variadic(n *analyze.Variadic) (Fragment, error) {
	if len(n.Args) > mostAlternatives {
		return Fragment{}, p.refuse(n.Pos(), n.Name+" of more than 140 values")
	}
	parts, err := p.typedAll(n.Args)
	if err != nil {
		return Fragment{}, err
	}
	p.onePosix(n.Args, parts)
	if n.Name == "coalesce" {
		return p.coalesce(parts), nil
	}
	c := classOf(n.Type())
	if !c.number() && !c.moment() {
		return Fragment{}, p.refuse(n.Pos(), n.Name+" of "+typeName(n.Type()))
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	guarded := make([]Fragment, len(parts))
	for i := range parts {
		guarded[i] = parts[i]
		if p.mayBeNull(n.Args[i]) {
			guarded[i] = p.coalesce(append([]Fragment{parts[i]}, without(parts, i)...))
		}
	}
	return fill(strings.ToUpper(n.Name)+"(@)", join(guarded, ", ")), nil
}

// onePosix casts time stamps to what a column of a table is: IRIS has two types for them, and COALESCE takes no mixture
// (IRIS docs, "COALESCE", SQLCODE -378).
func (p *Printer) onePosix(args []analyze.Expr, parts []Fragment) {
	for i, e := range args {
		if c := classOf(e.Type()); (c == timestampClass || c == timestamptzClass) && !tableColumn(e) && len(args) > 1 {
			parts[i] = fill("CAST(@ AS POSIXTIME)", parts[i])
		}
	}
}

func (p *Printer) coalesce(parts []Fragment) Fragment {
	if len(parts) == 1 {
		return parts[0]
	}
	return fill("COALESCE(@)", join(parts, ", "))
}

func without(list []Fragment, i int) []Fragment {
	out := append([]Fragment(nil), list[:i]...)
	return append(out, list[i+1:]...)
}

// nullIf prints NULLIF as CASE, so that the comparison is PostgreSQL's and not that of a column's collation.
func (p *Printer) nullIf(n *analyze.NullIf) (Fragment, error) {
	c, err := p.compare(n.Equal, n.Left, n.Right, n.Pos())
	if err != nil {
		return c, err
	}
	f, err := p.typed(n.Left, 0)
	return fill("CASE WHEN @ THEN NULL ELSE @ END", c, f), err
}
