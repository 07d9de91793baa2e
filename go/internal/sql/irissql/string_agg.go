package irissql

import (
	"bytes"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
)

// stringAgg prints string_agg(text, separator) without an order of its own: a list of the values, turned into text with
// the separator (IRIS docs, "%DLIST", "$LISTTOSTRING"). It is shown only: an empty value may stand in the list as IRIS's
// mark of the empty string, the character 0, which the gateway takes out.
func (p *Printer) stringAgg(n *analyze.Aggregate) (Fragment, error) {
	if !p.strict || n.Distinct || len(n.OrderBy) > 0 || !rowless(n.Args[1]) {
		what := describe(n)
		if len(n.OrderBy) > 0 {
			what += " with ORDER BY"
		}
		return Fragment{}, p.refuse(n.Pos(), what)
	}
	f, err := p.aggregated(n.Args[0])
	if err != nil {
		return f, err
	}
	if n.Filter != nil {
		c, err := p.cond(n.Filter)
		if err != nil {
			return c, err
		}
		f = fill("CASE WHEN @ THEN @ END", c, f)
	}
	a, err := p.argument(n.Args[1])
	if err != nil {
		return f, err
	}
	a, err = a.With(func(v iris.Value) (iris.Value, error) {
		if v.IsNull() {
			return iris.Text(""), nil
		}
		return v, nil
	}).settle()
	return fill("CASE WHEN COUNT(@) > 0 THEN $LISTTOSTRING(%DLIST(@), @) END", f, f, argument(a)), err
}

// withoutMarks takes the character 0 out of a text.
func withoutMarks(index int) eval.Func {
	return func(row []iris.Value, _ *eval.Env) (iris.Value, error) {
		v, err := pgtypes.Canonical(pgtypes.Of(pgtypes.Text), row[index])
		if err != nil || v.IsNull() || bytes.IndexByte(v.Raw(), 0) < 0 {
			return v, err
		}
		return iris.TextBytes(bytes.ReplaceAll(v.Raw(), []byte{0}, nil)), nil
	}
}
