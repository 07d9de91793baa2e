package irissql

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
)

// Nobody looks again at a value that IRIS computes and stores: it has to be PostgreSQL's to the last digit, or IRIS has to
// refuse it as PostgreSQL does. Anything else is refused here, and package plan has the gateway compute it.

// stored prints a value that IRIS computes for a column.
func (p *Printer) stored(col *schema.Column, e analyze.Expr) (Fragment, error) {
	core := withoutImplicit(e)
	if !fitsAsComputed(col, core) {
		return Fragment{}, p.refuse(e.Pos(), describe(core))
	}
	if f, err := p.strictly(e); err == nil || !refusal(err) {
		return f, err
	}
	if err := p.checkExact(core, true); err != nil {
		return Fragment{}, err
	}
	f, err := p.inner(e)
	if n, ok := core.(*analyze.Call); ok && err == nil && classOf(core.Type()) == numericClass {
		f.args, err = besideParam(n, f.args)
	}
	return f, err
}

// storable checks an item of a query whose rows are stored. A parameter that IRIS would have to be told the digits of, or the
// sign of its zero, is left to the gateway.
func (p *Printer) storable(col *schema.Column, e analyze.Expr) error {
	if freeOfRows(e) {
		_, isConst := withoutImplicit(e).(*analyze.Const)
		if c := classOf(e.Type()); !isConst && (c == numericClass || c == floatClass) {
			return p.refuse(e.Pos(), describe(e))
		}
		return nil
	}
	_, err := p.stored(col, e)
	return err
}

// fitsAsComputed reports that the column's own range refuses what PostgreSQL refuses of the value. IRIS raises no overflow
// of integers, so that the column must not be wider than the expression.
func fitsAsComputed(col *schema.Column, core analyze.Expr) bool {
	switch core.(type) {
	case *analyze.Column, *analyze.Const, *analyze.Param:
		return true
	}
	switch classOf(core.Type()) {
	case intClass:
		return classOf(col.Type) == intClass && intBytes[col.Type.OID] <= intBytes[core.Type().OID]
	case numericClass:
		if n, ok := core.(*analyze.Call); ok && paramSide(n) != nil {
			return true
		}
		_, ok := digitsOf(core)
		return ok
	}
	return true
}

// checkExact refuses an expression that IRIS may compute otherwise. At the root an operator may leave the check of its
// result to the column; below it only decimals with few enough digits may be computed.
func (p *Printer) checkExact(e analyze.Expr, root bool) error {
	if rowless(e) {
		return nil
	}
	n, ok := e.(*analyze.Call)
	if ok && classOf(e.Type()) == numericClass && numericSteps[n.Func.ID] {
		return p.checkAll(n.Args)
	}
	if ok && root && rangedSteps[n.Func.ID] {
		return p.checkAll(n.Args)
	}
	if c, ok := e.(*analyze.Cast); ok && c.Implicit && classOf(c.Type()) == numericClass && classOf(c.Arg.Type()).number() {
		return p.checkExact(c.Arg, false)
	}
	_, err := p.strictly(e)
	return err
}

func (p *Printer) checkAll(list []analyze.Expr) error {
	for _, e := range list {
		if err := p.checkExact(e, false); err != nil {
			return err
		}
	}
	return nil
}

// numericSteps are exact on decimals as long as the result has no more digits than IRIS computes with.
var numericSteps = map[string]bool{"numeric_add": true, "numeric_sub": true, "numeric_mul": true, "numeric_uminus": true, "numeric_abs": true, "abs(numeric)": true}

// rangedSteps are the operators on integers, whose result the column refuses when it is too large. None on doubles is among
// them: whether IRIS refuses what is too large is a setting of the instance (IRIS docs, "IEEEError"), and what underflows is 0.
var rangedSteps = ranged()

func ranged() map[string]bool {
	out := map[string]bool{}
	for _, pair := range []string{"int2", "int4", "int8", "int24", "int42", "int28", "int82", "int48", "int84"} {
		out[pair+"pl"], out[pair+"mi"], out[pair+"mul"] = true, true, true
	}
	for _, one := range []string{"int2", "int4", "int24", "int42"} {
		out[one+"div"] = true
	}
	for _, one := range []string{"int2um", "int4um", "int8um", "abs(int2)", "abs(int4)", "abs(int8)", "int2abs", "int4abs", "int8abs", "int2mod", "int4mod", "mod(int2,int2)", "mod(int4,int4)"} {
		out[one] = true
	}
	return out
}

// digits are how many an expression's values have at most before and behind the point.
type digits struct{ whole, scale int }

func (d digits) of(o digits) digits { return digits{max(d.whole, o.whole), max(d.scale, o.scale)} }

