package superserver

import "testing"

func TestStreamTextsAreUTF8OrHaveSurrogatesOfThreeBytes(t *testing.T) {
	for _, x := range []struct {
		raw, text  string
		characters int
		ok         bool
	}{
		{"", "", 0, true},
		{"aé漢", "aé漢", 3, true},
		{"😀", "😀", 2, true},
		{"\xed\xa0\xbd\xed\xb8\x80!", "😀!", 3, true},
		{"\xed\xa0\xbd", "", 0, false},
		{"\xed\xb8\x80\xed\xa0\xbd", "", 0, false},
		{"\xff", "", 0, false},
		{"a\xc3", "", 0, false},
	} {
		text, n, ok := streamText([]byte(x.raw))
		if text != x.text || n != x.characters || ok != x.ok {
			t.Errorf("%q: %q %d %v", x.raw, text, n, ok)
		}
	}
	// The lengths that the Python driver (bytes) and the JDBC driver (characters) announce.
	if !announced(3, []byte("漢"), false) || !announced(1, []byte("漢"), false) || announced(2, []byte("漢"), false) || announced(1, []byte("漢"), true) {
		t.Error("announced lengths")
	}
}

func TestPiecesOfAStreamCountSurrogatesAsCharacters(t *testing.T) {
	for _, x := range []struct {
		raw     string
		n, want int
	}{
		{"aé漢b", 3, 6},
		{"😀b", 1, 4}, // a character of two units stays whole
		{"😀b", 3, 5},
		{"\xed\xa0\xbdab", 2, 4}, // a half without its partner
		{"ab", 9, 2},
	} {
		if got := (&stream{raw: []byte(x.raw)}).skip(0, x.n); got != x.want {
			t.Errorf("%q: %d characters are %d bytes, want %d", x.raw, x.n, got, x.want)
		}
	}
}

func FuzzStreamText(f *testing.F) {
	f.Add([]byte("a\xed\xa0\xbd\xed\xb8\x80"))
	f.Fuzz(func(t *testing.T, b []byte) {
		text, _, ok := streamText(b)
		if again, _, fine := streamText([]byte(text)); ok && (!fine || again != text) {
			t.Errorf("%q becomes %q and then %q", b, text, again)
		}
	})
}
