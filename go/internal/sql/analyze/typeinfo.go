package analyze

import (
	"fmt"

	"iris-pgwire/internal/pgtypes"
)

// Pseudo-types of polymorphic signatures (PostgreSQL docs, 8.21 and 38.2.5).
const (
	oidAny                   = pgtypes.Any
	oidAnyArray              = pgtypes.AnyArray
	oidAnyNonArray           = pgtypes.AnyNonArray
	oidAnyCompatible         = pgtypes.AnyCompatible
	oidAnyCompatibleArray    = pgtypes.AnyCompatibleArray
	oidAnyCompatibleNonArray = pgtypes.AnyCompatibleNonArray
)

// info gives what is known of a type; a type that is not known has category U.
func info(oid pgtypes.OID) pgtypes.Info {
	if t, ok := pgtypes.Lookup(oid); ok {
		return t
	}
	return pgtypes.Info{OID: oid, Name: fmt.Sprint(oid), SQLName: fmt.Sprint(oid), Category: 'U', Len: -1}
}

// TypeLength is pg_type.typlen: −1 for a variable length, −2 for a C string.
func TypeLength(oid pgtypes.OID) int16 { return info(oid).Len }

// TypeName is the type's name as messages print it, without a modifier: integer, character varying, integer[].
func TypeName(oid pgtypes.OID) string { return info(oid).SQLName }

// isPolymorphic reports a pseudo-type that stands for the actual argument's type.
func isPolymorphic(oid pgtypes.OID) bool {
	switch oid {
	case pgtypes.AnyElement, oidAnyArray, oidAnyNonArray, oidAnyCompatible, oidAnyCompatibleArray, oidAnyCompatibleNonArray:
		return true
	}
	return false
}
