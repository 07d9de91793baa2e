package session

import (
	"context"
	"slices"
	"strings"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/plan"
)

// ExecBatch answers each set as Exec does.
func (c *scriptConn) ExecBatch(ctx context.Context, st iris.Statement, sets [][]iris.Value) ([]int64, error) {
	var counts []int64
	for _, set := range sets {
		n, err := c.Exec(ctx, st, set)
		if err != nil {
			return nil, err
		}
		counts = append(counts, n)
	}
	return counts, nil
}

// double is twice the first column.
func double(row []iris.Value, _ *eval.Env) (iris.Value, error) {
	i, ok := row[0].Int64()
	if !ok {
		return iris.Null(), pgerr.New(pgerr.NumericValueOutOfRange, "integer out of range")
	}
	return iris.Int(2 * i), nil
}

// eachRow is a step that writes twice the column it reads, checked.
func eachRow(keyed bool) plan.Step {
	value := irissql.Arg{Param: analyze.Scalars + 1, Type: pgtypes.Of(pgtypes.Int4), Check: func(v iris.Value) (iris.Value, error) {
		if i, _ := v.Int64(); i > 100 {
			return v, pgerr.New(pgerr.NumericValueOutOfRange, "too large")
		}
		return v, nil
	}}
	write := exec("write")
	write.Args = []irissql.Arg{value}
	if keyed {
		write.Args = append(write.Args, irissql.Arg{Param: analyze.Scalars + 2})
	}
	return plan.Step{Kind: plan.EachStep, SQL: "read", Same: keyed,
		Each: &plan.Each{Columns: []plan.Column{{Type: pgtypes.Of(pgtypes.Int4), Source: -1, Finish: double}}, First: 1, Write: write}}
}

func TestComputedValuesAreWrittenRowByRow(t *testing.T) {
	find := plan.Step{Kind: plan.QueryStep, SQL: "find", Keep: true}
	keys := [][]iris.Value{{iris.Int(7)}, {iris.Int(9)}}
	for _, c := range []struct {
		name  string
		steps []plan.Step
		read  [][]iris.Value
		count int64
		log   string
		code  string
	}{
		{"an INSERT", []plan.Step{eachRow(false)}, [][]iris.Value{{iris.Int(1)}, {iris.Int(2)}}, 1, "read, write 2, write 4", ""},
		{"an INSERT of nothing", []plan.Step{eachRow(false)}, nil, 1, "read", ""},
		{"an UPDATE", []plan.Step{find, eachRow(true)}, [][]iris.Value{{iris.Int(9), iris.Int(1)}, {iris.Int(7), iris.Int(3)}}, 1, "find, read, write 2 9, write 6 7", ""},
		{"a row that has gone", []plan.Step{find, eachRow(true)}, [][]iris.Value{{iris.Int(9), iris.Int(1)}}, 1, "find, read", pgerr.SerializationFailure},
		{"a row that was not found", []plan.Step{find, eachRow(true)}, [][]iris.Value{{iris.Int(8), iris.Int(1)}}, 1, "find, read", pgerr.SerializationFailure},
		{"a row that is not changed", []plan.Step{find, eachRow(true)}, [][]iris.Value{{iris.Int(9), iris.Int(1)}, {iris.Int(7), iris.Int(3)}}, 0, "find, read, write 2 9, write 6 7", pgerr.SerializationFailure},
		{"a value that the column does not hold", []plan.Step{eachRow(false)}, [][]iris.Value{{iris.Int(1)}, {iris.Int(51)}}, 1, "read", pgerr.NumericValueOutOfRange},
		{"a value that cannot be computed", []plan.Step{eachRow(false)}, [][]iris.Value{{iris.Int(1)}, {iris.Null()}}, 1, "read", pgerr.NumericValueOutOfRange},
	} {
		conn := &scriptConn{counts: map[string]int64{"write": c.count}, rows: map[string][][]iris.Value{"find": keys, "read": c.read}}
		p, err := runScript(t, conn, &plan.Statement{Tag: "UPDATE", Steps: c.steps})
		if got := strings.Join(conn.log, ", "); got != c.log {
			t.Errorf("%s: ran %q, want %q", c.name, got, c.log)
		}
		switch {
		case c.code == "" && (err != nil || p.result.affected != int64(len(c.read))):
			t.Errorf("%s: %d rows, %v", c.name, p.result.affected, err)
		case c.code != "" && (err == nil || pgerr.As(err).Code != c.code):
			t.Errorf("%s: %v, want %s", c.name, err, c.code)
		}
	}
}

// The values of scalar subqueries keep their places before those of the rows.
func TestComputedValuesComeBehindThoseOfSubqueries(t *testing.T) {
	scalar := plan.Step{Kind: plan.QueryStep, SQL: "one", Scalar: &plan.Scalar{Number: 1, Column: plan.Column{Type: pgtypes.Of(pgtypes.Int4)}}}
	each := eachRow(false)
	each.Each.First = 2
	each.Each.Write.Args = []irissql.Arg{{Param: analyze.Scalars + 1}, {Param: analyze.Scalars + 2}}
	conn := &scriptConn{counts: map[string]int64{"write": 1}, rows: map[string][][]iris.Value{
		"one": {{iris.Int(50)}}, "read": {{iris.Int(1)}, {iris.Int(2)}}}}
	if _, err := runScript(t, conn, &plan.Statement{Tag: "INSERT", Steps: []plan.Step{scalar, each}}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"one", "read", "write 50 2", "write 50 4"}; !slices.Equal(conn.log, want) {
		t.Errorf("ran %q, want %q", conn.log, want)
	}
}
