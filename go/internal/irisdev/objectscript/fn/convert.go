package fn

import (
	"encoding/binary"
	"strconv"
	"strings"
	"unicode"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

var convertFunctions = table{
	"$ZCONVERT": pure(2, 3, func(a args) (value.Value, error) {
		table := ""
		if len(a.list) > 2 {
			table = a.text(2)
		}
		s, _, err := Convert(a.text(0), a.text(1), table, "")
		if err != nil {
			return value.Value{}, err
		}
		return limited(s)
	}),
}

// Convert is $ZCONVERT with all its arguments; rest is what the handle holds afterwards, bytes that do not make a whole
// character yet. A wrong mode is <FUNCTION>, an unknown table <ILLEGAL VALUE>, a table that is not built <UNIMPLEMENTED>.
func Convert(s, mode, table, handle string) (result, rest string, err error) {
	switch strings.ToUpper(mode) {
	case "U":
		return mapRunes(s, unicode.ToUpper), "", nil
	case "L":
		return mapRunes(s, unicode.ToLower), "", nil
	case "T":
		return mapRunes(s, unicode.ToTitle), "", nil
	case "W":
		return words(s), "", nil
	case "S":
		return sentences(s), "", nil
	case "I":
		return translateIO(handle+s, table, true)
	case "O":
		return translateIO(handle+s, table, false)
	}
	return "", "", errFunction
}

// mapRunes maps each character that is not a half of a surrogate pair, one to one.
func mapRunes(s string, f func(rune) rune) string {
	if ascii(s) {
		return strings.Map(f, s)
	}
	var u []uint16
	for _, r := range wide(s) {
		if r < 0xD800 || r > 0xDFFF {
			r = f(r)
		}
		u = appendRune(u, r)
	}
	return value.FromUnits(u)
}

// words makes the first character of each word a capital: one at the start or behind a blank, a quotation mark, an
// apostrophe or an opening parenthesis; all others small.
func words(s string) string {
	first := true
	return mapRunes(s, func(r rune) rune {
		start := first
		first = strings.ContainsRune(" \"'(", r)
		if start {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	})
}

// sentences makes the first character that is no blank a capital, and those behind . ? and !.
func sentences(s string) string {
	first := true
	return mapRunes(s, func(r rune) rune {
		if r == ' ' {
			return r
		}
		start := first
		first = strings.ContainsRune(".?!", r)
		if start {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	})
}

// ioTable is a translation table: what leaves (out) and what comes in. in gives the bytes it could not use yet.
type ioTable struct {
	out func(s string) (string, error)
	in  func(s string) (result, rest string, err error)
}

// ioTables are the tables that every locale has.
var ioTables = map[string]ioTable{
	"RAW":    {out: rawOut, in: same},
	"SAME":   {out: rawOut, in: same},
	"UTF8":   {out: utf8Out, in: utf8In},
	"HTML":   {out: escapeHTML, in: unescapeEntities},
	"XML":    {out: escapeXML, in: unescapeEntities},
	"URL":    {out: escapeURL, in: unescapeURL},
	"JS":     {out: escapeJS, in: unescapeJS},
	"JSML":   {out: escapeJS, in: unescapeJS},
	"JSON":   {out: escapeJSON, in: unescapeJS},
	"JSONML": {out: escapeJSON, in: unescapeJS},

	"UNICODELITTLE": {out: utf16Out(binary.LittleEndian), in: utf16In(binary.LittleEndian)},
	"UNICODEBIG":    {out: utf16Out(binary.BigEndian), in: utf16In(binary.BigEndian)},
}

// knownTables exist in IRIS and are not built.
var knownTables = map[string]bool{"GB18030": true, "EUC": true, "SJIS": true, "JIS": true, "BIG5": true, "KSC": true, "XMLA": true,
	"XMLC": true, "URI": true, "": true, "0": true, "1": true, "2": true, "3": true}

func translateIO(s, name string, in bool) (string, string, error) {
	t, ok := ioTableOf(name)
	if !ok {
		if knownTables[strings.ToUpper(name)] {
			return "", "", fault.New("UNIMPLEMENTED", "$ZCONVERT with table "+strconv.Quote(name))
		}
		return "", "", errIllegal
	}
	if in {
		return t.in(s)
	}
	out, err := t.out(s)
	return out, "", err
}

func same(s string) (string, string, error) { return s, "", nil }

// rawOut passes characters of one byte and puts a question mark for others.
func rawOut(s string) (string, error) {
	if _, ok := value.Latin1(s); ok {
		return s, nil
	}
	u := value.Units(s)
	for i := range u {
		if u[i] > 0xFF {
			u[i] = '?'
		}
	}
	return value.FromUnits(u), nil
}
