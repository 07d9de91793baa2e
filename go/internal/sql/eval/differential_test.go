package eval_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"iris-pgwire/internal/pgtypes"
)

var (
	compare = flag.String("compare", "", "DSN of a PostgreSQL 17 that random expressions are compared with")
	seed    = flag.Uint64("seed", 1, "of the random expressions")
	count   = flag.Int("expressions", 20000, "how many random expressions are compared")
)

// vocabulary are the values and templates that random expressions are made of. @x stands for a random entry of x.
var vocabulary = map[string][]string{
	"num": {"0", "1", "-1", "2.5", "-2.5", "0.001", "-0.0004", "123.456", "99.995", "1234567.891", "1e-7", "12345678901234567890.123456789",
		"0.5", "3", "7", "10", "1000000", "-987654.321", "0.1", "1.10", "9999.9999", "31.4159", "0.00", "100.0"},
	"int":   {"0", "1", "-1", "2", "3", "7", "-13", "100", "2147483647", "(-2147483648)", "12", "5", "1000"},
	"small": {"-3", "-1", "0", "1", "2", "3", "5", "9"},
	"f8":    {"0::float8", "1.5::float8", "-2.25::float8", "1e10::float8", "1e-10::float8", "123456.789::float8", "'NaN'::float8", "'Infinity'::float8", "0.1::float8", "2.5::float8", "-7.5::float8"},
	"ts": {"timestamp '2024-02-29 12:34:56.789'", "timestamp '2000-01-01'", "timestamp '1999-12-31 23:59:59.999999'", "timestamp '0044-03-15 06:07:08 BC'",
		"timestamp '2023-03-31 01:02:03'", "timestamp '1970-01-01'", "timestamp '2020-12-31 05:00'", "timestamp '2021-01-03 22:10:11.5'", "timestamp '1900-02-28'", "timestamp '2100-07-04 13:00'", "timestamp '0001-01-01'"},
	"tz":    {"timestamptz '2024-02-29 12:34:56.789+00'", "timestamptz '2000-01-01 00:00+05'", "timestamptz '2023-07-31 23:30-03'", "timestamptz '1969-12-31 12:00+00'"},
	"date":  {"date '2024-02-29'", "date '2000-01-01'", "date '1999-12-31'", "date '0044-03-15 BC'", "date '2021-01-03'", "date '2020-12-31'", "date '1582-10-15'"},
	"iv":    {"interval '1 day'", "interval '1 month'", "interval '-1 month 3 days'", "interval '14 months 40 days 25:30:10.5'", "interval '-02:03:04.5'", "interval '1 year -1 day'", "interval '0'", "interval '100 hours'", "interval '35 days'"},
	"time":  {"time '00:00'", "time '12:34:56.789'", "time '23:59:59.999999'", "time '06:30'"},
	"unit":  {"year", "month", "day", "hour", "minute", "second", "milliseconds", "microseconds", "week", "quarter", "decade", "century", "millennium"},
	"field": {"epoch", "dow", "isodow", "doy", "isoyear", "julian", "week", "quarter", "year", "month", "day", "hour", "minute", "second", "century", "decade", "millennium", "milliseconds", "microseconds"},
	"dfmt":  {"YYYY-MM-DD HH24:MI:SS.US", "FMMonth FMDDth, YYYY", "Dy DD Mon YY", "IYYY-IW-ID", "DDD J Q WW W CC", "HH12:MI:SS AM", "FMHH24hFMMIm", "YYY YY Y I IY", "RM MON mon Day DAY day", "Y,YYY BC", "IDDD D ID", "MS FF2 SSSS", "DDTH DDth", `"on" YYYY\"x`},
	"nfmt": {"999", "9999.99", "FM9999.99", "0000.00", "FM0000.00", "9,999,999.99", "S9999.9", "9999.9S", "9999.9MI", "MI9999.9", "PL999.9", "SG999.9", "999.9PR", "FM999.9PR",
		"99V99", "9.99EEEE", "FM999,999", "9G999D99", "B999.9", "FM99990.0999", "S099", "099.99", "FM.99", "9.9", "FM9.9", "990.00", "L999.99", "FMS999.99", "999th", "FMRN", "0", "9", "999999999999999.9999", "FM90.90", "SGFM9.99", "PL0.0"},
	"str":    {"'hello'", "''", "'héllo wörld'", "'a,b,,c'", "'  trim me  '", "'abcabcabc'", "'Foo Bar_baz-9q'", "'x'", "'aXbXc'", "'日本語テキスト'", "E'line1\\nline2'", "'100%'", "'a_b'", "E'back\\\\slash'", "'ßẞ'"},
	"like":   {"'%'", "'a%'", "'%c'", "'_%'", "'%b%b%'", "'h_llo'", "'h%o'", "'%'", "''", "'100\\%'", "'a\\_b'", "'%\\\\%'", "'__'", "'%l%l%'", "'%x'"},
	"re":     {"'a'", "'^a'", "'c$'", "'[abc]+'", "'b*'", "'(a)(b)'", "'[^,]*'", "'\\w+'", "'\\s+'", "'\\d'", "'.'", "'l{2}'", "'(foo|bar)'", "'x?'", "'(.)(.)'", "'[[:upper:]]'", "'o.?b'", "'^.*$'", "','", "''", "'(a|b)*c'", "'\\mh'", "'[a-f]'", "'(h)?e'", "'a+?'", "'^$'", "'[]x]'", "'\\.'", "'(?:ab)+'", "'b{1,2}'", "'B'"},
	"rep":    {"'X'", "'[\\&]'", "'<\\1>'", "''", "'\\\\'", "'\\2-\\1'"},
	"flag":   {"'g'", "'i'", "'gi'", "''", "'n'", "'gq'"},
	"sub":    {"'a'", "'l'", "''", "'bc'", "','", "'é'", "'X'", "' '"},
	"json":   {`'{"a":1,"b":[1,2,{"c":null}],"d":"x\u00e9"}'`, `'[1,"two",{"3":4.50},null,[5]]'`, `'"str"'`, `'12.340'`, `'null'`, `'{}'`, `'[]'`, `'{"a":{"b":{"c":[10,20,30]}}}'`, `'{"b":2,"aa":1,"a":0}'`, `'[{"a":1},{"a":2}]'`, `'true'`},
	"path":   {"'{a}'", "'{a,b}'", "'{b,2,c}'", "'{0}'", "'{-1}'", "'{a,b,c,1}'", "'{}'", "'{2,3}'", "'{zzz}'", "'{b,5}'"},
	"ia":     {"array[1,2,3]", "'{}'::int[]", "array[3,null,1]", "array[2,2]", "'{1,2,3,4,5}'::int[]"},
	"inet":   {"'192.168.1.5/24'::inet", "'10.0.0.1'::inet", "'::1'::inet", "'2001:db8::/32'::inet", "'192.168.0.0/16'::inet", "'192.168.1.5'::inet"},
	"digits": {"2024-02-29", "20240229", "29/2/2024", "2024-00-00", "24-2-9", "2024 Feb 29", "2024-02-29 11:05:06 pm", "2024-366", "2024-10-4", "  2024 - 02 - 29", "-44-03-15", "2024", "February 29, 2024", "29th Feb 2024", "12:30", "2024-02-29T13:14:15.5", "1:2:3", "0", "99"},
	"rfmt":   {"YYYY-MM-DD", "YYYYMMDD", "DD/MM/YYYY", "YY-MM-DD", "YYYY Mon DD", "YYYY-MM-DD HH:MI:SS AM", "YYYY-DDD", "IYYY-IW-ID", "Month DD, YYYY", "DDth Mon YYYY", "HH24:MI", "YYYY-MM-DD\"T\"HH24:MI:SS.US", "YYYY-MM-DD HH24:MI:SS.MS", "FMYYYY-FMMM-FMDD", "YYYY", "MM", "HH12:MI:SS", "CC", "YYYY-WW", "YYYY MM W", "SSSS", "YYY-MM", "Y-MM", "MM/DD", "YYYYFMMMDD"},
	"moment": {"2024-02-29", "2024-2-9", "02/29/2024", "Feb 29 2024", "29 Feb 2024", "20240229", "2024-02-29 12:34", "2024-02-29T12:34:56Z", "2024-02-29 12:34:56.7891234", "2024-02-29 12:34:56+05:30",
		"2024-02-29 24:00", "2024-02-29 23:59:60", "12:34", "12:34:56 PM", "1:2", "2024-13-01", "2024-02-30", "infinity", "-infinity", "epoch", "44-03-15 BC", "0000-01-01", "99-1-2", "2024-02-29 12:34 America/New_York", "2024.060", "J2451545", "yesterday x", "2024-02-29 at 12:00", "Thu Feb 29 12:00:00 2024", "20240229T123456", "2024-02-29 1234", "12:34:56.123456789", "allballs", ""},
	"length": {"1 day", "1 d 2 h", "3 days ago", "-1 month", "1.5 years", "1.5 months", "1.5 days", "1.5 weeks", "01:02:03.456", "-01:02", "1 02:03", "1-2", "P1Y2M", "PT1H30M", "P1.5D", "1 year 2 mons 3 days 04:05:06", "@ 1 minute", "2 hours 1 hour", "1e2 days", "10", "1 century", "foo", "", "1 day 1 day", "+1 day -01:00", "1:2:3:4", "0.1 seconds", "1 microsecond", "100 us"},
	"digit":  {"1", "-0", "+5", " 7 ", "1.", ".5", "1e5", "1e-3", "1E+2", "NaN", "inf", "-Infinity", "--1", "1.2.3", "1e", "e5", "", " ", "999999999999999999999", "1.5", "12abc", "0.1e1", "00012", "1e400", "1e-400", "3.4028236e38"},
	"truth":  {"t", "true", "TRUE", "y", "yes", "on", "1", "f", "no", "off", "0", "of", "o", "tr", "maybe", " t ", ""},
	"array":  {"{}", "{1,2}", "{ 1 , 2 }", "{1,NULL}", "{\"1\",2}", "{1,}", "{,1}", "{1", "1,2", "{1}x", "{null}", "{\"a b\"}", ""},
	"bit":    {"B'101'", "B'0'", "B'11110000'", "B'010'"},
	"ascii":  {"'hello World'", "'Foo Bar_baz-9q'", "''", "'MiXeD case.9x'"},
	"factor": {"0.3::float8", "1.5::float8", "-2.25::float8", "1e5::float8", "7::float8", "0::float8"},
}

