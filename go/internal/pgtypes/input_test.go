package pgtypes_test

import (
	"errors"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

func typeOf(oid pgtypes.OID, mod int32) pgtypes.Type { return pgtypes.Type{OID: oid, Mod: mod} }

// accepted holds inputs with PostgreSQL's output of them.
var accepted = []struct {
	t    pgtypes.Type
	in   string
	want string
}{
	{pgtypes.Of(pgtypes.Bool), " YES ", "t"},
	{pgtypes.Of(pgtypes.Bool), "of", "f"},
	{pgtypes.Of(pgtypes.Int4), " -42\n", "-42"},
	{pgtypes.Of(pgtypes.Int8), "-9223372036854775808", "-9223372036854775808"},
	{pgtypes.Of(pgtypes.Oid), "-1", "4294967295"},
	{pgtypes.Of(pgtypes.Numeric), ".5", "0.5"},
	{pgtypes.Of(pgtypes.Numeric), "-0.00", "0.00"},
	{pgtypes.Of(pgtypes.Numeric), "1e-5", "0.00001"},
	{pgtypes.Of(pgtypes.Numeric), "123456789012345678901234567890.1", "123456789012345678901234567890.1"},
	{pgtypes.Of(pgtypes.Numeric), " inf ", "Infinity"},
	{typeOf(pgtypes.Numeric, pgtypes.NumericMod(10, 2)), "12.5", "12.50"},
	{typeOf(pgtypes.Numeric, pgtypes.NumericMod(10, 2)), "-12.345", "-12.35"},
	{typeOf(pgtypes.Numeric, pgtypes.NumericMod(3, -2)), "12345", "12300"},
	{typeOf(pgtypes.Numeric, pgtypes.NumericMod(2, 2)), "0.994", "0.99"},
	{pgtypes.Of(pgtypes.Float8), "1e15", "1e+15"},
	{pgtypes.Of(pgtypes.Float8), "123456789012345", "123456789012345"},
	{pgtypes.Of(pgtypes.Float8), "0.0001", "0.0001"},
	{pgtypes.Of(pgtypes.Float8), "0.00001", "1e-05"},
	{pgtypes.Of(pgtypes.Float4), "123456", "123456"},
	{pgtypes.Of(pgtypes.Float4), "1234567", "1.234567e+06"},
	{typeOf(pgtypes.Varchar, pgtypes.VarcharMod(3)), "abc   ", "abc"},
	{typeOf(pgtypes.Bpchar, pgtypes.VarcharMod(3)), "é", "é  "},
	{pgtypes.Of(pgtypes.Bytea), `a\\b\001`, `\x615c6201`},
	{pgtypes.Of(pgtypes.Bytea), `\xDE ad`, `\xdead`},
	{pgtypes.Of(pgtypes.Date), "January 8, 1999", "1999-01-08"},
	{pgtypes.Of(pgtypes.Date), "8-Jan-99", "1999-01-08"},
	{pgtypes.Of(pgtypes.Date), "1/8/1999", "1999-01-08"},
	{pgtypes.Of(pgtypes.Date), "19990108", "1999-01-08"},
	{pgtypes.Of(pgtypes.Date), "2024-02-29 12:00", "2024-02-29"},
	{pgtypes.Of(pgtypes.Time), "04:05 PM", "16:05:00"},
	{pgtypes.Of(pgtypes.Time), "12:30 am", "00:30:00"},
	{typeOf(pgtypes.Time, 0), "10:00:00.5", "10:00:01"},
	{pgtypes.Of(pgtypes.Timestamp), "2024-01-01T10:20:30.1234567Z", "2024-01-01 10:20:30.123457"},
	{pgtypes.Of(pgtypes.Timestamp), "20240101T102030", "2024-01-01 10:20:30"},
	{pgtypes.Of(pgtypes.Timestamp), "epoch", "1970-01-01 00:00:00"},
	{pgtypes.Of(pgtypes.Timestamptz), "2024-01-01 10:00:00+05:30", "2024-01-01 04:30:00+00"},
	{pgtypes.Of(pgtypes.Timestamptz), "2024-07-01 10:00 America/New_York", "2024-07-01 14:00:00+00"},
	{pgtypes.Of(pgtypes.Timestamptz), "2024-03-10 02:30 America/New_York", "2024-03-10 07:30:00+00"},
	{pgtypes.Of(pgtypes.Timestamptz), "2024-11-03 01:30 America/New_York", "2024-11-03 06:30:00+00"},
	{pgtypes.Of(pgtypes.UUID), "{A0EEBC999C0B4EF8BB6D6BB9BD380A11}", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"},
	{pgtypes.Of(pgtypes.JSON), ` {"b" : 1}`, ` {"b" : 1}`},
	{pgtypes.Of(pgtypes.JSONB), `{"bb":1e2,"a":"\u00e9\ud83d\ude00","a":[]}`, `{"a": [], "bb": 100}`},
	{pgtypes.Of(pgtypes.Interval), "1.5 months ago", "-1 mons -15 days"},
	{pgtypes.Of(pgtypes.Interval), "P1Y2M3DT4H5M6.7S", "1 year 2 mons 3 days 04:05:06.7"},
	{pgtypes.Of(pgtypes.Interval), "1-2 3 4:05:06", "1 year 2 mons 3 days 04:05:06"},
	{pgtypes.Of(pgtypes.Interval), "90 minutes", "01:30:00"},
	{pgtypes.Of(pgtypes.Cidr), "10.0.0.0/8", "10.0.0.0/8"},
	{pgtypes.Of(pgtypes.Vector), " [ 1 , 2.5,-3e-2 ] ", "[1,2.5,-0.03]"},
	{pgtypes.Of(pgtypes.TextArray), `{ a b , "c,d", null, "null", "" }`, `{"a b","c,d",NULL,"null",""}`},
}

func TestInputIsPrintedAsPostgreSQLPrintsIt(t *testing.T) {
	for _, c := range accepted {
		v, err := pgtypes.ParseText(c.t, c.in)
		if err != nil {
			t.Errorf("%s %q: %v", pgtypes.Format(c.t), c.in, err)
			continue
		}
		got, err := pgtypes.AppendText(nil, c.t, v, pgtypes.Style{})
		if err != nil || string(got) != c.want {
			t.Errorf("%s %q: %q (%v), want %q", pgtypes.Format(c.t), c.in, got, err, c.want)
		}
	}
}

// refused holds inputs with PostgreSQL's and pgvector's SQLSTATE and message.
var refused = []struct {
	t             pgtypes.Type
	in            string
	code, message string
}{
	{pgtypes.Of(pgtypes.Bool), "o", "22P02", `invalid input syntax for type boolean: "o"`},
	{pgtypes.Of(pgtypes.Int4), "abc", "22P02", `invalid input syntax for type integer: "abc"`},
	{pgtypes.Of(pgtypes.Int4), "", "22P02", `invalid input syntax for type integer: ""`},
	{pgtypes.Of(pgtypes.Int4), "2147483648", "22003", `value "2147483648" is out of range for type integer`},
	{pgtypes.Of(pgtypes.Int8), "9223372036854775808", "22003", `value "9223372036854775808" is out of range for type bigint`},
	{pgtypes.Of(pgtypes.Int2), "1_0", "22P02", `invalid input syntax for type smallint: "1_0"`},
	{pgtypes.Of(pgtypes.Numeric), "1.2.3", "22P02", `invalid input syntax for type numeric: "1.2.3"`},
	{pgtypes.Of(pgtypes.Numeric), "1e200000", "22003", "value overflows numeric format"},
	{typeOf(pgtypes.Numeric, pgtypes.NumericMod(4, 2)), "100", "22003", "numeric field overflow"},
	{pgtypes.Of(pgtypes.Float8), "1e400", "22003", `"1e400" is out of range for type double precision`},
	{pgtypes.Of(pgtypes.Float8), "0x10", "22P02", `invalid input syntax for type double precision: "0x10"`},
	{pgtypes.Of(pgtypes.Text), "a\x00b", "22021", `invalid byte sequence for encoding "UTF8": 0x00`},
	{pgtypes.Of(pgtypes.Text), "a\xff", "22021", `invalid byte sequence for encoding "UTF8": 0xff`},
	{typeOf(pgtypes.Varchar, pgtypes.VarcharMod(3)), "abcd", "22001", "value too long for type character varying(3)"},
	{pgtypes.Of(pgtypes.Bytea), `\xz0`, "22023", `invalid hexadecimal digit: "z"`},
	{pgtypes.Of(pgtypes.Bytea), `\x0`, "22023", "invalid hexadecimal data: odd number of digits"},
	{pgtypes.Of(pgtypes.Bytea), `\9`, "22P02", "invalid input syntax for type bytea"},
	{pgtypes.Of(pgtypes.Date), "2024-13-01", "22008", `date/time field value out of range: "2024-13-01"`},
	{pgtypes.Of(pgtypes.Date), "2023-02-29", "22008", `date/time field value out of range: "2023-02-29"`},
	{pgtypes.Of(pgtypes.Date), "hello", "22007", `invalid input syntax for type date: "hello"`},
	{pgtypes.Of(pgtypes.Date), "", "22007", `invalid input syntax for type date: ""`},
	{pgtypes.Of(pgtypes.Time), "25:00", "22008", `date/time field value out of range: "25:00"`},
	{pgtypes.Of(pgtypes.Timestamp), "2024-01-01 10:00:00 bad", "22007", `invalid input syntax for type timestamp: "2024-01-01 10:00:00 bad"`},
	{pgtypes.Of(pgtypes.Timestamptz), "2024-01-01 10:00 No/Where", "22023", `time zone "No/Where" not recognized`},
	{pgtypes.Of(pgtypes.UUID), "a0eebc99", "22P02", `invalid input syntax for type uuid: "a0eebc99"`},
	{pgtypes.Of(pgtypes.JSON), `{"a":}`, "22P02", "invalid input syntax for type json"},
	{pgtypes.Of(pgtypes.JSONB), `"\u0000"`, "22P05", "unsupported Unicode escape sequence"},
	{pgtypes.Of(pgtypes.JSONB), `"\ud800"`, "22P02", "invalid input syntax for type json"},
	{pgtypes.Of(pgtypes.Interval), "1 fortnight", "22007", `invalid input syntax for type interval: "1 fortnight"`},
	{pgtypes.Of(pgtypes.Cidr), "10.0.0.1/8", "22P02", `invalid cidr value: "10.0.0.1/8"`},
	{pgtypes.Of(pgtypes.Vector), "[]", "22000", "vector must have at least 1 dimension"},
	{pgtypes.Of(pgtypes.Vector), "[1,a]", "22P02", `invalid input syntax for type vector: "[1,a]"`},
	{pgtypes.Of(pgtypes.Vector), "1,2", "22P02", `invalid input syntax for type vector: "1,2"`},
	{pgtypes.Of(pgtypes.Vector), "[1,,2]", "22P02", `invalid input syntax for type vector: "[1,,2]"`},
	{pgtypes.Of(pgtypes.Vector), "[1,2", "22P02", `invalid input syntax for type vector: "[1,2"`},
	{pgtypes.Of(pgtypes.Vector), "[1,2]]", "22P02", `invalid input syntax for type vector: "[1,2]]"`},
	{pgtypes.Of(pgtypes.Vector), "[NaN,1]", "22000", "NaN not allowed in vector"},
	{pgtypes.Of(pgtypes.Vector), "[Infinity,1]", "22000", "infinite value not allowed in vector"},
	{pgtypes.Of(pgtypes.Vector), "[1e50]", "22003", `"1e50" is out of range for type vector`},
	{typeOf(pgtypes.Vector, 3), "[1,2]", "22000", "expected 3 dimensions, not 2"},
	{pgtypes.Of(pgtypes.Int4Array), "{1,x}", "22P02", `invalid input syntax for type integer: "x"`},
	{pgtypes.Of(pgtypes.Int4Array), "1,2", "22P02", `malformed array literal: "1,2"`},
	{pgtypes.Of(pgtypes.Int4Array), "{{1},{2}}", "0A000", "an array of more than one dimension is not supported by iris-pgwire"},
	{pgtypes.Of(pgtypes.Record), "(1,2)", "0A000", "input of type record is not supported by iris-pgwire"},
}

func TestBadInputHasPostgreSQLsErrors(t *testing.T) {
	for _, c := range refused {
		_, err := pgtypes.ParseText(c.t, c.in)
		var e *pgerr.Error
		if !errors.As(err, &e) || e.Code != c.code || e.Message != c.message {
			t.Errorf("%s %q: %v, want %s %s", pgtypes.Format(c.t), c.in, err, c.code, c.message)
		}
	}
}

func TestInputFollowsTheSessionsSettings(t *testing.T) {
	berlin, err := pgtypes.LoadZone("europe/berlin")
	if err != nil {
		t.Fatal(err)
	}
	st := pgtypes.Style{Order: pgtypes.DMY, Location: berlin, Now: time.Date(2024, 2, 28, 23, 30, 0, 0, time.UTC)}
	for _, c := range []struct {
		oid      pgtypes.OID
		in, want string
	}{
		{pgtypes.Date, "8/1/1999", "1999-01-08"},
		{pgtypes.Date, "today", "2024-02-29"},
		{pgtypes.Timestamptz, "2024-07-01 12:00", "2024-07-01 10:00:00"},
		{pgtypes.Timestamptz, "now", "2024-02-28 23:30:00"},
	} {
		v, err := pgtypes.ParseStyled(pgtypes.Of(c.oid), c.in, st)
		if err != nil || v.String() != c.want {
			t.Errorf("%s: %q, %v", c.in, v.String(), err)
		}
	}
	out, err := pgtypes.AppendText(nil, pgtypes.Of(pgtypes.Timestamptz), iris.Text("2024-07-01 10:00:00"), st)
	if err != nil || string(out) != "2024-07-01 12:00:00+02" {
		t.Errorf("%s, %v", out, err)
	}
}

func FuzzParseText(f *testing.F) {
	for _, c := range accepted {
		f.Add(uint32(c.t.OID), c.in)
	}
	for _, c := range refused {
		f.Add(uint32(c.t.OID), c.in)
	}
	f.Fuzz(func(t *testing.T, oid uint32, text string) {
		typ := pgtypes.Of(pgtypes.OID(oid))
		v, err := pgtypes.ParseText(typ, text)
		if err != nil {
			return
		}
		first, err := pgtypes.AppendText(nil, typ, v, pgtypes.Style{})
		if err != nil {
			t.Fatalf("%s %q was read but can't be printed: %v", pgtypes.Format(typ), text, err)
		}
		again, err := pgtypes.ParseText(typ, string(first))
		if err != nil {
			t.Fatalf("%s %q prints as %q, which can't be read: %v", pgtypes.Format(typ), text, first, err)
		}
		second, _ := pgtypes.AppendText(nil, typ, again, pgtypes.Style{})
		if string(first) != string(second) {
			t.Fatalf("%s %q prints as %q and then as %q", pgtypes.Format(typ), text, first, second)
		}
	})
}

func FuzzFromBinary(f *testing.F) {
	f.Add(uint32(pgtypes.Numeric), []byte("\x00\x02\x00\x00\x00\x00\x00\x02\x00\x01\x13\x88"))
	f.Add(uint32(pgtypes.Vector), []byte("\x00\x01\x00\x00\x3f\x80\x00\x00"))
	f.Add(uint32(pgtypes.Int4Array), []byte("\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x17\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x04\x00\x00\x00\x01"))
	f.Fuzz(func(t *testing.T, oid uint32, b []byte) {
		typ := pgtypes.Of(pgtypes.OID(oid))
		v, err := pgtypes.FromBinary(typ, b)
		if err != nil {
			return
		}
		if _, err := pgtypes.AppendBinary(nil, typ, v); err != nil {
			t.Fatalf("%s % x was read but can't be sent: %v", pgtypes.Format(typ), b, err)
		}
	})
}
