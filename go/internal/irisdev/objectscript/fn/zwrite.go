package fn

import (
	"fmt"
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// ZWriteText writes a value as ZWRITE shows it: numbers, and texts that are canonical numbers, plain; texts in quotes, control
// characters as $c(n); lists as $lb(…); bit strings with the positions of their ones in a comment (IRIS docs, "ZWRITE").
func ZWriteText(v value.Value) string {
	switch v.Kind() {
	case value.Number:
		return v.Text()
	case value.Double:
		return "$double(" + quotedDouble(v) + ")"
	case value.Vector:
		return v.Text()
	}
	if v.Kind() == value.List || looksListed(v) {
		if items, err := Items(v); err == nil && len(items) > 0 {
			return listText(items)
		}
	}
	if b, err := bitsOf(v); err == nil && b.n > 0 {
		return bitText(b, v)
	}
	s := v.Text()
	if _, number := value.CanonicalNumber(s); number {
		return s
	}
	return stringText(s)
}

func quotedDouble(v value.Value) string {
	if s := v.Text(); strings.Trim(s, "-INFA") == "" {
		return Quote(s)
	}
	return v.ShortText()
}

// looksListed reports a text whose second byte can be the type of a list element.
func looksListed(v value.Value) bool {
	s := v.Text()
	return v.Kind() == value.String && s != "" && (len(s) == 1 && s[0] == 1 || len(s) > 1 && s[0] < 128 && s[1] < 32)
}

// listText writes a list; elements that are lists in turn are written as such.
func listText(items []Item) string {
	parts := make([]string, len(items))
	for i, item := range items {
		switch {
		case !item.Set:
		case isNumber(item.Value):
			parts[i] = ZWriteText(item.Value)
		case looksListed(item.Value):
			parts[i] = ZWriteText(item.Value)
		default:
			parts[i] = stringText(item.Value.Text())
		}
	}
	return "$lb(" + strings.Join(parts, ",") + ")"
}

// stringText writes a text with its control characters between the quoted parts.
func stringText(s string) string {
	var parts []string
	var plain strings.Builder
	var codes []string
	flush := func() {
		if plain.Len() > 0 {
			parts = append(parts, Quote(plain.String()))
			plain.Reset()
		}
		if len(codes) > 0 {
			parts = append(parts, "$c("+strings.Join(codes, ",")+")")
			codes = nil
		}
	}
	for i := 0; i < len(s); {
		r, n := value.DecodeRune(s[i:])
		if r < 32 || r >= 127 && r < 160 || r >= 0xD800 && r < 0xE000 {
			if plain.Len() > 0 {
				flush()
			}
			codes = append(codes, strconv.Itoa(int(r)))
		} else {
			if len(codes) > 0 {
				flush()
			}
			plain.WriteString(s[i : i+n])
		}
		i += n
	}
	flush()
	if len(parts) == 0 {
		return `""`
	}
	return strings.Join(parts, "_")
}

// bitText writes the words of a bit string and, in a comment, its ones; three and more in a row as a range.
func bitText(b bitString, v value.Value) string {
	raw, _ := bytesOf(v)
	codes := make([]string, len(raw))
	for i, c := range raw {
		codes[i] = strconv.Itoa(int(c))
	}
	var ones []string
	for i := 1; i <= b.n; i++ {
		if !b.get(i) {
			continue
		}
		j := i
		for b.get(j + 1) {
			j++
		}
		if j-i >= 2 {
			ones = append(ones, fmt.Sprintf("%d..%d", i, j))
			i = j
		} else {
			ones = append(ones, strconv.Itoa(i))
		}
	}
	return "$c(" + strings.Join(codes, ",") + ")/*$bit(" + strings.Join(ones, ",") + ")*/"
}
