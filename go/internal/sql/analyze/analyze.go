// Package analyze gives a parsed statement its meaning: every name is resolved against the schema, every expression has a
// type, every implicit conversion is written out, and parameters have the types that PostgreSQL would infer (PostgreSQL
// docs, chapter 10 "Type Conversion"). What PostgreSQL refuses here is refused with its message, SQLSTATE and position.
package analyze

import (
	"context"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/parse"
)

// Options are what a statement's meaning depends on beside its text.
type Options struct {
	Schema schema.Source
	// Path is search_path, resolved to PostgreSQL's schema names.
	Path []string
	// Public is the IRIS schema that "public" stands for.
	Public string
	// Declared are the parameter types that the client named; 0 is a type to be inferred.
	Declared []pgtypes.OID
	// Style is how literals are read.
	Style pgtypes.Style
}

// analyzer holds the state of one statement's analysis.
type analyzer struct {
	ctx    context.Context
	opts   Options
	place  places
	params params
	// copies is how often the expression in hand will stand in the tree: see repeat.
	copies int
}

// maxCopies bounds what nested BETWEEN, CASE x WHEN and row comparisons, which repeat their arguments, can grow to.
const maxCopies = 1 << 14

// repeat notes that what is analyzed until done is called will stand times in the tree. The error is 54001.
func (a *analyzer) repeat(n parse.Node, times int) (done func(), err error) {
	before := a.copies
	if a.copies *= max(times, 1); a.copies > maxCopies && before > 1 {
		return nil, a.fail(pgerr.StatementTooComplex, n, "statement too complex").
			WithDetail("Nested BETWEEN, CASE and row comparisons repeat their arguments too often.")
	}
	return func() { a.copies = before }, nil
}

// Analyze resolves and types a SELECT, VALUES, INSERT, UPDATE or DELETE. text is the whole text that positions refer to.
// The error is a *pgerr.Error, or one of the connection that the schema asked.
func Analyze(ctx context.Context, text string, st parse.Statement, opts Options) (*Result, error) {
	a := &analyzer{ctx: ctx, opts: opts, place: places{text: text, start: st.Start, end: st.End}, params: newParams(opts.Declared), copies: 1}
	out := &Result{}
	var err error
	switch n := st.Node.(type) {
	case *parse.Select:
		var q *Query
		if q, err = a.query(n, a.top(), queryOptions{}); err == nil {
			out.Statement, out.Columns = q, q.Columns
		}
	case *parse.Insert:
		var ins *Insert
		if ins, err = a.insert(n); err == nil {
			out.Statement, out.Columns = ins, ins.RetCols
		}
	case *parse.Update:
		var up *Update
		if up, err = a.update(n); err == nil {
			out.Statement, out.Columns = up, up.RetCols
		}
	case *parse.Delete:
		var del *Delete
		if del, err = a.delete(n); err == nil {
			out.Statement, out.Columns = del, del.RetCols
		}
	case *parse.Merge:
		err = a.notBuilt(n, "MERGE")
	default:
		err = pgerr.NotBuilt(0, "this statement")
	}
	if err == nil {
		out.Params, err = a.params.types(a)
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// top is the scope around the outermost query.
func (a *analyzer) top() *scope { return nil }

// notBuilt refuses a construct at a node.
func (a *analyzer) notBuilt(n parse.Node, construct string) *pgerr.Error {
	return pgerr.NotBuilt(a.pos(n), construct)
}

// fail makes an error at a node.
func (a *analyzer) fail(code string, n parse.Node, format string, args ...any) *pgerr.Error {
	return pgerr.New(code, format, args...).At(a.pos(n))
}
