package superserver

import (
	"encoding/binary"
	"fmt"
	"unicode/utf16"

	"iris-pgwire/internal/iris"
)

// offeredVersion is what JDBC 3.10 offers; IRIS refuses WITH (SQLCODE -385) for old clients.
const offeredVersion = 69

// leastVersion is the oldest server answer that the drivers accept.
const leastVersion = 61

// Capability bits of the handshake reply.
const (
	capUnicode        = 1
	capCompactDoubles = 2
	compactVersion    = 65 // the second bit counts from this version on
)

// handshake agrees on the protocol version.
func (c *Conn) handshake() error {
	c.out = c.out[:0]
	c.frame(code{'H', 'S'}, 0)
	c.out = binary.LittleEndian.AppendUint16(c.out, offeredVersion)
	endFrame(c.out, 0)
	status, body, err := c.exchange(0, nil)
	if err != nil {
		return err
	}
	if status != statusOK {
		return refused(status, body)
	}
	if len(body) < 4 {
		return &iris.ConnError{Op: "handshake", Err: fmt.Errorf("%w: reply of %d bytes", errFrame, len(body)), Sent: true}
	}
	version, caps := binary.LittleEndian.Uint16(body), binary.LittleEndian.Uint16(body[2:])
	if version < leastVersion {
		return iris.ParseErrorText(413, fmt.Sprintf("IRIS answers protocol version %d; at least %d is needed", version, leastVersion))
	}
	if caps&capUnicode == 0 {
		return iris.ParseErrorText(413, "the IRIS instance is not a Unicode installation")
	}
	c.compact = version >= compactVersion && caps&capCompactDoubles != 0
	return nil
}

// refused makes the login error of a status other than 0; its text may be missing.
func refused(status int, body []byte) error {
	r := reader{b: body}
	text := ""
	if len(body) > 0 {
		text = r.text()
	}
	return iris.NewLoginError(sqlCode(status), text)
}

// obfuscate hides user and password from a passing glance, as the protocol demands; TLS is what protects them. Of every
// UTF-16 unit the low byte is changed, and the order is reversed.
func obfuscate(s string) []byte {
	units := utf16.Encode([]rune(s))
	n := len(units)
	if n == 0 {
		return nil
	}
	out := make([]uint16, n)
	for i, u := range units {
		low := byte(u) ^ 0xA7
		low += byte(n - 1 - i)
		out[n-1-i] = u&0xFF00 | uint16(low<<5|low>>3)
	}
	return appendUnits(nil, out)
}

// appendUnits writes UTF-16 units as an 8-bit string if they fit, else as Unicode. Obfuscated units may be unpaired
// surrogates, so they never pass through UTF-8.
func appendUnits(dst []byte, units []uint16) []byte {
	wide := false
	for _, u := range units {
		wide = wide || u > 0xFF
	}
	if !wide {
		dst = appendHead(dst, len(units), typeBytes)
		for _, u := range units {
			dst = append(dst, byte(u))
		}
		return dst
	}
	dst = appendHead(dst, 2*len(units), typeUnicode)
	for _, u := range units {
		dst = append(dst, byte(u), byte(u>>8))
	}
	return dst
}
