package parse

// CreateType is CREATE TYPE. Without a body (Kind is ShellType) only the name is made.
type CreateType struct {
	At
	Name   QualifiedName
	Kind   TypeKind
	Labels []Literal    // EnumType
	Fields []*ColumnDef // CompositeType
	// Options are those of a RangeType or BaseType.
	Options []Option
}

// TypeKind tells the forms of CREATE TYPE apart.
type TypeKind uint8

// The forms of CREATE TYPE.
const (
	ShellType TypeKind = iota
	EnumType
	CompositeType
	RangeType
	BaseType
)

// AlterEnum is ALTER TYPE … ADD VALUE. RENAME VALUE is a Rename with Part VALUE.
type AlterEnum struct {
	At
	Name        QualifiedName
	IfNotExists bool
	Value       string
	// Before and After name the neighbour; nil = at the end.
	Before, After *string
}

// AlterComposite is ALTER TYPE … ADD|DROP|ALTER ATTRIBUTE.
type AlterComposite struct {
	At
	Name    QualifiedName
	Actions []AlterAction // AddColumn, DropColumn, AlterColumnType
}

// AlterTypeOptions is ALTER TYPE … SET (…).
type AlterTypeOptions struct {
	At
	Name    QualifiedName
	Options []Option
}

// CreateDomain is CREATE DOMAIN.
type CreateDomain struct {
	At
	Name   QualifiedName
	Column *ColumnDef // its type, collation and constraints
}

// AlterDomain is ALTER DOMAIN with one action: SetColumnDefault, DropColumnDefault, SetNotNull, DropNotNull,
// AddConstraint, DropConstraint, ValidateConstraint.
type AlterDomain struct {
	At
	Name   QualifiedName
	Action AlterAction
}

// CreateExtension is CREATE EXTENSION.
type CreateExtension struct {
	At
	IfNotExists bool
	Name        string
	Schema      string
	Version     string
	Cascade     bool
}

// AlterExtension is ALTER EXTENSION … UPDATE [TO Version].
type AlterExtension struct {
	At
	Name    string
	Version string
}

func (*CreateType) stmt()       {}
func (*AlterEnum) stmt()        {}
func (*AlterComposite) stmt()   {}
func (*AlterTypeOptions) stmt() {}
func (*CreateDomain) stmt()     {}
func (*AlterDomain) stmt()      {}
func (*CreateExtension) stmt()  {}
func (*AlterExtension) stmt()   {}
