package pgtypes

import "iris-pgwire/internal/iris"

// JSONTree is a parsed JSON value. Of an object, Keys and Values go together, in the order of the text; jsonb has its keys
// in its own order and once each.
type JSONTree struct {
	Kind   byte   // n null, t true, f false, 0 number, s string, a array, o object
	Text   string // a number as it is spelled, a string without its escapes
	Keys   []string
	Values []JSONTree
}

// ParseJSON reads a json or jsonb value into a tree.
func ParseJSON(v iris.Value) (JSONTree, error) {
	r := jsonReader{s: v.String(), build: true}
	n, err := r.document()
	if err != nil {
		return JSONTree{}, err
	}
	return n.tree(), nil
}

func (n *jsonNode) tree() JSONTree {
	out := JSONTree{Kind: n.kind, Text: n.text, Keys: n.keys}
	if len(n.values) > 0 {
		out.Values = make([]JSONTree, len(n.values))
		for i := range n.values {
			out.Values[i] = n.values[i].tree()
		}
	}
	return out
}

func (j *JSONTree) node() jsonNode {
	out := jsonNode{kind: j.Kind, text: j.Text, keys: j.Keys, values: make([]jsonNode, len(j.Values))}
	for i := range j.Values {
		out.values[i] = j.Values[i].node()
	}
	return out
}

// JSONBValue makes the canonical jsonb of a tree.
func JSONBValue(j JSONTree) (iris.Value, error) {
	n := j.node()
	out, err := n.append(nil)
	return iris.TextBytes(out), err
}

// AppendJSONString appends a string as JSON writes it, with its quotes.
func AppendJSONString(dst []byte, s string) []byte { return appendJSONString(dst, s) }

// JSONSpan is one member of a JSON text as it is spelled: its key (of an object) and where its value stands.
type JSONSpan struct {
	Key        string
	Start, End int
}

// JSONMembers finds the elements of a json array or object in the text, since json keeps the spelling of its parts. kind
// is as in JSONTree; a scalar has no members.
func JSONMembers(text string) (kind byte, members []JSONSpan, err error) {
	r := jsonReader{s: text, build: true}
	switch r.peek() {
	case '[':
		kind = 'a'
	case '{':
		kind = 'o'
	default:
		n, err := r.document()
		return n.kind, nil, err
	}
	r.at++
	for r.peek() != ']' && r.peek() != '}' {
		var m JSONSpan
		if kind == 'o' {
			if m.Key, err = r.str(); err != nil {
				return kind, nil, err
			}
			r.peek()
			r.at++
		}
		r.blanks()
		m.Start = r.at
		if _, err = r.value(1); err != nil {
			return kind, nil, err
		}
		m.End = r.at
		members = append(members, m)
		if r.peek() == ',' {
			r.at++
		}
	}
	return kind, members, nil
}
