package irissql

import (
	"math"
	"strconv"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
)

// finisher is finisher, and beyond it the scale of a sum over alternatives: sum(CASE WHEN paid THEN amount ELSE 0 END)
// shows as many digits as the longest of the values that were added, so IRIS is asked for that as well.
func (o *outputs) finisher(e analyze.Expr, index int) (eval.Func, error) {
	n, ok := e.(*analyze.Aggregate)
	if !ok || n.Func.ID != "sum(numeric)" || o.b.distinct {
		return finisher(e, index), nil
	}
	if _, known := scaleOf(e); known {
		return finisher(e, index), nil
	}
	c, ok := n.Args[0].(*analyze.Case)
	if !ok {
		return finisher(e, index), nil
	}
	f, ok, err := o.p.rowScale(c)
	if !ok || err != nil {
		return finisher(e, index), err
	}
	if n.Filter != nil {
		cond, err := o.p.cond(n.Filter)
		if err != nil {
			return nil, err
		}
		f = fill("CASE WHEN @ THEN @ END", cond, f)
	}
	i := o.b.l.push(o.p, nil, fill("MAX(@)", f), "scale")
	return func(row []iris.Value, env *eval.Env) (iris.Value, error) {
		scale, ok := row[i].Int64()
		if !ok || scale < 0 || scale > math.MaxInt16 {
			return row[index], nil
		}
		return rescale(index, int(scale))(row, env)
	}, nil
}

// rowScale prints the scale of the row's alternative, NULL where that is NULL; ok is false when one of them has none that
// is known.
func (p *Printer) rowScale(n *analyze.Case) (Fragment, bool, error) {
	var b strings.Builder
	var parts []Fragment
	b.WriteString("CASE")
	for _, w := range n.Whens {
		s, ok, err := p.scaleText(w.Result)
		if !ok || err != nil {
			return Fragment{}, false, err
		}
		c, err := p.cond(w.Cond)
		if err != nil {
			return c, false, err
		}
		b.WriteString(" WHEN @ THEN @")
		parts = append(parts, c, s)
	}
	if n.Else != nil {
		s, ok, err := p.scaleText(n.Else)
		if !ok || err != nil {
			return Fragment{}, false, err
		}
		b.WriteString(" ELSE @")
		parts = append(parts, s)
	}
	b.WriteString(" END")
	return fill(b.String(), parts...), true, nil
}

// scaleText prints the scale of one alternative.
func (p *Printer) scaleText(e analyze.Expr) (Fragment, bool, error) {
	if c, ok := e.(*analyze.Const); ok && c.Value.IsNull() {
		return text("NULL"), true, nil
	}
	s, ok := scaleOf(e)
	if !ok || !p.mayBeNull(e) {
		return text(strconv.Itoa(s)), ok, nil
	}
	f, err := p.aggregated(e)
	return fill("CASE WHEN @ IS NOT NULL THEN "+strconv.Itoa(s)+" END", f), true, err
}
