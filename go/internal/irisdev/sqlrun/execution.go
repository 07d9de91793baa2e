package sqlrun

import (
	"context"
	"errors"
	"time"

	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// execution is one run of one statement.
type execution struct {
	ctx     context.Context
	session *Session
	params  []value.Value
	now     time.Time
	ticks   uint
	cache   map[*queryPlan]*keptRows
	// patterns are the last compiled patterns of LIKE and its relatives.
	patterns map[*bound.Match]*usedPattern

	references map[string][]reference // the foreign keys that point at a class, once they were looked for

	writer       *process // of a definition
	verb         string   // INSERT, UPDATE or DELETE, for messages
	writing      bool     // the rows that are read are going to be changed: each is locked then, so that reading need not wait
	noLockWrites bool     // %NOLOCK of a change
}

// check tells, every few rows, whether the statement was cancelled (-456) or ran out of time (-450).
func (x *execution) check() error {
	if x.ticks++; x.ticks%64 != 0 {
		return nil
	}
	return x.stopped()
}

// stopped is check without counting.
func (x *execution) stopped() error {
	err := x.ctx.Err()
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.DeadlineExceeded):
		return sqlerr.New(-450, "Request timed out due to user timeout")
	}
	return sqlerr.New(-456, "SQL query execution interrupted by user")
}

// Now is the instant of the statement.
func (x *execution) Now() time.Time { return x.now }

// User is the login name.
func (x *execution) User() string { return x.session.user }

// Namespace is the session's namespace.
func (x *execution) Namespace() string { return x.session.db.name }

// Job is the process number.
func (x *execution) Job() int64 { return x.session.job() }

// TransactionLevel is $TLEVEL.
func (x *execution) TransactionLevel() int { return x.session.level() }

// LastIdentity is LAST_IDENTITY(), of a table without an IDENTITY column the RowID or nothing (variant
// "last-identity-row-id").
func (x *execution) LastIdentity() value.Value {
	s := x.session
	if !s.lastNamed && !s.lastIdentity.IsNull() && !s.db.instance.cfg.Variant.Likely(variant.LastIdentityOfRowID) {
		return value.Text("")
	}
	return s.lastIdentity
}

// ServerVersion is $ZVERSION.
func (x *execution) ServerVersion() string { return x.session.db.instance.versionText }
