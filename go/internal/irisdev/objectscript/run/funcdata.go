package run

import (
	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// dataFuncs look at variables and globals.
func dataFuncs() map[string]procFunc {
	return map[string]procFunc{
		"$DATA":      {1, 2, (*Process).dataFunc},
		"$GET":       {1, 2, (*Process).getFunc},
		"$ORDER":     {1, 3, (*Process).orderFunc},
		"$QUERY":     {1, 3, (*Process).queryFunc},
		"$INCREMENT": {1, 2, (*Process).incrementFunc},
		"$SEQUENCE":  {1, 1, (*Process).incrementFunc},
		"$NEXT":      {1, 1, (*Process).nextFunc},
	}
}

func (p *Process) dataFunc(args []ast.Arg) (Value, error) {
	r, err := p.ref(args[0].X)
	if err != nil {
		return Value{}, err
	}
	t, ok := r.(tree)
	if !ok {
		_, has, err := r.get() // a property: $DATA of a plain one looks at its value
		return Bool(has), err
	}
	d, err := t.data()
	if err != nil {
		return Value{}, err
	}
	if len(args) > 1 && d%10 == 1 {
		v, _, err := t.get()
		if err == nil {
			err = p.setRef(args[1].X, v)
		}
		if err != nil {
			return Value{}, err
		}
	}
	return Int(int64(d)), nil
}

// setRef sets the place that an argument such as $ORDER's third one names.
func (p *Process) setRef(x ast.Expr, v Value) error {
	r, err := p.ref(x)
	if err != nil {
		return err
	}
	return r.set(v)
}

func (p *Process) getFunc(args []ast.Arg) (Value, error) {
	r, err := p.ref(args[0].X)
	if err != nil {
		return Value{}, err
	}
	v, ok, err := r.get()
	if err != nil {
		return Value{}, err
	}
	// The default is evaluated in any case (IRIS docs, "$GET").
	other, _, err := p.argument(args, 1)
	if ok || err != nil {
		return v, err
	}
	return other, nil
}

func (p *Process) direction(args []ast.Arg) (reverse bool, err error) {
	v, given, err := p.argument(args, 1)
	if err != nil || !given {
		return false, err
	}
	switch n, _ := v.Integer(); n {
	case 1:
		return false, nil
	case -1:
		return true, nil
	}
	return false, fault.New("FUNCTION", "")
}

func (p *Process) orderFunc(args []ast.Arg) (Value, error) {
	t, err := p.treeRef(args[0].X)
	if err != nil {
		return Value{}, err
	}
	reverse, err := p.direction(args)
	if err != nil {
		return Value{}, err
	}
	sub, err := t.order(reverse)
	if err != nil {
		return Value{}, err
	}
	if len(args) == 3 && sub.Kind() != value.Null {
		if len(t.subs()) == 0 {
			return Value{}, fault.New("FUNCTION", "")
		}
		subs := append([]value.Value(nil), t.subs()...)
		subs[len(subs)-1] = sub
		at := t.at(subs)
		v, ok, err := at.get()
		if err == nil && ok {
			err = p.setRef(args[2].X, v)
		}
		if err != nil {
			return Value{}, err
		}
		p.keepNaked(t)
	}
	return Plain(sub), nil
}

// keepNaked makes t the last global reference again.
func (p *Process) keepNaked(t tree) {
	if g, ok := t.(*globalRef); ok {
		p.naked = g
	}
}

func (p *Process) nextFunc(args []ast.Arg) (Value, error) {
	return Value{}, fault.New("UNIMPLEMENTED", "*$NEXT")
}

func (p *Process) queryFunc(args []ast.Arg) (Value, error) {
	t, err := p.treeRef(args[0].X)
	if err != nil {
		return Value{}, err
	}
	reverse, err := p.direction(args)
	if err != nil {
		return Value{}, err
	}
	subs, ok, err := t.query(reverse)
	if err != nil || !ok {
		return Value{}, err
	}
	at := t.at(subs)
	if len(args) == 3 {
		v, _, err := at.get()
		if err == nil {
			err = p.setRef(args[2].X, v)
		}
		if err != nil {
			return Value{}, err
		}
	}
	return Text(nameText(t.full(), subs)), nil
}

func (p *Process) incrementFunc(args []ast.Arg) (Value, error) {
	r, err := p.ref(args[0].X)
	if err != nil {
		return Value{}, err
	}
	by := value.Int(1)
	v, given, err := p.argument(args, 1)
	if err != nil {
		return Value{}, err
	}
	if given {
		by = v.Number()
	}
	if g, ok := r.(*globalRef); ok {
		var sum value.Value
		err := g.with(false, func(at store.Ref) error {
			sum, err = p.store.Increment(at, by)
			return err
		})
		return Plain(sum), err
	}
	old, _, err := r.get()
	if err != nil {
		return Value{}, err
	}
	sum := Plain(addNumbers(old.Number(), by))
	return sum, r.set(sum)
}
