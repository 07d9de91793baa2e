package parse

// Expr is an expression.
type Expr interface {
	Node
	expr()
}

// Literal is a constant. Text is the value, not the spelling: a number in decimal digits without underscores (a minus
// sign directly before a number is part of it), a string without quotes and escapes, a bit string as b or x and digits.
type Literal struct {
	At
	Kind LiteralKind
	Text string
}

// LiteralKind tells constants apart.
type LiteralKind uint8

// The kinds of constants.
const (
	NullLiteral LiteralKind = iota
	// IntLiteral fits PostgreSQL's integer.
	IntLiteral
	// FloatLiteral is every other number: bigint if it is whole and fits, else numeric.
	FloatLiteral
	StringLiteral
	BitLiteral
	// BoolLiteral has the text true or false.
	BoolLiteral
)

// ParamRef is $Number.
type ParamRef struct {
	At
	Number int
}

// ColumnRef is a name, a.b.c, or with Star a.b.* ; a bare * has no parts.
type ColumnRef struct {
	At
	Star  bool
	Parts []string
}

// Indirection is subscripts and field selections behind an expression: (row).field, array[1][2:3].
type Indirection struct {
	At
	Arg  Expr
	Path []Step
}

// Step is one step of an Indirection: Field, or Star, or a subscript (Index, or Slice with either bound nil).
type Step struct {
	At
	Field        string
	Star         bool
	Slice        bool
	Index, Upper Expr // Slice: the lower and upper bound
}

// Operator is a prefix (Left is nil) or infix operator; Name is its spelling with != turned into <>.
type Operator struct {
	At
	Name        string
	Left, Right Expr
	Schema      *OperatorSchema // OPERATOR(schema.op), else nil
}

// OperatorSchema is the schema of OPERATOR(schema.op), part by part. It stands apart since hardly any operator has one.
type OperatorSchema []string

// Logic is AND, OR (two or more arguments, flattened) or NOT (one).
type Logic struct {
	At
	Op   LogicOp
	Args []Expr
}

// LogicOp is AND, OR, NOT.
type LogicOp uint8

// The logic operators.
const (
	And LogicOp = iota
	Or
	Not
)

// Between is Arg [NOT] BETWEEN [SYMMETRIC] Low AND High.
type Between struct {
	At
	Arg, Low, High Expr
	Not, Symmetric bool
}

// In is Arg [NOT] IN (List) or, with Query set, IN (subquery).
type In struct {
	At
	Arg   Expr
	List  []Expr
	Query *Select
	Not   bool
}

// Like is Arg [NOT] LIKE Pattern [ESCAPE Escape] and its relatives.
type Like struct {
	At
	Kind                 LikeKind
	Arg, Pattern, Escape Expr // Escape may be nil
	Not                  bool
}

// LikeKind tells LIKE's relatives apart.
type LikeKind uint8

// The pattern matches.
const (
	LikePlain LikeKind = iota
	LikeFold           // ILIKE
	SimilarTo
)

// Quantified is Left op ANY|SOME|ALL (Query or Array). LIKE is the operator ~~, NOT LIKE !~~, ILIKE ~~*, NOT ILIKE !~~*.
type Quantified struct {
	At
	Left   Expr
	Schema []string
	Op     string
	All    bool
	Query  *Select // or
	Array  Expr
}

// NullTest is Arg IS [NOT] NULL.
type NullTest struct {
	At
	Arg Expr
	Not bool
}

// BoolTest is Arg IS [NOT] TRUE, FALSE or UNKNOWN.
type BoolTest struct {
	At
	Arg  Expr
	Want BoolWant
	Not  bool
}

// BoolWant is what a BoolTest asks for.
type BoolWant uint8

// The answers.
const (
	WantTrue BoolWant = iota
	WantFalse
	WantUnknown
)

// Distinct is Left IS [NOT] DISTINCT FROM Right.
type Distinct struct {
	At
	Left, Right Expr
	Not         bool
}

// Exists is EXISTS (Query).
type Exists struct {
	At
	Query *Select
}

// Subquery is a scalar subquery.
type Subquery struct {
	At
	Query *Select
}

// ArrayQuery is ARRAY(Query).
type ArrayQuery struct {
	At
	Query *Select
}

// Array is ARRAY[Elems]; a nested [ … ] is an Array with Inner set.
type Array struct {
	At
	Elems []Expr
	Inner bool
}

// Row is ROW(Args), or with two or more arguments (Args).
type Row struct {
	At
	Args     []Expr
	Explicit bool
}

// Case is CASE [Arg] WHEN … [ELSE Else] END.
type Case struct {
	At
	Arg   Expr // nil: searched
	Whens []When
	Else  Expr // may be nil
}

// When is one branch of a Case.
type When struct {
	At
	Cond, Result Expr
}

// Cast changes the type.
type Cast struct {
	At
	Form CastForm
	Arg  Expr
	Type *TypeName
}

// CastForm is how a cast was written.
type CastForm uint8

// The ways to write a cast.
const (
	CastCall   CastForm = iota // CAST(x AS t)
	CastColons                 // x::t
	CastTyped                  // t 'literal'
)

// Collate is Arg COLLATE Name.
type Collate struct {
	At
	Arg  Expr
	Name QualifiedName
}

// SQLValue is a function without parentheses: CURRENT_DATE, CURRENT_TIMESTAMP(3), CURRENT_USER … Precision is −1 when
// none is given.
type SQLValue struct {
	At
	Name      string // upper case: CURRENT_DATE, USER …
	Precision int
}

// Coalesce is COALESCE(Args).
type Coalesce struct {
	At
	Args []Expr
}

// NullIf is NULLIF(Left, Right).
type NullIf struct {
	At
	Left, Right Expr
}

// MinMax is GREATEST or LEAST.
type MinMax struct {
	At
	Greatest bool
	Args     []Expr
}

// GroupingCall is GROUPING(Args).
type GroupingCall struct {
	At
	Args []Expr
}

// Default is DEFAULT where a value may stand (VALUES of an INSERT, SET of an UPDATE).
type Default struct{ At }

// CurrentOf is WHERE CURRENT OF Cursor.
type CurrentOf struct {
	At
	Cursor string
}

// MergeAction is MERGE_ACTION().
type MergeAction struct{ At }

func (*Literal) expr()      {}
func (*ParamRef) expr()     {}
func (*ColumnRef) expr()    {}
func (*Indirection) expr()  {}
func (*Operator) expr()     {}
func (*Logic) expr()        {}
func (*Between) expr()      {}
func (*In) expr()           {}
func (*Like) expr()         {}
func (*Quantified) expr()   {}
func (*NullTest) expr()     {}
func (*BoolTest) expr()     {}
func (*Distinct) expr()     {}
func (*Exists) expr()       {}
func (*Subquery) expr()     {}
func (*ArrayQuery) expr()   {}
func (*Array) expr()        {}
func (*Row) expr()          {}
func (*Case) expr()         {}
func (*Cast) expr()         {}
func (*Collate) expr()      {}
func (*SQLValue) expr()     {}
func (*Coalesce) expr()     {}
func (*NullIf) expr()       {}
func (*MinMax) expr()       {}
func (*GroupingCall) expr() {}
func (*Default) expr()      {}
func (*CurrentOf) expr()    {}
func (*MergeAction) expr()  {}
