package sqlfunc

import (
	"encoding/hex"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/value"
)

func TestSystemFunctions(t *testing.T) {
	run(t, Context{}, []example{
		{"CURRENT_USER", nil, "_SYSTEM"}, {"USER", nil, "_SYSTEM"}, {"DATABASE", nil, "USER"}, {"LAST_IDENTITY", nil, nil},
		{"%SYSTEM.VERSION_GETNUMBER", nil, "2025.1.0.1.0"},
		{"%ODBCOUT", args(day("2024-02-22")), "2024-02-22"}, {"%ODBCOUT", args("text"), "text"}, {"%EXTERNAL", args(day("2024-02-22")), "02/22/2024"},
		{"HASHBYTES", args("ROT13", "a"), -400},
	})
}

func TestHashBytes(t *testing.T) {
	for alg, want := range map[string]string{ // digests of "abc" from RFC 1321, FIPS 180-4
		"MD5": "900150983cd24fb0d6963f7d28e17f72", "SHA1": "a9993e364706816aba3e25717850c26c9cd0d89d",
		"sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	} {
		v, _, code := call(t, Context{}, "HASHBYTES", args(alg, "abc"))
		b, ok := value.Latin1(v.Text())
		if code != 0 || !ok || hex.EncodeToString(b) != want {
			t.Errorf("HASHBYTES('%s','abc') = %x (SQLCODE %d)", alg, b, code)
		}
	}
}

func TestNewIDIsARandomGUID(t *testing.T) {
	a, _, _ := call(t, Context{}, "$TSQL_NEWID", nil)
	b, _, _ := call(t, Context{}, "$TSQL_NEWID", nil)
	if len(a.Text()) != 36 || a.Text() != strings.ToUpper(a.Text()) || a.Text() == b.Text() {
		t.Errorf("%s, %s", a.Text(), b.Text())
	}
}
