package analyze

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// expr analyzes an expression. Its type may be unknown: a string literal, NULL or a parameter that nothing has typed yet.
func (a *analyzer) expr(n parse.Expr, s *scope) (Expr, error) {
	switch n := n.(type) {
	case *parse.Literal:
		return a.literal(n)
	case *parse.ParamRef:
		return a.param(n)
	case *parse.ColumnRef:
		return a.column(n, s)
	case *parse.Operator:
		return a.operator(n, s)
	case *parse.Logic:
		return a.logic(n, s)
	case *parse.Between:
		return a.between(n, s)
	case *parse.In:
		return a.in(n, s)
	case *parse.Like:
		return a.like(n, s)
	case *parse.Quantified:
		return a.quantified(n, s)
	case *parse.NullTest:
		return a.nullTest(n, s)
	case *parse.BoolTest:
		return a.boolTest(n, s)
	case *parse.Distinct:
		return a.isDistinct(n, s)
	case *parse.Cast:
		return a.cast(n, s)
	case *parse.Collate:
		return a.collate(n, s)
	case *parse.FuncCall:
		return a.call(n, s)
	}
	return a.special(n, s)
}

// special analyzes the constructs with words of their own.
func (a *analyzer) special(n parse.Expr, s *scope) (Expr, error) {
	switch n := n.(type) {
	case *parse.SQLValue:
		return a.sqlValue(n)
	case *parse.Case:
		return a.caseOf(n, s)
	case *parse.Coalesce:
		return a.variadic("coalesce", "COALESCE", n.Args, n, s)
	case *parse.MinMax:
		if n.Greatest {
			return a.variadic("greatest", "GREATEST", n.Args, n, s)
		}
		return a.variadic("least", "LEAST", n.Args, n, s)
	case *parse.NullIf:
		return a.nullIf(n, s)
	case *parse.Subquery:
		return a.scalar(n, s)
	case *parse.Exists:
		q, err := a.query(n.Query, s, queryOptions{})
		if err != nil {
			return nil, err
		}
		return &Subquery{Node: a.node(pgtypes.Bool, n), Kind: ExistsSubquery, Query: q}, nil
	case *parse.Array:
		return a.array(n, s)
	case *parse.ArrayQuery:
		return nil, a.notBuilt(n, "ARRAY(query)")
	case *parse.Row:
		return nil, a.notBuilt(n, "a row value")
	case *parse.Indirection:
		return nil, a.notBuilt(n, "subscripts and fields of an expression")
	case *parse.GroupingCall:
		return nil, a.notBuilt(n, "GROUPING()")
	case *parse.Default:
		return nil, a.fail(pgerr.SyntaxError, n, "DEFAULT is not allowed in this context")
	case *parse.MergeAction:
		return nil, a.notBuilt(n, "MERGE_ACTION()")
	}
	return nil, a.notBuilt(n, "this SQL/JSON or XML expression")
}

// node is what a new expression carries.
func (a *analyzer) node(oid pgtypes.OID, n parse.Node) Node { return Node{pgtypes.Of(oid), a.pos(n)} }

