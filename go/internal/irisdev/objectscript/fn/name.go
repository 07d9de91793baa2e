package fn

import (
	"strings"
	"unicode"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

var nameFunctions = table{
	"$QLENGTH": pure(1, 1, func(a args) (value.Value, error) {
		r, ok := SplitName(a.text(0))
		if !ok {
			return fail("NAME")
		}
		return count(len(r.Subs))
	}),
	"$QSUBSCRIPT": pure(2, 2, qsubscript),
	"$ZNAME":      pure(1, 3, zname),
}

// Reference is the name of a variable taken apart: ^|"env"|name(subs).
type Reference struct {
	Env  string
	Name string // with ^ or ^||
	Subs []value.Value
}

// NameText joins a name and subscripts as $NAME does: numbers plain, texts in quotes.
func NameText(name string, subs []value.Value) string {
	if len(subs) == 0 {
		return name
	}
	var b strings.Builder
	b.WriteString(name)
	for i, v := range subs {
		b.WriteByte("(,"[min(i, 1)])
		b.WriteString(SubscriptText(v))
	}
	b.WriteByte(')')
	return b.String()
}

// SubscriptText writes one subscript.
func SubscriptText(v value.Value) string {
	if isNumber(v) {
		return v.Text()
	}
	s := v.Text()
	if _, number := value.CanonicalNumber(s); number {
		return s
	}
	return Quote(s)
}

// Quote writes a text as a literal.
func Quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// SplitName reads what NameText writes.
func SplitName(s string) (Reference, bool) {
	var r Reference
	rest := s
	if strings.HasPrefix(rest, `^|"`) {
		env, tail, ok := cutQuoted(rest[2:])
		if !ok || !strings.HasPrefix(tail, "|") {
			return r, false
		}
		r.Env, rest = env, "^"+tail[1:]
	} else if strings.HasPrefix(rest, `^["`) {
		env, tail, ok := cutQuoted(rest[2:])
		if !ok || !strings.HasPrefix(tail, "]") {
			return r, false
		}
		r.Env, rest = env, "^"+tail[1:]
	}
	open := strings.IndexByte(rest, '(')
	if open < 0 {
		r.Name = rest
		return r, isVariable(rest)
	}
	r.Name, rest = rest[:open], rest[open:]
	if !isVariable(r.Name) {
		return r, false
	}
	for {
		v, tail, ok := cutSubscript(rest[1:])
		if !ok {
			return r, false
		}
		r.Subs = append(r.Subs, v)
		if tail == ")" {
			return r, true
		}
		if !strings.HasPrefix(tail, ",") {
			return r, false
		}
		rest = tail
	}
}

func isVariable(s string) bool {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "^"), "||")
	return validName(s, ".")
}

// cutQuoted reads a literal at the start of s.
func cutQuoted(s string) (text, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return "", s, false
	}
	for i := 1; i < len(s); i++ {
		if s[i] != '"' {
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			i++
			continue
		}
		return strings.ReplaceAll(s[1:i], `""`, `"`), s[i+1:], true
	}
	return "", s, false
}

// cutSubscript reads a literal or a number.
func cutSubscript(s string) (value.Value, string, bool) {
	if text, rest, ok := cutQuoted(s); ok {
		return Str(text), rest, true
	}
	end := strings.IndexAny(s, ",)")
	if end < 1 {
		return value.Value{}, s, false
	}
	n, rest := value.ParseNumber(s[:end])
	return n.Normal(), s[end:], rest == 0
}

// qsubscript is $QSUBSCRIPT(name, n): -1 is the namespace, 0 the name, n a subscript.
func qsubscript(a args) (value.Value, error) {
	r, ok := SplitName(a.text(0))
	n := a.int(1, 0)
	switch {
	case n < -1:
		return value.Value{}, errFunction
	case !ok:
		return fail("NAME")
	case n == -1:
		return str(r.Env)
	case n == 0:
		return str(r.Name)
	case n > len(r.Subs):
		return value.Value{}, nil
	}
	return r.Subs[n-1], nil
}

// zname is $ZNAME(name, type): 0 variable, 1 routine, 2 label, 3 global, 4 class, 5 method, 6 property.
func zname(a args) (value.Value, error) {
	s := a.text(0)
	switch kind := a.int(1, 0); kind {
	case 0, 5, 6:
		return truth(validName(s, ""))
	case 2:
		s = strings.TrimLeft(s, "0123456789")
		return truth(a.text(0) != "" && (s == "" || validName(s, "") && (s == a.text(0) || s[0] != '%')))
	case 1, 3:
		return truth(validName(s, "."))
	case 4:
		for _, part := range strings.Split(s, ".") {
			if !validName(strings.TrimPrefix(part, "%"), "") && part != s {
				return value.Int(0), nil
			}
		}
		return truth(validName(s, "."))
	}
	return value.Value{}, fault.New("FUNCTION", "")
}

// validName: a letter or %, then letters, digits and what is extra, which may not be last.
func validName(s, extra string) bool {
	for i, r := range s {
		switch {
		case unicode.IsLetter(r), i == 0 && r == '%', i > 0 && r >= '0' && r <= '9':
		case i > 0 && strings.ContainsRune(extra, r):
		default:
			return false
		}
	}
	return s != "" && !strings.ContainsRune(extra, rune(s[len(s)-1]))
}
