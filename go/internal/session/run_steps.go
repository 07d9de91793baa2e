package session

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/plan"
)

// steps is a plan on its way.
type steps struct {
	s       *Session
	conn    iris.Conn
	p       *portal
	first   iris.Statement  // the first step's, if it is one to prepare
	changed []int64         // by each step so far
	rows    [][]iris.Value  // of the results that are not streamed
	own     map[string]bool // the keys of the rows that the command has written (plan.Step.Owns)
	keys    map[string]bool // the kept ones, once they are asked for
}

// gone ends a statement whose rows another transaction has changed between two of its steps.
func gone() error {
	return pgerr.New(pgerr.SerializationFailure, "could not serialize access due to concurrent update")
}

// untold ends an INSERT … RETURNING whose row can't be told from others.
func untold() error {
	return pgerr.New(pgerr.FeatureNotSupported, "IRIS does not tell which row was inserted").
		WithHint("It does for a table with an identity column, and for a row whose primary key is given.")
}

// runSteps runs the steps in order; first is the prepared statement of the first, if it is one to prepare.
func (s *Session) runSteps(ctx context.Context, conn iris.Conn, p *portal, first iris.Statement) error {
	pl := p.st.plan
	p.result = result{columns: pl.Columns, notices: pl.Notices, change: pl.Columns == nil || changes(pl.Tag)}
	p.result.tag, p.result.counted = tagOf(pl.Tag)
	p.kept, p.scalars = nil, nil
	s.ensureEnv(p)
	r := &steps{s: s, conn: conn, p: p, first: first, changed: make([]int64, len(pl.Steps))}
	for i := range pl.Steps {
		if err := r.run(ctx, i); err != nil {
			if i > 0 {
				undo(conn, pl)
			}
			return firstOutdated(i, err)
		}
		r.first = nil
	}
	if pl.Columns != nil && p.rows == nil {
		p.rows = &staticRows{r.rows}
	}
	return nil
}

// undo takes back what the first steps did. What it says does not matter: the error that led here is told.
func undo(conn iris.Conn, pl *plan.Statement) {
	ctx, cancel := endContext(context.Background())
	defer cancel()
	for _, sql := range pl.Undo {
		_, _ = conn.ExecDirect(ctx, sql)
	}
}

// run runs step i if its conditions hold.
func (r *steps) run(ctx context.Context, i int) error {
	step := &r.p.st.plan.Steps[i]
	if err := r.required(step); err != nil {
		return err
	}
	if step.When != nil && !r.holds(step.When) || step.Unless != nil && r.holds(step.Unless) || r.nothingKept(step) ||
		step.Cautious && !r.s.learned.loses {
		return nil
	}
	key, err := r.key(step)
	if err != nil {
		return err
	}
	n, err := r.runStep(ctx, step)
	if err != nil {
		if !ignored(step, err) {
			return err
		}
		if err := r.s.survived(ctx, r.conn); err != nil {
			return err
		}
	}
	r.owned(key, n)
	if step.All && n != int64(len(r.p.kept)) {
		return gone()
	}
	r.changed[i] = n
	if err == nil && !step.Uncounted && step.Kind != plan.QueryStep {
		r.p.result.affected += n
	}
	return nil
}

func (r *steps) holds(w *plan.When) bool { return (r.changed[w.Step] > 0) == w.Changed }

// nothingKept reports a step that needs keys of which there are none.
func (r *steps) nothingKept(step *plan.Step) bool {
	return len(r.p.kept) == 0 && (step.Same || slices.ContainsFunc(step.Args, func(a irissql.Arg) bool { return a.Kept }))
}

// ignored reports the errors that are part of the plan.
func ignored(step *plan.Step, err error) bool {
	var refused *iris.Error
	if !errors.As(err, &refused) {
		return false
	}
	if slices.Contains(step.IgnoreCodes, refused.Code) {
		return true
	}
	if !step.AnyKey && len(step.IgnoreKeys) == 0 {
		return false
	}
	e := iris.MapError(refused)
	return e.Code == pgerr.UniqueViolation && (step.AnyKey || slices.ContainsFunc(step.IgnoreKeys, func(k string) bool {
		return strings.EqualFold(k, e.Constraint) || e.Constraint == "" && refused.Names(k)
	}))
}

