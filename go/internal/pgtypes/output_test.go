package pgtypes_test

import (
	"math"
	"strings"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
)

// IRIS has several forms for one value; each must print the same.
func TestEveryFormOfIRISPrintsAsPostgreSQL(t *testing.T) {
	money := pgtypes.Type{OID: pgtypes.Numeric, Mod: pgtypes.NumericMod(10, 2)}
	for _, c := range []struct {
		t    pgtypes.Type
		v    iris.Value
		want string
	}{
		{pgtypes.Of(pgtypes.Date), iris.Latin1([]byte("2024-02-29")), "2024-02-29"},
		{pgtypes.Of(pgtypes.Date), iris.Int(66899), "2024-02-29"},
		{pgtypes.Of(pgtypes.Date), iris.Int(0), "1840-12-31"},
		{pgtypes.Of(pgtypes.Date), iris.Int(-1), "1840-12-30"},
		{pgtypes.Of(pgtypes.Time), iris.Latin1([]byte("13:14:15.5000")), "13:14:15.5"},
		{pgtypes.Of(pgtypes.Time), iris.Decimal(47655123, -3), "13:14:15.123"},
		{pgtypes.Of(pgtypes.Time), iris.Int(47655), "13:14:15"},
		{pgtypes.Of(pgtypes.Timestamp), iris.Int(1154630717061970432), "2024-02-29 13:14:15.123456"},
		{pgtypes.Of(pgtypes.Timestamp), iris.Int(-6917529027641081857), "1969-12-31 23:59:59.999999"},
		{pgtypes.Of(pgtypes.Timestamp), iris.Latin1([]byte("2024-02-29 13:14:15.120000")), "2024-02-29 13:14:15.12"},
		{pgtypes.Of(pgtypes.Timestamp), iris.Latin1([]byte("2024-02-29")), "2024-02-29 00:00:00"},
		{money, iris.Decimal(125, -1), "12.50"},
		{money, iris.Int(12), "12.00"},
		{money, iris.Latin1([]byte(".5")), "0.50"},
		{money, iris.Latin1([]byte("-12.5")), "-12.50"},
		{money, iris.Double(12.5), "12.50"},
		{money, iris.Decimal(12500, -3), "12.50"},
		{money, iris.Decimal(12345, -3), "12.345"},
		{pgtypes.Of(pgtypes.Float8), iris.Latin1([]byte("INF")), "Infinity"},
		{pgtypes.Of(pgtypes.Float8), iris.Decimal(15, -1), "1.5"},
		{pgtypes.Of(pgtypes.Float8), iris.Latin1([]byte("1E100")), "1e+100"},
		{pgtypes.Of(pgtypes.Float4), iris.Double(0.1), "0.1"},
		{pgtypes.Of(pgtypes.Float4), iris.Double(100663296), "1.00663296e+08"}, // 1.006633e+08 is as near to 100663304
		{pgtypes.Of(pgtypes.Float4), iris.Double(-100663296), "-1.00663296e+08"},
		{pgtypes.Of(pgtypes.Float4), iris.Double(16777216), "1.6777216e+07"},
		{pgtypes.Of(pgtypes.Float8), iris.Double(1 << 60), "1.152921504606847e+18"},
		{pgtypes.Of(pgtypes.Bool), iris.Latin1([]byte("1")), "t"},
		{pgtypes.Of(pgtypes.Int4), iris.Latin1([]byte("42")), "42"},
		{pgtypes.Of(pgtypes.Int4), iris.Decimal(420, -1), "42"},
		{pgtypes.Of(pgtypes.Text), iris.Latin1([]byte{'z', 0xe9}), "zé"},
		{pgtypes.Of(pgtypes.Text), iris.UTF16([]byte{0x3d, 0xd8, 0x00, 0xde}), "😀"},
		{pgtypes.Of(pgtypes.Text), iris.Int(7), "7"},
		{pgtypes.Of(pgtypes.Bytea), iris.Latin1([]byte{0, 0xff}), `\x00ff`},
		{pgtypes.Of(pgtypes.UUID), iris.Text("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"), "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"},
		{pgtypes.Of(pgtypes.Vector), iris.Latin1([]byte("[.1,2.0, 3]")), "[0.1,2,3]"},
		{pgtypes.Of(pgtypes.Vector), iris.Latin1([]byte("0.10000000149011612,2")), "[0.1,2]"},
	} {
		got, err := pgtypes.AppendText(nil, c.t, c.v, pgtypes.Style{})
		if err != nil || string(got) != c.want {
			t.Errorf("%s of %q: %q (%v), want %q", pgtypes.Format(c.t), c.v.String(), got, err, c.want)
		}
	}
}

