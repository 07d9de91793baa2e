package parse

// Persistence is TEMPORARY, UNLOGGED or neither.
type Persistence uint8

// The kinds of persistence.
const (
	Permanent Persistence = iota
	Temporary
	Unlogged
)

// CreateTable is CREATE TABLE.
type CreateTable struct {
	At
	Persistence Persistence
	IfNotExists bool
	Name        QualifiedName
	Elements    []TableElement
	OfType      *TypeName       // CREATE TABLE … OF type
	PartitionOf *QualifiedName  // CREATE TABLE … PARTITION OF parent
	Partition   *PartitionBound // of PartitionOf
	Inherits    []QualifiedName
	PartitionBy *PartitionSpec
	Method      string // USING
	Options     []Option
	OnCommit    OnCommit
	Tablespace  string
}

// TableElement is *ColumnDef, *TableConstraint or *LikeTable.
type TableElement interface {
	Node
	tableElement()
}

// ColumnDef is a column definition. Type is nil only in CREATE TABLE … OF and PARTITION OF, and in column lists of views.
type ColumnDef struct {
	At
	Name        string
	Type        *TypeName
	Storage     string
	Compression string
	Collation   *QualifiedName
	Constraints []Constraint
	// FDWOptions are OPTIONS (…) of a foreign table's column.
	FDWOptions []Option
}

// Constraint is a column or table constraint.
type Constraint struct {
	At
	Kind ConstraintKind
	Name string // "" = none given
	// Expr is CHECK's condition, DEFAULT's value, GENERATED's expression.
	Expr Expr
	// NoInherit is CHECK … NO INHERIT.
	NoInherit bool
	// Columns are those of UNIQUE, PRIMARY KEY and FOREIGN KEY as table constraints.
	Columns          []Name
	Include          []Name
	NullsNotDistinct bool
	Options          []Option
	Tablespace       string
	// UsingIndex is UNIQUE | PRIMARY KEY USING INDEX name.
	UsingIndex string
	// Always and Sequence are those of GENERATED … AS IDENTITY; Always is set for GENERATED ALWAYS AS (…) STORED.
	Always   bool
	Sequence []SequenceOption
	// References is a foreign key's.
	References *References
	// Exclude are the elements of EXCLUDE USING Method (…) WHERE (Where).
	Method  string
	Exclude []ExcludeElem
	Where   Expr
	Timing  ConstraintTiming
	// NotValid is NOT VALID (table constraints of ALTER TABLE).
	NotValid bool
}

// ConstraintKind tells constraints apart.
type ConstraintKind uint8

// The kinds of constraints.
const (
	NotNullConstraint ConstraintKind = iota
	NullConstraint
	DefaultConstraint
	CheckConstraint
	UniqueConstraint
	PrimaryKeyConstraint
	ForeignKeyConstraint
	IdentityConstraint
	GeneratedConstraint
	ExcludeConstraint
)

// ConstraintTiming is DEFERRABLE and its relatives.
type ConstraintTiming struct {
	Deferrable, NotDeferrable             bool
	InitiallyDeferred, InitiallyImmediate bool
}

// References is REFERENCES table (columns) with its rules.
type References struct {
	At
	Table    QualifiedName
	Columns  []Name
	Match    string // "", FULL, PARTIAL, SIMPLE
	OnUpdate RefAction
	OnDelete RefAction
	// OnDeleteColumns are those of ON DELETE SET NULL|DEFAULT (columns).
	OnDeleteColumns []Name
}

// RefAction is what a foreign key does.
type RefAction uint8

// The referential actions; RefDefault is NO ACTION by not being written.
const (
	RefDefault RefAction = iota
	RefNoAction
	RefRestrict
	RefCascade
	RefSetNull
	RefSetDefault
)

// ExcludeElem is one element of EXCLUDE.
type ExcludeElem struct {
	Key      IndexKey
	Schema   []string
	Operator string
}

// TableConstraint is a constraint as an element of a table.
type TableConstraint struct{ Constraint }

// LikeTable is LIKE table [INCLUDING …].
type LikeTable struct {
	At
	Name    QualifiedName
	Options []LikeOption
}

// LikeOption is INCLUDING or EXCLUDING What.
type LikeOption struct {
	Including bool
	What      string // COMMENTS, CONSTRAINTS, DEFAULTS, IDENTITY, GENERATED, INDEXES, STATISTICS, STORAGE, COMPRESSION, ALL
}

func (*ColumnDef) tableElement()       {}
func (*TableConstraint) tableElement() {}
func (*LikeTable) tableElement()       {}

// OnCommit is ON COMMIT of a temporary table.
type OnCommit uint8

// The kinds of ON COMMIT.
const (
	OnCommitDefault OnCommit = iota
	OnCommitPreserve
	OnCommitDelete
	OnCommitDrop
)

// PartitionSpec is PARTITION BY.
type PartitionSpec struct {
	At
	Strategy string // list, range, hash as written
	Keys     []IndexKey
}

// PartitionBound is FOR VALUES … or DEFAULT.
type PartitionBound struct {
	At
	Default bool
	// In is FOR VALUES IN (…).
	In []Expr
	// From and To are FOR VALUES FROM (…) TO (…); MINVALUE and MAXVALUE are ColumnRefs of that name.
	From, To []Expr
	// Modulus and Remainder are FOR VALUES WITH (…); HashGiven says that it is one.
	HashGiven          bool
	Modulus, Remainder int
}

// CreateTableAs is CREATE TABLE … AS, CREATE MATERIALIZED VIEW (Materialized).
type CreateTableAs struct {
	At
	Persistence  Persistence
	Materialized bool
	IfNotExists  bool
	Name         QualifiedName
	Columns      []Name
	Method       string
	Options      []Option
	OnCommit     OnCommit
	Tablespace   string
	Query        Stmt // *Select or *Execute
	WithNoData   bool
}

// Option is name [= value] of WITH (…), OPTIONS (…), EXPLAIN (…), COPY (…), VACUUM (…) and their like.
type Option struct {
	At
	Namespace string // WITH (toast.x = …)
	Name      string
	Action    string // ALTER … OPTIONS: ADD, SET, DROP
	// Value: nil = none given. A word is a ColumnRef, a type a *TypeArg, a list a *Row, * a ColumnRef with Star.
	Value Expr
}

// TypeArg is a type where a value may stand (options of WITH).
type TypeArg struct {
	At
	Type *TypeName
}

func (*TypeArg) expr() {}

func (*CreateTable) stmt()   {}
func (*CreateTableAs) stmt() {}
