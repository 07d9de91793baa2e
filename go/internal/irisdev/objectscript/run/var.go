package run

import (
	"github.com/tidwall/btree"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

// Var is a node of a local array: it may have a value and nodes below, in the order of their subscripts. Values with objects
// are given and taken by the process (Process.Assign, Process.Clear), which counts references.
type Var struct {
	Value Value
	Set   bool                     // it has a value
	Below *btree.Map[string, *Var] // by encoded subscript (value.AppendKey); nil without any
}

// maxLocalKey is the longest subscript of a local, in encoded bytes (IRIS docs, "General System Limits").
const maxLocalKey = 32767

// subKey encodes a subscript of a local.
func subKey(sub value.Value) (string, error) {
	if sub.Kind() == value.Null {
		return "", fault.New("SUBSCRIPT", "")
	}
	var room [48]byte
	key, err := value.AppendKey(room[:0], sub)
	if err != nil || len(key) > maxLocalKey {
		return "", fault.New("SUBSCRIPT", "")
	}
	return string(key), nil
}

// subOf is the subscript that a key stands for.
func subOf(key string) value.Value {
	v, _, _ := value.NextKey(key)
	return fromStore(v)
}

// Node gives the node below by its subscripts, nil if there is none.
func (v *Var) Node(subs ...value.Value) *Var {
	for _, s := range subs {
		if v == nil || v.Below == nil {
			return nil
		}
		key, err := subKey(s)
		if err != nil {
			return nil
		}
		next, ok := v.Below.Get(key)
		if !ok {
			return nil
		}
		v = next
	}
	return v
}

// Make gives the node below by its subscripts and makes it if it is not there. <SUBSCRIPT> for an empty subscript.
func (v *Var) Make(subs ...value.Value) (*Var, error) {
	for _, s := range subs {
		key, err := subKey(s)
		if err != nil {
			return nil, err
		}
		if v.Below == nil {
			v.Below = btree.NewMap[string, *Var](16)
		}
		next, ok := v.Below.Get(key)
		if !ok {
			next = &Var{}
			v.Below.Set(key, next)
		}
		v = next
	}
	return v, nil
}

// Get gives a node's value; false if it has none.
func (v *Var) Get(subs ...value.Value) (Value, bool) {
	n := v.Node(subs...)
	if n == nil || !n.Set {
		return Value{}, false
	}
	return n.Value, true
}

// Defined reports a value or nodes below.
func (v *Var) Defined() bool { return v != nil && (v.Set || v.below()) }

func (v *Var) below() bool { return v.Below != nil && v.Below.Len() > 0 }

// Data is $DATA.
func (v *Var) Data() int {
	d := 0
	if v == nil {
		return 0
	}
	if v.Set {
		d = 1
	}
	if v.below() {
		d += 10
	}
	return d
}

// Next gives the subscript after sub among those below, or the one before it; the empty string asks for the first or the last.
func (v *Var) Next(sub value.Value, reverse bool) (value.Value, *Var, bool) {
	if v == nil || v.Below == nil {
		return value.Value{}, nil, false
	}
	var key string
	var node *Var
	ok := false
	if sub.Kind() == value.Null {
		if reverse {
			key, node, ok = v.Below.Max()
		} else {
			key, node, ok = v.Below.Min()
		}
	} else {
		pivot, err := subKey(sub)
		if err != nil {
			return value.Value{}, nil, false
		}
		visit := func(k string, n *Var) bool {
			if k == pivot {
				return true
			}
			key, node, ok = k, n, true
			return false
		}
		if reverse {
			v.Below.Descend(pivot, visit)
		} else {
			v.Below.Ascend(pivot, visit)
		}
	}
	if !ok {
		return value.Value{}, nil, false
	}
	return subOf(key), node, true
}

// Each visits the nodes right below in their order until visit says false.
func (v *Var) Each(visit func(sub value.Value, node *Var) bool) {
	if v == nil || v.Below == nil {
		return
	}
	v.Below.Scan(func(key string, n *Var) bool { return visit(subOf(key), n) })
}

// Count is the number of nodes right below.
func (v *Var) Count() int {
	if v == nil || v.Below == nil {
		return 0
	}
	return v.Below.Len()
}
