package superserver

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestStreamTextIsUTF8(t *testing.T) {
	for _, c := range []struct{ name, sent, want string }{
		{"UTF-8", "a é 漢 😀 \uFFFD", "a é 漢 😀 \uFFFD"},
		{"a pair of surrogates", "<\xED\xA0\xBD\xED\xB8\x80>", "<😀>"},
		{"pairs beside UTF-8", "é\xED\xA0\xBD\xED\xB8\x80😀", "é😀😀"},
		{"a high surrogate alone", "a\xED\xA0\xBDb", "a\uFFFDb"},
		{"a low surrogate alone", "\xED\xB8\x80", "\uFFFD"},
		{"two high surrogates", "\xED\xA0\xBD\xED\xA0\xBD\xED\xB8\x80", "\uFFFD😀"},
	} {
		if got, err := streamText([]byte(c.sent)); err != nil || string(got) != c.want {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
	for _, bad := range []string{"caf\xE9", "\xED", "\xED\xA0", "\xFF"} {
		if got, err := streamText([]byte(bad)); err == nil {
			t.Errorf("%q became %q", bad, got)
		}
	}
}

func TestTextInPiecesIsTheTextInOne(t *testing.T) {
	for _, text := range []string{"aé漢😀", "<\xED\xA0\xBD\xED\xB8\x80>", "a\xED\xA0\xBDb\xED\xB8\x80", "\xED\x9F\xBFx", "\xED\xA0\xBD"} {
		want, err := streamText([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for size := 1; size <= len(text); size++ {
			if got, err := inPieces([]byte(text), size); err != nil || got != string(want) {
				t.Errorf("%q in pieces of %d: %q, %v", text, size, got, err)
			}
		}
	}
	if got, err := inPieces([]byte("ab\xE9cd"), 2); err == nil {
		t.Errorf("what is not UTF-8 became %q", got)
	}
}

func inPieces(b []byte, size int) (string, error) {
	var out strings.Builder
	w := &textWriter{to: &out}
	for len(b) > 0 {
		n := min(size, len(b))
		if _, err := w.Write(b[:n]); err != nil {
			return out.String(), err
		}
		b = b[n:]
	}
	err := w.end()
	return out.String(), err
}

func FuzzTextInPieces(f *testing.F) {
	f.Add([]byte("\xED\xA0\xBD\xED\xB8\x80é"), 2)
	f.Fuzz(func(t *testing.T, b []byte, size int) {
		want, whole := streamText(b)
		got, err := inPieces(b, max(size, 1))
		if (err == nil) != (whole == nil) || err == nil && got != string(want) {
			t.Errorf("%q in pieces of %d: %q, %v; in one %q, %v", b, size, got, err, want, whole)
		}
	})
}

func FuzzStreamText(f *testing.F) {
	f.Add([]byte("\xED\xA0\xBD\xED\xB8\x80"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if out, err := streamText(b); err == nil && !utf8.Valid(out) {
			t.Errorf("%q gave %q", b, out)
		}
	})
}