// shapes are the expressions, with places for entries of the vocabulary.
var shapes = []string{
	"@num::numeric + @num", "@num::numeric - @num", "@num::numeric * @num", "@num::numeric / @num", "@num::numeric % @num", "div(@num::numeric, @num)",
	"round(@num::numeric, @small)", "trunc(@num::numeric, @small)", "ceil(@num::numeric)", "floor(@num::numeric)", "round(@num::numeric)",
	"sqrt(@num::numeric)", "exp(@num::numeric / 1000)", "ln(@num::numeric)", "log(@num::numeric)", "log(@num::numeric, @num)", "power(@num::numeric, @small)", "power(@num::numeric, @num / 1000)",
	"gcd(@num::numeric, @num)", "lcm(@num::numeric, @num)", "scale(@num::numeric * @num)", "trim_scale(@num::numeric)", "width_bucket(@num::numeric, @num, @num, 5)",
	"@num::numeric(10,3)", "@num::numeric(6,-2)", "@num::float8", "@num::float4", "@num::int", "@num::float8::int8", "@num::float8::numeric", "@num::text",
	"@int + @int", "@int - @int", "@int * @int", "@int / @int", "@int % @int", "@int::int8 * @int::int8 * @int::int8", "@int & @int", "@int | @int", "@int # @int", "@int << @small", "@int >> @small",
	"gcd(@int, @int)", "lcm(@int, @int)", "@int::int2", "@int = @num", "@int < @num", "to_hex(@int)", "@f8 + @f8", "@f8 * @f8", "@f8 / @f8", "@f8 = @f8", "@f8 < @f8", "round(@f8)", "sign(@f8)", "@f8::numeric", "@f8::int", "@f8::float4",
	"@ts + @iv", "@ts - @iv", "@ts - @ts", "age(@ts, @ts)", "date_trunc('@unit', @ts)", "extract(@field from @ts)", "date_part('@field', @ts)", "extract(@field from @date)", "extract(@field from @iv)", "extract(@field from @time)",
	"@date + @int", "@date - @date", "@date + @iv", "@date + @time", "@time + @iv", "@time - @time", "@iv + @iv", "@iv * @factor", "@iv / @factor", "@iv < @iv", "@iv = @iv", "justify_interval(@iv)", "justify_days(@iv)", "justify_hours(@iv)", "date_trunc('@unit', @iv)",
	"@tz + @iv", "@tz - @tz", "extract(@field from @tz)", "date_trunc('@unit', @tz, 'America/New_York')", "@tz at time zone 'Asia/Kolkata'", "@ts at time zone 'America/New_York'", "@ts::date", "@ts::time", "@tz::date", "@date::timestamp", "@ts < @date", "@tz >= @ts", "@ts::timestamp(@small)",
	"to_char(@ts, '@dfmt')", "to_char(@tz, '@dfmt')", "to_char(@iv, 'YYYY MM DD HH24:MI:SS')", "to_char(@num::numeric, '@nfmt')", "to_char(@int, '@nfmt')", "to_char(@f8, '@nfmt')", "to_number(to_char(@num::numeric, '@nfmt'), '@nfmt')", "to_timestamp(to_char(@ts, '@dfmt'), '@dfmt')", "to_date(to_char(@date, 'YYYY-MM-DD'), '@dfmt')", "to_date('@digits', '@rfmt')", "to_timestamp('@digits', '@rfmt')",
	"left(@str, @small)", "right(@str, @small)", "substr(@str, @small, @small)", "substr(@str, @small)", "lpad(@str, @int % 20, @sub)", "rpad(@str, @small, @sub)", "split_part(@str, @sub, @small)", "replace(@str, @sub, @str)", "translate(@str, @str, @sub)", "position(@sub in @str)", "overlay(@str placing @sub from @small for @small)", "trim(@sub from @str)", "ltrim(@str, @str)", "reverse(@str)", "initcap(@ascii)", "upper(@ascii)", "lower(@ascii)", "length(@str)", "octet_length(@str)", "repeat(@str, @small)", "concat_ws(@sub, @str, null, @int)", "format('%s|%10s|%-5s|%L|%I', @str, @sub, @int, @str, @str)", "quote_literal(@str)", "quote_ident(@str)", "md5(@str)", "@str || @str", "@str < @str", "@str = @sub", "ascii(@str)", "@str::char(3)", "@str::varchar(4)", "encode(@str::bytea, 'base64')", "encode(convert_to(@str, 'UTF8'), 'hex')", "encode(convert_to(@str, 'UTF8'), 'escape')", "string_to_array(@str, @sub)", "starts_with(@str, @sub)",
	"@str like @like", "@str ilike @like", "@str not like @like", "@str ~ @re", "@str ~* @re", "regexp_replace(@str, @re, @rep)", "regexp_replace(@str, @re, @rep, @flag)", "regexp_match(@str, @re)", "regexp_split_to_array(@str, @re)", "regexp_count(@str, @re)", "regexp_substr(@str, @re)", "regexp_instr(@str, @re)", "substring(@str from @re)", "regexp_replace(@str, @re, @rep, 1, 2)",
	"@json::json -> 'a'", "@json::json ->> 'd'", "@json::json -> @small", "@json::json #> @path", "@json::json #>> @path", "@json::jsonb", "@json::jsonb -> 'b'", "@json::jsonb -> @small", "@json::jsonb #> @path", "@json::jsonb #>> @path", "@json::jsonb @> @json::jsonb", "@json::jsonb || @json::jsonb", "@json::jsonb - 'a'", "@json::jsonb - @small", "@json::jsonb #- @path", "jsonb_set(@json, @path, @json)", "jsonb_set(@json, @path, @json, false)", "jsonb_insert(@json, @path, @json)", "jsonb_pretty(@json)", "jsonb_strip_nulls(@json)", "json_strip_nulls(@json)", "@json::jsonb = @json::jsonb", "@json::jsonb < @json::jsonb", "jsonb_typeof(@json)", "jsonb_array_length(@json)", "@json::jsonb ? 'a'", "jsonb_build_object(@str, @num, 'k', @json::json)", "json_build_array(@num, @str, @ts, @date, @iv)", "to_json(@str::text)",
	"@ia || @ia", "@ia || @int", "@ia @> @ia", "@ia && @ia", "@ia = @ia", "@ia < @ia", "array_position(@ia, @small)", "array_remove(@ia, @small)", "array_to_string(@ia, ',', '*')", "@small = any(@ia)", "@small <> all(@ia)", "array_length(@ia, 1)", "@ia::text[]",
	"@inet << @inet", "@inet <= @inet", "@inet && @inet", "@inet + @small", "@inet - @inet", "@inet::text", "@inet::cidr", "@inet & @inet", "@bit & @bit", "@bit || @bit", "@bit << @small", "@bit < @bit", "@bit::bit(4)", "@int::bit(8)", "@bit::int",
	"sind(@num)", "cosd(@num)", "tand(@num)", "atand(@num)", "num_nulls(@str, null, @int)", "pg_size_pretty(@int::int8 * 1000)", "make_date(@int, @small, @small)", "greatest(@num::numeric, @num, @int)", "least(@str, @str)", "@small in (1, 2, @small)", "@small is distinct from @small", "nullif(@small, @small)",
	"@f8::text::numeric", "@str::text::int", "@num::text::float8", "@ts::text::timestamp", "@iv::text::interval", "@date::text", "@tz::text", "@time::text::time(@small)", "'@moment'::text::timestamp", "'@moment'::text::date", "'@moment'::text::timestamptz", "'@moment'::text::time", "'@length'::text::interval", "'@digit'::text::int", "'@digit'::text::numeric", "'@digit'::text::float8", "'@digit'::text::float4", "'@digit'::text::int8", "'@digit'::text::numeric(5,2)", "'@truth'::text::bool", "'@array'::text::int[]", "'@array'::text::text[]", "@json::text::json", "'@moment'::text::timestamp(2)", "unistr(@str)", "normalize(@str, NFD)", "bit_count(@bit)",
}

