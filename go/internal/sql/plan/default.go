package plan

import (
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
)

// utcNow is the DEFAULT of now() and its relatives. NOW() itself is not allowed there (IRIS docs, "CREATE TABLE"), and
// CURRENT_TIMESTAMP would be in the server's zone. An INSERT through the gateway gives the transaction's time itself.
const utcNow = "GETUTCDATE(6)"

// timeFunctions are the functions of the present moment: the type that each gives.
var timeFunctions = map[string]pgtypes.OID{
	"now": pgtypes.Timestamptz, "transaction_timestamp": pgtypes.Timestamptz, "statement_timestamp": pgtypes.Timestamptz,
	"clock_timestamp": pgtypes.Timestamptz, "CURRENT_TIMESTAMP": pgtypes.Timestamptz, "LOCALTIMESTAMP": pgtypes.Timestamp,
	"CURRENT_DATE": pgtypes.Date,
}

// defaultOf prints a DEFAULT for a column type, "" for NULL. IRIS takes constants and a few functions.
func (c *compiler) defaultOf(e parse.Expr, column string, t pgtypes.Type) (string, error) {
	if text, ok, err := c.momentDefault(e, t); ok || err != nil {
		return text, err
	}
	lit, ok := literalOf(e)
	if !ok {
		return "", c.notBuilt(e, "a DEFAULT that is not a constant or the current time")
	}
	if lit.Kind == parse.NullLiteral {
		return "", nil
	}
	if err := assignableLiteral(lit, column, t); err != nil {
		return "", err
	}
	v, err := pgtypes.ParseStyled(t, lit.Text, c.in.Style)
	if err == nil {
		err = pgtypes.Storable(t, v)
	}
	if err != nil {
		return "", pgerr.As(err).At(c.at(e))
	}
	if p, _, given := t.NumericPrecision(); t.OID == pgtypes.Numeric && (!given || p > maxDigits) && !pgtypes.FitsNumeric(v, maxDigits, wideScale) {
		return "", numericOverflow(v, maxDigits, wideScale).At(c.at(e))
	}
	return c.defaultText(e, t, v)
}

// literalOf finds the constant, also under casts: the column's type decides how it is read.
func literalOf(e parse.Expr) (*parse.Literal, bool) {
	for {
		switch n := e.(type) {
		case *parse.Literal:
			return n, true
		case *parse.Cast:
			e = n.Arg
		default:
			return nil, false
		}
	}
}

// momentDefault prints now(), CURRENT_DATE and their like where the column's type keeps them as they are.
func (c *compiler) momentDefault(e parse.Expr, t pgtypes.Type) (text string, ok bool, err error) {
	name := ""
	switch n := e.(type) {
	case *parse.SQLValue:
		if name = n.Name; n.Precision >= 0 {
			name = ""
		}
	case *parse.FuncCall:
		if len(n.Args) == 0 && !n.Star {
			name = n.Name[len(n.Name)-1]
		}
	}
	gives, known := timeFunctions[name]
	if !known {
		return "", false, nil
	}
	stamp := t.OID == pgtypes.Timestamp || t.OID == pgtypes.Timestamptz
	switch {
	case stamp && gives != pgtypes.Date && t.Mod < 0:
		return utcNow, true, nil
	case t.OID == pgtypes.Date && gives == pgtypes.Date:
		return "CURRENT_DATE", true, nil
	}
	return "", false, c.notBuilt(e, "DEFAULT "+strings.ToLower(name)+" for a column of type "+pgtypes.Format(t))
}

// assignableLiteral refuses what PostgreSQL has no assignment cast for.
func assignableLiteral(lit *parse.Literal, column string, t pgtypes.Type) *pgerr.Error {
	info, _ := pgtypes.Lookup(t.OID)
	given := ""
	switch lit.Kind {
	case parse.IntLiteral, parse.FloatLiteral:
		if info.Category == 'N' || info.Category == 'S' {
			return nil
		}
		given = map[bool]string{true: "integer", false: "numeric"}[lit.Kind == parse.IntLiteral]
	case parse.BoolLiteral:
		if info.Category == 'B' || info.Category == 'S' {
			return nil
		}
		given = "boolean"
	default:
		return nil
	}
	return pgerr.New(pgerr.DatatypeMismatch, "column %q is of type %s but default expression is of type %s", column, pgtypes.Format(t), given).
		WithHint("You will need to rewrite or cast the expression.")
}

// defaultText prints a constant so that it means the same in every select mode: dates through TO_DATE.
func (c *compiler) defaultText(e parse.Expr, t pgtypes.Type, v iris.Value) (string, error) {
	text, err := pgtypes.AppendText(nil, t, v, pgtypes.Style{})
	if err != nil {
		return "", pgerr.As(err).At(c.at(e))
	}
	switch t.OID {
	case pgtypes.Bool:
		return map[bool]string{true: "1", false: "0"}[string(text) == "t"], nil
	case pgtypes.Int2, pgtypes.Int4, pgtypes.Int8, pgtypes.Oid, pgtypes.Numeric, pgtypes.Float4, pgtypes.Float8:
		if strings.ContainsAny(string(text), "nNy") { // NaN, Infinity
			return "", c.notBuilt(e, "a DEFAULT that is no finite number")
		}
		return string(text), nil
	case pgtypes.Date:
		return "TO_DATE(" + irissql.Literal(string(text)) + ", 'YYYY-MM-DD')", nil
	case pgtypes.Timestamp, pgtypes.Timestamptz:
		stamp := v.String()
		if strings.Contains(stamp, ".") {
			return "", c.notBuilt(e, "a DEFAULT with fractions of a second")
		}
		return "TO_TIMESTAMP(" + irissql.Literal(stamp) + ", 'YYYY-MM-DD HH24:MI:SS')", nil
	case pgtypes.Bytea, pgtypes.Vector, pgtypes.Time:
		return "", c.notBuilt(e, "a DEFAULT of type "+pgtypes.Format(t))
	}
	return irissql.Literal(v.String()), nil
}
