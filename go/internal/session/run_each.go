package session

import (
	"context"
	"errors"
	"io"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/plan"
)

// Limits of an EachStep: its rows are all read before the first is written, since a statement must not see its own changes.
const (
	mostComputed = 256 << 20 // bytes, roughly
	batchRows    = 1000      // written in one exchange
	valueSize    = 64        // what a value takes besides its bytes
)

// each runs an EachStep and gives the number of rows written.
func (r *steps) each(ctx context.Context, step *plan.Step, rows iris.Rows) (written int64, err error) {
	sets, err := r.computed(ctx, step, rows)
	if err = errors.Join(err, rows.Close(ctx)); err != nil || len(sets) == 0 {
		return 0, err
	}
	st, err := r.conn.Prepare(ctx, step.Each.Write.SQL)
	if err != nil {
		return 0, err
	}
	for len(sets) > 0 {
		n := min(len(sets), batchRows)
		counts, err := r.conn.ExecBatch(ctx, st, sets[:n])
		if err != nil {
			return 0, err
		}
		for _, c := range counts {
			if step.Same && c != 1 {
				return 0, gone()
			}
			written += c
		}
		sets = sets[n:]
	}
	return written, nil
}

// computed reads a query's rows and makes the arguments of what is written for each.
func (r *steps) computed(ctx context.Context, step *plan.Step, rows iris.Rows) (sets [][]iris.Value, err error) {
	size := 0
	for {
		row, err := rows.Next(ctx)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		set, err := r.written(step, row)
		if err != nil {
			return nil, err
		}
		for _, v := range set {
			size += valueSize + len(v.Raw())
		}
		if size > mostComputed {
			return nil, pgerr.New(pgerr.OutOfMemory, "too many rows for a statement whose values the gateway computes").
				WithDetail("Their values take more than %d MiB.", mostComputed>>20).WithHint("Change fewer rows at once.")
		}
		sets = append(sets, set)
	}
	if step.Same && len(sets) != len(r.p.kept) {
		return nil, gone()
	}
	return sets, nil
}

// written makes the arguments for one row.
func (r *steps) written(step *plan.Step, row []iris.Value) ([]iris.Value, error) {
	values := r.p.scalars[: step.Each.First-1 : step.Each.First-1]
	var key []iris.Value
	if step.Same {
		if !r.isKept(row[0].String()) {
			return nil, gone()
		}
		key, row = row[:1], row[1:]
	}
	if err := checkWidth(step.Each.Columns, len(row)); err != nil {
		return nil, err
	}
	for i := range step.Each.Columns {
		c := &step.Each.Columns[i]
		v, err := columnValue(c, row, r.p.env)
		if err == nil {
			v, err = pgtypes.Canonical(c.Type, v)
		}
		if err != nil {
			return nil, err
		}
		values = append(values, v.Clone())
	}
	for _, v := range key {
		values = append(values, v.Clone())
	}
	before := r.p.scalars
	r.p.scalars = values
	set, err := r.s.bindArgs(step.Each.Write.Args, r.p)
	r.p.scalars = before
	return set, err
}

// isKept reports a key that an earlier step kept.
func (r *steps) isKept(key string) bool {
	if r.keys == nil {
		r.keys = make(map[string]bool, len(r.p.kept))
		for _, k := range r.p.kept {
			r.keys[k] = true
		}
	}
	return r.keys[key]
}
