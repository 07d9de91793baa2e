package sqlfunc

import (
	"testing"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/value"
)

func TestDateParts(t *testing.T) {
	run(t, Context{}, []example{
		{"YEAR", args(day("2024-02-22")), "2024"}, {"MONTH", args(posix("2024-02-22 13:46:12")), "2"}, {"QUARTER", args("2024-11-01"), "4"},
		{"DAY", args(day("2024-02-22")), "22"}, {"DAYOFWEEK", args(day("2024-02-22")), "5"}, // Thursday, Sunday being 1
		{"DAYOFYEAR", args(day("2024-12-31")), "366"}, {"WEEK", args(day("2024-01-01")), "1"}, {"WEEK", args(day("2024-12-31")), "53"},
		{"HOUR", args(clockTime("13:46:12")), "13"}, {"MINUTE", args("2024-02-22 13:46:12.5"), "46"},
		{"SECOND", args("2024-02-22 13:46:12.5"), "12.5"},
		{"DAYNAME", args(day("2024-02-22")), "Thursday"}, {"MONTHNAME", args(day("2024-02-22")), "February"},
		{"DATE", args("2024-02-22 13:46:12"), "66892"}, {"LAST_DAY", args(day("2024-02-22")), "66899"},
		{"YEAR", args("nonsense"), -400}, {"YEAR", args(nil), nil},
		{"DATEPART", args("yyyy", day("2024-02-22")), "2024"}, {"DATEPART", args("dw", day("2024-02-22")), "5"},
		{"DATEPART", args("ms", posix("2024-02-22 00:00:00.250")), "250"},
		{"DATEPART", args("sts", day("2024-02-22")), "2024-02-22 00:00:00"}, {"DATEPART", args("century", day("2024-02-22")), -8},
		{"DATENAME", args("month", day("2024-02-22")), "February"}, {"DATENAME", args("dw", day("2024-02-22")), "Thursday"},
		{"DATENAME", args("year", day("2024-02-22")), "2024"},
	})
}

func TestDateMath(t *testing.T) {
	newest := Context{Version: irissql.Version{Major: 2026, Minor: 1}}
	run(t, newest, []example{
		{"DATEADD", args("month", 1, day("2024-01-31")), "2024-02-29 00:00:00"}, // the month's last day
		{"DATEADD", args("day", dec("1.9"), day("2024-02-28")), "2024-02-29 00:00:00"},
		{"DATEADD", args("year", -1, day("2024-02-29")), "2023-02-28 00:00:00"},
		{"DATEADD", args("hh", 25, posix("2024-12-31 00:30:00")), "2025-01-01 01:30:00"},
		{"DATEADD", args("week", 1, "66892,3600"), "2024-02-29 01:00:00"}, // $HOROLOG
		{"DATEADD", args("ms", -1, day("2024-01-01")), "2023-12-31 23:59:59.999"},
		{"DATEADD", args("mcs", 1, day("2024-01-01")), "2024-01-01 00:00:00.000001"},
		{"DATEADD", args("year", 9000, day("2024-01-01")), nil},
		{"DATEADD", args("hour", 900000000000000000, day("2024-01-01")), nil},
		{"DATEADD", args("fortnight", 1, day("2024-01-01")), -8},
		{"DATEDIFF", args("year", day("2023-12-31"), day("2024-01-01")), "1"}, // boundaries, not whole years
		{"DATEDIFF", args("month", day("2024-03-01"), day("2024-01-31")), "-2"},
		{"DATEDIFF", args("week", day("2024-02-24"), day("2024-02-25")), "1"}, // Saturday to Sunday
		{"DATEDIFF", args("dd", posix("2024-02-22 23:59:59"), posix("2024-02-23 00:00:00")), "1"},
		{"DATEDIFF", args("hh", posix("2024-02-22 23:59:59"), posix("2024-02-23 00:00:00")), "1"},
		{"DATEDIFF", args("ms", posix("2024-02-22 00:00:00.5"), posix("2024-02-22 00:00:01")), "500"},
		{"DATEDIFF", args("quarter", day("2023-12-31"), day("2024-01-01")), -8},
		{"DATE_TRUNC", args("month", day("2024-02-22")), "2024-02-01 00:00:00"},
		{"DATE_TRUNC", args("quarter", posix("2024-11-22 10:00:00")), "2024-10-01 00:00:00"},
		{"DATE_TRUNC", args("week", day("2024-02-22")), "2024-02-18 00:00:00"}, // the Sunday before
		{"DATE_TRUNC", args("hour", posix("2024-02-22 13:46:12.5")), "2024-02-22 13:00:00"},
		{"DATE_TRUNC", args("ms", posix("2024-02-22 13:46:12.123456")), "2024-02-22 13:46:12.123"},
	})
	run(t, Context{Version: irissql.Version{Major: 2025, Minor: 1}}, []example{{"DATEADD", args("microsecond", 1, day("2024-01-01")), -8}})
}

