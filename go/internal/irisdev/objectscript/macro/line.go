// Package macro is the preprocessor of ObjectScript: it strips comments, obeys directives (#define, #if, #include …) and
// replaces $$$macros. Its result is what package parse reads.
package macro

// Line is a line of code after expansion. Line is its number in the file it came from.
type Line struct {
	Text string
	Line int
}
