package parse

import (
	"strings"
	"unicode/utf8"

	"iris-pgwire/internal/pgerr"
)

// tokenKind is what the lexer found. A character that is a token by itself ( ( ) [ ] , ; . : + - * / % ^ < > = ) has its
// own byte as kind.
type tokenKind uint8

// The other kinds of tokens.
const (
	tokEOF tokenKind = 128 + iota
	tokError
	tokIdent  // kw is set if it is a keyword
	tokQuoted // "identifier"
	tokString
	tokBits // b'…' and x'…'
	tokInt  // digits only, also hexadecimal, octal, binary
	tokFloat
	tokParam
	tokOp
	tokCast       // ::
	tokDotDot     // ..
	tokColonEqual // :=
	tokArrow      // =>
	tokLessEqual
	tokGreaterEqual
	tokNotEqual
)

// token is one token; its text is text[start:end]. plain strings and identifiers are their text without the quotes,
// others (escapes, upper case, continued strings) have their value in scanner.values.
type token struct {
	start, end uint32
	kw         kw
	kind       tokenKind
	computed   bool
}

// Limits of a text. PostgreSQL's own are the size of a message and of its parser's stack.
const (
	maxText   = 64 << 20 // bytes
	maxTokens = 4 << 20
	// maxDepth bounds the nesting of the tree, so that whoever walks it recursively is safe.
	maxDepth = 5000
)

// maxIdentifier is NAMEDATALEN−1: longer identifiers are truncated.
const maxIdentifier = 63

// scanner cuts a text into tokens. An error is a token too: it is raised only when the parser reaches it, as in
// PostgreSQL, whose lexer runs just ahead of the parser.
type scanner struct {
	text   string
	pos    int
	tokens []token
	values map[uint32]string // by token start
	err    *pgerr.Error      // of the tokError that ends tokens
}

// scan cuts the whole text.
func scan(text string) (*scanner, error) {
	if len(text) > maxText {
		return nil, pgerr.New(pgerr.ProgramLimitExceeded, "statement text of %d bytes exceeds the limit of %d", len(text), maxText)
	}
	if bad := firstInvalid(text); bad >= 0 {
		return nil, invalidUTF8([]byte(text[bad:min(len(text), bad+4)]))
	}
	s := &scanner{text: text, tokens: make([]token, 0, len(text)/5+8)}
	for s.next() {
		if len(s.tokens) > maxTokens {
			return nil, pgerr.New(pgerr.ProgramLimitExceeded, "statement text exceeds the limit of %d tokens", maxTokens)
		}
	}
	return s, nil
}

// firstInvalid finds what no text may hold: a zero byte or what is not UTF-8; −1 is nothing.
func firstInvalid(text string) int {
	zero := strings.IndexByte(text, 0)
	if utf8.ValidString(text) {
		return zero
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && n <= 1 || i == zero {
			return i
		}
		i += n
	}
	return zero
}

// add appends the token text[start:s.pos].
func (s *scanner) add(kind tokenKind, start int) {
	s.tokens = append(s.tokens, token{start: uint32(start), end: uint32(s.pos), kind: kind})
}

// addValue appends a token whose value is not a part of the text.
func (s *scanner) addValue(kind tokenKind, start int, value string) {
	if s.values == nil {
		s.values = make(map[uint32]string)
	}
	s.values[uint32(start)] = value
	s.tokens = append(s.tokens, token{start: uint32(start), end: uint32(s.pos), kind: kind, computed: true})
}

// fail ends the tokens with an error at start about text[start:end], in PostgreSQL's words.
func (s *scanner) fail(code string, start, end int, message string) bool {
	near := " at end of input"
	if start < len(s.text) {
		near = " at or near \"" + s.text[start:end] + "\""
	}
	return s.failPlain(pgerr.New(code, "%s", message+near), start)
}

// failPlain ends the tokens with err at start.
func (s *scanner) failPlain(err *pgerr.Error, start int) bool {
	s.err = err
	if err.Code != pgerr.CharacterNotInRepertoire {
		err.At(CharPos(s.text, start))
	}
	s.pos = max(s.pos, start)
	s.add(tokError, start)
	return false
}

// charClass says what a byte can begin.
type charClass uint8

const (
	classOther charClass = iota
	classSpace
	classIdent // letters, underscore, bytes of multi-byte characters
	classDigit
	classSelf     // a token by itself
	classOperator // may be a part of a longer operator
)

// classes is indexed by byte; operator characters that are also tokens by themselves are classOperator.
var classes = buildClasses()

func buildClasses() (table [256]charClass) {
	for c := 0; c < 256; c++ {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', c >= 0x80:
			table[c] = classIdent
		case c >= '0' && c <= '9':
			table[c] = classDigit
		}
	}
	for _, c := range " \t\n\r\f\v" {
		table[c] = classSpace
	}
	for _, c := range ",()[].;:" {
		table[c] = classSelf
	}
	for _, c := range "~!@#^&|`?+-*/%<>=" {
		table[c] = classOperator
	}
	return table
}

