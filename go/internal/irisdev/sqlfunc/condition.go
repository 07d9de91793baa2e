package sqlfunc

import (
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// conditionFunctions choose between values (IRIS docs, "ISNULL", "IFNULL", "NVL", "NULLIF", "DECODE").
var conditionFunctions = []Function{
	{Name: "NULLIF", Min: 2, Max: 2, Compile: nullIf},
	{Name: "NVL", Min: 2, Max: 2, Compile: firstOf("NVL")},
	{Name: "ISNULL", Min: 2, Max: 2, Compile: firstOf("ISNULL")},
	{Name: "IFNULL", Min: 2, Max: 3, Escape: MayEscape, Compile: ifNull},
	{Name: "DECODE", Min: 3, Max: -1, Compile: decode},
}

// comparisonOrder is how two arguments compare: by the first one's collation for text, else by number.
func comparisonOrder(a Arg) Order {
	switch {
	case a.Type.IsText() && a.Collation != sqltype.NoCollation:
		return Comparer(a.Collation)
	case a.Type.IsText() || a.Type.Kind == sqltype.TimeStamp || a.Type.Kind == sqltype.VarBinary:
		return value.Compare
	}
	return value.CompareNumbers
}

// nullIf is NULLIF: the first argument unless it equals the second in the first one's collation.
func nullIf(_ Context, args []Arg) (Call, error) {
	if _, ok := higher(args[0].Type, args[1].Type); !ok && !(args[1].Literal && args[1].Constant.IsNull()) {
		return Call{}, sqlerr.New(-378, "Datatypes of arguments of NULLIF differ, an explicit CAST is needed")
	}
	order, adapt := comparisonOrder(args[0]), Adapt(args[1].Type, args[0].Type)
	return Call{Type: args[0].Type, Collation: args[0].Collation, Run: func(env Env, a []value.Value) (value.Value, error) {
		b := a[1]
		if a[0].IsNull() || b.IsNull() {
			return a[0], nil
		}
		if adapt != nil {
			var err error
			if b, err = adapt(env, a[1:]); err != nil {
				return value.Value{}, err
			}
		}
		if order(a[0], b) == 0 {
			return null()
		}
		return a[0], nil
	}}, nil
}

// chooser compiles a call that gives one of some arguments, brought to their common type; pick tells which, -1 for NULL.
func chooser(name string, args []Arg, among []int, pick func(a []value.Value) int) (Call, error) {
	list := make([]Arg, len(among))
	for i, at := range among {
		list[i] = args[at]
	}
	t, err := CommonType(name, list)
	if err != nil {
		return Call{}, err
	}
	adapt := adapters(args, t)
	return Call{Type: t, Collation: collationOf(t), Run: func(env Env, a []value.Value) (value.Value, error) {
		at := pick(a)
		if at < 0 || a[at].IsNull() {
			return null()
		}
		return adapt(env, at, a[at])
	}}, nil
}

// firstOf is NVL and ISNULL: the second argument if the first is NULL.
func firstOf(name string) compileFunc {
	return func(_ Context, args []Arg) (Call, error) {
		call, err := chooser(name, args, []int{0, 1}, func(a []value.Value) int {
			if a[0].IsNull() {
				return 1
			}
			return 0
		})
		call.NeverNull = !args[1].Nullable
		return call, err
	}
}

// ifNull is IFNULL. {fn IFNULL(a,b)} is NVL; the plain call with two arguments gives NULL for an a that is not NULL, and
// with three arguments c.
func ifNull(c Context, args []Arg) (Call, error) {
	if c.Escape {
		if len(args) != 2 {
			return Call{}, sqlerr.New(-381, "Too many arguments of {fn IFNULL}")
		}
		return firstOf("IFNULL")(c, args)
	}
	among, otherwise := []int{1}, -1
	if len(args) == 3 {
		among, otherwise = []int{1, 2}, 2
	}
	return chooser("IFNULL", args, among, func(a []value.Value) int {
		if a[0].IsNull() {
			return 1
		}
		return otherwise
	})
}

// decode is DECODE(x, search, result, … [, default]); NULL matches NULL.
func decode(_ Context, args []Arg) (Call, error) {
	order := comparisonOrder(args[0])
	var among []int
	for i := 2; i < len(args); i += 2 {
		among = append(among, i)
	}
	otherwise := -1
	if len(args)%2 == 0 {
		otherwise = len(args) - 1
		among = append(among, otherwise)
	}
	return chooser("DECODE", args, among, func(a []value.Value) int {
		for i := 1; i+1 < len(a); i += 2 {
			if a[0].IsNull() != a[i].IsNull() {
				continue
			}
			if a[0].IsNull() || order(a[0], a[i]) == 0 {
				return i + 1
			}
		}
		return otherwise
	})
}
