package class

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// IndexColumn is one property of an index, with the collation that the index gives it.
type IndexColumn struct{ Property, Collation string }

// IndexColumns reads the text of an index: On (a, b As Exact), On a, or nothing when the index has the name of its property.
func IndexColumns(def *ast.OtherDef) []IndexColumn {
	text := strings.TrimSpace(def.Text)
	if rest, ok := cutWord(text, "on"); ok {
		text = strings.TrimSpace(rest)
	}
	if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") && strings.Count(text, "(") == strings.Count(text, ")") {
		text = text[1 : len(text)-1]
	}
	var out []IndexColumn
	for _, part := range strings.Split(text, ",") {
		name, as, _ := strings.Cut(strings.TrimSpace(part), " ")
		if name == "" {
			continue
		}
		if rest, ok := cutWord(strings.TrimSpace(as), "as"); ok {
			as = rest
		}
		out = append(out, IndexColumn{strings.Trim(name, `"`), strings.TrimSpace(as)})
	}
	if len(out) == 0 && !def.Keywords.Has("extent") {
		out = append(out, IndexColumn{Property: def.Name})
	}
	return out
}

// IndexProperties are the names of an index's properties.
func IndexProperties(def *ast.OtherDef) []string {
	var out []string
	for _, c := range IndexColumns(def) {
		out = append(out, c.Property)
	}
	return out
}

// cutWord cuts a word, without regard to case, from the front of a text.
func cutWord(text, word string) (string, bool) {
	if len(text) < len(word) || !strings.EqualFold(text[:len(word)], word) {
		return text, false
	}
	if len(text) > len(word) && !strings.ContainsRune(" (\t\n", rune(text[len(word)])) {
		return text, false
	}
	return text[len(word):], true
}

// persistentClass is the class whose natives do what the methods of an index do.
const persistentClass = "%Library.Persistent"

// indexMethods gives a persistent class the methods of its indexes: IdxExists, and IdxOpen and IdxDelete of those that are unique
// (IRIS docs, "Methods for Accessing an Index").
func (b *builder) indexMethods(c *Class) {
	if !c.Is(persistentClass) || c.Name == persistentClass {
		return
	}
	top := c.Chain[len(c.Chain)-1]
	for _, a := range c.Chain {
		if a.Name == persistentClass {
			top = a
		}
	}
	for _, a := range c.Chain {
		for _, d := range a.Def.Others {
			if !strings.EqualFold(d.Kind, "Index") {
				continue
			}
			for _, what := range []string{"Exists", "Open", "Delete"} {
				name := d.Name + what
				if m := top.Methods["%Index"+what]; m != nil && c.Methods[name] == nil {
					own := *m
					own.Index = d
					c.Methods[name] = &own
				}
			}
		}
	}
}
