package parse

// FirstParam finds the first parameter of one statement of a text, for the complaint of the simple protocol, which has
// none: its own text, such as $1, and its byte offset. ok is false when there is none.
func FirstParam(text string, st Statement) (param string, offset int, ok bool) {
	s, err := scan(text)
	if err != nil {
		return "", 0, false
	}
	for _, t := range s.tokens {
		if t.kind == tokParam && int(t.start) >= st.Start && int(t.end) <= st.End {
			return text[t.start:t.end], int(t.start), true
		}
	}
	return "", 0, false
}
