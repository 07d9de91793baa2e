package pgtypes

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"iris-pgwire/internal/pgerr"
)

// maxJSONDepth bounds the nesting; PostgreSQL's own bound is its stack (54001).
const maxJSONDepth = 5000

// jsonNode is one JSON value; a number keeps its spelling.
type jsonNode struct {
	kind   byte // n null, t true, f false, 0 number, s string, a array, o object
	text   string
	keys   []string // of an object, in the order of the text
	values []jsonNode
}

// jsonReader reads JSON strictly (RFC 8259). With build it makes nodes and insists on what jsonb can hold.
type jsonReader struct {
	s     string
	at    int
	build bool
}

func jsonSyntax(detail string, args ...any) error {
	return pgerr.New(pgerr.InvalidTextRepresentation, "invalid input syntax for type json").WithDetail(detail, args...)
}

func (r *jsonReader) blanks() {
	for r.at < len(r.s) {
		switch r.s[r.at] {
		case ' ', '\t', '\n', '\r':
			r.at++
		default:
			return
		}
	}
}

func (r *jsonReader) peek() byte {
	r.blanks()
	if r.at < len(r.s) {
		return r.s[r.at]
	}
	return 0
}

// token is the text that PostgreSQL's detail names: a word, or one character.
func (r *jsonReader) token() error {
	if r.at >= len(r.s) {
		return jsonSyntax("The input string ended unexpectedly.")
	}
	end := r.at
	for end < len(r.s) && (isLetter(r.s[end]) || isDigit(r.s[end]) || r.s[end] == '_' || r.s[end] >= 0x80) {
		end++
	}
	if end == r.at {
		end += firstRune(r.s[r.at:])
	}
	return jsonSyntax("Token \"%s\" is invalid.", r.s[r.at:end])
}

func (r *jsonReader) document() (jsonNode, error) {
	node, err := r.value(0)
	if err != nil {
		return node, err
	}
	if r.blanks(); r.at < len(r.s) {
		return node, jsonSyntax("Expected end of input, but found \"%s\".", r.s[r.at:r.at+firstRune(r.s[r.at:])])
	}
	return node, nil
}

func (r *jsonReader) value(depth int) (jsonNode, error) {
	if depth > maxJSONDepth {
		return jsonNode{}, pgerr.New(pgerr.StatementTooComplex, "stack depth limit exceeded")
	}
	switch c := r.peek(); {
	case c == '{':
		return r.object(depth)
	case c == '[':
		return r.array(depth)
	case c == '"':
		text, err := r.str()
		return jsonNode{kind: 's', text: text}, err
	case c == '-' || isDigit(c):
		return r.number()
	}
	for _, word := range []string{"null", "true", "false"} {
		end := r.at + len(word)
		if end <= len(r.s) && r.s[r.at:end] == word && (end == len(r.s) || !isLetter(r.s[end])) {
			r.at = end
			return jsonNode{kind: word[0]}, nil
		}
	}
	return jsonNode{}, r.token()
}

func (r *jsonReader) array(depth int) (jsonNode, error) {
	node := jsonNode{kind: 'a'}
	r.at++
	if r.peek() == ']' {
		r.at++
		return node, nil
	}
	for {
		element, err := r.value(depth + 1)
		if err != nil {
			return node, err
		}
		if r.build {
			node.values = append(node.values, element)
		}
		switch r.peek() {
		case ',':
			r.at++
		case ']':
			r.at++
			return node, nil
		default:
			return node, r.token()
		}
	}
}

func (r *jsonReader) object(depth int) (jsonNode, error) {
	node := jsonNode{kind: 'o'}
	r.at++
	if r.peek() == '}' {
		r.at++
		return node, nil
	}
	for {
		if r.peek() != '"' {
			return node, r.token()
		}
		key, err := r.str()
		if err != nil {
			return node, err
		}
		if r.peek() != ':' {
			return node, r.token()
		}
		r.at++
		element, err := r.value(depth + 1)
		if err != nil {
			return node, err
		}
		if r.build {
			node.keys, node.values = append(node.keys, key), append(node.values, element)
		}
		switch r.peek() {
		case ',':
			r.at++
		case '}':
			r.at++
			return node, nil
		default:
			return node, r.token()
		}
	}
}

