package analyze

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
)

// Expr is a typed expression: every name is resolved, every type is known, every implicit cast is explicit.
type Expr interface {
	Type() pgtypes.Type
	// Pos is the 1-based character position in the statement text, 0 for what the analyzer made itself.
	Pos() int
}

// Node is what every expression carries.
type Node struct {
	Typ pgtypes.Type
	At  int
}

// Type implements Expr.
func (n Node) Type() pgtypes.Type { return n.Typ }

// Pos implements Expr.
func (n Node) Pos() int { return n.At }

type (
	// Const is a literal in the canonical form of its type (package pgtypes).
	Const struct {
		Node
		Value iris.Value
	}
	// Param is $Number.
	Param struct {
		Node
		Number int
	}
	// Session is a value that the session knows when the statement runs and that is constant in it: now(), current_user,
	// version(). Name is one of the Session… constants.
	Session struct {
		Node
		Name SessionValue
	}
	// Column is column Index of Rel. Up counts query levels: 0 is a column of this query, 1 of the one around it.
	Column struct {
		Node
		Rel   *Relation
		Index int
		Up    int
	}
	// Call is a function or operator, resolved to one signature. Op is true when the user wrote an operator.
	Call struct {
		Node
		Func *Function
		Op   bool
		Args []Expr
	}
	// Cast changes the type. Implicit casts were put in by the analyzer.
	Cast struct {
		Node
		Arg      Expr
		Implicit bool
	}
	// Logic is AND, OR (two or more arguments) or NOT (one).
	Logic struct {
		Node
		Op   LogicOp
		Args []Expr
	}
	// NullTest is IS [NOT] NULL.
	NullTest struct {
		Node
		Arg Expr
		Not bool
	}
	// BoolTest is IS [NOT] TRUE, FALSE, UNKNOWN.
	BoolTest struct {
		Node
		Arg  Expr
		Want BoolWant
		Not  bool
	}
	// Distinct is IS [NOT] DISTINCT FROM; Equal is the type's = operator.
	Distinct struct {
		Node
		Left, Right Expr
		Not         bool
		Equal       *Function
	}
	// Case is a searched CASE: the analyzer has turned the simple form into comparisons.
	Case struct {
		Node
		Whens []When
		Else  Expr // nil = NULL
	}
	// Variadic is COALESCE, GREATEST, LEAST.
	Variadic struct {
		Node
		Name string // coalesce, greatest, least
		Args []Expr
	}
	// NullIf is NULLIF; Equal compares.
	NullIf struct {
		Node
		Left, Right Expr
		Equal       *Function
	}
	// In is value IN (list); Equal compares each.
	In struct {
		Node
		Arg   Expr
		List  []Expr
		Not   bool
		Equal *Function
	}
	// Like is [I]LIKE with its escape: 0 = none.
	Like struct {
		Node
		Arg, Pattern Expr
		Escape       rune
		Fold, Not    bool
	}
	// Subquery is EXISTS, a scalar subquery, or value op ANY/ALL (query).
	Subquery struct {
		Node
		Kind  SubqueryKind
		Query *Query
		Left  Expr      // AnySubquery, AllSubquery
		Cmp   *Function // their operator
		Not   bool      // NOT EXISTS, NOT IN
	}
	// ArrayCompare is value op ANY/ALL (array expression).
	ArrayCompare struct {
		Node
		Left  Expr
		Array Expr
		Cmp   *Function
		All   bool
	}
	// Array is ARRAY[…].
	Array struct {
		Node
		Elems []Expr
	}
	// Aggregate is an aggregate call of this query level.
	Aggregate struct {
		Node
		Func     *Function
		Star     bool
		Distinct bool
		Args     []Expr
		Filter   Expr // nil = none
		OrderBy  []SortKey
	}
	// Window is a window function call.
	Window struct {
		Node
		Func      *Function
		Star      bool
		Args      []Expr
		Filter    Expr
		Partition []Expr
		OrderBy   []SortKey
		Frame     *Frame // nil = PostgreSQL's default frame
	}
)

