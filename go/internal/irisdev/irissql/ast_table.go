package irissql

// CreateTable is CREATE TABLE; Query is given for CREATE TABLE AS.
type CreateTable struct {
	Pos
	Temporary   bool
	IfNotExists bool
	Table       ObjectName
	Columns     []ColumnDef
	Constraints []Constraint
	Parameters  []ClassParameter
	Storage     string // ROW, COLUMNAR or ""
	Description string
	PublicRowID bool
	Query       *Query
}

// ClassParameter is %CLASSPARAMETER name = value.
type ClassParameter struct{ Name, Value string }

// DefaultKind says how a default value is given.
type DefaultKind uint8

// The kinds of default values.
const (
	NoDefault       DefaultKind = iota
	DefaultLiteral              // a literal or NULL, perhaps signed
	DefaultFunction             // CURRENT_DATE, GETDATE(3), USER, TO_DATE('…') …
)

// Default is DEFAULT x or ON UPDATE x.
type Default struct {
	Kind DefaultKind
	X    Expr
	Text string // as written: COLUMN_DEFAULT of INFORMATION_SCHEMA
}

// References is REFERENCES t (c) with its actions.
type References struct {
	Table              ObjectName
	Columns            []Name
	OnDelete, OnUpdate string // NO ACTION, SET DEFAULT, SET NULL, CASCADE; "" is NO ACTION
	NoCheck            bool
}

// ColumnDef is a column definition.
type ColumnDef struct {
	Pos
	Name                     Name
	Type                     DataType
	NotNull, Null            bool
	Default                  Default
	OnUpdate                 Default
	Unique, PrimaryKey       bool
	References               *References
	Collation                string
	Identity, AutoIncrement  bool
	Private                  bool
	Description              string
	Storage                  string
	ComputeCode              string
	Calculated, Transient    bool
	ComputeOnChange          []Name
	UniqueName, PrimaryNamed string
}

// ConstraintKind is the kind of a table constraint.
type ConstraintKind uint8

// The table constraints; CHECK does not exist.
const (
	UniqueConstraint ConstraintKind = iota
	PrimaryKeyConstraint
	ForeignKeyConstraint
)

// Constraint is a table constraint.
type Constraint struct {
	Pos
	Name       string
	Kind       ConstraintKind
	Columns    []Name
	References *References
}

// AlterKind is the one action of an ALTER TABLE.
type AlterKind uint8

// The actions of ALTER TABLE.
const (
	AddColumns AlterKind = iota
	AddConstraint
	AlterType
	AlterDefault
	AlterNull
	AlterNotNull
	AlterCollate
	RenameColumn
	DropColumns
	DropConstraint
	DropForeignKey
	DropPrimaryKey
	RenameTable
	ConvertStorage
)

// AlterTable is ALTER TABLE.
type AlterTable struct {
	Pos
	Table      ObjectName
	Kind       AlterKind
	Columns    []ColumnDef
	Constraint *Constraint
	Column     Name   // the column that ALTER, MODIFY and RENAME speak of
	Drop       []Name // dropped columns
	Type       DataType
	Default    Default
	To         string // new name, collation, storage, constraint
	Cascade    bool
}

// DropTable is DROP TABLE.
type DropTable struct {
	Pos
	IfExists  bool
	Table     ObjectName
	Cascade   bool
	KeepData  bool // %NODELDATA
	GivenData bool // %DELDATA or %NODELDATA was written
}

func (*CreateTable) statement() {}
func (*AlterTable) statement()  {}
func (*DropTable) statement()   {}
