package fn

import (
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

// vectorFunctions look at $VECTOR values; making and computing them is not built.
var vectorFunctions = join(table{
	"$ISVECTOR": pure(1, 1, func(a args) (value.Value, error) { return truth(a.value(0).Kind() == value.Vector) }),
}, unbuilt("$VECTOR", "$VECTORDEFINED", "$VECTOROP", "$SORTBEGIN", "$SORTEND", "$PREFETCHON", "$PREFETCHOFF", "$COMPILE",
	"$VIEW", "$ZPOSITION", "$ZZENKAKU", "$ZBITAND", "$ZBITCOUNT", "$ZBITFIND", "$ZBITGET", "$ZBITLEN", "$ZBITNOT", "$ZBITOR",
	"$ZBITSET", "$ZBITSTR", "$ZBITXOR", "$ZSEEK", "$ZCYC"))

// unbuilt are functions that IRIS has and this does not: <UNIMPLEMENTED> names them.
func unbuilt(names ...string) table {
	t := table{}
	for _, name := range names {
		t[name] = Func{Min: 0, Max: 255, Call: func(Env, []value.Value, []bool) (value.Value, error) {
			return value.Value{}, fault.New("UNIMPLEMENTED", name)
		}}
	}
	return t
}