func TestAWrongFormIsAnErrorAndNeverAnotherValue(t *testing.T) {
	for _, c := range []struct {
		oid pgtypes.OID
		v   iris.Value
	}{
		{pgtypes.Int4, iris.Int(math.MaxInt32 + 1)}, {pgtypes.Int4, iris.Decimal(15, -1)}, {pgtypes.Int8, iris.Text("x")},
		{pgtypes.Bool, iris.Int(2)}, {pgtypes.Date, iris.Text("2024-02-30")}, {pgtypes.Date, iris.Text("2024-02-29 10:00:00")},
		{pgtypes.Time, iris.Int(86401)}, {pgtypes.Timestamp, iris.Text("soon")}, {pgtypes.Numeric, iris.Text("x")},
		{pgtypes.Float8, iris.Text("x")}, {pgtypes.Vector, iris.Text("1,,2")}, {pgtypes.UUID, iris.Null()},
	} {
		if c.v.IsNull() {
			continue
		}
		if got, err := pgtypes.AppendText(nil, pgtypes.Of(c.oid), c.v, pgtypes.Style{}); err == nil {
			t.Errorf("%s of %q printed as %q", pgtypes.Format(pgtypes.Of(c.oid)), c.v.String(), got)
		}
	}
}

// An ObjectScript program may have cut a character beyond U+FFFF in two.
func TestHalfACharacterIsAnErrorInEveryForm(t *testing.T) {
	for _, raw := range [][]byte{{0x3d, 0xd8}, {'a', 0, 0x3d, 0xd8, 'b', 0}, {0x00, 0xde}, {0x00, 0xde, 0x3d, 0xd8}, {0x3d, 0xd8, 0x3d, 0xd8, 0x00, 0xde}} {
		v := iris.UTF16(raw)
		for _, oid := range []pgtypes.OID{pgtypes.Text, pgtypes.Varchar, pgtypes.Bpchar, pgtypes.Name, pgtypes.JSON} {
			typ := pgtypes.Of(oid)
			_, text := pgtypes.AppendText(nil, typ, v, pgtypes.Style{})
			_, binary := pgtypes.AppendBinary(nil, typ, v)
			_, canonical := pgtypes.Canonical(typ, v)
			for form, err := range map[string]error{"text": text, "binary": binary, "canonical": canonical} {
				if err == nil || !strings.Contains(err.Error(), "22021") {
					t.Errorf("%s of % x, %s: %v", pgtypes.Format(typ), raw, form, err)
				}
			}
		}
	}
}

func TestZerosThatNoColumnKeepsAreDropped(t *testing.T) {
	for _, c := range []struct {
		text  string
		scale int
		want  string
	}{
		{"123456789012.1234560000", 6, "123456789012.123456"}, {"1.50", 2, "1.50"}, {"1.50", 0, "1.5"}, {"1.00", 1, "1.0"}, {"0.000", 1, "0.0"},
		{"-2.500", 1, "-2.5"}, {"1.25", 1, "1.25"}, {"NaN", 1, "NaN"},
	} {
		v, err := pgtypes.ParseText(pgtypes.Of(pgtypes.Numeric), c.text)
		if err != nil {
			t.Fatal(err)
		}
		if got := pgtypes.WithoutZeros(v, c.scale); got.String() != c.want {
			t.Errorf("%s to %d: %s, want %s", c.text, c.scale, got, c.want)
		}
	}
}

func TestWhatIRISCannotHoldIsNotStorable(t *testing.T) {
	for _, c := range []struct {
		oid  pgtypes.OID
		text string
		ok   bool
	}{
		{pgtypes.Date, "infinity", false}, {pgtypes.Date, "0044-03-15 BC", false}, {pgtypes.Date, "10000-01-01", false},
		{pgtypes.Date, "0001-01-01", true}, {pgtypes.Date, "9999-12-31", true},
		{pgtypes.Timestamp, "-infinity", false}, {pgtypes.Timestamptz, "9999-12-31 23:59:59.999999", true},
		{pgtypes.Time, "24:00", false}, {pgtypes.Numeric, "NaN", false}, {pgtypes.Numeric, "1e100", true},
		{pgtypes.Bytea, `\x00`, false}, {pgtypes.Bytea, `\x0000`, true},
	} {
		v, err := pgtypes.ParseText(pgtypes.Of(c.oid), c.text)
		if err != nil {
			t.Fatal(err)
		}
		if err := pgtypes.Storable(pgtypes.Of(c.oid), v); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.text, err)
		}
	}
	for text, fits := range map[string]bool{"1.500000000": true, "1.5000001": false, "999999999999": true, "1000000000000": false} {
		v, _ := pgtypes.ParseText(pgtypes.Of(pgtypes.Numeric), text)
		if pgtypes.FitsNumeric(v, 18, 6) != fits {
			t.Errorf("%s: %v", text, !fits)
		}
	}
}

