package pgfunc

import (
	"crypto/rand"
	"strings"
	"unicode"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

var (
	int4Type = pgtypes.Of(pgtypes.Int4)
	textType = pgtypes.Of(pgtypes.Text)
)

// maxText is the size of the largest text that a function here makes: PostgreSQL's own limit (MaxAllocSize).
const maxText = 1<<30 - 1

func tooLong() error {
	return pgerr.New(pgerr.ProgramLimitExceeded, "requested length too large")
}

// textCall makes a function of strings.
func textCall(f func(s []string) (string, error)) call {
	return func(_ *Context, a []iris.Value) (iris.Value, error) {
		var buf [4]string
		s := buf[:0]
		for _, v := range a {
			s = append(s, textArg(v))
		}
		out, err := f(s)
		if err != nil {
			return iris.Null(), err
		}
		return iris.Text(out), nil
	}
}

// stringFamily has the functions that turn strings into strings (PostgreSQL docs, 9.4). Letters change case as Unicode's
// simple mappings say, whatever the locale.
func stringFamily(t table) {
	one := func(id string, f func(string) string) {
		t.strict(id, textCall(func(s []string) (string, error) { return f(s[0]), nil }))
	}
	one("lower", strings.ToLower)
	one("upper", strings.ToUpper)
	one("initcap", initcap)
	one("reverse", reverse)
	one("quote_ident", quoteIdent)
	one("quote_literal(text)", quoteLiteral)
	one("btrim(text)", func(s string) string { return strings.Trim(s, " ") })
	one("ltrim(text)", func(s string) string { return strings.TrimLeft(s, " ") })
	one("rtrim(text)", func(s string) string { return strings.TrimRight(s, " ") })
	t.strict("btrim(text,text)", textCall(func(s []string) (string, error) { return strings.Trim(s[0], s[1]), nil }))
	t.strict("ltrim(text,text)", textCall(func(s []string) (string, error) { return strings.TrimLeft(s[0], s[1]), nil }))
	t.strict("rtrim(text,text)", textCall(func(s []string) (string, error) { return strings.TrimRight(s[0], s[1]), nil }))
	t.strict("textcat", textCall(func(s []string) (string, error) { return s[0] + s[1], nil }))
	t.strict("replace", textCall(func(s []string) (string, error) {
		if s[1] == "" {
			return s[0], nil
		}
		return strings.ReplaceAll(s[0], s[1], s[2]), nil
	}))
	t.strict("translate", textCall(func(s []string) (string, error) { return translate(s[0], s[1], s[2]), nil }))
	t.strict("starts_with", func(_ *Context, a []iris.Value) (iris.Value, error) {
		return boolResult(strings.HasPrefix(textArg(a[0]), textArg(a[1])))
	})
	t.strict("repeat", func(_ *Context, a []iris.Value) (iris.Value, error) {
		s, n := textArg(a[0]), max(intArg(a[1]), 0)
		if n > 0 && int64(len(s)) > maxText/n {
			return iris.Null(), tooLong()
		}
		return textResult(strings.Repeat(s, int(n)))
	})
	padding(t)
	normalForms(t)
	concatenation(t)
	t.strict("quote_literal(anyelement)", displayed(quoteLiteral))
	quoteNullable := func(c *Context, a []iris.Value) (iris.Value, error) {
		if a[0].IsNull() {
			return textResult("NULL")
		}
		return displayed(quoteLiteral)(c, a)
	}
	t.loose("quote_nullable(text)", quoteNullable)
	t.loose("quote_nullable(anyelement)", quoteNullable)
	t.strict("gen_random_uuid", randomUUID)
	t.strict("unistr", unistr)
}

// displayed applies f to the argument as it is printed.
func displayed(f func(string) string) call {
	return func(c *Context, a []iris.Value) (iris.Value, error) {
		s, err := display(c, 0, a[0])
		return iris.Text(f(s)), err
	}
}

func initcap(s string) string {
	inWord := false
	return strings.Map(func(r rune) rune {
		start := !inWord
		inWord = unicode.IsLetter(r) || unicode.IsDigit(r)
		if start {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, s)
}

func reverse(s string) string {
	out := make([]byte, len(s))
	at := len(s)
	for len(s) > 0 {
		_, n := utf8.DecodeRuneInString(s)
		at -= n
		copy(out[at:], s[:n])
		s = s[n:]
	}
	return string(out)
}

// translate replaces characters of from by those of to at the same place; those without one disappear.
func translate(s, from, to string) string {
	source, target := []rune(from), []rune(to)
	return strings.Map(func(r rune) rune {
		for i, c := range source {
			if c != r {
				continue
			}
			if i < len(target) {
				return target[i]
			}
			return -1
		}
		return r
	}, s)
}

func padding(t table) {
	for _, left := range []bool{true, false} {
		id := "rpad"
		if left {
			id = "lpad"
		}
		pad := func(_ *Context, a []iris.Value) (iris.Value, error) {
			fill := " "
			if len(a) > 2 {
				fill = textArg(a[2])
			}
			return padded(textArg(a[0]), intArg(a[1]), fill, left)
		}
		t.strict(id+"(text,int4)", pad)
		t.strict(id+"(text,int4,text)", pad)
	}
}

func padded(s string, width int64, fill string, left bool) (iris.Value, error) {
	width = max(width, 0)
	if width > maxText/4 {
		return iris.Null(), tooLong()
	}
	have := utf8.RuneCountInString(s)
	if have >= int(width) || fill == "" {
		return textResult(firstChars(s, min(int(width), have)))
	}
	need := int(width) - have
	runes := []rune(fill)
	var b strings.Builder
	if !left {
		b.WriteString(s)
	}
	for i := range need {
		b.WriteRune(runes[i%len(runes)])
	}
	if left {
		b.WriteString(s)
	}
	return textResult(b.String())
}

// firstChars cuts to n characters.
func firstChars(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func concatenation(t table) {
	t.loose("concat", func(c *Context, a []iris.Value) (iris.Value, error) { return joined(c, a, 0, "") })
	t.loose("concat_ws", func(c *Context, a []iris.Value) (iris.Value, error) {
		if a[0].IsNull() {
			return null()
		}
		return joined(c, a, 1, textArg(a[0]))
	})
	t.strict("textanycat", catenate)
	t.strict("anytextcat", catenate)
}

// catenate is || between a string and anything, which is cast to text: concat prints true as t, || as true.
func catenate(c *Context, a []iris.Value) (iris.Value, error) {
	var out []byte
	for i, v := range a {
		cast, ok := Cast(c.Args[i], textType, true)
		if !ok {
			return notBuilt("|| over " + pgtypes.Format(c.Args[i]))
		}
		s, err := cast.Call(&Context{Args: c.Args[i : i+1], Result: textType, Style: c.Style}, a[i:i+1])
		if err != nil {
			return v, err
		}
		out = append(out, s.Raw()...)
	}
	return iris.TextBytes(out), nil
}

// joined puts the arguments from one on together, without the NULLs.
func joined(c *Context, a []iris.Value, from int, separator string) (iris.Value, error) {
	var out []byte
	first := true
	for i := from; i < len(a); i++ {
		if a[i].IsNull() {
			continue
		}
		if !first {
			out = append(out, separator...)
		}
		first = false
		s, err := display(c, i, a[i])
		if err != nil {
			return iris.Null(), err
		}
		out = append(out, s...)
	}
	return iris.TextBytes(out), nil
}

func quoteIdent(s string) string {
	plain := s != ""
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c == '_' || i > 0 && c >= '0' && c <= '9') {
			plain = false
		}
	}
	if plain && !reservedWords[s] {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

func quoteLiteral(s string) string {
	out := "'" + strings.ReplaceAll(strings.ReplaceAll(s, `\`, `\\`), "'", "''") + "'"
	if strings.Contains(s, `\`) {
		return "E" + out
	}
	return out
}

func randomUUID(*Context, []iris.Value) (iris.Value, error) {
	var raw [16]byte
	if _, err := rand.Read(raw[:]); err != nil {
		return iris.Null(), err
	}
	raw[6], raw[8] = raw[6]&0x0f|0x40, raw[8]&0x3f|0x80
	return pgtypes.FromBinary(pgtypes.Of(pgtypes.UUID), raw[:])
}
