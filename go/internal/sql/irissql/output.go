package irissql

import (
	"errors"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
)

// outputs makes the outermost select list. An output that IRIS says exactly is a select item; of any other the largest
// exact parts are select items and the gateway computes the rest from them; what needs no row is computed in the gateway
// alone.
type outputs struct {
	p       *Printer
	b       *build
	columns []Output
	// fixes finish the select items that the output being made is computed from.
	fixes []fix
}

// fix finishes the value of one select item.
type fix struct {
	index int
	f     eval.Func
}

// slotRef stands for a select item in a tree that the gateway computes.
type slotRef struct {
	analyze.Node
	index int
}

func slotOf(e analyze.Expr) (int, bool) {
	if s, ok := e.(*slotRef); ok {
		return s.index, true
	}
	return 0, false
}

// add makes one output column.
func (o *outputs) add(e analyze.Expr, wish string) error {
	if freeOfRows(e) {
		f, err := eval.Compile(e, noSlot)
		if err == nil {
			o.columns = append(o.columns, Output{Source: -1, Finish: f})
			return nil
		}
		if !rowless(e) || !refusal(err) {
			return o.p.explain(e, err)
		}
	}
	if !isDistance(e) && (o.b.distinct || !contains(e, isWideSum)) {
		done, err := o.plain(e, wish)
		if done || o.b.distinct && len(children(e)) == 0 {
			return err
		}
	}
	if o.b.distinct {
		return o.p.refuse(e.Pos(), "DISTINCT over an expression computed by the gateway ("+describe(e)+")")
	}
	mark := len(o.b.l.items)
	o.fixes = nil
	tree, err := o.cut(expandAverages(e))
	if err == nil {
		var f eval.Func
		if f, err = eval.Compile(tree, slotOf); err == nil {
			o.columns = append(o.columns, Output{Source: -1, Finish: fixed(f, o.fixes)})
			return nil
		}
	}
	o.b.l.items = o.b.l.items[:mark]
	return o.p.explain(e, err)
}

// plain makes an output of an expression that IRIS says exactly; done is false when it does not.
func (o *outputs) plain(e analyze.Expr, wish string) (done bool, err error) {
	i, err := o.item(e, wish)
	switch {
	case err == nil:
		finish, err := o.finisher(e, i)
		o.columns = append(o.columns, Output{Source: i, Finish: finish})
		return true, err
	case refusal(err):
		return false, err
	}
	return true, err
}

// isDistance reports a distance whose score is the select item, as ORDER BY wants it.
func isDistance(e analyze.Expr) bool {
	n, ok := e.(*analyze.Call)
	return ok && (n.Func.ID == "cosine_distance" || n.Func.ID == "vector_negative_inner_product")
}

// refusal reports that a construct is not there, as opposed to an error of the user's.
func refusal(err error) bool {
	var e *pgerr.Error
	return errors.As(err, &e) && e.Code == pgerr.FeatureNotSupported
}

// freeOfRows reports an expression that reads no row: a rowless one, or one with volatile functions, which is computed
// for each row.
func freeOfRows(e analyze.Expr) bool {
	return !contains(e, func(x analyze.Expr) bool {
		switch x.(type) {
		case *analyze.Column, *analyze.Output, *analyze.Aggregate, *analyze.Window, *analyze.Subquery:
			return true
		}
		return false
	})
}

// item makes a select item of an expression that IRIS says exactly.
func (o *outputs) item(e analyze.Expr, wish string) (int, error) {
	if f, ok := o.p.streamItem(e); ok && !o.b.distinct {
		return o.b.l.add(o.p, e, f, wish), nil
	}
	f, err := o.p.strictly(e)
	if err != nil {
		return 0, err
	}
	if !showable(e) {
		return 0, o.p.refuse(e.Pos(), describe(e)+" of varying scale")
	}
	if o.b.distinct {
		if f, err = o.p.distinctItem(f, e); err != nil {
			return 0, err
		}
		return o.b.l.push(o.p, e, f, wish), nil
	}
	return o.b.l.add(o.p, e, f, wish), nil
}

