// Package bound checks a parsed statement against a catalog and gives the tree that can be run: columns are bound to
// places in rows, every expression has a type, a collation and a nullability, parameters have types, and what IRIS
// refuses is refused with its SQLCODE.
package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
)

// Catalog answers which tables and views there are. Names are compared without letter case.
type Catalog interface {
	// Table finds a table or view; schema is empty for an unqualified name, which the catalog looks up in its search
	// path. A missing table is nil without an error; the error is a *sqlerr.Error, such as a missing privilege.
	Table(schema, name string) (*Table, error)
	// DefaultSchema is the schema of unqualified names, usually SQLUser.
	DefaultSchema() string
}

// Table is a table or view.
type Table struct {
	Schema, Name string
	ClassName    string
	// Columns in the order of SELECT *, hidden ones included where they are.
	Columns []Column
	// RowID is the index of the column that %ID means; -1 for views.
	RowID int
	// View is the query of a view, nil for a table. The view's columns are named by Columns.
	View *irissql.Parsed
	// ReadOnly tables refuse INSERT, UPDATE and DELETE (-115), as those of INFORMATION_SCHEMA.
	ReadOnly bool
	// IdentityInsert: values for the identity column are taken (ALLOWIDENTITYINSERT); otherwise -111.
	IdentityInsert bool
	// Object is the catalog's own handle.
	Object any
}

// Column is a column of a table.
type Column struct {
	Name      string
	Type      sqltype.Type
	Collation sqltype.Collation
	Nullable  bool
	// Hidden columns are no part of SELECT *, and are found by name only.
	Hidden bool
	// Identity is the IDENTITY column or the RowID; Counter is SERIAL or AUTO_INCREMENT; ReadOnly is ROWVERSION or a
	// computed column.
	Identity, Counter, ReadOnly bool
	HasDefault                  bool
	// Implicit is the RowID that nobody declared, where it is public: SELECT * shows it, INSERT without a column list leaves it out.
	Implicit           bool
	Unique, PrimaryKey bool
}
