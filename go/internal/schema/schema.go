// Package schema is what the gateway knows of the tables in an IRIS namespace, in PostgreSQL's terms. Tables load lazily,
// one at a time, because a namespace may have ten thousand classes; DDL through the gateway and IRIS's own "recompiled"
// codes drop what is known.
package schema

import (
	"context"

	"iris-pgwire/internal/pgtypes"
)

// Table is a table or view. Names are spelled as IRIS stores them; IRIS compares them without case.
type Table struct {
	OID     uint32 // hash of namespace, kind and name: the same on every gateway (design: "OIDs are a deterministic hash")
	Schema  string // IRIS's schema, e.g. SQLUser
	Name    string
	View    bool
	Columns []Column
	Keys    []Key
}

// Column is one visible column.
type Column struct {
	Name    string
	Type    pgtypes.Type
	NotNull bool
	Default bool // has a default: it may be left out of an INSERT
	// DefaultText is the default as INFORMATION_SCHEMA tells it; "" when there is none.
	DefaultText string
	Identity    string // "" | identity | serial: how IRIS makes its numbers
	// Exact is true when the column's own collation is EXACT, so that comparison and order need no wrapping.
	Exact bool
	// Stored is IRIS's own type, needed where the printed SQL must repeat it (VECTOR's element type and length).
	Stored StoredType
}

// StoredType is the column's class type as far as printing needs it.
type StoredType struct {
	ODBC      int    // ODBC type number
	Class     string // e.g. %Library.Vector
	Element   string // element type of a vector: DOUBLE, DECIMAL, FLOAT, …
	Length    int    // vector length or MAXLEN
	Precision int
	Scale     int
}

// Key is a primary key, unique constraint or foreign key.
type Key struct {
	Name       string
	Kind       KeyKind
	Columns    []string
	RefSchema  string
	RefTable   string
	RefColumns []string
	// Index is true for a unique index that is no constraint.
	Index bool
}

// KeyKind tells the keys apart.
type KeyKind uint8

// The kinds of keys.
const (
	PrimaryKey KeyKind = iota
	UniqueKey
	ForeignKey
)

// Source answers questions about tables. The analyzer asks it; the loader (over an IRIS connection) and tests
// implement it.
type Source interface {
	// Table finds schema.name without regard to case; nil without an error when there is none. schema is IRIS's
	// (the analyzer has mapped public to SQLUser already).
	Table(ctx context.Context, schema, name string) (*Table, error)
	// Version changes whenever what Table answers may have changed; plans are cached under it.
	Version() uint64
}

// Finder is a Source that can look for more than tables. Its answers are not kept.
type Finder interface {
	Source
	// FindIndex gives the tables of a schema that have an index of the name, without regard to case.
	FindIndex(ctx context.Context, schema, name string) ([]Index, error)
	// TableIndexes gives every index of a table, those of constraints too.
	TableIndexes(ctx context.Context, schema, table string) ([]Index, error)
	// References gives the foreign keys that refer to a table.
	References(ctx context.Context, schema, table string) ([]Reference, error)
	// HasSchema reports whether a schema exists.
	HasSchema(ctx context.Context, name string) (bool, error)
}

// Reference is a foreign key of one table that refers to another.
type Reference struct{ Schema, Table, Constraint string }

// Index is an index of a table.
type Index struct {
	Table, Name string
	Columns     []string
}
