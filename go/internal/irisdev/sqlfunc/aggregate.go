package sqlfunc

import (
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
)

// AggregateFunction is an entry of the table of aggregates.
type AggregateFunction struct {
	Name string
	// Major and Minor are the first release; 0 for always.
	Major, Minor int
	// Param is the type that a parameter as the argument gets.
	Param sqltype.Type
	// Compile chooses type and accumulator for the argument; nil is COUNT(*). Errors are *sqlerr.Error: -37 for a stream.
	Compile func(arg *Arg) (AggregateCall, error)
}

// AggregateCall is a compiled aggregate.
type AggregateCall struct {
	Type      sqltype.Type
	Collation sqltype.Collation
	// NeverNull: COUNT, which gives 0 where the others give NULL.
	NeverNull bool
	New       func() Accumulator
}

var aggregates = map[string]*AggregateFunction{
	"COUNT":                 {Name: "COUNT", Compile: compileCount},
	"SUM":                   {Name: "SUM", Param: longDecimal, Compile: compileSum},
	"AVG":                   {Name: "AVG", Param: longDecimal, Compile: compileAvg},
	"MIN":                   {Name: "MIN", Compile: extreme("MIN", -1)},
	"MAX":                   {Name: "MAX", Compile: extreme("MAX", 1)},
	"STDDEV":                {Name: "STDDEV", Param: longDecimal, Compile: spread("STDDEV", spreadKind{root: true, sample: true, zeroForOne: true})},
	"STDDEV_SAMP":           {Name: "STDDEV_SAMP", Param: longDecimal, Compile: spread("STDDEV_SAMP", spreadKind{root: true, sample: true})},
	"STDDEV_POP":            {Name: "STDDEV_POP", Param: longDecimal, Compile: spread("STDDEV_POP", spreadKind{root: true})},
	"VARIANCE":              {Name: "VARIANCE", Param: longDecimal, Compile: spread("VARIANCE", spreadKind{sample: true, zeroForOne: true})},
	"VAR_SAMP":              {Name: "VAR_SAMP", Param: longDecimal, Compile: spread("VAR_SAMP", spreadKind{sample: true})},
	"VAR_POP":               {Name: "VAR_POP", Param: longDecimal, Compile: spread("VAR_POP", spreadKind{})},
	"LIST":                  {Name: "LIST", Compile: joined("LIST", ",")},
	"XMLAGG":                {Name: "XMLAGG", Compile: joined("XMLAGG", "")},
	"%DLIST":                {Name: "%DLIST", Compile: compileDList},
	"JSON_ARRAYAGG":         {Name: "JSON_ARRAYAGG", Compile: compileJSONArrayAgg},
	"APPROX_COUNT_DISTINCT": {Name: "APPROX_COUNT_DISTINCT", Major: 2025, Minor: 1, Compile: compileApproxCount},
}

// LookupAggregate finds an aggregate by its name in upper case (IRIS docs, "Overview of Aggregate Functions"). The values
// that Accumulator.Add gets are never NULL, so JSON_ARRAYAGG has only its default, ABSENT ON NULL.
func LookupAggregate(name string) *AggregateFunction { return aggregates[name] }

// noStream refuses an aggregate over a stream.
func noStream(name string, a *Arg) error {
	if a != nil && a.Type.IsStream() {
		return sqlerr.New(-37, "SQL Aggregate %s not supported on stream fields", name)
	}
	if a != nil && a.Type.Kind == sqltype.Vector {
		return sqlerr.New(-400, "Unexpected error occurred: <VECTOR> %s of a vector", name)
	}
	return nil
}

// call makes an aggregate's call of a type with the collation that goes with it.
func (t typed) call(start func() Accumulator) AggregateCall {
	return AggregateCall{Type: sqltype.Type(t), Collation: collationOf(sqltype.Type(t)), New: start}
}

type typed sqltype.Type
