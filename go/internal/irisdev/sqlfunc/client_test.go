package sqlfunc

import (
	"testing"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

func TestValuesFromClients(t *testing.T) {
	vector := sqltype.Type{Kind: sqltype.Vector, Element: sqltype.ElementDouble, Length: 2}
	for _, x := range []struct {
		in   string
		t    sqltype.Type
		want any
	}{
		{"2024-02-22", dateType, "66892"}, {"66892", dateType, "66892"}, {"2024-02-22 13:46:12", dateType, "66892"}, {"2023-02-29", dateType, -146},
		{"13:46:12.5", timeType, "49572.5"}, {"24:00", timeType, -147}, {"1970-01-01 13:46:12", timeType, "49572"},
		{"1970-01-01 00:00:00.000001", posixType, "1152921504606846977"}, {"nonsense", posixType, -146},
		{"2024-02-22", stampType, "2024-02-22 00:00:00"}, {" 12.50 ", numericOf(9, 2), "12.5"}, {"12x", integer, -104}, {"", integer, -104},
		{"true", bit, "1"}, {"false", bit, "0"}, {"1e3", doubleType, "1000"}, {"[1,2]", vector, "1,2"}, {"1,x", vector, -400}, {"any text", anyText, "any text"},
	} {
		v, err := FromClient(s(x.in), x.t)
		if code, bad := x.want.(int); bad {
			if codeOf(t, err) != code {
				t.Errorf("%q as %s: %v, want %d", x.in, x.t.Name(), err, code)
			}
			continue
		}
		if err != nil || v.Text() != x.want {
			t.Errorf("%q as %s = %q, %v; want %v", x.in, x.t.Name(), v.Text(), err, x.want)
		}
	}
	if v, err := FromClient(none, dateType); err != nil || !v.IsNull() {
		t.Errorf("NULL: %q, %v", v.Text(), err)
	}
}

func FuzzDatesAndNumbers(f *testing.F) {
	for _, x := range []string{"2024-02-22", "66892,3600", "1 MAR 2022 1:33pm", "24:00", "-1", "1e400", "9,999.99", "YYYY-MM-DD", "", "M"} {
		f.Add(x, "DD MON YYYY")
	}
	f.Fuzz(func(t *testing.T, text, format string) {
		if m, ok := parseMoment(text); ok && inRange(m) {
			if back, ok := parseMoment(m.Format(layout)); !ok || !back.Equal(m) {
				t.Errorf("%q is %v, and that is %v", text, m, back)
			}
		}
		scanMoment(text, format)
		formatMoment(base, format)
		if nf, ok := parseNumberFormat(format); ok {
			nf.write(s(text).Number())
		}
		for _, typ := range []sqltype.Type{dateType, timeType, posixType, stampType, integer, doubleType} {
			if v, err := FromClient(s(text), typ); err == nil {
				Cast(Arg{Type: typ}, anyText).Run(fakeEnv{}, []value.Value{v})
			}
		}
	})
}

func FuzzParseVector(f *testing.F) {
	f.Add("[1,2,3]", 0)
	f.Add("1,,2", 3)
	f.Add(" [ ] ", 2)
	f.Fuzz(func(t *testing.T, text string, length int) {
		v, err := ParseVector(text, sqltype.ElementDouble, length%5000)
		if err != nil {
			return
		}
		back, err := ParseVector(v.Vec().Text(), sqltype.ElementDouble, 0)
		if err != nil || back.Vec().Text() != v.Vec().Text() {
			t.Errorf("%q gives %q, and that %v", text, v.Vec().Text(), err)
		}
	})
}
