package fn

import (
	"encoding/binary"
	"hash/crc32"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

var hexFunctions = table{
	"$ZBOOLEAN": pure(3, 3, zboolean),
	"$ZCRC":     pure(2, 3, zcrc),
	"$ZHEX":     pure(1, 1, zhex),
	"$ZWIDTH":   pure(1, 2, zwidth),
}

// zhex is $ZHEX: a string is hexadecimal and becomes a number; a number becomes a hexadecimal string.
func zhex(a args) (value.Value, error) {
	v := a.value(0)
	if isNumber(v) {
		n, ok := v.Integer()
		if !ok || !v.IsInteger() {
			return value.Value{}, errFunction
		}
		return value.Text(strings.ToUpper(strconv.FormatUint(uint64(n), 16))), nil
	}
	s := v.Text()
	if s == "" {
		return value.Value{}, errFunction
	}
	end := 0
	for end < len(s) && strings.IndexByte("0123456789abcdefABCDEF", s[end]) >= 0 {
		end++
	}
	digits := strings.TrimLeft(s[:end], "0")
	if digits == "" {
		return value.Int(0), nil
	}
	n, err := strconv.ParseUint(digits, 16, 64)
	if err != nil || n > 1<<63-1 {
		return value.Value{}, errFunction
	}
	return value.Int(int64(n)), nil
}

// zboolean is $ZBOOLEAN(a, b, op): bit by bit; the four bits of op say for which pairs the result is 1.
func zboolean(a args) (value.Value, error) {
	x, y, op := a.value(0), a.value(1), a.int(2, 0)&15
	if Empty(y) {
		return x, nil
	}
	left, err := booleanBytes(x)
	if err != nil {
		return value.Value{}, err
	}
	right, err := booleanBytes(y)
	if err != nil {
		return value.Value{}, err
	}
	for i := range left {
		left[i] = combine(left[i], right[i%len(right)], op)
	}
	if isNumber(x) {
		return value.Int(int64(binary.LittleEndian.Uint64(left))), nil
	}
	return Str(value.FromLatin1(left)), nil
}

func combine(x, y byte, op int) byte {
	var r byte
	for bit, part := range []byte{x & y, x &^ y, y &^ x, ^(x | y)} {
		if op>>bit&1 == 1 {
			r |= part
		}
	}
	return r
}

// booleanBytes gives the bytes of a string, or the eight of a number, lowest first.
func booleanBytes(v value.Value) ([]byte, error) {
	if isNumber(v) {
		n, ok := v.Integer()
		if !ok {
			return nil, errFunction
		}
		return binary.LittleEndian.AppendUint64(nil, uint64(n)), nil
	}
	b, ok := value.Latin1(v.Text())
	if !ok {
		return nil, errWide
	}
	return b, nil
}

// zcrc is $ZCRC(string, mode, seed). Modes 2, 3 and 5 are named in the reference without their polynomial and start value.
func zcrc(a args) (value.Value, error) {
	b, ok := value.Latin1(a.text(0))
	if !ok {
		return value.Value{}, errFunction
	}
	seed, _ := a.value(2).Integer()
	switch mode := a.int(1, 0); mode {
	case 0:
		for _, c := range b {
			seed += int64(c)
		}
		return value.Int(seed), nil
	case 1:
		for _, c := range b {
			seed ^= int64(c)
		}
		return value.Int(seed), nil
	case 4:
		return value.Int(int64(crc16(b, uint16(seed), 0x1021, false))), nil
	case 6:
		return value.Int(int64(crc16(b, uint16(seed), 0xA001, true))), nil
	case 7:
		return value.Int(int64(crc32.Update(uint32(seed), crc32.IEEETable, b))), nil
	case 2, 3, 5:
		return value.Value{}, fault.New("UNIMPLEMENTED", "$ZCRC mode "+strconv.Itoa(mode))
	}
	return value.Value{}, errFunction
}

// crc16 is XMODEM's with polynomial 1021, or with reflected bits the CRC-16 of polynomial 8005.
func crc16(b []byte, crc, polynomial uint16, reflected bool) uint16 {
	for _, c := range b {
		if reflected {
			crc ^= uint16(c)
		} else {
			crc ^= uint16(c) << 8
		}
		for i := 0; i < 8; i++ {
			switch {
			case reflected && crc&1 == 1:
				crc = crc>>1 ^ polynomial
			case reflected:
				crc >>= 1
			case crc&0x8000 != 0:
				crc = crc<<1 ^ polynomial
			default:
				crc <<= 1
			}
		}
	}
	return crc
}

// zwidth is $ZWIDTH: full-width characters count 2, or the pitch.
func zwidth(a args) (value.Value, error) {
	pitch := value.Int(2)
	if a.has(1) {
		pitch = a.value(1).Number().Normal()
		switch pitch.Text() {
		case "1", "1.25", "1.5", "2":
		default:
			return value.Value{}, errFunction
		}
	}
	narrow, full := 0, 0
	for _, r := range wide(a.text(0)) {
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			full++
		} else {
			narrow++
		}
	}
	return value.Add(value.Int(int64(narrow)), value.Multiply(value.Int(int64(full)), pitch)), nil
}
