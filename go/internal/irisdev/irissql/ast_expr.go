package irissql

import "iris-pgwire/internal/irisdev/irissql/sqltype"

// Number is a numeric literal, Text as written; Double marks one with an exponent.
type Number struct {
	Pos
	Text   string
	Double bool
}

// String is a character literal with its quotes undoubled.
type String struct {
	Pos
	Text string
}

// NullLiteral is NULL.
type NullLiteral struct{ Pos }

// Param is ? or :%qpar(n); Index counts from 0.
type Param struct {
	Pos
	Index int
}

// Column is a column reference, perhaps qualified. Pseudo columns (%ID, %TABLENAME, %CLASSNAME, %VID) come as one too.
type Column struct {
	Pos
	Schema, Table, Name string
	Delimited           bool
}

// Special is an ObjectScript special variable such as $HOROLOG, in upper case without abbreviation.
type Special struct {
	Pos
	Name string
}

// Unary is a sign: Op is '-' or '+'.
type Unary struct {
	Pos
	Op byte
	X  Expr
}

// Binary is arithmetic (+ - * / \ #) or concatenation (Op '|').
type Binary struct {
	Pos
	Op   byte
	L, R Expr
}

// Call is a function call. Escape marks the {fn …} form, Bare one without parentheses (CURRENT_DATE). Words are
// arguments that are keywords, not values: TIMESTAMPADD's interval.
type Call struct {
	Pos
	Schema, Name string
	Args         []Expr
	Escape, Bare bool
	Word         string
	Parens       bool
}

// Cast is CAST(x AS type), CONVERT(type, x [, style]) or {fn CONVERT(x, SQL_type)}.
type Cast struct {
	Pos
	X       Expr
	Type    DataType
	Convert bool
	Style   Expr
}

// VectorCall is TO_VECTOR(x [, type [, length]]).
type VectorCall struct {
	Pos
	X       Expr
	Element sqltype.Element
	Length  Expr
}

// Trim is TRIM([LEADING|TRAILING|BOTH] [chars FROM] x).
type Trim struct {
	Pos
	Spec  string
	Chars Expr
	X     Expr
}

// Collate is a collation function: %EXACT(x), %SQLUPPER x, %TRUNCATE(x, n).
type Collate struct {
	Pos
	Collation sqltype.Collation
	X         Expr
	Length    Expr
}

// TimeLiteral is {d x}, {t x} or {ts x}; Kind is "D", "T" or "TS".
type TimeLiteral struct {
	Pos
	Kind string
	X    Expr
}

// When is one branch of a CASE: Cond in the searched form, Value in the simple one.
type When struct {
	Cond  Cond
	Value Expr
	Then  Expr
}

// Case is CASE.
type Case struct {
	Pos
	Operand Expr
	Whens   []When
	Else    Expr
}

// Subquery is a scalar subquery.
type Subquery struct {
	Pos
	Query *Query
}

// Aggregate is an aggregate call. Star is COUNT(*); By are DISTINCT BY's columns, Foreach %FOREACH's.
type Aggregate struct {
	Pos
	Name         string
	Star         bool
	Distinct     bool
	By           []Expr
	Arg          Expr
	Foreach      []Expr
	AfterHaving  bool
	AbsentOnNull bool
	NullOnNull   bool
}

// Bound is a frame bound of a window.
type Bound struct {
	Unbounded, Preceding, Following bool // neither Preceding nor Following: CURRENT ROW
	Offset                          int
}

// Frame is ROWS BETWEEN From AND To.
type Frame struct{ From, To Bound }

// Window is f(args) OVER (…).
type Window struct {
	Pos
	Name        string
	Star        bool
	Args        []Expr
	PartitionBy []Expr
	OrderBy     []OrderItem
	Frame       *Frame
}

// JSONPair is one key and value of JSON_OBJECT.
type JSONPair struct{ Key, Value Expr }

// JSON is JSON_OBJECT or JSON_ARRAY; Values is the array's.
type JSON struct {
	Pos
	Object       bool
	Pairs        []JSONPair
	Values       []Expr
	AbsentOnNull bool
}

func (*Number) expr()      {}
func (*String) expr()      {}
func (*NullLiteral) expr() {}
func (*Param) expr()       {}
func (*Column) expr()      {}
func (*Special) expr()     {}
func (*Unary) expr()       {}
func (*Binary) expr()      {}
func (*Call) expr()        {}
func (*Cast) expr()        {}
func (*VectorCall) expr()  {}
func (*Trim) expr()        {}
func (*Collate) expr()     {}
func (*TimeLiteral) expr() {}
func (*Case) expr()        {}
func (*Subquery) expr()    {}
func (*Aggregate) expr()   {}
func (*Window) expr()      {}
func (*JSON) expr()        {}
