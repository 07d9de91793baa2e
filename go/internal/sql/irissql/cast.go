package irissql

import (
	"strconv"

	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// castForm is the IRIS form of a cast between two classes of types.
type castForm struct {
	template string
	exact    exactness
}

type castPair struct{ from, to class }

// casts are the casts that IRIS makes as PostgreSQL does. Casts of text to anything else are not among them: IRIS makes
// 0 of what is no number and day 0 of what is no date, without an error (IRIS docs, "CAST").
var casts = map[castPair]castForm{
	{intClass, intClass}:             {"@", lenient},
	{intClass, numericClass}:         {"@", exact},
	{intClass, floatClass}:           {"CAST(@ AS DOUBLE)", exact},
	{numericClass, floatClass}:       {"CAST(@ AS DOUBLE)", exact},
	{numericClass, intClass}:         {"ROUND(@, 0)", lenient},
	{floatClass, numericClass}:       {"CAST(@ AS DECIMAL)", approx},
	{intClass, textClass}:            {"CAST(@ AS VARCHAR(20))", exact},
	{boolClass, intClass}:            {"@", exact},
	{boolClass, textClass}:           {"@", exact},
	{textClass, textClass}:           {"@", exact},
	{bpcharClass, textClass}:         {"RTRIM(@)", exact},
	{textClass, bpcharClass}:         {"@", exact},
	{uuidClass, textClass}:           {"@", exact},
	{dateClass, timestampClass}:      {"CAST(@ AS TIMESTAMP)", exact},
	{timestampClass, dateClass}:      {"CAST(@ AS DATE)", exact},
	{timestampClass, timeClass}:      {"CAST(@ AS TIME)", lenient},
	{floatClass, floatClass}:         {"@", exact},
	{numericClass, numericClass}:     {"@", exact},
	{bpcharClass, bpcharClass}:       {"@", exact},
	{timeClass, timeClass}:           {"@", exact},
	{timestampClass, timestampClass}: {"@", exact},
	{vectorClass, vectorClass}:       {"@", exact},
}

// utcCasts are exact where the session's time zone is UTC.
var utcCasts = map[castPair]castForm{
	{timestampClass, timestamptzClass}:   {"@", exact},
	{timestamptzClass, timestampClass}:   {"@", exact},
	{dateClass, timestamptzClass}:        {"CAST(@ AS TIMESTAMP)", exact},
	{timestamptzClass, dateClass}:        {"CAST(@ AS DATE)", exact},
	{timestamptzClass, timestamptzClass}: {"@", exact},
}

// cast prints a cast.
func (p *Printer) cast(n *analyze.Cast) (Fragment, error) {
	from, to := n.Arg.Type(), n.Type()
	pair := castPair{classOf(from), classOf(to)}
	form, ok := casts[pair]
	if !ok && p.opts.utc() {
		form, ok = utcCasts[pair]
	}
	if pair.from == otherClass && from.OID == to.OID {
		form, ok = castForm{"@", exact}, true
	}
	if ok && relabel(n) {
		return p.value(n.Arg)
	}
	if !ok || !p.permits(form.exact) || to.OID == pgtypes.Float4 && from.OID != pgtypes.Float4 && from.OID != pgtypes.Int2 {
		return Fragment{}, p.refuse(n.Pos(), describe(n)) // IRIS has no single precision to round to
	}
	if pair == (castPair{boolClass, textClass}) {
		return p.boolText(n)
	}
	f, err := p.value(n.Arg)
	if err != nil {
		return f, err
	}
	if form.template != "@" {
		f = fill(form.template, f)
	}
	return p.coerce(f, n, pair)
}

// coerce applies the target's length, precision or fractional digits.
func (p *Printer) coerce(f Fragment, n *analyze.Cast, pair castPair) (Fragment, error) {
	to := n.Type()
	if to.Mod < 0 || to.Mod == n.Arg.Type().Mod && pair.from == pair.to {
		return f, nil
	}
	switch pair.to {
	case numericClass:
		if _, s, ok := to.NumericPrecision(); ok && !p.strict {
			return fill("ROUND(@, "+strconv.Itoa(s)+")", f), nil
		}
	case textClass:
		if n.Implicit {
			return f, nil // an assignment: what is too long is an error of the column (SQLCODE -104)
		}
		if length := to.CharLength(); length > 0 && !p.strict {
			return fill("CAST(@ AS VARCHAR("+strconv.Itoa(length)+"))", f), nil
		}
	case vectorClass:
		return f, nil
	}
	return f, p.unlessExact(n)
}

// unlessExact refuses a cast whose effect on the value IRIS does not have.
func (p *Printer) unlessExact(n *analyze.Cast) error {
	return p.refuse(n.Pos(), "cast to "+pgtypes.Format(n.Type()))
}

// boolText is PostgreSQL's text form of a boolean.
func (p *Printer) boolText(n *analyze.Cast) (Fragment, error) {
	c, err := p.cond(n.Arg)
	return fill("CASE WHEN @ THEN 'true' WHEN NOT (@) THEN 'false' END", c, c), err
}
