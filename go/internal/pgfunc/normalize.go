package pgfunc

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"iris-pgwire/internal/iris"
)

var forms = map[string]norm.Form{"nfc": norm.NFC, "nfd": norm.NFD, "nfkc": norm.NFKC, "nfkd": norm.NFKD}

// normalForms has normalize and IS NORMALIZED (PostgreSQL docs, 9.4).
func normalForms(t table) {
	form := func(a []iris.Value) (norm.Form, error) {
		if len(a) < 2 {
			return norm.NFC, nil
		}
		f, ok := forms[strings.ToLower(textArg(a[1]))]
		if !ok {
			return f, invalidParameter("invalid normalization form: %s", textArg(a[1]))
		}
		return f, nil
	}
	t.each(func(_ *Context, a []iris.Value) (iris.Value, error) {
		f, err := form(a)
		return iris.Text(f.String(textArg(a[0]))), err
	}, "normalize(text)", "normalize(text,text)")
	t.each(func(_ *Context, a []iris.Value) (iris.Value, error) {
		f, err := form(a)
		return iris.Bool(f.IsNormalString(textArg(a[0]))), err
	}, "is_normalized(text)", "is_normalized(text,text)")
}
