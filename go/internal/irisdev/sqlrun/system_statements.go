package sqlrun

import (
	"crypto/sha256"
	"encoding/hex"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// allStatements are the texts of the namespace's cached queries (IRIS docs, "SQL Statements": the statement index has
// everything that was prepared, its literals replaced).
func (s *Session) allStatements() []string { return s.db.queries.texts() }

// statementsColumns are those of the statement index; statistics are not kept.
func statementsColumns() []systemColumn[string] {
	text := func(s string) string { return s }
	return columnsOf([]systemColumn[string]{
		{name: "Hash", t: systemName, c: sqltype.Exact, get: textOf(statementHash)},
		textColumn("Statement", text),
	}, nullColumns[string]("Plan JSONPlan"), []systemColumn[string]{
		intColumn("Frozen", func(string) value.Value { return value.Int(0) }),
	}, nullColumns[string]("Timestamp StatCount StatTotal StatAverage StatStdDev StatRowCount"))
}

// statementHash identifies a text; how IRIS computes it is not published.
func statementHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}
