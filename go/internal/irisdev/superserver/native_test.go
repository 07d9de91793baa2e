package superserver

import (
	"strings"
	"testing"
)

func TestNativeCalls(t *testing.T) {
	c := login(t, serve(t, Config{}))
	for _, x := range []struct {
		what   string
		n      byte
		body   []any
		status int
		want   string
	}{
		{"set", 2, []any{"^G", 2, 1, "a", "héЖ"}, 0, ""},
		{"set the empty string", 2, []any{"G", 2, 1, "b", nil}, 0, ""},
		{"set below", 2, []any{"G", 1, 2, "two"}, 0, ""},
		{"get", 1, []any{"G", 2, 1, "a"}, 0, "héЖ"},
		{"get the empty string", 1, []any{"G", 2, 1, "b"}, 0, ""},
		{"get nothing", 1, []any{"G", 1, 7}, 1009, ""},
		{"data", 9, []any{"G", 1, 1, 0}, 0, "10"},
		{"data of nothing", 9, []any{"G", 1, 7, 0}, 0, "0"},
		{"first", 5, []any{"G", 1, nil, 2}, 0, "1"},
		{"first with value", 5, []any{"G", 1, nil, 3, 5}, 0, "1,-"},
		{"next with value", 5, []any{"G", 1, 1, 3, 5}, 0, "2,two"},
		{"end", 5, []any{"G", 1, 2, 2}, 0, ""},
		{"last", 5, []any{"G", 1, nil, 6}, 0, "2"},
		{"previous with value", 5, []any{"G", 2, 1, nil, 7, 5}, 0, "b,"},
		{"increment", 6, []any{"Count", 0, 5}, 0, "5"},
		{"increment again", 6, []any{"Count", 0, -2}, 0, "3"},
		{"start", 17, nil, 0, ""},
		{"level", 21, nil, 0, "1"},
		{"start again", 17, nil, 0, ""},
		{"kill", 3, []any{"G", 0}, 0, ""},
		{"rollback one", 20, nil, 0, ""},
		{"restored", 1, []any{"G", 1, 2}, 0, "two"},
		{"commit", 18, nil, 0, ""},
		{"level after", 21, nil, 0, "0"},
		{"rollback without transaction", 19, nil, 0, ""},
		{"empty subscript", 1, []any{"G", 1, nil}, 5001, "<SUBSCRIPT> *^G(\"\")"},
		{"bad name", 2, []any{"1G", 0, 1}, 5001, "<SYNTAX> *global name \"1G\""},
		{"class method", 11, []any{"My.Class", "Meth", 2, 1, nil}, 5002, "<CLASS DOES NOT EXIST> *My.Class"},
		{"method with too many arguments", 11, []any{"%SYSTEM.Version", "GetNumber", 1, 1}, 5002, "<CLASS DOES NOT EXIST> *%SYSTEM.Version"},
		{"method without value", 12, []any{"%SYSTEM.Version", "GetVersion", 0}, 0, ""},
		{"set a string that is too long", 2, []any{"G", 1, 3, strings.Repeat("x", 3641145)}, 5001, "<MAXSTRING>"},
		{"function", 8, nil, 5001, "<FUNCTION> native call 8 is not supported by irisdev"},
		{"shared lock", 14, []any{"G", 1, 1, "S", 0}, 0, ""},
		{"unlock", 15, []any{"G", 1, 1, "SI"}, 0, ""},
		{"unlock all", 16, nil, 0, ""},
		{"cut", 1, []any{"G", 2, 1}, 5001, "not a list: no more elements"},
	} {
		c.expect(x.what, 51712+x.status, x.want)(c.call(string([]byte{0x40 + x.n, 0xC2}), 0, x.body...))
	}
	c.expect("SQL without engine", 400, "")(c.call("PP", 1, 1, "SELECT 1", 0))
}
