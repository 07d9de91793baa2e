package pgfunc

import (
	"slices"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// jsonChangeFamily has what changes jsonb: concatenation, deletion, jsonb_set and its like (PostgreSQL docs, 9.16).
func jsonChangeFamily(t table) {
	change := func(f func(j tree, a []iris.Value) (tree, error), ids ...string) {
		t.each(func(_ *Context, a []iris.Value) (iris.Value, error) {
			j, err := pgtypes.ParseJSON(a[0])
			if err != nil {
				return iris.Null(), err
			}
			if j, err = f(j, a); err != nil {
				return iris.Null(), err
			}
			return pgtypes.JSONBValue(j)
		}, ids...)
	}
	change(concatJSON, "jsonb_concat")
	change(func(j tree, a []iris.Value) (tree, error) { return deleteKeys(j, a[1:2]) }, "jsonb_delete(jsonb,text)")
	change(func(j tree, a []iris.Value) (tree, error) {
		list, err := pgtypes.Elements(textType, a[1])
		if err != nil {
			return j, err
		}
		return deleteKeys(j, list)
	}, "jsonb_delete(jsonb,text[])")
	change(deleteIndex, "jsonb_delete(jsonb,int4)")
	change(func(j tree, a []iris.Value) (tree, error) { return changePath(j, a, pathDelete) }, "jsonb_delete_path")
	change(func(j tree, a []iris.Value) (tree, error) {
		if len(a) > 3 && !truth(a[3]) {
			return changePath(j, a, pathReplace)
		}
		return changePath(j, a, pathSet)
	}, "jsonb_set(jsonb,text[],jsonb)", "jsonb_set(jsonb,text[],jsonb,bool)")
	change(func(j tree, a []iris.Value) (tree, error) {
		if len(a) > 3 && truth(a[3]) {
			return changePath(j, a, pathInsertAfter)
		}
		return changePath(j, a, pathInsert)
	}, "jsonb_insert(jsonb,text[],jsonb)", "jsonb_insert(jsonb,text[],jsonb,bool)")
	change(func(j tree, _ []iris.Value) (tree, error) { return stripNulls(j), nil }, "jsonb_strip_nulls")
	t.strict("json_strip_nulls", func(_ *Context, a []iris.Value) (iris.Value, error) {
		j, err := pgtypes.ParseJSON(a[0])
		return iris.TextBytes(appendCompact(nil, stripNulls(j))), err
	})
	t.strict("jsonb_pretty", func(_ *Context, a []iris.Value) (iris.Value, error) {
		j, err := pgtypes.ParseJSON(a[0])
		return iris.TextBytes(appendPretty(nil, j, 0)), err
	})
}

func concatJSON(j tree, a []iris.Value) (tree, error) {
	other, err := pgtypes.ParseJSON(a[1])
	if err != nil {
		return j, err
	}
	if j.Kind == 'o' && other.Kind == 'o' {
		// A later one of the same key wins when jsonb is printed.
		return tree{Kind: 'o', Keys: append(j.Keys, other.Keys...), Values: append(j.Values, other.Values...)}, nil
	}
	return tree{Kind: 'a', Values: append(asArray(j), asArray(other)...)}, nil
}

func asArray(j tree) []tree {
	if j.Kind == 'a' {
		return j.Values
	}
	return []tree{j}
}

func isScalar(j tree) bool { return j.Kind != 'a' && j.Kind != 'o' }

// deleteKeys takes keys out of an object, or strings out of an array.
func deleteKeys(j tree, keys []iris.Value) (tree, error) {
	if isScalar(j) {
		return j, invalidParameter("cannot delete from scalar")
	}
	out := tree{Kind: j.Kind}
	for i := range j.Values {
		name, named := "", j.Kind == 'o' || j.Values[i].Kind == 's'
		if j.Kind == 'o' {
			name = j.Keys[i]
		} else {
			name = j.Values[i].Text
		}
		if named && slices.ContainsFunc(keys, func(k iris.Value) bool { return !k.IsNull() && textArg(k) == name }) {
			continue
		}
		if j.Kind == 'o' {
			out.Keys = append(out.Keys, name)
		}
		out.Values = append(out.Values, j.Values[i])
	}
	return out, nil
}

func deleteIndex(j tree, a []iris.Value) (tree, error) {
	switch {
	case j.Kind == 'o':
		return j, invalidParameter("cannot delete from object using integer index")
	case isScalar(j):
		return j, invalidParameter("cannot delete from scalar")
	}
	if i, ok := place(intArg(a[1]), len(j.Values)); ok {
		j.Values = slices.Delete(j.Values, i, i+1)
	}
	return j, nil
}

// pathChange is what happens at the end of a path.
type pathChange uint8

const (
	pathDelete      pathChange = iota
	pathSet                    // replace, or add what is not there
	pathReplace                // only what is there
	pathInsert                 // before an element
	pathInsertAfter            // behind an element
)

func changePath(j tree, a []iris.Value, how pathChange) (tree, error) {
	list, err := pgtypes.Elements(textType, a[1])
	if err != nil {
		return j, err
	}
	if isScalar(j) {
		if how == pathDelete {
			return j, invalidParameter("cannot delete path in scalar")
		}
		return j, invalidParameter("cannot set path in scalar")
	}
	var value tree
	if how != pathDelete {
		if value, err = pgtypes.ParseJSON(a[2]); err != nil {
			return j, err
		}
	}
	if len(list) == 0 || len(j.Values) == 0 && (how == pathDelete || how == pathReplace) {
		return j, nil
	}
	p := pathChanger{path: list, value: value, how: how}
	err = p.at(&j, 0)
	return j, err
}

type pathChanger struct {
	path  []iris.Value
	value tree
	how   pathChange
}

// at follows the path from its step n on.
func (p *pathChanger) at(j *tree, n int) error {
	if p.path[n].IsNull() {
		return pgerr.New("22004", "path element at position %d is null", n+1)
	}
	last := n == len(p.path)-1
	switch j.Kind {
	case 'o':
		return p.inObject(j, n, last)
	case 'a':
		return p.inArray(j, n, last)
	}
	return nil
}

func (p *pathChanger) inObject(j *tree, n int, last bool) error {
	key := textArg(p.path[n])
	i := slices.Index(j.Keys, key)
	switch {
	case !last && i >= 0:
		return p.at(&j.Values[i], n+1)
	case !last:
		return nil
	case i < 0 && (p.how == pathSet || p.how == pathInsert || p.how == pathInsertAfter):
		j.Keys, j.Values = append(j.Keys, key), append(j.Values, p.value)
	case i < 0:
	case p.how == pathDelete:
		j.Keys, j.Values = slices.Delete(j.Keys, i, i+1), slices.Delete(j.Values, i, i+1)
	case p.how == pathSet || p.how == pathReplace:
		j.Values[i] = p.value
	default:
		return pgerr.As(invalidParameter("cannot replace existing key")).
			WithHint("Try using the function jsonb_set to replace key value.")
	}
	return nil
}

func (p *pathChanger) inArray(j *tree, n int, last bool) error {
	v, err := pgtypes.ParseText(int4Type, textArg(p.path[n]))
	if err != nil {
		return pgerr.New(pgerr.InvalidTextRepresentation, "path element at position %d is not an integer: \"%s\"", n+1, textArg(p.path[n]))
	}
	i, ok := place(intArg(v), len(j.Values))
	switch {
	case !last && ok:
		return p.at(&j.Values[i], n+1)
	case !last:
	case !ok && (p.how == pathDelete || p.how == pathReplace):
	case !ok && i < 0:
		j.Values = slices.Insert(j.Values, 0, p.value)
	case !ok:
		j.Values = append(j.Values, p.value)
	case p.how == pathDelete:
		j.Values = slices.Delete(j.Values, i, i+1)
	case p.how == pathInsert:
		j.Values = slices.Insert(j.Values, i, p.value)
	case p.how == pathInsertAfter:
		j.Values = slices.Insert(j.Values, i+1, p.value)
	default:
		j.Values[i] = p.value
	}
	return nil
}

// stripNulls takes the fields that are null out of objects, not the elements of arrays.
func stripNulls(j tree) tree {
	out := tree{Kind: j.Kind, Text: j.Text}
	for i := range j.Values {
		if j.Kind == 'o' {
			if j.Values[i].Kind == 'n' {
				continue
			}
			out.Keys = append(out.Keys, j.Keys[i])
		}
		out.Values = append(out.Values, stripNulls(j.Values[i]))
	}
	return out
}

// appendCompact prints json without blanks.
func appendCompact(dst []byte, j tree) []byte {
	if isScalar(j) {
		return appendScalar(dst, j)
	}
	dst = append(dst, map[byte]byte{'a': '[', 'o': '{'}[j.Kind])
	for i := range j.Values {
		if i > 0 {
			dst = append(dst, ',')
		}
		if j.Kind == 'o' {
			dst = append(pgtypes.AppendJSONString(dst, j.Keys[i]), ':')
		}
		dst = appendCompact(dst, j.Values[i])
	}
	return append(dst, map[byte]byte{'a': ']', 'o': '}'}[j.Kind])
}

func appendScalar(dst []byte, j tree) []byte {
	switch j.Kind {
	case 's':
		return pgtypes.AppendJSONString(dst, j.Text)
	case '0':
		return append(dst, j.Text...)
	}
	return append(dst, map[byte]string{'n': "null", 't': "true", 'f': "false"}[j.Kind]...)
}

// appendPretty indents by four blanks a level.
func appendPretty(dst []byte, j tree, level int) []byte {
	if isScalar(j) {
		return appendScalar(dst, j)
	}
	open, end := byte('['), byte(']')
	if j.Kind == 'o' {
		open, end = '{', '}'
	}
	dst = append(dst, open, '\n')
	inner, outer := strings.Repeat("    ", level+1), strings.Repeat("    ", level)
	for i := range j.Values {
		if i > 0 {
			dst = append(dst, ",\n"...)
		}
		dst = append(dst, inner...)
		if j.Kind == 'o' {
			dst = append(pgtypes.AppendJSONString(dst, j.Keys[i]), ": "...)
		}
		dst = appendPretty(dst, j.Values[i], level+1)
	}
	if len(j.Values) > 0 {
		dst = append(dst, '\n')
	}
	return append(append(dst, outer...), end)
}
