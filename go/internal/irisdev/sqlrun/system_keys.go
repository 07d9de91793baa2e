package sqlrun

import (
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// constraintRecord is a PRIMARY KEY, UNIQUE or FOREIGN KEY constraint.
type constraintRecord struct {
	t       *tableDef
	name    string
	kind    string
	columns []string
	fk      *foreignKeyDef
	ref     *tableDef // the referenced table of a foreign key
	// at is the column of this row, counted from 0, where there is a row for each.
	at int
}

// allConstraints lists the constraints of all tables; an index that CREATE UNIQUE INDEX made is none.
func (s *Session) allConstraints() []constraintRecord {
	var list []constraintRecord
	for _, t := range s.tables() {
		for _, ix := range t.Indexes {
			switch {
			case ix.Primary:
				list = append(list, constraintRecord{t: t, name: ix.Name, kind: "PRIMARY KEY", columns: ix.Columns})
			case ix.Unique && ix.Constraint:
				list = append(list, constraintRecord{t: t, name: ix.Name, kind: "UNIQUE", columns: ix.Columns})
			}
		}
		for _, fk := range t.ForeignKeys {
			list = append(list, constraintRecord{t: t, name: fk.Name, kind: "FOREIGN KEY", columns: fk.Columns, fk: fk, ref: s.classDef(fk.RefClass)})
		}
	}
	return list
}

// allKeyColumns has a row for each column of each constraint.
func (s *Session) allKeyColumns() []constraintRecord { return spreadColumns(s.allConstraints()) }

func spreadColumns(constraints []constraintRecord) []constraintRecord {
	var list []constraintRecord
	for _, r := range constraints {
		for i := range r.columns {
			r.at = i
			list = append(list, r)
		}
	}
	return list
}

// allReferences are the foreign keys.
func (s *Session) allReferences() []constraintRecord {
	var list []constraintRecord
	for _, r := range s.allConstraints() {
		if r.fk != nil && r.ref != nil {
			list = append(list, r)
		}
	}
	return list
}

// allConstraintColumns are the columns that constraints are about: a foreign key's are those it references.
func (s *Session) allConstraintColumns() []constraintRecord {
	list := s.allConstraints()
	for i, r := range list {
		if r.fk != nil {
			list[i].columns = r.refColumns()
		}
	}
	return spreadColumns(list)
}

func (r constraintRecord) schema() string { return r.t.Schema }
func (r constraintRecord) table() string  { return r.t.Name }
func (r constraintRecord) column() string { return r.columns[r.at] }

// refColumns are the referenced columns, the RowID if the key names none.
func (r constraintRecord) refColumns() []string {
	if r.fk == nil || r.ref == nil {
		return nil
	}
	if len(r.fk.RefColumns) == 0 && r.ref.RowID != nil {
		return []string{r.ref.RowID.Name}
	}
	return r.fk.RefColumns
}

func (r constraintRecord) refColumn() string {
	if list := r.refColumns(); r.at < len(list) {
		return list[r.at]
	}
	return ""
}

// refKey is the key that a foreign key references: the one with the same columns.
func (r constraintRecord) refKey() *indexDef {
	if r.ref == nil {
		return nil
	}
	want := r.refColumns()
	for _, ix := range r.ref.Indexes {
		if ix.Unique && sameNames(ix.Columns, want) {
			return ix
		}
	}
	return nil
}

func sameNames(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !strings.EqualFold(a[i], b[i]) {
			return false
		}
	}
	return true
}

func (r constraintRecord) refKeyName() string {
	if ix := r.refKey(); ix != nil {
		return ix.Name
	}
	return ""
}

func (r constraintRecord) refSchema() string {
	if r.ref == nil {
		return ""
	}
	return r.ref.Schema
}

func (r constraintRecord) refTable() string {
	if r.ref == nil {
		return ""
	}
	return r.ref.Name
}

func (r constraintRecord) named() string { return r.name }

func (r constraintRecord) onDelete() string { return actionOf(r.fk.OnDelete) }
func (r constraintRecord) onUpdate() string { return actionOf(r.fk.OnUpdate) }

func actionOf(s string) string {
	if s == "" {
		return "NO ACTION"
	}
	return s
}

// refPosition is POSITION_IN_UNIQUE_CONSTRAINT.
func (r constraintRecord) refPosition() value.Value {
	if r.fk == nil {
		return value.NullValue()
	}
	return value.Int(int64(r.at + 1))
}

