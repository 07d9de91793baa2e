package pgfunc

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
)

// arrayFamily has the operators and functions of arrays (PostgreSQL docs, 9.19); arrays have one dimension, from 1.
func arrayFamily(t table) {
	arrayMeasures(t)
	arrayChanges(t)
	arraySearch(t)
	t.strict("arraycontains", func(c *Context, a []iris.Value) (iris.Value, error) { return arraySets(c, a[0], a[1], false) })
	t.strict("arraycontained", func(c *Context, a []iris.Value) (iris.Value, error) { return arraySets(c, a[1], a[0], false) })
	t.strict("arrayoverlap", func(c *Context, a []iris.Value) (iris.Value, error) { return arraySets(c, a[0], a[1], true) })
	t.loose("array_to_string(anyarray,text)", arrayToString)
	t.loose("array_to_string(anyarray,text,text)", arrayToString)
	t.loose("string_to_array(text,text)", stringToArray)
	t.loose("string_to_array(text,text,text)", stringToArray)
	t.strict("width_bucket(anycompatible,anycompatiblearray)", bucketOfArray)
}

func elements(c *Context, i int, v iris.Value) ([]iris.Value, error) {
	return pgtypes.Elements(pgtypes.Of(pgtypes.ElemOf(c.Args[i].OID)), v)
}

func arrayMeasures(t table) {
	measure := func(id string, f func(n int) (iris.Value, error)) {
		t.strict(id, func(c *Context, a []iris.Value) (iris.Value, error) {
			list, err := elements(c, 0, a[0])
			if err != nil {
				return iris.Null(), err
			}
			if len(a) > 1 && intArg(a[1]) != 1 || len(list) == 0 && id != "cardinality" {
				return null()
			}
			return f(len(list))
		})
	}
	measure("array_length", intResult)
	measure("array_upper", intResult)
	measure("array_lower", func(int) (iris.Value, error) { return intResult(1) })
	measure("array_ndims", func(int) (iris.Value, error) { return intResult(1) })
	measure("array_dims", func(n int) (iris.Value, error) { return textResult("[1:" + strconv.Itoa(n) + "]") })
	measure("cardinality", intResult)
}

// list makes an array of the result's type.
func (c *Context) list(elements []iris.Value) (iris.Value, error) {
	return pgtypes.ArrayValue(pgtypes.Of(pgtypes.ElemOf(c.Result.OID)), elements)
}

// arrayOr reads an array that may be NULL, which counts as empty.
func arrayOr(c *Context, v iris.Value) ([]iris.Value, error) {
	if v.IsNull() {
		return nil, nil
	}
	return pgtypes.Elements(pgtypes.Of(pgtypes.ElemOf(c.Result.OID)), v)
}

func arrayChanges(t table) {
	t.loose("array_append", func(c *Context, a []iris.Value) (iris.Value, error) {
		list, err := arrayOr(c, a[0])
		if err != nil {
			return iris.Null(), err
		}
		return c.list(append(list, a[1]))
	})
	t.loose("array_prepend", func(c *Context, a []iris.Value) (iris.Value, error) {
		list, err := arrayOr(c, a[1])
		if err != nil {
			return iris.Null(), err
		}
		return c.list(append([]iris.Value{a[0]}, list...))
	})
	t.loose("array_cat", func(c *Context, a []iris.Value) (iris.Value, error) {
		switch {
		case a[0].IsNull():
			return a[1], nil
		case a[1].IsNull():
			return a[0], nil
		}
		x, err := arrayOr(c, a[0])
		if err != nil {
			return iris.Null(), err
		}
		y, err := arrayOr(c, a[1])
		if err != nil {
			return iris.Null(), err
		}
		return c.list(append(x, y...))
	})
	t.loose("array_remove", func(c *Context, a []iris.Value) (iris.Value, error) { return replaceElements(c, a, true) })
	t.loose("array_replace", func(c *Context, a []iris.Value) (iris.Value, error) { return replaceElements(c, a, false) })
	t.strict("trim_array", func(c *Context, a []iris.Value) (iris.Value, error) {
		list, err := arrayOr(c, a[0])
		if err != nil {
			return iris.Null(), err
		}
		n := intArg(a[1])
		if n < 0 || n > int64(len(list)) {
			return failed("2202E", "number of elements to trim must be between 0 and %d", len(list))
		}
		return c.list(list[:int64(len(list))-n])
	})
}

func replaceElements(c *Context, a []iris.Value, remove bool) (iris.Value, error) {
	if a[0].IsNull() {
		return null()
	}
	list, err := arrayOr(c, a[0])
	if err != nil {
		return iris.Null(), err
	}
	same, err := matcher(c, 0, a[1])
	if err != nil {
		return iris.Null(), err
	}
	out := list[:0]
	for _, v := range list {
		hit, err := same(v)
		switch {
		case err != nil:
			return iris.Null(), err
		case !hit:
			out = append(out, v)
		case !remove:
			out = append(out, a[2])
		}
	}
	return c.list(out)
}

