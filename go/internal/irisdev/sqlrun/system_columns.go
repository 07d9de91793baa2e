package sqlrun

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// columnRecord is a row of INFORMATION_SCHEMA.COLUMNS.
type columnRecord struct {
	t        *tableDef
	c        *columnDef
	position int
}

// allColumns lists every column; a hidden RowID comes first, as position 1.
func (s *Session) allColumns() []columnRecord {
	var list []columnRecord
	for _, t := range s.allTables() {
		position := 0
		for _, c := range t.allColumnsListed() {
			position++
			list = append(list, columnRecord{t, c, position})
		}
	}
	return list
}

// allColumnsListed are a table's columns for INFORMATION_SCHEMA, without what a system view hides.
func (t *tableDef) allColumnsListed() []*columnDef {
	if !isSystemSchema(t.Schema) {
		if t.IsView {
			return t.Columns
		}
		return t.allColumns()
	}
	var list []*columnDef
	for _, c := range t.Columns {
		if !c.Hidden {
			list = append(list, c)
		}
	}
	return list
}

// odbcNames are the ODBC type names of DATA_TYPE: GUID, %PosixTime and vectors are lost in them.
var odbcNames = map[int]string{
	-7: "bit", -6: "tinyint", -5: "bigint", -4: "longvarbinary", -3: "varbinary", -1: "longvarchar", 2: "numeric", 4: "integer",
	5: "smallint", 8: "double", 9: "date", 10: "time", 11: "timestamp", 12: "varchar", -11: "varchar",
}

// hasLength and hasDigits are the types that CHARACTER_MAXIMUM_LENGTH and NUMERIC_PRECISION are filled for.
func hasLength(odbc int) bool {
	return odbc == -4 || odbc == -3 || odbc == -1 || odbc == 12 || odbc == -11
}

func hasDigits(odbc int) bool {
	return odbc == -6 || odbc == -5 || odbc == 2 || odbc == 4 || odbc == 5 || odbc == 8
}

// unlimitedLength is what CHARACTER_MAXIMUM_LENGTH shows for a string without MAXLEN.
const unlimitedLength = 4096

func maximumLength(r columnRecord) value.Value {
	t := r.c.Type
	switch {
	case !hasLength(t.ODBC()):
		return value.NullValue()
	case t.IsStream():
		return value.Int(2147483647)
	case t.Kind == sqltype.Vector || t.Length == sqltype.Unlimited:
		return value.Int(unlimitedLength)
	}
	return value.Int(int64(t.Length))
}

func digitsColumn(name string, get func(t sqltype.Type) int) systemColumn[columnRecord] {
	return intColumn(name, func(r columnRecord) value.Value {
		if !hasDigits(r.c.Type.ODBC()) {
			return value.NullValue()
		}
		return value.Int(int64(get(r.c.Type)))
	})
}

// counts reports a column that gets its number by itself.
func (r columnRecord) counts() bool {
	return r.c.Counter != noCounter || r.c == r.t.RowID && r.t.RowID != nil
}

// keyed reports that the column is in the primary key.
func (r columnRecord) keyed() bool {
	ix := r.t.primaryKey()
	return ix != nil && ix.has(r.c.Name)
}

// unique reports a UNIQUE or PRIMARY KEY of the column alone.
func (r columnRecord) unique() bool {
	for _, ix := range r.t.Indexes {
		if ix.Unique && len(ix.Columns) == 1 && ix.has(r.c.Name) {
			return true
		}
	}
	return r.c == r.t.RowID && r.t.RowID != nil
}

func (ix *indexDef) has(column string) bool {
	for _, c := range ix.Columns {
		if strings.EqualFold(c, column) {
			return true
		}
	}
	return false
}

func columnsColumns() []systemColumn[columnRecord] {
	type R = columnRecord
	hidden := func(c systemColumn[R]) systemColumn[R] { c.hidden = true; return c }
	return columnsOf(nullColumns[R]("TABLE_CATALOG"), []systemColumn[R]{
		nameColumn("TABLE_SCHEMA", func(r R) string { return r.t.Schema }), nameColumn("TABLE_NAME", func(r R) string { return r.t.Name }),
		nameColumn("COLUMN_NAME", func(r R) string { return r.c.Name }),
		intColumn("ORDINAL_POSITION", func(r R) value.Value { return value.Int(int64(r.position)) }),
	}, nullColumns[R]("DTD_IDENTIFIER DOMAIN_CATALOG DOMAIN_SCHEMA DOMAIN_NAME"), []systemColumn[R]{
		textColumn("COLUMN_DEFAULT", func(r R) string { return r.c.Default }),
		yesColumn("IS_NULLABLE", func(r R) bool { return !r.c.Required }),
	}, nullColumns[R]("IS_SELF_REFERENCING"), []systemColumn[R]{
		yesColumn("IS_IDENTITY", func(r R) bool { return r.c.Counter == identityCounter }),
	}, nullColumns[R]("IDENTITY_GENERATION IDENTITY_START IDENTITY_INCREMENT IDENTITY_MAXIMUM IDENTITY_MINIMUM IDENTITY_CYCLE"), []systemColumn[R]{
		yesColumn("IS_GENERATED", func(R) bool { return false }),
	}, nullColumns[R]("GENERATION_EXPRESSION"), []systemColumn[R]{
		yesColumn("IS_UPDATABLE", func(r R) bool { return !r.t.IsView && !isSystemSchema(r.t.Schema) && !r.counts() }),
		wordColumn("DATA_TYPE", func(r R) string { return odbcNames[r.c.Type.ODBC()] }),
		intColumn("CHARACTER_MAXIMUM_LENGTH", maximumLength), intColumn("CHARACTER_OCTET_LENGTH", maximumLength),
		digitsColumn("NUMERIC_PRECISION", sqltype.Type.ReportedPrecision),
		digitsColumn("NUMERIC_PRECISION_RADIX", func(sqltype.Type) int { return 10 }),
		digitsColumn("NUMERIC_SCALE", sqltype.Type.ReportedScale),
	}, nullColumns[R]("DATETIME_PRECISION CHARACTER_SET_CATALOG CHARACTER_SET_SCHEMA CHARACTER_SET_NAME COLLATION_CATALOG "+
		"COLLATION_SCHEMA COLLATION_NAME"), []systemColumn[R]{
		textColumn("DESCRIPTION", func(r R) string { return r.c.Description }),
		yesColumn("AUTO_INCREMENT", columnRecord.counts), yesColumn("UNIQUE_COLUMN", columnRecord.unique),
		yesColumn("PRIMARY_KEY", columnRecord.keyed),
		hidden(nameColumn("PROPERTY_NAME", func(r R) string { return r.c.Property })),
		hidden(textColumn("COMPUTE_CODE", func(R) string { return "" })),
		hidden(yesColumn("IS_PERSISTED", func(R) bool { return true })),
	})
}
