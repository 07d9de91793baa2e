package iris

import (
	"strconv"
	"strings"
)

// ParseErrorText reads the text that IRIS gives of an error,
//
//	[SQLCODE: <-30>:<Table or view not found>] CR LF [Location: <Prepare>] CR LF [%msg: < Table 'SQLUSER.T' not found>]
//
// leniently: parts may be missing, their order, their line ends and what stands around them are free, and the code of a
// client message may be positive. status is the code that came with the reply; it counts when the text has none.
func ParseErrorText(status int, text string) *Error {
	e := &Error{Code: -abs(status)}
	if code, rest, ok := cutPart(text, "SQLCODE:"); ok {
		if n, err := strconv.Atoi(strings.TrimSpace(code)); err == nil && n != 0 {
			e.Code = -abs(n)
		}
		if strings.HasPrefix(rest, ":<") {
			e.Text, _ = untilClose(rest[2:])
		}
	}
	if location, _, ok := cutPart(text, "Location:"); ok {
		e.Location = strings.TrimSpace(location)
	}
	if msg, _, ok := cutPart(text, "%msg:"); ok {
		e.Message = strings.TrimSpace(msg)
	}
	if e.Text == "" {
		e.Text = strings.TrimSpace(text)
	}
	return e
}

// cutPart finds "label <content>" and gives the content and what follows the closing bracket.
func cutPart(text, label string) (content, rest string, ok bool) {
	at := strings.Index(text, label)
	if at < 0 {
		return "", "", false
	}
	after := strings.TrimLeft(text[at+len(label):], " ")
	if !strings.HasPrefix(after, "<") {
		return "", "", false
	}
	content, rest = untilClose(after[1:])
	return content, rest, true
}

// untilClose ends at the ">" that closes the part. Texts hold brackets of their own (<DIVIDE>), so the nesting is
// counted, and an unbalanced one ends at ">]" or at the end of the text.
func untilClose(s string) (content, rest string) {
	depth := 1
	for i := range len(s) {
		switch s[i] {
		case '<':
			depth++
		case '>':
			if depth--; depth == 0 {
				return s[:i], s[i+1:]
			}
		}
	}
	if end := strings.Index(s, ">]"); end >= 0 {
		return s[:end], s[end+1:]
	}
	return strings.TrimRight(s, ">]\r\n "), ""
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
