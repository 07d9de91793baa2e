package sqlfunc

import (
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// systemFunctions tell of the process and the server, and convert between the forms of a value (IRIS docs, "SQL
// Functions", "LAST_IDENTITY", "HASHBYTES", "%ODBCOUT").
var systemFunctions = []Function{
	{Name: "CURRENT_USER", Bare: BareOnly, Compile: fromEnv(anyText, userName)},
	{Name: "SESSION_USER", Bare: BareOnly, Compile: fromEnv(anyText, userName)},
	{Name: "SYSTEM_USER", Bare: BareOnly, Compile: fromEnv(anyText, userName)},
	{Name: "USER", Escape: MayEscape, Bare: BareOrCall, Compile: fromEnv(anyText, userName)},
	{Name: "DATABASE", Escape: MayEscape, Compile: fromEnv(anyText, func(e Env) value.Value { return value.Text(e.Namespace()) })},
	{Name: "LAST_IDENTITY", Compile: func(Context, []Arg) (Call, error) {
		return Call{Type: bigInteger, Run: func(env Env, _ []value.Value) (value.Value, error) { return env.LastIdentity(), nil }}, nil
	}},
	{Name: "%SYSTEM.VERSION_GETVERSION", Compile: fromEnv(anyText, func(e Env) value.Value { return value.Text(e.ServerVersion()) })},
	{Name: "%SYSTEM.VERSION_GETNUMBER", Compile: fromEnv(anyText, func(e Env) value.Value { return value.Text(versionNumber(e.ServerVersion())) })},
	{Name: "%ODBCOUT", Min: 1, Max: 1, Compile: odbcOut},
	{Name: "%ODBCIN", Min: 1, Max: 1, Compile: sameType},
	{Name: "%INTERNAL", Min: 1, Max: 1, Streams: true, Compile: sameType},
	{Name: "%EXTERNAL", Min: 1, Max: 1, Compile: external},
	{Name: "HASHBYTES", Min: 2, Max: 2, Major: 2025, Minor: 1, Compile: result(sqltype.Type{Kind: sqltype.VarBinary, Length: 64}, hashBytes)},
	{Name: "$TSQL_NEWID", Compile: always(sqltype.Type{Kind: sqltype.VarChar, Length: 36}, newID)},
}

func userName(e Env) value.Value { return value.Text(e.User()) }

// versionNumber is the release in $ZVERSION, the first word that starts with a digit, in the five pieces that %SYSTEM.Version
// gives: 2025.1.0.1.0.
func versionNumber(full string) string {
	for _, w := range strings.Fields(full) {
		if w[0] >= '0' && w[0] <= '9' {
			for strings.Count(w, ".") < 2 {
				w += ".0"
			}
			return w + ".1.0"
		}
	}
	return full
}

// sameType passes a value on: values are logical already.
func sameType(_ Context, args []Arg) (Call, error) {
	return Call{Type: args[0].Type, Collation: args[0].Collation, Run: one(func(v value.Value) (value.Value, error) { return v, nil })}, nil
}

// odbcOut is the ODBC text of a date or time; other values stay.
func odbcOut(c Context, args []Arg) (Call, error) {
	from := args[0].Type
	if !from.IsDateTime() {
		return sameType(c, args)
	}
	return Call{Type: anyText, Collation: sqltype.Exact, Run: one(func(v value.Value) (value.Value, error) {
		return value.Text(shown(v, from)), nil
	})}, nil
}

// external is the display form: dates as MM/DD/YYYY, the default locale's.
func external(c Context, args []Arg) (Call, error) {
	if args[0].Type.Kind != sqltype.Date {
		return odbcOut(c, args)
	}
	return Call{Type: anyText, Collation: sqltype.Exact, Run: ofMoment(dateType, func(m moment) (value.Value, error) {
		return value.Text(m.Format("01/02/2006")), nil
	})}, nil
}

// hashes are the algorithms of HASHBYTES.
var hashes = map[string]func(b []byte) []byte{
	"MD5":    func(b []byte) []byte { h := md5.Sum(b); return h[:] },
	"SHA":    func(b []byte) []byte { h := sha1.Sum(b); return h[:] },
	"SHA1":   func(b []byte) []byte { h := sha1.Sum(b); return h[:] },
	"SHA224": func(b []byte) []byte { h := sha256.Sum224(b); return h[:] },
	"SHA256": func(b []byte) []byte { h := sha256.Sum256(b); return h[:] },
	"SHA384": func(b []byte) []byte { h := sha512.Sum384(b); return h[:] },
	"SHA512": func(b []byte) []byte { h := sha512.Sum512(b); return h[:] },
}

// hashBytes hashes the bytes of a text: one a character if all are below U+0100, else UTF-8.
func hashBytes(a []value.Value) (value.Value, error) {
	hash, ok := hashes[strings.ToUpper(a[0].Text())]
	if !ok {
		return value.Value{}, illegal("HASHBYTES algorithm '%.20s'", a[0].Text())
	}
	b, ok := value.Latin1(a[1].Text())
	if !ok {
		b = []byte(a[1].Text())
	}
	return value.Text(value.FromLatin1(hash(b))), nil
}

// newID makes a random GUID in capital letters (version 4).
func newID([]value.Value) (value.Value, error) {
	var b [16]byte
	if _, err := rand.Read(b[:]); err != nil {
		return value.Value{}, illegal("NEWID: %v", err)
	}
	b[6], b[8] = b[6]&0x0F|0x40, b[8]&0x3F|0x80
	return value.Text(fmt.Sprintf("%X-%X-%X-%X-%X", b[:4], b[4:6], b[6:8], b[8:10], b[10:])), nil
}
