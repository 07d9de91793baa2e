package fn_test

import (
	"math"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/value"
)

func call(t *testing.T, name string, args ...value.Value) (value.Value, error) {
	t.Helper()
	f, ok := fn.Lookup(name)
	if !ok {
		t.Fatalf("no function %s", name)
	}
	given := make([]bool, len(args))
	for i := range given {
		given[i] = true
	}
	return f.Call(newEvaluator(), args, given)
}

func TestEmptyStringHasOneForm(t *testing.T) {
	for name, args := range map[string][]value.Value{
		"$EXTRACT":      {value.Text("abc"), value.Int(9)},
		"$PIECE":        {value.Text("a,b"), value.Text(","), value.Int(9)},
		"$REVERSE":      {{}},
		"$CHAR":         {value.Int(-1)},
		"$LISTGET":      {fn.Str("")},
		"$ZSTRIP":       {value.Text("a"), value.Text("*E")},
		"$LISTTOSTRING": {fn.Str("")},
		"$REPLACE":      {value.Text("a"), value.Text("a"), fn.Str("")},
		"$NUMBER":       {value.Text("x")},
	} {
		if v, err := call(t, name, args...); err != nil || !v.IsNull() {
			t.Errorf("%s gave %q of kind %d, %v", name, v.Text(), v.Kind(), err)
		}
	}
}

