// Package eval computes typed expressions in the gateway: what IRIS cannot say exactly, over the columns of a row that
// IRIS found, and expressions over parameters alone before a statement is sent. It walks package analyze's tree once,
// when a statement is compiled, and gives closures over values in canonical form (package pgtypes). The functions
// themselves are package pgfunc's.
package eval

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// Env is what a running statement can ask for: its parameters in canonical form, the session's values, and the settings
// that text forms depend on.
type Env struct {
	Params  []iris.Value
	Scalars []iris.Value // values that earlier steps found: parameters from analyze.Scalars+1 on
	Session func(analyze.SessionValue) iris.Value
	Style   pgtypes.Style
}

// Func computes one value, in the canonical form of its expression's type, from a row and the running statement. Its
// error is a *pgerr.Error. It is safe for concurrent use.
type Func func(row []iris.Value, env *Env) (iris.Value, error)
