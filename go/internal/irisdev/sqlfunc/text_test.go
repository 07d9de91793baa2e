package sqlfunc

import (
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

func TestTextFunctions(t *testing.T) {
	run(t, Context{}, []example{
		{"CONCAT", args("a", "b"), "ab"},
		{"CONCAT", args("a", nil), nil},
		{"STRING", args("a", nil, 7, dec("0.5")), "a7.5"},
		{"STRING", args(nil, nil), nil},
		{"LENGTH", args("abc  "), "3"},
		{"LENGTH", args(""), "0"},
		{"LENGTH", args(nil), nil},
		{"CHARACTER_LENGTH", args("abc  "), "5"},
		{"DATALENGTH", args("naïve 😀"), "8"}, // two UTF-16 units for the last one
		{"LOWER", args("ÄB"), "äb"},
		{"UCASE", args("straße"), "STRAßE"},
		{"LEFT", args("abcdef", 2), "ab"},
		{"LEFT", args("abc", 0), ""},
		{"LEFT", args("abc", -1), nil},
		{"RIGHT", args("abcdef", 2), "ef"},
		{"RIGHT", args("ab", 9), "ab"},
		{"SUBSTRING", args("abcdef", 2, 3), "bcd"},
		{"SUBSTRING", args("abcdef", 4), "def"},
		{"SUBSTRING", args("abcdef", -1, 4), "ab"}, // a start before 1 shortens the length
		{"SUBSTRING", args("abc", 9, 2), ""},
		{"SUBSTRING", args("abc", 1, 0), nil},
		{"SUBSTRING", args("abc", 1, -1), -140},
		{"SUBSTR", args("abcdef", -3, 2), "de"},
		{"SUBSTR", args("abcdef", 0, 2), "ab"},
		{"LTRIM", args("  ab "), "ab "},
		{"RTRIM", args("abxx", "x"), "ab"},
		{"LPAD", args("7", 3, "0"), "007"},
		{"LPAD", args("abc", 2), "ab"},
		{"RPAD", args("a", 4, "xy"), "axyx"},
		{"REPLACE", args("banana", "an", "-"), "b--a"},
		{"REPLACE", args("banana", "", "-"), "banana"},
		{"REVERSE", args("abc"), "cba"},
		{"REPEAT", args("ab", 3), "ababab"},
		{"REPLICATE", args("ab", 0), ""},
		{"REPEAT", args("abcd", 2000000), -400}, // <MAXSTRING>
		{"SPACE", args(3), "   "},
		{"STUFF", args("abcdef", 2, 3, "X"), "aXef"},
		{"CHAR", args(65), "A"},
		{"CHAR", args(-1), nil},
		{"ASCII", args("A"), "65"},
		{"ASCII", args(""), nil},
	})
}

func TestSearch(t *testing.T) {
	run(t, Context{}, []example{
		{"POSITION", args("c", "abc"), "3"},
		{"POSITION", args("C", "abc"), "0"},
		{"POSITION", args("", "abc"), "0"},
		{"CHARINDEX", args("a", "banana", 3), "4"},
		{"INSTR", args("banana", "an"), "2"},
		{"INSTR", args("banana", "an", 1, 2), "4"},
		{"INSTR", args("banana", "an", -1), "4"},
		{"INSTR", args("banana", "an", -1, 2), "2"},
		{"$FIND", args("banana", "an"), "4"},
		{"$FIND", args("banana", "x"), "0"},
		{"$TRANSLATE", args("banana", "an", "o"), "boo" + "o"},
		{"$TRANSLATE", args("banana", "n"), "baaa"},
		{"ISNUMERIC", args("1E3"), "1"},
		{"ISNUMERIC", args("12abc"), "0"},
		{"ISNUMERIC", args(""), "0"},
		{"ISNUMERIC", args(nil), nil},
	})
}

func TestPieces(t *testing.T) {
	run(t, Context{}, []example{
		{"$LENGTH", args("abc "), "4"},
		{"$LENGTH", args(nil), "0"},
		{"$LENGTH", args("a,b,c", ","), "3"},
		{"$EXTRACT", args("abcdef"), "a"},
		{"$EXTRACT", args("abcdef", 3), "c"},
		{"$EXTRACT", args("abcdef", 2, 4), "bcd"},
		{"$EXTRACT", args("abc", 7), ""},
		{"$PIECE", args("a,b,c", ","), "a"},
		{"$PIECE", args("a,b,c", ",", 2), "b"},
		{"$PIECE", args("a,b,c", ",", 2, 9), "b,c"},
		{"$PIECE", args("a,b,c", ",", 4), ""},
		{"$JUSTIFY", args("abc", 5), "  abc"},
		{"$JUSTIFY", args(dec("3.14159"), 8, 2), "    3.14"},
		{"$JUSTIFY", args(dec("0.5"), 1, 2), "0.50"},
		{"STR", args(123), "       123"},
		{"STR", args(dec("123.456"), 7, 2), " 123.46"},
		{"STR", args(12345, 3), "***"},
	})
}

func TestTrim(t *testing.T) {
	for _, x := range []struct {
		spec, chars, in, want string
	}{
		{"BOTH", " ", "  ab  ", "ab"}, {"LEADING", "x", "xxabxx", "abxx"}, {"TRAILING", "x", "xxabxx", "xxab"},
		{"BOTH", "xy", "xyabyx", "ab"}, // a set of characters
	} {
		c := Trim(x.spec, true)
		v, err := c.Run(fakeEnv{}, []value.Value{s(x.in), s(x.chars)})
		if err != nil || v.Text() != x.want {
			t.Errorf("TRIM(%s %q FROM %q) = %q, %v", x.spec, x.chars, x.in, v.Text(), err)
		}
	}
}

func TestConcatKeepsOneCollation(t *testing.T) {
	a := Arg{Type: sqltype.Type{Kind: sqltype.VarChar, Length: 10}}
	if c := Concat(a, a, sqltype.SQLUpper, sqltype.SQLUpper); c.Collation != sqltype.SQLUpper || c.Type.Length != 20 {
		t.Errorf("of two SQLUPPER columns: %v, %d characters", c.Collation, c.Type.Length)
	}
	if c := Concat(a, a, sqltype.SQLUpper, sqltype.Exact); c.Collation != sqltype.Exact {
		t.Errorf("of two collations: %v", c.Collation)
	}
	if _, err := text(strings.Repeat("x", sqltype.MaxString+1)); codeOf(t, err) != -400 {
		t.Error("a string beyond the limit was made")
	}
}
