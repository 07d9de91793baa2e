package irissql

// Isolation is a transaction's isolation level.
type Isolation uint8

// The isolation levels; IRIS has no others.
const (
	NoIsolation Isolation = iota
	ReadUncommitted
	ReadCommitted
	ReadVerified
)

// StartTransaction is START TRANSACTION (or %BEGTRANS) and SET TRANSACTION (Set).
type StartTransaction struct {
	Pos
	Set        bool
	CommitMode string // IMPLICIT, EXPLICIT, NONE or ""
	Isolation  Isolation
	Access     string // READ ONLY, READ WRITE or ""
}

// Commit is COMMIT [WORK].
type Commit struct{ Pos }

// Rollback is ROLLBACK [WORK], or to Savepoint when that is given.
type Rollback struct {
	Pos
	Savepoint string
}

// Savepoint is SAVEPOINT name.
type Savepoint struct {
	Pos
	Name string
}

// InTransaction is %INTRANSACTION: SQLCODE 0 inside a transaction, 100 outside.
type InTransaction struct{ Pos }

// LockTable is LOCK TABLE and UNLOCK TABLE (Unlock). Wait is in seconds, -1 if not given.
type LockTable struct {
	Pos
	Unlock, Share, Immediate bool
	Table                    ObjectName
	Wait                     int
}

// Explain is EXPLAIN [ALT] [STAT] statement.
type Explain struct {
	Pos
	Alt, Stat bool
	Statement Statement
	Text      string
}

// CancelQuery is CANCEL QUERY pid [IDENTIFIED BY id] [TIMEOUT n].
type CancelQuery struct {
	Pos
	PID, ID Expr
	Timeout int
}

// SetOption is SET OPTION name = value.
type SetOption struct {
	Pos
	Name, Value string
}

// TuneTable is TUNE TABLE t.
type TuneTable struct {
	Pos
	Table ObjectName
}

// PurgeQueries is PURGE CACHED QUERIES.
type PurgeQueries struct{ Pos }

// UseDatabase is USE DATABASE name.
type UseDatabase struct {
	Pos
	Name string
}

// Procedure is CALL schema.name(args).
type Procedure struct {
	Pos
	Name ObjectName
	Args []Expr
}

// UserStatement is CREATE, ALTER or DROP of a user or role. Verb is CREATE, ALTER or DROP; Password is given for users.
type UserStatement struct {
	Pos
	Verb     string
	Role     bool
	Name     string
	Password string
}

// Privilege is one action of GRANT or REVOKE, in upper case, with its columns.
type Privilege struct {
	Action  string
	Columns []Name
}

// Grant is GRANT and REVOKE. Objects is empty for roles and administrative privileges; AllObjects is ON *.
type Grant struct {
	Pos
	Revoke      bool
	Privileges  []Privilege
	Objects     []ObjectName
	AllObjects  bool
	Schema      string
	Grantees    []string
	WithOption  bool
	AdminOption bool
	Cascade     bool
	AsGrantor   string
}

// CheckPrivilege is %CHECKPRIV.
type CheckPrivilege struct {
	Pos
	Privileges []Privilege
	Object     ObjectName
}

func (*StartTransaction) statement() {}
func (*Commit) statement()           {}
func (*Rollback) statement()         {}
func (*Savepoint) statement()        {}
func (*InTransaction) statement()    {}
func (*LockTable) statement()        {}
func (*Explain) statement()          {}
func (*CancelQuery) statement()      {}
func (*SetOption) statement()        {}
func (*TuneTable) statement()        {}
func (*PurgeQueries) statement()     {}
func (*UseDatabase) statement()      {}
func (*Procedure) statement()        {}
func (*UserStatement) statement()    {}
func (*Grant) statement()            {}
func (*CheckPrivilege) statement()   {}
