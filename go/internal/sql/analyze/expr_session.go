package analyze

import (
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// sessionNames are the values that a session knows, by their spelling without parentheses (PostgreSQL docs, 9.9.5 and
// 9.27.1).
var sessionNames = map[string]struct {
	name SessionValue
	oid  pgtypes.OID
}{
	"CURRENT_TIMESTAMP": {SessionNow, pgtypes.Timestamptz},
	"CURRENT_DATE":      {SessionCurrentDate, pgtypes.Date},
	"LOCALTIMESTAMP":    {SessionLocalTimestamp, pgtypes.Timestamp},
	"LOCALTIME":         {SessionLocalTime, pgtypes.Time},
	"CURRENT_USER":      {SessionCurrentUser, pgtypes.Name},
	"CURRENT_ROLE":      {SessionCurrentUser, pgtypes.Name},
	"USER":              {SessionCurrentUser, pgtypes.Name},
	"SESSION_USER":      {SessionUser, pgtypes.Name},
	"CURRENT_CATALOG":   {SessionDatabase, pgtypes.Name},
	"CURRENT_SCHEMA":    {SessionSchema, pgtypes.Name},
}

// sessionFunctions are those that are called.
var sessionFunctions = map[string]SessionValue{
	"now": SessionNow, "transaction_timestamp": SessionNow, "statement_timestamp": SessionStatementTime,
	"clock_timestamp": SessionClock, "current_database": SessionDatabase, "current_schema": SessionSchema,
	"version": SessionVersion, "pg_backend_pid": SessionBackendPID,
}

// sqlValue analyzes CURRENT_DATE and its like; a precision rounds.
func (a *analyzer) sqlValue(n *parse.SQLValue) (Expr, error) {
	v, ok := sessionNames[n.Name]
	if !ok {
		return nil, a.notBuilt(n, n.Name)
	}
	e := &Session{a.node(v.oid, n), v.name}
	if n.Precision < 0 {
		return e, nil
	}
	mod, err := pgtypes.TypMod(v.oid, []int{n.Precision})
	if err != nil {
		return nil, positioned(err, a.pos(n))
	}
	return &Cast{Node: Node{pgtypes.Type{OID: v.oid, Mod: mod}, a.pos(n)}, Arg: e}, nil
}
