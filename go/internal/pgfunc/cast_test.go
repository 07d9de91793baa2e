package pgfunc_test

import (
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgfunc"
	"iris-pgwire/internal/pgtypes"
)

func cast(t testing.TB, from, to string, explicit bool) string {
	t.Helper()
	typ, v := literal(t, from)
	target := typeOf(t, to)
	f, ok := pgfunc.Cast(typ, target, explicit)
	if !ok {
		return "no cast"
	}
	out, err := f.Call(&pgfunc.Context{Args: []pgtypes.Type{typ}, Result: target}, []iris.Value{v})
	return show(t, target, out, err)
}

// Only an explicit cast cuts (PostgreSQL docs, "Character Types").
func TestAssignmentsRefuseWhatExplicitCastsCut(t *testing.T) {
	for _, x := range []struct{ from, to, explicit, assigned string }{
		{"text:abcdef", "varchar(3)", "abc", "22001 value too long for type character varying(3)"},
		{"text:abc   ", "varchar(3)", "abc", "abc"},
		{"text:ééé", "varchar(2)", "éé", "22001 value too long for type character varying(2)"},
		{"text:abcdef", "bpchar(3)", "abc", "22001 value too long for type character(3)"},
		{"text:a", "bpchar(3)", "a  ", "a  "},
		{"bit:10101", "bit(3)", "101", "22026 bit string length 5 does not match type bit(3)"},
		{"bit:101", "bit(5)", "10100", "22026 bit string length 3 does not match type bit(5)"},
		{"bit:10101", "varbit(3)", "101", "22001 bit string too long for type bit varying(3)"},
		{"numeric:1.239", "numeric(3)", "1", "1"},
		{"vector:[1,2]", "vector(3)", "22000 expected 3 dimensions, not 2", "22000 expected 3 dimensions, not 2"},
		{"text[]:{abc,d}", "varchar[]", "{abc,d}", "{abc,d}"},
	} {
		if got := cast(t, x.from, x.to, true); got != x.explicit {
			t.Errorf("%s::%s: %s, want %s", x.from, x.to, got, x.explicit)
		}
		if got := cast(t, x.from, x.to, false); got != x.assigned {
			t.Errorf("%s into %s: %s, want %s", x.from, x.to, got, x.assigned)
		}
	}
}

func TestCastsSayWhatIsWrong(t *testing.T) {
	for _, x := range []struct{ from, to, want string }{
		{"text:abc", "int4", `22P02 invalid input syntax for type integer: "abc"`},
		{"text:", "numeric", `22P02 invalid input syntax for type numeric: ""`},
		{"int4:40000", "int2", "22003 smallint out of range"},
		{"numeric:1e20", "int8", "22003 bigint out of range"},
		{"float8:NaN", "int4", "22003 integer out of range"},
		{"numeric:NaN", "int4", "0A000 cannot convert NaN to integer"},
		{"int8:-1", "oid", "22003 OID out of range"},
		{"text:2024-02-30", "date", `22008 date/time field value out of range: "2024-02-30"`},
		{"text:nonsense", "timestamp", `22007 invalid input syntax for type timestamp: "nonsense"`},
		{"text:{1,x}", "int4[]", `22P02 invalid input syntax for type integer: "x"`},
		{"jsonb:\"5\"", "int4", "22023 cannot cast jsonb string to type integer"},
		{"text:int4", "regtype", "no cast"},
		{"float8:1e300", "float4", "22003 value out of range: overflow"},
	} {
		if got := cast(t, x.from, x.to, true); got != x.want {
			t.Errorf("%s::%s: %s, want %s", x.from, x.to, got, x.want)
		}
	}
}

func TestEveryStoredTypeGoesThroughText(t *testing.T) {
	for _, x := range []string{
		"bool:t", "int2:-5", "int4:7", "int8:9223372036854775807", "numeric:1.50", "float4:0.1", "float8:1e+100", "text:é", "name:x",
		"bytea:\\x00ff", "date:2024-02-29", "time:12:34:56.5", "timestamp:2024-02-29 00:00:00", "timestamptz:2024-02-29 12:00:00+00",
		"uuid:a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "json:{\"a\":1}", "jsonb:{\"a\": 1}", "interval:1 day 02:00:00", "vector:[1,2.5]",
		"int4[]:{1,NULL,3}", "macaddr:08:00:2b:01:02:03", "bit:101",
	} {
		typ, v := literal(t, x)
		want := show(t, typ, v, nil)
		asText, ok := pgfunc.Cast(typ, pgtypes.Of(pgtypes.Text), true)
		back, ok2 := pgfunc.Cast(pgtypes.Of(pgtypes.Text), typ, true)
		if !ok || !ok2 {
			t.Errorf("%s: no cast to text or back", x)
			continue
		}
		s, err := asText.Call(&pgfunc.Context{Args: []pgtypes.Type{typ}, Result: pgtypes.Of(pgtypes.Text)}, []iris.Value{v})
		if err != nil {
			t.Errorf("%s: %v", x, err)
			continue
		}
		v, err = back.Call(&pgfunc.Context{Args: []pgtypes.Type{pgtypes.Of(pgtypes.Text)}, Result: typ}, []iris.Value{s})
		if got := show(t, typ, v, err); got != want {
			t.Errorf("%s: through text %s, want %s", x, got, want)
		}
	}
}
