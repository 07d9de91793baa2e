package parse

// Transaction is BEGIN, START TRANSACTION, COMMIT, ROLLBACK, SAVEPOINT and their relatives.
type Transaction struct {
	At
	Kind TransactionKind
	// Modes are those of BEGIN and START TRANSACTION.
	Modes []TransactionMode
	// Name is the savepoint, GID the text of PREPARE TRANSACTION, COMMIT PREPARED, ROLLBACK PREPARED.
	Name string
	GID  string
	// Chain and NoChain are AND [NO] CHAIN.
	Chain, NoChain bool
}

// TransactionKind tells transaction statements apart.
type TransactionKind uint8

// The transaction statements.
const (
	Begin TransactionKind = iota
	StartTransaction
	Commit   // also END
	Rollback // also ABORT
	Savepoint
	ReleaseSavepoint
	RollbackTo
	PrepareTransaction
	CommitPrepared
	RollbackPrepared
)

// TransactionMode is one mode: Name is ISOLATION LEVEL (with Value "read committed" …), READ ONLY, READ WRITE,
// DEFERRABLE or NOT DEFERRABLE.
type TransactionMode struct {
	At
	Name, Value string
}

// DeclareCursor is DECLARE name CURSOR.
type DeclareCursor struct {
	At
	Name                            string
	Binary, Insensitive, Asensitive bool
	Scroll, NoScroll, Hold          bool
	NoHold                          bool
	Query                           *Select
}

// Fetch is FETCH, or with Move MOVE. All is Count at its maximum.
type Fetch struct {
	At
	Move      bool
	Direction FetchDirection
	Count     int64
	All       bool
	Cursor    string
}

// FetchDirection is where FETCH goes.
type FetchDirection uint8

// The directions. NEXT is forward 1, PRIOR backward 1, FIRST absolute 1, LAST absolute −1.
const (
	Forward FetchDirection = iota
	Backward
	Absolute
	Relative
)

// ClosePortal is CLOSE; "" is ALL.
type ClosePortal struct {
	At
	Cursor string
}

// Set is SET and ALTER … SET's like. Name is lower case with its dots.
type Set struct {
	At
	Scope SetScope
	Name  string
	// Kind is SetValues, SetDefault, SetFromCurrent, or one of the forms with their own syntax.
	Kind SetKind
	// Values are constants, words (StringLiterals too) and of TIME ZONE an interval Cast.
	Values []Expr
	// Modes are those of SET TRANSACTION and SET SESSION CHARACTERISTICS AS TRANSACTION.
	Modes []TransactionMode
}

// SetScope is SESSION (also when none is given) or LOCAL.
type SetScope uint8

// The scopes.
const (
	SessionScope SetScope = iota
	LocalScope
)

// SetKind tells the forms of SET apart.
type SetKind uint8

// The forms of SET. TIME ZONE is name timezone, SCHEMA 's' is search_path, NAMES is client_encoding, ROLE is role,
// SESSION AUTHORIZATION is session_authorization, XML OPTION is xmloption: all SetValues or SetDefault.
const (
	SetValues SetKind = iota
	SetDefault
	SetFromCurrent
	SetTransaction            // SET TRANSACTION modes
	SetSessionCharacteristics // SET SESSION CHARACTERISTICS AS TRANSACTION modes
	SetTransactionSnapshot    // SET TRANSACTION SNAPSHOT 'id': Values[0]
)

// Show is SHOW; Name is "all" for SHOW ALL.
type Show struct {
	At
	Name string
}

// Reset is RESET; Name is "all" for RESET ALL.
type Reset struct {
	At
	Name string
}

// SetConstraints is SET CONSTRAINTS; no names = ALL.
type SetConstraints struct {
	At
	Names    []QualifiedName
	Deferred bool
}

// Prepare is PREPARE name [(types)] AS statement.
type Prepare struct {
	At
	Name  string
	Types []*TypeName
	Query Stmt
}

// Execute is EXECUTE name [(args)].
type Execute struct {
	At
	Name string
	Args []Expr
}

// Deallocate is DEALLOCATE; "" is ALL.
type Deallocate struct {
	At
	Name string
}

// Explain is EXPLAIN; EXPLAIN ANALYZE VERBOSE has the options analyze and verbose.
type Explain struct {
	At
	Options []Option
	Query   Stmt
}

// Copy is COPY. One of Table and Query is given.
type Copy struct {
	At
	Table   *QualifiedName
	Columns []Name
	Query   Stmt
	// From: COPY FROM, else COPY TO.
	From bool
	// Program: the file is a command. File is "" for STDIN or STDOUT.
	Program bool
	File    string
	// Options in their generic form, those of the old syntax too.
	Options []Option
	Where   Expr
}

// Discard is DISCARD; What is ALL, PLANS, SEQUENCES or TEMP.
type Discard struct {
	At
	What string
}

// Lock is LOCK TABLE; Mode is upper case: ACCESS EXCLUSIVE is the default.
type Lock struct {
	At
	Tables []*FromTable
	Mode   string
	NoWait bool
}

// Listen, Unlisten ("" is *) and Notify are those statements.
type (
	Listen struct {
		At
		Channel string
	}
	Unlisten struct {
		At
		Channel string
	}
	Notify struct {
		At
		Channel string
		Payload *string
	}
)

// Vacuum is VACUUM, or with AnalyzeOnly ANALYZE.
type Vacuum struct {
	At
	AnalyzeOnly bool
	Options     []Option
	Tables      []VacuumTable
}

// VacuumTable is a table of VACUUM or ANALYZE.
type VacuumTable struct {
	At
	Name    QualifiedName
	Columns []Name
}

// Checkpoint is CHECKPOINT.
type Checkpoint struct{ At }

func (*Transaction) stmt()    {}
func (*DeclareCursor) stmt()  {}
func (*Fetch) stmt()          {}
func (*ClosePortal) stmt()    {}
func (*Set) stmt()            {}
func (*Show) stmt()           {}
func (*Reset) stmt()          {}
func (*SetConstraints) stmt() {}
func (*Prepare) stmt()        {}
func (*Execute) stmt()        {}
func (*Deallocate) stmt()     {}
func (*Explain) stmt()        {}
func (*Copy) stmt()           {}
func (*Discard) stmt()        {}
func (*Lock) stmt()           {}
func (*Listen) stmt()         {}
func (*Unlisten) stmt()       {}
func (*Notify) stmt()         {}
func (*Vacuum) stmt()         {}
func (*Checkpoint) stmt()     {}
