package pgfunc

import (
	"bytes"
	"cmp"
	"math"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
)

// comparison orders two values that are not NULL: negative, zero or positive.
type comparison = func(c *Context, a, b iris.Value) (int, error)

// ordered says how some types are ordered, and which functions < <= <> = > >= over them stand on that order.
type ordered struct {
	prefix string
	oids   []pgtypes.OID
	order  comparison
}

// comparisons say how each type is ordered: the prefix of the functions behind the operators, the types, the order
// (PostgreSQL docs, 9.2). Text is ordered by its bytes, as in the "C" collation. It is a function since the order of
// arrays asks for that of their elements.
func comparisons() []ordered {
	return []ordered{
		{"bool", []pgtypes.OID{pgtypes.Bool}, byInteger},
		{"int2", []pgtypes.OID{pgtypes.Int2}, byInteger},
		{"int4", []pgtypes.OID{pgtypes.Int4}, byInteger},
		{"int8", []pgtypes.OID{pgtypes.Int8}, byInteger},
		{"oid", []pgtypes.OID{pgtypes.Oid, pgtypes.Regclass, pgtypes.Regtype, pgtypes.Regproc}, byInteger},
		{"int24", nil, byInteger}, {"int28", nil, byInteger}, {"int42", nil, byInteger},
		{"int48", nil, byInteger}, {"int82", nil, byInteger}, {"int84", nil, byInteger},
		{"float4", []pgtypes.OID{pgtypes.Float4}, byFloat},
		{"float8", []pgtypes.OID{pgtypes.Float8}, byFloat},
		{"float48", nil, byFloat}, {"float84", nil, byFloat},
		{"numeric_", []pgtypes.OID{pgtypes.Numeric}, byNumber},
		{"text", []pgtypes.OID{pgtypes.Text, pgtypes.Varchar}, byBytes},
		{"text_", nil, byBytes}, {"text_pattern_", nil, byBytes},
		{"bpchar", []pgtypes.OID{pgtypes.Bpchar}, byBytes}, {"bpchar_pattern_", nil, byBytes},
		{"name", []pgtypes.OID{pgtypes.Name}, byBytes},
		{"char", []pgtypes.OID{pgtypes.Char}, byBytes},
		{"bytea", []pgtypes.OID{pgtypes.Bytea}, byBytes},
		{"uuid_", []pgtypes.OID{pgtypes.UUID}, byBytes},
		{"macaddr_", []pgtypes.OID{pgtypes.Macaddr}, byBytes},
		{"bit", []pgtypes.OID{pgtypes.Bit}, byBytes}, {"varbit", []pgtypes.OID{pgtypes.Varbit}, byBytes},
		{"date_", []pgtypes.OID{pgtypes.Date}, byMoment(pgtypes.DayOf)},
		{"time_", []pgtypes.OID{pgtypes.Time}, byMoment(pgtypes.ClockOf)},
		{"timestamp_", []pgtypes.OID{pgtypes.Timestamp}, byMoment(pgtypes.StampOf)},
		{"timestamptz_", []pgtypes.OID{pgtypes.Timestamptz}, byMoment(pgtypes.StampOf)},
		{"interval_", []pgtypes.OID{pgtypes.Interval}, byInterval},
		{"network_", []pgtypes.OID{pgtypes.Inet, pgtypes.Cidr}, byNetwork},
		{"jsonb_", []pgtypes.OID{pgtypes.JSONB}, byJSON},
		{"vector_", []pgtypes.OID{pgtypes.Vector}, byVector},
		{"array_", nil, byArray},
	}
}

// tests are the six answers that an order gives.
var tests = map[string]func(int) bool{
	"lt": func(n int) bool { return n < 0 }, "le": func(n int) bool { return n <= 0 },
	"ne": func(n int) bool { return n != 0 }, "eq": func(n int) bool { return n == 0 },
	"gt": func(n int) bool { return n > 0 }, "ge": func(n int) bool { return n >= 0 },
}

// compareFamily has the comparison operators.
func compareFamily(t table) {
	for _, line := range comparisons() {
		for word, test := range tests {
			t.strict(line.prefix+word, compared(line.order, test))
		}
	}
	// name against text: the word stands between the types.
	for word, test := range tests {
		t.strict("name"+word+"text", compared(byBytes, test))
		t.strict("text"+word+"name", compared(byBytes, test))
	}
	mixedMoments(t)
}

func compared(order comparison, test func(int) bool) call {
	return func(c *Context, a []iris.Value) (iris.Value, error) {
		n, err := order(c, a[0], a[1])
		return iris.Bool(test(n)), err
	}
}

// Order finds how values of a type are ordered, for GREATEST, LEAST and IN; ok is false for a type without an order.
func Order(t pgtypes.Type) (order func(c *Context, a, b iris.Value) (int, error), ok bool) {
	for _, line := range comparisons() {
		for _, oid := range line.oids {
			if oid == t.OID {
				return line.order, true
			}
		}
	}
	if elem := pgtypes.ElemOf(t.OID); elem != 0 {
		if _, ok := Order(pgtypes.Of(elem)); ok {
			return byArray, true
		}
	}
	return nil, false
}

