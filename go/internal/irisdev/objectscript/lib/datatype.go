package lib

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// check is IsValid of a data type; it gives 1 or a status.
type check func(v value.Value, par func(string) string) run.Value

// conversion is one of the ways between the forms of a value.
type conversion func(v value.Value, par func(string) string) run.Value

var datatypeNatives = datatypes()

// datatypes makes the natives of the data types from tables. What a type does not list stays as it is.
func datatypes() run.Natives {
	out := run.Natives{}
	for typ, f := range validity {
		out["%Library."+typ+":IsValid"] = func(_ *run.Process, c *run.Call) (run.Value, error) {
			v := c.Arg(0)
			if v.IsEmpty() {
				return good, nil
			}
			par := parameters(c)
			if sc := f(v.Value, par); !sc.Truth() {
				return sc, nil
			}
			return inList(v.Value, par), nil
		}
	}
	for method, types := range conversions {
		for typ, f := range types {
			out["%Library."+typ+":"+method] = func(_ *run.Process, c *run.Call) (run.Value, error) {
				if c.Arg(0).IsEmpty() {
					return run.Value{}, nil
				}
				return f(c.Arg(0).Value, parameters(c)), nil
			}
		}
	}
	return out
}

// parameters gives the parameters that a method of a data type looks at: those of the property that it stands for, or of the
// class.
func parameters(c *run.Call) func(string) string {
	return func(name string) string {
		if c.Method.Property != nil {
			return c.Method.Property.Params[name]
		}
		if p := c.Class.Parameters[name]; p != nil {
			return p.Value
		}
		return ""
	}
}

// pieces splits VALUELIST or DISPLAYLIST at its own first character.
func pieces(s string) []string {
	if s == "" {
		return nil
	}
	runes := []rune(s)
	return strings.Split(string(runes[1:]), string(runes[0]))
}

func inList(v value.Value, par func(string) string) run.Value {
	values := par("VALUELIST")
	if values == "" {
		return good
	}
	for _, one := range pieces(values) {
		if one == v.Text() {
			return good
		}
	}
	return Status(7205, v.Text(), values)
}

var validity = map[string]check{
	"String":    validText,
	"Binary":    validText,
	"Integer":   validInteger,
	"Numeric":   validNumber,
	"Float":     validNumber,
	"Double":    validNumber,
	"Boolean":   validBoolean,
	"Date":      validDate,
	"Time":      validTime,
	"TimeStamp": validTimeStamp,
	"PosixTime": validNumber,
	"List": func(v value.Value, _ func(string) string) run.Value {
		if _, err := fn.Items(v); err != nil {
			return Status(7213, v.Text())
		}
		return good
	},
}

func validText(v value.Value, par func(string) string) run.Value {
	s := v.Text()
	n := value.Length(s)
	if most := par("MAXLEN"); most != "" && int64(n) > whole(most) && par("TRUNCATE") != "1" {
		return Status(7201, s, most)
	}
	if least := par("MINLEN"); least != "" && int64(n) < whole(least) {
		return Status(7202, s, least)
	}
	if pattern := par("PATTERN"); pattern != "" {
		items, err := parse.Pattern(pattern)
		if err != nil || !fn.Match(s, items) {
			return Status(7209, s, pattern)
		}
	}
	return good
}

func whole(s string) int64 {
	n, _ := value.Text(s).Integer()
	return n
}

// numeric reports a text that is a number and nothing else.
func numeric(v value.Value) (value.Value, bool) {
	switch v.Kind() {
	case value.Number, value.Double:
		return v, true
	case value.String:
		s := v.Raw()
		if s == "" || !strings.ContainsAny(s, "0123456789") {
			return v, false
		}
		n, rest := value.ParseNumber(s)
		return n, rest == 0
	}
	return v, false
}

func validNumber(v value.Value, par func(string) string) run.Value {
	n, ok := numeric(v)
	if !ok {
		return Status(7207, v.Text())
	}
	return inRange(n, v, par)
}

func validInteger(v value.Value, par func(string) string) run.Value {
	n, ok := numeric(v)
	if !ok {
		return Status(7207, v.Text())
	}
	if par("STRICT") != "0" && !n.IsInteger() {
		return Status(7208, v.Text())
	}
	return inRange(n, v, par)
}

func inRange(n, v value.Value, par func(string) string) run.Value {
	if most := par("MAXVAL"); most != "" && value.CompareNumbers(n, value.Text(most).Number()) > 0 {
		return Status(7203, v.Text(), most)
	}
	if least := par("MINVAL"); least != "" && value.CompareNumbers(n, value.Text(least).Number()) < 0 {
		return Status(7204, v.Text(), least)
	}
	return good
}

