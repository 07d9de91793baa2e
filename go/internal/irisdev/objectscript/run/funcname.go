package run

import (
	"sort"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/value"
)

// nameFuncs are those that write the names of variables.
func nameFuncs() map[string]procFunc {
	return map[string]procFunc{
		"$NAME": {1, 2, (*Process).nameFunc},
	}
}

func (p *Process) nameFunc(args []ast.Arg) (Value, error) {
	t, err := p.treeRef(args[0].X)
	if err != nil {
		return Value{}, err
	}
	if g, ok := t.(*globalRef); ok && g.naked {
		if err := g.resolve(); err != nil {
			return Value{}, err
		}
	}
	subs := t.subs()
	if n, given, err := p.argument(args, 1); err != nil {
		return Value{}, err
	} else if given {
		most := fn.Whole(n.Value)
		if most < 0 {
			return Value{}, fault.New("FUNCTION", "")
		}
		subs = subs[:min(most, len(subs))]
	}
	return Text(nameText(t.full(), subs)), nil
}

// nextLocal is the name of the variable after or before another one, as $ORDER of an unsubscripted local by indirection has it.
func (p *Process) nextLocal(name string, reverse bool) value.Value {
	names := definedNames(p.table(name))
	return neighbourName(names, name, reverse)
}

// nextGlobal is the same for globals.
func (p *Process) nextGlobal(name string, reverse bool) value.Value {
	names := p.store.Globals()
	sort.Strings(names)
	if s := neighbourName(names, name, reverse); s.Kind() != value.Null {
		return value.Text("^" + s.Text())
	}
	return value.Value{}
}

func neighbourName(names []string, name string, reverse bool) value.Value {
	found := ""
	for _, n := range names {
		if !reverse && n > name {
			return plainText(n)
		}
		if reverse && n < name {
			found = n
		}
	}
	return plainText(found)
}

// definedNames lists the variables that are defined, in order.
func definedNames(t map[string]*Var) []string {
	var names []string
	for n, v := range t {
		if v.Defined() {
			names = append(names, n)
		}
	}
	sort.Strings(names)
	return names
}

// syntaxFault is the error of code that can't be read, as XECUTE and indirection give it.
func syntaxFault(err error) error {
	e, ok := err.(*parse.Error)
	switch {
	case ok && e.Name == "UNIMPLEMENTED":
		return fault.New(e.Name, "*"+strings.TrimSpace(e.Text))
	case ok:
		return fault.New(e.Name, "") // IRIS says no more
	}
	return fault.New("SYNTAX", "")
}
