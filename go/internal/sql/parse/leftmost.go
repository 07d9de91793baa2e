package parse

// Leftmost is the offset of an expression's first character: PostgreSQL's position for errors about the expression as a
// whole, such as "argument of WHERE must be type boolean".
func Leftmost(e Expr) int {
	for {
		first := firstOperand(e)
		if first == nil {
			return e.Pos()
		}
		if first.Pos() > e.Pos() {
			return e.Pos()
		}
		e = first
	}
}

// firstOperand gives the operand that stands before a node's own word, nil where none does.
func firstOperand(e Expr) Expr {
	switch n := e.(type) {
	case *Operator:
		return n.Left
	case *Logic:
		return n.Args[0]
	case *Between:
		return n.Arg
	case *In:
		return n.Arg
	case *Like:
		return n.Arg
	case *Quantified:
		return n.Left
	case *NullTest:
		return n.Arg
	case *BoolTest:
		return n.Arg
	case *Distinct:
		return n.Left
	case *Collate:
		return n.Arg
	case *Indirection:
		return n.Arg
	case *Cast:
		if n.Form == CastColons {
			return n.Arg
		}
	case *FuncCall:
		switch n.Form {
		case FormAtTimeZone:
			return n.Args[1].Value
		case FormAtLocal, FormIsNormalized:
			return n.Args[0].Value
		}
	}
	return nil
}
