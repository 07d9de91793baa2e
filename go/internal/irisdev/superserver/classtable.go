package superserver

import (
	"context"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// ClassTables is a Session that keeps the objects of persistent classes as rows of their tables (IRIS docs, "Introduction to
// Persistent Objects: the extent as a table"). Objects and SQL see the same rows. Errors are *sqlerr.Error.
type ClassTables interface {
	// DefineClass makes the table of a class, or brings it up to date; rows stay. Columns that the class has no more stay too,
	// hidden.
	DefineClass(t ClassTable) error
	// DropClass removes the table of a class; its rows stay in their global unless data is true.
	DropClass(class string, data bool) error
	// NextID gives a new object its number.
	NextID(class string) (int64, error)
	// SaveObject files a row: a new one, or with insert false the values of an old one. Values go by property; -119 and -120 if a
	// unique index has the key already.
	SaveObject(ctx context.Context, class string, id int64, insert bool, values map[string]value.Value) error
	// LoadObject reads a row; false if there is none.
	LoadObject(class string, id int64) (map[string]value.Value, bool, error)
	// DeleteObject removes a row and its index entries; false if there is none.
	DeleteObject(ctx context.Context, class string, id int64) (bool, error)
	// FindObject gives the row that has a key in an index, the first if there are several; 0 if none has.
	FindObject(class, index string, key []value.Value) (int64, error)
	// Objects lists the rows of a class in order.
	Objects(class string) ([]int64, error)
	// ClearClass removes all rows.
	ClearClass(class string) error
	// RebuildIndexes makes the indexes of a class anew.
	RebuildIndexes(class string) error
}

// ClassTable is what a persistent class says of its table.
type ClassTable struct {
	Class, Schema, Name, Description string
	Columns                          []ClassColumn
	Indexes                          []ClassIndex
	Parameters                       map[string]string
	// PrivateRowID hides the RowID from SELECT * (SqlRowIdPrivate).
	PrivateRowID bool
	// View is the query over the table of the class at the root of the extent, for a class that extends another persistent one.
	View string
}

// ClassColumn is a property as a column. A Private one is not seen by SQL's SELECT *.
type ClassColumn struct {
	Property, Name, Description string
	Type                        sqltype.Type
	Collation                   sqltype.Collation
	Required, Private           bool
}

// ClassIndex is an index of a class.
type ClassIndex struct {
	Name            string
	Properties      []string
	Unique, Primary bool
}
