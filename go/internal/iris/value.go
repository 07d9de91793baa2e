package iris

// Kind says which form a Value has.
type Kind uint8

// The forms of a Value. Latin1 and UTF16 are what IRIS sends (8-bit strings: one byte a character, also raw binary;
// Unicode strings: UTF-16 little endian); UTF8 and Binary are what the gateway sends.
const (
	KindNull    Kind = iota
	KindInt          // Int64
	KindDecimal      // mantissa (Int64) times ten to the power of Exponent
	KindDouble       // Float64
	KindLatin1       // 8-bit string; the column's type says whether it is text or bytes
	KindUTF16        // Unicode string
	KindUTF8         // text of the gateway's own, valid UTF-8
	KindBinary       // bytes of the gateway's own
)

// Value is one scalar on its way from or to IRIS, without a heap allocation of its own. The bytes of a Value that came
// in a row belong to the row's buffer and are valid until the next row is asked for; Clone keeps them.
//
// The canonical form of a PostgreSQL value (what constants and bound parameters are held in, and what pgtypes reads
// from a row) is listed in package pgtypes.
type Value struct {
	kind Kind
	exp  int8
	num  int64 // integer, decimal mantissa, or the bits of a double
	data []byte
}

// Null is SQL NULL; the zero Value.
func Null() Value { return Value{} }

// Int is an integer.
func Int(i int64) Value { return Value{kind: KindInt, num: i} }

// Bool is IRIS's BIT: 1 or 0.
func Bool(b bool) Value {
	if b {
		return Int(1)
	}
	return Int(0)
}

// Decimal is mantissa × 10^exponent. Trailing zeros are kept, as on the wire.
func Decimal(mantissa int64, exponent int8) Value {
	return Value{kind: KindDecimal, num: mantissa, exp: exponent}
}

// Text is a UTF-8 string. A caller has already refused NUL bytes, IRIS's mark of the empty string.
func Text(s string) Value { return Value{kind: KindUTF8, data: []byte(s)} }

// TextBytes is Text over bytes that the caller does not change afterwards.
func TextBytes(b []byte) Value { return Value{kind: KindUTF8, data: b} }

// Binary is a byte string.
func Binary(b []byte) Value { return Value{kind: KindBinary, data: b} }

// Latin1 is an 8-bit string as received.
func Latin1(b []byte) Value { return Value{kind: KindLatin1, data: b} }

// UTF16 is a Unicode string as received: UTF-16LE.
func UTF16(b []byte) Value { return Value{kind: KindUTF16, data: b} }

// Kind gives the form.
func (v Value) Kind() Kind { return v.kind }

// IsNull reports SQL NULL.
func (v Value) IsNull() bool { return v.kind == KindNull }

// Raw gives the bytes of a string form as they are, without a conversion.
func (v Value) Raw() []byte { return v.data }

// Mantissa and Exponent are the parts of a Decimal; of an Int, its value and 0.
func (v Value) Mantissa() int64 { return v.num }

// Exponent is the power of ten of a Decimal.
func (v Value) Exponent() int8 { return v.exp }
