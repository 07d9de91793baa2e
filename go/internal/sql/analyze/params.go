package analyze

import (
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// maxParam is the highest parameter number that the protocol can carry.
const maxParam = 65535

// params infers the types of parameters as PostgreSQL does: the first use that wants a type gives it.
type params struct {
	oids []pgtypes.OID // by number − 1; 0 or unknown: not known yet
	// open are references that were made before the type was known, and whether they got one since.
	open []*Param
}

func newParams(declared []pgtypes.OID) params {
	return params{oids: append([]pgtypes.OID(nil), declared...)}
}

// param analyzes $n.
func (a *analyzer) param(n *parse.ParamRef) (Expr, error) {
	if n.Number < 1 || n.Number > maxParam {
		return nil, a.fail(pgerr.UndefinedParameter, n, "there is no parameter $%d", n.Number)
	}
	p := &a.params
	for len(p.oids) < n.Number {
		p.oids = append(p.oids, 0)
	}
	oid := p.oids[n.Number-1]
	if oid == 0 {
		oid = pgtypes.Unknown
	}
	e := &Param{Node{pgtypes.Of(oid), a.pos(n)}, n.Number}
	if oid == pgtypes.Unknown {
		p.open = append(p.open, e)
	}
	return e, nil
}

// settle gives a parameter reference of unknown type the type that its place wants.
func (a *analyzer) settle(e *Param, want pgtypes.OID) error {
	have := a.params.oids[e.Number-1]
	if have != 0 && have != pgtypes.Unknown && have != want {
		return pgerr.New(ambiguousParameter, "inconsistent types deduced for parameter $%d", e.Number).
			WithDetail("%s versus %s", TypeName(have), TypeName(want)).At(e.At)
	}
	a.params.oids[e.Number-1] = want
	e.Typ = pgtypes.Of(want)
	return nil
}

// ambiguousParameter is SQLSTATE ambiguous_parameter.
const ambiguousParameter = "42P08"

// types gives all parameters' types at the end.
func (p *params) types(*analyzer) ([]pgtypes.Type, error) {
	for _, e := range p.open {
		if e.Typ.OID == pgtypes.Unknown && p.oids[e.Number-1] != 0 && p.oids[e.Number-1] != pgtypes.Unknown {
			return nil, pgerr.New(ambiguousParameter, "could not determine data type of parameter $%d", e.Number).At(e.At)
		}
	}
	out := make([]pgtypes.Type, len(p.oids))
	for i, oid := range p.oids {
		if oid == 0 || oid == pgtypes.Unknown {
			return nil, pgerr.New(pgerr.IndeterminateDatatype, "could not determine data type of parameter $%d", i+1)
		}
		out[i] = pgtypes.Of(oid)
	}
	return out, nil
}
