package pgtypes

import (
	"slices"
	"strings"

	"iris-pgwire/internal/iris"
)

// parseJSON checks json and keeps its text; jsonb becomes PostgreSQL's normal form.
func parseJSON(t Type, text string, _ Style) (iris.Value, error) {
	r := jsonReader{s: text, build: t.OID == JSONB}
	node, err := r.document()
	if err != nil {
		return iris.Null(), err
	}
	if !r.build {
		return iris.Text(text), nil
	}
	out, err := node.append(nil)
	if err != nil {
		return iris.Null(), err
	}
	return iris.TextBytes(out), nil
}

// append prints jsonb: keys by length and then bytes, the last of equal keys, a blank behind ":" and ",", numbers as
// numeric prints them (PostgreSQL docs, "JSON Types").
func (n *jsonNode) append(dst []byte) ([]byte, error) {
	switch n.kind {
	case 'n':
		return append(dst, "null"...), nil
	case 't':
		return append(dst, "true"...), nil
	case 'f':
		return append(dst, "false"...), nil
	case 's':
		return appendJSONString(dst, n.text), nil
	case '0':
		d, _, err := scanDigits(n.text)
		if err != nil {
			return dst, err
		}
		return d.append(dst), nil
	case 'a':
		return n.appendArray(dst)
	}
	return n.appendObject(dst)
}

func (n *jsonNode) appendArray(dst []byte) ([]byte, error) {
	dst = append(dst, '[')
	for i := range n.values {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		var err error
		if dst, err = n.values[i].append(dst); err != nil {
			return dst, err
		}
	}
	return append(dst, ']'), nil
}

func (n *jsonNode) appendObject(dst []byte) ([]byte, error) {
	order := make([]int, len(n.keys))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if d := len(n.keys[a]) - len(n.keys[b]); d != 0 {
			return d
		}
		return strings.Compare(n.keys[a], n.keys[b])
	})
	dst = append(dst, '{')
	for i, k := range order {
		if i+1 < len(order) && n.keys[order[i+1]] == n.keys[k] {
			continue // a later one of the same name wins
		}
		if dst[len(dst)-1] != '{' {
			dst = append(dst, ", "...)
		}
		dst = append(appendJSONString(dst, n.keys[k]), ": "...)
		var err error
		if dst, err = n.values[k].append(dst); err != nil {
			return dst, err
		}
	}
	return append(dst, '}'), nil
}

// appendJSONString escapes only what JSON demands, as PostgreSQL's escape_json.
func appendJSONString(dst []byte, s string) []byte {
	const hexDigits = "0123456789abcdef"
	dst = append(dst, '"')
	for i := range len(s) {
		switch c := s[i]; c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\b':
			dst = append(dst, `\b`...)
		case '\f':
			dst = append(dst, `\f`...)
		case '\n':
			dst = append(dst, `\n`...)
		case '\r':
			dst = append(dst, `\r`...)
		case '\t':
			dst = append(dst, `\t`...)
		default:
			if c < 0x20 {
				dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
				continue
			}
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}

// recvJSON reads json's text, and jsonb's text behind its version byte 1.
func recvJSON(t Type, b []byte) (iris.Value, error) {
	if t.OID == JSONB {
		if len(b) == 0 || b[0] != 1 {
			return iris.Null(), badBinary(t)
		}
		b = b[1:]
	}
	return checked(parseJSON)(t, b)
}

func sendJSONB(dst []byte, _ Type, v iris.Value) ([]byte, error) {
	return v.AppendText(append(dst, 1)), nil
}
