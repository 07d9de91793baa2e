package lib

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/md5" //nolint:gosec // what the class offers
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // what the class offers
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"hash"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// hashes are those of SHAHash, HMACSHA and PBKDF2 by their bits.
var hashes = map[int]func() hash.Hash{160: sha1.New, 224: sha256.New224, 256: sha256.New, 384: sha512.New384, 512: sha512.New}

var encryptionNatives = run.Natives{
	"%SYSTEM.Encryption:GenCryptRand": func(_ *run.Process, c *run.Call) (run.Value, error) {
		n := number(c, 0)
		if n < 0 || n > maxString {
			return run.Value{}, fault.New("ILLEGAL VALUE", "")
		}
		b := make([]byte, n)
		_, err := rand.Read(b)
		if c.Arg(1).Truth() {
			for i := range b {
				b[i] = printable[int(b[i])%len(printable)]
			}
		}
		return binary(b), err
	},
	"%SYSTEM.Encryption:GenCryptToken": func(_ *run.Process, _ *run.Call) (run.Value, error) {
		b := make([]byte, 16)
		_, err := rand.Read(b)
		return run.Text(base64.StdEncoding.EncodeToString(b)), err
	},
	"%SYSTEM.Encryption:Base64Encode": func(_ *run.Process, c *run.Call) (run.Value, error) {
		b, err := wide(c, 0)
		if err != nil {
			return run.Value{}, err
		}
		s := base64.StdEncoding.EncodeToString(b[0])
		if number(c, 1)&1 == 0 {
			s = broken(s)
		}
		return run.Text(s), nil
	},
	"%SYSTEM.Encryption:Base64Decode": func(_ *run.Process, c *run.Call) (run.Value, error) {
		return fromBase64(c.Arg(0).Value, nil), nil
	},
	"%SYSTEM.Encryption:SHAHash": func(_ *run.Process, c *run.Call) (run.Value, error) {
		return digest(c, hashes[number(c, 0)], 1)
	},
	"%SYSTEM.Encryption:SHA1Hash":       func(_ *run.Process, c *run.Call) (run.Value, error) { return digest(c, sha1.New, 0) },
	"%SYSTEM.Encryption:MD5Hash":        func(_ *run.Process, c *run.Call) (run.Value, error) { return digest(c, md5.New, 0) },
	"%SYSTEM.Encryption:MD5HashStream":  func(p *run.Process, c *run.Call) (run.Value, error) { return digestStream(p, c, 0, md5.New) },
	"%SYSTEM.Encryption:SHA1HashStream": func(p *run.Process, c *run.Call) (run.Value, error) { return digestStream(p, c, 0, sha1.New) },
	"%SYSTEM.Encryption:SHAHashStream": func(p *run.Process, c *run.Call) (run.Value, error) {
		return digestStream(p, c, 1, hashes[number(c, 0)])
	},
	"%SYSTEM.Encryption:HMACSHA": func(_ *run.Process, c *run.Call) (run.Value, error) {
		return keyed(c, hashes[number(c, 0)], 1)
	},
	"%SYSTEM.Encryption:HMACSHA1": func(_ *run.Process, c *run.Call) (run.Value, error) { return keyed(c, sha1.New, 0) },
	"%SYSTEM.Encryption:HMACMD5":  func(_ *run.Process, c *run.Call) (run.Value, error) { return keyed(c, md5.New, 0) },
	"%SYSTEM.Encryption:PBKDF2": func(_ *run.Process, c *run.Call) (run.Value, error) {
		b, err := wide(c, 0, 2)
		h, count, length := hashes[number(c, 4)], number(c, 1), number(c, 3)
		if err != nil || h == nil || count < 1 || length < 1 || length > 1<<20 {
			return run.Value{}, illegal(err)
		}
		key, err := pbkdf2.Key(h, string(b[0]), b[1], count, length)
		return binary(key), err
	},
	"%SYSTEM.Encryption:AESCBCEncrypt": func(_ *run.Process, c *run.Call) (run.Value, error) {
		block, text, iv, err := aesOf(c)
		if err != nil {
			return run.Value{}, err
		}
		pad := aes.BlockSize - len(text)%aes.BlockSize
		for range pad {
			text = append(text, byte(pad))
		}
		cipher.NewCBCEncrypter(block, iv).CryptBlocks(text, text)
		return binary(text), nil
	},
	"%SYSTEM.Encryption:AESCBCDecrypt": func(_ *run.Process, c *run.Call) (run.Value, error) {
		block, text, iv, err := aesOf(c)
		if err != nil || len(text) == 0 || len(text)%aes.BlockSize != 0 {
			return run.Value{}, illegal(err)
		}
		cipher.NewCBCDecrypter(block, iv).CryptBlocks(text, text)
		pad := int(text[len(text)-1])
		if pad < 1 || pad > aes.BlockSize {
			return run.Value{}, illegal(nil)
		}
		return binary(text[:len(text)-pad]), nil
	},
}

