package sqlrun

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
)

// Counter says how a column gets its numbers without being told (IRIS docs, "CREATE TABLE": IDENTITY, SERIAL,
// AUTO_INCREMENT and ROWVERSION fields).
type counterKind uint8

const (
	noCounter counterKind = iota
	identityCounter
	serialCounter
	autoIncrement
	rowVersion
)

// columnDef is one column as the class dictionary keeps it. Slot is its place in the row's $LIST, counted from 1; it
// never changes, so that DROP COLUMN leaves the others where they are. The RowID has slot 0: it is the subscript.
type columnDef struct {
	Name        string // SqlFieldName, as written
	Property    string // property name, punctuation dropped
	Type        sqltype.Type
	Collation   sqltype.Collation
	Required    bool
	Slot        int
	Counter     counterKind
	Default     string // text of the DEFAULT clause, "" when there is none
	OnUpdate    string
	Description string
	Hidden      bool // the RowID that nobody named
	Private     bool // a property of a class that SELECT * does not show
}

// indexKind is the kind of an index; only its speed depends on it.
type indexKind string

const (
	plainIndex  indexKind = "index"
	bitmapIndex indexKind = "bitmap"
	extentIndex indexKind = "bitmapextent"
	hnswIndex   indexKind = "hnsw"
)

// indexDef is an index or a UNIQUE or PRIMARY KEY constraint: IRIS keeps both as an index of the class.
type indexDef struct {
	Name       string
	Columns    []string
	Kind       indexKind
	Unique     bool
	Primary    bool
	Constraint bool // made by a constraint, not by CREATE INDEX
	Options    string
	WithData   []string
}

// foreignKeyDef is a FOREIGN KEY constraint.
type foreignKeyDef struct {
	Name       string
	Columns    []string
	RefClass   string
	RefColumns []string // empty: the RowID
	OnDelete   string   // NO ACTION, CASCADE, SET NULL, SET DEFAULT
	OnUpdate   string
	NoCheck    bool
}

// tableDef is a table, a view or a system view. A tableDef is never changed: DDL writes a new one.
type tableDef struct {
	Class       string
	Schema      string
	Name        string
	Stamp       int64 // changes with every definition; cached statements compare it
	Columns     []*columnDef
	RowID       *columnDef // also in Columns when it is an IDENTITY column
	Indexes     []*indexDef
	ForeignKeys []*foreignKeyDef
	Parameters  map[string]string // %CLASSPARAMETER
	Description string
	Owner       string
	PublicRowID bool
	NextSlot    int
	ViewText    string // SELECT of a view
	ViewCheck   string // NONE, LOCAL or CASCADED
	IsView      bool
	Created     string
	Modified    string
}

// fullName is the table's name in messages.
func (t *tableDef) fullName() string { return t.Schema + "." + t.Name }

// column finds a column by name, without case; the RowID answers to its own name as well.
func (t *tableDef) column(name string) *columnDef {
	for _, c := range t.Columns {
		if strings.EqualFold(c.Name, name) {
			return c
		}
	}
	if t.RowID != nil && strings.EqualFold(t.RowID.Name, name) {
		return t.RowID
	}
	return nil
}

// index finds an index or constraint by name, without case.
func (t *tableDef) index(name string) *indexDef {
	for _, ix := range t.Indexes {
		if strings.EqualFold(ix.Name, name) {
			return ix
		}
	}
	return nil
}

// primaryKey gives the PRIMARY KEY, or nil.
func (t *tableDef) primaryKey() *indexDef {
	for _, ix := range t.Indexes {
		if ix.Primary {
			return ix
		}
	}
	return nil
}

// foreignKey finds a foreign key by name, without case.
func (t *tableDef) foreignKey(name string) *foreignKeyDef {
	for _, fk := range t.ForeignKeys {
		if strings.EqualFold(fk.Name, name) {
			return fk
		}
	}
	return nil
}

// clone copies the definition so that DDL can change the copy; columns and indexes are shared until replaced.
func (t *tableDef) clone() *tableDef {
	c := *t
	c.Columns = append([]*columnDef(nil), t.Columns...)
	c.Indexes = append([]*indexDef(nil), t.Indexes...)
	c.ForeignKeys = append([]*foreignKeyDef(nil), t.ForeignKeys...)
	return &c
}

// place is a column's index in the checker's view of the table: the RowID first unless it is an IDENTITY column.
func (t *tableDef) place(col *columnDef) int {
	if !t.rowIDListed() {
		if col == t.RowID {
			return 0
		}
		return 1 + t.ordinal(col)
	}
	return t.ordinal(col)
}

// columnAt is the opposite of place.
func (t *tableDef) columnAt(place int) *columnDef {
	if !t.rowIDListed() {
		if place == 0 {
			return t.RowID
		}
		place--
	}
	if place < 0 || place >= len(t.Columns) {
		return nil
	}
	return t.Columns[place]
}

func (t *tableDef) ordinal(col *columnDef) int {
	for i, c := range t.Columns {
		if c == col {
			return i
		}
	}
	return -2
}

// rowIDListed reports that the RowID is one of Columns: an IDENTITY column.
func (t *tableDef) rowIDListed() bool { return t.RowID == nil || t.RowID.Counter == identityCounter }
