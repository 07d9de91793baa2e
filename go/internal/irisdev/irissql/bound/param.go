package bound

import (
	"iris-pgwire/internal/irisdev/irissql/sqltype"
)

// params are the statement's parameters. Each gets the type of the first place that has one: a comparison's other side,
// a column that is assigned, a function's parameter. One without such a place is VARCHAR.
type params struct{ list []*ParamRef }

func newParams(n int) *params {
	p := &params{}
	for i := range n {
		p.list = append(p.list, &ParamRef{Info{Nullable: true}, i})
	}
	return p
}

// at gives parameter i. A view's text has none.
func (p *params) at(i int) *ParamRef { return p.list[i] }

// infos are the types for Statement.Params.
func (p *params) infos() []Info {
	list := make([]Info, len(p.list))
	for i, ref := range p.list {
		ref.decide(anyText)
		list[i] = ref.Info
	}
	return list
}

// open reports that nothing has decided the parameter's type yet.
func (p *ParamRef) open() bool { return p.Type.Kind == sqltype.Unknown }

// decide gives the parameter a type if it has none.
func (p *ParamRef) decide(t sqltype.Type) {
	if !p.open() {
		return
	}
	if t.Kind == sqltype.Unknown {
		t = anyText
	}
	p.Type = t
	if !isOrderedByNumber(t) {
		p.Collation = sqltype.Exact
	}
}

// anyText is VARCHAR without a limit.
var anyText = sqltype.Type{Kind: sqltype.VarChar}

// wholeNumber is the type of row limits and offsets.
var wholeNumber = sqltype.Type{Kind: sqltype.Integer}

// isOrderedByNumber reports the types whose logical values are compared as numbers.
func isOrderedByNumber(t sqltype.Type) bool {
	return t.IsNumber() || t.Kind == sqltype.Date || t.Kind == sqltype.Time || t.Kind == sqltype.PosixTime
}
