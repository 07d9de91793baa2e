package sqlrun

import (
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// documentedColumns are the columns that the class reference lists, in their order; those behind | are hidden.
var documentedColumns = map[string]string{
	"INFORMATION_SCHEMA.TABLES": "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_TYPE SELF_REFERENCING_COLUMN_NAME REFERENCE_GENERATION " +
		"USER_DEFINED_TYPE_CATALOG USER_DEFINED_TYPE_SCHEMA USER_DEFINED_TYPE_NAME IS_INSERTABLE_INTO IS_TYPED CLASSNAME DESCRIPTION " +
		"OWNER IS_SHARDED",
	"INFORMATION_SCHEMA.COLUMNS": "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION DTD_IDENTIFIER DOMAIN_CATALOG " +
		"DOMAIN_SCHEMA DOMAIN_NAME COLUMN_DEFAULT IS_NULLABLE IS_SELF_REFERENCING IS_IDENTITY IDENTITY_GENERATION IDENTITY_START " +
		"IDENTITY_INCREMENT IDENTITY_MAXIMUM IDENTITY_MINIMUM IDENTITY_CYCLE IS_GENERATED GENERATION_EXPRESSION IS_UPDATABLE DATA_TYPE " +
		"CHARACTER_MAXIMUM_LENGTH CHARACTER_OCTET_LENGTH NUMERIC_PRECISION NUMERIC_PRECISION_RADIX NUMERIC_SCALE DATETIME_PRECISION " +
		"CHARACTER_SET_CATALOG CHARACTER_SET_SCHEMA CHARACTER_SET_NAME COLLATION_CATALOG COLLATION_SCHEMA COLLATION_NAME DESCRIPTION " +
		"AUTO_INCREMENT UNIQUE_COLUMN PRIMARY_KEY | PROPERTY_NAME COMPUTE_CODE IS_PERSISTED",
	"INFORMATION_SCHEMA.TABLE_CONSTRAINTS": "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_CATALOG TABLE_SCHEMA TABLE_NAME " +
		"CONSTRAINT_TYPE IS_DEFERRABLE INITIALLY_DEFERRED",
	"INFORMATION_SCHEMA.KEY_COLUMN_USAGE": "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_CATALOG TABLE_SCHEMA TABLE_NAME " +
		"COLUMN_NAME ORDINAL_POSITION POSITION_IN_UNIQUE_CONSTRAINT REFERENCED_TABLE_CATALOG REFERENCED_TABLE_SCHEMA REFERENCED_TABLE_NAME " +
		"REFERENCED_CONSTRAINT_NAME REFERENCED_COLUMN_NAME CONSTRAINT_TYPE",
	"INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS": "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_TABLE_NAME CONSTRAINT_NAME " +
		"UNIQUE_CONSTRAINT_CATALOG UNIQUE_CONSTRAINT_SCHEMA UNIQUE_CONSTRAINT_TABLE UNIQUE_CONSTRAINT_NAME MATCH_OPTION UPDATE_RULE DELETE_RULE",
	"INFORMATION_SCHEMA.CONSTRAINT_COLUMN_USAGE": "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME",
	"INFORMATION_SCHEMA.CHECK_CONSTRAINTS":       "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME CHECK_CLAUSE",
	"INFORMATION_SCHEMA.INDEXES": "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME NON_UNIQUE INDEX_CATALOG INDEX_SCHEMA INDEX_NAME ORDINAL_POSITION " +
		"COLUMN_NAME ASC_OR_DESC PRIMARY_KEY MAP_STATUS DATA_FIELDS",
	"INFORMATION_SCHEMA.VIEWS": "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME VIEW_DEFINITION CHECK_OPTION IS_UPDATABLE IS_TRIGGER_UPDATABLE " +
		"IS_TRIGGER_DELETABLE IS_TRIGGER_INSERTABLE_INTO DESCRIPTION DATE_CREATED DATE_MODIFIED CLASSNAME OWNER",
	"INFORMATION_SCHEMA.SCHEMATA": "CATALOG_NAME SCHEMA_NAME SCHEMA_OWNER DEFAULT_CHARACTER_SET_CATALOG DEFAULT_CHARACTER_SET_SCHEMA " +
		"DEFAULT_CHARACTER_SET_NAME SQL_PATH",
}

func TestSystemViewsHaveTheDocumentedColumns(t *testing.T) {
	for name, want := range documentedColumns {
		schema, table, _ := strings.Cut(name, ".")
		v := systemViewOf(strings.ToLower(schema), table)
		if v == nil {
			t.Errorf("%s is not there", name)
			continue
		}
		var got []string
		hidden := false
		for _, c := range v.table().Columns {
			if c.Hidden && !hidden {
				hidden = true
				got = append(got, "|")
			}
			got = append(got, c.Name)
		}
		if list := strings.Join(got, " "); list != want {
			t.Errorf("%s has\n%s\nwant\n%s", name, list, want)
		}
	}
}

func TestSystemViewsAreReadOnlyTables(t *testing.T) {
	for name, v := range systemViews {
		b := v.table()
		if !b.ReadOnly || b.RowID != -1 || b.Object != any(v) || len(b.Columns) != len(v.def.Columns) {
			t.Errorf("%s: %+v", name, b)
		}
		if systemTable(v.def.Schema, v.def.Name) != v.def {
			t.Errorf("%s is not found", name)
		}
	}
	if systemTable("SQLUser", "TABLES") != nil {
		t.Error("SQLUser.TABLES is a system view")
	}
}

func TestSystemSchemas(t *testing.T) {
	for name, want := range map[string]bool{"INFORMATION_SCHEMA": true, "information_schema": true, "%Dictionary": true, "%SYS": true, "IRIS_Shard": true, "SQLUser": false, "Sample": false} {
		if got := isSystemSchema(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// cells is one row of a view, by column name; NULL is missing.
func cells[R any](columns []systemColumn[R], r R) map[string]string {
	row := map[string]string{}
	for _, c := range columns {
		if c.get == nil {
			continue
		}
		if v := c.get(r); !v.IsNull() {
			row[c.name] = value.ODBC(v, c.t.ODBC()).Text()
		}
	}
	return row
}

func expectCells(t *testing.T, what string, got map[string]string, want map[string]string) {
	t.Helper()
	for name, v := range want {
		if text, ok := got[name]; v == "NULL" && ok || v != "NULL" && text != v {
			t.Errorf("%s: %s = %q, want %s", what, name, text, v)
		}
	}
}

// people is a table with a hidden RowID, orders one with an IDENTITY and a foreign key to it.
func people() *tableDef {
	t := &tableDef{Class: "User.people", Schema: "SQLUser", Name: "people", Owner: "_SYSTEM", Description: "who"}
	t.RowID = &columnDef{Name: "ID", Property: "%ID", Type: sqltype.Type{Kind: sqltype.BigInt}, Hidden: true, Required: true}
	t.Columns = []*columnDef{
		{Name: "code", Property: "code", Type: sqltype.Type{Kind: sqltype.VarChar, Length: 10}, Collation: sqltype.Exact, Required: true, Slot: 1},
		{Name: "birth_date", Property: "birthdate", Type: sqltype.Type{Kind: sqltype.Date, Precision: -672045}, Slot: 2},
		{Name: "paid", Property: "paid", Type: sqltype.Type{Kind: sqltype.Numeric, Precision: 12, Scale: 2}, Slot: 3, Default: "0"},
		{Name: "place", Property: "place", Type: sqltype.Type{Kind: sqltype.Vector, Element: sqltype.ElementDouble, Length: 3}, Slot: 4, Description: "pg:vector(3)"},
		{Name: "seen", Property: "seen", Type: sqltype.Type{Kind: sqltype.PosixTime}, Slot: 5},
	}
	t.Indexes = []*indexDef{{Name: "PEOPLEPKEY1", Columns: []string{"code"}, Kind: plainIndex, Unique: true, Primary: true, Constraint: true},
		{Name: "near", Columns: []string{"place"}, Kind: hnswIndex}}
	return t
}

func orders() *tableDef {
	t := &tableDef{Class: "User.orders", Schema: "SQLUser", Name: "orders"}
	t.Columns = []*columnDef{
		{Name: "id", Property: "id", Type: sqltype.Type{Kind: sqltype.BigInt}, Counter: identityCounter, Required: true},
		{Name: "who", Property: "who", Type: sqltype.Type{Kind: sqltype.VarChar, Length: 10}, Slot: 1},
	}
	t.RowID = t.Columns[0]
	t.ForeignKeys = []*foreignKeyDef{{Name: "who_fk", Columns: []string{"who"}, RefClass: "User.people", RefColumns: []string{"code"}, OnDelete: "CASCADE"}}
	return t
}

// columnRecords are the rows of INFORMATION_SCHEMA.COLUMNS for one table.
func columnRecords(t *tableDef) []columnRecord {
	var list []columnRecord
	for i, c := range t.allColumnsListed() {
		list = append(list, columnRecord{t, c, i + 1})
	}
	return list
}

func TestColumnsOfATable(t *testing.T) {
	want := []map[string]string{
		// The hidden RowID is listed first: it counts by itself and is not in the primary key.
		{"COLUMN_NAME": "ID", "ORDINAL_POSITION": "1", "DATA_TYPE": "bigint", "AUTO_INCREMENT": "YES", "PRIMARY_KEY": "NO", "IS_IDENTITY": "NO", "IS_NULLABLE": "NO"},
		{"COLUMN_NAME": "code", "ORDINAL_POSITION": "2", "DATA_TYPE": "varchar", "CHARACTER_MAXIMUM_LENGTH": "10", "NUMERIC_PRECISION": "NULL",
			"IS_NULLABLE": "NO", "PRIMARY_KEY": "YES", "UNIQUE_COLUMN": "YES", "AUTO_INCREMENT": "NO"},
		{"COLUMN_NAME": "birth_date", "DATA_TYPE": "date", "CHARACTER_MAXIMUM_LENGTH": "NULL", "IS_NULLABLE": "YES", "PROPERTY_NAME": "birthdate"},
		{"COLUMN_NAME": "paid", "DATA_TYPE": "numeric", "NUMERIC_PRECISION": "12", "NUMERIC_SCALE": "2", "NUMERIC_PRECISION_RADIX": "10", "COLUMN_DEFAULT": "0"},
		{"COLUMN_NAME": "place", "DATA_TYPE": "varchar", "CHARACTER_MAXIMUM_LENGTH": "4096", "DESCRIPTION": "pg:vector(3)"}, // the vector is lost
		{"COLUMN_NAME": "seen", "DATA_TYPE": "timestamp", "DATETIME_PRECISION": "NULL", "IS_UPDATABLE": "YES"},
	}
	records := columnRecords(people())
	if len(records) != len(want) {
		t.Fatalf("%d columns", len(records))
	}
	for i, r := range records {
		expectCells(t, r.c.Name, cells(columnsColumns(), r), want[i])
	}
	identity := cells(columnsColumns(), columnRecords(orders())[0])
	expectCells(t, "IDENTITY", identity, map[string]string{"COLUMN_NAME": "id", "IS_IDENTITY": "YES", "AUTO_INCREMENT": "YES", "IDENTITY_START": "NULL"})
}

func TestKeysAndReferences(t *testing.T) {
	o, p := orders(), people()
	fk := constraintRecord{t: o, name: "who_fk", kind: "FOREIGN KEY", columns: []string{"who"}, fk: o.ForeignKeys[0], ref: p}
	expectCells(t, "KEY_COLUMN_USAGE", cells(keyColumnColumns(), fk), map[string]string{"CONSTRAINT_NAME": "who_fk", "COLUMN_NAME": "who", "ORDINAL_POSITION": "1",
		"REFERENCED_TABLE_NAME": "people", "REFERENCED_COLUMN_NAME": "code", "REFERENCED_CONSTRAINT_NAME": "PEOPLEPKEY1", "CONSTRAINT_TYPE": "FOREIGN KEY"})
	expectCells(t, "REFERENTIAL_CONSTRAINTS", cells(referenceColumns(), fk), map[string]string{"UNIQUE_CONSTRAINT_NAME": "PEOPLEPKEY1", "MATCH_OPTION": "NONE",
		"DELETE_RULE": "CASCADE", "UPDATE_RULE": "NO ACTION"})
	expectCells(t, "CompiledForeignKey", cells(classForeignColumns(), fk), map[string]string{"parent": "User.orders", "ReferencedClass": "User.people", "OnDelete": "cascade", "OnUpdate": "noaction"})
	expectCells(t, "INDEXES", cells(indexesColumns(), indexRecord{p, p.Indexes[0], 0}), map[string]string{"NON_UNIQUE": "0", "PRIMARY_KEY": "1", "ASC_OR_DESC": "A", "MAP_STATUS": "Selectable"})
	expectCells(t, "CompiledIndex", cells(classIndexColumns(), indexRecord{p, p.Indexes[1], 0}), map[string]string{"Type": "index", "TypeClass": "%SQL.Index.HNSW", "Unique": "0"})
}

func TestPropertiesTellWhatColumnsDoNot(t *testing.T) {
	p := people()
	for i, want := range []string{"MAXLEN,10,COLLATION,EXACT", "MINVAL,-672045", "SCALE,2", "DATATYPE,DOUBLE,LEN,3"} {
		got := cells(propertyColumns(), propertyRecord{p, p.Columns[i], i + 2, false})
		expectCells(t, p.Columns[i].Name, got, map[string]string{"parent": "User.people", "Parameters": want, "SqlFieldName": p.Columns[i].Name})
	}
	expectCells(t, "vector", cells(propertyColumns(), propertyRecord{p, p.Columns[3], 5, false}), map[string]string{"Type": "%Library.Vector", "Description": "pg:vector(3)"})
	unlimited := &columnDef{Name: "x", Type: sqltype.Type{Kind: sqltype.VarChar}, Collation: sqltype.SQLUpper}
	expectCells(t, "unlimited", cells(propertyColumns(), propertyRecord{p, unlimited, 9, false}), map[string]string{"Parameters": "MAXLEN,,COLLATION,SQLUPPER"})
	expectCells(t, "pairs", cells(propertyColumns(), propertyRecord{p, unlimited, 9, true}),
		map[string]string{"Parameters": "\x0c\x01\x08\x01MAXLEN\x02\x01\x17\x01\x0b\x01COLLATION\x0a\x01SQLUPPER"})
}

func TestTableKinds(t *testing.T) {
	for want, def := range map[string]*tableDef{"BASE TABLE": people(), "VIEW": {Schema: "SQLUser", IsView: true},
		"SYSTEM VIEW": systemTable("INFORMATION_SCHEMA", "TABLES"), "SYSTEM TABLE": systemTable("%Dictionary", "CompiledClass")} {
		if got := cells(tablesColumns(), def)["TABLE_TYPE"]; got != want {
			t.Errorf("%s.%s is a %s, want %s", def.Schema, def.Name, got, want)
		}
	}
}
