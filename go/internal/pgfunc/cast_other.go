package pgfunc

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// otherCasts has the casts of json, bit strings, network addresses and vectors.
func otherCasts(m map[pair]conversion) {
	m[pair{pgtypes.JSON, pgtypes.JSONB}] = func(_ *Context, v iris.Value) (iris.Value, error) {
		return pgtypes.ParseText(pgtypes.Of(pgtypes.JSONB), textArg(v))
	}
	m[pair{pgtypes.JSONB, pgtypes.JSON}] = same
	m[pair{pgtypes.Bit, pgtypes.Varbit}] = same
	m[pair{pgtypes.Varbit, pgtypes.Bit}] = same
	for _, oid := range []pgtypes.OID{pgtypes.Int4, pgtypes.Int8} {
		w := integerTypes[oid]
		m[pair{oid, pgtypes.Bit}] = func(c *Context, v iris.Value) (iris.Value, error) {
			return bitsOf(intArg(v), int(max(c.Result.Mod, 1))), nil
		}
		m[pair{pgtypes.Bit, oid}] = func(_ *Context, v iris.Value) (iris.Value, error) { return bitsToInt(textArg(v), w) }
	}
	m[pair{pgtypes.Cidr, pgtypes.Inet}] = func(_ *Context, v iris.Value) (iris.Value, error) {
		return pgtypes.ParseText(pgtypes.Of(pgtypes.Inet), textArg(v))
	}
	m[pair{pgtypes.Inet, pgtypes.Cidr}] = inetToCidr
	for _, oid := range []pgtypes.OID{pgtypes.Bool, pgtypes.Numeric, pgtypes.Int2, pgtypes.Int4, pgtypes.Int8, pgtypes.Float4, pgtypes.Float8} {
		m[pair{pgtypes.JSONB, oid}] = jsonToScalar(m, pgtypes.Of(oid))
	}
	vectorCasts(m)
	charCasts(m)
}

// bitsOf takes the lowest n bits, the sign repeated before them.
func bitsOf(number int64, n int) iris.Value {
	var b strings.Builder
	for i := n - 1; i >= 0; i-- {
		b.WriteByte('0' + byte(number>>uint(min(i, 63))&1))
	}
	return iris.Text(b.String())
}

func bitsToInt(s string, w width) (iris.Value, error) {
	if len(s) > int(w.bits) {
		return iris.Null(), w.outOfRange()
	}
	if s == "" {
		return iris.Int(0), nil
	}
	n, err := strconv.ParseUint(s, 2, 64)
	if err != nil {
		return iris.Null(), w.outOfRange()
	}
	return iris.Int(w.wrap(int64(n))), nil
}

// jsonNames are the kinds of JSON as messages name them.
var jsonNames = map[byte]string{'n': "null", 't': "boolean", 'f': "boolean", '0': "numeric", 's': "string", 'a': "array", 'o': "object"}

// jsonToScalar takes a number or a boolean out of jsonb; a JSON null is NULL.
func jsonToScalar(m map[pair]conversion, to pgtypes.Type) conversion {
	numeric := pgtypes.Of(pgtypes.Numeric)
	return func(c *Context, v iris.Value) (iris.Value, error) {
		j, err := pgtypes.ParseJSON(v)
		if err != nil {
			return iris.Null(), err
		}
		switch {
		case j.Kind == 'n':
			return failed(pgerr.InvalidParameterValue, "cannot cast jsonb null to type %s", pgtypes.Format(to))
		case to.OID == pgtypes.Bool && (j.Kind == 't' || j.Kind == 'f'):
			return boolResult(j.Kind == 't')
		case to.OID == pgtypes.Bool || j.Kind != '0':
			return failed(pgerr.InvalidParameterValue, "cannot cast jsonb %s to type %s", jsonNames[j.Kind], pgtypes.Format(to))
		}
		n, err := pgtypes.ParseText(numeric, j.Text)
		if err != nil || to.OID == pgtypes.Numeric {
			return n, err
		}
		return m[pair{pgtypes.Numeric, to.OID}](c, n)
	}
}

func vectorCasts(m map[pair]conversion) {
	vector, float4 := pgtypes.Of(pgtypes.Vector), pgtypes.Of(pgtypes.Float4)
	m[pair{pgtypes.Vector, pgtypes.Float4Array}] = func(_ *Context, v iris.Value) (iris.Value, error) {
		elements, err := pgtypes.VectorElements(v)
		if err != nil {
			return v, err
		}
		list := make([]iris.Value, len(elements))
		for i, f := range elements {
			list[i] = iris.Double(float64(f))
		}
		return pgtypes.ArrayValue(float4, list)
	}
	for _, array := range []pgtypes.OID{pgtypes.Int4Array, pgtypes.Float4Array, pgtypes.Float8Array, pgtypes.NumericArray} {
		elem := pgtypes.Of(pgtypes.ElemOf(array))
		m[pair{array, pgtypes.Vector}] = func(_ *Context, v iris.Value) (iris.Value, error) {
			list, err := pgtypes.Elements(elem, v)
			if err != nil {
				return v, err
			}
			if len(list) == 0 {
				return failed(pgerr.DataException, "vector must have at least 1 dimension")
			}
			elements := make([]float32, len(list))
			for i, e := range list {
				if e.IsNull() {
					return failed("22004", "array must not contain nulls")
				}
				f, _ := e.Float64()
				elements[i] = float32(f)
			}
			return pgtypes.VectorValue(vector, elements)
		}
	}
}

// charCasts: "char" is one byte.
func charCasts(m map[pair]conversion) {
	m[pair{pgtypes.Char, pgtypes.Int4}] = func(_ *Context, v iris.Value) (iris.Value, error) {
		if b := v.Raw(); len(b) > 0 {
			return iris.Int(int64(int8(b[0]))), nil
		}
		return iris.Int(0), nil
	}
	m[pair{pgtypes.Int4, pgtypes.Char}] = func(_ *Context, v iris.Value) (iris.Value, error) {
		switch n := intArg(v); {
		case n < -128 || n > 127:
			return failed(pgerr.NumericValueOutOfRange, "\"char\" out of range")
		case n < 0:
			return notBuilt("a \"char\" that is no ASCII character")
		case n == 0:
			return iris.Text(""), nil
		default:
			return iris.Text(string(rune(n))), nil
		}
	}
}
