package iris

import (
	"strings"
	"unicode/utf8"
)

// quotes are the marks that names stand in: IRIS's own, and those of other languages, since its texts are translated.
var quotes = map[rune]rune{'\'': '\'', '"': '"', '„': '“', '“': '”', '‘': '’', '«': '»', '»': '«', '「': '」'}

// nextName gives the first text in quotes and what stands behind it.
func nextName(text string) (name, rest string, found bool) {
	for i, r := range text {
		end, opens := quotes[r]
		if !opens {
			continue
		}
		name, rest, found = strings.Cut(text[i+utf8.RuneLen(r):], string(end))
		if found {
			return name, rest, true
		}
	}
	return "", "", false
}

// quoted gives the first text in quotes behind a word, which is compared without case; "" when there is none.
func quoted(text, word string) string {
	at := strings.Index(strings.ToLower(text), strings.ToLower(word))
	if at < 0 || at+len(word) > len(text) {
		return ""
	}
	name, _, _ := nextName(text[at+len(word):])
	return name
}

// lastPart is a name without its schema and table.
func lastPart(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// Names reports that IRIS's message has the name, or one that ends in it, in quotes, in whatever language its words are.
func (e *Error) Names(name string) bool {
	for text := e.Message; ; {
		found, rest, ok := nextName(text)
		if !ok {
			return false
		}
		if strings.EqualFold(lastPart(found), lastPart(name)) {
			return true
		}
		text = rest
	}
}
