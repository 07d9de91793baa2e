package sqlfunc

import (
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
)

// CommonType is the type of a CASE, GREATEST or column of a UNION whose values have these types: VARCHAR before DOUBLE,
// NUMERIC, BIGINT, INTEGER, SMALLINT and TINYINT (IRIS docs, "CASE"). A NULL literal fits every type. Dates and times fit
// only their own kind, and numbers mixed with them, streams or vectors are -378.
func CommonType(name string, args []Arg) (sqltype.Type, error) {
	var t sqltype.Type
	seen := false
	for _, a := range args {
		if a.Literal && a.Constant.IsNull() {
			continue
		}
		if !seen {
			t, seen = a.Type, true
			continue
		}
		var ok bool
		if t, ok = higher(t, a.Type); !ok {
			return t, sqlerr.New(-378, "Datatypes of arguments of %s differ, an explicit CAST is needed", name)
		}
	}
	if t.Kind == sqltype.Unknown {
		t = anyText
	}
	return t, nil
}

// higher gives the type of two that holds both.
func higher(a, b sqltype.Type) (sqltype.Type, bool) {
	if a == b {
		return a, true
	}
	switch {
	case textual(a) || textual(b):
		return longerText(a, b), !opaque(a) && !opaque(b)
	case a.IsNumber() && b.IsNumber():
		return widerNumber(a, b), true
	case a.Kind == b.Kind:
		return sameKind(a, b)
	case isStamp(a) && isStamp(b):
		return stampType, true
	}
	return a, false
}

func textual(t sqltype.Type) bool { return t.IsText() }

func isStamp(t sqltype.Type) bool {
	return t.Kind == sqltype.TimeStamp || t.Kind == sqltype.PosixTime
}

// opaque types are never turned into text by the way.
func opaque(t sqltype.Type) bool {
	return t.IsStream() || t.Kind == sqltype.Vector || t.Kind == sqltype.List || t.Kind == sqltype.VarBinary
}

func longerText(a, b sqltype.Type) sqltype.Type {
	if a.Kind == sqltype.VarChar && b.Kind == sqltype.VarChar && a.Length > 0 && b.Length > 0 {
		return sqltype.Type{Kind: sqltype.VarChar, Length: max(a.Length, b.Length)}
	}
	return anyText
}

func widerNumber(a, b sqltype.Type) sqltype.Type {
	if a.Kind == sqltype.Numeric || b.Kind == sqltype.Numeric {
		if a.Kind == sqltype.Double || b.Kind == sqltype.Double {
			return doubleType
		}
		scale := max(a.Scale, b.Scale)
		return sqltype.Type{Kind: sqltype.Numeric, Precision: min(max(digitsOf(a)-a.Scale, digitsOf(b)-b.Scale)+scale, maxPrecision), Scale: scale}
	}
	return sqltype.Type{Kind: max(a.Kind, b.Kind)}
}

func sameKind(a, b sqltype.Type) (sqltype.Type, bool) {
	switch a.Kind {
	case sqltype.VarBinary:
		if a.Length == 0 || b.Length == 0 {
			return sqltype.Type{Kind: sqltype.VarBinary}, true
		}
		return sqltype.Type{Kind: sqltype.VarBinary, Length: max(a.Length, b.Length)}, true
	case sqltype.Vector:
		return a, a.Element == b.Element && a.Length == b.Length
	case sqltype.Time:
		return sqltype.Type{Kind: sqltype.Time, Precision: max(a.Precision, b.Precision)}, true
	case sqltype.Date:
		return dateType, true
	}
	return sqltype.Type{Kind: a.Kind}, true
}

// Adapt gives the function that brings values of one type to another one that CommonType chose; nil when they are in
// that form already: dates become their ODBC text, numbers become doubles, time stamps text.
func Adapt(from, to sqltype.Type) Impl {
	switch {
	case from.Kind == to.Kind || from.Kind == sqltype.Unknown && to.IsText():
		return nil
	case to.Kind == sqltype.VarChar:
		return Cast(Arg{Type: from}, anyText).Run
	case to.Kind == sqltype.Double && from.IsNumber():
		return Cast(Arg{Type: from}, to).Run
	case to.Kind == sqltype.TimeStamp && from.Kind == sqltype.PosixTime:
		return Cast(Arg{Type: from}, to).Run
	}
	return nil
}
