package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// keywords reads [ A, B = value, Not C ], if it comes next.
func (p *parser) keywords(k ast.Keywords) {
	p.space()
	if !p.accept("[") {
		return
	}
	for {
		p.space()
		if p.accept("]") {
			return
		}
		p.oneKeyword(k)
		p.space()
		if !p.accept(",") {
			p.space()
			p.expect("]")
			return
		}
	}
}

// oneKeyword reads A, Not A or A = value.
func (p *parser) oneKeyword(k ast.Keywords) {
	name := strings.ToLower(p.name("keyword"))
	p.space()
	if name == "not" {
		k[strings.ToLower(p.name("keyword"))] = "0"
		return
	}
	if !p.accept("=") {
		k[name] = "1"
		return
	}
	p.space()
	if name == "initialexpression" && p.peek() == '"' { // an expression: its quotes belong to it
		from := p.pos
		p.longString()
		k[name] = p.src[from:p.pos]
		return
	}
	if p.peek() == '(' {
		p.pos++
		text := p.upTo(")")
		p.expect(")")
		k[name] = strings.TrimSpace(text)
		return
	}
	k[name] = p.plainValue(",]")
}

// braced reads { text } and gives the text. In code, braces in strings and comments do not count; in a text of another
// language only braces do, unless what closes it is the first } in column 1 before another member or the end.
func (p *parser) braced(code bool) string {
	from := p.pos
	p.expect("{")
	end := codeEnd(p.src, p.pos)
	if !code && p.src[p.pos] == '\n' {
		end = rawEnd(p.src, p.pos)
	}
	if end < 0 {
		p.failAt(from, "SYNTAX", "{ without }")
	}
	text := p.src[p.pos:end]
	p.pos = end + 1
	return text
}

// codeEnd finds the } that closes ObjectScript code; -1 without one.
func codeEnd(s string, at int) int {
	depth := 0
	for i := at; i < len(s); i++ {
		switch c := s[i]; c {
		case '"':
			i = skipString(s, i)
		case '{':
			depth++
		case '}':
			if depth == 0 {
				return i
			}
			depth--
		case ';', '/', '&', '#':
			i = skipAside(s, i) - 1
		}
	}
	return -1
}

// skipString gives the offset of the quote that ends a string, or of the end of the line.
func skipString(s string, at int) int {
	for i := at + 1; i < len(s); i++ {
		if s[i] == '"' || s[i] == '\n' {
			return i
		}
	}
	return len(s)
}

// skipAside gives the offset behind a comment or embedded SQL at an offset, or the next one if there is none.
func skipAside(s string, at int) int {
	rest := s[at:]
	line := func() int {
		if n := strings.IndexByte(rest, '\n'); n >= 0 {
			return at + n
		}
		return len(s)
	}
	switch {
	case rest[0] == ';', strings.HasPrefix(rest, "//"), strings.HasPrefix(rest, "#;"), strings.HasPrefix(rest, "##;"):
		return line()
	case strings.HasPrefix(rest, "/*"):
		if n := strings.Index(rest[2:], "*/"); n >= 0 {
			return at + n + 4
		}
		return len(s)
	case len(rest) > 5 && strings.EqualFold(rest[:5], "&sql("):
		if n := sqlEnd(rest[5:], ""); n >= 0 {
			return at + 5 + n + 1
		}
	}
	return at + 1
}

// rawEnd finds the } that closes a text of another language.
func rawEnd(s string, at int) int {
	for i := at; ; {
		n := strings.Index(s[i:], "\n}")
		if n < 0 {
			return plainEnd(s, at)
		}
		i += n + 1
		if endsMember(s[i+1:]) {
			return i
		}
	}
}

// memberWords begin the members of a class.
var memberWords = map[string]bool{"parameter": true, "property": true, "relationship": true, "method": true, "classmethod": true,
	"clientmethod": true, "query": true, "xdata": true, "index": true, "foreignkey": true, "projection": true, "trigger": true,
	"storage": true}

// endsMember reports that s, which follows a } in column 1, is the end of the class or begins with another member.
func endsMember(s string) bool {
	for {
		s = strings.TrimLeft(s, " \t\r\n")
		switch {
		case strings.HasPrefix(s, "//"):
			_, s, _ = strings.Cut(s, "\n")
			continue
		case strings.HasPrefix(s, "/*"):
			_, s, _ = strings.Cut(s, "*/")
			continue
		}
		break
	}
	if strings.HasPrefix(s, "}") {
		return strings.TrimSpace(s[1:]) == ""
	}
	word, _, _ := strings.Cut(s, " ")
	return memberWords[strings.ToLower(word)]
}

// plainEnd finds a } by counting braces alone.
func plainEnd(s string, at int) int {
	depth := 0
	for i := at; i < len(s); i++ {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return -1
}
