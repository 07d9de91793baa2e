package irissql

import "strings"

// Fragment is a piece of IRIS SQL with the arguments of its question marks, in order. Fragments are values: the same one
// may stand in a text twice, its arguments are then sent twice.
type Fragment struct {
	sql   string
	args  []Arg
	holes []Arg
}

// holeMark stands in a fragment's text where a number is written when the statement runs; no name or literal can hold it.
const holeMark = "\x00"

// text is a fragment without arguments.
func text(sql string) Fragment { return Fragment{sql: sql} }

// argument is one question mark.
func argument(a Arg) Fragment { return Fragment{sql: "?", args: []Arg{a}} }

// fill makes a fragment from a template: each @ is replaced by the next part.
func fill(template string, parts ...Fragment) Fragment {
	var b strings.Builder
	var out Fragment
	size := len(template)
	for _, p := range parts {
		size += len(p.sql)
	}
	b.Grow(size)
	for _, p := range parts {
		before, after, _ := strings.Cut(template, "@")
		b.WriteString(before)
		b.WriteString(p.sql)
		out.args = append(out.args, p.args...)
		out.holes = append(out.holes, p.holes...)
		template = after
	}
	b.WriteString(template)
	out.sql = b.String()
	return out
}

// join puts a separator between fragments.
func join(parts []Fragment, separator string) Fragment {
	switch len(parts) {
	case 0:
		return Fragment{}
	case 1:
		return parts[0]
	}
	return fill(strings.Repeat("@"+separator, len(parts)-1)+"@", parts...)
}

// SQL is the finished text, with the places of its holes.
func (f Fragment) SQL() (string, []Hole) {
	if len(f.holes) == 0 {
		return f.sql, nil
	}
	pieces := strings.Split(f.sql, holeMark)
	holes := make([]Hole, len(f.holes))
	at := 0
	for i := range holes {
		at += len(pieces[i])
		holes[i] = Hole{Offset: at, Arg: f.holes[i]}
	}
	return strings.Join(pieces, ""), holes
}

// Args are the arguments in the order of the question marks.
func (f Fragment) Args() []Arg { return f.args }

// quote delimits an identifier; IRIS compares it without case, and prints and stores it as it is (IRIS docs,
// "Identifiers").
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// Quote is quote for the statements that package plan prints itself.
func Quote(name string) string { return quote(name) }

// Table prints a table's name with its schema.
func Table(schema, name string) string { return quote(schema) + "." + quote(name) }

// literal delimits a string (IRIS docs, "Language Elements": the quote doubled, a backslash is an ordinary character).
func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// Literal is literal for DDL, which takes no arguments.
func Literal(s string) string { return literal(s) }
