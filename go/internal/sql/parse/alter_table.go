package parse

// AlterTable is ALTER TABLE, INDEX, SEQUENCE, VIEW, MATERIALIZED VIEW or FOREIGN TABLE with a list of actions.
type AlterTable struct {
	At
	Kind     ObjectKind
	IfExists bool
	Only     bool
	Name     QualifiedName
	Actions  []AlterAction
}

// AlterAction is one action; what is set depends on Kind.
type AlterAction struct {
	At
	Kind AlterKind
	// Name is the column, constraint, trigger, rule, index, owner, tablespace or access method.
	Name string
	// Number is the column number of ALTER INDEX … ALTER COLUMN n SET STATISTICS, and the statistics target.
	Number      int
	IfExists    bool
	IfNotExists bool
	Cascade     bool
	Restrict    bool
	Column      *ColumnDef  // AddColumn
	Constraint  *Constraint // AddConstraint, AddIdentity; AlterConstraint's timing
	Type        *TypeName   // AlterColumnType, OfType
	Collation   *QualifiedName
	Expr        Expr             // SetDefault, SetExpression; USING of AlterColumnType; SetStatistics, nil = DEFAULT
	Options     []Option         // SetOptions, ResetOptions and the like
	Sequence    []SequenceOption // AlterIdentity; Always is given as SequenceOption "GENERATED"
	Word        string           // SetStorage, SetCompression, replica identity kind
	Table       *QualifiedName   // Inherit, NoInherit, AttachPartition, DetachPartition
	Bound       *PartitionBound  // AttachPartition
	Concurrent  bool             // DetachPartition CONCURRENTLY
	Finalize    bool             // DetachPartition FINALIZE
}

// AlterKind tells the actions of ALTER TABLE apart.
type AlterKind uint8

// The actions of ALTER TABLE.
const (
	AddColumn AlterKind = iota
	DropColumn
	AlterColumnType
	SetColumnDefault
	DropColumnDefault
	SetNotNull
	DropNotNull
	SetExpression
	DropExpression
	SetStatistics
	SetColumnOptions
	ResetColumnOptions
	SetStorage
	SetCompression
	AddIdentity
	AlterIdentity
	DropIdentity
	AddConstraint
	AlterConstraint
	ValidateConstraint
	DropConstraint
	EnableTrigger // Word: "", ALWAYS, REPLICA; Name "" = Table-wide word in Word2: ALL, USER
	DisableTrigger
	EnableRule
	DisableRule
	EnableRowSecurity
	DisableRowSecurity
	ForceRowSecurity
	NoForceRowSecurity
	ClusterOn
	SetWithoutCluster
	SetWithoutOids
	SetLogged
	SetUnlogged
	SetAccessMethod // Name "" = DEFAULT
	SetTablespace
	SetOptions
	ResetOptions
	Inherit
	NoInherit
	OfType
	NotOf
	OwnerTo
	ReplicaIdentity // Word: DEFAULT, FULL, NOTHING, INDEX
	AttachPartition
	DetachPartition
	SetFDWOptions
	SetColumnFDWOptions
)

// Rename is ALTER … RENAME [COLUMN|CONSTRAINT|ATTRIBUTE|VALUE Old] TO New.
type Rename struct {
	At
	Kind     ObjectKind // of the object in Name
	IfExists bool
	Only     bool
	Name     QualifiedName
	// Part is what inside the object is renamed: "", COLUMN, CONSTRAINT, ATTRIBUTE, VALUE.
	Part     string
	Old, New string
	Cascade  bool // ATTRIBUTE
	Restrict bool
}

// SetSchema is ALTER … SET SCHEMA.
type SetSchema struct {
	At
	Kind     ObjectKind
	IfExists bool
	Only     bool
	Name     QualifiedName
	Schema   string
}

// OwnerToStmt is ALTER … OWNER TO of what is not a table.
type OwnerToStmt struct {
	At
	Kind  ObjectKind
	Name  QualifiedName
	Owner string
}

func (*AlterTable) stmt()  {}
func (*Rename) stmt()      {}
func (*SetSchema) stmt()   {}
func (*OwnerToStmt) stmt() {}
