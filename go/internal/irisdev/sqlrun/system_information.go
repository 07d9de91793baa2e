package sqlrun

import (
	"slices"
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// informationViews are the views of INFORMATION_SCHEMA, each with the columns that the class reference lists.
func informationViews() []*systemView {
	return []*systemView{
		information("TABLES", (*Session).allTables, tablesColumns()),
		information("COLUMNS", (*Session).allColumns, columnsColumns()),
		information("SCHEMATA", (*Session).allSchemas, schemataColumns()),
		information("VIEWS", (*Session).allViews, viewsColumns()),
		information("INDEXES", (*Session).allIndexes, indexesColumns()),
		information("TABLE_CONSTRAINTS", (*Session).allConstraints, tableConstraintColumns()),
		information("KEY_COLUMN_USAGE", (*Session).allKeyColumns, keyColumnColumns()),
		information("REFERENTIAL_CONSTRAINTS", (*Session).allReferences, referenceColumns()),
		information("CONSTRAINT_COLUMN_USAGE", (*Session).allConstraintColumns, constraintColumnColumns()),
		information("CONSTRAINT_TABLE_USAGE", (*Session).allConstraints, constraintTableColumns()),
		information("CHECK_CONSTRAINTS", func(*Session) []constraintRecord { return nil }, checkColumns()),
		information("STATEMENTS", (*Session).allStatements, statementsColumns()),
		information("TRIGGERS", func(*Session) []*tableDef { return nil }, triggerColumns()),
	}
}

func information[R any](name string, list func(s *Session) []R, columns []systemColumn[R]) *systemView {
	return view(informationSchema, name, "INFORMATION.SCHEMA."+name, list, columns)
}

// allTables are the tables and views of the namespace, then those of the system.
func (s *Session) allTables() []*tableDef {
	list := s.tables()
	from := len(list)
	for _, v := range systemViews {
		list = append(list, v.def)
	}
	slices.SortFunc(list[from:], func(a, b *tableDef) int { return strings.Compare(a.fullName(), b.fullName()) })
	return list
}

// tableKind is TABLE_TYPE.
func tableKind(t *tableDef) string {
	switch {
	case strings.EqualFold(t.Schema, informationSchema):
		return "SYSTEM VIEW"
	case isSystemSchema(t.Schema):
		return "SYSTEM TABLE"
	case t.IsView:
		return "VIEW"
	}
	return "BASE TABLE"
}

func schemaName(t *tableDef) string { return t.Schema }
func tableName(t *tableDef) string  { return t.Name }
func classOf(t *tableDef) string    { return t.Class }

func tablesColumns() []systemColumn[*tableDef] {
	type T = *tableDef
	return columnsOf(nullColumns[T]("TABLE_CATALOG"), []systemColumn[T]{
		nameColumn("TABLE_SCHEMA", schemaName), nameColumn("TABLE_NAME", tableName), wordColumn("TABLE_TYPE", tableKind),
	}, nullColumns[T]("SELF_REFERENCING_COLUMN_NAME REFERENCE_GENERATION USER_DEFINED_TYPE_CATALOG USER_DEFINED_TYPE_SCHEMA USER_DEFINED_TYPE_NAME"),
		[]systemColumn[T]{
			yesColumn("IS_INSERTABLE_INTO", func(t T) bool { return !isSystemSchema(t.Schema) && !t.IsView }),
			yesColumn("IS_TYPED", func(T) bool { return false }),
			textColumn("CLASSNAME", classOf), textColumn("DESCRIPTION", func(t T) string { return t.Description }),
			nameColumn("OWNER", func(t T) string { return t.Owner }),
			bitColumn("IS_SHARDED", func(T) bool { return false }),
		})
}

func viewsColumns() []systemColumn[*tableDef] {
	type T = *tableDef
	stamp := func(get func(t T) string) func(t T) value.Value {
		return func(t T) value.Value { return textValue(get(t)) }
	}
	return columnsOf(nullColumns[T]("TABLE_CATALOG"), []systemColumn[T]{
		nameColumn("TABLE_SCHEMA", schemaName), nameColumn("TABLE_NAME", tableName),
		textColumn("VIEW_DEFINITION", func(t T) string { return t.ViewText }),
		wordColumn("CHECK_OPTION", func(t T) string {
			if t.ViewCheck == "" {
				return "NONE"
			}
			return t.ViewCheck
		}),
		yesColumn("IS_UPDATABLE", func(T) bool { return false }),
		yesColumn("IS_TRIGGER_UPDATABLE", func(T) bool { return false }),
		yesColumn("IS_TRIGGER_DELETABLE", func(T) bool { return false }),
		yesColumn("IS_TRIGGER_INSERTABLE_INTO", func(T) bool { return false }),
		textColumn("DESCRIPTION", func(t T) string { return t.Description }),
		{name: "DATE_CREATED", t: systemTime, c: sqltype.Exact, get: stamp(func(t T) string { return t.Created })},
		{name: "DATE_MODIFIED", t: systemTime, c: sqltype.Exact, get: stamp(func(t T) string { return t.Modified })},
		textColumn("CLASSNAME", classOf), nameColumn("OWNER", func(t T) string { return t.Owner }),
	})
}

func (s *Session) allViews() []*tableDef {
	return slices.DeleteFunc(s.tables(), func(t *tableDef) bool { return !t.IsView })
}

// allSchemas are the schemas in use or made by CREATE SCHEMA, and the system's.
func (s *Session) allSchemas() []string {
	var list []string
	for key, ok := s.proc.Next(nameGlobal, nil, value.Value{}); ok; key, ok = s.proc.Next(nameGlobal, nil, key) {
		name := key.Text()
		if v, ok := s.proc.Get(nameGlobal, key); ok {
			name = v.Text()
		}
		list = append(list, name)
	}
	return append(list, informationSchema, dictionarySchema)
}

func schemataColumns() []systemColumn[string] {
	return columnsOf(nullColumns[string]("CATALOG_NAME"), []systemColumn[string]{
		nameColumn("SCHEMA_NAME", func(s string) string { return s }),
	}, nullColumns[string]("SCHEMA_OWNER DEFAULT_CHARACTER_SET_CATALOG DEFAULT_CHARACTER_SET_SCHEMA DEFAULT_CHARACTER_SET_NAME SQL_PATH"))
}

func triggerColumns() []systemColumn[*tableDef] {
	return nullColumns[*tableDef]("TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TRIGGER_NAME EVENT_MANIPULATION EVENT_OBJECT_CATALOG " +
		"EVENT_OBJECT_SCHEMA EVENT_OBJECT_TABLE ACTION_ORDER ACTION_CONDITION ACTION_STATEMENT ACTION_ORIENTATION ACTION_TIMING " +
		"ACTION_REFERENCE_OLD_TABLE ACTION_REFERENCE_NEW_TABLE ACTION_REFERENCE_OLD_ROW ACTION_REFERENCE_NEW_ROW CREATED")
}