// exprs analyzes a list.
func (a *analyzer) exprs(list []parse.Expr, s *scope) ([]Expr, error) {
	out := make([]Expr, len(list))
	for i, n := range list {
		var err error
		if out[i], err = a.expr(n, s); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// literal analyzes a constant: a number has the smallest of integer, bigint and numeric that holds it (PostgreSQL docs,
// 4.1.2.6); a string and NULL are of unknown type.
func (a *analyzer) literal(n *parse.Literal) (Expr, error) {
	node := a.node(pgtypes.Unknown, n)
	switch n.Kind {
	case parse.NullLiteral:
		return &Const{Node: node}, nil
	case parse.StringLiteral:
		return &Const{Node: node, Value: iris.Text(n.Text)}, nil
	case parse.BoolLiteral:
		node.Typ = pgtypes.Of(pgtypes.Bool)
		return &Const{Node: node, Value: iris.Bool(n.Text == "true")}, nil
	case parse.IntLiteral:
		node.Typ = pgtypes.Of(pgtypes.Int4)
		v, err := pgtypes.ParseText(node.Typ, n.Text)
		return &Const{Node: node, Value: v}, positioned(err, node.At)
	case parse.FloatLiteral:
		for _, oid := range []pgtypes.OID{pgtypes.Int4, pgtypes.Int8, pgtypes.Numeric} {
			if oid != pgtypes.Numeric && !wholeNumber(n.Text) {
				continue
			}
			v, err := pgtypes.ParseText(pgtypes.Of(oid), n.Text)
			if err == nil || oid == pgtypes.Numeric {
				node.Typ = pgtypes.Of(oid)
				return &Const{Node: node, Value: v}, positioned(err, node.At)
			}
		}
	case parse.BitLiteral:
		node.Typ = pgtypes.Of(pgtypes.Bit)
		v, err := pgtypes.ParseText(node.Typ, n.Text)
		return &Const{Node: node, Value: v}, positioned(err, node.At)
	}
	return nil, a.notBuilt(n, "this literal")
}

func wholeNumber(text string) bool {
	for i := range len(text) {
		if (text[i] < '0' || text[i] > '9') && !(i == 0 && text[i] == '-') {
			return false
		}
	}
	return true
}

// logic analyzes AND, OR, NOT.
func (a *analyzer) logic(n *parse.Logic, s *scope) (Expr, error) {
	words := [...]string{parse.And: "AND", parse.Or: "OR", parse.Not: "NOT"}
	out := &Logic{Node: a.node(pgtypes.Bool, n), Op: [...]LogicOp{parse.And: And, parse.Or: Or, parse.Not: Not}[n.Op]}
	for _, arg := range n.Args {
		e, err := a.expr(arg, s)
		if err == nil {
			e, err = a.boolean(e, arg, words[n.Op])
		}
		if err != nil {
			return nil, err
		}
		out.Args = append(out.Args, e)
	}
	return out, nil
}

func (a *analyzer) nullTest(n *parse.NullTest, s *scope) (Expr, error) {
	arg, err := a.expr(n.Arg, s)
	if err != nil {
		return nil, err
	}
	return &NullTest{a.node(pgtypes.Bool, n), arg, n.Not}, nil
}

func (a *analyzer) boolTest(n *parse.BoolTest, s *scope) (Expr, error) {
	words := [...]string{parse.WantTrue: "TRUE", parse.WantFalse: "FALSE", parse.WantUnknown: "UNKNOWN"}
	arg, err := a.expr(n.Arg, s)
	if err != nil {
		return nil, err
	}
	is := "IS "
	if n.Not {
		is += "NOT "
	}
	if arg, err = a.boolean(arg, n.Arg, is+words[n.Want]); err != nil {
		return nil, err
	}
	want := [...]BoolWant{parse.WantTrue: WantTrue, parse.WantFalse: WantFalse, parse.WantUnknown: WantUnknown}[n.Want]
	return &BoolTest{a.node(pgtypes.Bool, n), arg, want, n.Not}, nil
}

// collate accepts the collations that mean PostgreSQL's "C" order here.
func (a *analyzer) collate(n *parse.Collate, s *scope) (Expr, error) {
	switch n.Name.Name {
	case "C", "POSIX", "default", "ucs_basic", "C.UTF-8":
	default:
		return nil, a.notBuilt(n, "COLLATE \""+n.Name.Name+"\"")
	}
	e, err := a.expr(n.Arg, s)
	if err != nil {
		return nil, err
	}
	if e, err = a.known(e); err != nil {
		return nil, err
	}
	if t := info(e.Type().OID); t.Category != 'S' {
		return nil, a.fail(pgerr.DatatypeMismatch, n, "collations are not supported by type %s", TypeName(t.OID))
	}
	return e, nil
}
