package iris_test

import (
	"errors"
	"math"
	"testing"

	"iris-pgwire/internal/iris"
)

func TestNumbersInEveryForm(t *testing.T) {
	for _, c := range []struct {
		v  iris.Value
		n  int64
		ok bool
	}{
		{iris.Int(-5), -5, true}, {iris.Decimal(120, -1), 12, true}, {iris.Decimal(12, 2), 1200, true}, {iris.Decimal(125, -1), 0, false},
		{iris.Decimal(1, 30), 0, false}, {iris.Double(3), 3, true}, {iris.Double(1e300), 0, false}, {iris.Double(0.5), 0, false},
		{iris.Latin1([]byte("42")), 42, true}, {iris.Latin1([]byte("9223372036854775807")), math.MaxInt64, true},
		{iris.Latin1([]byte("9223372036854775808")), 0, false}, {iris.UTF16([]byte{'7', 0}), 7, true}, {iris.Text("x"), 0, false}, {iris.Null(), 0, false},
	} {
		if n, ok := c.v.Int64(); ok != c.ok || ok && n != c.n {
			t.Errorf("%q: %d, %v", c.v.String(), n, ok)
		}
	}
}

func TestDecimalsPrintPlainly(t *testing.T) {
	for want, v := range map[string]iris.Value{
		"12.50": iris.Decimal(1250, -2), "-0.05": iris.Decimal(-5, -2), "0": iris.Decimal(0, 5), "0.00": iris.Decimal(0, -2), "1200": iris.Decimal(12, 2),
		"-92233720368547758.08": iris.Decimal(math.MinInt64, -2),
	} {
		if got := v.String(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestStringsBecomeUTF8(t *testing.T) {
	for want, v := range map[string]iris.Value{
		"zé": iris.Latin1([]byte{'z', 0xe9}), "😀": iris.UTF16([]byte{0x3d, 0xd8, 0, 0xde}), "a\uFFFDb": iris.UTF16([]byte{'a', 0, 0x3d, 0xd8, 'b', 0}),
		"Ж": iris.Text("Ж"),
	} {
		if got := v.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestBytesOfAUnicodeStringMustFitOneByteEach(t *testing.T) {
	if b, ok := iris.UTF16([]byte{0xff, 0, 1, 0}).Bytes(); !ok || string(b) != "\xff\x01" {
		t.Errorf("% x, %v", b, ok)
	}
	if _, ok := iris.UTF16([]byte{0, 1}).Bytes(); ok {
		t.Error("U+0100 became a byte")
	}
}

func TestErrorTextsAreReadLeniently(t *testing.T) {
	for _, c := range []struct {
		status int
		text   string
		want   iris.Error
	}{
		{30, "[SQLCODE: <-30>:<Table or view not found>]\r\n[Location: <Prepare>]\r\n[%msg: < Table 'SQLUSER.X' not found>]",
			iris.Error{Code: -30, Text: "Table or view not found", Location: "Prepare", Message: "Table 'SQLUSER.X' not found"}},
		{400, "<SQL ERROR>; Details: [SQLCODE: <-400>:<Fatal error occurred>][%msg: <Unexpected error occurred:  <DIVIDE>%0Fo+1^%sqlcq.1>]",
			iris.Error{Code: -400, Text: "Fatal error occurred", Message: "Unexpected error occurred:  <DIVIDE>%0Fo+1^%sqlcq.1"}},
		{119, "[SQLCODE: <119>:<unique>]", iris.Error{Code: -119, Text: "unique"}},
		{1, "[SQLCODE: <-1>:<Invalid>]\n[%msg: <a < b>]", iris.Error{Code: -1, Text: "Invalid", Message: "a < b"}},
		{-110, "locked", iris.Error{Code: -110, Text: "locked"}},
		{5, "", iris.Error{Code: -5}},
	} {
		if got := iris.ParseErrorText(c.status, c.text); *got != c.want {
			t.Errorf("%q:\n%+v, want\n%+v", c.text, *got, c.want)
		}
	}
}

func TestALoginErrorIsRecognised(t *testing.T) {
	err := error(iris.NewLoginError(402, ""))
	var refused *iris.LoginError
	if !errors.Is(err, iris.ErrLoginRefused) || !errors.As(err, &refused) || refused.Reason != iris.RefusedPassword {
		t.Errorf("%v", err)
	}
}

func FuzzErrorText(f *testing.F) {
	f.Add("[SQLCODE: <-30>:<x>]\r\n[Location: <y>]\r\n[%msg: <z>]")
	f.Add("[SQLCODE: <")
	f.Fuzz(func(t *testing.T, text string) {
		if e := iris.ParseErrorText(30, text); e.Code >= 0 {
			t.Fatalf("code %d", e.Code)
		}
	})
}