func (r *jsonReader) number() (jsonNode, error) {
	start := r.at
	run := func() bool {
		from := r.at
		for r.at < len(r.s) && isDigit(r.s[r.at]) {
			r.at++
		}
		return r.at > from
	}
	bad := func() (jsonNode, error) { r.at = start; return jsonNode{}, r.token() }
	if r.s[r.at] == '-' {
		r.at++
	}
	zero := r.at < len(r.s) && r.s[r.at] == '0'
	from := r.at
	if !run() || zero && r.at > from+1 {
		return bad()
	}
	if r.at < len(r.s) && r.s[r.at] == '.' {
		if r.at++; !run() {
			return bad()
		}
	}
	if r.at < len(r.s) && r.s[r.at]|0x20 == 'e' {
		r.at++
		if r.at < len(r.s) && (r.s[r.at] == '+' || r.s[r.at] == '-') {
			r.at++
		}
		if !run() {
			return bad()
		}
	}
	if r.at < len(r.s) && (isLetter(r.s[r.at]) || isDigit(r.s[r.at])) {
		return bad()
	}
	return jsonNode{kind: '0', text: r.s[start:r.at]}, nil
}

func (r *jsonReader) str() (string, error) {
	r.at++
	start := r.at
	var out []byte
	for r.at < len(r.s) {
		switch c := r.s[r.at]; {
		case c == '"':
			text := r.s[start:r.at]
			r.at++
			if out != nil {
				return string(append(out, text...)), nil
			}
			return text, nil
		case c == '\\':
			out = append(out, r.s[start:r.at]...)
			var err error
			if out, err = r.escape(out); err != nil {
				return "", err
			}
			if out == nil {
				out = []byte{}
			}
			start = r.at
		case c < 0x20:
			return "", jsonSyntax("Character with value 0x%02x must be escaped.", c)
		default:
			r.at++
		}
	}
	return "", jsonSyntax("Token \"%s\" is invalid.", r.s[max(0, start-1):])
}

var jsonEscapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (r *jsonReader) escape(out []byte) ([]byte, error) {
	if r.at+1 >= len(r.s) {
		return out, jsonSyntax("The input string ended unexpectedly.")
	}
	c := r.s[r.at+1]
	r.at += 2
	if plain, ok := jsonEscapes[c]; ok {
		return append(out, plain), nil
	}
	if c != 'u' {
		return out, jsonSyntax("Escape sequence \"\\%s\" is invalid.", string(rune(c)))
	}
	unit, err := r.hex4()
	if err != nil || !r.build {
		return out, err
	}
	switch {
	case unit == 0:
		return out, pgerr.New(pgerr.UntranslatableCharacter, "unsupported Unicode escape sequence").
			WithDetail("\\u0000 cannot be converted to text.")
	case unit >= 0xDC00 && unit <= 0xDFFF:
		return out, jsonSyntax("Unicode low surrogate must follow a high surrogate.")
	case unit >= 0xD800 && unit <= 0xDBFF:
		if r.at+1 >= len(r.s) || r.s[r.at] != '\\' || r.s[r.at+1] != 'u' {
			return out, jsonSyntax("Unicode low surrogate must follow a high surrogate.")
		}
		r.at += 2
		low, err := r.hex4()
		if err != nil {
			return out, err
		}
		if unit = utf16.DecodeRune(unit, low); unit == utf8.RuneError {
			return out, jsonSyntax("Unicode low surrogate must follow a high surrogate.")
		}
	}
	return utf8.AppendRune(out, unit), nil
}

func (r *jsonReader) hex4() (rune, error) {
	if r.at+4 <= len(r.s) {
		if n, err := strconv.ParseUint(r.s[r.at:r.at+4], 16, 16); err == nil {
			r.at += 4
			return rune(n), nil
		}
	}
	return 0, jsonSyntax("\"\\u\" must be followed by four hexadecimal digits.")
}
