package pgfunc

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

type tree = pgtypes.JSONTree

// jsonRank orders the kinds: Object > Array > Boolean > Number > String > null (PostgreSQL docs, 8.14.4).
var jsonRank = map[byte]int{'o': 5, 'a': 4, 't': 3, 'f': 3, '0': 2, 's': 1, 'n': 0}

func byJSON(_ *Context, a, b iris.Value) (int, error) {
	x, err := pgtypes.ParseJSON(a)
	if err != nil {
		return 0, err
	}
	y, err := pgtypes.ParseJSON(b)
	if err != nil {
		return 0, err
	}
	return compareJSON(&x, &y)
}

// compareJSON orders jsonb: containers by their number of elements first, an empty array below everything.
func compareJSON(x, y *tree) (int, error) {
	emptyX, emptyY := x.Kind == 'a' && len(x.Values) == 0, y.Kind == 'a' && len(y.Values) == 0
	if emptyX != emptyY {
		if emptyX {
			return -1, nil
		}
		return 1, nil
	}
	if n := cmp.Compare(jsonRank[x.Kind], jsonRank[y.Kind]); n != 0 {
		return n, nil
	}
	switch x.Kind {
	case 't', 'f':
		return cmp.Compare(x.Kind, y.Kind), nil // f before t
	case 's':
		return strings.Compare(x.Text, y.Text), nil
	case '0':
		return compareNumerals(x.Text, y.Text)
	}
	if n := cmp.Compare(len(x.Values), len(y.Values)); n != 0 {
		return n, nil
	}
	for i := range x.Values {
		if x.Kind == 'o' {
			if n := compareKeys(x.Keys[i], y.Keys[i]); n != 0 {
				return n, nil
			}
		}
		if n, err := compareJSON(&x.Values[i], &y.Values[i]); n != 0 || err != nil {
			return n, err
		}
	}
	return 0, nil
}

// compareKeys orders as jsonb stores keys: the shorter first.
func compareKeys(a, b string) int {
	if n := cmp.Compare(len(a), len(b)); n != 0 {
		return n
	}
	return strings.Compare(a, b)
}

func compareNumerals(a, b string) (int, error) {
	x, err := numberOf(iris.Text(a))
	if err != nil {
		return 0, err
	}
	y, err := numberOf(iris.Text(b))
	return x.compare(y), err
}

// jsonFamily has the operators and functions that look into json and jsonb (PostgreSQL docs, 9.16). json keeps the
// spelling of its parts, jsonb is in normal form.
func jsonFamily(t table) {
	for _, kind := range []string{"json", "jsonb"} {
		asText := func(id string, path func(a []iris.Value) ([]step, bool, error)) {
			t.strict(id, extraction(kind == "jsonb", false, path))
			t.strict(id+"_text", extraction(kind == "jsonb", true, path))
		}
		asText(kind+"_object_field", func(a []iris.Value) ([]step, bool, error) { return []step{{key: textArg(a[1])}}, true, nil })
		asText(kind+"_array_element", func(a []iris.Value) ([]step, bool, error) {
			return []step{{index: intArg(a[1]), isIndex: true, lone: true}}, true, nil
		})
		// The operator has an array; the function as many texts as there are steps.
		t.strict(kind+"_extract_path("+kind+",text[])", extraction(kind == "jsonb", false, arrayPath))
		t.strict(kind+"_extract_path_text("+kind+",text[])", extraction(kind == "jsonb", true, arrayPath))
		t.strict(kind+"_extract_path("+kind+",text...)", extraction(kind == "jsonb", false, textPath))
		t.strict(kind+"_extract_path_text("+kind+",text...)", extraction(kind == "jsonb", true, textPath))
		t.strict(kind+"_array_length", arrayLengthJSON)
		t.strict(kind+"_typeof", func(_ *Context, a []iris.Value) (iris.Value, error) {
			j, err := pgtypes.ParseJSON(a[0])
			return iris.Text(typeofJSON[j.Kind]), err
		})
	}
	containment(t)
}

var typeofJSON = map[byte]string{'n': "null", 't': "boolean", 'f': "boolean", '0': "number", 's': "string", 'a': "array", 'o': "object"}

