package bound

import (
	"errors"
	"testing"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/sqlerr"
)

// FuzzBind holds the binder to an answer for every text that parses: a statement, or an SQL error.
func FuzzBind(f *testing.F) {
	for _, c := range queries {
		f.Add(c.text)
	}
	for _, list := range [][]refusal{postgres, mistakes} {
		for _, c := range list {
			f.Add(c.text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := irissql.Parse(text, v2026)
		if err != nil {
			return
		}
		_, err = Bind(parsed, testCatalog(t), Options{Protocol: 69})
		var e *sqlerr.Error
		if err != nil && !errors.As(err, &e) {
			t.Errorf("%q: error is %T", text, err)
		}
	})
}
