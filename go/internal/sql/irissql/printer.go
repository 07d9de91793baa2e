package irissql

import (
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
)

// MaxArgs is how many arguments a statement can have (IRIS docs, "Using Dynamic SQL").
const MaxArgs = 255

// Printed is a printed query.
type Printed struct {
	Fragment
	// Columns are in the order of the query's own columns.
	Columns []Output
}

// Output says how an output column is made: it is column Source of IRIS's row, or, if Finish is set, what Finish
// computes from the whole row. Source is -1 where no single column stands behind it.
type Output struct {
	Source int
	Finish eval.Func
}

// Printer prints the parts of one statement; relations have the same alias in all of them.
type Printer struct {
	opts  Options
	names names
	// standIns are expressions that an inner query has computed already: they print as a column of it.
	standIns []standIn
	// nullable are the relations that an outer join may fill with NULL.
	nullable map[*analyze.Relation]bool
	// taken are the subqueries in FROM that the query around them has taken in, with their select lists.
	taken map[*analyze.Relation][]analyze.Target
	// endStandsIn is set while a sum is printed that an end of IRIS's years may stand for (beyond.go).
	endStandsIn bool
	// into are the columns that the rows of the next SELECT are stored in.
	into []*schema.Column
	// current is the SELECT whose items are being printed.
	current *build
	// clause is where the printer is, for messages: WHERE, ORDER BY …
	clause string
	// strict is set while a value is printed that will be shown: then nothing may differ from PostgreSQL.
	strict bool
	// compared is set while a value is printed that is only compared.
	compared bool
}

// standIn is an expression with the text that stands for it.
type standIn struct {
	expr analyze.Expr
	frag Fragment
}

// New gives a printer for one statement.
func New(opts Options) *Printer {
	return &Printer{opts: opts, names: newNames(), nullable: map[*analyze.Relation]bool{}}
}

// Query prints an outermost query with its select list. Its error is a *pgerr.Error.
func Query(q *analyze.Query, opts Options) (*Printed, error) { return New(opts).Query(q) }

// Expr prints an expression without columns, or over columns of relations that are known by their labels.
func Expr(e analyze.Expr, opts Options) (Fragment, error) { return New(opts).Expr(e) }

// Cond prints a condition.
func Cond(e analyze.Expr, opts Options) (Fragment, error) { return New(opts).Cond(e) }

// Assign prints a value that is written into a column; see Printer.Assign.
func Assign(col *schema.Column, e analyze.Expr, check Check, opts Options) (Fragment, error) {
	return New(opts).Assign(col, e, check)
}

// Expr prints a value that is stored or shown as IRIS computes it: what may differ from PostgreSQL is refused.
func (p *Printer) Expr(e analyze.Expr) (Fragment, error) { return p.strictly(p.resolve(e)) }

// Cond prints a condition for WHERE or ON.
func (p *Printer) Cond(e analyze.Expr) (Fragment, error) {
	return p.in("WHERE", p.resolve(e), p.cond)
}

// in prints with the clause's name for messages.
func (p *Printer) in(clause string, e analyze.Expr, print func(analyze.Expr) (Fragment, error)) (Fragment, error) {
	before := p.clause
	p.clause = clause
	f, err := print(e)
	p.clause = before
	return f, err
}

// strictly prints a value that will be shown.
func (p *Printer) strictly(e analyze.Expr) (Fragment, error) {
	strict, compared := p.strict, p.compared
	p.strict, p.compared = true, false
	f, err := p.value(e)
	p.strict, p.compared = strict, compared
	return f, err
}

// comparable prints a value that is only compared with others.
func (p *Printer) comparable(e analyze.Expr) (Fragment, error) {
	compared := p.compared
	p.compared = true
	f, err := p.value(e)
	p.compared = compared
	return f, err
}

// inner prints a value of an inner query, where nothing can be finished by the gateway.
func (p *Printer) inner(e analyze.Expr) (Fragment, error) {
	strict, compared := p.strict, p.compared
	p.strict, p.compared = false, false
	f, err := p.value(e)
	p.strict, p.compared = strict, compared
	return f, err
}

// refuse is the error for a construct that IRIS cannot say where it stands.
func (p *Printer) refuse(at int, construct string) *pgerr.Error {
	if p.clause != "" {
		construct += " in " + p.clause
	}
	return pgerr.NotBuilt(at, construct)
}
