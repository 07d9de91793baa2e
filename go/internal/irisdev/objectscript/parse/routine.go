package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/macro"
)

// Routine parses a routine from its expanded lines. Its error is an *Error.
func Routine(name, typ string, lines []macro.Line) (r *ast.Routine, err error) {
	defer catch(&err)
	p := newParser(lines)
	r = &ast.Routine{Name: name, Type: typ, Source: make([]string, len(lines))}
	for i, l := range lines {
		r.Source[i] = l.Text
	}
	r.Lines = p.body(0, true)
	if p.pos < len(p.src) {
		p.fail("} without {")
	}
	return r, nil
}

// RoutineFile splits a .mac, .inc or .int file into the name and type of its ROUTINE line and the lines after it. Line numbers
// of the code count from 1 there, as IRIS counts them. ok is false without a ROUTINE line.
func RoutineFile(text string) (name, typ string, code []string, ok bool) {
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "\ufeff")
	first, rest, _ := strings.Cut(text, "\n")
	words := strings.Fields(first)
	if len(words) < 2 || !strings.EqualFold(words[0], "ROUTINE") {
		return "", "", nil, false
	}
	name, typ = words[1], "MAC"
	attributes := strings.Join(words[2:], "")
	if i := strings.Index(strings.ToLower(attributes), "type="); i >= 0 {
		typ = attributes[i+len("type="):]
		if end := strings.IndexAny(typ, ",]"); end >= 0 {
			typ = typ[:end]
		}
	}
	return name, strings.ToUpper(typ), strings.Split(strings.TrimSuffix(rest, "\n"), "\n"), true
}