func byInteger(_ *Context, a, b iris.Value) (int, error) {
	return cmp.Compare(intArg(a), intArg(b)), nil
}

// byFloat puts NaN behind everything and equal to itself.
func byFloat(_ *Context, a, b iris.Value) (int, error) {
	return compareFloats(floatArg(a), floatArg(b)), nil
}

func compareFloats(x, y float64) int {
	switch nx, ny := math.IsNaN(x), math.IsNaN(y); {
	case nx && ny:
		return 0
	case nx:
		return 1
	case ny:
		return -1
	}
	return cmp.Compare(x, y)
}

func byNumber(_ *Context, a, b iris.Value) (int, error) {
	if a.Kind() == iris.KindDecimal && b.Kind() == iris.KindDecimal && a.Exponent() == b.Exponent() {
		return cmp.Compare(a.Mantissa(), b.Mantissa()), nil
	}
	x, err := numberOf(a)
	if err != nil {
		return 0, err
	}
	y, err := numberOf(b)
	return x.compare(y), err
}

func byBytes(_ *Context, a, b iris.Value) (int, error) { return bytes.Compare(a.Raw(), b.Raw()), nil }

func byMoment(read func(iris.Value) (int64, error)) comparison {
	return func(_ *Context, a, b iris.Value) (int, error) {
		x, err := read(a)
		if err != nil {
			return 0, err
		}
		y, err := read(b)
		return cmp.Compare(x, y), err
	}
}

// byInterval counts a month as 30 days and a day as 24 hours, as PostgreSQL does for comparisons alone.
func byInterval(_ *Context, a, b iris.Value) (int, error) {
	x, err := spanOf(a)
	if err != nil {
		return 0, err
	}
	y, err := spanOf(b)
	return x.compare(y), err
}

func byVector(_ *Context, a, b iris.Value) (int, error) {
	x, err := pgtypes.VectorElements(a)
	if err != nil {
		return 0, err
	}
	y, err := pgtypes.VectorElements(b)
	if err != nil {
		return 0, err
	}
	for i := range min(len(x), len(y)) {
		if n := cmp.Compare(x[i], y[i]); n != 0 {
			return n, nil
		}
	}
	return cmp.Compare(len(x), len(y)), nil
}

// byArray compares element by element, NULL behind everything, then by length (PostgreSQL docs, 9.19).
func byArray(c *Context, a, b iris.Value) (int, error) {
	elem := elementType(c.Args[0])
	order, ok := Order(elem)
	if !ok {
		return 0, noOrder(elem)
	}
	x, err := pgtypes.Elements(elem, a)
	if err != nil {
		return 0, err
	}
	y, err := pgtypes.Elements(elem, b)
	if err != nil {
		return 0, err
	}
	for i := range min(len(x), len(y)) {
		if n, err := orderNulls(c, order, x[i], y[i]); n != 0 || err != nil {
			return n, err
		}
	}
	return cmp.Compare(len(x), len(y)), nil
}

func orderNulls(c *Context, order comparison, x, y iris.Value) (int, error) {
	switch {
	case x.IsNull() && y.IsNull():
		return 0, nil
	case x.IsNull():
		return 1, nil
	case y.IsNull():
		return -1, nil
	}
	return order(c, x, y)
}

// mixedMoments has the comparisons between date, timestamp and timestamptz; a local time means the session's zone.
func mixedMoments(t table) {
	types := map[string]func(c *Context, v iris.Value) (int64, error){
		"date": func(_ *Context, v iris.Value) (int64, error) {
			days, err := pgtypes.DayOf(v)
			return midnight(days), err
		},
		"timestamp":   func(_ *Context, v iris.Value) (int64, error) { return pgtypes.StampOf(v) },
		"timestamptz": func(_ *Context, v iris.Value) (int64, error) { return pgtypes.StampOf(v) },
	}
	for left, readLeft := range types {
		for right, readRight := range types {
			if left == right {
				continue
			}
			order := func(c *Context, a, b iris.Value) (int, error) {
				x, err := readLeft(c, a)
				if err != nil {
					return 0, err
				}
				y, err := readRight(c, b)
				if left == "timestamptz" {
					y = toUTC(c, y)
				} else if right == "timestamptz" {
					x = toUTC(c, x)
				}
				return cmp.Compare(x, y), err
			}
			for word, test := range tests {
				t.strict(left+"_"+word+"_"+right, compared(order, test))
			}
		}
	}
}

// midnight is the start of a day; the infinities stay.
func midnight(days int64) int64 {
	if endless(days) {
		return days
	}
	return days * pgtypes.MicrosPerDay
}

func endless(n int64) bool { return n == pgtypes.InfiniteFuture || n == pgtypes.InfinitePast }

// toUTC reads a local time in the session's zone.
func toUTC(c *Context, micros int64) int64 {
	if endless(micros) {
		return micros
	}
	return pgtypes.ToUTC(c.Style.Zone(), micros)
}

// toLocal is the way back.
func toLocal(c *Context, micros int64) int64 {
	if endless(micros) {
		return micros
	}
	return micros + int64(pgtypes.OffsetAt(c.Style.Zone(), micros))*pgtypes.MicrosPerSecond
}
