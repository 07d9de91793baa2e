package pgfunc

import (
	"math"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// jsonBuildFamily has what makes JSON of values (PostgreSQL docs, 9.16, table "JSON Creation Functions").
func jsonBuildFamily(t table) {
	for _, kind := range []string{"json", "jsonb"} {
		finish := finishJSON(kind)
		to := func(c *Context, a []iris.Value) (iris.Value, error) {
			out, err := appendValue(c, nil, c.Args[0], a[0])
			return finish(out, err)
		}
		t.strict("to_"+kind, to)
		build := func(c *Context, a []iris.Value) (iris.Value, error) { return finish(buildArray(c, a, kind)) }
		t.loose(kind+"_build_array()", build)
		t.loose(kind+"_build_array(any...)", build)
		object := func(c *Context, a []iris.Value) (iris.Value, error) { return finish(buildObject(c, a, kind)) }
		t.loose(kind+"_build_object()", object)
		t.loose(kind+"_build_object(any...)", object)
		t.strict(kind+"_object(text[])", func(c *Context, a []iris.Value) (iris.Value, error) { return finish(objectOfPairs(a)) })
		t.strict(kind+"_object(text[],text[])", func(c *Context, a []iris.Value) (iris.Value, error) { return finish(objectOfLists(a)) })
	}
	t.strict("array_to_json(anyarray)", func(c *Context, a []iris.Value) (iris.Value, error) {
		out, err := appendValue(c, nil, c.Args[0], a[0])
		return iris.TextBytes(out), err
	})
}

// finishJSON puts jsonb into normal form.
func finishJSON(kind string) func([]byte, error) (iris.Value, error) {
	return func(out []byte, err error) (iris.Value, error) {
		switch {
		case err != nil:
			return iris.Null(), err
		case kind == "jsonb":
			return pgtypes.ParseText(pgtypes.Of(pgtypes.JSONB), string(out))
		}
		return iris.TextBytes(out), nil
	}
}

// appendValue prints a value as JSON: numbers and booleans as such, dates in ISO 8601, arrays as arrays, all else as
// strings.
func appendValue(c *Context, dst []byte, t pgtypes.Type, v iris.Value) ([]byte, error) {
	if v.IsNull() {
		return append(dst, "null"...), nil
	}
	if elem := pgtypes.Of(pgtypes.ElemOf(t.OID)); elem.OID != 0 {
		return appendArray(c, dst, elem, v)
	}
	switch t.OID {
	case pgtypes.Bool:
		if truth(v) {
			return append(dst, "true"...), nil
		}
		return append(dst, "false"...), nil
	case pgtypes.JSON, pgtypes.JSONB:
		return append(dst, v.Raw()...), nil
	case pgtypes.Int2, pgtypes.Int4, pgtypes.Int8:
		return v.AppendText(dst), nil
	}
	s, err := displayAs(t, v, c.Style)
	if err != nil {
		return dst, err
	}
	switch t.OID {
	case pgtypes.Numeric, pgtypes.Float4, pgtypes.Float8:
		if f, ok := v.Float64(); ok && !math.IsNaN(f) && !math.IsInf(f, 0) {
			return append(dst, s...), nil
		}
	case pgtypes.Timestamp, pgtypes.Timestamptz:
		s = isoStamp(s)
	}
	return pgtypes.AppendJSONString(dst, s), nil
}

// isoStamp puts the T of ISO 8601 in, and minutes into the zone.
func isoStamp(s string) string {
	date, clock, ok := strings.Cut(s, " ")
	if !ok {
		return s
	}
	clock, bc := strings.CutSuffix(clock, " BC")
	if at := strings.LastIndexAny(clock, "+-"); at > 0 && !strings.Contains(clock[at:], ":") {
		clock += ":00"
	}
	if bc {
		clock += " BC"
	}
	return date + "T" + clock
}

func appendArray(c *Context, dst []byte, elem pgtypes.Type, v iris.Value) ([]byte, error) {
	list, err := pgtypes.Elements(elem, v)
	if err != nil {
		return dst, err
	}
	dst = append(dst, '[')
	for i, e := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, err = appendValue(c, dst, elem, e); err != nil {
			return dst, err
		}
	}
	return append(dst, ']'), nil
}

func buildArray(c *Context, a []iris.Value, _ string) ([]byte, error) {
	out := []byte{'['}
	for i, v := range a {
		if i > 0 {
			out = append(out, ", "...)
		}
		var err error
		if out, err = appendValue(c, out, c.Args[i], v); err != nil {
			return nil, err
		}
	}
	return append(out, ']'), nil
}

func buildObject(c *Context, a []iris.Value, kind string) ([]byte, error) {
	if len(a)%2 != 0 {
		return nil, pgerr.As(invalidParameter("argument list must have even number of elements")).
			WithHint("The arguments of %s() must consist of alternating keys and values.", kind+"_build_object")
	}
	out := []byte{'{'}
	for i := 0; i < len(a); i += 2 {
		if a[i].IsNull() {
			if kind == "json" {
				return nil, pgerr.New("22004", "null value not allowed for object key")
			}
			return nil, invalidParameter("argument %d: key must not be null", i+1)
		}
		switch c.Args[i].OID {
		case pgtypes.JSON, pgtypes.JSONB, pgtypes.Record:
			return nil, invalidParameter("key value must be scalar, not array, composite, or json")
		}
		if pgtypes.ElemOf(c.Args[i].OID) != 0 {
			return nil, invalidParameter("key value must be scalar, not array, composite, or json")
		}
		key, err := display(c, i, a[i])
		if err != nil {
			return nil, err
		}
		if truthful := c.Args[i].OID == pgtypes.Bool; truthful {
			key = map[bool]string{true: "true", false: "false"}[truth(a[i])]
		}
		if i > 0 {
			out = append(out, ", "...)
		}
		out = append(pgtypes.AppendJSONString(out, key), " : "...)
		if out, err = appendValue(c, out, c.Args[i+1], a[i+1]); err != nil {
			return nil, err
		}
	}
	return append(out, '}'), nil
}

func objectOfPairs(a []iris.Value) ([]byte, error) {
	list, err := pgtypes.Elements(textType, a[0])
	if err != nil {
		return nil, err
	}
	if len(list)%2 != 0 {
		return nil, pgerr.New("2202E", "array must have even number of elements")
	}
	keys, values := make([]iris.Value, len(list)/2), make([]iris.Value, len(list)/2)
	for i := range keys {
		keys[i], values[i] = list[2*i], list[2*i+1]
	}
	return objectOf(keys, values)
}

func objectOfLists(a []iris.Value) ([]byte, error) {
	keys, err := pgtypes.Elements(textType, a[0])
	if err != nil {
		return nil, err
	}
	values, err := pgtypes.Elements(textType, a[1])
	if err != nil {
		return nil, err
	}
	if len(keys) != len(values) {
		return nil, pgerr.New("2202E", "mismatched array dimensions")
	}
	return objectOf(keys, values)
}

// objectOf makes an object whose values are all strings or null.
func objectOf(keys, values []iris.Value) ([]byte, error) {
	out := []byte{'{'}
	for i := range keys {
		if keys[i].IsNull() {
			return nil, pgerr.New("22004", "null value not allowed for object key")
		}
		if i > 0 {
			out = append(out, ", "...)
		}
		out = append(pgtypes.AppendJSONString(out, textArg(keys[i])), " : "...)
		if values[i].IsNull() {
			out = append(out, "null"...)
		} else {
			out = pgtypes.AppendJSONString(out, textArg(values[i]))
		}
	}
	return append(out, '}'), nil
}
