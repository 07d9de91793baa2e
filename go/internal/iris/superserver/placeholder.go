package superserver

import "strconv"

// numberParameters writes every ? outside quotes and comments as :%qpar(n), the form in which drivers send parameters,
// and counts them.
func numberParameters(sql string) (text string, count int) {
	out := make([]byte, 0, len(sql)+32)
	for at := 0; at < len(sql); {
		switch end := skipQuoted(sql, at); {
		case end > at:
			out = append(out, sql[at:end]...)
			at = end
		case sql[at] == '?':
			count++
			out = append(out, " :%qpar("...)
			out = strconv.AppendInt(out, int64(count), 10)
			out = append(out, ") "...)
			at++
		default:
			out = append(out, sql[at])
			at++
		}
	}
	if count == 0 {
		return sql, 0
	}
	return string(out), count
}

// skipQuoted gives the end of a quoted string, a delimited identifier or a comment that starts at at; else at itself.
// A doubled quote inside reads as two strings side by side, which comes to the same.
func skipQuoted(sql string, at int) int {
	switch c := sql[at]; {
	case c == '\'' || c == '"':
		return indexFrom(sql, at+1, string(c))
	case c == '-' && at+1 < len(sql) && sql[at+1] == '-':
		return indexFrom(sql, at+2, "\n")
	case c == '/' && at+1 < len(sql) && sql[at+1] == '*':
		return indexFrom(sql, at+2, "*/")
	}
	return at
}

// indexFrom gives the index behind the next occurrence, or the end of the text.
func indexFrom(s string, from int, what string) int {
	for i := from; i+len(what) <= len(s); i++ {
		if s[i:i+len(what)] == what {
			return i + len(what)
		}
	}
	return len(s)
}

// isQuery tells from the first keyword whether a statement returns rows; brackets and comments may stand before it.
func isQuery(sql string) bool {
	for at := 0; at < len(sql); at++ {
		switch c := sql[at]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '(':
		case skipQuoted(sql, at) > at:
			at = skipQuoted(sql, at) - 1
		default:
			end := at
			for end < len(sql) && sql[end]|0x20 >= 'a' && sql[end]|0x20 <= 'z' {
				end++
			}
			switch lower(sql[at:end]) {
			case "select", "with", "explain":
				return true
			}
			return false
		}
	}
	return false
}

func lower(word string) string {
	b := []byte(word)
	for i := range b {
		b[i] |= 0x20
	}
	return string(b)
}
