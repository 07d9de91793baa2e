package bound

import (
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/sqlfunc"
	"iris-pgwire/internal/irisdev/value"
)

// fromClient is the name of a conversion from a client's or literal's form to the logical one.
const fromClient = "{odbcin}"

// want brings a literal or parameter to the type that its place has: values that come from a client or stand in the text
// are in ODBC form (IRIS docs, "Using Dynamic SQL"). Other expressions stay as they are; logical values rule there.
func want(x Expr, t sqltype.Type) Expr {
	switch x := x.(type) {
	case *ParamRef:
		x.decide(t)
		if x.Type.Kind == t.Kind || isOrderedByNumber(x.Type) && isOrderedByNumber(t) || !convertsText(t) {
			return x
		}
		return converted(x, t, sqlfunc.FromClient)
	case *Literal:
		return wantLiteral(x, t)
	}
	return x
}

// convertsText reports the types whose ODBC form differs from the logical one.
func convertsText(t sqltype.Type) bool {
	return isOrderedByNumber(t) || t.Kind == sqltype.TimeStamp || t.Kind == sqltype.Vector
}

// wantLiteral converts a text literal; a number stays a number, because that is what a logical date is too.
func wantLiteral(x *Literal, t sqltype.Type) Expr {
	if x.Value.Kind() != value.String || !convertsText(t) {
		return x
	}
	v, err := sqlfunc.FromClient(x.Value, t)
	switch {
	case err == nil:
		return &Literal{Info{Type: t, Collation: keyCollationOf(t)}, v}
	case t.IsNumber():
		// Text counts as the number it starts with (IRIS docs, "Language Elements").
		return &Literal{Info{Type: t}, x.Value.Number()}
	}
	return converted(x, t, sqlfunc.FromClient)
}

// converted is a conversion at run time.
func converted(x Expr, t sqltype.Type, convert func(value.Value, sqltype.Type) (value.Value, error)) Expr {
	run := func(_ sqlfunc.Env, args []value.Value) (value.Value, error) { return convert(args[0], t) }
	return &Call{Info{t, keyCollationOf(t), x.About().Nullable}, fromClient, []Expr{x}, run}
}

// keyCollationOf is the collation of values of a type that no column gives one.
func keyCollationOf(t sqltype.Type) sqltype.Collation { return keyCollation(Info{Type: t}) }

// adapt brings an expression to the common type of a CASE, COALESCE or set operation.
func adapt(x Expr, t sqltype.Type) Expr {
	i := x.About()
	run := sqlfunc.Adapt(i.Type, t)
	if l, ok := x.(*Literal); ok {
		if run == nil || l.Value.IsNull() {
			return &Literal{Info{t, keyCollationOf(t), l.Nullable}, l.Value}
		}
		if folded, ok := constant(sqlfunc.Call{Type: t, Collation: keyCollationOf(t), Run: run}, l); ok {
			return folded
		}
	}
	if run == nil {
		return x
	}
	return &Call{Info{t, keyCollationOf(t), i.Nullable}, "CAST", []Expr{x}, run}
}

// assign brings a value to the form that a column stores, as far as that is not the validation of the column's data
// type, which happens when the row is filed. code is -104 for INSERT and -105 for UPDATE.
func assign(x Expr, c *Column, code int) (Expr, error) {
	from := x.About().Type
	filed := func(v value.Value, t sqltype.Type) (value.Value, error) { return fileValue(v, t, c.Name, code) }
	switch x := x.(type) {
	case *ParamRef:
		x.decide(c.Type)
		if x.Type.Kind != c.Type.Kind && convertsText(c.Type) && !isOrderedByNumber(x.Type) {
			return converted(x, c.Type, filed), nil
		}
		return x, nil
	case *Literal:
		if x.Value.Kind() != value.String || !convertsText(c.Type) {
			return x, nil
		}
		if v, err := sqlfunc.FromClient(x.Value, c.Type); err == nil {
			return &Literal{Info{Type: c.Type}, v}, nil
		}
		return converted(x, c.Type, filed), nil
	}
	switch {
	case from.IsStream() && !c.Type.IsStream():
		return nil, sqlerr.New(-303, "No implicit conversion of Stream value to non-Stream field '%s' is supported", c.Name)
	case from.Kind == sqltype.TimeStamp && c.Type.Kind == sqltype.PosixTime, from.Kind == sqltype.PosixTime && c.Type.Kind == sqltype.TimeStamp:
		return converted(x, c.Type, func(v value.Value, t sqltype.Type) (value.Value, error) {
			if s, ok := sqlfunc.ODBCText(v, from); ok {
				v = value.Text(s)
			}
			return fileValue(v, t, c.Name, code)
		}), nil
	case (from.Kind == sqltype.Date || from.Kind == sqltype.Time) && c.Type.Kind == sqltype.PosixTime:
		// A day number is no logical timestamp.
		return converted(x, c.Type, func(v value.Value, _ sqltype.Type) (value.Value, error) {
			if v.IsNull() {
				return v, nil
			}
			return v, invalid(v, c.Name, code)
		}), nil
	}
	return x, nil
}

// fileValue is FromClient with the error of a failed validation.
func fileValue(v value.Value, t sqltype.Type, column string, code int) (value.Value, error) {
	got, err := sqlfunc.FromClient(v, t)
	if err != nil {
		return v, invalid(v, column, code)
	}
	return got, nil
}

func invalid(v value.Value, column string, code int) *sqlerr.Error {
	return sqlerr.New(code, "Field '%s' (value '%.100s') failed validation", column, v.Text())
}
