package parse

import "strconv"

// operand writes an expression where only a simple one is safe without parentheses.
func (p *printer) operand(e Expr) {
	if atomic(e) {
		p.expr(e)
		return
	}
	p.w("(")
	p.expr(e)
	p.w(")")
}

// atomic says whether an expression holds together by itself.
func atomic(e Expr) bool {
	switch n := e.(type) {
	case *Literal:
		return n.Text == "" || n.Text[0] != '-' || n.Kind == StringLiteral
	case *FuncCall:
		return n.Form < FormIsNormalized || n.Form == FormCollationFor || n.Form == FormSystemUser || n.Form == FormXMLExists
	case *ParamRef, *ColumnRef, *Case, *SQLValue, *Coalesce, *NullIf, *MinMax, *GroupingCall, *Exists, *Subquery,
		*ArrayQuery, *Array, *Row, *MergeAction, *XMLCall, *XMLParse, *XMLSerialize, *JSONObject, *JSONArray, *JSONFunc, *JSONQuery:
		return true
	case *Cast:
		return n.Form == CastCall
	}
	return false
}

// expr writes an expression.
func (p *printer) expr(e Expr) {
	switch n := e.(type) {
	case *Literal:
		p.literal(n)
	case *ParamRef:
		p.w("$", strconv.Itoa(n.Number))
	case *ColumnRef:
		p.idents(n.Parts)
		p.when(n.Star && len(n.Parts) > 0, ".")
		p.when(n.Star, "*")
	case *Indirection:
		p.w("(")
		p.expr(n.Arg)
		p.w(")")
		p.path(n.Path)
	case *Operator:
		p.operator(n)
	case *Logic:
		p.logic(n)
	case *Subquery:
		p.subquery(n.Query)
	case *Exists:
		p.w("EXISTS ")
		p.subquery(n.Query)
	case *ArrayQuery:
		p.w("ARRAY")
		p.subquery(n.Query)
	case *Array:
		p.when(!n.Inner, "ARRAY")
		p.w("[")
		p.exprs(n.Elems)
		p.w("]")
	case *Row:
		p.when(n.Explicit, "ROW")
		p.parens(n.Args)
	case *Case:
		p.caseExpr(n)
	case *Cast:
		p.cast(n)
	case *Collate:
		p.operand(n.Arg)
		p.w(" COLLATE ")
		p.qualified(n.Name)
	case *FuncCall:
		p.funcCall(n)
	default:
		p.otherExpr(e)
	}
}

// otherExpr writes the tests and functions with a name of their own.
func (p *printer) otherExpr(e Expr) {
	switch n := e.(type) {
	case *Between, *In, *Like, *Quantified, *NullTest, *BoolTest, *Distinct, *IsJSON, *XMLIsDocument:
		p.test(e)
	case *SQLValue:
		p.w(n.Name)
		if n.Precision >= 0 {
			p.w("(", strconv.Itoa(n.Precision), ")")
		}
	case *Coalesce:
		p.w("COALESCE")
		p.parens(n.Args)
	case *NullIf:
		p.w("NULLIF")
		p.parens([]Expr{n.Left, n.Right})
	case *MinMax:
		p.when(n.Greatest, "GREATEST")
		p.when(!n.Greatest, "LEAST")
		p.parens(n.Args)
	case *GroupingCall:
		p.w("GROUPING")
		p.parens(n.Args)
	case *GroupingSet:
		p.groupingSet(n)
	case *Default:
		p.w("DEFAULT")
	case *CurrentOf:
		p.w("CURRENT OF ")
		p.ident(n.Cursor)
	case *MergeAction:
		p.w("MERGE_ACTION()")
	case *TypeArg:
		p.typeName(n.Type)
	default:
		if !p.jsonExpr(e) {
			p.xmlExpr(e)
		}
	}
}

// literal writes a constant.
func (p *printer) literal(l *Literal) {
	switch l.Kind {
	case NullLiteral:
		p.w("NULL")
	case BoolLiteral:
		p.w(l.Text)
	case StringLiteral:
		p.text(l.Text)
	case BitLiteral:
		p.w(l.Text[:1])
		p.text(l.Text[1:])
	default:
		p.w(l.Text)
	}
}

// path writes subscripts and field selections.
func (p *printer) path(steps []Step) {
	for _, s := range steps {
		switch {
		case s.Star:
			p.w(".*")
		case s.Field != "":
			p.w(".")
			p.ident(s.Field)
		default:
			p.w("[")
			if s.Index != nil {
				p.expr(s.Index)
			}
			p.when(s.Slice, ":")
			if s.Upper != nil {
				p.expr(s.Upper)
			}
			p.w("]")
		}
	}
}

// operatorName writes an operator's spelling.
func (p *printer) operatorName(schema []string, name string) {
	if schema == nil {
		p.w(name)
		return
	}
	p.w("OPERATOR(")
	p.idents(schema)
	p.w(".", name, ")")
}

