package parse

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iris-pgwire/internal/pgerr"
)

func seeds(f *testing.F) {
	for _, texts := range clientTexts(f, "testdata/clients") {
		for _, text := range texts {
			if len(text) < 1000 {
				f.Add(text)
			}
		}
	}
	for _, text := range []string{`select e'\u0041', u&'\0041' uescape '!', $a$b$a$, 0x1f, 1_0.5e-3, b'01'`, "((select 1) union (select 2)) limit 1",
		"select (((select 1)) + 2), array[[1],[2]], (a).b[1:2].*, a operator(b.+) c", "create table a (b int generated always as identity)"} {
		f.Add(text)
	}
}

// FuzzParse holds the parser to its promises on any text: no panic, extents inside the text, errors as *pgerr.Error.
func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		list, err := Parse(text)
		var e *pgerr.Error
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("%T", err)
		}
		end := 0
		for _, s := range list {
			if s.Start < end || s.End < s.Start || s.End > len(text) || s.Node == nil {
				t.Fatalf("extent %d–%d of %q", s.Start, s.End, text)
			}
			end = s.End
		}
	})
}

// FuzzFormat holds the printer to its promise: what it prints parses to the same tree.
func FuzzFormat(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		list, err := Parse(text)
		if err != nil {
			return
		}
		for _, s := range list {
			if _, outside := s.Node.(*Unsupported); outside {
				continue
			}
			printed := Format(s.Node)
			again, err := Parse(printed)
			var e *pgerr.Error
			if errors.As(err, &e) && e.Code == pgerr.StatementTooComplex {
				continue
			}
			if err != nil || len(again) != 1 || !cmp.Equal(s.Node, again[0].Node, ignorePositions) {
				t.Fatalf("%q printed as %q: %v", s.Text, printed, err)
			}
		}
	})
}