func fill(r *rand.Rand, shape string) string {
	for {
		at := strings.IndexByte(shape, '@')
		name := ""
		for ; at >= 0; at = nextPlace(shape, at+1) {
			end := at + 1
			for end < len(shape) && (shape[end] >= 'a' && shape[end] <= 'z' || shape[end] >= '0' && shape[end] <= '9') {
				end++
			}
			if name = shape[at+1 : end]; vocabulary[name] != nil {
				break
			}
		}
		if at < 0 {
			return shape
		}
		list := vocabulary[name]
		shape = shape[:at] + list[r.IntN(len(list))] + shape[at+1+len(name):]
	}
}

func nextPlace(s string, from int) int {
	if i := strings.IndexByte(s[from:], '@'); i >= 0 {
		return from + i
	}
	return -1
}

// TestRandomExpressionsAnswerAsPostgreSQLDoes asks a real PostgreSQL, when a DSN is given. A refusal (0A000) is no
// difference; that both fail with other SQLSTATEs is.
func TestRandomExpressionsAnswerAsPostgreSQLDoes(t *testing.T) {
	if *compare == "" {
		t.Skip("compares only with -compare DSN")
	}
	ctx := context.Background()
	conn, err := pgconn.Connect(ctx, *compare)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	r := rand.New(rand.NewPCG(*seed, 0))
	refused := map[string]int{}
	for range *count {
		shape := shapes[r.IntN(len(shapes))]
		expression := fill(r, shape)
		got := compute(expression, pgtypes.Style{Now: noon})
		if got.text == "!0A000" {
			refused[shape+": "+got.typ]++
			continue
		}
		want := answer{}
		results, err := conn.Exec(ctx, "SELECT "+expression).ReadAll()
		var e *pgconn.PgError
		switch {
		case errors.As(err, &e):
			want.text, want.typ = "!"+e.Code, e.Message
		case err != nil:
			t.Fatal(err)
		case results[0].Rows[0][0] == nil:
			want.text, want.typ = "NULL", got.typ
		default:
			want.text, want.typ = escaped(string(results[0].Rows[0][0])), got.typ
		}
		if !same(got, want) {
			t.Errorf("%s: %s (%s), want %s (%s)", expression, got.text, got.typ, want.text, want.typ)
		}
	}
	for why, n := range refused {
		fmt.Println("refused", n, why)
	}
}
