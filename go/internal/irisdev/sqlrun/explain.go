package sqlrun

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// explain compiles EXPLAIN: one row of XML-like text (IRIS docs, "EXPLAIN"), here with the text of the statement and how
// each table is read. Nothing runs. ALT shows the one plan that there is.
func (c *compiler) explain(e *bound.Explain) (*queryPlan, error) {
	if e.Stat {
		return nil, fatal("EXPLAIN STAT is not built in irisdev")
	}
	var reads []string
	inner := newCompiler(c.db)
	inner.reads = func(t *tableDef, path *accessPath) { reads = append(reads, describeRead(t, path)) }
	plan := &compiled{bound: e.Statement}
	if err := plan.compile(inner); err != nil {
		return nil, err
	}
	text := "<plans>\r\n <plan>\r\n  <sql>" + strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(e.Text) + "</sql>\r\n" +
		strings.Join(reads, "") + " </plan>\r\n</plans>"
	v := value.Text(text)
	item := func(*frame) (value.Value, error) { return v, nil }
	out := bound.Output{Info: bound.Info{Type: sqltype.Type{Kind: sqltype.VarChar}, Collation: sqltype.Exact}, Label: "Plan"}
	return &queryPlan{width: 1, outputs: slotRange{0, 1}, body: &project{input: oneRow{}, items: []evaluator{item}, slots: []int{-1}}, columns: []bound.Output{out}}, nil
}

// describeRead tells how the rows of one table are found.
func describeRead(t *tableDef, path *accessPath) string {
	switch {
	case path == nil:
		return "  Read master map " + t.fullName() + ".IDKEY, looping on " + t.RowID.Name + ".\r\n"
	case path.index == nil:
		return "  Read master map " + t.fullName() + ".IDKEY, using the given " + t.RowID.Name + ".\r\n"
	}
	return "  Read index map " + t.fullName() + "." + path.index.Name + ", using the given " +
		strings.Join(path.index.Columns[:len(path.folds)], ", ") + ", and looping on " + t.RowID.Name + ".\r\n"
}
