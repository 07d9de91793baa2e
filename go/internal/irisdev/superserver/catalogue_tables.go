package superserver

import (
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

const tableColumns = "TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME SELF_REFERENCING_COL_NAME REF_GENERATION"

// plainTable is what JDBC calls a BASE TABLE of INFORMATION_SCHEMA.
const plainTable = "TABLE"

// tables is getTables: name pattern, types between commas, schema pattern.
func (q *catalogueCall) tables() error {
	types := map[string]bool{}
	for _, t := range strings.Split(q.arg(1), ",") {
		types[strings.ToUpper(strings.TrimSpace(t))] = true
	}
	return q.query("SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, DESCRIPTION FROM INFORMATION_SCHEMA.TABLES ORDER BY TABLE_TYPE, TABLE_SCHEMA, TABLE_NAME",
		func(row []value.Value) {
			schema, table, kind := row[0].Text(), row[1].Text(), row[2].Text()
			if kind == "BASE TABLE" {
				kind = plainTable
			}
			if types[kind] && matches(q.arg(2), schema) && matches(q.arg(0), table) {
				q.add(nil, schema, table, kind, row[3], nil, nil, nil, nil, nil)
			}
		})
}

func (q *catalogueCall) schemas() error {
	return q.query("SELECT SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA ORDER BY SCHEMA_NAME", func(row []value.Value) {
		if schema := row[0].Text(); matches(q.arg(0), schema) {
			q.add(schema, nil)
		}
	})
}

// tableTypes are those that the driver asks for when a program names none.
func (q *catalogueCall) tableTypes() error {
	for _, t := range []string{"GLOBAL TEMPORARY", "SYSTEM TABLE", "SYSTEM VIEW", plainTable, "VIEW"} {
		q.add(t)
	}
	return nil
}

const columnColumns = "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE! TYPE_NAME COLUMN_SIZE! BUFFER_LENGTH! DECIMAL_DIGITS! " +
	"NUM_PREC_RADIX! NULLABLE! REMARKS COLUMN_DEF SQL_DATA_TYPE! SQL_DATETIME_SUB! CHAR_OCTET_LENGTH! ORDINAL_POSITION! IS_NULLABLE " +
	"SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE! IS_AUTOINCREMENT IS_GENERATEDCOLUMN"

// tableColumns is getColumns: table pattern, column pattern, schema pattern.
func (q *catalogueCall) tableColumns() error {
	return q.query("SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE, "+
		"IS_NULLABLE, DESCRIPTION, COLUMN_DEFAULT, ORDINAL_POSITION, AUTO_INCREMENT, IS_GENERATED FROM INFORMATION_SCHEMA.COLUMNS "+
		"ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION", func(row []value.Value) {
		schema, table, column := row[0].Text(), row[1].Text(), row[2].Text()
		if !matches(q.arg(2), schema) || !matches(q.arg(0), table) || !matches(q.arg(1), column) {
			return
		}
		t := jdbcTypes[strings.ToUpper(row[3].Text())]
		digits, radix := value.NullValue(), value.NullValue()
		if !row[5].IsNull() {
			digits, radix = row[6], value.Int(10)
		}
		nullable := truth(row[7].Text() == "YES")
		q.add(nil, schema, table, column, t.number, strings.ToUpper(row[3].Text()), columnSize(t, row[4], row[5]), nil, digits, radix,
			nullable, row[8], row[9], nil, nil, row[4], row[10], row[7], nil, nil, nil, nil, row[11], row[12])
	})
}

// columnSize is COLUMN_SIZE: the length of a text, the digits of a number, the width of what else there is.
func columnSize(t jdbcType, length, digits value.Value) value.Value {
	switch {
	case !length.IsNull():
		return length
	case !digits.IsNull():
		return digits
	}
	return value.Int(int64(t.size))
}

const rowColumns = "SCOPE! COLUMN_NAME DATA_TYPE! TYPE_NAME COLUMN_SIZE! BUFFER_LENGTH! DECIMAL_DIGITS! PSEUDO_COLUMN!"

// JDBC's numbers for how long a row identifier is good, and for a column that is one of the table's own.
const (
	bestRowSession   = 2
	bestRowNotPseudo = 1
)

// bestRow is getBestRowIdentifier: table, schema. It is the RowID, which every table has.
func (q *catalogueCall) bestRow() error {
	return q.query("SELECT SqlSchemaName, SqlTableName, SqlRowIdName FROM %Dictionary.CompiledClass", func(row []value.Value) {
		if is(q.arg(1), row[0].Text()) && is(q.arg(0), row[1].Text()) && row[2].Text() != "" {
			q.add(bestRowSession, row[2], jdbcTypes["BIGINT"].number, "BIGINT", jdbcTypes["BIGINT"].size, nil, 0, bestRowNotPseudo)
		}
	})
}

// versions is getVersionColumns: table, schema. It is the ROWVERSION column.
func (q *catalogueCall) versions() error {
	return q.query("SELECT c.SqlSchemaName, c.SqlTableName, p.SqlFieldName FROM %Dictionary.CompiledProperty p, %Dictionary.CompiledClass c "+
		"WHERE p.parent = c.Name AND p.Type = '%Library.RowVersion'", func(row []value.Value) {
		if is(q.arg(1), row[0].Text()) && is(q.arg(0), row[1].Text()) {
			q.add(nil, row[2], jdbcTypes["BIGINT"].number, "BIGINT", jdbcTypes["BIGINT"].size, nil, 0, bestRowNotPseudo)
		}
	})
}
