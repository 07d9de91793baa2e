package sqlfunc

import (
	"testing"

	"iris-pgwire/internal/irisdev/value"
)

func TestLists(t *testing.T) {
	three := value.BuildList(s("a"), none, i(7))
	run(t, Context{}, []example{
		{"$LISTLENGTH", args(three), "3"}, {"$LISTLENGTH", args("no list"), -400},
		{"$LIST", args(three), "a"}, {"$LIST", args(three, 3), "7"}, {"$LIST", args(three, -1), "7"}, {"$LIST", args(three, 2), -400},
		{"$LISTGET", args(three, 2, "x"), "x"}, {"$LISTGET", args(three, 9), nil}, {"$LISTGET", args(three, 1), "a"},
		{"$LISTDATA", args(three, 1), "1"}, {"$LISTDATA", args(three, 2), "0"}, {"$LISTDATA", args(three, 9), "0"},
		{"$LISTFIND", args(three, "7"), "3"}, {"$LISTFIND", args(three, "a", 1), "0"},
		{"$LISTTOSTRING", args(three), "a,,7"}, {"$LISTTOSTRING", args(three, "; "), "a; ; 7"},
		{"$LISTSAME", args(three, value.BuildList(s("a"), none, s("7"))), "1"}, {"$LISTSAME", args(three, value.BuildList(s("a"))), "0"},
	})
	for _, x := range []struct {
		name string
		args []any
		want string
	}{
		{"$LISTFROMSTRING", args("a,b"), "a,b"}, {"$LISTFROMSTRING", args("a b", " "), "a,b"}, {"$LISTBUILD", args("a", nil, 7), "a,,7"},
		{"$LIST", args(value.BuildList(s("a"), s("b"), s("c")), 2, -1), "b,c"},
	} {
		v, _, code := call(t, Context{}, x.name, x.args)
		text, err := listToString([]value.Value{v})
		if code != 0 || err != nil || text.Text() != x.want {
			t.Errorf("%s(%v) = %q (SQLCODE %d, %v), want %q", x.name, x.args, text.Text(), code, err, x.want)
		}
	}
}
