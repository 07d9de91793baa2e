package sqlfunc

import (
	"bytes"
	"encoding/json"
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// IsJSON is X IS JSON: the text of an object or an array; that of a scalar is none (IRIS docs, "IS JSON").
func IsJSON(v value.Value) bool {
	s := strings.TrimLeft(v.Text(), " \t\r\n")
	return s != "" && (s[0] == '{' || s[0] == '[') && json.Valid([]byte(s))
}

// JSONObject compiles JSON_OBJECT: the arguments are keys and values in turn; absent leaves out pairs whose value is NULL
// (IRIS docs, "JSON_OBJECT").
func JSONObject(args []Arg, absent bool) Call {
	return jsonCall(func(a []value.Value) (value.Value, error) {
		var b strings.Builder
		for i := 0; i+1 < len(a); i += 2 {
			if absent && a[i+1].IsNull() {
				continue
			}
			separate(&b)
			b.WriteString(quoteJSON(a[i].Text()))
			b.WriteByte(':')
			b.WriteString(jsonText(a[i+1], args[i+1]))
		}
		return text("{" + b.String() + "}")
	})
}

// JSONArray compiles JSON_ARRAY; absent leaves out NULLs.
func JSONArray(args []Arg, absent bool) Call {
	return jsonCall(func(a []value.Value) (value.Value, error) {
		var b strings.Builder
		for i, v := range a {
			if absent && v.IsNull() {
				continue
			}
			separate(&b)
			b.WriteString(jsonText(v, args[i]))
		}
		return text("[" + b.String() + "]")
	})
}

func jsonCall(f pure) Call {
	return Call{Type: anyText, Collation: sqltype.Exact, NeverNull: true, Run: func(_ Env, a []value.Value) (value.Value, error) { return f(a) }}
}

func separate(b *strings.Builder) {
	if b.Len() > 0 {
		b.WriteByte(',')
	}
}

// jsonText writes a value: numbers as numbers, dates in their ODBC form, nested JSON calls as they are.
func jsonText(v value.Value, a Arg) string {
	switch {
	case v.IsNull():
		return "null"
	case a.JSON:
		return v.Text()
	case a.Type.IsNumber():
		return jsonNumber(v.Number())
	}
	return quoteJSON(shown(v, a.Type))
}

// jsonNumber gives a number the digit before the point that JSON wants.
func jsonNumber(n value.Value) string {
	s := n.ShortText()
	switch {
	case strings.HasSuffix(s, "NAN"), strings.HasSuffix(s, "INF"):
		return quoteJSON(s)
	case strings.HasPrefix(s, "."):
		return "0" + s
	case strings.HasPrefix(s, "-."):
		return "-0" + s[1:]
	}
	return s
}

func quoteJSON(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// maxJSONArray is where JSON_ARRAYAGG cuts its result without an error (IRIS docs, "JSON_ARRAYAGG").
const maxJSONArray = 8192

// compileJSONArrayAgg is JSON_ARRAYAGG: NULLs are left out, an empty string is the character $CHAR(0).
func compileJSONArrayAgg(a *Arg) (AggregateCall, error) {
	arg := *a
	c := typed(sqltype.Type{Kind: sqltype.VarChar, Length: maxJSONArray}).call(func() Accumulator { return &jsonArray{arg: arg} })
	c.NeverNull = true
	return c, noStream("JSON_ARRAYAGG", a)
}

type jsonArray struct {
	arg Arg
	b   strings.Builder
}

func (j *jsonArray) Add(v value.Value) error {
	if j.b.Len() > 4*maxJSONArray {
		return nil // beyond what the result shows
	}
	separate(&j.b)
	if v.Kind() == value.String && v.Raw() == "" {
		v = value.Text("\x00")
	}
	j.b.WriteString(jsonText(v, j.arg))
	return nil
}

func (j *jsonArray) Result() (value.Value, error) {
	return value.Text(firstChars("["+j.b.String()+"]", maxJSONArray)), nil
}

// JSONPath is a path of JSON_TABLE: the keys behind $.
type JSONPath []string

// ParseJSONPath reads $ and $.key.key. Array steps and filters are not documented, so they are refused with -400.
func ParseJSONPath(s string) (JSONPath, error) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(s), "$")
	if !ok {
		return nil, badPath(s)
	}
	var p JSONPath
	for rest != "" {
		if rest[0] != '.' {
			return nil, badPath(s)
		}
		key, tail := rest[1:], ""
		if i := strings.IndexByte(key, '.'); i >= 0 {
			key, tail = key[:i], key[i:]
		}
		if key == "" || strings.ContainsAny(key, "[]*?@()\"' ") {
			return nil, badPath(s)
		}
		p, rest = append(p, key), tail
	}
	return p, nil
}

