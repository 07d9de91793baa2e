package parse

import (
	"fmt"
	"reflect"
	"strings"
)

// ourOperand is the shape of an operand of ours.
func (s *shaper) ourOperand(e Expr) string {
	if e == nil {
		return ""
	}
	if text, ok := s.ourShape(e); ok {
		return text
	}
	if text, ok := ourLeaf(e); ok {
		return text
	}
	s.collect(reflect.ValueOf(e), s.ourShape)
	return "_"
}

func (s *shaper) ourOperands(list []Expr) string {
	parts := make([]string, len(list))
	for i, e := range list {
		parts[i] = s.ourOperand(e)
	}
	return strings.Join(parts, ", ")
}

// ourLeaf names columns, parameters and constants.
func ourLeaf(e Expr) (string, bool) {
	switch e := e.(type) {
	case *ColumnRef:
		if e.Star {
			return strings.Join(append(e.Parts[:len(e.Parts):len(e.Parts)], "*"), "."), true
		}
		return strings.Join(e.Parts, "."), true
	case *ParamRef:
		return fmt.Sprintf("$%d", e.Number), true
	case *Literal:
		switch e.Kind {
		case NullLiteral:
			return "null", true
		case IntLiteral, FloatLiteral:
			return number(e.Text), true
		case BoolLiteral:
			return e.Text, true
		}
		return fmt.Sprintf("%q", e.Text), true
	}
	return "", false
}

// number marks a negative number, whose sign the trees keep in different places.
func number(text string) string {
	if digits, negative := strings.CutPrefix(text, "-"); negative {
		return "(- " + digits + ")"
	}
	return text
}

// ourShape is the shape of one of our expressions; false if it is none that both trees tell alike.
func (s *shaper) ourShape(n any) (string, bool) {
	switch e := n.(type) {
	case *In:
		return s.ourIn(e)
	// IS NOT JSON is one node of ours, and NOT of another one in PostgreSQL.
	case *IsJSON:
		if e.Not {
			s.collect(reflect.ValueOf(&IsJSON{Arg: e.Arg}), s.ourShape)
			return "not(_)", true
		}
	case *Operator:
		if e.Left == nil {
			return fmt.Sprintf("(%s %s)", e.Name, s.ourOperand(e.Right)), true
		}
		return fmt.Sprintf("(%s %s %s)", s.ourOperand(e.Left), e.Name, s.ourOperand(e.Right)), true
	case *Logic:
		return s.ourLogic(e), true
	case *Between:
		return fmt.Sprintf("(%s between not=%v symmetric=%v %s and %s)", s.ourOperand(e.Arg), e.Not, e.Symmetric, s.ourOperand(e.Low), s.ourOperand(e.High)), true
	case *Like:
		return s.ourLike(e), true
	case *NullTest:
		return fmt.Sprintf("(%s isnull not=%v)", s.ourOperand(e.Arg), e.Not), true
	case *BoolTest:
		return fmt.Sprintf("(%s is %d not=%v)", s.ourOperand(e.Arg), e.Want, e.Not), true
	case *Distinct:
		return fmt.Sprintf("(%s distinct not=%v %s)", s.ourOperand(e.Left), e.Not, s.ourOperand(e.Right)), true
	case *NullIf:
		return fmt.Sprintf("nullif(%s, %s)", s.ourOperand(e.Left), s.ourOperand(e.Right)), true
	case *Coalesce:
		return fmt.Sprintf("coalesce(%s)", s.ourOperands(e.Args)), true
	case *Collate:
		return fmt.Sprintf("(%s collate)", s.ourOperand(e.Arg)), true
	case *Cast:
		return fmt.Sprintf("(%s :: %s)", s.ourOperand(e.Arg), e.Type.Names[len(e.Type.Names)-1]), true
	case *Quantified:
		if e.Query == nil {
			return fmt.Sprintf("(%s %s all=%v %s)", s.ourOperand(e.Left), e.Op, e.All, s.ourOperand(e.Array)), true
		}
	case *FuncCall:
		if e.Form == FormAtTimeZone {
			return fmt.Sprintf("timezone(%s, %s)", s.ourOperand(e.Args[0].Value), s.ourOperand(e.Args[1].Value)), true
		}
	}
	return "", false
}

func (s *shaper) ourLogic(e *Logic) string {
	word := []string{"and", "or", "not"}[e.Op]
	text := s.ourOperand(e.Args[0])
	if e.Op == Not {
		return fmt.Sprintf("not(%s)", text)
	}
	// Ours is flat, theirs nests to the left.
	for _, a := range e.Args[1:] {
		text = fmt.Sprintf("%s(%s, %s)", word, text, s.ourOperand(a))
	}
	return text
}

// ourIn: NOT IN (query) is one node of ours, and NOT of another one in PostgreSQL.
func (s *shaper) ourIn(e *In) (string, bool) {
	switch {
	case e.Query == nil:
		return fmt.Sprintf("(%s in not=%v (%s))", s.ourOperand(e.Arg), e.Not, s.ourOperands(e.List)), true
	case e.Not:
		s.collect(reflect.ValueOf(&In{Arg: e.Arg, Query: e.Query}), s.ourShape)
		return "not(_)", true
	}
	return "", false
}

func (s *shaper) ourLike(e *Like) string {
	pattern := s.ourOperand(e.Pattern)
	if e.Escape != nil {
		pattern += " escape " + s.ourOperand(e.Escape)
	}
	return fmt.Sprintf("(%s like%d not=%v %s)", s.ourOperand(e.Arg), e.Kind, e.Not, pattern)
}
