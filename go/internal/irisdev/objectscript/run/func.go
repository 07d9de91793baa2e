package run

import (
	"math/rand/v2"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/value"
)

// procFunc is a function that needs variables, objects or the process.
type procFunc struct {
	min, max int // number of arguments; max -1 is any
	call     func(p *Process, args []ast.Arg) (Value, error)
}

// functions are all of this package, by their names. They are joined when a System is made: as a package variable they would
// be initialised by themselves.
func functions() map[string]procFunc {
	all := map[string]procFunc{}
	for _, t := range []map[string]procFunc{dataFuncs(), nameFuncs(), objectFuncs(), listFuncs(), processFuncs(), stackFuncs()} {
		for name, f := range t {
			all[name] = f
		}
	}
	return all
}

// function calls a function.
func (p *Process) function(x *ast.Func) (Value, error) {
	if f, ok := p.sys.funcs[x.Name]; ok {
		if len(x.Args) < f.min || f.max >= 0 && len(x.Args) > f.max {
			return Value{}, fault.New("FUNCTION", "")
		}
		return f.call(p, x.Args)
	}
	f, ok := fn.Lookup(x.Name)
	if !ok {
		return Value{}, fault.New("UNIMPLEMENTED", "*"+x.Name)
	}
	if len(x.Args) < f.Min || f.Max >= 0 && len(x.Args) > f.Max {
		return Value{}, fault.New("FUNCTION", "")
	}
	var room [4]value.Value
	var flags [4]bool
	args, given := room[:0], flags[:0]
	for i := range x.Args {
		a := &x.Args[i]
		if a.Omitted {
			args, given = append(args, value.Value{}), append(given, false)
			continue
		}
		if s, ok := a.X.(*ast.Star); ok {
			off, err := p.starOffset(s)
			if err != nil {
				return Value{}, err
			}
			n, err := fn.Star(x.Name, args, off)
			if err != nil {
				return Value{}, err
			}
			args, given = append(args, value.Int(int64(n))), append(given, true)
			continue
		}
		if a.Variadic {
			more, err := p.spread(a.X)
			if err != nil {
				return Value{}, err
			}
			for _, m := range more {
				args, given = append(args, m.Value.Value), append(given, !m.Omitted)
			}
			continue
		}
		v, err := p.eval(a.X)
		if err != nil {
			return Value{}, err
		}
		args, given = append(args, v.Value), append(given, true)
	}
	v, err := f.Call(p, args, given)
	if err != nil {
		return Value{}, err
	}
	return Plain(tidy(v)), nil
}

// Now is the time of the instance's clock in the process' time zone.
func (p *Process) Now() time.Time { return p.sys.Clock.Now() }

// Random gives a whole number from 0 up to limit.
func (p *Process) Random(limit int64) int64 { return rand.Int64N(limit) }

// argument evaluates the argument at i; one that is not there is the empty string.
func (p *Process) argument(args []ast.Arg, i int) (Value, bool, error) {
	if i >= len(args) || args[i].Omitted {
		return Value{}, false, nil
	}
	v, err := p.eval(args[i].X)
	return v, true, err
}
