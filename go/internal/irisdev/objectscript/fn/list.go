package fn

import (
	"strings"
	"unsafe"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

var listFunctions = table{
	"$LIST":           pure(1, 3, list),
	"$LISTBUILD":      {Min: 0, Max: 1 << 16, Call: listBuild},
	"$LISTDATA":       pure(1, 2, func(a args) (value.Value, error) { item, err := element(a); return Bool(item.Set), err }),
	"$LISTFIND":       pure(2, 3, listFind),
	"$LISTFROMSTRING": pure(1, 2, listFromString),
	"$LISTGET":        pure(1, 3, listGet),
	"$LISTLENGTH": pure(1, 1, func(a args) (value.Value, error) {
		items, err := Items(a.value(0))
		return value.Int(int64(len(items))), err
	}),
	"$LISTSAME":     pure(2, 2, listSame),
	"$LISTTOSTRING": pure(1, 3, listToString),
	"$LISTVALID":    pure(1, 1, func(a args) (value.Value, error) { _, err := Items(a.value(0)); return truth(err == nil) }),
}

// Item is an element of a list; one that was left out is not Set.
type Item struct {
	Value value.Value
	Set   bool
	raw   []byte
}

// bytesOf gives the bytes of what may be a list.
func bytesOf(v value.Value) ([]byte, bool) {
	switch v.Kind() {
	case value.Null:
		return nil, true
	case value.List:
		s := v.Raw()
		return unsafe.Slice(unsafe.StringData(s), len(s)), true // only read
	case value.String:
		return value.Latin1(v.Raw())
	}
	return nil, false
}

// Items splits a list; <LIST> if it is none. The empty string is a list without elements.
func Items(v value.Value) ([]Item, error) {
	data, ok := bytesOf(v)
	if !ok {
		return nil, errList
	}
	var out []Item
	for len(data) > 0 {
		item, n, err := nextItem(data)
		if err != nil {
			return nil, err
		}
		out = append(out, item)
		data = data[n:]
	}
	return out, nil
}

func nextItem(data []byte) (Item, int, error) {
	item, n, err := value.NextItem(data)
	if err != nil {
		return Item{}, 0, errList
	}
	return Item{Value: Plain(item.Value), Set: !item.Undefined, raw: data[:n]}, n, nil
}

// Plain gives the empty string the one form that it has in ObjectScript.
func Plain(v value.Value) value.Value { return plain(v) }

// ListNext is $LISTNEXT: the element at a pointer (0 at first), and the pointer to the next one. more is false behind the
// last, then the pointer is 0 again. <LIST>, <FUNCTION> for a pointer that was never given.
func ListNext(l value.Value, pointer int) (item Item, next int, more bool, err error) {
	data, ok := bytesOf(l)
	if !ok {
		return Item{}, 0, false, errList
	}
	if pointer < 0 || pointer > len(data) {
		return Item{}, 0, false, errFunction
	}
	if pointer == len(data) {
		return Item{}, 0, false, nil
	}
	item, n, err := nextItem(data[pointer:])
	return item, pointer + n, err == nil, err
}

func listBuild(_ Env, list []value.Value, given []bool) (value.Value, error) {
	var buf []byte
	for i, v := range list {
		if i < len(given) && !given[i] {
			buf = value.AppendUndefined(buf)
			continue
		}
		buf = value.AppendItem(buf, v)
	}
	if len(list) == 0 {
		buf = value.AppendUndefined(buf)
	}
	if len(buf) > MaxString {
		return value.Value{}, errMaxString
	}
	return value.ListOf(string(buf)), nil
}

// join makes a list of elements, unchanged.
func joinItems(items []Item) (value.Value, error) {
	var b strings.Builder
	for _, item := range items {
		b.Write(item.raw)
	}
	if b.Len() > MaxString {
		return value.Value{}, errMaxString
	}
	if b.Len() == 0 {
		return value.Value{}, nil
	}
	return value.ListOf(b.String()), nil
}

// element is the one that arguments 0 and 1 name: the first without a position, -1 the last, not Set if there is none.
func element(a args) (Item, error) { return ListData(a.value(0), a.int(1, 1)) }

// ListData is $LISTDATA: the element at a position and whether it has a value. <RANGE> below -1.
func ListData(l value.Value, at int) (Item, error) {
	items, err := Items(l)
	switch {
	case err != nil:
		return Item{}, err
	case at < -1:
		return Item{}, errRange
	case at == -1:
		at = len(items)
	}
	if at < 1 || at > len(items) {
		return Item{}, nil
	}
	return items[at-1], nil
}

// list is $LIST: one element, or a list of those in a range.
func list(a args) (value.Value, error) {
	if !a.has(2) {
		item, err := element(a)
		if err == nil && !item.Set {
			err = errNull
		}
		if err != nil {
			return value.Value{}, err
		}
		return item.Value, nil
	}
	items, err := Items(a.value(0))
	if err != nil {
		return value.Value{}, err
	}
	from, to := a.int(1, 1), a.int(2, -1)
	if from < -1 || to < -1 {
		return value.Value{}, errRange
	}
	if from == -1 {
		from = len(items)
	}
	if to == -1 {
		to = len(items)
	}
	from, to = max(from, 1), min(to, len(items))
	if from > to {
		return value.Value{}, nil
	}
	return joinItems(items[from-1 : to])
}

func listGet(a args) (value.Value, error) {
	item, err := element(a)
	if err != nil {
		return value.Value{}, err
	}
	if !item.Set {
		return a.value(2), nil
	}
	return item.Value, nil
}

// listFind gives the position of an element behind another; elements that were left out are not found.
func listFind(a args) (value.Value, error) {
	items, err := Items(a.value(0))
	if err != nil {
		return value.Value{}, err
	}
	after := a.int(2, 0)
	if after < -1 {
		return value.Value{}, errRange
	}
	want := a.value(1)
	for i := after; i >= 0 && i < len(items); i++ {
		if items[i].Set && items[i].Value.Text() == want.Text() {
			return count(i + 1)
		}
	}
	return count(0)
}

func listFromString(a args) (value.Value, error) {
	d := ","
	if a.has(1) {
		d = a.text(1)
	}
	if d == "" {
		return value.Value{}, fault.New("STRINGSTACK", "")
	}
	var buf []byte
	for _, s := range strings.Split(a.text(0), d) {
		buf = value.AppendItem(buf, Str(s))
	}
	if len(buf) > MaxString {
		return value.Value{}, errMaxString
	}
	return value.ListOf(string(buf)), nil
}

// listToString is $LISTTOSTRING; an element that was left out is <NULL VALUE>, or with the flag an empty string.
func listToString(a args) (value.Value, error) {
	items, err := Items(a.value(0))
	if err != nil {
		return value.Value{}, err
	}
	d := ","
	if a.has(1) {
		d = a.text(1)
	}
	texts := make([]string, len(items))
	for i, item := range items {
		if !item.Set && !Truth(a.value(2)) {
			return value.Value{}, errNull
		}
		texts[i] = item.Value.Text()
	}
	return limited(strings.Join(texts, d))
}

// listSame compares element by element, by text; it stops at the first difference.
func listSame(a args) (value.Value, error) {
	if Empty(a.value(0)) || Empty(a.value(1)) {
		return truth(Empty(a.value(0)) && Empty(a.value(1)))
	}
	x, ok := bytesOf(a.value(0))
	y, ok2 := bytesOf(a.value(1))
	if !ok || !ok2 {
		return value.Value{}, errList
	}
	for len(x) > 0 && len(y) > 0 {
		p, n, err := nextItem(x)
		if err != nil {
			return value.Value{}, err
		}
		q, m, err := nextItem(y)
		if err != nil {
			return value.Value{}, err
		}
		if p.Set != q.Set || p.Value.Text() != q.Value.Text() {
			return value.Int(0), nil
		}
		x, y = x[n:], y[m:]
	}
	return truth(len(x) == 0 && len(y) == 0)
}
