// Package values has what the client suites write and read: for each type of the storage table values as PostgreSQL prints
// them, and what IRIS cannot hold.
package values

import (
	"slices"
	"strings"

	"iris-pgwire/tests/stack"
)

// Column is a type with values in the form that PostgreSQL prints, and with what IRIS cannot hold: that must be refused
// with the SQLSTATE given, and never be altered.
type Column struct {
	Name, Type string
	Values     []string
	Refused    map[string]string // text to SQLSTATE
}

// In is the column's value in row r when it is number i of its table; false for NULL, which every seventh row or so has.
func (c *Column) In(i, r int) (string, bool) {
	if (r+i)%7 == 0 {
		return "", false
	}
	return c.Values[(r+i)%len(c.Values)], true
}

// Long is a text of 1 MiB with characters of one to four bytes.
var Long = strings.Repeat("aé漢😀-", (1<<20)/11)

// Columns have one entry at least for each type of the storage table in README.md.
var Columns = withoutVectors([]Column{
	{"b", "boolean", []string{"t", "f"}, nil},
	{"i2", "smallint", []string{"0", "1", "-1", "32767", "-32768"}, map[string]string{"32768": "22003"}},
	{"i4", "integer", []string{"0", "1", "-1", "2147483647", "-2147483648"}, map[string]string{"2147483648": "22003"}},
	{"i8", "bigint", []string{"0", "1", "-1", "9223372036854775807", "-9223372036854775807"}, map[string]string{"9223372036854775808": "22003"}},
	{"n", "numeric(10,2)", []string{"0.00", "0.01", "-0.01", "12345678.90", "99999999.99", "-99999999.99"}, map[string]string{"100000000.00": "22003", "Infinity": "22003"}},
	{"n18", "numeric(18,0)", []string{"0", "999999999999999999", "-999999999999999999"}, nil},
	{"f4", "real", []string{"0", "1.5", "-1.5", "3.4028235e+38", "1e-45", "NaN", "Infinity", "-Infinity", "0.1"}, nil},
	{"f8", "double precision", []string{"0", "0.1", "-0.1", "1.7976931348623157e+308", "5e-324", "NaN", "Infinity", "-Infinity", "-0", "123456789.12345679"}, nil},
	{"t", "text", []string{"", "a", " ", "  padded  ", "0", "1.0", "01", "'quoted'", `back\slash`, "line\nbreak\ttab\r", "é", "\u00a0", "漢字", "😀", "\U0010FFFF", "null", "A", "a\u0301"}, nil},
	{"v", "varchar(20)", []string{"", "x", "trailing ", "😀😀😀", "12345678901234567890"}, map[string]string{"123456789012345678901": "22001"}},
	{"c", "char(5)", []string{"     ", "a    ", "abcde", "é    "}, map[string]string{"abcdef": "22001"}},
	{"by", "bytea", []string{`\x`, `\x00ff`, `\xdeadbeef`, `\x0001`, `\x27`, `\x808182`}, map[string]string{`\x00`: "0A000"}},
	{"d", "date", []string{"2024-02-29", "0001-01-01", "9999-12-31", "1840-12-31", "1970-01-01"}, map[string]string{"infinity": "22008", "0001-01-01 BC": "22008", "10000-01-01": "22008"}},
	{"ti", "time", []string{"00:00:00", "23:59:59.999999", "12:34:56.7"}, map[string]string{"24:00:00": "22008"}},
	{"ts", "timestamp", []string{"2024-02-29 12:34:56.789012", "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "1969-12-31 23:59:59"}, map[string]string{"infinity": "22008"}},
	{"tz", "timestamptz", []string{"2024-02-29 12:34:56.789012+00", "1969-12-31 23:59:59+00", "2024-07-01 00:00:00+00"}, map[string]string{"-infinity": "22008"}},
	{"u", "uuid", []string{"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "00000000-0000-0000-0000-000000000000"}, map[string]string{"not-a-uuid": "22P02"}},
	{"j", "json", []string{`{"a": [1, 2.50, null], "b": "é😀"}`, `[]`, `"text"`, `null`, `  { }  `}, map[string]string{"{": "22P02"}},
	{"jb", "jsonb", []string{`{"a": 1, "b": [true, null]}`, `[]`, `"x"`, `12.50`}, map[string]string{"{": "22P02"}},
	{"n30", "numeric(30,6)", []string{"0.000000", "123456789012.345678", "-999999999999.999999"}, map[string]string{"1234567890123.000000": "22003", "NaN": "22003"}},
	{"nu", "numeric", []string{"0", "1.5", "-0.000001", "999999999999.999999"}, map[string]string{"0.0000001": "22003", "1e30": "22003", "-Infinity": "22003"}},
	{"bt", "bit(3)", []string{"000", "101"}, map[string]string{"1010": "22026", "10": "22026", "102": "22P02"}},
	{"vb", "bit varying(5)", []string{"", "1", "00000"}, map[string]string{"000000": "22001"}},
	{"nm", "name", []string{"", "a", "ä_name"}, nil},
	{"iv", "interval", []string{"00:00:00", "1 year 2 mons 3 days 04:05:06.789", "-1 days", "-178000000 years"}, map[string]string{"1 parsec": "22007"}},
	{"ip", "inet", []string{"192.168.1.5/24", "10.0.0.1", "::1", "2001:db8::/32"}, map[string]string{"1.2.3.400": "22P02"}},
	{"ci", "cidr", []string{"10.0.0.0/8", "2001:db8::/32"}, map[string]string{"10.0.0.1/8": "22P02"}},
	{"ma", "macaddr", []string{"08:00:2b:01:02:03"}, map[string]string{"08:00": "22P02"}},
	{"ia", "integer[]", []string{"{}", "{1,NULL,-3}"}, map[string]string{"{{1,2},{3,4}}": "0A000", "{a}": "22P02", "{1": "22P02"}},
	{"ta", "text[]", []string{`{"a b",NULL,"q\"x","",漢😀}`, "{}"}, nil},
	{"ve", "vector(3)", []string{"[0,0,0]", "[1,-0.5,3.25]", "[1e-38,3.4028235e+38,-1e-45]"}, map[string]string{"[1,2]": "22000", "[1,2,3,4]": "22000", "[1,NaN,0]": "22000", "[1,a,0]": "22P02", "[1e39,0,0]": "22003"}},
})

// withoutVectors leaves out what the oracle does not have.
func withoutVectors(all []Column) []Column {
	if !stack.Oracle() {
		return all
	}
	return slices.DeleteFunc(all, func(c Column) bool { return strings.HasPrefix(c.Type, "vector") })
}
