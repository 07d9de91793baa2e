package pgtypes

import (
	"encoding/binary"
	"math"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// Arrays are held as PostgreSQL's text form; only one dimension with the lower bound 1 is known here.

func malformed(text, detail string) error {
	return pgerr.New(pgerr.InvalidTextRepresentation, "malformed array literal: \"%s\"", text).WithDetail("%s", detail)
}

// parseArray checks every element by its own type and prints the array anew.
func parseArray(t Type, text string, st Style) (iris.Value, error) {
	elements, err := splitArray(text)
	if err != nil {
		return iris.Null(), err
	}
	elem := Type{OID: ElemOf(t.OID), Mod: t.Mod}
	dst := []byte{'{'}
	for i, e := range elements {
		if i > 0 {
			dst = append(dst, ',')
		}
		if e.null {
			dst = append(dst, "NULL"...)
			continue
		}
		v, err := ParseStyled(elem, e.text, st)
		if err != nil {
			return iris.Null(), err
		}
		if dst, err = appendElement(dst, elem, v); err != nil {
			return iris.Null(), err
		}
	}
	return iris.TextBytes(append(dst, '}')), nil
}

// appendElement prints an element with the quotes that it needs (PostgreSQL docs, "Array Input and Output Syntax").
func appendElement(dst []byte, elem Type, v iris.Value) ([]byte, error) {
	text, err := AppendText(nil, elem, v, Style{})
	if err != nil {
		return dst, err
	}
	s := string(text)
	if s != "" && !strings.ContainsAny(s, "{},\"\\ \t\n\r\v\f") && !strings.EqualFold(s, "null") {
		return append(dst, s...), nil
	}
	dst = append(dst, '"')
	for i := range len(s) {
		if s[i] == '"' || s[i] == '\\' {
			dst = append(dst, '\\')
		}
		dst = append(dst, s[i])
	}
	return append(dst, '"'), nil
}

type element struct {
	text string
	null bool
}

// splitArray cuts {a,"b",NULL} into its elements.
func splitArray(text string) ([]element, error) {
	s := trimSpace(text)
	switch {
	case strings.HasPrefix(s, "["):
		return nil, pgerr.NotBuilt(0, "an array with explicit bounds")
	case !strings.HasPrefix(s, "{"):
		return nil, malformed(text, "Array value must start with \"{\" or dimension information.")
	}
	if rest := trimSpace(s[1:]); rest == "}" {
		return nil, nil
	}
	var out []element
	for at := 1; ; {
		e, next, err := scanElement(s, at, text)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
		if s[next] == '}' {
			if trimSpace(s[next+1:]) != "" {
				return nil, malformed(text, "Junk after closing right brace.")
			}
			return out, nil
		}
		at = next + 1
	}
}

// scanElement reads one element and gives the index of the comma or brace behind it.
func scanElement(s string, at int, text string) (e element, next int, err error) {
	var out []byte
	quoted := false
	keep := 0 // blanks before this length are part of a quoted or escaped piece
	for ; at < len(s); at++ {
		switch c := s[at]; {
		case c == '\\':
			if at++; at == len(s) {
				return e, at, malformed(text, "Unexpected end of input.")
			}
			out = append(out, s[at])
			keep = len(out)
		case c == '"':
			end := at + 1
			for ; end < len(s) && s[end] != '"'; end++ {
				if s[end] == '\\' {
					end++
				}
				if end < len(s) {
					out = append(out, s[end])
				}
			}
			if end >= len(s) {
				return e, at, malformed(text, "Unexpected end of input.")
			}
			at, quoted, keep = end, true, len(out)
		case c == '{':
			return e, at, pgerr.NotBuilt(0, "an array of more than one dimension")
		case c == ',' || c == '}':
			for len(out) > keep && trimSpace(string(out[len(out)-1])) == "" {
				out = out[:len(out)-1]
			}
			if len(out) == 0 && !quoted {
				return e, at, malformed(text, "Unexpected \""+string(c)+"\" character.")
			}
			e = element{text: string(out), null: !quoted && keep == 0 && strings.EqualFold(string(out), "null")}
			return e, at, nil
		case len(out) == 0 && !quoted && trimSpace(string(c)) == "":
		default:
			out = append(out, c)
		}
	}
	return e, at, malformed(text, "Unexpected end of input.")
}

// sendArray writes dimensions, the null flag, the element type, the bounds and the elements (PostgreSQL's array_send).
func sendArray(dst []byte, t Type, v iris.Value) ([]byte, error) {
	elem := Type{OID: ElemOf(t.OID), Mod: t.Mod}
	elements, err := splitArray(v.String())
	if err != nil {
		return dst, err
	}
	word := binary.BigEndian.AppendUint32
	if len(elements) == 0 {
		return word(word(word(dst, 0), 0), uint32(elem.OID)), nil
	}
	nulls := uint32(0)
	for _, e := range elements {
		if e.null {
			nulls = 1
		}
	}
	dst = word(word(word(word(word(dst, 1), nulls), uint32(elem.OID)), uint32(len(elements))), 1)
	for _, e := range elements {
		if e.null {
			dst = word(dst, math.MaxUint32)
			continue
		}
		parsed, err := ParseText(elem, e.text)
		if err != nil {
			return dst, err
		}
		at := len(dst)
		if dst, err = AppendBinary(word(dst, 0), elem, parsed); err != nil {
			return dst, err
		}
		binary.BigEndian.PutUint32(dst[at:], uint32(len(dst)-at-4))
	}
	return dst, nil
}

func recvArray(t Type, b []byte) (iris.Value, error) {
	if len(b) < 12 {
		return iris.Null(), badBinary(t)
	}
	word := func(at int) uint32 { return binary.BigEndian.Uint32(b[at:]) }
	dims, elem := word(0), Type{OID: ElemOf(t.OID), Mod: t.Mod}
	switch {
	case OID(word(8)) != elem.OID:
		return iris.Null(), pgerr.New(pgerr.DatatypeMismatch, "binary data has array element type %d (%s) instead of expected %d (%s)",
			word(8), Format(Of(OID(word(8)))), elem.OID, Format(elem))
	case dims == 0:
		return iris.Text("{}"), nil
	case dims != 1:
		return iris.Null(), pgerr.NotBuilt(0, "an array of more than one dimension")
	case len(b) < 20:
		return iris.Null(), badBinary(t)
	case word(16) != 1:
		return iris.Null(), pgerr.NotBuilt(0, "an array with explicit bounds")
	}
	dst := []byte{'{'}
	at := 20
	for i := uint32(0); i < word(12); i++ {
		if i > 0 {
			dst = append(dst, ',')
		}
		if len(b)-at < 4 {
			return iris.Null(), badBinary(t)
		}
		n := int(int32(word(at)))
		at += 4
		if n < 0 {
			dst = append(dst, "NULL"...)
			continue
		}
		if n > len(b)-at {
			return iris.Null(), badBinary(t)
		}
		v, err := FromBinary(elem, b[at:at+n:at+n])
		if err == nil {
			dst, err = appendElement(dst, elem, v)
		}
		if err != nil {
			return iris.Null(), err
		}
		at += n
	}
	if at != len(b) {
		return iris.Null(), badBinary(t)
	}
	return iris.TextBytes(append(dst, '}')), nil
}
