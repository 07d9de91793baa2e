package pgfunc

import (
	"strings"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// conversion changes a value that is not NULL from one type into another, modifiers aside.
type conversion = func(c *Context, v iris.Value) (iris.Value, error)

// Cast finds the cast from one type to another. An explicit cast cuts what is too long for varchar(n), char(n) and
// bit(n); any other refuses it (PostgreSQL docs, "CREATE CAST"). ok is false when there is no such cast here. The Impl's
// Context has the types in Args[0] and Result.
func Cast(from, to pgtypes.Type, explicit bool) (f Impl, ok bool) {
	convert, ok := convertTo(from, to)
	if !ok {
		return f, false
	}
	fit := fitting(to, explicit)
	if from == to {
		fit = nil
	}
	return Impl{Strict: true, Call: func(c *Context, a []iris.Value) (iris.Value, error) {
		v := a[0]
		var err error
		if convert != nil {
			if v, err = convert(c, v); err != nil {
				return iris.Null(), err
			}
		}
		if fit != nil && !v.IsNull() {
			return fit(v)
		}
		return v, nil
	}}, true
}

// convertTo finds the conversion between types; nil with ok leaves values as they are.
func convertTo(from, to pgtypes.Type) (f conversion, ok bool) {
	if from.OID == to.OID {
		return nil, true
	}
	if f, ok := conversions[pair{from.OID, to.OID}]; ok {
		return f, true
	}
	switch {
	case isString(to.OID):
		return toString(from, to), true
	case isReg(to.OID):
		return nil, false
	case isString(from.OID) || from.OID == pgtypes.Unknown:
		return func(c *Context, v iris.Value) (iris.Value, error) {
			return pgtypes.ParseStyled(pgtypes.Of(to.OID), textArg(v), c.Style)
		}, true
	}
	return arrayConversion(from, to)
}

func isString(oid pgtypes.OID) bool {
	switch oid {
	case pgtypes.Text, pgtypes.Varchar, pgtypes.Bpchar, pgtypes.Name, pgtypes.Char:
		return true
	}
	return false
}

func isReg(oid pgtypes.OID) bool {
	return oid == pgtypes.Regclass || oid == pgtypes.Regtype || oid == pgtypes.Regproc
}

// pair is a cast's two types.
type pair struct{ from, to pgtypes.OID }

// conversions are the casts that are no more than the text form of a string; cast_*.go fill in.
var conversions = makeConversions()

func makeConversions() map[pair]conversion {
	out := map[pair]conversion{}
	for _, add := range []func(map[pair]conversion){numberCasts, momentCasts, otherCasts} {
		add(out)
	}
	return out
}

// toString prints a value into one of the string types.
func toString(from, to pgtypes.Type) conversion {
	print := func(c *Context, v iris.Value) (iris.Value, error) {
		s, err := displayAs(from, v, c.Style)
		return iris.Text(s), err
	}
	switch {
	case from.OID == pgtypes.Bool:
		print = func(_ *Context, v iris.Value) (iris.Value, error) {
			if truth(v) {
				return iris.Text("true"), nil
			}
			return iris.Text("false"), nil
		}
	case from.OID == pgtypes.Inet || from.OID == pgtypes.Cidr:
		print = func(_ *Context, v iris.Value) (iris.Value, error) { return withMask(v) }
	case isString(from.OID), from.OID == pgtypes.Unknown:
		print = nil
	}
	switch to.OID {
	case pgtypes.Bpchar, pgtypes.Name, pgtypes.Char:
		own := pgtypes.Of(to.OID)
		return func(c *Context, v iris.Value) (iris.Value, error) {
			var err error
			if print != nil {
				if v, err = print(c, v); err != nil {
					return v, err
				}
			}
			return pgtypes.ParseText(own, textArg(v))
		}
	}
	return print
}

// fitting applies a type modifier; nil when there is none.
func fitting(to pgtypes.Type, explicit bool) func(iris.Value) (iris.Value, error) {
	if to.Mod < 0 {
		return nil
	}
	read := func(v iris.Value) (iris.Value, error) { return pgtypes.ParseText(to, v.String()) }
	switch to.OID {
	case pgtypes.Varchar, pgtypes.Bpchar:
		if explicit {
			return func(v iris.Value) (iris.Value, error) { return cutString(to, v), nil }
		}
		return read
	case pgtypes.Numeric:
		return func(v iris.Value) (iris.Value, error) { return fitNumeric(to, v) }
	case pgtypes.Time, pgtypes.Timestamp, pgtypes.Timestamptz, pgtypes.Interval:
		return func(v iris.Value) (iris.Value, error) { return fitMoment(to, v) }
	case pgtypes.Bit, pgtypes.Varbit:
		if explicit {
			return func(v iris.Value) (iris.Value, error) { return cutBits(to, v), nil }
		}
		return read
	case pgtypes.Vector:
		return func(v iris.Value) (iris.Value, error) {
			elements, err := pgtypes.VectorElements(v)
			if err != nil {
				return v, err
			}
			return pgtypes.VectorValue(to, elements)
		}
	}
	if elem := elementType(to); elem.OID != 0 {
		return fitElements(elem, fitting(elem, explicit))
	}
	return nil
}

func cutString(to pgtypes.Type, v iris.Value) iris.Value {
	n := to.CharLength()
	b := v.Raw()
	if len(b) > n && utf8.RuneCount(b) > n {
		s := firstChars(string(b), n)
		if to.OID == pgtypes.Bpchar {
			s = strings.TrimRight(s, " ")
		}
		return iris.Text(s)
	}
	return v
}

// cutBits cuts at the right, and fills bit(n) with zeros there.
func cutBits(to pgtypes.Type, v iris.Value) iris.Value {
	s, n := textArg(v), int(to.Mod)
	if len(s) > n {
		return iris.Text(s[:n])
	}
	if to.OID == pgtypes.Bit {
		s += strings.Repeat("0", n-len(s))
	}
	return iris.Text(s)
}

func fitNumeric(to pgtypes.Type, v iris.Value) (iris.Value, error) {
	p, s, ok := to.NumericPrecision()
	if ok && v.Kind() == iris.KindDecimal && int(v.Exponent()) == -s && p < 19 {
		limit := powerOfTen(p).Int64()
		if m := v.Mantissa(); m > -limit && m < limit {
			return v, nil
		}
	}
	return pgtypes.ParseText(to, v.String())
}

func fitMoment(to pgtypes.Type, v iris.Value) (iris.Value, error) {
	precision := to.Mod
	switch to.OID {
	case pgtypes.Time:
		micros, err := pgtypes.ClockOf(v)
		return pgtypes.ClockValue(pgtypes.RoundMicros(micros, precision)), err
	case pgtypes.Interval:
		s, err := spanOf(v)
		if err != nil || precision&0xFFFF > 6 {
			return v, err
		}
		s.micros = pgtypes.RoundMicros(s.micros, precision&0xFFFF)
		return s.value()
	}
	micros, err := pgtypes.StampOf(v)
	if err != nil {
		return v, err
	}
	return pgtypes.StampValue(pgtypes.RoundMicros(micros, precision))
}

// elementType is the type of an array's elements, with the array's modifier; its OID is 0 for what is no array.
func elementType(t pgtypes.Type) pgtypes.Type {
	return pgtypes.Type{OID: pgtypes.ElemOf(t.OID), Mod: t.Mod}
}

func fitElements(elem pgtypes.Type, fit func(iris.Value) (iris.Value, error)) func(iris.Value) (iris.Value, error) {
	if fit == nil {
		return nil
	}
	return func(v iris.Value) (iris.Value, error) {
		return mapElements(pgtypes.Of(elem.OID), elem, v, fit)
	}
}

// mapElements makes an array by changing each element that is not NULL.
func mapElements(from, to pgtypes.Type, v iris.Value, f func(iris.Value) (iris.Value, error)) (iris.Value, error) {
	list, err := pgtypes.Elements(from, v)
	if err != nil {
		return iris.Null(), err
	}
	for i := range list {
		if list[i].IsNull() {
			continue
		}
		if list[i], err = f(list[i]); err != nil {
			return iris.Null(), err
		}
	}
	return pgtypes.ArrayValue(to, list)
}

func arrayConversion(from, to pgtypes.Type) (conversion, bool) {
	fromElem, toElem := pgtypes.Of(pgtypes.ElemOf(from.OID)), pgtypes.Of(pgtypes.ElemOf(to.OID))
	if fromElem.OID == 0 || toElem.OID == 0 {
		return nil, false
	}
	convert, ok := convertTo(fromElem, toElem)
	if !ok {
		return nil, false
	}
	return func(c *Context, v iris.Value) (iris.Value, error) {
		own := Context{Args: []pgtypes.Type{fromElem}, Result: toElem, Style: c.Style}
		return mapElements(fromElem, toElem, v, func(e iris.Value) (iris.Value, error) {
			if convert == nil {
				return e, nil
			}
			return convert(&own, e)
		})
	}, true
}

func cannotConvert(what, to string) error {
	return pgerr.New(pgerr.FeatureNotSupported, "cannot convert %s to %s", what, to)
}
