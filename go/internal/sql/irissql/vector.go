package irissql

import (
	"math"
	"strconv"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
)

// vectorForms are pgvector's functions. IRIS has the cosine similarity and the dot product, and nothing else on vectors
// (IRIS docs, "VECTOR_COSINE", "VECTOR_DOT_PRODUCT").
var vectorForms = map[string]callForm{
	"cosine_distance":               {print: vectorPair("(1 - VECTOR_COSINE(@, @))")},
	"vector_negative_inner_product": {print: vectorPair("(- VECTOR_DOT_PRODUCT(@, @))")},
	"inner_product":                 {print: vectorPair("VECTOR_DOT_PRODUCT(@, @)")},
	"vector_norm":                   {print: vectorNorm, exact: approx},
	"vector_l2_squared_distance":    {print: l2Squared, exact: approx},
}

// vectorShape is what IRIS has to be told of a vector: element type and length, as the other side has them; both are
// printed, since they are literals only, and two vectors of different element types don't compare (SQLCODE -259).
type vectorShape struct {
	element string
	length  int
}

// defaultElement is the element type of the gateway's own columns.
const defaultElement = "DOUBLE"

// shapeOf finds the shape of a vector expression; length 0 is unknown.
func shapeOf(e analyze.Expr) vectorShape {
	s := vectorShape{length: int(max(e.Type().Mod, 0))}
	c, ok := bare(e).(*analyze.Column)
	if !ok {
		if cast, ok := e.(*analyze.Cast); ok && !rowless(e) {
			return shapeOf(cast.Arg)
		}
		return s
	}
	switch {
	case c.Rel.Table != nil:
		stored := c.Rel.Table.Columns[c.Index].Stored
		s.element = stored.Element
		if s.length == 0 {
			s.length = stored.Length
		}
	case c.Rel.Query != nil:
		if b, ok := c.Rel.Query.Body.(*analyze.Select); ok && c.Index < len(b.Targets) {
			return shapeOf(b.Targets[c.Index].Expr)
		}
	}
	return s
}

// vectorSides prints the two operands of a vector function, each argument in the shape of the other side. The dimensions
// are checked here: TO_VECTOR with a length pads and cuts without a word (IRIS docs, "TO_VECTOR").
func (p *Printer) vectorSides(a, b analyze.Expr, at int) (x, y Fragment, err error) {
	sa, sb := shapeOf(a), shapeOf(b)
	if sa.length > 0 && sb.length > 0 && sa.length != sb.length {
		return x, y, differentDims(sa.length, sb.length).At(at)
	}
	if x, err = p.vectorSide(a, sb, false); err == nil {
		y, err = p.vectorSide(b, sa, true)
	}
	return x, y, err
}

func differentDims(a, b int) *pgerr.Error {
	return pgerr.New(pgerr.DataException, "different vector dimensions %d and %d", a, b)
}

// vectorSide prints one operand. otherFirst tells which of the two numbers in a message is the other's.
func (p *Printer) vectorSide(e analyze.Expr, other vectorShape, otherFirst bool) (Fragment, error) {
	if !rowless(e) {
		return p.value(e)
	}
	a, err := p.vectorValue(e, other, func(have int) *pgerr.Error {
		if otherFirst {
			return differentDims(other.length, have)
		}
		return differentDims(have, other.length)
	})
	return toVector(a, other), err
}

// vectorArgument prints a rowless vector that stands alone or is stored in a column of the shape.
func (p *Printer) vectorArgument(e analyze.Expr, s vectorShape) (Fragment, error) {
	if s.length == 0 {
		s.length = int(max(e.Type().Mod, 0))
	}
	a, err := p.vectorValue(e, s, func(have int) *pgerr.Error {
		return pgerr.New(pgerr.DataException, "expected %d dimensions, not %d", s.length, have)
	})
	return toVector(a, s), err
}

func (p *Printer) vectorValue(e analyze.Expr, s vectorShape, mismatch func(have int) *pgerr.Error) (Arg, error) {
	a, err := p.argument(e)
	if err != nil || s.length == 0 {
		return a, err
	}
	return a.With(func(v iris.Value) (iris.Value, error) {
		if have := pgtypes.VectorDims(v); !v.IsNull() && have != s.length {
			return v, mismatch(have)
		}
		return v, nil
	}).settle()
}

func toVector(a Arg, s vectorShape) Fragment {
	element := s.element
	if element == "" {
		element = defaultElement
	}
	if s.length == 0 {
		return fill("TO_VECTOR(@, "+element+")", argument(a))
	}
	return fill("TO_VECTOR(@, "+element+", "+strconv.Itoa(s.length)+")", argument(a))
}

func vectorPair(template string) func(*Printer, *analyze.Call) (Fragment, error) {
	return func(p *Printer, n *analyze.Call) (Fragment, error) {
		x, y, err := p.vectorSides(n.Args[0], n.Args[1], n.Pos())
		return fill(template, x, y), err
	}
}

func vectorNorm(p *Printer, n *analyze.Call) (Fragment, error) {
	f, err := p.value(n.Args[0])
	return fill("SQRT(VECTOR_DOT_PRODUCT(@, @))", f, f), err
}

// l2Squared is |a-b|² = a·a - 2a·b + b·b. The elements are float4 and the sums are doubles: the order of two distances
// is right unless they differ by less than a float4 can tell of the vectors' own length.
func l2Squared(p *Printer, n *analyze.Call) (Fragment, error) {
	x, y, err := p.vectorSides(n.Args[0], n.Args[1], n.Pos())
	return fill("(VECTOR_DOT_PRODUCT(@, @) - (2 * VECTOR_DOT_PRODUCT(@, @)) + VECTOR_DOT_PRODUCT(@, @))", x, x, x, y, y, y), err
}

// l2Distance finds a <-> b, or its function form.
func l2Distance(e analyze.Expr) (*analyze.Call, bool) {
	n, ok := e.(*analyze.Call)
	return n, ok && n.Func.ID == "l2_distance"
}

// l2Compare prints a <-> b < c by the squares of both sides, which compare alike; a negative c becomes -1, which stays
// below every square. ok is false when the comparison is of another kind.
func (p *Printer) l2Compare(op string, l, r analyze.Expr) (f Fragment, ok bool, err error) {
	n, ok := l2Distance(l)
	if !ok {
		if n, ok = l2Distance(r); !ok {
			return f, false, nil
		}
		l, r, op = r, l, flipped[op]
	}
	if !rowless(r) || rowless(l) || op == "=" || op == "<>" || p.strict {
		return f, false, nil
	}
	square, err := l2Squared(p, n)
	if err != nil {
		return f, true, err
	}
	limit, err := eval.Compile(r, noSlot)
	if err != nil {
		return f, true, p.explain(r, err)
	}
	bound := Arg{Type: pgtypes.Of(pgtypes.Float8), Eval: func(_ []iris.Value, env *eval.Env) (iris.Value, error) {
		v, err := limit(nil, env)
		c, isNumber := v.Float64()
		switch {
		case err != nil || !isNumber:
			return v, err
		case c < 0:
			return iris.Double(-1), nil
		}
		return iris.Double(math.Min(c*c, math.MaxFloat64)), nil
	}}
	return fill("@ "+op+" @", square, argument(bound)), true, nil
}

var flipped = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
