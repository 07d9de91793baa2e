package schema

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"iris-pgwire/internal/iris"
)

// property is a column's property in the class dictionary: what INFORMATION_SCHEMA does not tell.
type property struct {
	class      string // data type class: %Library.Vector
	parameters map[string]string
}

// closedCodes are the SQLCODEs of a dictionary that the user may not read, or that has not what was asked for (IRIS docs,
// "SQL Error Codes": field not found, table not found, privilege violation).
var closedCodes = []int{-29, -30, -99}

// properties reads a class's properties by column name in upper case. Without the right to read the dictionary nothing is
// known: nil.
func (r *reader) properties(ctx context.Context, class string) (map[string]property, error) {
	out := map[string]property{}
	err := r.ask(ctx, askProperties, func(row []iris.Value) {
		name := row[0].String()
		if name == "" {
			name = row[1].String()
		}
		out[strings.ToUpper(name)] = property{row[2].String(), readParameters(row[3])}
	}, class)
	var refused *iris.Error
	if errors.As(err, &refused) && slices.Contains(closedCodes, refused.Code) {
		return nil, nil
	}
	return out, err
}

// number reads a numeric parameter; 0 when it has none.
func (p property) number(name string) int {
	n, err := strconv.Atoi(p.parameters[name])
	if err != nil {
		return 0
	}
	return n
}

// knownParameters are the ones that a column's meaning depends on.
var knownParameters = []string{"COLLATION", "MAXLEN", "LEN", "DATATYPE", "SCALE", "MINVAL", "PRECISION"}

// readParameters reads a property's parameters in either form. In the text form values may hold commas themselves, so it
// is searched for the known names only; anything else is passed over.
func readParameters(v iris.Value) map[string]string {
	if v.IsNull() {
		return nil
	}
	if raw, ok := v.Bytes(); ok {
		if pairs, ok := readPairs(raw); ok {
			return pairs
		}
	}
	out := map[string]string{}
	words := strings.Split(v.String(), ",")
	for i := 0; i+1 < len(words); i++ {
		if slices.Contains(knownParameters, words[i]) {
			out[words[i]] = words[i+1]
			i++
		}
	}
	return out
}

// readPairs reads the list that IRIS keeps a small array in: $LISTBUILD($LISTBUILD(name, value), …), or name and value in
// turn.
func readPairs(b []byte) (map[string]string, bool) {
	outer, ok := readList(b)
	if !ok || len(outer) == 0 {
		return nil, false
	}
	out := map[string]string{}
	for _, item := range outer {
		pair, ok := readList(item)
		if !ok || len(pair) != 2 {
			return readFlat(outer)
		}
		out[string(pair[0])] = string(pair[1])
	}
	return out, true
}

func readFlat(items [][]byte) (map[string]string, bool) {
	if len(items)%2 != 0 {
		return nil, false
	}
	out := map[string]string{}
	for i := 0; i < len(items); i += 2 {
		out[string(items[i])] = string(items[i+1])
	}
	return out, true
}

// readList reads a $LIST whose elements are short 8-bit strings: a length byte that counts itself and the type byte 1
// (facts of the superserver's list format).
func readList(b []byte) (items [][]byte, ok bool) {
	for len(b) > 0 {
		n := int(b[0])
		if n < 2 || n > len(b) || b[1] != 1 {
			return nil, false
		}
		items = append(items, b[2:n])
		b = b[n:]
	}
	return items, true
}
