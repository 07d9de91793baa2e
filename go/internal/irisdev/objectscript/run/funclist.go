package run

import (
	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/value"
)

// listFuncs are those that set variables beside giving a value, and those whose arguments have a form of their own.
func listFuncs() map[string]procFunc {
	return map[string]procFunc{
		"$LISTNEXT":   {3, 3, (*Process).listNextFunc},
		"$LISTUPDATE": {3, -1, (*Process).listUpdateFunc},
		"$LISTDATA":   {1, 3, (*Process).listDataFunc},
		"$LOCATE":     {2, 5, (*Process).locateFunc},
		"$BITLOGIC":   {1, 2, (*Process).bitLogicFunc},
		"$ZCONVERT":   {2, 4, (*Process).convertFunc},
		"$LISTBUILD":  {0, -1, (*Process).listBuildFunc},
	}
}

// listBuildFunc is $LISTBUILD. A variable without a value gives an element without one.
func (p *Process) listBuildFunc(args []ast.Arg) (Value, error) {
	buf := make([]byte, 0, 16*len(args))
	if len(args) == 0 {
		buf = value.AppendUndefined(buf) // $LISTBUILD() has one element, without a value
	}
	for i := range args {
		if args[i].Omitted {
			buf = value.AppendUndefined(buf)
			continue
		}
		if args[i].Variadic {
			more, err := p.spread(args[i].X)
			if err != nil {
				return Value{}, err
			}
			for _, m := range more {
				if m.Omitted {
					buf = value.AppendUndefined(buf)
				} else {
					buf = value.AppendItem(buf, m.Value.Value)
				}
			}
			continue
		}
		v, err := p.eval(args[i].X)
		if err != nil {
			return Value{}, err
		}
		buf = value.AppendItem(buf, v.Value)
	}
	if len(buf) > fn.MaxString {
		return Value{}, fault.New("MAXSTRING", "")
	}
	return Plain(tidy(value.ListOf(string(buf)))), nil
}

// variableOf gives the variable of an argument that a function sets, with or without the dot.
func (p *Process) variableOf(a *ast.Arg) (ref, error) {
	if a.X == nil {
		return nil, fault.New("SYNTAX", "")
	}
	return p.ref(a.X)
}

func (p *Process) listNextFunc(args []ast.Arg) (Value, error) {
	list, _, err := p.argument(args, 0)
	if err != nil {
		return Value{}, err
	}
	ptr, err := p.variableOf(&args[1])
	if err != nil {
		return Value{}, err
	}
	at, err := p.read(ptr)
	if err != nil {
		return Value{}, err
	}
	out, err := p.variableOf(&args[2])
	if err != nil {
		return Value{}, err
	}
	item, next, more, err := fn.ListNext(list.Value, fn.Whole(at.Value))
	if err != nil {
		return Value{}, err
	}
	if err := ptr.set(Int(int64(next))); err != nil {
		return Value{}, err
	}
	if !more {
		return Int(0), nil
	}
	if item.Set {
		return Int(1), out.set(Plain(item.Value))
	}
	if t, ok := out.(tree); ok { // an element without value leaves the variable undefined
		return Int(1), t.kill(false)
	}
	return Int(1), out.set(Value{})
}

// listUpdateFunc is $LISTUPDATE(list,position,value…), each value with or without a condition before it; one that is left out leaves its element.
func (p *Process) listUpdateFunc(args []ast.Arg) (Value, error) {
	list, _, err := p.argument(args, 0)
	if err != nil {
		return Value{}, err
	}
	pos, _, err := p.argument(args, 1)
	if err != nil {
		return Value{}, err
	}
	var updates []fn.Update
	for i := 2; i < len(args); i++ {
		u := fn.Update{Set: !args[i].Omitted}
		if args[i].When != nil {
			if u.Set, err = p.truth(args[i].When); err != nil {
				return Value{}, err
			}
			if !u.Set {
				updates = append(updates, u)
				continue
			}
		}
		v, _, err := p.argument(args, i)
		if err != nil {
			return Value{}, err
		}
		u.Value = v.Value
		updates = append(updates, u)
	}
	v, err := fn.ListUpdate(list.Value, fn.Whole(pos.Value), updates)
	return Plain(tidy(v)), err
}

