package lib

import (
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// writeJSON writes a dynamic object as text.
func writeJSON(t testing.TB, p *run.Process, v run.Value) string {
	t.Helper()
	w := &jsonWriter{p: p}
	if err := w.object(dynamicOf(v.Obj)); err != nil {
		t.Fatal(err)
	}
	return w.b.String()
}

func TestWhatIsNoJSONIsRefused(t *testing.T) {
	p, err := instance(t).NewProcess(run.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.End()
	for _, s := range []string{"", " ", "1", `"x"`, "{", "[", "[1", "[1,]", "[,1]", `{"a"}`, `{"a":}`, `{"a":1,}`, `{a:1}`, "[01]", "[1.]", "[.5]", "[-]",
		"[1e]", "[tru]", "[TRUE]", `["\x"]`, `["\u12"]`, "[\"a\nb\"]", `["a]`, "[1] 2", "{}}", "[+1]", "[NaN]"} {
		if v, err := parseJSON(p, s); err == nil {
			t.Errorf("%q is %s", s, writeJSON(t, p, v))
		}
	}
	for in, out := range map[string]string{" [ ] ": "[]", `{ "a" : [ 1 , 2 ] }`: `{"a":[1,2]}`, `{"a":1,"a":2}`: `{"a":2}`, "[1E3,-0,1.50]": "[1E3,-0,1.50]",
		`["\u00e9\/\b"]`: `["é/\b"]`, `["\ud83d\ude00"]`: `["😀"]`, "\uFEFF[]": "[]", "[12345678901234567890123]": "[12345678901234567890123]"} {
		v, err := parseJSON(p, in)
		if err != nil {
			t.Errorf("%q: %v", in, err)
			continue
		}
		if got := writeJSON(t, p, v); got != out {
			t.Errorf("%q is written as %s, want %s", in, got, out)
		}
	}
}

// FuzzJSON: what was read and written is read again as the same.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{`{"a":[1,2.5,true,null,"x\u0001"],"b":{}}`, "[", `["\ud800"]`, "[1e400]", "{}x"} {
		f.Add(s)
	}
	p, err := instance(f).NewProcess(run.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := parseJSON(p, s)
		if err != nil {
			return
		}
		once := writeJSON(t, p, v)
		again, err := parseJSON(p, once)
		if err != nil {
			t.Fatalf("%q was written as %q: %v", s, once, err)
		}
		if twice := writeJSON(t, p, again); twice != once {
			t.Errorf("%q, then %q", once, twice)
		}
	})
}

// FuzzStatus: any text can be taken apart as a status, and what was taken apart is put together again.
func FuzzStatus(f *testing.F) {
	f.Add("1")
	f.Add(Status(5001, "x").Text())
	f.Add("0 \x05")
	f.Fuzz(func(t *testing.T, s string) {
		errs := errorsOf(run.Plain(value.Text(s)))
		if len(errs) == 0 {
			return
		}
		again := errorsOf(statusOf(errs...))
		if len(again) != len(errs) {
			t.Errorf("%d errors became %d", len(errs), len(again))
		}
		statusText(run.Text(s))
	})
}
