package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// setItems reads the arguments of SET.
func (p *parser) setItems() []ast.SetItem {
	var items []ast.SetItem
	for {
		items = append(items, p.setItem())
		if !p.more() {
			return items
		}
	}
}

// setItem reads a=1, (a,b)=1 or @x.
func (p *parser) setItem() ast.SetItem {
	var item ast.SetItem
	if p.peek() == '(' {
		item.Targets = p.targets()
	} else {
		item.Targets = []ast.Expr{p.target()}
	}
	save := p.pos
	p.blanks()
	if !p.accept("=") {
		p.pos = save
		ind, ok := item.Targets[0].(*ast.Indirect)
		if !ok || len(item.Targets) > 1 || ind.HasSubs {
			p.fail("= expected")
		}
		return ast.SetItem{Indirect: ind.X}
	}
	p.space()
	item.Value = p.expr()
	return item
}

// targets reads (a,b).
func (p *parser) targets() []ast.Expr {
	var list []ast.Expr
	p.expect("(")
	p.inner(func() {
		for {
			p.space()
			list = append(list, p.target())
			p.space()
			if !p.accept(",") {
				return
			}
		}
	})
	p.expect(")")
	return list
}

// settable are the functions that SET may have on the left.
var settable = map[string]bool{"$PIECE": true, "$EXTRACT": true, "$LIST": true, "$BIT": true, "$PROPERTY": true, "$VECTOR": true,
	"$WEXTRACT": true, "$LISTBUILD": true}

// settableSpecials are the special variables that SET may change.
var settableSpecials = map[string]bool{}

func init() {
	for _, w := range strings.Fields("$DEVICE $ECODE $ETRAP $ZTRAP $ZERROR $KEY $TEST $X $Y $NAMESPACE $ZNSPACE $ROLES $HALT " +
		"$ZSTORAGE $ZTIMEZONE $ZREFERENCE $PRINCIPAL $USERNAME") {
		settableSpecials[w] = true
	}
}

// target reads what SET, READ and FOR may assign to.
func (p *parser) target() ast.Expr {
	from := p.pos
	switch x := reference(p.operand()).(type) {
	case *ast.Local, *ast.Global, *ast.Indirect, *ast.IVar, *ast.Prop, *ast.ClassProp:
		return x
	case *ast.Special:
		if settableSpecials[x.Name] {
			return x
		}
	case *ast.Func:
		if settable[x.Name] && p.places(x) {
			return x
		}
	}
	p.pos = from
	p.fail("nothing can be assigned to this")
	return nil
}

// places checks the arguments of a function on the left of SET: the first is a place, in $LISTBUILD each that is given.
func (p *parser) places(f *ast.Func) bool {
	all := f.Name == "$LISTBUILD"
	for i := range f.Args {
		a := &f.Args[i]
		if i > 0 && !all {
			break
		}
		a.X = reference(a.X)
		switch a.X.(type) {
		case *ast.Local, *ast.Global, *ast.Indirect, *ast.IVar, *ast.Prop, *ast.Special:
		default:
			if !a.Omitted || !all {
				return false
			}
		}
	}
	return len(f.Args) > 0
}

// mergePairs reads the arguments of MERGE.
func (p *parser) mergePairs() []ast.SetItem {
	var pairs []ast.SetItem
	for {
		item := p.setItem()
		if item.Value != nil {
			item.Value = reference(item.Value)
		}
		if len(item.Targets) > 1 {
			p.fail("MERGE has one target")
		}
		pairs = append(pairs, item)
		if !p.more() {
			return pairs
		}
	}
}

// names reads the arguments of NEW and KILL.
func (p *parser) names(at ast.Pos, s spec, post ast.Post, bare bool) ast.Command {
	var items []ast.Expr
	exclusive := false
	switch {
	case bare:
	case p.peek() == '(':
		exclusive, items = true, p.targets()
	default:
		for more := true; more; more = p.more() {
			items = append(items, p.target())
		}
	}
	if s.kind == kKill {
		return &ast.Kill{Pos: at, Post: post, NodeOnly: s.name == "ZKILL", Exclusive: exclusive, Items: items}
	}
	for _, x := range items {
		if l, ok := x.(*ast.Local); ok && l.Subs == nil {
			continue
		}
		if _, ok := x.(*ast.Special); ok && !exclusive {
			continue
		}
		if _, ok := x.(*ast.Indirect); ok && !exclusive {
			continue
		}
		p.fail("NEW takes names of variables")
	}
	return &ast.New{Pos: at, Post: post, Exclusive: exclusive, Items: items}
}
