package schema

import (
	"hash/fnv"
	"strings"
)

// firstOID is the first object id that PostgreSQL gives to what users make (FirstNormalObjectId).
const firstOID = 16384

// OID gives an object's id from its namespace, kind ("table", "index", "type" …) and name: the same on every gateway and
// after every restart. IRIS compares names without case, so the hash does too.
func OID(namespace, kind string, name ...string) uint32 {
	h := fnv.New64a()
	for _, part := range append([]string{namespace, kind}, name...) {
		_, _ = h.Write([]byte(strings.ToLower(part)))
		_, _ = h.Write([]byte{0})
	}
	return uint32(firstOID + h.Sum64()%(1<<31-firstOID))
}