func badPath(s string) error {
	return sqlerr.New(-400, "Unexpected error occurred: invalid JSON path '%.100s'", s)
}

// Find gives the value at the path; nil where there is none.
func (p JSONPath) Find(doc json.RawMessage) json.RawMessage {
	for _, key := range p {
		var members map[string]json.RawMessage
		if json.Unmarshal(doc, &members) != nil {
			return nil
		}
		doc = members[key]
	}
	return doc
}

// JSONRows gives the rows of JSON_TABLE: the elements of an array at the path, or the one value there. Text that is no
// JSON is -400.
func JSONRows(v value.Value, p JSONPath) ([]json.RawMessage, error) {
	doc := json.RawMessage(v.Text())
	if !json.Valid(doc) {
		return nil, sqlerr.New(-400, "Unexpected error occurred: the argument of JSON_TABLE is not valid JSON")
	}
	at := p.Find(doc)
	if at == nil {
		return nil, nil
	}
	var items []json.RawMessage
	if json.Unmarshal(at, &items) == nil && bytes.HasPrefix(bytes.TrimSpace(at), []byte("[")) {
		return items, nil
	}
	return []json.RawMessage{at}, nil
}

// JSONValue converts a JSON value to a column's type: null and nothing are NULL, true and false 1 and 0, numbers
// canonical, objects and arrays their text. What does not fit the type is -400 rather than a changed value.
func JSONValue(doc json.RawMessage, t sqltype.Type) (value.Value, error) {
	doc = bytes.TrimSpace(doc)
	var v value.Value
	switch {
	case len(doc) == 0 || string(doc) == "null":
		return null()
	case doc[0] == '"':
		var s string
		if err := json.Unmarshal(doc, &s); err != nil {
			return v, sqlerr.New(-400, "Unexpected error occurred: %v", err)
		}
		v = value.Text(s)
	case doc[0] == '{' || doc[0] == '[':
		var b bytes.Buffer
		if err := json.Compact(&b, doc); err != nil {
			return v, sqlerr.New(-400, "Unexpected error occurred: %v", err)
		}
		v = value.Text(b.String())
	case doc[0] == 't' || doc[0] == 'f':
		v = boolean(doc[0] == 't')
	default:
		v, _ = value.ParseNumber(string(doc))
	}
	return jsonColumn(v, t)
}

func jsonColumn(v value.Value, t sqltype.Type) (value.Value, error) {
	misfit := sqlerr.New(-400, "Unexpected error occurred: JSON_TABLE value '%.50s' is not valid for type %s", v.Text(), t.Name())
	if t.IsText() {
		if s := v.Text(); t.Length == 0 || value.Length(s) <= t.Length {
			return value.Text(s), nil
		}
		return value.Value{}, misfit
	}
	got, err := FromClient(v, t)
	if err != nil {
		return value.Value{}, misfit
	}
	switch {
	case t.IsInteger() && !got.IsInteger(), t.Kind == sqltype.Bit && got.Text() != "0" && got.Text() != "1":
		return value.Value{}, misfit
	case t.Kind == sqltype.Numeric:
		return round(got, t.Scale, false), nil
	}
	return got, nil
}
