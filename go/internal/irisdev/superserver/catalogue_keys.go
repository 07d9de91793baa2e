package superserver

import "iris-pgwire/internal/irisdev/value"

// primaryKeys is getPrimaryKeys: table, schema.
func (q *catalogueCall) primaryKeys() error {
	return q.query("SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, CONSTRAINT_NAME FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE "+
		"WHERE CONSTRAINT_TYPE = 'PRIMARY KEY' ORDER BY TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME", func(row []value.Value) {
		if is(q.arg(1), row[0].Text()) && is(q.arg(0), row[1].Text()) {
			q.add(nil, row[0], row[1], row[2], row[3], row[4])
		}
	})
}

const foreignKeyColumns = "PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM FKTABLE_NAME FKCOLUMN_NAME KEY_SEQ! " +
	"UPDATE_RULE! DELETE_RULE! FK_NAME PK_NAME DEFERRABILITY!"

// jdbcRules are the referential actions as DatabaseMetaData numbers them.
var jdbcRules = map[string]int{"CASCADE": 0, "SET NULL": 2, "NO ACTION": 3, "SET DEFAULT": 4}

// notDeferrable is DatabaseMetaData.importedKeyNotDeferrable.
const notDeferrable = 7

// importedKeys is getImportedKeys: the table with the foreign keys, its schema.
func (q *catalogueCall) importedKeys() error {
	return q.foreignKeys("%", "%", q.arg(0), q.arg(1), false)
}

// exportedKeys is getExportedKeys: the referenced table, its schema.
func (q *catalogueCall) exportedKeys() error {
	return q.foreignKeys(q.arg(0), q.arg(1), "%", "%", true)
}

// crossReference is getCrossReference: the referenced table, the one with the foreign key, their schemas.
func (q *catalogueCall) crossReference() error {
	return q.foreignKeys(q.arg(0), q.arg(2), q.arg(1), q.arg(3), true)
}

// foreignKeys lists the foreign keys of one table to another, in the order of the other side's names.
func (q *catalogueCall) foreignKeys(parent, parentSchema, child, childSchema string, byChild bool) error {
	order := "k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME"
	if byChild {
		order = "k.TABLE_SCHEMA, k.TABLE_NAME"
	}
	return q.query("SELECT k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME, k.REFERENCED_COLUMN_NAME, k.TABLE_SCHEMA, k.TABLE_NAME, "+
		"k.COLUMN_NAME, k.ORDINAL_POSITION, r.UPDATE_RULE, r.DELETE_RULE, k.CONSTRAINT_NAME, k.REFERENCED_CONSTRAINT_NAME "+
		"FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE k, INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS r "+
		"WHERE k.CONSTRAINT_TYPE = 'FOREIGN KEY' AND r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME "+
		"AND r.CONSTRAINT_TABLE_NAME = k.TABLE_NAME ORDER BY "+order+", k.CONSTRAINT_NAME, k.ORDINAL_POSITION", func(row []value.Value) {
		if is(parentSchema, row[0].Text()) && is(parent, row[1].Text()) && is(childSchema, row[3].Text()) && is(child, row[4].Text()) {
			q.add(nil, row[0], row[1], row[2], nil, row[3], row[4], row[5], row[6], jdbcRules[row[7].Text()], jdbcRules[row[8].Text()],
				row[9], row[10], notDeferrable)
		}
	})
}

const indexColumns = "TABLE_CAT TABLE_SCHEM TABLE_NAME NON_UNIQUE! INDEX_QUALIFIER INDEX_NAME TYPE! ORDINAL_POSITION! COLUMN_NAME ASC_OR_DESC " +
	"CARDINALITY! PAGES! FILTER_CONDITION"

// otherIndex is DatabaseMetaData.tableIndexOther.
const otherIndex = 3

// indexes is getIndexInfo: table, schema, 1 for all indexes or 0 for the unique ones.
func (q *catalogueCall) indexes() error {
	return q.query("SELECT TABLE_SCHEMA, TABLE_NAME, NON_UNIQUE, INDEX_NAME, ORDINAL_POSITION, COLUMN_NAME, ASC_OR_DESC FROM INFORMATION_SCHEMA.INDEXES "+
		"ORDER BY NON_UNIQUE, INDEX_NAME, ORDINAL_POSITION", func(row []value.Value) {
		other, _ := row[2].Integer()
		if is(q.arg(1), row[0].Text()) && is(q.arg(0), row[1].Text()) && (other == 0 || q.arg(2) == "1") {
			q.add(nil, row[0], row[1], int(other), nil, row[3], otherIndex, row[4], row[5], row[6], nil, nil, nil)
		}
	})
}
