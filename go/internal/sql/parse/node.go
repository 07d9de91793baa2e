// Package parse reads PostgreSQL 17 SQL into a tree of its own, with a position on every node.
//
// The lexer is in scan*.go, the keyword table in keyword*.go; each node family has one file (select.go, expr.go, …) and
// the parser of that family stands beside it (parse_select.go, parse_expr.go, …). The grammar follows the synopses of
// "SQL Commands" and chapter 4 "SQL Syntax" of the PostgreSQL docs.
package parse

import "unicode/utf8"

// Node is anything with a place in the text.
type Node interface {
	// Pos is the 0-based byte offset that PostgreSQL reports for the node's own errors: of an operator the operator,
	// of a cast written :: the colons, of most others the first character. See Leftmost for the other convention.
	Pos() int
}

// At is a node's byte offset; every node embeds it. Texts are shorter than 2 GiB, and half the size keeps trees small.
type At int32

// Pos implements Node.
func (a At) Pos() int { return int(a) }

// Stmt is a statement.
type Stmt interface {
	Node
	stmt()
}

// Statement is one statement of a text.
type Statement struct {
	Node Stmt
	// Start and End are the byte extent in the whole text, without the semicolon and surrounding blanks and comments.
	Start, End int
	// Text is that extent.
	Text string
}

// Name is an identifier with its place, folded and truncated as PostgreSQL does.
type Name struct {
	At
	Text string
}

// QualifiedName is a possibly qualified name of a table, index, type, function, collation …: [[catalog.]schema.]name.
type QualifiedName struct {
	At
	Catalog, Schema, Name string
}

// Unsupported is a statement outside the grammar, recognised by its first words; PostgreSQL would accept at least some
// statement that begins so. Its text up to the semicolon is not checked.
type Unsupported struct {
	At
	// Construct names it: "CREATE FUNCTION".
	Construct string
	// Text is the statement as it was written.
	Text string
}

func (*Unsupported) stmt() {}

// CharPos turns a 0-based byte offset into the 1-based character position that clients are told.
func CharPos(text string, byteOffset int) int {
	if byteOffset > len(text) {
		byteOffset = len(text)
	}
	if byteOffset < 0 {
		return 0
	}
	return utf8.RuneCountInString(text[:byteOffset]) + 1
}
