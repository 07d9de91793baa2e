package fn

import "iris-pgwire/internal/irisdev/value"

// SetList is SET $LIST(l,from)=v, or with rng SET $LIST(l,from,to)=v, where v is a list whose elements take the place of the
// range. -1 is the last element. Elements without value fill up to from. <LIST>, <RANGE>, and <NULL VALUE> for position 0.
func SetList(old value.Value, from, to int, rng bool, v value.Value) (value.Value, error) {
	items, err := Items(old)
	if err != nil {
		return value.Value{}, err
	}
	if from < -1 || rng && to < -1 {
		return value.Value{}, errRange
	}
	if from == -1 {
		from = max(len(items), 1)
	}
	if rng && to == -1 {
		to = len(items)
	}
	if !rng && from == 0 {
		return value.Value{}, errNull
	}
	if rng && max(from, 1) > to {
		return old, nil
	}
	var new []Item
	if rng {
		if new, err = Items(v); err != nil {
			return value.Value{}, err
		}
	} else {
		new, to = []Item{{raw: value.AppendItem(nil, v)}}, from
	}
	return splice(items, max(from, 1), to, new)
}

func splice(items []Item, from, to int, new []Item) (value.Value, error) {
	if from > MaxString {
		return value.Value{}, errMaxString
	}
	for len(items) < from-1 {
		items = append(items, Item{raw: value.AppendUndefined(nil)})
	}
	out := append([]Item{}, items[:from-1]...)
	out = append(out, new...)
	if to < len(items) {
		out = append(out, items[to:]...)
	}
	return joinItems(out)
}

// Update is one value of $LISTUPDATE; one that is not Set leaves its element as it is.
type Update struct {
	Set   bool
	Value value.Value
}

// ListUpdate is $LISTUPDATE(list, position, bool:value, …): elements from position on are replaced one by one.
func ListUpdate(l value.Value, position int, updates []Update) (value.Value, error) {
	items, err := Items(l)
	if err != nil {
		return value.Value{}, err
	}
	if position < 0 {
		return value.Value{}, errRange
	}
	if position == 0 {
		return l, nil
	}
	for i, u := range updates {
		at := position + i
		if !u.Set {
			continue
		}
		if at > MaxString {
			return value.Value{}, errMaxString
		}
		for len(items) < at {
			items = append(items, Item{raw: value.AppendUndefined(nil)})
		}
		items[at-1] = Item{raw: value.AppendItem(nil, u.Value)}
	}
	return joinItems(items)
}
