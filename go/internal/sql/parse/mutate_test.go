package parse

import (
	"math/rand"
	"os"
	"strconv"
	"testing"
)

// mutate breaks a text: it deletes, doubles, swaps or replaces one token, or cuts the text.
func mutate(r *rand.Rand, text string, other string) string {
	s, err := scan(text)
	if err != nil || len(s.tokens) < 3 {
		return text
	}
	tokens := s.tokens[:len(s.tokens)-1]
	t := tokens[r.Intn(len(tokens))]
	switch r.Intn(6) {
	case 0:
		return text[:t.start] + text[t.end:]
	case 1:
		return text[:t.end] + " " + text[t.start:t.end] + text[t.end:]
	case 2:
		return text[:t.start] + " " + keywords[1+r.Intn(int(kwCount)-1)].word + " " + text[t.end:]
	case 3:
		return text[:int(t.start)+r.Intn(int(t.end-t.start)+1)]
	case 4:
		o, err := scan(other)
		if err != nil {
			return text
		}
		u := o.tokens[r.Intn(len(o.tokens))]
		return text[:t.start] + " " + other[u.start:u.end] + " " + text[t.end:]
	}
	chars := "()[];,.:+-*/%^<>='\"$@!~&|`?#\\_0aE"
	i := int(t.start) + r.Intn(int(t.end-t.start)+1)
	return text[:i] + string(chars[r.Intn(len(chars))]) + text[i:]
}

// TestBrokenStatementsAsLivePostgreSQL breaks regression statements at random and compares messages, SQLSTATEs and
// positions with a live server.
func TestBrokenStatementsAsLivePostgreSQL(t *testing.T) {
	o := liveOracle(t)
	seed, count := int64(1), 2000
	if n, err := strconv.Atoi(os.Getenv("MUTATIONS")); err == nil {
		count = n
	}
	if n, err := strconv.Atoi(os.Getenv("SEED")); err == nil {
		seed = int64(n)
	}
	r := rand.New(rand.NewSource(seed))
	list := regressStatements(t)
	differ, compared := 0, 0
	for compared < count {
		base, other := list[r.Intn(len(list))].text, list[r.Intn(len(list))].text
		if len(base) > 2000 {
			continue
		}
		text := mutate(r, base, other)
		if firstInvalid(text) >= 0 || hasUnsupported(text) {
			continue
		}
		compared++
		if list, err := Parse(text); err == nil && len(list) > 0 {
			if _, outside := list[len(list)-1].Node.(*Unsupported); outside {
				continue
			}
		}
		if got, want := ours(text), o.verdict(t, text); got != want {
			differ++
			t.Logf("%v, PostgreSQL: %v\n%.400s", got, want, text)
		}
	}
	t.Logf("%d compared, %d differ", compared, differ)
	if differ*200 > compared {
		t.Errorf("%d of %d verdicts differ", differ, compared)
	}
}

// hasUnsupported says whether a text holds a statement outside the grammar.
func hasUnsupported(text string) bool {
	s, err := scan(text)
	if err != nil {
		return false
	}
	for i, t := range s.tokens {
		if words, ok := outside[t.kw]; ok && t.kw != noKeyword && (i == 0 || s.tokens[i-1].kind == ';' || s.tokens[i-1].kw == kwExplain) {
			p := &parser{text: text, scanner: s, tokens: s.tokens, i: i, tok: t}
			n := 1
			if t.kw == kwCreate && p.peek(1).kw == kwOr && p.peek(2).kw == kwReplace {
				n = 3
			}
			for _, w := range words {
				if p.wordsAt(n, w) {
					return true
				}
			}
		}
	}
	return false
}
