package sqlfunc

import (
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// styles are CONVERT's forms of dates and times (IRIS docs, "CONVERT"); 130 and 131 are no calendar of ours.
var styles = map[int]string{
	0: "Jan _2 2006  3:04PM", 1: "01/02/06", 2: "06.01.02", 3: "02/01/06", 4: "02.01.06", 5: "02-01-06", 6: "02 Jan 06",
	7: "Jan 02, 06", 8: "15:04:05", 9: "Jan _2 2006  3:04:05.000PM", 10: "01-02-06", 11: "06/01/02", 12: "060102",
	13: "02 Jan 2006 15:04:05.000", 14: "15:04:05.000", 20: "2006-01-02 15:04:05", 21: "2006-01-02 15:04:05.000",
	100: "Jan _2 2006  3:04PM", 101: "01/02/2006", 102: "2006.01.02", 103: "02/01/2006", 104: "02.01.2006",
	105: "02-01-2006", 106: "02 Jan 2006", 107: "Jan 02, 2006", 108: "15:04:05", 109: "Jan _2 2006  3:04:05.000PM",
	110: "01-02-2006", 111: "2006/01/02", 112: "20060102", 113: "02 Jan 2006 15:04:05.000", 114: "15:04:05.000",
	120: "2006-01-02 15:04:05", 121: "2006-01-02 15:04:05.000", 126: "2006-01-02T15:04:05.000",
}

// Convert compiles CONVERT(t, x [, style]) and {fn CONVERT(x, t)}; args are the value and, if styled, the style. It is
// CAST, except that text that is no date or time is refused (-141), and that a style chooses the form of dates in text.
func Convert(x Arg, t sqltype.Type, styled bool) Call {
	call := Cast(x, t)
	cast, from := call.Run, x.Type
	call.Run = func(env Env, a []value.Value) (value.Value, error) {
		switch {
		case a[0].IsNull():
			return null()
		case styled && a[1].IsNull():
			return null()
		case t.IsDateTime() && a[0].Kind() == value.String:
			return convertText(a, t, styled)
		case styled && t.IsText() && from.IsDateTime():
			layout, err := styleOf(a[1])
			if err != nil {
				return value.Value{}, err
			}
			m, err := readMoment(a[0], from)
			if err != nil {
				return value.Value{}, err
			}
			return text(firstChars(m.Format(layout), t.Length))
		}
		return cast(env, a[:1])
	}
	return call
}

func styleOf(v value.Value) (string, error) {
	layout, ok := styles[whole(v)]
	if !ok || !v.IsInteger() {
		return "", sqlerr.New(-141, "Invalid format code '%.20s' for CONVERT", v.Text())
	}
	return layout, nil
}

// convertText reads a date or time from text, in the style's form if there is one.
func convertText(a []value.Value, t sqltype.Type, styled bool) (value.Value, error) {
	s := a[0].Raw()
	m, ok := parseMoment(s)
	if styled {
		layout, err := styleOf(a[1])
		if err != nil {
			return value.Value{}, err
		}
		var failed error
		m, failed = time.Parse(strings.ReplaceAll(layout, ".000", ".999"), s)
		if ok = failed == nil; ok && m.Year() == 0 {
			m = base.Add(m.Sub(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)))
		}
	}
	if ok {
		if v, ok := fromMoment(m, t); ok {
			return v, nil
		}
	}
	return value.Value{}, sqlerr.New(-141, "Invalid input value '%.50s' to CONVERT to %s", s, t.Name())
}
