package pgtypes

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// parseBit reads bit(n) and varbit(n) as 0 and 1, with an optional B before them, or as hexadecimal digits behind an X.
func parseBit(t Type, text string, _ Style) (iris.Value, error) {
	s := text
	switch {
	case s != "" && (s[0] == 'b' || s[0] == 'B'):
		s = s[1:]
	case s != "" && (s[0] == 'x' || s[0] == 'X'):
		var err error
		if s, err = bitsOfHex(s[1:]); err != nil {
			return iris.Null(), err
		}
	}
	for i := range len(s) {
		if s[i] != '0' && s[i] != '1' {
			return iris.Null(), pgerr.New(pgerr.InvalidTextRepresentation, "\"%s\" is not a valid binary digit", s[i:i+firstRune(s[i:])])
		}
	}
	switch {
	case t.Mod < 0:
	case t.OID == Bit && len(s) != int(t.Mod):
		return iris.Null(), pgerr.New("22026", "bit string length %d does not match type bit(%d)", len(s), t.Mod)
	case len(s) > int(t.Mod):
		return iris.Null(), pgerr.New(pgerr.StringDataRightTruncation, "bit string too long for type bit varying(%d)", t.Mod)
	}
	return iris.Text(s), nil
}

// bitsOfHex turns hexadecimal digits into four bits each.
func bitsOfHex(s string) (string, error) {
	var b strings.Builder
	for i := range len(s) {
		n, err := strconv.ParseUint(s[i:i+1], 16, 8)
		if err != nil {
			return "", pgerr.New(pgerr.InvalidTextRepresentation, "\"%s\" is not a valid hexadecimal digit", s[i:i+firstRune(s[i:])])
		}
		fmt.Fprintf(&b, "%04b", n)
	}
	return b.String(), nil
}

func recvBit(t Type, b []byte) (iris.Value, error) {
	if len(b) < 4 {
		return iris.Null(), badBinary(t)
	}
	n := binary.BigEndian.Uint32(b)
	if uint64(len(b)-4) != (uint64(n)+7)/8 {
		return iris.Null(), badBinary(t)
	}
	out := make([]byte, n)
	for i := range out {
		out[i] = '0' + b[4+i/8]>>(7-i%8)&1
	}
	return parseBit(t, string(out), Style{})
}

func sendBit(dst []byte, t Type, v iris.Value) ([]byte, error) {
	s := v.String()
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(s)))
	for i := range len(s) {
		if i%8 == 0 {
			dst = append(dst, 0)
		}
		switch s[i] {
		case '1':
			dst[len(dst)-1] |= 0x80 >> (i % 8)
		case '0':
		default:
			return dst, badStored(t, v)
		}
	}
	return dst, nil
}