// operator writes an operator with its operands. A chain of left operands that bind as tight stays without parentheses,
// so that long ones do not nest.
func (p *printer) operator(o *Operator) {
	if o.Left != nil {
		left, ok := o.Left.(*Operator)
		if prec := operatorPrecedence(o); ok && left.Left != nil && prec != precCompare && operatorPrecedence(left) >= prec {
			p.expr(left)
		} else {
			p.operand(o.Left)
		}
		p.w(" ")
	}
	if o.Schema != nil {
		p.operatorName(*o.Schema, o.Name)
	} else {
		p.w(o.Name)
	}
	p.w(" ")
	p.operand(o.Right)
}

// operatorPrecedence gives the precedence that an infix operator has.
func operatorPrecedence(o *Operator) int {
	if o.Schema != nil {
		return precOperator
	}
	switch o.Name {
	case "+", "-":
		return precAdd
	case "*", "/", "%":
		return precMultiply
	case "^":
		return precPower
	case "<", ">", "=", "<=", ">=", "<>":
		return precCompare
	}
	return precOperator
}

// logic writes AND, OR and NOT.
func (p *printer) logic(l *Logic) {
	if l.Op == Not {
		p.w("NOT ")
		p.operand(l.Args[0])
		return
	}
	word := " AND "
	if l.Op == Or {
		word = " OR "
	}
	for i, a := range l.Args {
		p.when(i > 0, word)
		p.operand(a)
	}
}

// caseExpr writes CASE.
func (p *printer) caseExpr(c *Case) {
	p.w("CASE")
	p.optExpr(" ", c.Arg)
	for _, w := range c.Whens {
		p.optExpr(" WHEN ", w.Cond)
		p.optExpr(" THEN ", w.Result)
	}
	p.optExpr(" ELSE ", c.Else)
	p.w(" END")
}

// cast writes a cast as it was written.
func (p *printer) cast(c *Cast) {
	switch c.Form {
	case CastCall:
		p.w("CAST(")
		p.expr(c.Arg)
		p.w(" AS ")
		p.typeName(c.Type)
		p.w(")")
	case CastColons:
		p.operand(c.Arg)
		p.w("::")
		p.typeName(c.Type)
	default:
		if isInterval(c.Type) && c.Type.Interval != "" {
			p.w("interval ")
			p.expr(c.Arg)
			p.intervalFields(c.Type)
			return
		}
		p.typeName(c.Type)
		p.w(" ")
		p.expr(c.Arg)
	}
}

// test writes the predicates with words.
func (p *printer) test(e Expr) {
	switch n := e.(type) {
	case *Between:
		p.negatable(n.Arg, n.Not)
		p.w("BETWEEN ")
		p.when(n.Symmetric, "SYMMETRIC ")
		p.operand(n.Low)
		p.w(" AND ")
		p.operand(n.High)
	case *In:
		p.negatable(n.Arg, n.Not)
		p.w("IN ")
		if n.Query != nil {
			p.subquery(n.Query)
		} else {
			p.parens(n.List)
		}
	case *Like:
		p.negatable(n.Arg, n.Not)
		p.w([]string{"LIKE ", "ILIKE ", "SIMILAR TO "}[n.Kind])
		p.operand(n.Pattern)
		if n.Escape != nil {
			p.w(" ESCAPE ")
			p.operand(n.Escape)
		}
	case *Quantified:
		p.quantified(n)
	case *NullTest:
		p.is(n.Arg, n.Not)
		p.w("NULL")
	case *BoolTest:
		p.is(n.Arg, n.Not)
		p.w([]string{"TRUE", "FALSE", "UNKNOWN"}[n.Want])
	case *Distinct:
		p.is(n.Left, n.Not)
		p.w("DISTINCT FROM ")
		p.operand(n.Right)
	case *XMLIsDocument:
		p.is(n.Arg, false)
		p.w("DOCUMENT")
	case *IsJSON:
		p.is(n.Arg, n.Not)
		p.w("JSON")
		p.when(n.Kind != "", " "+n.Kind)
		p.unique(n.Unique)
	}
}

// negatable writes the left operand and NOT.
func (p *printer) negatable(arg Expr, not bool) {
	p.operand(arg)
	p.w(" ")
	p.when(not, "NOT ")
}

// is writes the left operand, IS and NOT.
func (p *printer) is(arg Expr, not bool) {
	p.operand(arg)
	p.w(" IS ")
	p.when(not, "NOT ")
}

// quantified writes ANY and ALL.
func (p *printer) quantified(q *Quantified) {
	p.operand(q.Left)
	p.w(" ")
	p.operatorName(q.Schema, q.Op)
	p.when(q.All, " ALL ")
	p.when(!q.All, " ANY ")
	if q.Query != nil {
		p.subquery(q.Query)
		return
	}
	p.w("(")
	p.expr(q.Array)
	p.w(")")
}
