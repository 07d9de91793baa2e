package irissql

// And is a conjunction of two or more conditions.
type And struct {
	Pos
	Conds []Cond
}

// Or is a disjunction of two or more conditions.
type Or struct {
	Pos
	Conds []Cond
}

// Not is NOT.
type Not struct {
	Pos
	X Cond
}

// CompareOp is a comparison operator.
type CompareOp uint8

// The comparison operators; Contains is [ and Follows is ].
const (
	Equal CompareOp = iota
	NotEqual
	Less
	LessEqual
	Greater
	GreaterEqual
	Contains
	Follows
)

// Compare is L op R; Negated is the NOT= form.
type Compare struct {
	Pos
	Op      CompareOp
	Negated bool
	L, R    Expr
}

// Quantified is L op ALL|ANY (query).
type Quantified struct {
	Pos
	Op    CompareOp
	All   bool
	L     Expr
	Query *Query
}

// Between is X [NOT] BETWEEN Low AND High.
type Between struct {
	Pos
	Negated      bool
	X, Low, High Expr
}

// In is X [NOT] IN (list) or (query).
type In struct {
	Pos
	Negated bool
	X       Expr
	List    []Expr
	Query   *Query
}

// InList is X [NOT] %INLIST list [SIZE n].
type InList struct {
	Pos
	Negated bool
	X, List Expr
}

// MatchOp is a text predicate.
type MatchOp uint8

// The text predicates.
const (
	Like MatchOp = iota
	StartsWith
	Matches
)

// Match is X [NOT] LIKE Pattern [ESCAPE Escape] and its relatives.
type Match struct {
	Pos
	Op      MatchOp
	Negated bool
	X       Expr
	Pattern Expr
	Escape  Expr
}

// IsNull is X IS [NOT] NULL.
type IsNull struct {
	Pos
	Negated bool
	X       Expr
}

// IsJSON is X IS [NOT] JSON.
type IsJSON struct {
	Pos
	Negated bool
	X       Expr
}

// Exists is EXISTS (query).
type Exists struct {
	Pos
	Query *Query
}

func (*And) cond()        {}
func (*Or) cond()         {}
func (*Not) cond()        {}
func (*Compare) cond()    {}
func (*Quantified) cond() {}
func (*Between) cond()    {}
func (*In) cond()         {}
func (*InList) cond()     {}
func (*Match) cond()      {}
func (*IsNull) cond()     {}
func (*IsJSON) cond()     {}
func (*Exists) cond()     {}
