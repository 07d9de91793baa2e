package pgfunc_test

import (
	"errors"
	"strings"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgfunc"
	"iris-pgwire/internal/pgtypes"
)

// typeOf finds a type by its name, with a length in brackets for the string types.
func typeOf(t testing.TB, name string) pgtypes.Type {
	t.Helper()
	base, mod, _ := strings.Cut(strings.TrimSuffix(name, ")"), "(")
	info, ok := pgtypes.ByName(base)
	if !ok {
		t.Fatalf("no type %s", name)
	}
	typ := pgtypes.Of(info.OID)
	if mod == "" {
		return typ
	}
	n, err := pgtypes.ParseText(pgtypes.Of(pgtypes.Int4), mod)
	if err != nil {
		t.Fatal(err)
	}
	if typ.Mod, err = pgtypes.TypMod(info.OID, []int{int(n.Mantissa())}); err != nil {
		t.Fatal(err)
	}
	return typ
}

// literal reads "type:text"; "type:NULL" is NULL.
func literal(t testing.TB, s string) (pgtypes.Type, iris.Value) {
	t.Helper()
	name, text, _ := strings.Cut(s, ":")
	typ := typeOf(t, name)
	if text == "NULL" {
		return typ, iris.Null()
	}
	v, err := pgtypes.ParseText(typ, text)
	if err != nil {
		t.Fatal(err)
	}
	return typ, v
}

// call runs a function over literals and prints the result, or SQLSTATE and message.
func call(t testing.TB, id, result string, args ...string) string {
	t.Helper()
	f, ok := pgfunc.Lookup(id)
	if !ok {
		t.Fatalf("no function %s", id)
	}
	c := &pgfunc.Context{Result: typeOf(t, result)}
	var values []iris.Value
	for _, a := range args {
		typ, v := literal(t, a)
		c.Args, values = append(c.Args, typ), append(values, v)
		if v.IsNull() && f.Strict {
			return "NULL"
		}
	}
	v, err := f.Call(c, values)
	return show(t, c.Result, v, err)
}

func show(t testing.TB, typ pgtypes.Type, v iris.Value, err error) string {
	t.Helper()
	var e *pgerr.Error
	switch {
	case errors.As(err, &e):
		return e.Code + " " + e.Message
	case err != nil:
		t.Fatal(err)
	case v.IsNull():
		return "NULL"
	}
	b, err := pgtypes.AppendText(nil, typ, v, pgtypes.Style{})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestErrorsHavePostgreSQLsWords(t *testing.T) {
	for _, x := range []struct {
		id, result string
		args       []string
		want       string
	}{
		{"int4pl", "int4", []string{"int4:2147483647", "int4:1"}, "22003 integer out of range"},
		{"int24mul", "int4", []string{"int2:32767", "int4:2147483647"}, "22003 integer out of range"},
		{"int2pl", "int2", []string{"int2:32767", "int2:1"}, "22003 smallint out of range"},
		{"int8mul", "int8", []string{"int8:9223372036854775807", "int8:2"}, "22003 bigint out of range"},
		{"int4div", "int4", []string{"int4:1", "int4:0"}, "22012 division by zero"},
		{"numeric_div", "numeric", []string{"numeric:1", "numeric:0"}, "22012 division by zero"},
		{"float8mul", "float8", []string{"float8:1e308", "float8:10"}, "22003 value out of range: overflow"},
		{"sqrt(numeric)", "numeric", []string{"numeric:-1"}, "2201F cannot take square root of a negative number"},
		{"ln(numeric)", "numeric", []string{"numeric:0"}, "2201E cannot take logarithm of zero"},
		{"substring(text,int4,int4)", "text", []string{"text:abc", "int4:1", "int4:-1"}, "22011 negative substring length not allowed"},
		{"bitand", "bit", []string{"bit:101", "bit:1"}, "22026 cannot AND bit strings of different sizes"},
		{"textregexeq", "bool", []string{"text:a", "text:("}, "2201B invalid regular expression: parentheses () not balanced"},
		{"l2_distance", "float8", []string{"vector:[1,2]", "vector:[1]"}, "22000 different vector dimensions 2 and 1"},
		{"date_pli", "date", []string{"date:5874897-12-31", "int4:1"}, "22008 date out of range"},
		{"jsonb_array_length", "int4", []string{"jsonb:{}"}, "22023 cannot get array length of a non-array"},
	} {
		if got := call(t, x.id, x.result, x.args...); got != x.want {
			t.Errorf("%s(%v): %s, want %s", x.id, x.args, got, x.want)
		}
	}
}

func TestUnicodeTextIsCountedAndChangedByCharacters(t *testing.T) {
	for _, x := range []struct {
		id, result string
		args       []string
		want       string
	}{
		{"upper", "text", []string{"text:straße é"}, "STRAßE É"},
		{"lower", "text", []string{"text:ÀÉ"}, "àé"},
		{"initcap", "text", []string{"text:élan vital"}, "Élan Vital"},
		{"length(text)", "int4", []string{"text:日本語"}, "3"},
		{"octet_length(text)", "int4", []string{"text:日本語"}, "9"},
		{"reverse", "text", []string{"text:aé😀"}, "😀éa"},
		{"substring(text,int4,int4)", "text", []string{"text:a😀b", "int4:2", "int4:1"}, "😀"},
		{"texticregexeq", "bool", []string{"text:Ünïcode", "text:ünï"}, "t"},
		{"texticlike", "bool", []string{"text:ÜBER", "text:über"}, "t"},
		{"textlike", "bool", []string{"text:😀", "text:_"}, "t"},
	} {
		if got := call(t, x.id, x.result, x.args...); got != x.want {
			t.Errorf("%s(%v): %s, want %s", x.id, x.args, got, x.want)
		}
	}
}

func TestNullsAreSeenOnlyByFunctionsThatCanUseThem(t *testing.T) {
	for _, x := range []struct {
		id, result string
		args       []string
		want       string
	}{
		{"textcat", "text", []string{"text:a", "text:NULL"}, "NULL"},
		{"concat", "text", []string{"text:a", "text:NULL", "int4:1"}, "a1"},
		{"concat_ws", "text", []string{"text:-", "text:NULL", "int4:1", "text:x"}, "1-x"},
		{"array_append", "int4[]", []string{"int4[]:NULL", "int4:1"}, "{1}"},
		{"array_append", "int4[]", []string{"int4[]:{1}", "int4:NULL"}, "{1,NULL}"},
		{"quote_nullable(text)", "text", []string{"text:NULL"}, "NULL"},
		{"num_nulls", "int4", []string{"text:NULL", "int4:1"}, "1"},
		{"array_to_string(anyarray,text,text)", "text", []string{"int4[]:{1,NULL}", "text:,", "text:NULL"}, "1"},
	} {
		if got := call(t, x.id, x.result, x.args...); got != x.want {
			t.Errorf("%s(%v): %s, want %s", x.id, x.args, got, x.want)
		}
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	for _, id := range []string{"", "nextval", "pg_typeof", "sum(int4)"} {
		if _, ok := pgfunc.Lookup(id); ok {
			t.Errorf("Lookup(%q) finds something", id)
		}
	}
}
