package macro

import "strings"

// StripLine takes comments off a line that stands by itself. A comment between other text becomes one blank.
func StripLine(s string) string {
	var st stripper
	return st.strip(s)
}

// Strip takes comments off the lines of intermediate code (.int), which has no macros.
func Strip(lines []Line) []Line {
	var st stripper
	out := make([]Line, len(lines))
	for i, l := range lines {
		out[i] = Line{Text: st.strip(l.Text), Line: l.Line}
	}
	return out
}

// stripper takes comments off the lines of a source, one after another. Text inside embedded SQL is left as it is.
type stripper struct {
	comment bool // inside /* */
	sql     int  // open parentheses of embedded SQL
	quote   byte // in SQL: the quote that is open
}

// strip gives a line without its comments.
func (st *stripper) strip(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		switch {
		case st.comment:
			n := strings.Index(s[i:], "*/")
			if n < 0 {
				return trimRight(b.String())
			}
			st.comment = false
			i += n + 2
		case st.sql > 0:
			i = st.sqlByte(&b, s, i)
		case s[i] == '"':
			end := stringEnd(s, i)
			b.WriteString(s[i:end])
			i = end
		case lineComment(s[i:]):
			return trimRight(b.String())
		case strings.HasPrefix(s[i:], "/*"):
			st.comment = true
			b.WriteByte(' ')
			i += 2
		case sqlOpen(s[i:]) > 0:
			n := sqlOpen(s[i:])
			b.WriteString(s[i : i+n])
			i, st.sql = i+n, 1
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String()
}

// sqlByte takes over one character of embedded SQL.
func (st *stripper) sqlByte(b *strings.Builder, s string, i int) int {
	c := s[i]
	switch {
	case st.quote != 0:
		if c == st.quote {
			st.quote = 0
		}
	case c == '\'' || c == '"':
		st.quote = c
	case strings.HasPrefix(s[i:], "/*"):
		st.comment = true
		b.WriteByte(' ')
		return i + 2
	case strings.HasPrefix(s[i:], "--"):
		return len(s)
	case c == '(':
		st.sql++
	case c == ')':
		st.sql--
	}
	b.WriteByte(c)
	return i + 1
}

// lineComment reports a comment up to the end of the line: //, ; and its forms after #.
func lineComment(s string) bool {
	return s[0] == ';' || strings.HasPrefix(s, "//") || strings.HasPrefix(s, "#;") || strings.HasPrefix(s, "##;")
}

// sqlOpen gives the length of &sql( or ##sql( with a marker, 0 if s does not begin so.
func sqlOpen(s string) int {
	if len(s) < 5 || !strings.EqualFold(s[:4], "&sql") && !(len(s) > 5 && strings.EqualFold(s[:5], "##sql")) {
		return 0
	}
	n := strings.IndexByte(s, '(')
	if n < 0 || strings.ContainsAny(s[:n], " \t") {
		return 0
	}
	return n + 1
}

// stringEnd gives the offset behind the string that begins at an offset; a string without an end takes the rest of the line.
func stringEnd(s string, at int) int {
	for i := at + 1; i < len(s); i++ {
		if s[i] == '"' {
			return i + 1
		}
	}
	return len(s)
}

func trimRight(s string) string { return strings.TrimRight(s, " \t") }
