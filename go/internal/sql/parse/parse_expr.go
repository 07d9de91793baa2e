package parse

// The precedences of operators, low to high (PostgreSQL docs, 4.1.6). Comparison, BETWEEN and its like, and IS do not
// associate.
const (
	precLowest = iota
	precOr
	precAnd
	precNot
	precIs
	precCompare
	precMatch // BETWEEN IN LIKE ILIKE SIMILAR
	precEscape
	precOperator
	precAdd
	precMultiply
	precPower
	precAt
	precCollate
	precUnary
	precCast
)

// exprMode is a_expr or the restricted b_expr, in which AND, OR, NOT, IN, LIKE, BETWEEN and most of IS cannot stand.
type exprMode bool

const (
	fullExpr  exprMode = false
	basicExpr exprMode = true
)

// expr parses an expression (a_expr).
func (p *parser) expr() Expr { return p.expression(precLowest, fullExpr) }

// basic parses a restricted expression (b_expr).
func (p *parser) basic() Expr { return p.expression(precLowest, basicExpr) }

// exprs parses a list of expressions.
func (p *parser) exprs() []Expr {
	list := make([]Expr, 1, 2)
	list[0] = p.expr()
	for p.accept(',') {
		list = append(list, p.expr())
	}
	return list
}

// parenExprs parses a list of expressions in parentheses.
func (p *parser) parenExprs() []Expr {
	p.expect('(')
	list := p.exprs()
	p.expect(')')
	return list
}

// expression parses an expression whose operators bind at least as tight as min.
func (p *parser) expression(min int, mode exprMode) Expr {
	p.enter()
	outer := p.height
	p.height = 0
	left := p.prefix(mode)
	e := p.operators(left, min, mode)
	p.height = max(outer, p.height+1)
	p.leave()
	return e
}

// operators parses the operators behind left. height is the tree's height on the way in (of left) and out.
func (p *parser) operators(left Expr, min int, mode exprMode) Expr {
	for {
		prec := p.infix(mode)
		if prec < min || prec == precLowest || min == precLowest && p.isLabelWord() {
			return left
		}
		height := p.height
		p.height = 0
		_, chain := left.(*Logic)
		left = p.binary(left, prec, mode)
		if _, same := left.(*Logic); !chain || !same {
			height++
		}
		p.grow(height)
	}
}

// isLabelWord says whether an operator's word behind a select item is the item's label (SELECT 1 like): nothing follows
// that could be its operand.
func (p *parser) isLabelWord() bool {
	return p.tok.kw != noKeyword && p.depth == p.labelDepth && endsExpr(p.peek(1)) && !p.isAny(kwIsnull, kwNotnull)
}

// grow sets the height of a node that has an operand of that height on its left; the right operand's is p.height.
func (p *parser) grow(left int) {
	p.height = max(left, p.height+1)
	if p.height > maxDepth {
		p.tooDeep()
	}
}

// infix gives the precedence of the current token as an operator behind an operand; precLowest is none.
func (p *parser) infix(mode exprMode) int {
	switch p.tok.kind {
	case '+', '-':
		return precAdd
	case '*', '/', '%':
		return precMultiply
	case '^':
		return precPower
	case '<', '>', '=', tokLessEqual, tokGreaterEqual, tokNotEqual:
		return precCompare
	case tokOp:
		return precOperator
	case tokCast:
		return precCast
	case tokIdent:
		if p.tok.kw == noKeyword {
			return precLowest
		}
		return p.infixWord(mode)
	}
	return precLowest
}

// infixWord is infix for keywords.
func (p *parser) infixWord(mode exprMode) int {
	next := p.peek(1)
	switch p.tok.kw {
	case kwOperator:
		if next.kind == '(' {
			return precOperator
		}
		return precLowest
	case kwIs:
		if mode == basicExpr && !p.basicIs() {
			return precLowest
		}
		return precIs
	}
	if mode == basicExpr {
		return precLowest
	}
	switch p.tok.kw {
	case kwIsnull, kwNotnull:
		return precIs
	case kwAt:
		if next.kw == kwLocal || next.kw == kwTime || p.depth != p.labelDepth {
			return precAt
		}
		return precLowest
	case kwNot:
		switch next.kw {
		case kwBetween, kwIn, kwLike, kwIlike, kwSimilar:
			return precMatch
		}
		return precLowest
	case kwSimilar:
		if next.kw == kwTo || !p.substringArg {
			return precMatch
		}
		return precLowest
	}
	return wordPrecedence(p.tok.kw)
}

