package irissql

import (
	"iris-pgwire/internal/sql/analyze"
)

// value prints an expression as a scalar.
func (p *Printer) value(e analyze.Expr) (Fragment, error) {
	if f, ok := p.standIn(e); ok {
		return f, nil
	}
	if rowless(e) {
		return p.rowlessValue(e)
	}
	switch n := e.(type) {
	case *analyze.Column:
		return p.column(n)
	case *analyze.Call:
		if isCondition(n) {
			return p.conditionValue(e)
		}
		return p.call(n)
	case *analyze.Cast:
		return p.cast(n)
	case *analyze.Case:
		return p.caseValue(n)
	case *analyze.Variadic:
		return p.variadic(n)
	case *analyze.NullIf:
		return p.nullIf(n)
	case *analyze.Aggregate:
		return p.aggregate(n)
	case *analyze.Window:
		return p.window(n)
	case *analyze.Subquery:
		if n.Kind == analyze.ScalarSubquery {
			return p.scalarSubquery(n)
		}
		return p.conditionValue(e)
	case *analyze.Logic, *analyze.NullTest, *analyze.BoolTest, *analyze.Distinct, *analyze.In, *analyze.Like,
		*analyze.ArrayCompare:
		return p.conditionValue(e)
	}
	return Fragment{}, p.refuse(e.Pos(), describe(e))
}

// standIn finds what an inner query has computed already.
func (p *Printer) standIn(e analyze.Expr) (Fragment, bool) {
	for i := range p.standIns {
		if same(p.standIns[i].expr, e) {
			return p.standIns[i].frag, true
		}
	}
	return Fragment{}, false
}

// conditionValue makes a BIT of a condition, which is no scalar in IRIS (SQLCODE -11): 1, 0, or NULL for unknown.
func (p *Printer) conditionValue(e analyze.Expr) (Fragment, error) {
	c, err := p.cond(e)
	if err != nil {
		return c, err
	}
	if !p.mayBeNull(e) {
		return fill("CASE WHEN @ THEN 1 ELSE 0 END", c), nil
	}
	return fill("CASE WHEN @ THEN 1 WHEN NOT (@) THEN 0 END", c, c), nil
}

// column prints a column of a table or of an inner query. Text of another collation than EXACT is wrapped, which also
// keeps DISTINCT, GROUP BY and ORDER BY from giving it back in upper case (IRIS docs, "Collation").
func (p *Printer) column(n *analyze.Column) (Fragment, error) {
	if n.Rel.Table == nil {
		return p.derivedColumn(n)
	}
	col := &n.Rel.Table.Columns[n.Index]
	sql := quote(p.names.alias(n.Rel)) + "." + quote(col.Name)
	if isStream(col) {
		return Fragment{}, p.refuse(n.Pos(), "column \""+col.Name+"\", which is a stream in IRIS,")
	}
	if col.Exact {
		return text(sql), nil
	}
	switch classOf(col.Type) {
	case uuidClass:
		return text("LOWER(" + sql + ")"), nil
	case textClass, bpcharClass, otherClass:
		return text("%EXACT(" + sql + ")"), nil
	}
	return text(sql), nil
}

// derivedColumn prints a column of a subquery in FROM by the alias that it has there.
func (p *Printer) derivedColumn(n *analyze.Column) (Fragment, error) {
	columns := p.names.columns[n.Rel]
	if n.Index >= len(columns) || columns[n.Index] == "" {
		return Fragment{}, p.refuse(n.Pos(), "a column that only the gateway can compute")
	}
	return text(quote(p.names.alias(n.Rel)) + "." + quote(columns[n.Index])), nil
}

// values prints a list of scalars.
func (p *Printer) values(list []analyze.Expr) ([]Fragment, error) {
	out := make([]Fragment, len(list))
	for i, e := range list {
		f, err := p.value(e)
		if err != nil {
			return nil, err
		}
		out[i] = f
	}
	return out, nil
}

// typedAll prints alternatives of one type: each argument is cast, numerics to the largest scale that is known.
func (p *Printer) typedAll(list []analyze.Expr) ([]Fragment, error) {
	scale := 0
	for _, e := range list {
		if s, ok := scaleOf(e); ok {
			scale = max(scale, s)
		}
	}
	out := make([]Fragment, len(list))
	for i, e := range list {
		f, err := p.typed(e, scale)
		if err != nil {
			return nil, err
		}
		out[i] = f
	}
	return out, nil
}

// mayBeNull reports whether an expression can be NULL; true when it is not known.
func (p *Printer) mayBeNull(e analyze.Expr) bool {
	switch n := e.(type) {
	case *analyze.Const:
		return n.Value.IsNull()
	case *analyze.Column:
		return n.Rel.Table == nil || !n.Rel.Table.Columns[n.Index].NotNull || p.nullable[n.Rel]
	case *analyze.NullTest, *analyze.BoolTest, *analyze.Distinct:
		return false
	case *analyze.Subquery:
		return n.Kind != analyze.ExistsSubquery
	case *analyze.Aggregate:
		return n.Func.Name != "count"
	case *analyze.Window:
		return !rankFunctions[n.Func.Name]
	case *analyze.Cast:
		return p.mayBeNull(n.Arg)
	case *analyze.Logic, *analyze.Like, *analyze.In:
		return p.anyNull(children(e))
	case *analyze.Variadic:
		for _, a := range n.Args {
			if !p.mayBeNull(a) {
				return false
			}
		}
	case *analyze.Call:
		if n.Func.Kind == analyze.Operator && !oddOperators[n.Func.ID] || totalFunctions[n.Func.Name] {
			return p.anyNull(n.Args)
		}
	}
	return true
}

func (p *Printer) anyNull(list []analyze.Expr) bool {
	for _, e := range list {
		if p.mayBeNull(e) {
			return true
		}
	}
	return false
}

// totalFunctions are NULL for NULL only.
var totalFunctions = map[string]bool{
	"lower": true, "upper": true, "length": true, "char_length": true, "character_length": true, "btrim": true,
	"ltrim": true, "rtrim": true, "replace": true, "reverse": true, "abs": true, "round": true, "trunc": true,
	"ceil": true, "floor": true, "sign": true,
}

// oddOperators can give NULL for arguments that are not.
var oddOperators = map[string]bool{
	"json_object_field": true, "json_object_field_text": true, "json_array_element": true,
	"json_array_element_text": true, "json_extract_path": true, "json_extract_path_text": true,
	"jsonb_object_field": true, "jsonb_object_field_text": true, "jsonb_array_element": true,
	"jsonb_array_element_text": true, "jsonb_extract_path": true, "jsonb_extract_path_text": true,
}
