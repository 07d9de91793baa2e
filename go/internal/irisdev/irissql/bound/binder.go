package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/sqlerr"
)

// oldestForWith is the first xDBC protocol version that may send WITH (-385). The documentation says only that a recent
// driver is needed; every version that the drivers of a server with WITH offer is above it.
const oldestForWith = 65

// maxViews bounds views that are defined over views.
const maxViews = 64

// binder binds one statement. Its scopes are the Selects around the node in hand, the innermost last.
type binder struct {
	cat     Catalog
	opts    Options
	version irissql.Version
	text    string
	params  *params
	st      *Statement
	scopes  []*scope
	open    []openQuery
	ctes    []*CTE
	// outermost is the lowest scope that an aggregate's argument looks at.
	outermost int
	views     int // how many views are around: what they use needs no privilege of the caller
}

// openQuery is a query that is being bound; base is the number of scopes around it.
type openQuery struct {
	query *Query
	base  int
}

func newBinder(parsed *irissql.Parsed, cat Catalog, opts Options) *binder {
	return &binder{cat: cat, opts: opts, version: parsed.Version, text: parsed.Text, params: newParams(parsed.Params),
		st: &Statement{Parsed: parsed}}
}

// statement binds by the kind of the statement.
func (b *binder) statement(s irissql.Statement) {
	switch s := s.(type) {
	case *irissql.Query:
		b.st.Query = b.query(s)
	case *irissql.Insert:
		b.st.Insert = b.insert(s)
	case *irissql.Update:
		b.st.Update = b.update(s)
	case *irissql.Delete:
		b.st.Delete = b.delete(s)
	case *irissql.Truncate:
		b.st.Truncate = b.truncate(s)
	case *irissql.Explain:
		b.st.Explain = b.explain(s)
	case *irissql.CreateView:
		b.st.Other, b.st.Query = s, b.query(s.Query)
	case *irissql.CreateTable:
		b.st.Other = s
		if s.Query != nil {
			b.st.Query = b.query(s.Query)
		}
	case *irissql.Procedure:
		b.st.Other, b.st.Args = s, b.scalars(s.Args)
	case *irissql.CancelQuery:
		b.st.Other, b.st.Args = s, []Expr{b.typed(s.PID, wholeNumber)}
		if s.ID != nil {
			b.st.Args = append(b.st.Args, b.scalar(s.ID))
		}
	default:
		b.st.Other = s
	}
}

// explain binds the statement whose plan is asked for: it may need everything that running it would.
func (b *binder) explain(s *irissql.Explain) *Explain {
	inner := &binder{cat: b.cat, opts: b.opts, version: b.version, text: b.text, params: b.params,
		st: &Statement{Parsed: b.st.Parsed}}
	inner.statement(s.Statement)
	inner.st.Params = b.params.infos()
	b.st.Uses, b.st.Tables = inner.st.Uses, inner.st.Tables
	return &Explain{Alt: s.Alt, Stat: s.Stat, Statement: inner.st, Text: s.Text}
}

// uses records that the statement needs a privilege on a table.
func (b *binder) uses(t *Table, action string) {
	known := false
	for _, other := range b.st.Tables {
		known = known || other == t
	}
	if !known {
		b.st.Tables = append(b.st.Tables, t)
	}
	if b.views > 0 {
		return
	}
	for _, u := range b.st.Uses {
		if u.Table == t && u.Action == action {
			return
		}
	}
	b.st.Uses = append(b.st.Uses, Use{t, action})
}

// tooDeep is what IRIS answers when generated code nests too far.
func tooDeep() {
	panic(failure{sqlerr.New(-400, "Unexpected error occurred: <FRAMESTACK>")})
}

// scope gives the Select in hand, nil outside of all.
func (b *binder) scope() *scope {
	if len(b.scopes) == 0 {
		return nil
	}
	return b.scopes[len(b.scopes)-1]
}

func (b *binder) push(s *scope) { b.scopes = append(b.scopes, s) }

func (b *binder) pop() { b.scopes = b.scopes[:len(b.scopes)-1] }