func TestLongStringsAreRefused(t *testing.T) {
	half := value.Text(strings.Repeat("x", fn.MaxString/2+1))
	for name, f := range map[string]func() (value.Value, error){
		"_":            func() (value.Value, error) { return fn.Op("_", half, half) },
		"$JUSTIFY":     func() (value.Value, error) { return call(t, "$JUSTIFY", half, value.Int(fn.MaxString+1)) },
		"SET $PIECE":   func() (value.Value, error) { return fn.SetPiece(half, ",", fn.MaxString, 0, false, half) },
		"SET $EXTRACT": func() (value.Value, error) { return fn.SetExtract(half, fn.MaxString, 0, false, half) },
		"SET $LIST":    func() (value.Value, error) { return fn.SetList(fn.Str(""), 1<<30, 0, false, half) },
		"$REPLACE":     func() (value.Value, error) { return call(t, "$REPLACE", half, value.Text("x"), value.Text("xyz")) },
		"$LISTBUILD":   func() (value.Value, error) { return call(t, "$LISTBUILD", half, half) },
		"$LISTTOSTRING": func() (value.Value, error) {
			return call(t, "$LISTTOSTRING", value.BuildList(value.Int(1), value.Int(2)), value.Text(strings.Repeat("x", fn.MaxString)))
		},
	} {
		if _, err := f(); err == nil || err.Error() != "<MAXSTRING>" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestListNextWalksEveryElement(t *testing.T) {
	l, _ := fn.Lookup("$LISTBUILD")
	list, _ := l.Call(nil, []value.Value{value.Int(1), {}, value.Text("x")}, []bool{true, false, true})
	var got []string
	for at := 0; ; {
		item, next, more, err := fn.ListNext(list, at)
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			break
		}
		if item.Set {
			got = append(got, item.Value.Text())
		} else {
			got = append(got, "-")
		}
		at = next
	}
	if s := strings.Join(got, " "); s != "1 - x" {
		t.Error(s)
	}
	if _, _, _, err := fn.ListNext(value.Text("no list"), 0); err == nil {
		t.Error("a text is a list")
	}
}

func TestListUpdate(t *testing.T) {
	list := value.BuildList(value.Text("a"), value.Text("b"))
	v, err := fn.ListUpdate(list, 2, []fn.Update{{Set: true, Value: value.Text("B")}, {}, {Set: true, Value: value.Text("d")}})
	if err != nil || fn.ZWriteText(v) != `$lb("a","B",,"d")` {
		t.Error(fn.ZWriteText(v), err)
	}
	if v, _ := fn.ListUpdate(list, 7, []fn.Update{{}}); fn.ZWriteText(v) != `$lb("a","b")` {
		t.Error(fn.ZWriteText(v))
	}
}

func TestConvertKeepsHalfACharacterInTheHandle(t *testing.T) {
	first, rest, err := fn.Convert("x\u00e2\u0082", "I", "UTF8", "")
	if first != "x" || rest != "\u00e2\u0082" || err != nil {
		t.Fatalf("%q %q %v", first, rest, err)
	}
	second, rest, err := fn.Convert("\u00acy", "I", "UTF8", rest)
	if second != "\u20acy" || rest != "" || err != nil {
		t.Fatalf("%q %q %v", second, rest, err)
	}
	if s, _, _ := fn.Convert("fox", "O", "URL", "the "); s != "the%20fox" {
		t.Error(s)
	}
	if s, _, _ := fn.Convert("a\u00ffb", "I", "UTF8", ""); s != "a?b" {
		t.Errorf("a wrong byte gave %q", s)
	}
}

func TestLocateGivesEndAndText(t *testing.T) {
	for _, c := range []struct {
		s, re      string
		from       int
		start, end int
		text       string
	}{
		{"abc-def-ghi", "[[:alpha:]]{3}", 6, 9, 12, "ghi"},
		{"a😀b", "b", 1, 4, 5, "b"},
		{"a😀b1", `\d`, 4, 5, 6, "1"},
		{"one two", `\bt\w+`, 2, 5, 8, "two"},
		{"x1\ny2", `(?m)^y\d`, 2, 4, 6, "y2"},
		{"aXbX", `[\s\S]X`, 2, 3, 5, "bX"},
		{"a.b", `\Q.\E`, 1, 2, 3, "."},
		{"", "a*", 1, 1, 1, ""},
	} {
		m, err := fn.Locate(c.s, c.re, c.from)
		if err != nil || m.Start != c.start || m.End != c.end || m.Text.Text() != c.text {
			t.Errorf("%q in %q from %d: %+v %q %v", c.re, c.s, c.from, m, m.Text.Text(), err)
		}
	}
	for _, re := range []string{`(?=a)`, `(a)\1`, `a++`, `[a-z&&[b]]`, `\X`, `(`} {
		if _, err := fn.Locate("aa", re, 1); err == nil || err.Error() != "<REGULAR EXPRESSION>" {
			t.Errorf("%s: %v", re, err)
		}
	}
}

func TestSurrogatesJoinAndPart(t *testing.T) {
	smile := value.Text("😀")
	high, _ := call(t, "$EXTRACT", smile, value.Int(1))
	low, _ := call(t, "$EXTRACT", smile, value.Int(2))
	if v, _ := fn.Op("_", high, low); !fn.Equal(v, smile) {
		t.Errorf("%q", v.Text())
	}
	if v, _ := call(t, "$REVERSE", smile); fn.Equal(v, smile) || value.Length(v.Text()) != 2 {
		t.Errorf("%q", v.Text())
	}
	if v, _ := fn.SetExtract(high, 2, 0, false, low); !fn.Equal(v, smile) {
		t.Errorf("%q", v.Text())
	}
}

func TestVectorsAreNoOperands(t *testing.T) {
	v := value.VectorOf(&value.Vec{Element: "DOUBLE", Nums: []float64{1}})
	if _, err := fn.Op("+", v, value.Int(1)); err == nil || err.Error() != "<VECTOR>" {
		t.Error(err)
	}
	if is, _ := call(t, "$ISVECTOR", v); is.Text() != "1" {
		t.Error("no vector")
	}
}

func TestDoublesThatOverflow(t *testing.T) {
	big := value.Float(1e300)
	if _, err := fn.Op("*", big, big); err == nil || err.Error() != "<MAXNUMBER>" {
		t.Error(err)
	}
	inf := value.Float(math.Inf(1))
	if v, err := fn.Op("*", inf, big); err != nil || v.Text() != "INF" {
		t.Error(v.Text(), err)
	}
	if v, err := fn.Op("-", inf, inf); err != nil || v.Text() != "NAN" {
		t.Error(v.Text(), err)
	}
}

func TestNamesAreTakenApartAndJoined(t *testing.T) {
	for _, s := range []string{`x`, `^g(1,"a ""b""",-2.5)`, `^||p("")`, `%v(1)`} {
		r, ok := fn.SplitName(s)
		if !ok || fn.NameText(r.Name, r.Subs) != s {
			t.Errorf("%s: %+v %v", s, r, ok)
		}
	}
	for _, s := range []string{``, `x(`, `x(1`, `x()`, `x(1)y`, `1x`, `^|"a"g(1)`, `x(a)`, `x(1,)`} {
		if r, ok := fn.SplitName(s); ok {
			t.Errorf("%s: %+v", s, r)
		}
	}
}

func TestZWriteText(t *testing.T) {
	for want, v := range map[string]value.Value{
		`$lb()`:              value.ListOf("\x01"),
		`$lb("a",$lb(1),"")`: value.BuildList(value.Text("a"), value.BuildList(value.Int(1)), fn.Str("")),
		`"a"_$c(0)`:          value.Text("a\x00"),
		`"héllo"`:            value.Text("héllo"),
		`$c(55357)`:          value.Text("\xed\xa0\xbd"),
		`5`:                  value.Text("5"),
		`-.5`:                value.Decimal(-5, -1),
		`$double(.1)`:        value.Float(.1),
		`$double("INF")`:     value.Float(math.Inf(1)),
	} {
		if got := fn.ZWriteText(v); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	b, _ := fn.SetBit(fn.Str(""), 1, value.Int(1))
	for _, at := range []int{3, 4, 5, 6, 8} {
		b, _ = fn.SetBit(b, at, value.Int(1))
	}
	if s := fn.ZWriteText(b); !strings.HasSuffix(s, "/*$bit(1,3..6,8)*/") {
		t.Error(s)
	}
}
