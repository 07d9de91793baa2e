package irissql

import (
	"strings"

	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// timeForms are the functions on dates and times.
var timeForms = map[string]callForm{
	"date_pli":                     {print: addDays(0, 1), exact: lenient},
	"integer_pl_date":              {print: addDays(1, 1), exact: lenient},
	"date_mii":                     {print: addDays(0, -1), exact: lenient},
	"date_mi":                      {template: "DATEDIFF('day', @, @)", args: []int{1, 0}},
	"extract(text,date)":           {print: extract},
	"extract(text,timestamp)":      {print: extract},
	"extract(text,timestamptz)":    {print: extract},
	"extract(text,time)":           {print: extract},
	"date_part(text,date)":         {print: extract},
	"date_part(text,timestamp)":    {print: extract},
	"date_part(text,timestamptz)":  {print: extract},
	"date_part(text,time)":         {print: extract},
	"date_trunc(text,timestamp)":   {print: dateTrunc},
	"date_trunc(text,timestamptz)": {print: dateTrunc},
}

// dayNumber is IRIS's number of a day: 0 is 1840-12-31, a Thursday (IRIS docs, "$HOROLOG").
const dayNumber = "CAST(CAST(@ AS DATE) AS INTEGER)"

// parts are the fields of EXTRACT whose values are whole numbers, and their IRIS forms. DAYOFWEEK depends on a setting of
// the instance, the day's number does not.
var parts = map[string]string{
	"year": "YEAR(@)", "month": "MONTH(@)", "day": "DAY(@)", "hour": "HOUR(@)", "minute": "MINUTE(@)",
	"quarter": "QUARTER(@)", "doy": "DAYOFYEAR(@)", "dow": "((" + dayNumber + " + 4) # 7)",
	"isodow": "(((" + dayNumber + " + 3) # 7) + 1)",
}

// fractionParts have digits after the point, whose number differs from PostgreSQL's.
var fractionParts = map[string]string{"second": "SECOND(@)", "epoch": "UNIX_TIMESTAMP(@)"}

// partName is the lower-case name of a field or unit that is known when the statement is compiled.
func partName(e analyze.Expr) string {
	c, ok := e.(*analyze.Const)
	if !ok || c.Value.IsNull() {
		return ""
	}
	return strings.TrimSuffix(strings.ToLower(c.Value.String()), "s")
}

// wholePart reports a field without digits after the point.
func wholePart(e analyze.Expr) bool { return parts[partName(e)] != "" }

// extract prints EXTRACT and date_part.
func extract(p *Printer, n *analyze.Call) (Fragment, error) {
	name := partName(n.Args[0])
	form := parts[name]
	if form == "" && !p.strict {
		form = fractionParts[name]
	}
	c := classOf(n.Args[1].Type())
	if form == "" || c == timeClass && name != "hour" && name != "minute" && name != "second" ||
		c == timestamptzClass && !p.opts.utc() && name != "epoch" || name == "epoch" && c == dateClass {
		return Fragment{}, p.refuse(n.Pos(), "EXTRACT("+strings.ToUpper(name)+") from "+typeName(n.Args[1].Type()))
	}
	f, err := p.value(n.Args[1])
	return fill(form, f), err
}

// truncUnits are the units of date_trunc that DATE_TRUNC cuts at the same place. A week starts on Monday in PostgreSQL
// and by setting in IRIS, so its first day is computed.
var truncUnits = map[string]bool{"year": true, "quarter": true, "month": true, "day": true, "hour": true, "minute": true, "second": true}

const weekStart = "DATEADD('day', (- ((" + dayNumber + " + 3) # 7)), CAST(@ AS DATE))"

func dateTrunc(p *Printer, n *analyze.Call) (Fragment, error) {
	unit := partName(n.Args[0])
	if n.Type().OID == pgtypes.Timestamptz && !p.opts.utc() {
		return Fragment{}, p.refuse(n.Pos(), "date_trunc() of timestamp with time zone in a time zone other than UTC")
	}
	f, err := p.value(n.Args[1])
	switch {
	case err != nil:
		return f, err
	case unit == "week":
		return fill(weekStart, f, f), nil
	case truncUnits[unit]:
		return fill("DATE_TRUNC('"+unit+"', @)", f), nil
	}
	return f, p.refuse(n.Pos(), "date_trunc('"+shorten(unit)+"', ...)")
}