// When is one branch of a Case.
type When struct{ Cond, Result Expr }

// LogicOp is AND, OR, NOT.
type LogicOp uint8

// The logic operators.
const (
	And LogicOp = iota
	Or
	Not
)

// BoolWant is what a BoolTest asks for.
type BoolWant uint8

// The answers a BoolTest can want.
const (
	WantTrue BoolWant = iota
	WantFalse
	WantUnknown
)

// SubqueryKind tells the forms of Subquery apart.
type SubqueryKind uint8

// The forms of Subquery.
const (
	ScalarSubquery SubqueryKind = iota
	ExistsSubquery
	AnySubquery
	AllSubquery
)

// SessionValue names a value of the session.
type SessionValue string

// The session's values.
const (
	SessionNow            SessionValue = "transaction_timestamp" // timestamptz: start of the transaction
	SessionStatementTime  SessionValue = "statement_timestamp"
	SessionClock          SessionValue = "clock_timestamp" // one value a statement
	SessionUser           SessionValue = "session_user"
	SessionCurrentUser    SessionValue = "current_user"
	SessionDatabase       SessionValue = "current_database"
	SessionSchema         SessionValue = "current_schema"
	SessionVersion        SessionValue = "version"
	SessionBackendPID     SessionValue = "pg_backend_pid"
	SessionCurrentDate    SessionValue = "current_date"   // in the session's zone
	SessionLocalTimestamp SessionValue = "localtimestamp" // in the session's zone
	SessionLocalTime      SessionValue = "localtime"      // in the session's zone
)

// Function is a PostgreSQL function, operator or aggregate with one signature.
type Function struct {
	// Name is PostgreSQL's: "lower", "sum"; of an operator its symbol.
	Name string
	// ID is what printers and finishers switch by: the underlying function's name in pg_proc where it is unique by
	// itself ("int4pl", "texteq", "cosine_distance"), else name with argument types ("round(numeric,int4)").
	ID     string
	Args   []pgtypes.OID
	Result pgtypes.OID
	Kind   FunctionKind
	// Volatile functions are evaluated each time and never folded.
	Volatile bool
	// Variadic: the last argument type repeats.
	Variadic bool
}

// FunctionKind tells functions, operators, aggregates and window functions apart.
type FunctionKind uint8

// The kinds of functions.
const (
	Scalar FunctionKind = iota
	Operator
	AggregateFunc
	WindowFunc
)

// SortKey is one ORDER BY key. NullsFirst is resolved (PostgreSQL: NULLs last ascending, first descending).
type SortKey struct {
	Expr       Expr
	Desc       bool
	NullsFirst bool
}

// Frame is an explicit window frame.
type Frame struct {
	Mode       string // ROWS, RANGE, GROUPS
	Start, End Bound
	Exclude    string
	At         int
}

// Bound is one end of a frame.
type Bound struct {
	Kind   string // UNBOUNDED PRECEDING, PRECEDING, CURRENT ROW, FOLLOWING, UNBOUNDED FOLLOWING
	Offset Expr
}

// Relation is one entry of a FROM list that columns refer to: exactly one of Table, Query and CTE is set, or Values.
type Relation struct {
	// Label is the alias or the name, as the user wrote it (folded); printers make their own aliases unique.
	Label   string
	Table   *schema.Table
	Query   *Query // a subquery in FROM
	Lateral bool
	CTE     *CTE
	Columns []OutColumn // names after an alias list was applied, and types
	At      int
}

// FromItem is a Relation or a Join.
type FromItem interface{ fromItem() }

func (*Relation) fromItem() {}
func (*Join) fromItem()     {}

// Join joins two items; USING and NATURAL have been expanded into On (Merged says which columns appear once in *).
type Join struct {
	Kind        JoinKind
	Left, Right FromItem
	On          Expr // nil for a cross join
	At          int
}

// JoinKind tells the joins apart.
type JoinKind uint8

