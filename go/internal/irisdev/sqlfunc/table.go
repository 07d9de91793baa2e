package sqlfunc

import "iris-pgwire/internal/irisdev/irissql/sqltype"

// functions is the table of scalar functions by name in upper case.
var functions = buildFunctions()

func buildFunctions() map[string]*Function {
	m := map[string]*Function{}
	for _, family := range [][]Function{textFunctions, searchFunctions, piecesFunctions, numberFunctions, trigFunctions,
		clockFunctions, dateFunctions, dateMathFunctions, formatFunctions, conditionFunctions, listFunctions, systemFunctions,
		vectorFunctions} {
		for i := range family {
			m[family[i].Name] = &family[i]
		}
	}
	return m
}

// Lookup finds a scalar function by its name in upper case, "LENGTH" or "$PIECE"; nil where IRIS answers -359. A function
// of a schema is looked up as SCHEMA.NAME, also in upper case: "%TSQL.ZRAND". What has a grammar of its own is not here:
// CAST and CONVERT (Cast, Convert), TRIM (Trim), TO_VECTOR (ToVector), COALESCE (CommonType), JSON_OBJECT and JSON_ARRAY
// (JSONObject, JSONArray), collation functions (Collate), {d}, {t} and {ts} (TimeLiteral), special variables (Special),
// aggregates (LookupAggregate) and window functions (LookupWindow).
func Lookup(name string) *Function { return functions[name] }

// The usual result types.
var (
	anyText     = sqltype.Type{Kind: sqltype.VarChar}
	integer     = sqltype.Type{Kind: sqltype.Integer}
	bigInteger  = sqltype.Type{Kind: sqltype.BigInt}
	bit         = sqltype.Type{Kind: sqltype.Bit}
	doubleType  = sqltype.Type{Kind: sqltype.Double}
	dateType    = sqltype.Type{Kind: sqltype.Date}
	timeType    = sqltype.Type{Kind: sqltype.Time}
	stampType   = sqltype.Type{Kind: sqltype.TimeStamp}
	posixType   = sqltype.Type{Kind: sqltype.PosixTime}
	listType    = sqltype.Type{Kind: sqltype.List}
	unknown     = sqltype.Type{}
	longDecimal = sqltype.Type{Kind: sqltype.Numeric, Precision: maxPrecision, Scale: maxScale}
)

// types is a list of parameter types.
func types(list ...sqltype.Type) []sqltype.Type { return list }