func tableConstraintColumns() []systemColumn[constraintRecord] {
	type R = constraintRecord
	return columnsOf(nullColumns[R]("CONSTRAINT_CATALOG"), []systemColumn[R]{
		nameColumn("CONSTRAINT_SCHEMA", R.schema), nameColumn("CONSTRAINT_NAME", R.named),
	}, nullColumns[R]("TABLE_CATALOG"), []systemColumn[R]{
		nameColumn("TABLE_SCHEMA", R.schema), nameColumn("TABLE_NAME", R.table),
		wordColumn("CONSTRAINT_TYPE", func(r R) string { return r.kind }),
		yesColumn("IS_DEFERRABLE", func(R) bool { return false }), yesColumn("INITIALLY_DEFERRED", func(R) bool { return false }),
	})
}

func keyColumnColumns() []systemColumn[constraintRecord] {
	type R = constraintRecord
	return columnsOf(nullColumns[R]("CONSTRAINT_CATALOG"), []systemColumn[R]{
		nameColumn("CONSTRAINT_SCHEMA", R.schema), nameColumn("CONSTRAINT_NAME", R.named),
	}, nullColumns[R]("TABLE_CATALOG"), []systemColumn[R]{
		nameColumn("TABLE_SCHEMA", R.schema), nameColumn("TABLE_NAME", R.table), nameColumn("COLUMN_NAME", R.column),
		intColumn("ORDINAL_POSITION", func(r R) value.Value { return value.Int(int64(r.at + 1)) }),
		intColumn("POSITION_IN_UNIQUE_CONSTRAINT", R.refPosition),
	}, nullColumns[R]("REFERENCED_TABLE_CATALOG"), []systemColumn[R]{
		nameColumn("REFERENCED_TABLE_SCHEMA", R.refSchema), nameColumn("REFERENCED_TABLE_NAME", R.refTable),
		nameColumn("REFERENCED_CONSTRAINT_NAME", R.refKeyName), nameColumn("REFERENCED_COLUMN_NAME", R.refColumn),
		wordColumn("CONSTRAINT_TYPE", func(r R) string { return r.kind }),
	})
}

func referenceColumns() []systemColumn[constraintRecord] {
	type R = constraintRecord
	return columnsOf(nullColumns[R]("CONSTRAINT_CATALOG"), []systemColumn[R]{
		nameColumn("CONSTRAINT_SCHEMA", R.schema), nameColumn("CONSTRAINT_TABLE_NAME", R.table), nameColumn("CONSTRAINT_NAME", R.named),
	}, nullColumns[R]("UNIQUE_CONSTRAINT_CATALOG"), []systemColumn[R]{
		nameColumn("UNIQUE_CONSTRAINT_SCHEMA", R.refSchema), nameColumn("UNIQUE_CONSTRAINT_TABLE", R.refTable),
		nameColumn("UNIQUE_CONSTRAINT_NAME", R.refKeyName),
		wordColumn("MATCH_OPTION", func(R) string { return "NONE" }),
		wordColumn("UPDATE_RULE", R.onUpdate), wordColumn("DELETE_RULE", R.onDelete),
	})
}

// usageSchema and usageTable are where the columns are that a constraint is about.
func (r constraintRecord) usageSchema() string {
	if r.ref != nil {
		return r.ref.Schema
	}
	return r.t.Schema
}

func (r constraintRecord) usageTable() string {
	if r.ref != nil {
		return r.ref.Name
	}
	return r.t.Name
}

func constraintColumnColumns() []systemColumn[constraintRecord] {
	type R = constraintRecord
	return columnsOf(nullColumns[R]("TABLE_CATALOG"), []systemColumn[R]{
		nameColumn("TABLE_SCHEMA", R.usageSchema), nameColumn("TABLE_NAME", R.usageTable), nameColumn("COLUMN_NAME", R.column),
	}, constraintNameColumns())
}

func constraintTableColumns() []systemColumn[constraintRecord] {
	type R = constraintRecord
	return columnsOf(nullColumns[R]("TABLE_CATALOG"), []systemColumn[R]{
		nameColumn("TABLE_SCHEMA", R.usageSchema), nameColumn("TABLE_NAME", R.usageTable),
	}, constraintNameColumns())
}

func constraintNameColumns() []systemColumn[constraintRecord] {
	type R = constraintRecord
	return columnsOf(nullColumns[R]("CONSTRAINT_CATALOG"), []systemColumn[R]{
		nameColumn("CONSTRAINT_SCHEMA", R.schema), nameColumn("CONSTRAINT_NAME", R.named),
	})
}

// checkColumns are those of CHECK_CONSTRAINTS: CHECK does not exist in IRIS.
func checkColumns() []systemColumn[constraintRecord] {
	return nullColumns[constraintRecord]("CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME CHECK_CLAUSE")
}
