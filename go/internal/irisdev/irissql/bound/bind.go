package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/sqlerr"
)

// Options are what binding depends on besides the text and the catalog.
type Options struct {
	// Protocol is the xDBC protocol version that the client offered; WITH needs a recent one (-385). 0 is a caller inside
	// the server, which has no limit.
	Protocol int
}

// Bind checks a parsed statement and gives what can be run. It resolves names, decides the type of every expression and
// parameter, and refuses what IRIS refuses; values are never looked at, so that a literal that does not fit its place
// fails when the statement runs, as in IRIS, where literals are host variables too. What needs no names (transactions,
// DDL) passes through as Statement.Other; the value of a DEFAULT clause is bound by Default.
//
// The caller checks the privileges of Statement.Uses (-99), compares the stamps of Statement.Tables before it runs a
// cached statement, and brings a client's parameter values to the types of Statement.Params with sqlfunc.FromClient.
//
// The error is a *sqlerr.Error whose %msg ends in ^ and the text up to the place: -30 table, -23 label, -29 field, -27
// ambiguous, -359 function (IRIS docs, "SQL Error Messages").
func Bind(parsed *irissql.Parsed, cat Catalog, opts Options) (st *Statement, err error) {
	b := newBinder(parsed, cat, opts)
	defer func() {
		if r := recover(); r != nil {
			f, ok := r.(failure)
			if !ok {
				panic(r)
			}
			st, err = nil, f.err
		}
	}()
	b.statement(parsed.Statement)
	b.st.Params = b.params.infos()
	return b.st, nil
}

// failure carries an error out of the binder's recursion; Bind turns it back into an error.
type failure struct{ err error }

// fail ends the binding with an error at a place of the text.
func (b *binder) fail(at irissql.Pos, code int, format string, args ...any) {
	err := sqlerr.New(code, format, args...)
	err.Message += irissql.Prefix(b.text, at)
	panic(failure{err})
}

// check ends the binding with the error of another package, if there is one.
func check(err error) {
	if err != nil {
		panic(failure{err})
	}
}