// The kinds of joins.
const (
	InnerJoin JoinKind = iota
	LeftJoin
	RightJoin
	FullJoin
	CrossJoin
)

// CTE is one WITH query.
type CTE struct {
	Name         string
	Query        *Query
	Materialized bool
	Recursive    bool
	Refs         int // how often it is referred to
	At           int
}

// OutColumn is an output column's name and type; Origin is the table column that it is a plain reference to.
type OutColumn struct {
	Name   string
	Type   pgtypes.Type
	Table  *schema.Table // nil for an expression
	Column int           // index into Table.Columns
}

// Query is a SELECT, VALUES or set operation with its ORDER BY and limits.
type Query struct {
	CTEs    []*CTE
	Body    Body
	OrderBy []SortKey // keys of a set operation refer to its output columns through Output
	Limit   Expr      // nil = none; int8
	Offset  Expr
	// WithTies: FETCH FIRST … WITH TIES.
	WithTies bool
	Locking  string // "", or UPDATE, NO KEY UPDATE, SHARE, KEY SHARE with its options: FOR UPDATE …
	Columns  []OutColumn
	At       int
}

// Output refers to output column Index of the set operation that is being ordered.
type Output struct {
	Node
	Index int
}

// Body is *Select, *SetOp or *Values.
type Body interface{ body() }

func (*Select) body() {}
func (*SetOp) body()  {}
func (*Values) body() {}

// Select is one SELECT.
type Select struct {
	Distinct   bool
	DistinctOn []Expr
	Targets    []Target
	From       []FromItem
	Where      Expr
	GroupBy    []Expr
	// GroupingSets is set when GROUP BY used GROUPING SETS, ROLLUP or CUBE: each is a list of indexes into GroupBy.
	GroupingSets [][]int
	Having       Expr
	HasAggs      bool
	HasWindows   bool
	At           int
}

// Target is one select item, in the order of Query.Columns.
type Target struct{ Expr Expr }

// SetOp is UNION, INTERSECT or EXCEPT; both sides already have the result's column types.
type SetOp struct {
	Op          string // UNION, INTERSECT, EXCEPT
	All         bool
	Left, Right *Query
	At          int
}

// Values is VALUES (…), (…).
type Values struct {
	Rows [][]Expr
	At   int
}

// Statement is an analyzed statement: *Query, *Insert, *Update, *Delete.
type Statement interface{ statement() }

func (*Query) statement()  {}
func (*Insert) statement() {}
func (*Update) statement() {}
func (*Delete) statement() {}

// Insert is INSERT. Exactly one of Rows, Query and neither (DEFAULT VALUES) is given; a nil in a row is DEFAULT.
type Insert struct {
	CTEs      []*CTE
	Table     *Relation
	Columns   []int // indexes into Table.Table.Columns
	Rows      [][]Expr
	Query     *Query
	Returning []Target
	RetCols   []OutColumn
	// Conflict is set for ON CONFLICT.
	Conflict *Conflict
	At       int
}

// Conflict is ON CONFLICT DO NOTHING, or DO UPDATE with Set.
type Conflict struct {
	Columns []int
	Update  bool
	Set     []Assignment
	Where   Expr
	At      int
}

// Assignment is column = value; a nil Value is DEFAULT.
type Assignment struct {
	Column int
	Value  Expr
}

// Update is UPDATE.
type Update struct {
	CTEs      []*CTE
	Table     *Relation
	Set       []Assignment
	From      []FromItem
	Where     Expr
	Returning []Target
	RetCols   []OutColumn
	At        int
}

// Delete is DELETE.
type Delete struct {
	CTEs      []*CTE
	Table     *Relation
	Using     []FromItem
	Where     Expr
	Returning []Target
	RetCols   []OutColumn
	At        int
}

// Result is what Analyze gives: the statement, its parameters' types and its output columns (nil when it returns none).
type Result struct {
	Statement Statement
	Params    []pgtypes.Type
	Columns   []OutColumn
}
