package irissql

// tokenKind is the kind of a token.
type tokenKind uint8

const (
	endToken tokenKind = iota
	nameToken
	quotedToken  // "…"
	stringToken  // '…'
	numberToken  // digits
	symbolToken  // operators and punctuation
	specialToken // $HOROLOG, $LENGTH
)

// token is one token; its text is Text[pos:end].
type token struct {
	kind     tokenKind
	pos, end int
	// word is the upper-cased name when it is a word that the language knows; for symbols it is the symbol.
	word     string
	reserved bool
	double   bool // a number with an exponent
	doubled  bool // a quoted text with doubled quotes inside
}
