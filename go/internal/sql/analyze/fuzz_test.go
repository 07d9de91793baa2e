package analyze

import (
	"context"
	"errors"
	"testing"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/parse"
)

// codeOf is the SQLSTATE of an error, "" of none.
func codeOf(err error) string {
	var e *pgerr.Error
	if errors.As(err, &e) {
		return e.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// FuzzAnalyze holds the analyzer to its promises on any text that parses: no panic, every error a *pgerr.Error with a
// position inside the text, and a type for every column and parameter.
func FuzzAnalyze(f *testing.F) {
	for _, text := range statementList(f) {
		f.Add(text)
	}
	tables := library(f)
	f.Fuzz(func(t *testing.T, text string) {
		list, err := parse.Parse(text)
		if err != nil {
			return
		}
		for _, st := range list {
			r, err := Analyze(context.Background(), text, st, Options{Schema: tables, Path: []string{"public"}, Public: "SQLUser"})
			var e *pgerr.Error
			switch {
			case errors.As(err, &e):
				if len(e.Code) != 5 || e.Message == "" || e.Position < 0 || e.Position > len(text)+1 {
					t.Fatalf("%q: %+v", text, e)
				}
			case err != nil:
				t.Fatalf("%q: %v", text, err)
			default:
				for _, c := range r.Columns {
					if c.Type.OID == 0 || c.Type.OID == 705 {
						t.Fatalf("%q: column %s has no type", text, c.Name)
					}
				}
			}
		}
	})
}
