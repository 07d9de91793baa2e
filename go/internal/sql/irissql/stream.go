package irissql

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
)

// isStream reports a column whose long values IRIS keeps as streams. Its functions and comparisons refuse them (SQLCODE
// -37, -313), and LIKE, IN, DISTINCT and ORDER BY look at the stream's identifier in the place of its content (IRIS docs,
// "Storing and Using Stream Data"): such a column is only a select item, and IS NULL.
func isStream(col *schema.Column) bool {
	return col.Stored.ODBC == iris.TypeLongVarChar || col.Stored.ODBC == iris.TypeLongVarBinary
}

// streamItem prints a stream column as a select item, whose content comes with the row; the gateway computes what is
// made of it.
func (p *Printer) streamItem(e analyze.Expr) (Fragment, bool) {
	c, ok := e.(*analyze.Column)
	if !ok || c.Rel.Table == nil || !isStream(&c.Rel.Table.Columns[c.Index]) {
		return Fragment{}, false
	}
	return text(quote(p.names.alias(c.Rel)) + "." + quote(c.Rel.Table.Columns[c.Index].Name)), true
}