// runStep runs one step and gives the number of rows that it changed, or of a query that is not streamed, found.
func (r *steps) runStep(ctx context.Context, step *plan.Step) (int64, error) {
	text, err := r.s.stepText(step, r.p)
	if err != nil {
		return 0, err
	}
	if step.Kind == plan.DirectStep {
		_, err := r.conn.ExecDirect(ctx, text)
		return 0, err
	}
	st := r.first
	if st == nil {
		if st, err = r.conn.Prepare(ctx, text); err != nil {
			return 0, err
		}
	}
	if step.Kind == plan.BatchStep {
		return r.batch(ctx, step, st)
	}
	args, err := r.s.bindArgs(step.Args, r.p)
	if err != nil {
		return 0, err
	}
	if step.Kind == plan.ExecStep {
		n, err := r.conn.Exec(ctx, st, args)
		return max(n, 0), err // TRUNCATE reports -1
	}
	rows, err := r.conn.Query(ctx, st, args)
	if err != nil {
		return 0, err
	}
	if step.Kind == plan.EachStep {
		return r.each(ctx, step, rows)
	}
	return r.query(ctx, step, rows)
}

func (r *steps) batch(ctx context.Context, step *plan.Step, st iris.Statement) (n int64, err error) {
	sets := make([][]iris.Value, len(step.Sets))
	for i := range step.Sets {
		if sets[i], err = r.s.bindArgs(step.Sets[i], r.p); err != nil {
			return 0, err
		}
	}
	counts, err := r.conn.ExecBatch(ctx, st, sets)
	for _, c := range counts {
		n += c
	}
	return n, err
}

// query takes a query's rows: the plan's last step streams, unless other rows came before it, its keys are to be
// compared or a row must come; the others are read at once.
func (r *steps) query(ctx context.Context, step *plan.Step, rows iris.Rows) (found int64, err error) {
	if step.Result && !step.Same {
		if err := checkWidth(r.p.result.columns, len(rows.Columns())); err != nil {
			return found, errors.Join(err, rows.Close(ctx))
		}
		if step == &r.p.st.plan.Steps[len(r.p.st.plan.Steps)-1] && len(r.rows) == 0 && !step.NeedRow && !step.Single {
			r.p.rows, r.p.long = rows, r.s.keepLong(rows, r.p.result.columns)
			return 0, nil
		}
	}
	if step.Scalar != nil {
		r.p.scalars = append(r.p.scalars, iris.Null()) // no row is NULL
	}
	for {
		row, err := rows.Next(ctx)
		if err == io.EOF {
			break
		}
		if err == nil {
			if found++; step.Scalar != nil {
				err = r.scalar(step.Scalar, row, found)
			} else {
				err = r.take(step, row)
			}
		}
		if err != nil {
			return found, errors.Join(err, rows.Close(ctx))
		}
	}
	if err := rows.Close(ctx); err != nil {
		return found, err
	}
	if step.Scalar != nil {
		r.p.env.Scalars = r.p.scalars[:step.Scalar.Number]
	}
	if step.Single && found != 1 {
		return found, untold()
	}
	if step.NeedRow && found == 0 || step.Same && found != int64(len(r.p.kept)) {
		return found, gone()
	}
	return found, nil
}

// scalar keeps the value of a scalar subquery's only row.
func (r *steps) scalar(sc *plan.Scalar, row []iris.Value, found int64) error {
	if found > 1 {
		return pgerr.New(pgerr.CardinalityViolation, "more than one row returned by a subquery used as an expression")
	}
	v, err := columnValue(&sc.Column, row, r.p.env)
	if err == nil {
		v, err = pgtypes.Canonical(sc.Column.Type, v)
	}
	r.p.scalars[sc.Number-1] = v.Clone()
	return err
}

// take keeps what is wanted of a row, which lives only until the next.
func (r *steps) take(step *plan.Step, row []iris.Value) error {
	switch {
	case step.Keep:
		r.p.kept = append(r.p.kept, row[0].String())
	case step.Same:
		if !r.isKept(row[0].String()) {
			return gone()
		}
		row = row[1:]
	}
	if !step.Result {
		return nil
	}
	copied := make([]iris.Value, len(row))
	for i, v := range row {
		copied[i] = v.Clone()
	}
	r.rows = append(r.rows, copied)
	return nil
}
