package pgfunc

import (
	"crypto/md5"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// byteaFamily has the functions of byte strings, hashes and encodings (PostgreSQL docs, 9.5).
func byteaFamily(t table) {
	t.strict("byteacat", func(_ *Context, a []iris.Value) (iris.Value, error) {
		return iris.Binary(append(append([]byte{}, a[0].Raw()...), a[1].Raw()...)), nil
	})
	sum := func(_ *Context, a []iris.Value) (iris.Value, error) {
		h := md5.Sum(a[0].Raw())
		return textResult(hex.EncodeToString(h[:]))
	}
	t.each(sum, "md5(text)", "md5(bytea)")
	for id, hash := range map[string]func([]byte) []byte{
		"sha224": func(b []byte) []byte { h := sha256.Sum224(b); return h[:] },
		"sha256": func(b []byte) []byte { h := sha256.Sum256(b); return h[:] },
		"sha384": func(b []byte) []byte { h := sha512.Sum384(b); return h[:] },
		"sha512": func(b []byte) []byte { h := sha512.Sum512(b); return h[:] },
	} {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) { return iris.Binary(hash(a[0].Raw())), nil })
	}
	t.strict("encode", encode)
	t.strict("decode", decode)
	trim := func(left, right bool) call {
		return func(_ *Context, a []iris.Value) (iris.Value, error) {
			return iris.Binary(trimBytes(a[0].Raw(), a[1].Raw(), left, right)), nil
		}
	}
	t.strict("btrim(bytea,bytea)", trim(true, true))
	t.strict("ltrim(bytea,bytea)", trim(true, false))
	t.strict("rtrim(bytea,bytea)", trim(false, true))
	t.strict("get_byte", func(_ *Context, a []iris.Value) (iris.Value, error) {
		b, at, err := byteAt(a)
		if err != nil {
			return iris.Null(), err
		}
		return intResult(int(b[at]))
	})
	t.strict("set_byte", func(_ *Context, a []iris.Value) (iris.Value, error) {
		b, at, err := byteAt(a)
		if err != nil {
			return iris.Null(), err
		}
		out := append([]byte{}, b...)
		out[at] = byte(intArg(a[2]))
		return iris.Binary(out), nil
	})
	t.strict("convert_to", func(_ *Context, a []iris.Value) (iris.Value, error) {
		if err := onlyUTF8(textArg(a[1])); err != nil {
			return iris.Null(), err
		}
		return iris.Binary(a[0].Raw()), nil
	})
	t.strict("convert_from", func(_ *Context, a []iris.Value) (iris.Value, error) {
		if err := onlyUTF8(textArg(a[1])); err != nil {
			return iris.Null(), err
		}
		return pgtypes.ParseText(textType, string(a[0].Raw()))
	})
}

// onlyUTF8 knows the one encoding of the database.
func onlyUTF8(name string) error {
	switch strings.ToLower(strings.ReplaceAll(name, "-", "")) {
	case "utf8", "unicode":
		return nil
	}
	return pgerr.NotBuilt(0, "the encoding \""+name+"\"")
}

func byteAt(a []iris.Value) ([]byte, int, error) {
	b, at := a[0].Raw(), intArg(a[1])
	if at < 0 || at >= int64(len(b)) {
		return nil, 0, pgerr.New("2202E", "index %d out of valid range, 0..%d", at, len(b)-1)
	}
	return b, int(at), nil
}

func trimBytes(b, set []byte, left, right bool) []byte {
	in := func(c byte) bool { return strings.IndexByte(string(set), c) >= 0 }
	for left && len(b) > 0 && in(b[0]) {
		b = b[1:]
	}
	for right && len(b) > 0 && in(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

func encode(_ *Context, a []iris.Value) (iris.Value, error) {
	b := a[0].Raw()
	switch format := strings.ToLower(textArg(a[1])); format {
	case "hex":
		return textResult(hex.EncodeToString(b))
	case "base64":
		return textResult(brokenLines(base64.StdEncoding.EncodeToString(b)))
	case "escape":
		var out []byte
		for _, c := range b {
			switch {
			case c == 0 || c >= 0x80:
				out = append(out, '\\', '0'+c>>6, '0'+c>>3&7, '0'+c&7)
			case c == '\\':
				out = append(out, '\\', '\\')
			default:
				out = append(out, c)
			}
		}
		return iris.TextBytes(out), nil
	default:
		return iris.Null(), unknownEncoding(format)
	}
}

func unknownEncoding(name string) error {
	return invalidParameter("unrecognized encoding: \"%s\"", name)
}

// brokenLines breaks base64 as RFC 2045 does, 76 characters a line.
func brokenLines(s string) string {
	var b strings.Builder
	for len(s) > 76 {
		b.WriteString(s[:76])
		b.WriteByte('\n')
		s = s[76:]
	}
	b.WriteString(s)
	return b.String()
}

func decode(_ *Context, a []iris.Value) (iris.Value, error) {
	s := textArg(a[0])
	bytea := pgtypes.Of(pgtypes.Bytea)
	switch format := strings.ToLower(textArg(a[1])); format {
	case "hex":
		return pgtypes.ParseText(bytea, `\x`+s)
	case "escape":
		if strings.HasPrefix(s, `\x`) {
			return failed(pgerr.InvalidTextRepresentation, "invalid input syntax for type bytea")
		}
		return pgtypes.ParseText(bytea, s)
	case "base64":
		return decodeBase64(s)
	default:
		return iris.Null(), unknownEncoding(format)
	}
}

func decodeBase64(s string) (iris.Value, error) {
	plain := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n\r", r) {
			return -1
		}
		return r
	}, s)
	for i, c := range plain {
		if c >= utf8.RuneSelf || !(c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '+' || c == '/' || c == '=') {
			return failed(pgerr.InvalidParameterValue, "invalid symbol \"%c\" found while decoding base64 sequence", c)
		}
		if c == '=' && i < len(plain)-2 {
			return failed(pgerr.InvalidParameterValue, "unexpected \"=\" while decoding base64 sequence")
		}
	}
	out, err := base64.StdEncoding.DecodeString(plain)
	if err != nil {
		return iris.Null(), pgerr.New(pgerr.InvalidParameterValue, "invalid base64 end sequence").
			WithHint("Input data is missing padding, is truncated, or is otherwise corrupted.")
	}
	return iris.Binary(out), nil
}
