package irissql

import (
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
)

// longestIn is how many values IN lists one by one; more go as one $LIST, since a statement has 255 arguments.
const longestIn = 100

// inList prints x [NOT] IN (a, b, …).
func (p *Printer) inList(n *analyze.In) (Fragment, error) {
	if len(n.List) > longestIn && allRowless(n.List) {
		return p.longIn(n)
	}
	if !p.plainIn(n) {
		return p.expandedIn(n)
	}
	x, err := p.comparand(n.Arg, n.List[0], false)
	if err != nil {
		return x, err
	}
	items := make([]Fragment, len(n.List))
	for i, e := range n.List {
		if items[i], err = p.comparand(e, n.Arg, false); err != nil {
			return x, err
		}
	}
	word := "@ IN (@)"
	if n.Not {
		word = "@ NOT IN (@)"
	}
	return fill(word, x, join(items, ", ")), nil
}

// plainIn reports that every comparison of the list is one that IN makes.
func (p *Printer) plainIn(n *analyze.In) bool {
	c := classOf(n.Arg.Type())
	for _, e := range n.List {
		if ec := classOf(e.Type()); ec != c && !(ec.number() && c.number()) || !comparableClasses(c, ec, false) {
			return false
		}
	}
	return true
}

// expandedIn compares one by one.
func (p *Printer) expandedIn(n *analyze.In) (Fragment, error) {
	parts := make([]Fragment, len(n.List))
	for i, e := range n.List {
		f, err := p.compare(n.Equal, n.Arg, e, n.Pos())
		if err != nil {
			return f, err
		}
		parts[i] = f
	}
	if n.Not {
		return fill("NOT (@)", join(parts, " OR ")), nil
	}
	return fill("(@)", join(parts, " OR ")), nil
}

func allRowless(list []analyze.Expr) bool {
	for _, e := range list {
		if !rowless(e) {
			return false
		}
	}
	return true
}

// listMark separates the elements of a list in one argument; a text that holds it is refused.
const listMark = "\x1f"

// longIn sends the whole list as one argument, which $LISTFROMSTRING takes apart (IRIS docs, "%INLIST").
func (p *Printer) longIn(n *analyze.In) (Fragment, error) {
	elems := make([]eval.Func, len(n.List))
	for i, e := range n.List {
		f, err := eval.Compile(e, noSlot)
		if err != nil {
			return Fragment{}, p.explain(e, err)
		}
		elems[i] = f
	}
	at, t := n.Pos(), n.Arg.Type()
	joined := func(_ []iris.Value, env *eval.Env) (iris.Value, error) {
		texts := make([]string, len(elems))
		for i, f := range elems {
			v, err := f(nil, env)
			if err != nil {
				return v, err
			}
			if v.IsNull() {
				return v, pgerr.NotBuilt(at, "NULL in an IN list of more than 100 values")
			}
			texts[i] = v.String()
		}
		return joinList(texts, at)
	}
	return p.elementOf(n.Arg, t, joined, n.Not, at)
}

// joinList makes the argument; an empty text has no form in it.
func joinList(texts []string, at int) (iris.Value, error) {
	for _, s := range texts {
		if s == "" || strings.Contains(s, listMark) {
			return iris.Null(), pgerr.NotBuilt(at, "a list with an empty text or the character U+001F")
		}
	}
	return iris.Text(strings.Join(texts, listMark)), nil
}

// elementOf prints x %INLIST list for the types whose elements compare by their text.
func (p *Printer) elementOf(x analyze.Expr, t pgtypes.Type, list eval.Func, not bool, at int) (Fragment, error) {
	switch classOf(t) {
	case intClass, textClass, uuidClass:
	default:
		return Fragment{}, p.refuse(at, "a list of "+typeName(t)+" values in one argument")
	}
	f, err := p.comparable(x)
	if err != nil {
		return f, err
	}
	arg := argument(Arg{Eval: list, Type: pgtypes.Of(pgtypes.Text)})
	mark := argument(Arg{Const: iris.Text(listMark), Type: pgtypes.Of(pgtypes.Text)})
	word := "@ %INLIST $LISTFROMSTRING(@, @)"
	if not {
		word = "NOT (@ %INLIST $LISTFROMSTRING(@, @))"
	}
	return fill(word, f, arg, mark), nil
}
