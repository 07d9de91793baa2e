package pgtypes

// Info is what PostgreSQL's catalog says of a type (PostgreSQL docs, pg_type).
type Info struct {
	OID      OID
	Name     string // typname: int4
	SQLName  string // what format_type prints without a modifier: integer
	Len      int16  // typlen; -1 variable, -2 C string
	Category byte   // typcategory: A array, B boolean, D date/time, I network, N numeric, P pseudo, S string, T timespan, U user, V bit, X unknown
	Elem     OID    // of an array, its element; else 0
	Array    OID    // the type's array, or 0
	// Preferred is typispreferred: of several ways to resolve a call, one with a preferred type wins (PostgreSQL docs, 10.2).
	Preferred bool
}

// Pseudo-types of polymorphic signatures beside AnyElement (PostgreSQL docs, 8.21 and 36.2.5). No value has one.
const (
	Any                   OID = 2276
	AnyArray              OID = 2277
	AnyNonArray           OID = 2776
	AnyCompatible         OID = 5077
	AnyCompatibleArray    OID = 5078
	AnyCompatibleNonArray OID = 5079
)

// Array types beside those of type.go.
const (
	CharArray        OID = 1002
	NameArray        OID = 1003
	OidArray         OID = 1028
	JSONArray        OID = 199
	BpcharArray      OID = 1014
	DateArray        OID = 1182
	TimeArray        OID = 1183
	TimestampArray   OID = 1115
	TimestamptzArray OID = 1185
	IntervalArray    OID = 1187
	TimetzArray      OID = 1270
	InetArray        OID = 1041
	CidrArray        OID = 651
	MacaddrArray     OID = 1040
	JSONBArray       OID = 3807
	BitArray         OID = 1561
	VarbitArray      OID = 1563
	VectorArray      OID = 17605
)

// scalars is PostgreSQL's pg_type.dat for the types that the gateway knows.
var scalars = []Info{
	{Bool, "bool", "boolean", 1, 'B', 0, BoolArray, true},
	{Bytea, "bytea", "bytea", -1, 'U', 0, ByteaArray, false},
	{Char, "char", `"char"`, 1, 'Z', 0, CharArray, false},
	{Name, "name", "name", 64, 'S', 0, NameArray, false},
	{Int8, "int8", "bigint", 8, 'N', 0, Int8Array, false},
	{Int2, "int2", "smallint", 2, 'N', 0, Int2Array, false},
	{Int4, "int4", "integer", 4, 'N', 0, Int4Array, false},
	{Regproc, "regproc", "regproc", 4, 'N', 0, 1008, false},
	{Text, "text", "text", -1, 'S', 0, TextArray, true},
	{Oid, "oid", "oid", 4, 'N', 0, OidArray, true},
	{JSON, "json", "json", -1, 'U', 0, JSONArray, false},
	{Float4, "float4", "real", 4, 'N', 0, Float4Array, false},
	{Float8, "float8", "double precision", 8, 'N', 0, Float8Array, true},
	{Unknown, "unknown", "unknown", -2, 'X', 0, 0, false},
	{Cidr, "cidr", "cidr", -1, 'I', 0, CidrArray, false},
	{Macaddr, "macaddr", "macaddr", 6, 'U', 0, MacaddrArray, false},
	{Inet, "inet", "inet", -1, 'I', 0, InetArray, true},
	{Bpchar, "bpchar", "character", -1, 'S', 0, BpcharArray, false},
	{Varchar, "varchar", "character varying", -1, 'S', 0, VarcharArray, false},
	{Date, "date", "date", 4, 'D', 0, DateArray, false},
	{Time, "time", "time without time zone", 8, 'D', 0, TimeArray, false},
	{Timestamp, "timestamp", "timestamp without time zone", 8, 'D', 0, TimestampArray, false},
	{Timestamptz, "timestamptz", "timestamp with time zone", 8, 'D', 0, TimestamptzArray, true},
	{Interval, "interval", "interval", 16, 'T', 0, IntervalArray, true},
	{Timetz, "timetz", "time with time zone", 12, 'D', 0, TimetzArray, false},
	{Bit, "bit", "bit", -1, 'V', 0, BitArray, false},
	{Varbit, "varbit", "bit varying", -1, 'V', 0, VarbitArray, true},
	{Numeric, "numeric", "numeric", -1, 'N', 0, NumericArray, false},
	{Regclass, "regclass", "regclass", 4, 'N', 0, 2210, false},
	{Regtype, "regtype", "regtype", 4, 'N', 0, 2211, false},
	{Record, "record", "record", -1, 'P', 0, 2287, false},
	{Void, "void", "void", 4, 'P', 0, 0, false},
	{AnyElement, "anyelement", "anyelement", 4, 'P', 0, 0, false},
	{Any, "any", `"any"`, 4, 'P', 0, 0, false},
	{AnyArray, "anyarray", "anyarray", -1, 'P', 0, 0, false},
	{AnyNonArray, "anynonarray", "anynonarray", 4, 'P', 0, 0, false},
	{AnyCompatible, "anycompatible", "anycompatible", 4, 'P', 0, 0, false},
	{AnyCompatibleArray, "anycompatiblearray", "anycompatiblearray", -1, 'P', 0, 0, false},
	{AnyCompatibleNonArray, "anycompatiblenonarray", "anycompatiblenonarray", 4, 'P', 0, 0, false},
	{UUID, "uuid", "uuid", 16, 'U', 0, UUIDArray, false},
	{JSONB, "jsonb", "jsonb", -1, 'U', 0, JSONBArray, false},
	{Vector, "vector", "vector", -1, 'U', 0, VectorArray, false},
}

