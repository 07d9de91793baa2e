package macro

import "fmt"

// Error is what the macro preprocessor finds wrong. Code is IRIS's number (MPP5610), empty where IRIS gives none that is
// documented.
type Error struct {
	Line int
	Code string
	Text string
}

// Error writes the code, the reason and the line.
func (e *Error) Error() string {
	if e.Code == "" {
		return fmt.Sprintf("%s (line %d)", e.Text, e.Line)
	}
	return fmt.Sprintf("%s: %s (line %d)", e.Code, e.Text, e.Line)
}

// Codes of IRIS's macro preprocessor.
const (
	undefinedMacro = "MPP5610"
	missingInclude = "MPP5635"
)