// distinctItem prints an item of SELECT DISTINCT: equal values must be equal in IRIS.
func (p *Printer) distinctItem(f Fragment, e analyze.Expr) (Fragment, error) {
	switch c := classOf(e.Type()); c {
	case otherClass, vectorClass:
		return f, p.refuse(e.Pos(), "DISTINCT over "+typeName(e.Type()))
	}
	return p.sortable(f, e, false)
}

// showable reports that the digits which PostgreSQL shows are known: a numeric that is computed has a scale, which IRIS
// does not keep.
func showable(e analyze.Expr) bool {
	if classOf(e.Type()) != numericClass {
		return true
	}
	switch e.(type) {
	case *analyze.Column, *analyze.Aggregate, *analyze.Window, *analyze.Subquery:
		return true
	}
	_, ok := scaleOf(e)
	return ok
}

// cut replaces the largest exact parts of an expression by select items.
func (o *outputs) cut(e analyze.Expr) (analyze.Expr, error) {
	if freeOfRows(e) {
		return e, nil
	}
	if tree, ok, err := o.score(e); ok {
		return tree, err
	}
	if c, ok := e.(*analyze.Call); ok && isCondition(c) && contains(e, isAggregate) {
		return o.cutParts(e) // its aggregates are select items anyway
	}
	i, err := o.item(e, "")
	if err == nil {
		f, err := o.finisher(e, i)
		if err != nil {
			return nil, err
		}
		if f != nil {
			o.fixes = append(o.fixes, fix{i, f})
		}
		return &slotRef{Node: analyze.Node{Typ: slotType(e), At: e.Pos()}, index: i}, nil
	}
	if !refusal(err) || len(children(e)) == 0 || isAggregate(e) || isWindow(e) || isSubquery(e) {
		return nil, err
	}
	return o.cutParts(e)
}

// cutParts cuts the sub-expressions.
func (o *outputs) cutParts(e analyze.Expr) (analyze.Expr, error) {
	var failed error
	out := rewrite(e, func(c analyze.Expr) analyze.Expr {
		if failed != nil {
			return c
		}
		r, err := o.cut(c)
		if err != nil {
			failed = err
			return c
		}
		return r
	})
	return out, failed
}

// fixed runs the fixes on a copy of the row before f.
func fixed(f eval.Func, fixes []fix) eval.Func {
	if len(fixes) == 0 {
		return f
	}
	return func(row []iris.Value, env *eval.Env) (iris.Value, error) {
		own := append([]iris.Value(nil), row...)
		for _, x := range fixes {
			v, err := x.f(row, env)
			if err != nil {
				return v, err
			}
			own[x.index] = v
		}
		return f(own, env)
	}
}

// score cuts a distance to the score that IRIS computes, which ORDER BY may want as well: <=> is one minus it, <#> its
// negative.
func (o *outputs) score(e analyze.Expr) (analyze.Expr, bool, error) {
	if !isDistance(e) {
		return nil, false, nil
	}
	n := e.(*analyze.Call)
	x, y, err := o.p.vectorSides(n.Args[0], n.Args[1], n.Pos())
	if err != nil {
		return nil, true, err
	}
	i := o.b.l.add(o.p, scoreOf(n), fill(nearestForms[n.Func.ID].template, x, y), "score")
	float := analyze.Node{Typ: n.Typ, At: n.At}
	score := &slotRef{Node: float, index: i}
	if n.Func.ID != "cosine_distance" {
		return &analyze.Call{Node: float, Func: analyze.FunctionByID("float8um"), Op: true, Args: []analyze.Expr{score}}, true, nil
	}
	one := &analyze.Const{Node: float, Value: iris.Double(1)}
	return &analyze.Call{Node: float, Func: analyze.FunctionByID("float8mi"), Op: true, Args: []analyze.Expr{one, score}}, true, nil
}

// slotType is the type of a select item's value: a numeric has the scale that PostgreSQL would show.
func slotType(e analyze.Expr) pgtypes.Type {
	t := e.Type()
	if s, ok := scaleOf(e); ok && t.OID == pgtypes.Numeric && t.Mod < 0 && s < pgtypes.MaxNumericPrec {
		t.Mod = pgtypes.NumericMod(pgtypes.MaxNumericPrec, s)
	}
	return t
}