func TestTimestampAddTakesAnIntervalWord(t *testing.T) {
	for word, want := range map[string]string{"SQL_TSI_DAY": "2024-03-01 00:00:00", "SQL_TSI_FRAC_SECOND": "2024-02-29 00:00:00.001"} {
		run(t, Context{Escape: true, Word: word}, []example{{"TIMESTAMPADD", args(1, day("2024-02-29")), want}})
	}
	run(t, Context{Escape: true, Word: "SQL_TSI_YEAR"}, []example{{"TIMESTAMPDIFF", args(day("2023-12-31"), day("2024-01-01")), "1"}})
	run(t, Context{Escape: true, Word: "DAY"}, []example{{"TIMESTAMPADD", args(1, day("2024-02-29")), -8}})
}

func TestClock(t *testing.T) {
	run(t, Context{}, []example{
		{"CURRENT_DATE", nil, "66892"}, {"CURRENT_TIME", nil, "49572"}, {"CURRENT_TIME", args(2), "49572.98"},
		{"CURRENT_TIMESTAMP", nil, "2024-02-22 13:46:12"}, {"CURRENT_TIMESTAMP", args(6), "2024-02-22 13:46:12.987654"},
		{"GETDATE", args(3), "2024-02-22 13:46:12.987"}, {"NOW", nil, "2024-02-22 13:46:12"}, {"SYSDATE", nil, "2024-02-22 13:46:12"},
		{"GETUTCDATE", nil, "2024-02-22 12:46:12"}, {"UNIX_TIMESTAMP", nil, "1708605972.987654"},
		{"UNIX_TIMESTAMP", args(posix("1970-01-02 00:00:00.5")), "86400.5"},
	})
}

func TestToChar(t *testing.T) {
	run(t, Context{}, []example{
		{"TO_CHAR", args(day("2024-02-22"), "YYYY-MM-DD"), "2024-02-22"}, {"TO_CHAR", args(day("2024-02-22"), "DAY MONTH DD"), "Thursday February 22"},
		{"TO_CHAR", args(day("2024-02-22"), "DD MON YY"), "22 Feb 24"}, {"TO_CHAR", args(day("2024-02-22"), "D DDD J"), "5 053 2460363"},
		{"TO_CHAR", args(posix("2024-02-22 13:46:12.5"), "HH24:MI:SS.FF"), "13:46:12.5"}, {"TO_CHAR", args(posix("2024-02-22 00:46:12"), "HH:MI AM"), "12:46 AM"},
		{"TO_CHAR", args(clockTime("13:46:12"), "SSSSS"), "49572"}, {"TO_CHAR", args(66892, "MM/DD/YYYY"), "02/22/2024"},
		{"TO_CHAR", args(10, "99.99"), " 10.00"}, {"TO_CHAR", args(dec("-1234.5"), "9,999.99"), "-1,234.50"}, {"TO_CHAR", args(12345, "999"), "####"},
		{"TO_CHAR", args(7, "000"), " 007"}, {"TO_CHAR", args(7, "FM000"), "007"}, {"TO_CHAR", args(7, "$99"), "  $7"}, {"TO_CHAR", args(-7, "99S"), " 7-"},
		{"TO_CHAR", args(dec("0.5"), "9.99"), "  .50"}, {"TO_CHAR", args(dec("0.5"), "0.99"), " 0.50"}, {"TO_CHAR", args(0, "999"), "   0"},
		{"TO_CHAR", args(dec("12.50")), "12.5"}, {"TO_CHAR", args(day("2024-02-22")), -380},
	})
}

