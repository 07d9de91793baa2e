package irissql

import (
	"strconv"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
)

// mostRows bounds the rows of an outermost VALUES: each is a SELECT of IRIS.
const mostRows = 200

// shownValues prints an outermost VALUES: IRIS gives the numbers of the rows in order, and the gateway the values, with
// every digit that was written.
func (p *Printer) shownValues(q *analyze.Query, b *analyze.Values, o *outputs) (Fragment, error) {
	if q.OrderBy != nil || q.Limit != nil || q.Offset != nil || len(b.Rows) > mostRows {
		return Fragment{}, p.refuse(b.At, "VALUES with ORDER BY, LIMIT or more than 200 rows")
	}
	for k := range q.Columns {
		cells := make([]eval.Func, len(b.Rows))
		for i, row := range b.Rows {
			e := row[k]
			if !freeOfRows(e) {
				return Fragment{}, p.refuse(e.Pos(), "a subquery in VALUES")
			}
			f, err := eval.Compile(e, noSlot)
			if err != nil {
				return Fragment{}, p.explain(e, err)
			}
			cells[i] = f
		}
		o.columns = append(o.columns, Output{Source: -1, Finish: cellOf(cells)})
	}
	if len(b.Rows) == 1 {
		return text(`SELECT 1 AS "n"`), nil
	}
	rows := make([]Fragment, len(b.Rows))
	for i := range rows {
		rows[i] = text("SELECT " + strconv.Itoa(i+1) + ` AS "n"`)
	}
	return fill(`SELECT "v"."n" AS "n" FROM (@) AS "v" ORDER BY "v"."n"`, join(rows, " UNION ALL ")), nil
}

// cellOf picks the row's cell by its number.
func cellOf(cells []eval.Func) eval.Func {
	return func(row []iris.Value, env *eval.Env) (iris.Value, error) {
		i, ok := row[0].Int64()
		if !ok || i < 1 || int(i) > len(cells) {
			return iris.Null(), pgerr.New(pgerr.InternalError, "IRIS gave a row of VALUES that was not asked for")
		}
		return cells[i-1](nil, env)
	}
}
