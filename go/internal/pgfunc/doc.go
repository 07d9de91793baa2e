// Package pgfunc has PostgreSQL's functions, operators and casts in Go, one family a file, over values in the canonical
// form of package pgtypes. It knows no statement: package eval, which compiles the analyzer's tree, looks functions up by
// the ID that the analyzer gave them.
//
// A function that is not here is refused by eval with 0A000. What a function cannot do exactly (a regular expression with
// a back-reference) is refused when it is called, with 0A000 as well.
package pgfunc
