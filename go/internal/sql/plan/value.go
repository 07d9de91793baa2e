package plan

import (
	"fmt"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
)

// assign prints a value that is written into a column. What the gateway knows before it sends it is checked against what
// the column holds exactly; of what IRIS computes only what it computes or refuses as PostgreSQL does is printed.
func (c *compiler) assign(p *irissql.Printer, t *schema.Table, column int, e analyze.Expr) (irissql.Fragment, error) {
	col := &t.Columns[column]
	check := storable(t, col)
	e = uncut(e)
	if k, ok := e.(*analyze.Const); ok {
		v, err := check(k.Value)
		if err != nil {
			return irissql.Fragment{}, pgerr.As(err)
		}
		e = &analyze.Const{Node: k.Node, Value: v}
	}
	if !irissql.Rowless(e) && !computedFits(col, e) {
		return irissql.Fragment{}, pgerr.NotBuilt(e.Pos(), "storing a value that IRIS computes in column \""+col.Name+"\" of type "+
			pgtypes.Format(col.Type))
	}
	return p.Assign(col, e, check)
}

// storable gives the check of values for a column: the type's own modifier, and then what IRIS can hold.
func storable(table *schema.Table, col *schema.Column) irissql.Check {
	t := col.Type
	digits, scale := col.Stored.Precision, col.Stored.Scale
	stream := col.Stored.ODBC == iris.TypeLongVarChar || col.Stored.ODBC == iris.TypeLongVarBinary // without a limit
	return func(v iris.Value) (iris.Value, error) {
		if v.IsNull() {
			if col.Identity != "" {
				return v, notNull(table, col.Name)
			}
			return v, nil
		}
		v, err := fitModifier(t, v)
		if err != nil {
			return v, err
		}
		if stream && t.OID == pgtypes.Bytea {
			return v, nil // content of its own, in which one zero byte is not the empty string
		}
		if err := pgtypes.Storable(t, v); err != nil {
			return v, err
		}
		switch t.OID {
		case pgtypes.Numeric:
			if digits > 0 && !pgtypes.FitsNumeric(v, digits, scale) {
				return v, numericOverflow(v, digits, scale)
			}
			if digits > 0 {
				v = pgtypes.WithoutZeros(v, scale)
			}
		case pgtypes.Text, pgtypes.Varchar, pgtypes.JSON, pgtypes.JSONB, pgtypes.Bytea:
			if !stream && len(v.Raw()) > schema.TextLength && lengthOf(v) > schema.TextLength {
				return v, tooLong(t)
			}
		}
		if n, isInt := v.Int64(); isInt && n == 0 && col.Identity == "serial" {
			return v, pgerr.New(pgerr.FeatureNotSupported, "column %q cannot hold 0", col.Name).
				WithDetail("IRIS's counter takes 0 for the next number.")
		}
		return v, nil
	}
}

// modified are the types whose modifier changes or limits a value.
func modified(t pgtypes.Type) bool {
	switch t.OID {
	case pgtypes.Varchar, pgtypes.Bpchar, pgtypes.Numeric, pgtypes.Time, pgtypes.Timestamp, pgtypes.Timestamptz, pgtypes.Vector,
		pgtypes.Bit, pgtypes.Varbit, pgtypes.Interval:
		return t.Mod >= 0
	}
	return false
}

// fitModifier reads a value again as the column's own type, with its length, scale or dimensions, as an assignment does.
func fitModifier(t pgtypes.Type, v iris.Value) (iris.Value, error) {
	if !modified(t) {
		return v, nil
	}
	text, err := pgtypes.AppendText(nil, pgtypes.Of(t.OID), v, pgtypes.Style{})
	if err != nil {
		return v, err
	}
	return pgtypes.ParseText(t, string(text))
}

// lengthOf counts IRIS's characters: UTF-16 units of a text, bytes of binary.
func lengthOf(v iris.Value) int {
	if v.Kind() != iris.KindUTF8 {
		return len(v.Raw())
	}
	n := 0
	for _, r := range string(v.Raw()) {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

func tooLong(t pgtypes.Type) error {
	return pgerr.New(pgerr.ProgramLimitExceeded, "value too long for type %s in IRIS", pgtypes.Format(t)).
		WithDetail("IRIS's longest string has %d characters.", schema.TextLength)
}

func notNull(t *schema.Table, column string) error {
	e := pgerr.New(pgerr.NotNullViolation, "null value in column %q of relation %q violates not-null constraint", column, t.Name)
	e.Schema, e.Table, e.Column = t.Schema, t.Name, column
	return e
}

// numericOverflow is the refusal of a number that IRIS's NUMERIC(p,s) would round.
func numericOverflow(v iris.Value, p, s int) *pgerr.Error {
	return pgerr.New(pgerr.NumericValueOutOfRange, "numeric value %s cannot be stored exactly", v.String()).
		WithDetail("%s", fmt.Sprintf("IRIS stores the column as NUMERIC(%d,%d).", p, s))
}
