package sqlfunc

import "iris-pgwire/internal/irisdev/irissql/sqltype"

// WindowFunction is a window function that is no aggregate.
type WindowFunction struct {
	Name     string
	Min, Max int
	// Params are the types a parameter gets in this place.
	Params []sqltype.Type
	// Type gives the result's type; NeverNull says that it is never NULL.
	Type      func(args []Arg) (sqltype.Type, error)
	NeverNull bool
}

var windowFunctions = map[string]*WindowFunction{
	"ROW_NUMBER":   {Name: "ROW_NUMBER", Type: fixedType(bigInteger), NeverNull: true},
	"RANK":         {Name: "RANK", Type: fixedType(bigInteger), NeverNull: true},
	"DENSE_RANK":   {Name: "DENSE_RANK", Type: fixedType(bigInteger), NeverNull: true},
	"PERCENT_RANK": {Name: "PERCENT_RANK", Type: fixedType(doubleType), NeverNull: true},
	"CUME_DIST":    {Name: "CUME_DIST", Type: fixedType(doubleType), NeverNull: true},
	"NTILE":        {Name: "NTILE", Min: 1, Max: 1, Params: types(integer), Type: fixedType(integer)},
	"LAG":          {Name: "LAG", Min: 1, Max: 3, Params: types(unknown, integer, unknown), Type: shiftedType},
	"LEAD":         {Name: "LEAD", Min: 1, Max: 3, Params: types(unknown, integer, unknown), Type: shiftedType},
	"FIRST_VALUE":  {Name: "FIRST_VALUE", Min: 1, Max: 1, Type: firstType},
	"LAST_VALUE":   {Name: "LAST_VALUE", Min: 1, Max: 1, Type: firstType},
	"NTH_VALUE":    {Name: "NTH_VALUE", Min: 2, Max: 2, Params: types(unknown, integer), Type: firstType},
}

// LookupWindow finds a window function by its name in upper case; nil for the aggregates AVG, SUM, MIN, MAX and COUNT,
// which LookupAggregate has (IRIS docs, "Overview of Window Functions").
func LookupWindow(name string) *WindowFunction { return windowFunctions[name] }

func fixedType(t sqltype.Type) func([]Arg) (sqltype.Type, error) {
	return func([]Arg) (sqltype.Type, error) { return t, nil }
}

func firstType(args []Arg) (sqltype.Type, error) { return args[0].Type, nil }

// shiftedType is LAG's and LEAD's: the default value has to fit the first argument.
func shiftedType(args []Arg) (sqltype.Type, error) {
	if len(args) < 3 {
		return args[0].Type, nil
	}
	return CommonType("LAG", []Arg{args[0], args[2]})
}