// step is one step of a path: a key, or an index; a text in a path may be both.
type step struct {
	key     string
	index   int64
	isIndex bool
	either  bool
	lone    bool // the operator's only step: jsonb keeps a scalar as the only element of an array
}

func arrayPath(a []iris.Value) ([]step, bool, error) {
	list, err := pgtypes.Elements(textType, a[1])
	if err != nil {
		return nil, false, err
	}
	return stepsOf(list)
}

func textPath(a []iris.Value) ([]step, bool, error) { return stepsOf(a[1:]) }

func stepsOf(list []iris.Value) ([]step, bool, error) {
	out := make([]step, len(list))
	for i, v := range list {
		if v.IsNull() {
			return nil, false, nil
		}
		out[i] = step{key: textArg(v), either: true}
		n, err := strconv.ParseInt(strings.TrimSpace(out[i].key), 10, 32)
		out[i].index, out[i].isIndex = n, err == nil
	}
	return out, true, nil
}

// extraction walks a path; ok = false of path is NULL.
func extraction(binary, text bool, path func([]iris.Value) ([]step, bool, error)) call {
	return func(_ *Context, a []iris.Value) (iris.Value, error) {
		steps, ok, err := path(a)
		if err != nil || !ok {
			return iris.Null(), err
		}
		if binary {
			return walkTree(a[0], steps, text)
		}
		return walkText(textArg(a[0]), steps, text)
	}
}

func walkTree(v iris.Value, steps []step, text bool) (iris.Value, error) {
	j, err := pgtypes.ParseJSON(v)
	if err != nil {
		return iris.Null(), err
	}
	at := &j
	for _, s := range steps {
		if at = child(at, s); at == nil {
			return null()
		}
	}
	if text {
		return treeText(at)
	}
	return pgtypes.JSONBValue(*at)
}

func child(j *tree, s step) *tree {
	switch {
	case j.Kind == 'o' && (!s.isIndex || s.either):
		if i := slices.Index(j.Keys, s.key); i >= 0 {
			return &j.Values[i]
		}
	case j.Kind == 'a' && s.isIndex:
		if i, ok := place(s.index, len(j.Values)); ok {
			return &j.Values[i]
		}
	case s.lone && isScalar(*j) && (s.index == 0 || s.index == -1):
		return j
	}
	return nil
}

// place counts a negative index from the end.
func place(index int64, n int) (int, bool) {
	if index < 0 {
		index += int64(n)
	}
	return int(index), index >= 0 && index < int64(n)
}

// treeText is a scalar without quotes; JSON's null is NULL.
func treeText(j *tree) (iris.Value, error) {
	switch j.Kind {
	case 'n':
		return null()
	case 's':
		return iris.Text(j.Text), nil
	}
	return pgtypes.JSONBValue(*j)
}

func walkText(s string, steps []step, text bool) (iris.Value, error) {
	for _, at := range steps {
		kind, members, err := pgtypes.JSONMembers(s)
		if err != nil {
			return iris.Null(), err
		}
		found := -1
		switch {
		case kind == 'o' && (!at.isIndex || at.either):
			for i, m := range members {
				if m.Key == at.key {
					found = i // the last of equal keys
				}
			}
		case kind == 'a' && at.isIndex:
			if i, ok := place(at.index, len(members)); ok {
				found = i
			}
		}
		if found < 0 {
			return null()
		}
		s = s[members[found].Start:members[found].End]
	}
	if !text {
		return iris.Text(s), nil
	}
	trimmed := strings.TrimSpace(s)
	switch {
	case trimmed == "null":
		return null()
	case strings.HasPrefix(trimmed, `"`):
		j, err := pgtypes.ParseJSON(iris.Text(trimmed))
		return iris.Text(j.Text), err
	}
	return iris.Text(s), nil
}

func arrayLengthJSON(_ *Context, a []iris.Value) (iris.Value, error) {
	j, err := pgtypes.ParseJSON(a[0])
	switch {
	case err != nil:
		return iris.Null(), err
	case j.Kind == 'a':
		return intResult(len(j.Values))
	case j.Kind == 'o':
		return failed(pgerr.InvalidParameterValue, "cannot get array length of a non-array")
	}
	return failed(pgerr.InvalidParameterValue, "cannot get array length of a scalar")
}