// listDataFunc is $LISTDATA(list,position,var): the variable is set when the element has a value.
func (p *Process) listDataFunc(args []ast.Arg) (Value, error) {
	list, _, err := p.argument(args, 0)
	if err != nil {
		return Value{}, err
	}
	at := 1
	if len(args) > 1 && !args[1].Omitted {
		pos, err := p.position(&ast.Func{Name: "$LISTDATA", Args: args}, 1)
		if err != nil {
			return Value{}, err
		}
		if at, err = pos([]value.Value{list.Value}); err != nil {
			return Value{}, err
		}
	}
	item, err := fn.ListData(list.Value, at)
	if err != nil || !item.Set {
		return Int(0), err
	}
	if len(args) > 2 && !args[2].Omitted {
		r, err := p.variableOf(&args[2])
		if err != nil {
			return Value{}, err
		}
		return Int(1), r.set(Plain(item.Value))
	}
	return Int(1), nil
}

// locateFunc is $LOCATE(text,expression,start,.end,.value).
func (p *Process) locateFunc(args []ast.Arg) (Value, error) {
	s, _, err := p.argument(args, 0)
	if err != nil {
		return Value{}, err
	}
	re, _, err := p.argument(args, 1)
	if err != nil {
		return Value{}, err
	}
	start := 1
	if v, given, err := p.argument(args, 2); err != nil {
		return Value{}, err
	} else if given {
		start = fn.Whole(v.Value)
	}
	found, err := fn.Locate(s.Text(), re.Text(), start)
	if err != nil {
		return Value{}, err
	}
	for i, v := range []Value{Int(int64(found.End)), Plain(tidy(found.Text))} {
		if found.Start == 0 || len(args) <= 3+i || args[3+i].Omitted {
			continue
		}
		r, err := p.variableOf(&args[3+i])
		if err == nil {
			err = r.set(v)
		}
		if err != nil {
			return Value{}, err
		}
	}
	return Int(int64(found.Start)), nil
}

// convertFunc is $ZCONVERT; its fourth argument is a handle, which keeps what is not a whole character yet.
func (p *Process) convertFunc(args []ast.Arg) (Value, error) {
	var list [3]Value
	var given [3]bool
	for i := range list {
		var err error
		if list[i], given[i], err = p.argument(args, i); err != nil {
			return Value{}, err
		}
	}
	table := ""
	if given[2] {
		table = list[2].Text()
	}
	handle := ""
	var out ref
	if len(args) > 3 && !args[3].Omitted {
		var err error
		if out, err = p.variableOf(&args[3]); err != nil {
			return Value{}, err
		}
		v, _, err := out.get()
		if err != nil {
			return Value{}, err
		}
		handle = v.Text()
	}
	s, rest, err := fn.Convert(list[0].Text(), list[1].Text(), table, handle)
	if err != nil {
		return Value{}, err
	}
	if out != nil {
		if err := out.set(Text(rest)); err != nil {
			return Value{}, err
		}
	}
	return Text(s), nil
}

// bitLogicFunc is $BITLOGIC(expression,length); in the expression the operators are those of bit strings.
func (p *Process) bitLogicFunc(args []ast.Arg) (Value, error) {
	length := -1
	if v, given, err := p.argument(args, 1); err != nil {
		return Value{}, err
	} else if given {
		length = fn.Whole(v.Value)
	}
	v, err := p.bits(args[0].X, length)
	return Plain(tidy(v)), err
}

func (p *Process) bits(x ast.Expr, length int) (value.Value, error) {
	switch x := x.(type) {
	case *ast.Binary:
		if len(x.Op) == 1 && (x.Op[0] == '&' || x.Op[0] == '|' || x.Op[0] == '^') {
			l, err := p.bits(x.L, length)
			if err != nil {
				return l, err
			}
			r, err := p.bits(x.R, length)
			if err != nil {
				return r, err
			}
			return fn.BitOp(x.Op[0], l, r)
		}
	case *ast.Unary:
		if x.Op == '~' {
			v, err := p.bits(x.X, length)
			if err != nil {
				return v, err
			}
			return fn.BitNot(v)
		}
	}
	v, err := p.plainOf(x)
	if err != nil || length < 0 {
		return v, err
	}
	return fn.BitResize(v, length)
}