// matcher compares elements of argument i with one value, NULL being like NULL.
func matcher(c *Context, i int, want iris.Value) (func(iris.Value) (bool, error), error) {
	elem := elementType(c.Args[i])
	order, ok := Order(elem)
	if !ok {
		return nil, noOrder(elem)
	}
	return func(v iris.Value) (bool, error) {
		n, err := orderNulls(c, order, v, want)
		return n == 0, err
	}, nil
}

func arraySearch(t table) {
	position := func(c *Context, a []iris.Value) (iris.Value, error) {
		if a[0].IsNull() {
			return null()
		}
		start := int64(1)
		if len(a) > 2 {
			if a[2].IsNull() {
				return failed("22004", "initial position must not be null")
			}
			start = intArg(a[2])
		}
		places, err := places(c, a)
		if err != nil {
			return iris.Null(), err
		}
		for _, p := range places {
			if intArg(p) >= start {
				return p, nil
			}
		}
		return null()
	}
	t.loose("array_position(anycompatiblearray,anycompatible)", position)
	t.loose("array_position(anycompatiblearray,anycompatible,int4)", position)
	t.loose("array_positions", func(c *Context, a []iris.Value) (iris.Value, error) {
		if a[0].IsNull() {
			return null()
		}
		list, err := places(c, a)
		if err != nil {
			return iris.Null(), err
		}
		return pgtypes.ArrayValue(int4Type, list)
	})
}

func places(c *Context, a []iris.Value) ([]iris.Value, error) {
	list, err := elements(c, 0, a[0])
	if err != nil {
		return nil, err
	}
	same, err := matcher(c, 0, a[1])
	if err != nil {
		return nil, err
	}
	var out []iris.Value
	for i, v := range list {
		hit, err := same(v)
		if err != nil {
			return nil, err
		}
		if hit {
			out = append(out, iris.Int(int64(i+1)))
		}
	}
	return out, nil
}

// arraySets asks whether x has every element of y, or any; NULLs are like nothing.
func arraySets(c *Context, x, y iris.Value, any bool) (iris.Value, error) {
	have, err := elements(c, 0, x)
	if err != nil {
		return iris.Null(), err
	}
	want, err := elements(c, 1, y)
	if err != nil {
		return iris.Null(), err
	}
	for _, w := range want {
		found := false
		for _, h := range have {
			if w.IsNull() || h.IsNull() {
				continue
			}
			same, err := matcher(c, 0, w)
			if err != nil {
				return iris.Null(), err
			}
			if found, err = same(h); err != nil {
				return iris.Null(), err
			}
			if found {
				break
			}
		}
		if found == any {
			return boolResult(any)
		}
	}
	return boolResult(!any)
}

func arrayToString(c *Context, a []iris.Value) (iris.Value, error) {
	if a[0].IsNull() || a[1].IsNull() {
		return null()
	}
	list, err := elements(c, 0, a[0])
	if err != nil {
		return iris.Null(), err
	}
	var parts []string
	elem := elementType(c.Args[0])
	for _, v := range list {
		if v.IsNull() {
			if len(a) > 2 && !a[2].IsNull() {
				parts = append(parts, textArg(a[2]))
			}
			continue
		}
		s, err := displayAs(elem, v, c.Style)
		if err != nil {
			return iris.Null(), err
		}
		parts = append(parts, s)
	}
	return textResult(strings.Join(parts, textArg(a[1])))
}

// stringToArray splits at a separator; NULL splits into characters, an empty one not at all.
func stringToArray(_ *Context, a []iris.Value) (iris.Value, error) {
	if a[0].IsNull() {
		return null()
	}
	s := textArg(a[0])
	var parts []string
	switch {
	case s == "":
	case a[1].IsNull():
		parts = strings.Split(s, "")
	case len(a[1].Raw()) == 0:
		parts = []string{s}
	default:
		parts = strings.Split(s, textArg(a[1]))
	}
	list := make([]iris.Value, len(parts))
	for i, p := range parts {
		if len(a) > 2 && !a[2].IsNull() && p == textArg(a[2]) {
			continue
		}
		list[i] = iris.Text(p)
	}
	return pgtypes.ArrayValue(textType, list)
}

// bucketOfArray counts the thresholds, in ascending order, that are at most the operand.
func bucketOfArray(c *Context, a []iris.Value) (iris.Value, error) {
	list, err := elements(c, 1, a[1])
	if err != nil {
		return iris.Null(), err
	}
	order, ok := Order(c.Args[0])
	if !ok {
		return iris.Null(), noOrder(c.Args[0])
	}
	low, high := 0, len(list)
	for low < high {
		middle := (low + high) / 2
		if list[middle].IsNull() {
			return failed("22004", "thresholds array must not contain NULLs")
		}
		n, err := order(c, a[0], list[middle])
		if err != nil {
			return iris.Null(), err
		}
		if n < 0 {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return intResult(low)
}