func TestScanningDates(t *testing.T) {
	run(t, Context{}, []example{
		{"TO_DATE", args("22 Feb 2024"), "66892"}, {"TO_DATE", args("2024-02-22", "YYYY-MM-DD"), "66892"}, {"TO_DATE", args("02/22/24", "MM/DD/RR"), "66892"},
		{"TO_DATE", args("2460363", "J"), "66892"}, {"TO_DATE", args("053/2024", "DDD/YYYY"), "66892"}, {"TO_DATE", args("February 22, 2024", "MONTH DD, YYYY"), "66892"},
		{"TO_DATE", args("2023-02-29", "YYYY-MM-DD"), -400}, {"TO_DATE", args("abc"), -400}, {"TO_DATE", args("2024-02-22x", "YYYY-MM-DD"), -400},
		{"TO_TIMESTAMP", args("2024-02-22 01:46:12 PM", "YYYY-MM-DD HH:MI:SS PM"), "2024-02-22 13:46:12"},
		{"TO_TIMESTAMP", args("2024-02-22 13:46:12.25", "YYYY-MM-DD HH24:MI:SS.FF"), "2024-02-22 13:46:12.25"},
		{"TO_TIMESTAMP", args("25:00", "HH24:MI"), -400},
		{"TO_POSIXTIME", args("1970-01-01 00:00:00", "YYYY-MM-DD HH24:MI:SS"), "1152921504606846976"},
	})
}

func TestConvertStyles(t *testing.T) {
	for _, x := range []struct {
		in    any
		style int
		want  string
	}{
		{day("2024-02-22"), 101, "02/22/2024"}, {day("2024-02-22"), 3, "22/02/24"}, {posix("2024-02-22 13:46:12"), 108, "13:46:12"},
		{posix("2024-02-22 13:46:12.5"), 121, "2024-02-22 13:46:12.500"}, {posix("2024-02-22 13:46:12"), 100, "Feb 22 2024  1:46PM"},
	} {
		a, v := arg(t, x.in)
		got, err := Convert(a, anyText, true).Run(fakeEnv{}, []value.Value{v, i(int64(x.style))})
		if err != nil || got.Text() != x.want {
			t.Errorf("CONVERT(VARCHAR, %v, %d) = %q, %v", x.in, x.style, got.Text(), err)
		}
	}
	a, v := arg(t, "22/02/2024")
	got, err := Convert(a, dateType, true).Run(fakeEnv{}, []value.Value{v, i(103)})
	if err != nil || got.Text() != "66892" {
		t.Errorf("CONVERT(DATE, '22/02/2024', 103) = %q, %v", got.Text(), err)
	}
	for _, bad := range []value.Value{i(103), i(999)} {
		if _, err := Convert(a, dateType, true).Run(fakeEnv{}, []value.Value{s("nonsense"), bad}); codeOf(t, err) != -141 {
			t.Errorf("style %s: %v, want -141", bad.Text(), err)
		}
	}
}

func TestTimeLiterals(t *testing.T) {
	for _, x := range []struct {
		kind, in string
		want     any
	}{
		{"D", "2024-02-22", "66892"}, {"T", "13:46:12", "49572"}, {"TS", "2024-02-22 13:46:12", "2024-02-22 13:46:12"},
		{"D", "2023-02-29", -146}, {"T", "25:00:00", -147},
	} {
		v, err := TimeLiteral(x.kind, Arg{Type: anyText}).Run(fakeEnv{}, []value.Value{s(x.in)})
		if code, bad := x.want.(int); bad && codeOf(t, err) != code || !bad && (err != nil || v.Text() != x.want) {
			t.Errorf("{%s '%s'} = %q, %v; want %v", x.kind, x.in, v.Text(), err, x.want)
		}
	}
}

func TestSpecialVariables(t *testing.T) {
	for name, want := range map[string]string{"$HOROLOG": "66892,49572", "$ZTIMESTAMP": "66892,45972.987", "$JOB": "4711", "$NAMESPACE": "USER",
		"$USERNAME": "_SYSTEM", "$TLEVEL": "1", "$ZTIMEZONE": "-60", "$ZPI": "3.141592653589793238"} {
		c, ok := Special(name)
		if !ok {
			t.Errorf("%s is not there", name)
			continue
		}
		if v, err := c.Run(fakeEnv{}, nil); err != nil || v.Text() != want {
			t.Errorf("%s = %q, %v", name, v.Text(), err)
		}
	}
	if _, ok := Special("$ROLES"); ok {
		t.Error("$ROLES is not documented")
	}
}
