package sqltype

// Collation is how text is compared, ordered and made unique (IRIS docs, "Collation").
type Collation uint8

// The collations. Numbers have none of them: NoCollation orders by number.
const (
	NoCollation Collation = iota
	Exact                 // canonical numbers first, then by character
	SQLUpper              // upper case, trailing blanks dropped
	SQLString             // trailing blanks dropped
	Plus                  // as a number
	Minus                 // as a number, reversed
	Truncate              // Exact on the first characters
	Upper                 // legacy: upper case
	AlphaUp               // legacy: upper case without punctuation
	Space                 // legacy: a blank in front
	MVR                   // legacy: mixed numbers and text
)

var collationNames = [...]string{"", "EXACT", "SQLUPPER", "SQLSTRING", "PLUS", "MINUS", "TRUNCATE", "UPPER", "ALPHAUP", "SPACE", "MVR"}

// String gives the collation's name as DDL writes it.
func (c Collation) String() string { return collationNames[c] }

// CollationByName looks up an upper-cased name with or without its leading percent sign.
func CollationByName(name string) (Collation, bool) {
	if len(name) > 0 && name[0] == '%' {
		name = name[1:]
	}
	if name == "STRING" {
		return SQLString, true
	}
	for i, n := range collationNames {
		if i > 0 && n == name {
			return Collation(i), true
		}
	}
	return NoCollation, false
}
