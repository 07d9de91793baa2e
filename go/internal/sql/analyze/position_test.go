package analyze

import (
	"strings"
	"testing"

	"iris-pgwire/internal/sql/parse"
)

func TestPositionsCountCharacters(t *testing.T) {
	for _, text := range []string{"", "select 1", "é", strings.Repeat("aé€😀", 1500), strings.Repeat("x", 3*markStep), "select 'größe'; select 'ß', 2"} {
		for _, extent := range [][2]int{{0, 0}, {0, len(text)}, {strings.Index(text, ";") + 1, len(text)}} {
			p := places{text: text, start: extent[0], end: extent[1]}
			for offset := range text {
				if offset < extent[0] {
					continue
				}
				if got, want := p.at(offset), parse.CharPos(text, offset); got != want {
					t.Fatalf("offset %d of %.20q from %d: %d, want %d", offset, text, extent[0], got, want)
				}
			}
		}
	}
}

func BenchmarkSurveyOfAMegabyte(b *testing.B) {
	text := strings.Repeat("insert into größe values (1); ", 1<<20/30)
	for b.Loop() {
		p := places{text: text, start: len(text) - 30, end: len(text)}
		p.at(len(text) - 1)
	}
}
