package class

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/store"
)

// LoadText takes in the text of a file: a class (.cls), a routine (.mac, .int) or an include file (.inc). It gives the name of
// the item with its type: Pkg.Name.cls, NAME.MAC. Nothing is compiled. The error is a *Problem.
func (d *Dictionary) LoadText(p *store.Process, ns, file, src string) (item string, err error) {
	src = strings.TrimPrefix(src, "\uFEFF")
	ext := ""
	if i := strings.LastIndexByte(file, '.'); i >= 0 {
		ext = strings.ToLower(file[i+1:])
	}
	switch ext {
	case "cls":
		return d.loadClass(p, ns, file, src)
	case "mac", "int", "inc":
		return d.loadRoutine(p, ns, file, ext, src)
	}
	return "", &Problem{Code: 5840, Text: "Unable to determine file type of '" + file + "'"}
}

func (d *Dictionary) loadClass(p *store.Process, ns, file, src string) (string, error) {
	def, err := parse.Class(src)
	if err != nil {
		return "", &Problem{Code: 5559, Text: "The class definition in '" + file + "' could not be parsed: " + err.Error()}
	}
	full := Canonical(def.Name)
	if _, ok := d.builtin.Class(full); ok && visible(full, home(full, ns)) {
		return "", &Problem{Code: 5067, Text: "Class '" + full + "' is one of the system and cannot be changed"}
	}
	if other, ok := d.otherCase(p, ns, full); ok {
		return "", &Problem{Code: 5092, Text: "Class '" + full + "' differs from '" + other + "' only by case"}
	}
	return full + ".cls", d.SetSource(p, ns, full, src)
}

// otherCase finds a class whose name differs only by the case of its letters, which IRIS does not allow.
func (d *Dictionary) otherCase(p *store.Process, ns, full string) (string, bool) {
	for _, n := range d.Owned(p, home(full, ns)) {
		if n != full && strings.EqualFold(n, full) {
			return n, true
		}
	}
	return "", false
}

// loadRoutine takes in a routine file. Its first line is ROUTINE name [Type=MAC]; without it the name is that of the file.
func (d *Dictionary) loadRoutine(p *store.Process, ns, file, ext, src string) (string, error) {
	name := file
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = name[:len(name)-len(ext)-1]
	typ := strings.ToUpper(ext)
	src = strings.ReplaceAll(src, "\r\n", "\n")
	first, rest, _ := strings.Cut(src, "\n")
	if head, ok := strings.CutPrefix(strings.TrimSpace(first), "ROUTINE "); ok {
		src = rest
		words, flags, _ := strings.Cut(head, "[")
		name = strings.TrimSpace(words)
		for _, f := range strings.Split(strings.TrimRight(strings.TrimSpace(flags), "]"), ",") {
			if k, v, ok := strings.Cut(f, "="); ok && strings.EqualFold(strings.TrimSpace(k), "type") {
				typ = strings.ToUpper(strings.TrimSpace(v))
			}
		}
	}
	if typ != "MAC" && typ != "INT" && typ != "INC" {
		return "", &Problem{Code: 5840, Text: "Routine type '" + typ + "' in '" + file + "' is not known"}
	}
	item := name + "." + typ
	return item, d.SetRoutine(p, ns, item, strings.TrimRight(src, "\n"))
}