func validBoolean(v value.Value, _ func(string) string) run.Value {
	if n, ok := numeric(v); ok && (n.Text() == "0" || n.Text() == "1") {
		return good
	}
	return Status(7206, v.Text())
}

func validDate(v value.Value, par func(string) string) run.Value {
	n, ok := numeric(v)
	if !ok || !n.IsInteger() {
		return Status(7210, v.Text())
	}
	return inRange(n, v, par)
}

func validTime(v value.Value, par func(string) string) run.Value {
	n, ok := numeric(v)
	if !ok || value.CompareNumbers(n, value.Int(0)) < 0 || value.CompareNumbers(n, value.Int(86400)) >= 0 {
		return Status(7211, v.Text())
	}
	return good
}

func validTimeStamp(v value.Value, _ func(string) string) run.Value {
	if _, ok := value.ParseTimestamp(v.Text()); !ok {
		return Status(7212, v.Text())
	}
	return good
}

// Conversions of one value. What display and XSD forms look like is from the class reference of each type.
var conversions = map[string]map[string]conversion{
	"Normalize": {
		"String": func(v value.Value, par func(string) string) run.Value {
			if most := par("MAXLEN"); most != "" && par("TRUNCATE") == "1" {
				return run.Text(fn.Substring(v.Text(), 1, int(whole(most))))
			}
			return run.Plain(v)
		},
		"Integer": plus, "Float": plus, "Date": plus, "Time": plus,
		"Double":    func(v value.Value, _ func(string) string) run.Value { return run.Plain(v.Double()) },
		"Numeric":   func(v value.Value, par func(string) string) run.Value { return run.Plain(scaled(v, par)) },
		"Boolean":   func(v value.Value, _ func(string) string) run.Value { return run.Bool(v.Number().Approx() != 0) },
		"TimeStamp": same, "PosixTime": same,
	},
	"LogicalToDisplay": {
		"String": listDisplay, "Integer": listDisplay, "Numeric": listDisplay, "Float": listDisplay, "Double": listDisplay,
		"Boolean": listDisplay, "TimeStamp": listDisplay,
		"Date": dateDisplay, "Time": timeODBC, "PosixTime": posixODBC, "List": listODBC,
	},
	"DisplayToLogical": {
		"String": listLogical, "Integer": listLogical, "Numeric": listLogical, "Float": listLogical, "Double": listLogical,
		"Boolean": listLogical, "TimeStamp": listLogical,
		"Date": dateLogical, "Time": timeLogical, "PosixTime": posixLogical, "List": listOfText,
	},
	"LogicalToOdbc": {"Date": dateODBC, "Time": timeODBC, "PosixTime": posixODBC, "List": listODBC},
	"OdbcToLogical": {"Date": dateLogical, "Time": timeLogical, "PosixTime": posixLogical, "List": listOfText},
	"LogicalToXSD": {
		"String": same, "Integer": plus, "Numeric": plus, "Float": plus, "Double": plus,
		"Boolean": func(v value.Value, _ func(string) string) run.Value { return run.Text(trueFalse(v)) },
		"Date":    dateODBC, "Time": timeODBC, "Binary": toBase64,
		"TimeStamp": func(v value.Value, _ func(string) string) run.Value {
			return run.Text(strings.Replace(v.Text(), " ", "T", 1) + "Z")
		},
		"PosixTime": func(v value.Value, par func(string) string) run.Value {
			return run.Text(strings.Replace(posixODBC(v, par).Text(), " ", "T", 1) + "Z")
		},
	},
	"XSDToLogical": {
		"String": same, "Integer": numberOnly, "Numeric": numberOnly, "Float": numberOnly, "Double": numberOnly,
		"Boolean": func(v value.Value, _ func(string) string) run.Value {
			switch v.Text() {
			case "true", "1":
				return run.Int(1)
			case "false", "0":
				return run.Int(0)
			}
			return run.Value{}
		},
		"Date": dateLogical, "Time": timeLogical, "Binary": fromBase64,
		"TimeStamp": func(v value.Value, _ func(string) string) run.Value {
			return run.Text(strings.TrimSuffix(strings.Replace(v.Text(), "T", " ", 1), "Z"))
		},
		"PosixTime": posixLogical,
	},
	"LogicalToJSON": {
		"String": same, "Integer": plus, "Numeric": plus, "Float": plus, "Double": plus,
		"Boolean": func(v value.Value, _ func(string) string) run.Value { return run.Text(trueFalse(v)) },
		"Date":    dateODBC, "Time": timeODBC, "PosixTime": posixODBC,
		"TimeStamp": func(v value.Value, _ func(string) string) run.Value {
			return run.Text(strings.Replace(v.Text(), " ", "T", 1) + "Z")
		},
	},
}

