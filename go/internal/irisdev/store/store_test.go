package store

import (
	"errors"
	"fmt"
	"testing"

	"iris-pgwire/internal/irisdev/value"
)

// memory opens a store without files and starts n jobs in it.
func memory(t *testing.T, n int) []*Process {
	t.Helper()
	s, err := Open("", Options{Escalation: 3})
	if err != nil {
		t.Fatal(err)
	}
	return jobs(t, s, n)
}

func jobs(t *testing.T, s *Store, n int) []*Process {
	t.Helper()
	if err := s.CreateNamespace("user"); err != nil {
		t.Fatal(err)
	}
	out := make([]*Process, n)
	for i := range out {
		p, err := s.NewProcess("USER")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { p.End() })
		out[i] = p
	}
	return out
}

// row is ^G(subs…).
func row(subs ...int) Ref {
	r := Ref{Global: "^G"}
	for _, s := range subs {
		r = r.Sub(value.Int(int64(s)))
	}
	return r
}

func set(t *testing.T, p *Process, r Ref, v string) {
	t.Helper()
	if err := p.Set(r, value.Text(v)); err != nil {
		t.Fatal(err)
	}
}

// expect checks a node; "-" is no value.
func expect(t *testing.T, p *Process, r Ref, want string) {
	t.Helper()
	v, ok := p.Get(r)
	got := v.Text()
	if !ok {
		got = "-"
	}
	if got != want {
		t.Errorf("%s is %q, want %q", r, got, want)
	}
}

func TestNodes(t *testing.T) {
	p := memory(t, 1)[0]
	expect(t, p, row(1), "-")
	set(t, p, row(1), "a")
	set(t, p, row(1, 2), "b")
	set(t, p, row(1, 2, 3), "c")
	set(t, p, row(11), "d")
	for _, c := range []struct{ r, want any }{{row(), 10}, {row(1), 11}, {row(1, 2), 11}, {row(1, 2, 3), 1}, {row(1, 3), 0}, {row(11), 1}} {
		if got := p.Data(c.r.(Ref)); got != c.want {
			t.Errorf("$DATA(%s) is %d, want %d", c.r, got, c.want)
		}
	}
	if err := p.KillNode(row(1)); err != nil || p.Data(row(1)) != 10 {
		t.Errorf("a node's kill took what is below it: %v", err)
	}
	if err := p.Kill(row(1)); err != nil || p.Data(row(1)) != 0 {
		t.Errorf("a kill left something: %v", err)
	}
	expect(t, p, row(11), "d")
}

func TestOrderWalksOneLevel(t *testing.T) {
	p := memory(t, 1)[0]
	for _, s := range []value.Value{value.Text("b"), value.Int(10), value.Int(9), value.Text("09"), value.Decimal(-5, -1)} {
		if err := p.Set(At("G", s, value.Int(1)), value.Text("x")); err != nil {
			t.Fatal(err)
		}
	}
	for _, reverse := range []bool{false, true} {
		got := ""
		for s, ok := p.Order(At("G", value.NullValue()), reverse); ok; s, ok = p.Order(At("G", s), reverse) {
			got += s.Text() + " "
		}
		want := "-.5 9 10 09 b "
		if reverse {
			want = "b 09 10 9 -.5 "
		}
		if got != want {
			t.Errorf("reverse %v: %q, want %q", reverse, got, want)
		}
	}
	if s, ok := p.Order(At("G", value.Int(9), value.NullValue()), false); !ok || s.Text() != "1" {
		t.Errorf("second level: %q %v", s.Text(), ok)
	}
	if _, ok := p.Order(At("None", value.NullValue()), false); ok {
		t.Error("an unknown global has subscripts")
	}
}

func TestBelowFollowsWhatChangesMeanwhile(t *testing.T) {
	p := memory(t, 1)[0]
	for i := range 5 {
		set(t, p, row(i, i), "x")
	}
	got := ""
	for sub := range p.Below(row()) {
		got += sub.Text() + " "
		if sub.Text() == "1" {
			if err := errors.Join(p.Kill(row(1)), p.Kill(row(2)), p.Set(row(7), value.Text("new"))); err != nil {
				t.Fatal(err)
			}
		}
		if sub.Text() == "7" {
			break
		}
	}
	if got != "0 1 3 4 7 " {
		t.Errorf("walked over %q", got)
	}
}

