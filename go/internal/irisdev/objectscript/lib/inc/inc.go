// Package inc holds the include files that IRIS brings along, as far as they are known here: macros for %Status, exceptions,
// error codes, platforms and unit tests.
package inc

import (
	"embed"
	"strings"
)

//go:embed *.inc
var files embed.FS

// Include gives the lines of an include file by its name without the type; names are case-sensitive and begin with %, which
// the names of the embedded files cannot.
func Include(name string) (lines []string, ok bool) {
	if !strings.HasPrefix(name, "%") {
		return nil, false
	}
	text, err := files.ReadFile(name[1:] + ".inc")
	if err != nil {
		return nil, false
	}
	_, rest, _ := strings.Cut(string(text), "\n") // the ROUTINE line
	return strings.Split(strings.TrimSuffix(rest, "\n"), "\n"), true
}
