package parse

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/pgplex/pgparser/nodes"
)

// theirOperand is the shape of an operand of pgparser's.
func (s *shaper) theirOperand(e nodes.Node) string {
	if e == nil {
		return ""
	}
	if text, ok := s.theirShape(e); ok {
		return text
	}
	if text, ok := theirLeaf(e); ok {
		return text
	}
	s.collect(reflect.ValueOf(e), s.theirShape)
	return "_"
}

func (s *shaper) theirOperands(list *nodes.List) string {
	parts := make([]string, len(list.Items))
	for i, e := range list.Items {
		parts[i] = s.theirOperand(e)
	}
	return strings.Join(parts, ", ")
}

// theirLeaf names columns, parameters and constants.
func theirLeaf(e nodes.Node) (string, bool) {
	switch e := e.(type) {
	case *nodes.ColumnRef:
		parts := make([]string, len(e.Fields.Items))
		for i, f := range e.Fields.Items {
			if name, ok := f.(*nodes.String); ok {
				parts[i] = name.Str
			} else {
				parts[i] = "*"
			}
		}
		return strings.Join(parts, "."), true
	case *nodes.ParamRef:
		return fmt.Sprintf("$%d", e.Number), true
	case *nodes.A_Const:
		if e.Isnull {
			return "null", true
		}
		switch v := e.Val.(type) {
		case *nodes.Integer:
			return number(fmt.Sprint(v.Ival)), true
		case *nodes.Float:
			return number(v.Fval), true
		case *nodes.Boolean:
			return fmt.Sprint(v.Boolval), true
		case *nodes.BitString:
			return fmt.Sprintf("%q", v.Bsval), true
		case *nodes.String:
			return fmt.Sprintf("%q", v.Str), true
		}
	}
	return "", false
}

// theirShape is the shape of one of pgparser's expressions.
func (s *shaper) theirShape(n any) (string, bool) {
	switch e := n.(type) {
	case *nodes.MultiAssignRef:
		// Each column of (a, b) = (…) has the whole source.
		if e.Colno > 1 {
			return "_", true
		}
	case *nodes.A_Expr:
		return s.theirOperator(e), true
	case *nodes.BoolExpr:
		return fmt.Sprintf("%s(%s)", []string{"and", "or", "not"}[e.Boolop], s.theirOperands(e.Args)), true
	case *nodes.NullTest:
		return fmt.Sprintf("(%s isnull not=%v)", s.theirOperand(e.Arg), e.Nulltesttype == nodes.IS_NOT_NULL), true
	case *nodes.BooleanTest:
		return fmt.Sprintf("(%s is %d not=%v)", s.theirOperand(e.Arg), e.Booltesttype/2, e.Booltesttype%2 == 1), true
	case *nodes.CoalesceExpr:
		return fmt.Sprintf("coalesce(%s)", s.theirOperands(e.Args)), true
	case *nodes.CollateClause:
		return fmt.Sprintf("(%s collate)", s.theirOperand(e.Arg)), true
	case *nodes.TypeCast:
		name := e.TypeName.Names.Items[len(e.TypeName.Names.Items)-1].(*nodes.String).Str
		return fmt.Sprintf("(%s :: %s)", s.theirOperand(e.Arg), name), true
	case *nodes.FuncCall:
		name := e.Funcname.Items[len(e.Funcname.Items)-1].(*nodes.String).Str
		if name == "timezone" && len(e.Funcname.Items) == 2 && e.Args != nil && len(e.Args.Items) == 2 {
			return fmt.Sprintf("timezone(%s)", s.theirOperands(e.Args)), true
		}
	}
	return "", false
}

func (s *shaper) theirOperator(e *nodes.A_Expr) string {
	name := e.Name.Items[len(e.Name.Items)-1].(*nodes.String).Str
	if name == "!=" {
		name = "<>"
	}
	left := func() string { return s.theirOperand(e.Lexpr) }
	pair := func() []string {
		list := e.Rexpr.(*nodes.List).Items
		return []string{s.theirOperand(list[0]), s.theirOperand(list[1])}
	}
	switch e.Kind {
	case nodes.AEXPR_OP:
		if e.Lexpr == nil {
			return fmt.Sprintf("(%s %s)", name, s.theirOperand(e.Rexpr))
		}
		return fmt.Sprintf("(%s %s %s)", left(), name, s.theirOperand(e.Rexpr))
	case nodes.AEXPR_OP_ANY, nodes.AEXPR_OP_ALL:
		return fmt.Sprintf("(%s %s all=%v %s)", left(), name, e.Kind == nodes.AEXPR_OP_ALL, s.theirOperand(e.Rexpr))
	case nodes.AEXPR_DISTINCT, nodes.AEXPR_NOT_DISTINCT:
		return fmt.Sprintf("(%s distinct not=%v %s)", left(), e.Kind == nodes.AEXPR_NOT_DISTINCT, s.theirOperand(e.Rexpr))
	case nodes.AEXPR_NULLIF:
		return fmt.Sprintf("nullif(%s, %s)", left(), s.theirOperand(e.Rexpr))
	case nodes.AEXPR_IN:
		return fmt.Sprintf("(%s in not=%v (%s))", left(), name == "<>", s.theirOperands(e.Rexpr.(*nodes.List)))
	case nodes.AEXPR_LIKE, nodes.AEXPR_ILIKE, nodes.AEXPR_SIMILAR:
		return fmt.Sprintf("(%s like%d not=%v %s)", left(), e.Kind-nodes.AEXPR_LIKE, name[0] == '!', s.theirPattern(e.Rexpr))
	}
	ends := pair()
	negated := e.Kind == nodes.AEXPR_NOT_BETWEEN || e.Kind == nodes.AEXPR_NOT_BETWEEN_SYM
	symmetric := e.Kind == nodes.AEXPR_BETWEEN_SYM || e.Kind == nodes.AEXPR_NOT_BETWEEN_SYM
	return fmt.Sprintf("(%s between not=%v symmetric=%v %s and %s)", left(), negated, symmetric, ends[0], ends[1])
}

// theirPattern: an escape character makes the pattern a call of like_escape or similar_to_escape.
func (s *shaper) theirPattern(e nodes.Node) string {
	call, ok := e.(*nodes.FuncCall)
	if !ok {
		return s.theirOperand(e)
	}
	switch call.Funcname.Items[len(call.Funcname.Items)-1].(*nodes.String).Str {
	case "like_escape", "similar_to_escape", "similar_escape":
		if len(call.Args.Items) == 1 {
			return s.theirOperand(call.Args.Items[0])
		}
		return s.theirOperand(call.Args.Items[0]) + " escape " + s.theirOperand(call.Args.Items[1])
	}
	return s.theirOperand(e)
}