// wordPrecedence gives the precedence of the plain operator words.
func wordPrecedence(k kw) int {
	switch k {
	case kwOr:
		return precOr
	case kwAnd:
		return precAnd
	case kwBetween, kwIn, kwLike, kwIlike:
		return precMatch
	case kwCollate:
		return precCollate
	}
	return precLowest
}

// basicIs says whether IS begins a form that a restricted expression may have: [NOT] DISTINCT FROM, [NOT] DOCUMENT.
func (p *parser) basicIs() bool {
	k := p.peek(1).kw
	if k == kwNot {
		k = p.peek(2).kw
	}
	return k == kwDistinct || k == kwDocument
}

// endsExpr says whether t can only stand behind a complete expression.
func endsExpr(t token) bool {
	switch t.kind {
	case ',', ')', ';', ']', tokEOF:
		return true
	}
	switch t.kw {
	case kwFrom, kwInto, kwWhere, kwGroup, kwHaving, kwWindow, kwUnion, kwIntersect, kwExcept, kwOrder, kwLimit, kwOffset, kwFetch, kwFor:
		return true
	}
	return false
}

// prefix parses an operand with the operators before it.
func (p *parser) prefix(mode exprMode) Expr {
	at := p.at()
	switch p.tok.kind {
	case '+':
		p.next()
		return &Operator{At: at, Name: "+", Right: p.expression(precCast, mode)}
	case '-':
		p.next()
		return minus(at, p.expression(precCast, mode))
	case tokOp:
		return p.prefixOperator(mode)
	}
	switch p.tok.kw {
	case noKeyword:
	case kwNot:
		if mode == fullExpr {
			p.next()
			return &Logic{At: at, Op: Not, Args: []Expr{p.expression(precNot, mode)}}
		}
	case kwOperator:
		if p.peek(1).kind == '(' {
			return p.prefixOperator(mode)
		}
	case kwDefault:
		if mode == fullExpr {
			p.next()
			return &Default{At: at}
		}
	}
	return p.primary(mode)
}

// minus makes -operand; a number takes the sign itself, as in PostgreSQL, so that the smallest integer can be written.
func minus(at At, operand Expr) Expr {
	l, ok := operand.(*Literal)
	if !ok || l.Kind != IntLiteral && l.Kind != FloatLiteral {
		return &Operator{At: at, Name: "-", Right: operand}
	}
	negate(l)
	l.At = at
	return l
}

// prefixOperator parses an operator of any spelling before its operand.
func (p *parser) prefixOperator(mode exprMode) Expr {
	at := p.at()
	schema, name := p.operatorName()
	return &Operator{At: at, Schema: operatorSchema(schema), Name: name, Right: p.expression(precOperator+1, mode)}
}

// operatorSchema keeps an operator's schema, if it was given.
func operatorSchema(parts []string) *OperatorSchema {
	if parts == nil {
		return nil
	}
	return (*OperatorSchema)(&parts)
}

// operatorName parses an operator's spelling or OPERATOR(schema.op).
func (p *parser) operatorName() (schema []string, name string) {
	if !p.acceptKw(kwOperator) {
		return nil, p.operatorSymbol()
	}
	p.expect('(')
	schema, name = p.anyOperator()
	p.expect(')')
	return schema, name
}

// anyOperator parses [schema.]op.
func (p *parser) anyOperator() (schema []string, name string) {
	for isName(p.tok) {
		schema = append(schema, p.name())
		p.expect('.')
	}
	return schema, p.operatorSymbol()
}

// operatorSymbol parses an operator's spelling.
func (p *parser) operatorSymbol() string {
	if !isOperatorSymbol(p.tok.kind) {
		p.fail()
	}
	name := p.text[p.tok.start:p.tok.end]
	if name == "!=" {
		name = "<>"
	}
	p.next()
	return name
}

// isOperatorSymbol says whether a kind is an operator (all_Op).
func isOperatorSymbol(kind tokenKind) bool {
	switch kind {
	case '+', '-', '*', '/', '%', '^', '<', '>', '=', tokOp, tokLessEqual, tokGreaterEqual, tokNotEqual:
		return true
	}
	return false
}