func TestTypesAreFoundByEverySpelling(t *testing.T) {
	for name, oid := range map[string]pgtypes.OID{
		"int": pgtypes.Int4, "integer": pgtypes.Int4, "int4": pgtypes.Int4, "bigint": pgtypes.Int8, "bool": pgtypes.Bool, "boolean": pgtypes.Bool,
		"double precision": pgtypes.Float8, "decimal": pgtypes.Numeric, "character varying": pgtypes.Varchar, "timestamp with time zone": pgtypes.Timestamptz,
		"int4[]": pgtypes.Int4Array, "_text": pgtypes.TextArray, "vector": pgtypes.Vector, "vector[]": pgtypes.VectorArray,
	} {
		if i, ok := pgtypes.ByName(name); !ok || i.OID != oid {
			t.Errorf("%s: %+v", name, i)
		}
	}
	if _, ok := pgtypes.ByName("nope[]"); ok {
		t.Error("an array of nothing was found")
	}
}

func TestFormatTypeNamesTheModifier(t *testing.T) {
	for want, arg := range map[string]struct {
		oid  pgtypes.OID
		args []int
	}{
		"character varying(20)": {pgtypes.Varchar, []int{20}}, "character(3)": {pgtypes.Bpchar, []int{3}}, "numeric(10,2)": {pgtypes.Numeric, []int{10, 2}},
		"numeric(5,0)": {pgtypes.Numeric, []int{5}}, "numeric(3,-2)": {pgtypes.Numeric, []int{3, -2}}, "timestamp(3) without time zone": {pgtypes.Timestamp, []int{3}},
		"vector(384)": {pgtypes.Vector, []int{384}}, "double precision": {pgtypes.Float8, nil}, "integer": {pgtypes.Int4, nil}, "text": {pgtypes.Text, nil},
	} {
		mod, err := pgtypes.TypMod(arg.oid, arg.args)
		if got := pgtypes.Format(pgtypes.Type{OID: arg.oid, Mod: mod}); err != nil || got != want {
			t.Errorf("%s (%v), want %s", got, err, want)
		}
	}
	for _, bad := range []struct {
		oid  pgtypes.OID
		args []int
	}{{pgtypes.Varchar, []int{0}}, {pgtypes.Numeric, []int{1001}}, {pgtypes.Vector, []int{16001}}, {pgtypes.Int4, []int{1}}} {
		if _, err := pgtypes.TypMod(bad.oid, bad.args); err == nil {
			t.Errorf("%v of %d was accepted", bad.args, bad.oid)
		}
	}
}

func TestDecimalsGoThroughExactArithmeticUnchanged(t *testing.T) {
	for _, text := range []string{"12.50", "-0.001", "NaN", "Infinity", "123456789012345678901234567890.10", "0"} {
		v, err := pgtypes.ParseText(pgtypes.Of(pgtypes.Numeric), text)
		if err != nil {
			t.Fatal(err)
		}
		d, err := pgtypes.NumericDecimal(v)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := pgtypes.DecimalNumeric(d); err != nil || back.String() != text {
			t.Errorf("%s came back as %s (%v)", text, back.String(), err)
		}
	}
}

func BenchmarkAppendText(b *testing.B) {
	for _, c := range []struct {
		name string
		t    pgtypes.Type
		v    iris.Value
	}{
		{"int4", pgtypes.Of(pgtypes.Int4), iris.Int(123456)}, {"text", pgtypes.Of(pgtypes.Text), iris.Latin1([]byte("some text of a row"))},
		{"float8", pgtypes.Of(pgtypes.Float8), iris.Double(0.1)}, {"numeric", pgtypes.Type{OID: pgtypes.Numeric, Mod: pgtypes.NumericMod(10, 2)}, iris.Decimal(125, -1)},
		{"timestamp", pgtypes.Of(pgtypes.Timestamp), iris.Latin1([]byte("2024-02-29 13:14:15.123456"))}, {"date", pgtypes.Of(pgtypes.Date), iris.Int(66899)},
		{"vector", pgtypes.Of(pgtypes.Vector), iris.Latin1([]byte(strings.Repeat("0.12345678,", 1535) + "1"))},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			var buf []byte
			for b.Loop() {
				buf, _ = pgtypes.AppendText(buf[:0], c.t, c.v, pgtypes.Style{})
			}
		})
	}
}
