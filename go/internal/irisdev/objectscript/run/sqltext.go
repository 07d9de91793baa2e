package run

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/parse"
)

// embedded is a statement of embedded SQL: its host variables are taken out, those of INTO apart from those that give values,
// which are parameters in text.
type embedded struct {
	kind   string // the first word: SELECT, DECLARE, OPEN …
	cursor string
	of     *embedded // what DECLARE declares
	text   string
	args   []ast.Expr
	into   []ast.Expr
}

// readEmbedded takes a statement apart.
func readEmbedded(text string) (*embedded, error) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return nil, fault.New("SYNTAX", "*&sql")
	}
	st := &embedded{kind: strings.ToUpper(words[0])}
	switch st.kind {
	case "DECLARE":
		if len(words) < 5 || !strings.EqualFold(words[2], "CURSOR") {
			return nil, fault.New("SYNTAX", "*&sql DECLARE")
		}
		st.cursor = words[1]
		at := indexWord(text, "FOR")
		if at < 0 {
			return nil, fault.New("SYNTAX", "*&sql DECLARE")
		}
		var err error
		st.of, err = readEmbedded(text[at+3:])
		return st, err
	case "OPEN", "CLOSE", "FETCH":
		if len(words) < 2 {
			return nil, fault.New("SYNTAX", "*&sql "+st.kind)
		}
		st.cursor = words[1]
		if st.kind != "FETCH" {
			return st, nil
		}
		text = strings.TrimSpace(text)[len(words[0]):]
		text = strings.TrimSpace(text)[len(words[1]):]
	}
	return st, st.scan(text)
}

// indexWord finds a word that stands by itself.
func indexWord(text, word string) int {
	up := strings.ToUpper(text)
	for from := 0; ; {
		i := strings.Index(up[from:], word)
		if i < 0 {
			return -1
		}
		i += from
		if i > 0 && space(up[i-1]) && i+len(word) < len(up) && space(up[i+len(word)]) {
			return i
		}
		from = i + len(word)
	}
}

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// scan copies the SQL without its host variables.
func (st *embedded) scan(text string) error {
	var b strings.Builder
	into := false
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '\'' || c == '"':
			n := quotedEnd(text, i)
			b.WriteString(text[i:n])
			i = n
		case c == '-' && strings.HasPrefix(text[i:], "--"):
			n := strings.IndexByte(text[i:], '\n')
			if n < 0 {
				n = len(text) - i
			}
			i += n
		case c == ':' && i+1 < len(text) && hostStart(text[i+1:]):
			n := hostEnd(text, i+1)
			x, err := parse.Expr(text[i+1 : n])
			if err != nil {
				return syntaxFault(err)
			}
			i = n
			if !into {
				b.WriteString(" ? ")
				st.args = append(st.args, x)
				break
			}
			st.into = append(st.into, x)
			for i < len(text) && space(text[i]) {
				i++
			}
			if into = i < len(text) && text[i] == ','; into {
				i++
			}
		case (c == 'I' || c == 'i') && len(st.into) == 0 && intoAt(text, i) > 0:
			into = true
			i = intoAt(text, i)
		case into && space(c):
			i++
		default:
			into = false
			b.WriteByte(c)
			i++
		}
	}
	st.text = strings.TrimSpace(b.String())
	return nil
}

// intoAt is where the host variables behind INTO begin; 0 if there are none, as in INSERT INTO.
func intoAt(text string, i int) int {
	if i > 0 && !space(text[i-1]) || len(text) < i+5 || !strings.EqualFold(text[i:i+4], "INTO") || !space(text[i+4]) {
		return 0
	}
	for i += 4; i < len(text) && space(text[i]); i++ {
	}
	if i+1 < len(text) && text[i] == ':' && hostStart(text[i+1:]) {
		return i
	}
	return 0
}

func quotedEnd(s string, i int) int {
	q := s[i]
	for j := i + 1; j < len(s); j++ {
		if s[j] == q {
			if j+1 < len(s) && s[j+1] == q {
				j++
				continue
			}
			return j + 1
		}
	}
	return len(s)
}

func hostStart(s string) bool {
	return letter(s[0]) || s[0] == '%' || s[0] == '^' || s[0] == '(' || strings.HasPrefix(s, "..")
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 }

// hostEnd is the end of the host expression that begins at i: a name with members and subscripts.
func hostEnd(s string, i int) int {
	if strings.HasPrefix(s[i:], "..") {
		i += 2
	}
	for i < len(s) {
		c := s[i]
		switch {
		case letter(c) || c == '%' || c == '^' || c >= '0' && c <= '9':
			i++
		case c == '.' && i+1 < len(s) && (letter(s[i+1]) || s[i+1] == '%'):
			i++
		case c == '(':
			i = closing(s, i)
		default:
			return i
		}
	}
	return i
}

// closing is behind the parenthesis that closes the one at i.
func closing(s string, i int) int {
	depth := 0
	for ; i < len(s); i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"':
			i = quotedEnd(s, i) - 1
		}
	}
	return len(s)
}
