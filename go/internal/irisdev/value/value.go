// Package value holds the values of the development IRIS: what a global node, an ObjectScript variable and an SQL
// expression can be, with IRIS's own rules of number, text and comparison. It shares no code with the gateway: an oracle
// must not share our mistakes.
package value

// Kind is the form a Value is held in.
type Kind uint8

// The forms. IRIS itself has one type and looks at the form when it needs to; SQL adds NULL, which ObjectScript writes
// as the empty string, while SQL's empty string is $CHAR(0) there (IRIS docs, "NULL and the Empty String").
const (
	Null   Kind = iota // SQL NULL, ObjectScript ""
	String             // text; bytes are characters 0 to 255
	Number             // decimal: mantissa × 10^exponent
	Double             // IEEE double ($DOUBLE)
	List               // $LIST, encoded
	Vector             // $VECTOR
)

// Value is one immutable value; the zero Value is NULL.
type Value struct {
	kind Kind
	exp  int8
	num  int64   // Number: mantissa
	f    float64 // Double
	s    string  // String: UTF-8, one rune a character (lone surrogates as WTF-8); List: the encoded bytes
	vec  *Vec
}

// Vec is a $VECTOR value: numbers or texts, never both.
type Vec struct {
	Element string // DOUBLE, DECIMAL, FLOAT, INTEGER, TIMESTAMP, STRING
	Nums    []float64
	Texts   []string
}

// NullValue is SQL NULL.
func NullValue() Value { return Value{} }

// Text is a string; Text("") is SQL's empty string, not NULL.
func Text(s string) Value { return Value{kind: String, s: s} }

// Int is an integer.
func Int(i int64) Value { return Value{kind: Number, num: i} }

// Decimal is mantissa × 10^exponent, kept as given.
func Decimal(mantissa int64, exponent int8) Value {
	return Value{kind: Number, num: mantissa, exp: exponent}
}

// Float is an IEEE double.
func Float(f float64) Value { return Value{kind: Double, f: f} }

// ListOf is an encoded $LIST.
func ListOf(encoded string) Value { return Value{kind: List, s: encoded} }

// VectorOf is a $VECTOR.
func VectorOf(v *Vec) Value { return Value{kind: Vector, vec: v} }

// Kind gives the form.
func (v Value) Kind() Kind { return v.kind }

// IsNull reports NULL.
func (v Value) IsNull() bool { return v.kind == Null }

// Parts gives mantissa and exponent of a Number.
func (v Value) Parts() (mantissa int64, exponent int8) { return v.num, v.exp }

// Float64 gives the bits of a Double.
func (v Value) Float64() float64 { return v.f }

// Vec gives the elements of a Vector.
func (v Value) Vec() *Vec { return v.vec }

// Raw gives the text of a String or the bytes of a List, unconverted.
func (v Value) Raw() string { return v.s }
