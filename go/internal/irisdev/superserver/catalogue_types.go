package superserver

import (
	"cmp"
	"maps"
	"slices"
)

const typeColumns = "TYPE_NAME DATA_TYPE! PRECISION! LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS NULLABLE! CASE_SENSITIVE! SEARCHABLE! " +
	"UNSIGNED_ATTRIBUTE! FIXED_PREC_SCALE! AUTO_INCREMENT! LOCAL_TYPE_NAME MINIMUM_SCALE! MAXIMUM_SCALE! SQL_DATA_TYPE! SQL_DATETIME_SUB! NUM_PREC_RADIX!"

// jdbcType is a type as DatabaseMetaData describes it.
type jdbcType struct {
	number, size   int
	prefix, suffix string // of a literal
	params         string
	scale          int // the largest
	kind           typeKind
}

type typeKind int

const (
	otherKind typeKind = iota
	numberKind
	textKind
	streamKind // can't be compared
)

// jdbcTypes are the ODBC type names of INFORMATION_SCHEMA.COLUMNS.DATA_TYPE with the numbers of java.sql.Types and the
// greatest sizes (IRIS docs, "Data Types").
var jdbcTypes = map[string]jdbcType{
	"BIT":           {number: -7, size: 1},
	"TINYINT":       {number: -6, size: 3, kind: numberKind},
	"BIGINT":        {number: -5, size: 19, kind: numberKind},
	"LONGVARBINARY": {number: -4, size: 2147483647, kind: streamKind},
	"VARBINARY":     {number: -3, size: 3641144, params: "MAXLEN"},
	"LONGVARCHAR":   {number: -1, size: 2147483647, prefix: "'", suffix: "'", kind: streamKind},
	"NUMERIC":       {number: 2, size: 19, params: "PRECISION,SCALE", scale: 18, kind: numberKind},
	"INTEGER":       {number: 4, size: 10, kind: numberKind},
	"SMALLINT":      {number: 5, size: 5, kind: numberKind},
	"DOUBLE":        {number: 8, size: 20, kind: numberKind},
	"VARCHAR":       {number: 12, size: 3641144, prefix: "'", suffix: "'", params: "MAXLEN", kind: textKind},
	"DATE":          {number: 91, size: 10, prefix: "{d '", suffix: "'}"},
	"TIME":          {number: 92, size: 8, prefix: "{t '", suffix: "'}"},
	"TIMESTAMP":     {number: 93, size: 26, prefix: "{ts '", suffix: "'}", scale: 6},
}

// DatabaseMetaData's typeSearchable and typePredNone.
const (
	searchable    = 3
	notSearchable = 0
)

// types is getTypeInfo, in the order of the type numbers.
func (q *catalogueCall) types() error {
	names := slices.SortedFunc(maps.Keys(jdbcTypes), func(a, b string) int { return cmp.Compare(jdbcTypes[a].number, jdbcTypes[b].number) })
	for _, name := range names {
		t := jdbcTypes[name]
		search := searchable
		if t.kind == streamKind {
			search = notSearchable
		}
		var radix any
		if t.kind == numberKind {
			radix = 10
		}
		q.add(name, t.number, t.size, t.prefix, t.suffix, t.params, 1, truth(t.kind == textKind || name == "LONGVARCHAR"), search,
			truth(t.kind != numberKind), 0, 0, name, 0, t.scale, nil, nil, radix)
	}
	return nil
}