const printable = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// illegal is err, or <ILLEGAL VALUE> without one.
func illegal(err error) error {
	if err != nil {
		return err
	}
	return fault.New("ILLEGAL VALUE", "")
}

// wide gives arguments as bytes; <WIDE CHAR> for one with characters above 255.
func wide(c *run.Call, at ...int) ([][]byte, error) {
	out := make([][]byte, len(at))
	for i, n := range at {
		b, ok := bytesOf(c.Text(n))
		if !ok {
			return nil, fault.New("WIDE CHAR", "")
		}
		out[i] = b
	}
	return out, nil
}

func digest(c *run.Call, h func() hash.Hash, at int) (run.Value, error) {
	b, err := wide(c, at)
	if err != nil || h == nil {
		return run.Value{}, illegal(err)
	}
	d := h()
	d.Write(b[0])
	return binary(d.Sum(nil)), nil
}

func keyed(c *run.Call, h func() hash.Hash, at int) (run.Value, error) {
	b, err := wide(c, at, at+1)
	if err != nil || h == nil {
		return run.Value{}, illegal(err)
	}
	d := hmac.New(h, b[1])
	d.Write(b[0])
	return binary(d.Sum(nil)), nil
}

func aesOf(c *run.Call) (cipher.Block, []byte, []byte, error) {
	b, err := wide(c, 0, 1, 2)
	if err != nil {
		return nil, nil, nil, err
	}
	block, err := aes.NewCipher(b[1])
	if err != nil || len(b[2]) != 0 && len(b[2]) != aes.BlockSize {
		return nil, nil, nil, illegal(nil)
	}
	iv := make([]byte, aes.BlockSize)
	copy(iv, b[2])
	return block, append([]byte(nil), b[0]...), iv, nil
}

// broken puts a line end after each 76 characters, as Base64Encode does by default.
func broken(s string) string {
	var b strings.Builder
	for len(s) > 76 {
		b.WriteString(s[:76] + "\r\n")
		s = s[76:]
	}
	return b.String() + s
}

// toBase64 encodes bytes without line ends; a text with wide characters is encoded as UTF-8.
func toBase64(v value.Value, _ func(string) string) run.Value {
	b, ok := bytesOf(v.Text())
	if !ok {
		b = []byte(v.Text())
	}
	return run.Text(base64.StdEncoding.EncodeToString(b))
}

// fromBase64 decodes; characters that do not belong there are passed over.
func fromBase64(v value.Value, _ func(string) string) run.Value {
	s := strings.Map(func(r rune) rune {
		if strings.ContainsRune(printable, r) || r == '+' || r == '/' {
			return r
		}
		return -1
	}, v.Text())
	b, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return run.Value{}
	}
	return binary(b)
}

// digestStream is the digest of what a stream has; the status goes into the argument behind it.
func digestStream(p *run.Process, c *run.Call, at int, h func() hash.Hash) (run.Value, error) {
	if h == nil || c.Arg(at).Obj == nil {
		return run.Value{}, illegal(nil)
	}
	b, ok := fileBytes(c.Arg(at).Obj)
	if !ok {
		text, err := streamText(p, c.Arg(at).Obj)
		if err != nil {
			return run.Value{}, err
		}
		if b, ok = bytesOf(text); !ok {
			return run.Value{}, illegal(nil)
		}
	}
	sum := h()
	sum.Write(b)
	set(p, c, at+1, good)
	return binary(sum.Sum(nil)), nil
}
