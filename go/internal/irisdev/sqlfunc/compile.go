package sqlfunc

import (
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// compileFunc is the Compile of a Function.
type compileFunc func(c Context, args []Arg) (Call, error)

// pure is a function of values alone.
type pure func(a []value.Value) (value.Value, error)

// result is a compileFunc whose type does not depend on the arguments; NULL arguments give NULL without running f.
func result(t sqltype.Type, f pure) compileFunc {
	return func(Context, []Arg) (Call, error) {
		return Call{Type: t, Collation: collationOf(t), Run: notNull(f)}, nil
	}
}

// always is result for a function that looks at NULL arguments itself.
func always(t sqltype.Type, f pure) compileFunc {
	return func(Context, []Arg) (Call, error) {
		return Call{Type: t, Collation: collationOf(t), Run: func(_ Env, a []value.Value) (value.Value, error) { return f(a) }}, nil
	}
}

// fromEnv is a function of the process without arguments.
func fromEnv(t sqltype.Type, f func(env Env) value.Value) compileFunc {
	return func(Context, []Arg) (Call, error) {
		run := func(env Env, _ []value.Value) (value.Value, error) { return f(env), nil }
		return Call{Type: t, Collation: collationOf(t), NeverNull: true, Run: run}, nil
	}
}

// notNull lifts a function to one that is NULL if any argument is.
func notNull(f pure) Impl {
	return func(_ Env, args []value.Value) (value.Value, error) {
		for _, a := range args {
			if a.IsNull() {
				return value.Value{}, nil
			}
		}
		return f(args)
	}
}

// null is the NULL result.
func null() (value.Value, error) { return value.Value{}, nil }

// number of a whole argument: text counts by its leading number, fractions are cut.
func whole(v value.Value) int {
	n, ok := v.Number().Integer()
	switch {
	case !ok && v.Approx() > 0 || n > maxWhole:
		return maxWhole
	case !ok || n < -maxWhole:
		return -maxWhole
	}
	return int(n)
}

// maxWhole bounds positions and counts, beyond any string, so that sums of two cannot overflow.
const maxWhole = 1 << 40

// optional gives argument i as a whole number, or a default.
func optional(a []value.Value, i, missing int) int {
	if i < len(a) {
		return whole(a[i])
	}
	return missing
}

// boolean is 1 or 0.
func boolean(b bool) value.Value {
	if b {
		return value.Int(1)
	}
	return value.Int(0)
}

// illegal is a run-time error of a function (IRIS's catch-all with the ObjectScript error).
func illegal(format string, args ...any) *sqlerr.Error {
	return sqlerr.New(-400, "Unexpected error occurred: <ILLEGAL VALUE> "+format, args...)
}
