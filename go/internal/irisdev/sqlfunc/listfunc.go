package sqlfunc

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// listFunctions make and read $LIST values (IRIS docs, "$LIST", "$LISTBUILD" …).
var listFunctions = []Function{
	{Name: "$LISTBUILD", Min: 1, Max: -1, Compile: always(listType, func(a []value.Value) (value.Value, error) {
		return built(a)
	})},
	{Name: "$LISTFROMSTRING", Min: 1, Max: 2, Compile: result(listType, listFromString)},
	{Name: "$LISTTOSTRING", Min: 1, Max: 2, Params: types(listType, unknown), Compile: result(anyText, listToString)},
	{Name: "$LISTLENGTH", Min: 1, Max: 1, Params: types(listType), Compile: ofList(integer, func(items, _ []value.Value) (value.Value, error) {
		return value.Int(int64(len(items))), nil
	})},
	{Name: "$LISTDATA", Min: 1, Max: 2, Params: types(listType, integer), Compile: ofList(integer, func(items, a []value.Value) (value.Value, error) {
		at := position(items, a)
		return boolean(at >= 0 && !items[at].IsNull()), nil
	})},
	{Name: "$LISTFIND", Min: 2, Max: 3, Params: types(listType, unknown, integer), Compile: ofList(integer, listFind)},
	{Name: "$LISTGET", Min: 1, Max: 3, Params: types(listType, integer, unknown), Compile: ofList(anyText, listGet)},
	{Name: "$LIST", Min: 1, Max: 3, Params: types(listType, integer), Compile: list},
	{Name: "$LISTSAME", Min: 2, Max: 2, Params: types(listType), Compile: ofList(integer, func(items, a []value.Value) (value.Value, error) {
		other, err := listItems(a[1])
		return boolean(sameItems(items, other)), err
	})},
}

// listItems reads a list; what is none is the ObjectScript error <LIST>.
func listItems(v value.Value) ([]value.Value, error) {
	items, err := value.ListItems(v)
	if err != nil {
		return nil, sqlerr.New(-400, "Unexpected error occurred: <LIST>")
	}
	return items, nil
}

// ofList is a function of a list, given its elements, and the rest of its arguments.
func ofList(t sqltype.Type, f func(items, a []value.Value) (value.Value, error)) compileFunc {
	return result(t, func(a []value.Value) (value.Value, error) {
		items, err := listItems(a[0])
		if err != nil {
			return value.Value{}, err
		}
		return f(items, a)
	})
}

func built(items []value.Value) (value.Value, error) {
	v := value.BuildList(items...)
	if len(v.Raw()) > sqltype.MaxString {
		return maxString()
	}
	return v, nil
}

// position is the index that argument 1 names: 1 without it, -1 for the last element; -1 if there is no such element.
func position(items, a []value.Value) int {
	at := optional(a, 1, 1)
	if at == -1 {
		at = len(items)
	}
	if at < 1 || at > len(items) {
		return -1
	}
	return at - 1
}

// list is $LIST: one element, which has to be there, or a list of those in a range.
func list(_ Context, args []Arg) (Call, error) {
	if len(args) < 3 {
		return ofList(anyText, func(items, a []value.Value) (value.Value, error) {
			at := position(items, a)
			if at < 0 || items[at].IsNull() {
				return value.Value{}, sqlerr.New(-400, "Unexpected error occurred: <NULL VALUE>")
			}
			return elementText(items[at]), nil
		})(Context{}, args)
	}
	return ofList(listType, func(items, a []value.Value) (value.Value, error) {
		from, to := whole(a[1]), whole(a[2])
		if to == -1 || to > len(items) {
			to = len(items)
		}
		from = max(from, 1)
		if from > to {
			return null()
		}
		return built(items[from-1 : to])
	})(Context{}, args)
}

// listGet is $LISTGET: the element, or the default, or ObjectScript's empty string, which is NULL here.
func listGet(items, a []value.Value) (value.Value, error) {
	if at := position(items, a); at >= 0 && !items[at].IsNull() {
		return elementText(items[at]), nil
	}
	if len(a) > 2 {
		return a[2], nil
	}
	return null()
}

// elementText is an element as a string; a list in a list stays one.
func elementText(v value.Value) value.Value {
	if v.Kind() == value.String || v.Kind() == value.List {
		return v
	}
	return value.Text(v.Text())
}

// listFind is $LISTFIND: the place of a value behind a place, 0 if it is not there.
func listFind(items, a []value.Value) (value.Value, error) {
	for i := max(optional(a, 2, 0), 0); i < len(items); i++ {
		if value.Equal(items[i], a[1]) {
			return value.Int(int64(i + 1)), nil
		}
	}
	return value.Int(0), nil
}

func listFromString(a []value.Value) (value.Value, error) {
	delimiter := ","
	if len(a) > 1 {
		delimiter = a[1].Text()
	}
	parts := []string{a[0].Text()}
	if delimiter != "" {
		parts = strings.Split(parts[0], delimiter)
	}
	items := make([]value.Value, len(parts))
	for i, p := range parts {
		items[i] = value.Text(p)
	}
	return built(items)
}

func listToString(a []value.Value) (value.Value, error) {
	items, err := listItems(a[0])
	if err != nil {
		return value.Value{}, err
	}
	delimiter := ","
	if len(a) > 1 {
		delimiter = a[1].Text()
	}
	parts := make([]string, len(items))
	for i, v := range items {
		parts[i] = v.Text()
	}
	return text(strings.Join(parts, delimiter))
}

func sameItems(a, b []value.Value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !value.Equal(a[i], b[i]) {
			return false
		}
	}
	return true
}