// aliases are the other spellings of the SQL grammar (PostgreSQL docs, table "Data Types").
var aliases = map[string]OID{
	"boolean": Bool, "smallint": Int2, "int": Int4, "integer": Int4, "bigint": Int8, "real": Float4,
	"float": Float8, "double precision": Float8, "decimal": Numeric, "dec": Numeric,
	"character varying": Varchar, "character": Bpchar, "bit varying": Varbit,
	"time without time zone": Time, "time with time zone": Timetz,
	"timestamp without time zone": Timestamp, "timestamp with time zone": Timestamptz,
	"smallserial": Int2, "serial2": Int2, "serial": Int4, "serial4": Int4, "bigserial": Int8, "serial8": Int8,
}

var byOID, byName = index()

// index makes the look-up maps: every scalar and, from it, its array "_name".
func index() (map[OID]*Info, map[string]*Info) {
	oids, names := map[OID]*Info{}, map[string]*Info{}
	add := func(i *Info) { oids[i.OID], names[i.Name] = i, i }
	for n := range scalars {
		s := &scalars[n]
		add(s)
		if s.Array != 0 && s.Category != 'P' {
			add(&Info{OID: s.Array, Name: "_" + s.Name, SQLName: s.SQLName + "[]", Len: -1, Category: 'A', Elem: s.OID})
		}
	}
	for alias, oid := range aliases {
		names[alias] = oids[oid]
	}
	return oids, names
}

// Lookup gives the catalog entry of an OID.
func Lookup(oid OID) (Info, bool) {
	i, ok := byOID[oid]
	if !ok {
		return Info{}, false
	}
	return *i, true
}

// ByName finds a type by typname, by a SQL spelling in lower case ("double precision"), or as an array ("int4[]",
// "_int4"). "char" means the one-byte type: the grammar turns the keyword CHAR into bpchar(1) before it looks here.
func ByName(name string) (Info, bool) {
	if elem, isArray := cutSuffix(name, "[]"); isArray {
		i, ok := byName[elem]
		if !ok || i.Array == 0 {
			return Info{}, false
		}
		return Lookup(i.Array)
	}
	i, ok := byName[name]
	if !ok {
		return Info{}, false
	}
	return *i, true
}

func cutSuffix(s, suffix string) (string, bool) {
	if len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix {
		return s[:len(s)-len(suffix)], true
	}
	return s, false
}

// Infos lists every type, arrays included, in no particular order.
func Infos() []Info {
	out := make([]Info, 0, len(byOID))
	for _, i := range byOID {
		out = append(out, *i)
	}
	return out
}

// TypLen is pg_type.typlen; -1 for a type that is not known.
func TypLen(oid OID) int16 {
	if i, ok := byOID[oid]; ok {
		return i.Len
	}
	return -1
}

// ElemOf gives an array's element type, or 0.
func ElemOf(oid OID) OID {
	if i, ok := byOID[oid]; ok {
		return i.Elem
	}
	return 0
}

// ArrayOf gives the array type over an element type, or 0.
func ArrayOf(oid OID) OID {
	if i, ok := byOID[oid]; ok {
		return i.Array
	}
	return 0
}
