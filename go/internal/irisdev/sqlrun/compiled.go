package sqlrun

import (
	"context"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

// compiled is a statement ready to run; sessions of a namespace share it.
type compiled struct {
	key     string
	text    string
	bound   *bound.Statement
	tables  []*tableDef
	query   *queryPlan
	change  changer
	columns []superserver.Column
	params  []superserver.Param
}

// changer is a compiled INSERT, UPDATE, DELETE or TRUNCATE: it gives the number of rows, -1 when that is not known.
type changer interface {
	run(x *execution) (int64, error)
}

func newCompiler(db *Database) *compiler { return &compiler{db: db, ctes: map[*bound.CTE]*queryPlan{}} }

// Prepare implements superserver.Session.
func (s *Session) Prepare(_ context.Context, text string) (superserver.Prepared, error) {
	p, err := s.compile(text)
	if err != nil {
		return nil, located(err, "Prepare")
	}
	return &prepared{s: s, compiled: p}, nil
}

// compile gives the compiled form of a text, from the cache if its tables are still the same.
func (s *Session) compile(text string) (*compiled, error) {
	k := planKey{text, s.protocol}
	if p := s.db.queries.get(k); p != nil && s.current(p) {
		return p, nil
	}
	parsed, err := irissql.Parse(text, s.db.version())
	if err != nil {
		return nil, err
	}
	st, err := bound.Bind(parsed, catalog{s}, bound.Options{Protocol: s.protocol})
	if err != nil {
		return nil, err
	}
	p := &compiled{key: parsed.Key, text: text, bound: st}
	for _, t := range st.Tables {
		if def, ok := t.Object.(*tableDef); ok {
			p.tables = append(p.tables, def)
		}
	}
	if err := p.compile(newCompiler(s.db)); err != nil {
		return nil, err
	}
	p.describe()
	if p.query != nil || p.change != nil {
		s.db.queries.put(k, p)
	}
	return p, nil
}

// compile makes the closures of a query or a change.
func (p *compiled) compile(c *compiler) (err error) {
	st := p.bound
	switch {
	case st.Other != nil:
		err = checkProcedure(st)
	case st.Explain != nil:
		p.query, err = c.explain(st.Explain)
	case st.Query != nil:
		p.query = c.query(st.Query)
	case st.Insert != nil:
		p.change, err = c.insert(st.Insert)
	case st.Update != nil:
		p.change, err = c.update(st.Update)
	case st.Delete != nil:
		p.change, err = c.delete(st.Delete)
	case st.Truncate != nil:
		var t *tableDef
		if t, err = changeable(st.Truncate.Table); err == nil {
			p.change = &truncatePlan{t: t, keywords: st.Truncate.Keywords}
		}
	}
	return err
}

// describe makes the metadata that clients ask for.
func (p *compiled) describe() {
	for _, info := range p.bound.Params {
		p.params = append(p.params, superserver.Param{
			Type: info.Type.ODBC(), Precision: info.Type.ReportedPrecision(), Scale: info.Type.ReportedScale(), Nullable: 1,
		})
	}
	if p.query == nil {
		return
	}
	for _, o := range p.query.columns {
		p.columns = append(p.columns, describeColumn(o))
	}
}

func describeColumn(o bound.Output) superserver.Column {
	nullable := 0
	if o.Nullable {
		nullable = 1
	}
	name := o.Name
	if name == "" || o.Aliased { // the drivers show this field, not the label, as a result's column name
		name = o.Label
	}
	return superserver.Column{
		Name: name, Label: o.Label, Type: o.Type.ODBC(), Precision: o.Type.ReportedPrecision(), Scale: o.Type.ReportedScale(),
		Nullable: nullable, Schema: o.Schema, Table: o.Table,
		Flags: superserver.ColumnFlags{
			AutoIncrement: o.Identity || o.Counter, CaseSensitive: o.Type.IsText(), ReadOnly: o.ReadOnly || o.RowID, Unique: o.Unique,
			Aliased: o.Aliased, Expression: o.Name == "", Identity: o.Identity, Key: o.Key, RowID: o.RowID,
		},
	}
}

// execution starts a run of the statement.
func (s *Session) execution(ctx context.Context, params []value.Value) *execution {
	return &execution{ctx: ctx, session: s, params: params, now: s.db.instance.cfg.Now()}
}
