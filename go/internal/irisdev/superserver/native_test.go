package superserver

import (
	"context"
	"errors"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// nativeCase is one request of the native API with its answer.
type nativeCase struct {
	what   string
	n      byte
	body   []any
	status int
	want   string
}

func (c *client) native(calls []nativeCase) {
	c.t.Helper()
	for _, x := range calls {
		c.expect(x.what, 51712+x.status, x.want)(c.call(string([]byte{0x40 + x.n, 0xC2}), 0, x.body...))
	}
}

func TestNativeCalls(t *testing.T) {
	c := login(t, serve(t, Config{}))
	c.native([]nativeCase{
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
		{"commit without transaction", 18, nil, 5001, "<COMMAND> *NoTransaction"},
		{"first not behind the stop", 5, []any{"G", 1, nil, 11, 1}, 0, "1,-"},
		{"next is behind the stop", 5, []any{"G", 1, 1, 11, 1}, 0, ",-"},
		{"previous not behind the stop", 5, []any{"G", 1, 2, 14, 1}, 0, "1"},
		{"previous is behind the stop", 5, []any{"G", 1, 2, 14, 2}, 0, ""},
		{"stop after everything", 5, []any{"G", 1, 1, 10, "z"}, 0, "2"},
		{"no stop", 5, []any{"G", 1, 1, 10, nil}, 0, "2"},
		{"stop value missing", 5, []any{"G", 1, 1, 10}, 5001, "not a list: no more elements"},
		{"order without subscript", 5, []any{"G", 0, 2}, 5001, "<FUNCTION> *order without subscript"},
		{"empty subscript", 1, []any{"G", 1, nil}, 5001, "<SUBSCRIPT> ^G(\"\")"},
		{"bad name", 2, []any{"1G", 0, 1}, 5001, "<SYNTAX> *global name \"1G\""},
		{"class method", 11, []any{"My.Class", "Meth", 2, 1, nil}, 5002, "<CLASS DOES NOT EXIST> *My.Class"},
		{"class method of IRIS", 11, []any{"%SYSTEM.Version", "GetNumber", 0}, 0, "2025.1"},
		{"unknown method", 11, []any{"%SYSTEM.Version", "Nope", 0}, 5001, "<METHOD DOES NOT EXIST> *Nope,%SYSTEM.Version"},
		{"method with too many arguments", 11, []any{"%SYSTEM.Version", "GetNumber", 1, 1}, 5001, "<PARAMETER>"},
		{"method without value", 12, []any{"%SYSTEM.Version", "GetVersion", 0}, 0, ""},
		{"set a string that is too long", 2, []any{"G", 1, 3, strings.Repeat("x", 3641145)}, 5001, "<MAXSTRING>"},
		{"function", 8, nil, 5001, "<FUNCTION> native call 8 is not supported by irisdev"},
		{"cut", 1, []any{"G", 2, 1}, 5001, "not a list: no more elements"},
	})
	c.expect("SQL without engine", 400, "")(c.call("PP", 1, 1, "SELECT 1", 0))
}

func TestNativeLockCalls(t *testing.T) {
	login(t, serve(t, Config{})).native([]nativeCase{
		{"shared lock", 14, []any{"^G", 1, 1, "S", 0}, 0, ""},
		{"escalating lock in small letters", 14, []any{"^G", 1, 1, "es", 0}, 0, ""},
		{"lock for ever", 14, []any{"^G", 1, 1, nil}, 0, ""},
		{"unlock", 15, []any{"^G", 1, 1, "SI"}, 0, ""},
		{"deferred unlock", 15, []any{"^G", 1, 1, "ESD"}, 0, ""},
		{"unlock what is not held", 15, []any{"^H", 0, ""}, 0, ""},
		{"lock type of unlocking", 14, []any{"^G", 0, "I", 0}, 5001, "<SYNTAX> *lock type I"},
		{"unknown lock type", 14, []any{"^G", 0, "X", 0}, 5001, "<SYNTAX> *lock type X"},
		{"both ways to unlock", 15, []any{"^G", 0, "ID"}, 5001, "<SYNTAX> *lock type ID"},
		{"lock of an empty subscript", 14, []any{"^G", 1, nil, nil, 0}, 5001, "<SUBSCRIPT> ^G(\"\")"},
		{"unlock all", 16, nil, 0, ""},
	})
}

func TestNativeLocksExcludeOtherConnections(t *testing.T) {
	addr := serve(t, Config{})
	mine, other := login(t, addr), login(t, addr)
	lock := func(c *client, what string, status int, body ...any) {
		t.Helper()
		want := ""
		if status != 0 {
			want = "<TIMEOUT> the lock is held by another process"
		}
		c.expect(what, 51712+status, want)(c.call("\x4e\xc2", 0, body...))
	}
	lock(mine, "mine", 0, "^L", 1, 1, nil, 0)
	lock(other, "the same", 5001, "^L", 1, 1, nil, 0)
	lock(other, "a negative number of seconds is none", 5001, "^L", 1, 1, nil, -1)
	lock(other, "a neighbour", 0, "^L", 1, 2, nil, 0)
	lock(other, "the local name", 0, "L", 1, 1, nil, 0)
	lock(mine, "the local name, of another", 5001, "L", 0, nil, 0)
	other.send("DC", 0, nil)
	lock(mine, "the local name after its holder left", 0, "L", 0, nil, 5)
}

// adder is a class method that adds its first argument to the second.
type adder struct{}

func (adder) Call(_ context.Context, _ *store.Process, class, method string, args []value.Item) (value.Item, error) {
	if class != "Sum" || method != "Add" || len(args) != 2 {
		return value.Item{}, errors.New("<CLASS DOES NOT EXIST> *" + class)
	}
	args[1].Value = value.Add(args[0].Value, args[1].Value)
	return value.Item{Value: value.Text("7@Sum"), Object: true}, nil
}

func TestArgumentsByReferenceComeBackBehindTheValue(t *testing.T) {
	c := login(t, serve(t, Config{Classes: adder{}}))
	byRef := value.AppendByRef(nil, value.Int(40))
	for _, x := range []struct {
		what string
		n    byte
		body []any
		want string
	}{
		{"value and reference", 11, []any{"Sum", "Add", 2, 2, byRef}, "\x07\x197@Sum\x03\x04\x2a"},
		{"reference alone", 12, []any{"Sum", "Add", 2, 2, byRef}, "\x03\x04\x2a"},
		{"value alone", 11, []any{"Sum", "Add", 2, 2, 40}, "\x07\x197@Sum"},
		{"nothing", 12, []any{"Sum", "Add", 2, 2, 40}, ""},
	} {
		status, body := c.call(string([]byte{0x40 + x.n, 0xC2}), 0, x.body...)
		if status != 51712 || string(body) != x.want {
			t.Errorf("%s: status %d, %q", x.what, status, body)
		}
	}
	c.expect("no such class", 51712+5002, "<CLASS DOES NOT EXIST> *No")(c.call("\x4b\xc2", 0, "No", "M", 0))
}

func TestNativeDoublesHaveTheFormOfTheLogin(t *testing.T) {
	for want, v := range map[string]variant.Set{"\x0a\x08\x00\x00\x00\x00\x00\x00\xf8\x3f": {}, "\x04\x08\xc0\x3f": contrary(t)} {
		c := login(t, serve(t, Config{Variant: v}))
		c.expect("set", 51712, "")(c.call("\x42\xc2", 0, "D", 0, value.AppendItem(nil, value.Float(1.5))))
		if status, body := c.call("\x41\xc2", 0, "D", 0); status != 51712 || string(body) != want {
			t.Errorf("%v: status %d, %q, want %q", v, status, body, want)
		}
	}
}
