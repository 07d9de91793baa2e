// Package pgtypes holds the PostgreSQL types that the gateway knows and the way of their values between IRIS and a
// client, in text and binary.
//
// # Canonical forms
//
// A constant, a bound parameter and a column of a row are an iris.Value in the form of the PostgreSQL type:
//
//	bool                         Int 0 or 1
//	int2, int4, int8, oid        Int
//	numeric                      Decimal when the mantissa fits 64 bits, else text digits ("NaN", "Infinity" as text)
//	float4, float8               Double
//	text, varchar, bpchar, name, uuid (lower case), json, jsonb, interval, inet …   text
//	bytea                        Binary
//	date                         text YYYY-MM-DD (IRIS's ODBC form)
//	time                         text HH:MM:SS[.ffffff]
//	timestamp, timestamptz       text YYYY-MM-DD HH:MM:SS[.ffffff], timestamptz in UTC
//	vector                       text a,b,c (no brackets)
//
// IRIS may deliver another form of the same value (a date as a day number, a NUMERIC as text): the decoders here accept
// every form that the facts list for the type.
package pgtypes

// OID is a PostgreSQL type's object id.
type OID uint32

// Type is a PostgreSQL type with its modifier: -1, or what the type's typmodin makes of varchar(n), numeric(p,s),
// vector(n) (PostgreSQL docs, pg_attribute.atttypmod).
type Type struct {
	OID OID
	Mod int32
}

// Of is the type without a modifier.
func Of(oid OID) Type { return Type{OID: oid, Mod: -1} }

// OIDs of the built-in types (PostgreSQL's pg_type.dat).
const (
	Bool         OID = 16
	Bytea        OID = 17
	Char         OID = 18 // "char"
	Name         OID = 19
	Int8         OID = 20
	Int2         OID = 21
	Int4         OID = 23
	Regproc      OID = 24
	Text         OID = 25
	Oid          OID = 26
	JSON         OID = 114
	Float4       OID = 700
	Float8       OID = 701
	Unknown      OID = 705
	Cidr         OID = 650
	Macaddr      OID = 829
	Inet         OID = 869
	BoolArray    OID = 1000
	ByteaArray   OID = 1001
	Int2Array    OID = 1005
	Int4Array    OID = 1007
	TextArray    OID = 1009
	VarcharArray OID = 1015
	Int8Array    OID = 1016
	Float4Array  OID = 1021
	Float8Array  OID = 1022
	Bpchar       OID = 1042
	Varchar      OID = 1043
	Date         OID = 1082
	Time         OID = 1083
	Timestamp    OID = 1114
	Timestamptz  OID = 1184
	Interval     OID = 1186
	NumericArray OID = 1231
	Timetz       OID = 1266
	Bit          OID = 1560
	Varbit       OID = 1562
	Numeric      OID = 1700
	Regclass     OID = 2205
	Regtype      OID = 2206
	Record       OID = 2249
	Void         OID = 2278
	AnyElement   OID = 2283
	UUID         OID = 2950
	UUIDArray    OID = 2951
	JSONB        OID = 3802
	// Vector is pgvector's type; its OID is the design's hash of (kind "type", name "vector"), the same everywhere.
	Vector OID = 17599
)
