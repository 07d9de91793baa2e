package sqlrun

import (
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/sqlfunc"
	"iris-pgwire/internal/irisdev/value"
)

// defaultKey names a compiled DEFAULT or ON UPDATE clause.
type defaultKey struct {
	class, column, text string
	stamp               int64
}

// defaultOf computes the value of a column's DEFAULT or ON UPDATE clause; without one it is NULL.
func (x *execution) defaultOf(t *tableDef, c *columnDef, text string) (value.Value, error) {
	if text == "" {
		return value.NullValue(), nil
	}
	db, k := x.session.db, defaultKey{t.Class, c.Name, text, t.Stamp}
	compiled, ok := db.defaults.Load(k)
	if !ok {
		column := t.boundColumn(c)
		e, err := bound.Default(text, db.version(), &column)
		if err != nil {
			return value.NullValue(), err
		}
		if e == nil {
			return value.NullValue(), fatal("DEFAULT %s of field '%s' is no value", text, c.Name)
		}
		compiled = newCompiler(db).expr(e)
		if t.Stamp != 0 {
			db.defaults.Store(k, compiled)
		}
	}
	return compiled.(evaluator)(&frame{execution: x})
}

// matcher compiles a pattern, or gives the one of the row before: patterns hardly ever change within a statement.
func (x *execution) matcher(m *bound.Match, pattern, escape value.Value) (func(value.Value) bool, error) {
	last := x.patterns[m]
	if last != nil && last.pattern == pattern.Text() && last.escape == escape.Text() {
		return last.match, nil
	}
	match, err := sqlfunc.CompilePattern(m.Op, m.Collation, pattern.Text(), escape.Text())
	if err != nil {
		return nil, err
	}
	if x.patterns == nil {
		x.patterns = map[*bound.Match]*usedPattern{}
	}
	x.patterns[m] = &usedPattern{pattern.Text(), escape.Text(), match}
	return match, nil
}

// usedPattern is a compiled pattern of LIKE and its relatives.
type usedPattern struct {
	pattern, escape string
	match           func(value.Value) bool
}
