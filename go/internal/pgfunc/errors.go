package pgfunc

import (
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// noOrder is PostgreSQL's complaint about a type that nothing compares.
func noOrder(t pgtypes.Type) error {
	return pgerr.New(pgerr.UndefinedFunction, "could not identify a comparison function for type %s", pgtypes.Format(t))
}
