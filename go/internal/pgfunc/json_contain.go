package pgfunc

import (
	"slices"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
)

// containment has @> and <@ and the operators that ask for keys (PostgreSQL docs, 8.14.3 and 9.16).
func containment(t table) {
	contains := func(outer, inner int) call {
		return func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, err := pgtypes.ParseJSON(a[outer])
			if err != nil {
				return iris.Null(), err
			}
			y, err := pgtypes.ParseJSON(a[inner])
			if err != nil {
				return iris.Null(), err
			}
			// An array may contain a scalar at the top, and there alone.
			if x.Kind == 'a' && y.Kind != 'a' && y.Kind != 'o' {
				y = tree{Kind: 'a', Values: []tree{y}}
			}
			return boolResult(holds(&x, &y))
		}
	}
	t.strict("jsonb_contains", contains(0, 1))
	t.strict("jsonb_contained", contains(1, 0))
	t.strict("jsonb_exists", func(_ *Context, a []iris.Value) (iris.Value, error) {
		j, err := pgtypes.ParseJSON(a[0])
		return iris.Bool(hasKey(&j, textArg(a[1]))), err
	})
	for id, all := range map[string]bool{"jsonb_exists_any": false, "jsonb_exists_all": true} {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			j, err := pgtypes.ParseJSON(a[0])
			if err != nil {
				return iris.Null(), err
			}
			keys, err := pgtypes.Elements(textType, a[1])
			if err != nil {
				return iris.Null(), err
			}
			for _, k := range keys {
				if !k.IsNull() && hasKey(&j, textArg(k)) != all {
					return boolResult(!all)
				}
			}
			return boolResult(all)
		})
	}
}

func holds(x, y *tree) bool {
	if x.Kind != y.Kind {
		return false
	}
	switch x.Kind {
	case 'o':
		for i, key := range y.Keys {
			at := slices.Index(x.Keys, key)
			if at < 0 || !holds(&x.Values[at], &y.Values[i]) {
				return false
			}
		}
		return true
	case 'a':
		for i := range y.Values {
			if !slices.ContainsFunc(x.Values, func(e tree) bool { return holds(&e, &y.Values[i]) }) {
				return false
			}
		}
		return true
	}
	n, err := compareJSON(x, y)
	return n == 0 && err == nil
}

// hasKey looks for a key of an object, a string in an array, or the string itself.
func hasKey(j *tree, key string) bool {
	switch j.Kind {
	case 'o':
		return slices.Contains(j.Keys, key)
	case 'a':
		return slices.ContainsFunc(j.Values, func(e tree) bool { return e.Kind == 's' && e.Text == key })
	}
	return j.Kind == 's' && j.Text == key
}
