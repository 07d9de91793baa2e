package analyze

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"iris-pgwire/internal/pgtypes"
)

// typeTable is pg_type: OID, name, category, preferred (t/f), length, OID of the array type (0: none), SQL name.
const typeTable = `
16 bool B t 1 1000 boolean
17 bytea U f -1 1001 bytea
18 char Z f 1 1002 "char"
19 name S f 64 1003 name
20 int8 N f 8 1016 bigint
21 int2 N f 2 1005 smallint
23 int4 N f 4 1007 integer
24 regproc N f 4 1008 regproc
25 text S t -1 1009 text
26 oid N t 4 1028 oid
114 json U f -1 199 json
650 cidr I f -1 651 cidr
700 float4 N f 4 1021 real
701 float8 N t 8 1022 double precision
705 unknown X f -2 0 unknown
829 macaddr U f 6 1040 macaddr
869 inet I t -1 1041 inet
1042 bpchar S f -1 1014 character
1043 varchar S f -1 1015 character varying
1082 date D f 4 1182 date
1083 time D f 8 1183 time without time zone
1114 timestamp D f 8 1115 timestamp without time zone
1184 timestamptz D t 8 1185 timestamp with time zone
1186 interval T t 16 1187 interval
1266 timetz D f 12 1270 time with time zone
1560 bit V f -1 1561 bit
1562 varbit V t -1 1563 bit varying
1700 numeric N f -1 1231 numeric
2205 regclass N f 4 2210 regclass
2206 regtype N f 4 2211 regtype
2249 record P f -1 2287 record
2276 any P f 4 0 "any"
2277 anyarray P f -1 0 anyarray
2278 void P f 4 0 void
2283 anyelement P f 4 0 anyelement
2776 anynonarray P f 4 0 anynonarray
2950 uuid U f 16 2951 uuid
3802 jsonb U f -1 3807 jsonb
5077 anycompatible P f 4 0 anycompatible
5078 anycompatiblearray P f -1 0 anycompatiblearray
5079 anycompatiblenonarray P f 4 0 anycompatiblenonarray
17599 vector U f -1 0 vector
`

// Pseudo-types of polymorphic signatures (PostgreSQL docs, 8.21 and 38.2.5).
const (
	oidAny                   pgtypes.OID = 2276
	oidAnyArray              pgtypes.OID = 2277
	oidAnyNonArray           pgtypes.OID = 2776
	oidAnyCompatible         pgtypes.OID = 5077
	oidAnyCompatibleArray    pgtypes.OID = 5078
	oidAnyCompatibleNonArray pgtypes.OID = 5079
)

// typeInfo is what type resolution needs of a type (PostgreSQL docs, pg_type).
type typeInfo struct {
	oid       pgtypes.OID
	name      string // pg_type.typname
	sqlName   string // as format_type prints it
	category  byte
	preferred bool
	length    int16
	array     pgtypes.OID // the type of arrays of it, 0 if there is none
	elem      pgtypes.OID // of an array type its element type, else 0
}

// typeIndex finds types by OID and by name.
type typeIndex struct {
	byOID  map[pgtypes.OID]*typeInfo
	byName map[string]*typeInfo
}

// types is the table of known types, built once and never changed.
var types = sync.OnceValue(func() *typeIndex {
	ix := &typeIndex{byOID: map[pgtypes.OID]*typeInfo{}, byName: map[string]*typeInfo{}}
	for line := range strings.Lines(strings.TrimSpace(typeTable)) {
		f := strings.SplitN(strings.TrimSpace(line), " ", 7)
		t := &typeInfo{oid: oidOf(f[0]), name: f[1], sqlName: f[6], category: f[2][0], preferred: f[3] == "t", array: oidOf(f[5])}
		length, _ := strconv.Atoi(f[4])
		t.length = int16(length)
		ix.add(t)
		if t.array != 0 {
			ix.add(&typeInfo{oid: t.array, name: "_" + t.name, sqlName: t.sqlName + "[]", category: 'A', length: -1, elem: t.oid})
		}
	}
	return ix
})

func (ix *typeIndex) add(t *typeInfo) {
	ix.byOID[t.oid] = t
	ix.byName[t.name] = t
	if t.elem != 0 {
		ix.byName[t.name[1:]+"[]"] = t
	}
}

func oidOf(digits string) pgtypes.OID {
	n, _ := strconv.ParseUint(digits, 10, 32)
	return pgtypes.OID(n)
}

// info gives what is known of a type; a type from outside the table has category U.
func info(oid pgtypes.OID) *typeInfo {
	if t := types().byOID[oid]; t != nil {
		return t
	}
	return &typeInfo{oid: oid, name: fmt.Sprint(oid), sqlName: fmt.Sprint(oid), category: 'U', length: -1}
}

// TypeLength is pg_type.typlen: −1 for a variable length, −2 for a C string.
func TypeLength(oid pgtypes.OID) int16 { return info(oid).length }

// TypeName is the type's name as messages print it, without a modifier: integer, character varying, integer[].
func TypeName(oid pgtypes.OID) string { return info(oid).sqlName }

// isPolymorphic reports a pseudo-type that stands for the actual argument's type.
func isPolymorphic(oid pgtypes.OID) bool {
	switch oid {
	case pgtypes.AnyElement, oidAnyArray, oidAnyNonArray, oidAnyCompatible, oidAnyCompatibleArray, oidAnyCompatibleNonArray:
		return true
	}
	return false
}
