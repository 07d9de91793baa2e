package parse

// longestKeyword is the length of current_timestamp.
const longestKeyword = 17

// keywordSlots is a hash table with open addressing over the words; a power of two, some four times their number.
const keywordSlots = 2048

var keywordTable = buildKeywordTable()

func buildKeywordTable() (table [keywordSlots]kw) {
	for id := noKeyword + 1; id < kwCount; id++ {
		word := keywords[id].word
		h := uint32(0)
		for i := 0; i < len(word); i++ {
			h = h*31 + uint32(word[i])
		}
		for h %= keywordSlots; table[h] != noKeyword; h = (h + 1) % keywordSlots {
		}
		table[h] = id
	}
	return table
}

// lookupKeyword finds a word, in any case, among the keywords.
func lookupKeyword(word string) kw {
	if len(word) > longestKeyword || len(word) < 2 {
		return noKeyword
	}
	var folded [longestKeyword]byte
	h := uint32(0)
	for i := 0; i < len(word); i++ {
		c := word[i]
		if isUpper(c) {
			c |= 0x20
		}
		folded[i] = c
		h = h*31 + uint32(c)
	}
	for h %= keywordSlots; keywordTable[h] != noKeyword; h = (h + 1) % keywordSlots {
		if keywords[keywordTable[h]].word == string(folded[:len(word)]) {
			return keywordTable[h]
		}
	}
	return noKeyword
}