func TestScan(t *testing.T) {
	p := memory(t, 1)[0]
	set(t, p, row(), "root")
	for i := range 5 {
		set(t, p, row(i), fmt.Sprint(i))
		set(t, p, row(i, i), fmt.Sprint(i, i))
	}
	two, three := []value.Value{value.Int(2)}, []value.Value{value.Int(3)}
	for _, c := range []struct {
		in   Range
		want string
	}{
		{Range{}, "0 0,0 1 1,1 2 2,2 3 3,3 4 4,4 "},
		{Range{Reverse: true}, "4,4 4 3,3 3 2,2 2 1,1 1 0,0 0 "},
		{Range{From: &Bound{Subs: two}, To: &Bound{Subs: three}}, "2 2,2 3 3,3 "},
		{Range{From: &Bound{Subs: two, Exclusive: true}, To: &Bound{Subs: three}}, "3 3,3 "},
		{Range{From: &Bound{Subs: two}, To: &Bound{Subs: three, Exclusive: true}, Reverse: true}, "2,2 2 "},
		{Range{From: &Bound{Subs: three}, To: &Bound{Subs: two}}, ""},
	} {
		cur, err := p.Scan(row(), c.in)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for cur.Next() {
			subs := cur.Subs()
			if cur.Sub().Text() != subs[0].Text() || cur.LastSub().Text() != subs[len(subs)-1].Text() {
				t.Errorf("Sub and LastSub do not fit %v", subs)
			}
			for i, s := range subs {
				got += ","[:min(i, 1)] + s.Text()
			}
			got += " "
		}
		if got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestSkipLeavesARowOut(t *testing.T) {
	p := memory(t, 1)[0]
	for i := range 3 {
		set(t, p, row(i), "x")
		set(t, p, row(i, 1), "y")
	}
	for _, reverse := range []bool{false, true} {
		cur, _ := p.Scan(row(), Range{Reverse: reverse})
		n := 0
		for cur.Next() {
			n++
			cur.Skip()
		}
		if n != 3 {
			t.Errorf("reverse %v: %d stops, want 3", reverse, n)
		}
	}
}

func TestScanDoesNotSeeLaterChanges(t *testing.T) {
	p := memory(t, 1)[0]
	for i := range 200 {
		set(t, p, row(i), "old")
	}
	cur, _ := p.Scan(row(), Range{})
	n := 0
	for cur.Next() {
		if cur.Value().Text() != "old" {
			t.Fatalf("node %d is %q", n, cur.Value().Text())
		}
		set(t, p, row(n), "new")
		set(t, p, row(n+1000), "new")
		n++
	}
	if n != 200 {
		t.Errorf("%d nodes, want 200", n)
	}
	expect(t, p, row(199), "new")
}

func TestNamespacesHaveTheirOwnGlobals(t *testing.T) {
	p := memory(t, 1)[0]
	set(t, p, row(1), "user")
	set(t, p, At("%zShared"), "all")
	if err := p.SetNamespace("%sys"); err != nil {
		t.Fatal(err)
	}
	expect(t, p, row(1), "-")
	expect(t, p, At("%zShared"), "all")
	if err := p.SetNamespace("NOPE"); err != ErrNoNamespace {
		t.Errorf("got %v", err)
	}
	if _, err := p.Store().NewProcess("NOPE"); err != ErrNoNamespace {
		t.Errorf("got %v", err)
	}
}

func TestBadReferences(t *testing.T) {
	p := memory(t, 1)[0]
	long := value.Text(string(make([]byte, 600)))
	for _, c := range []struct {
		r    Ref
		name string
	}{
		{At(""), "SYNTAX"}, {At("1a"), "SYNTAX"}, {At("a b"), "SYNTAX"}, {At("a\x00"), "SYNTAX"}, {At("a."), "SYNTAX"},
		{At("a", long), "SUBSCRIPT"}, {At("a", value.VectorOf(&value.Vec{})), "SUBSCRIPT"},
	} {
		e, ok := p.Set(c.r, value.Int(1)).(*Error)
		if !ok || e.Name != c.name {
			t.Errorf("%q: %v, want %s", c.r.Global, e, c.name)
		}
	}
}

func TestRefText(t *testing.T) {
	if got := At("G", value.Int(1), value.Text(`a"b`)).String(); got != `^G(1,"a""b")` {
		t.Errorf("got %s", got)
	}
}
