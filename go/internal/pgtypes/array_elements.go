package pgtypes

import "iris-pgwire/internal/iris"

// Elements takes a canonical array of the element type apart.
func Elements(elem Type, v iris.Value) ([]iris.Value, error) {
	list, err := splitArray(v.String())
	if err != nil {
		return nil, err
	}
	out := make([]iris.Value, len(list))
	for i, e := range list {
		if e.null {
			continue
		}
		if out[i], err = ParseText(elem, e.text); err != nil {
			return nil, err
		}
	}
	return out, nil
}
