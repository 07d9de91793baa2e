package sqlfunc

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// formatFunctions turn dates and numbers into text and back by a format (IRIS docs, "TO_CHAR", "TO_DATE" …).
var formatFunctions = []Function{
	{Name: "TO_CHAR", Min: 1, Max: 2, Compile: toChar},
	{Name: "TO_DATE", Min: 1, Max: 2, Compile: scan("TO_DATE", "DD MON YYYY", dateType)},
	{Name: "TO_TIMESTAMP", Min: 1, Max: 2, Compile: scan("TO_TIMESTAMP", "DD MON YYYY HH:MI:SS", stampType)},
	{Name: "TO_POSIXTIME", Min: 1, Max: 2, Compile: scan("TO_POSIXTIME", "DD MON YYYY HH:MI:SS", posixType)},
}

// toChar is TO_CHAR over a logical value: the type, and for numbers the format, tells dates from numbers. A number without
// a format is its canonical text; a date needs one.
func toChar(_ Context, args []Arg) (Call, error) {
	call := Call{Type: anyText, Collation: sqltype.Exact}
	from := args[0].Type
	if len(args) == 1 {
		if from.IsDateTime() {
			return call, sqlerr.New(-380, "Missing format argument of TO_CHAR")
		}
		call.Run = one(func(v value.Value) (value.Value, error) { return value.Text(v.Number().Text()), nil })
		return call, nil
	}
	call.Run = strict(func(v, format value.Value) (value.Value, error) {
		f := format.Text()
		if !from.IsDateTime() && isNumberFormat(f) {
			nf, ok := parseNumberFormat(f)
			if !ok {
				return value.Value{}, illegal("format '%.50s' in TO_CHAR", f)
			}
			return value.Text(nf.write(v.Number())), nil
		}
		if from.Kind == sqltype.VarChar || from.Kind == sqltype.Unknown {
			v = logicalNumber(v)
		}
		m, err := readMoment(v, from)
		if err != nil {
			return value.Value{}, err
		}
		return text(formatMoment(m, f))
	})
	return call, nil
}

// logicalNumber reads a canonical number in a text as the day number that it would be.
func logicalNumber(v value.Value) value.Value {
	if n, ok := value.CanonicalNumber(v.Text()); ok && v.Kind() == value.String {
		return n
	}
	return v
}

// scan is TO_DATE and its like: text that does not fit its format is an error, unlike in CAST.
func scan(name, standard string, t sqltype.Type) compileFunc {
	return result(t, func(a []value.Value) (value.Value, error) {
		format := standard
		if len(a) > 1 {
			format = a[1].Text()
		}
		if m, ok := scanMoment(a[0].Text(), format); ok {
			if v, ok := fromMoment(m, t); ok {
				return v, nil
			}
		}
		return value.Value{}, illegal("%s('%.50s','%.50s')", name, a[0].Text(), format)
	})
}

// toNumber is TO_NUMBER: the leading number of a text, else 0; a format with $ or separators lets the text have them.
func toNumber(a []value.Value) (value.Value, error) {
	s := strings.TrimSpace(a[0].Text())
	if len(a) > 1 {
		f, ok := parseNumberFormat(a[1].Text())
		if !ok {
			return value.Value{}, illegal("format '%.50s' in TO_NUMBER", a[1].Text())
		}
		if f.dollar {
			s = strings.Replace(s, "$", "", 1)
		}
		if strings.Contains(f.whole, ",") {
			s = strings.ReplaceAll(s, ",", "")
		}
	}
	n, _ := value.ParseNumber(s)
	return n, nil
}
