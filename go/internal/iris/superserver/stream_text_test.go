package superserver

import (
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

func FuzzStreamText(f *testing.F) {
	f.Add([]byte("\xED\xA0\xBD\xED\xB8\x80"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if out, err := streamText(b); err == nil && !utf8.Valid(out) {
			t.Errorf("%q gave %q", b, out)
		}
	})
}
