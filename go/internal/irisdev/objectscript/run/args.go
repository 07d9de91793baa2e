package run

import (
	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

// arguments evaluates actual arguments. A variable that is passed by reference is made if it is not there.
func (p *Process) arguments(list []ast.Arg) ([]Actual, error) {
	if len(list) == 0 {
		return nil, nil
	}
	out := make([]Actual, 0, len(list))
	for i := range list {
		a := &list[i]
		switch {
		case a.Omitted:
			out = append(out, Actual{Omitted: true})
		case a.ByRef:
			got, err := p.byRef(a.X)
			if err != nil {
				return nil, err
			}
			out = append(out, got)
		case a.Variadic:
			more, err := p.spread(a.X)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		default:
			v, err := p.eval(a.X)
			if err != nil {
				return nil, err
			}
			out = append(out, Actual{Value: v})
		}
	}
	return out, nil
}

// byRef gives the variable behind .x; .@x names it, .i%x is a property's.
func (p *Process) byRef(x ast.Expr) (Actual, error) {
	r, err := p.ref(x)
	if err != nil {
		return Actual{}, err
	}
	v, ok := r.(*varRef)
	if !ok || len(v.list) > 0 {
		return Actual{}, fault.New("SYNTAX", "")
	}
	top := v.root
	if top == nil {
		top = p.variable(v.local)
	}
	return Actual{Value: top.Value, Var: top, Omitted: !top.Set}, nil
}

// maxSpread is the most arguments that args... may give (IRIS docs, "Variable Number of Arguments").
const maxSpread = 380

// spread gives the arguments of args...: the root is their count, a missing one is left out.
func (p *Process) spread(x ast.Expr) ([]Actual, error) {
	r, err := p.treeRef(x)
	if err != nil {
		return nil, err
	}
	n, ok, err := r.get()
	if err != nil || !ok {
		return nil, err
	}
	count, _ := n.Integer()
	if count > maxSpread {
		return nil, fault.New("PARAMETER", "")
	}
	var out []Actual
	for i := int64(1); i <= count; i++ {
		v, ok, err := r.at(append(append([]value.Value(nil), r.subs()...), value.Int(i))).get()
		if err != nil {
			return nil, err
		}
		a := Actual{Value: v, Omitted: !ok}
		if vr, local := r.(*varRef); local && ok {
			if node := vr.node().Node(value.Int(i)); node != nil && node.below() {
				a.Var = node // an array among the arguments arrives as one
			}
		}
		out = append(out, a)
	}
	return out, nil
}
