package sqlrun

import (
	"slices"
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// Session is the SQL of one connection: one job, its transaction and its settings.
type Session struct {
	db           *Database
	proc         *process
	ddl          *process // writes definitions outside of the transaction; nil until it is needed
	user         string
	protocol     int
	autocommit   bool
	isolation    int
	lockTimeout  time.Duration
	lastIdentity value.Value // RowID of the row written last
	lastNamed    bool        // its table has an IDENTITY column
	savepoints   []savepoint // of the open transaction, the oldest first
}

// savepoint is a mark of the transaction: what $TLEVEL was before it.
type savepoint struct {
	name  string // upper case: names are compared without case (IRIS docs, "SAVEPOINT")
	level int
}

var _ superserver.Session = (*Session)(nil)

// NewSession implements superserver.Engine.
func (i *Instance) NewSession(proc *store.Process, login superserver.Login) (superserver.Session, error) {
	return &Session{
		db: i.database(proc.Namespace()), proc: &process{Process: proc}, user: login.User, protocol: login.Protocol,
		autocommit: login.Autocommit, isolation: login.Isolation, lockTimeout: DefaultLockTimeout,
	}, nil
}

func (s *Session) job() int64 { return s.proc.Job() }

func (s *Session) level() int { return s.proc.TLevel() }

// readsCommitted reports that queries wait for rows that others are changing.
func (s *Session) readsCommitted() bool { return s.isolation == superserver.ReadCommitted }

// InTransaction implements superserver.Session.
func (s *Session) InTransaction() bool { return s.level() > 0 }

// SetAutocommit implements superserver.Session.
func (s *Session) SetAutocommit(on bool) { s.autocommit = on }

// Isolation implements superserver.Session.
func (s *Session) Isolation() int { return s.isolation }

// SetIsolation implements superserver.Session.
func (s *Session) SetIsolation(level int) error {
	if level != superserver.ReadUncommitted && level != superserver.ReadCommitted {
		return sqlerr.New(-96, "Unknown isolation level %d", level)
	}
	s.isolation = level
	return nil
}

// DefaultSchema implements superserver.Session.
func (s *Session) DefaultSchema() string { return defaultSchema }

// LastIdentity implements superserver.Session.
func (s *Session) LastIdentity() value.Value { return s.lastIdentity }

// wrote keeps the RowID of the row that was written last.
func (s *Session) wrote(t *tableDef, id int64) {
	s.lastIdentity, s.lastNamed = value.Int(id), t.rowIDListed()
}

// Commit implements superserver.Session.
func (s *Session) Commit() error {
	s.savepoints = nil
	return storeError(s.proc.TCommitAll())
}

// Rollback implements superserver.Session.
func (s *Session) Rollback() error {
	s.savepoints = nil
	return storeError(s.proc.TRollback())
}

// Close implements superserver.Session.
func (s *Session) Close() {
	if s.ddl != nil {
		_ = s.ddl.End() // it has no transaction that could fail to roll back
		s.ddl = nil
	}
}

// begin starts a transaction unless one is open.
func (s *Session) begin() error {
	if s.InTransaction() {
		return nil
	}
	return storeError(s.proc.TStart())
}

// setSavepoint marks the place; without a transaction it starts one. A name used again takes the new place.
func (s *Session) setSavepoint(name string) error {
	if err := s.begin(); err != nil {
		return err
	}
	level := s.level()
	if err := s.proc.TStart(); err != nil {
		return storeError(err)
	}
	key := strings.ToUpper(name)
	s.savepoints = slices.DeleteFunc(s.savepoints, func(old savepoint) bool { return old.name == key })
	s.savepoints = append(s.savepoints, savepoint{key, level})
	return nil
}

// rollbackTo undoes what came after the mark and deletes those behind it, and the mark itself (variant
// "savepoint-used-up"); an unknown name ends the whole transaction (IRIS docs, "ROLLBACK", SQLCODE -375).
func (s *Session) rollbackTo(name string) error {
	for i := len(s.savepoints) - 1; i >= 0; i-- {
		if s.savepoints[i].name != strings.ToUpper(name) {
			continue
		}
		mark := s.savepoints[i]
		s.savepoints = s.savepoints[:i]
		if err := s.proc.TRollbackTo(mark.level); err != nil || s.db.instance.cfg.Variant.Likely(variant.SavepointUsedUp) {
			return storeError(err)
		}
		return s.setSavepoint(name)
	}
	if err := s.Rollback(); err != nil {
		return err
	}
	return sqlerr.New(-375, "Cannot ROLLBACK to unestablished savepoint '%s'", name)
}

// definer gives the process that writes definitions: one of its own, whose changes ROLLBACK does not take back, or the
// session's (variant "ddl-survives-rollback").
func (s *Session) definer() (*process, error) {
	if !s.db.instance.cfg.Variant.Likely(variant.DDLSurvivesRollback) || !s.InTransaction() {
		return s.proc, nil
	}
	if s.ddl == nil {
		p, err := s.db.instance.cfg.Store.NewProcess(s.db.name)
		if err != nil {
			return nil, storeError(err)
		}
		s.ddl = &process{Process: p}
	}
	return s.ddl, nil
}