// digitsOf bounds a numeric expression's digits; ok is false when no bound is known, or when IRIS would round on the way.
func digitsOf(e analyze.Expr) (d digits, ok bool) {
	if c, ok := withoutImplicit(e).(*analyze.Const); ok {
		return digitsOfValue(c.Value)
	}
	if n, isInt := intDigits[e.Type().OID]; isInt {
		return digits{whole: n}, true
	}
	if p, s, ok := e.Type().NumericPrecision(); ok {
		return digits{p - s, max(s, 0)}, p <= mostDigits
	}
	switch n := e.(type) {
	case *analyze.Column:
		if n.Rel.Table != nil {
			stored := n.Rel.Table.Columns[n.Index].Stored
			return digits{stored.Precision - stored.Scale, stored.Scale}, stored.Precision > 0 && stored.Precision <= mostDigits
		}
	case *analyze.Cast:
		if n.Implicit && classOf(n.Arg.Type()).number() && classOf(n.Arg.Type()) != floatClass {
			return digitsOf(n.Arg)
		}
	case *analyze.Case:
		return digitsOfAll(caseResults(n))
	case *analyze.Variadic:
		return digitsOfAll(n.Args)
	case *analyze.NullIf:
		return digitsOf(n.Left)
	case *analyze.Call:
		return digitsOfCall(n)
	}
	return digits{}, false
}

// intDigits are the digits of the integer types.
var intDigits = map[pgtypes.OID]int{pgtypes.Int2: 5, pgtypes.Int4: 10, pgtypes.Int8: 19}

func digitsOfValue(v iris.Value) (digits, bool) {
	if v.IsNull() {
		return digits{}, true
	}
	for whole := range mostDigits + 1 {
		if s := scaleOfValue(v); pgtypes.FitsNumeric(v, whole+s, s) {
			return digits{whole, s}, true
		}
	}
	return digits{}, false
}

func digitsOfAll(list []analyze.Expr) (d digits, ok bool) {
	for _, e := range list {
		one, ok := digitsOf(e)
		if !ok {
			return d, false
		}
		d = d.of(one)
	}
	return d, true
}

// digitsOfCall: a sum of two numbers below 10^18 is below 2·10^18, which IRIS's 64 bits hold (IRIS docs, "Numeric
// Computing"); a product has the digits of both.
func digitsOfCall(n *analyze.Call) (digits, bool) {
	d, ok := digitsOfAll(n.Args)
	if !ok {
		return d, false
	}
	switch n.Func.ID {
	case "numeric_add", "numeric_sub":
		return digits{d.whole + 1, d.scale}, d.whole+d.scale <= mostDigits
	case "numeric_mul":
		x, _ := digitsOf(n.Args[0])
		y, _ := digitsOf(n.Args[1])
		d = digits{x.whole + y.whole, x.scale + y.scale}
		return d, d.whole+d.scale <= mostDigits
	case "numeric_uminus", "numeric_uplus", "numeric_abs", "abs(numeric)":
		return d, true
	case "round(numeric)", "ceil(numeric)", "ceiling(numeric)", "floor(numeric)", "trunc(numeric)", "sign(numeric)":
		return digits{d.whole + 1, 0}, true
	}
	return d, false
}

// paramSide is the parameter of a sum of a bounded number and a parameter, whose digits are known when the statement runs.
func paramSide(n *analyze.Call) analyze.Expr {
	if n.Func.ID != "numeric_add" && n.Func.ID != "numeric_sub" {
		return nil
	}
	for i, a := range n.Args {
		_, isParam := withoutImplicit(a).(*analyze.Param)
		if d, ok := digitsOf(n.Args[1-i]); isParam && ok && classOf(withoutImplicit(a).Type()) == numericClass && d.whole+d.scale <= mostDigits {
			return a
		}
	}
	return nil
}

// besideParam checks the parameter of such a sum: it must leave the sum as few digits as IRIS computes with.
func besideParam(n *analyze.Call, args []Arg) ([]Arg, error) {
	e := paramSide(n)
	if e == nil {
		return args, nil
	}
	other := n.Args[0]
	if other == e {
		other = n.Args[1]
	}
	d, _ := digitsOf(other)
	out := append([]Arg(nil), args...)
	for i := range out {
		if out[i].Param == withoutImplicit(e).(*analyze.Param).Number {
			fitted, err := fitting(out[i:i+1], e, mostDigits-d.whole)
			if err != nil {
				return nil, err
			}
			out[i] = fitted[0]
		}
	}
	return out, nil
}

func withoutImplicit(e analyze.Expr) analyze.Expr {
	for {
		c, ok := e.(*analyze.Cast)
		if !ok || !c.Implicit {
			return e
		}
		e = c.Arg
	}
}
