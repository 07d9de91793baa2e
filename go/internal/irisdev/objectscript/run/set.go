package run

import (
	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/value"
)

func (p *Process) setCommand(c *ast.Set) error {
	ok, err := p.when(c.Cond)
	if err != nil || !ok {
		return err
	}
	return p.setItems(c.Items)
}

func (p *Process) setItems(items []ast.SetItem) error {
	for i := range items {
		if err := p.setItem(&items[i]); err != nil {
			return err
		}
	}
	return nil
}

// setItem makes one assignment: subscripts of the targets first, then the value, then the targets from left to right.
func (p *Process) setItem(it *ast.SetItem) error {
	if it.Indirect != nil {
		return p.setIndirect(it.Indirect)
	}
	if len(it.Targets) == 1 {
		if l, ok := it.Targets[0].(*ast.Local); ok && len(l.Subs) == 0 {
			v, err := p.eval(it.Value)
			if err != nil {
				return err
			}
			p.Assign(p.variable(l.Name), v)
			return nil
		}
		r, err := p.ref(it.Targets[0])
		if err != nil {
			return err
		}
		v, err := p.eval(it.Value)
		if err != nil {
			return err
		}
		return r.set(v)
	}
	refs := make([]ref, len(it.Targets))
	for i, t := range it.Targets {
		var err error
		if refs[i], err = p.ref(t); err != nil {
			return err
		}
	}
	v, err := p.eval(it.Value)
	if err != nil {
		return err
	}
	for _, r := range refs {
		if err := r.set(v); err != nil {
			return err
		}
	}
	return nil
}

// partRef is $PIECE(x,…), $EXTRACT(x,…), $LIST(x,…) or $BIT(x,…) as a target of SET.
type partRef struct {
	of  ref
	put func(old, v value.Value) (value.Value, error)
}

func (r *partRef) get() (Value, bool, error) { return Value{}, false, fault.New("SYNTAX", "") }

func (r *partRef) set(v Value) error {
	old, _, err := r.of.get()
	if err != nil {
		return err
	}
	changed, err := r.put(old.Value, v.Value)
	if err != nil {
		return err
	}
	return r.of.set(Plain(tidy(changed)))
}

func (r *partRef) name() string { return r.of.name() }

func (r *partRef) subs() []value.Value { return nil }

// funcRef is a function as a target of SET.
func (p *Process) funcRef(x *ast.Func) (ref, error) {
	if x.Name == "$PROPERTY" {
		return p.propertyRef(x)
	}
	if len(x.Args) == 0 || x.Args[0].X == nil {
		return nil, fault.New("SYNTAX", "")
	}
	of, err := p.ref(x.Args[0].X)
	if err != nil {
		return nil, err
	}
	if ind, ok := of.(*partRef); ok {
		return nil, fault.New("SYNTAX", ind.name())
	}
	switch x.Name {
	case "$PIECE":
		if len(x.Args) < 2 {
			return nil, fault.New("SYNTAX", "")
		}
		delim, err := p.textOf(x.Args[1].X)
		if err != nil {
			return nil, err
		}
		return p.ranged(of, x, 2, []value.Value{plainText(delim)}, func(old value.Value, from, to int, rng bool, v value.Value) (value.Value, error) {
			return fn.SetPiece(old, delim, from, to, rng, v)
		})
	case "$EXTRACT":
		return p.ranged(of, x, 1, nil, fn.SetExtract)
	case "$WEXTRACT":
		return p.ranged(of, x, 1, nil, fn.SetWideExtract)
	case "$LIST":
		return p.ranged(of, x, 1, nil, fn.SetList)
	case "$BIT":
		if len(x.Args) != 2 {
			return nil, fault.New("SYNTAX", "")
		}
		at, err := p.plainOf(x.Args[1].X)
		if err != nil {
			return nil, err
		}
		return &partRef{of, func(old, v value.Value) (value.Value, error) { return fn.SetBit(old, fn.Whole(at), v) }}, nil
	}
	return nil, fault.New("SYNTAX", "")
}

type putRange func(old value.Value, from, to int, rng bool, v value.Value) (value.Value, error)

// ranged makes the target of a function whose arguments from the index at on are one position or a range.
func (p *Process) ranged(of ref, x *ast.Func, at int, before []value.Value, put putRange) (ref, error) {
	if len(x.Args) > at+2 {
		return nil, fault.New("SYNTAX", "")
	}
	rng := len(x.Args) == at+2
	from, err := p.position(x, at)
	if err != nil {
		return nil, err
	}
	to := from
	if rng {
		if to, err = p.position(x, at+1); err != nil {
			return nil, err
		}
	}
	return &partRef{of, func(old, v value.Value) (value.Value, error) {
		args := append([]value.Value{old}, before...)
		a, err := from(args)
		if err != nil {
			return old, err
		}
		b, err := to(args)
		if err != nil {
			return old, err
		}
		return put(old, a, b, rng, v)
	}}, nil
}

// position evaluates a position; one that counts from the end is known only when the value is.
func (p *Process) position(x *ast.Func, i int) (func([]value.Value) (int, error), error) {
	if i >= len(x.Args) || x.Args[i].Omitted {
		return func([]value.Value) (int, error) { return 1, nil }, nil
	}
	if s, ok := x.Args[i].X.(*ast.Star); ok {
		off, err := p.starOffset(s)
		if err != nil {
			return nil, err
		}
		return func(args []value.Value) (int, error) { return fn.Star(x.Name, args, off) }, nil
	}
	v, err := p.plainOf(x.Args[i].X)
	if err != nil {
		return nil, err
	}
	n := fn.Whole(v)
	return func([]value.Value) (int, error) { return n, nil }, nil
}

// starOffset is what *-n adds to the last position.
func (p *Process) starOffset(s *ast.Star) (int, error) {
	if s.Offset == nil {
		return 0, nil
	}
	v, err := p.plainOf(s.Offset)
	if err != nil {
		return 0, err
	}
	n := fn.Whole(v)
	if s.Minus {
		n = -n
	}
	return n, nil
}