func same(v value.Value, _ func(string) string) run.Value { return run.Plain(v) }

func plus(v value.Value, _ func(string) string) run.Value { return run.Plain(v.Number()) }

func numberOnly(v value.Value, _ func(string) string) run.Value {
	if n, ok := numeric(v); ok {
		return run.Plain(n)
	}
	return run.Value{}
}

func trueFalse(v value.Value) string {
	if v.Number().Approx() != 0 {
		return "true"
	}
	return "false"
}

func scaled(v value.Value, par func(string) string) value.Value {
	if par("SCALE") == "" {
		return v.Number()
	}
	return fn.Round(v.Number(), int(whole(par("SCALE"))))
}

func listDisplay(v value.Value, par func(string) string) run.Value {
	return translate(v, pieces(par("VALUELIST")), pieces(par("DISPLAYLIST")))
}

func listLogical(v value.Value, par func(string) string) run.Value {
	return translate(v, pieces(par("DISPLAYLIST")), pieces(par("VALUELIST")))
}

func translate(v value.Value, from, to []string) run.Value {
	for i, one := range from {
		if one == v.Text() && i < len(to) {
			return run.Text(to[i])
		}
	}
	return run.Plain(v)
}

// dateDisplay is MM/DD/YYYY; FORMAT 3 is the ODBC form.
func dateDisplay(v value.Value, par func(string) string) run.Value {
	if par("FORMAT") == "3" {
		return dateODBC(v, par)
	}
	s := dateODBC(v, par).Text()
	if len(s) != len("2006-01-02") {
		return run.Text(s)
	}
	return run.Text(s[5:7] + "/" + s[8:] + "/" + s[:4])
}

func dateODBC(v value.Value, _ func(string) string) run.Value {
	if n, ok := v.Integer(); ok {
		if s, ok := value.FormatDate(int(n)); ok {
			return run.Text(s)
		}
	}
	return run.Plain(v)
}

// dateLogical reads YYYY-MM-DD and MM/DD/YYYY; what is no date gives nothing.
func dateLogical(v value.Value, _ func(string) string) run.Value {
	s := v.Text()
	if parts := strings.Split(s, "/"); len(parts) == 3 {
		s = parts[2] + "-" + parts[0] + "-" + parts[1]
	}
	if n, ok := value.ParseDate(s); ok {
		return run.Int(int64(n))
	}
	return run.Value{}
}

func timeODBC(v value.Value, _ func(string) string) run.Value {
	if s, ok := value.FormatTime(v.Number()); ok {
		return run.Text(s)
	}
	return run.Plain(v)
}

func timeLogical(v value.Value, _ func(string) string) run.Value {
	if n, ok := value.ParseTime(strings.TrimSuffix(v.Text(), "Z")); ok {
		return run.Plain(n)
	}
	return run.Value{}
}

func posixODBC(v value.Value, _ func(string) string) run.Value {
	if micros, ok := value.Micros(v.Number()); ok {
		if s, ok := value.FormatTimestamp(micros); ok {
			return run.Text(s)
		}
	}
	return run.Plain(v)
}

func posixLogical(v value.Value, _ func(string) string) run.Value {
	if micros, ok := value.ParseTimestamp(strings.TrimSuffix(v.Text(), "Z")); ok {
		if n, ok := value.Posix(micros); ok {
			return run.Plain(n)
		}
	}
	return run.Value{}
}

func listODBC(v value.Value, par func(string) string) run.Value {
	items, err := fn.Items(v)
	if err != nil {
		return run.Plain(v)
	}
	texts := make([]string, len(items))
	for i, it := range items {
		texts[i] = it.Value.Text()
	}
	delimiter := par("ODBCDELIMITER")
	if delimiter == "" {
		delimiter = ","
	}
	return run.Text(strings.Join(texts, delimiter))
}

func listOfText(v value.Value, par func(string) string) run.Value {
	delimiter := par("ODBCDELIMITER")
	if delimiter == "" {
		delimiter = ","
	}
	var items []run.Value
	for _, s := range strings.Split(v.Text(), delimiter) {
		items = append(items, run.Text(s))
	}
	return list(items...)
}