// next scans one token; false at the end or after an error.
func (s *scanner) next() bool {
	if !s.skipBlanks() {
		return false
	}
	if s.pos >= len(s.text) {
		s.add(tokEOF, len(s.text))
		return false
	}
	start := s.pos
	c := s.text[start]
	switch classes[c] {
	case classIdent:
		return s.word(start)
	case classDigit:
		return s.number(start)
	case classOperator:
		return s.operator(start)
	case classSelf:
		return s.punctuation(start)
	}
	switch c {
	case '\'':
		return s.plainString(start, start+1, tokString, "quoted string")
	case '"':
		return s.quotedIdent(start)
	case '$':
		return s.dollar(start)
	}
	s.pos++
	s.add(tokenKind(c&0x7f), start)
	return true
}

// skipBlanks passes white space and comments; false when a comment does not end.
func (s *scanner) skipBlanks() bool {
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		switch {
		case classes[c] == classSpace:
			s.pos++
		case c == '-' && s.at(s.pos+1) == '-':
			s.skipLine()
		case c == '/' && s.at(s.pos+1) == '*':
			if !s.skipComment() {
				return false
			}
		default:
			return true
		}
	}
	return true
}

// skipLine passes a comment up to the end of the line.
func (s *scanner) skipLine() {
	for s.pos < len(s.text) && s.text[s.pos] != '\n' && s.text[s.pos] != '\r' {
		s.pos++
	}
}

// skipComment passes a /* comment */; they nest.
func (s *scanner) skipComment() bool {
	start, depth := s.pos, 0
	for s.pos < len(s.text) {
		switch {
		case s.text[s.pos] == '/' && s.at(s.pos+1) == '*':
			depth++
			s.pos += 2
		case s.text[s.pos] == '*' && s.at(s.pos+1) == '/':
			depth--
			s.pos += 2
			if depth == 0 {
				return true
			}
		default:
			s.pos++
		}
	}
	s.pos = len(s.text)
	return s.fail(pgerr.SyntaxError, start, len(s.text), "unterminated /* comment")
}

// at gives a byte, 0 beyond the end.
func (s *scanner) at(i int) byte {
	if i < len(s.text) {
		return s.text[i]
	}
	return 0
}

// punctuation scans what is not an operator.
func (s *scanner) punctuation(start int) bool {
	c, d := s.text[start], s.at(start+1)
	s.pos++
	switch {
	case c == ':' && d == ':':
		s.pos++
		s.add(tokCast, start)
	case c == ':' && d == '=':
		s.pos++
		s.add(tokColonEqual, start)
	case c == '.' && d == '.':
		s.pos++
		s.add(tokDotDot, start)
	case c == '.' && classes[d] == classDigit:
		return s.number(start)
	default:
		s.add(tokenKind(c), start)
	}
	return true
}

// operator scans an operator: the longest run of operator characters that holds no comment start. A longer one may end
// in + or − only if it also has a character that SQL's own operators have not (PostgreSQL docs, 4.1.3).
func (s *scanner) operator(start int) bool {
	end, special := start, false
	for end < len(s.text) && classes[s.text[end]] == classOperator {
		c, d := s.text[end], s.at(end+1)
		if end > start && (c == '-' && d == '-' || c == '/' && d == '*') {
			break
		}
		switch c {
		case '~', '!', '@', '#', '^', '&', '|', '`', '?', '%':
			special = true
		}
		end++
	}
	for !special && end-start > 1 && (s.text[end-1] == '+' || s.text[end-1] == '-') {
		end--
	}
	s.pos = end
	op := s.text[start:end]
	if len(op) > maxIdentifier {
		return s.fail(pgerr.SyntaxError, start, end, "operator too long")
	}
	s.add(operatorKind(op), start)
	return true
}

// operatorKind gives the operators of the grammar their own kinds.
func operatorKind(op string) tokenKind {
	if len(op) == 1 {
		switch op[0] {
		case '+', '-', '*', '/', '%', '^', '<', '>', '=':
			return tokenKind(op[0])
		}
		return tokOp
	}
	switch op {
	case "=>":
		return tokArrow
	case "<=":
		return tokLessEqual
	case ">=":
		return tokGreaterEqual
	case "<>", "!=":
		return tokNotEqual
	}
	return tokOp
}

// truncate cuts an identifier to 63 bytes at a character's edge.
func truncate(name string) string {
	if len(name) <= maxIdentifier {
		return name
	}
	n := maxIdentifier
	for n > 0 && !utf8.RuneStart(name[n]) {
		n--
	}
	return name[:n]
}
