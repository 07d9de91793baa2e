package irissql

import "iris-pgwire/internal/irisdev/irissql/sqltype"

// Pos is a byte offset into the statement's text.
type Pos int

// At gives the position; every node embeds Pos.
func (p Pos) At() Pos { return p }

// Node is any expression: an Expr has a value, a Cond is true, false or unknown. IRIS keeps the two apart: there is no
// boolean value (IRIS docs, "Language Elements").
type Node interface{ At() Pos }

// Expr is an expression with a value.
type Expr interface {
	Node
	expr()
}

// Cond is a condition.
type Cond interface {
	Node
	cond()
}

// Statement is a parsed statement.
type Statement interface {
	Node
	statement()
}

// Name is an identifier: its spelling, and whether it was delimited.
type Name struct {
	Pos
	Text      string
	Delimited bool
}

// ObjectName is a table, view, index or function name; Schema.Text is empty when it was not given.
type ObjectName struct {
	Pos
	Schema, Name string
}

// DataType is a type as written.
type DataType struct {
	Pos
	Spelling sqltype.Spelling
}

// Keywords are the %words after a statement's verb: %NOLOCK, %NOCHECK …, in upper case.
type Keywords []string

// Has reports whether the keyword was given.
func (k Keywords) Has(word string) bool {
	for _, w := range k {
		if w == word {
			return true
		}
	}
	return false
}
