package parse

// Select is a query: a SELECT, VALUES, TABLE or set operation with the clauses that may stand around it.
type Select struct {
	At
	LimitAll bool
	WithTies bool  // FETCH FIRST … WITH TIES
	With     *With // nil = none
	Body     Body
	OrderBy  []SortBy
	Limit    Expr // nil = none or LIMIT ALL (LimitAll)
	Offset   Expr
	Locking  []Locking
}

// Body is *SelectCore, *Values or *SetOp.
type Body interface {
	Node
	body()
}

// SelectCore is SELECT … FROM … WHERE … GROUP BY … HAVING … WINDOW. TABLE x is SELECT * FROM x.
type SelectCore struct {
	At
	Distinct      bool
	GroupDistinct bool
	DistinctOn    []Expr // nil = none; Distinct is set too
	Targets       []Target
	Into          *IntoTable // SELECT INTO
	From          []FromItem
	Where         Expr
	GroupBy       []Expr // may hold *GroupingSet
	Having        Expr
	Windows       []WindowDef
}

// Values is VALUES (…), (…).
type Values struct {
	At
	Rows [][]Expr
}

// SetOp is UNION, INTERSECT or EXCEPT.
type SetOp struct {
	At
	Op          SetOpKind
	All         bool
	Left, Right *Select
}

// SetOpKind is UNION, INTERSECT, EXCEPT.
type SetOpKind uint8

// The set operations.
const (
	Union SetOpKind = iota
	Intersect
	Except
)

func (*SelectCore) body() {}
func (*Values) body()     {}
func (*SetOp) body()      {}
func (*Select) stmt()     {}

// Target is an item of a select list or RETURNING; Name is "" without AS. It begins where its expression does.
type Target struct {
	Expr Expr
	Name string
}

// IntoTable is the table of SELECT INTO.
type IntoTable struct {
	At
	Persistence Persistence
	Name        QualifiedName
}

// GroupingSet is an item of GROUP BY: (), ROLLUP, CUBE, GROUPING SETS. Items of Sets may be GroupingSets.
type GroupingSet struct {
	At
	Kind  GroupingKind
	Items []Expr
}

// GroupingKind tells grouping sets apart.
type GroupingKind uint8

// The kinds of grouping sets.
const (
	GroupEmpty GroupingKind = iota
	GroupRollup
	GroupCube
	GroupSets
)

func (*GroupingSet) expr() {}

// SortBy is one key of ORDER BY.
type SortBy struct {
	At
	Expr  Expr
	Order SortOrder
	Nulls NullsOrder
	// Schema and Using are the operator of ORDER BY x USING op.
	Schema []string
	Using  string
}

// SortOrder is ASC, DESC, USING.
type SortOrder uint8

// The sort orders.
const (
	SortDefault SortOrder = iota
	SortAsc
	SortDesc
	SortUsing
)

// NullsOrder is NULLS FIRST or LAST.
type NullsOrder uint8

// The places of nulls.
const (
	NullsDefault NullsOrder = iota
	NullsFirst
	NullsLast
)

// Locking is FOR UPDATE and its relatives.
type Locking struct {
	At
	Strength LockStrength
	Of       []QualifiedName
	Wait     LockWait
}

// LockStrength is the strength of a row lock.
type LockStrength uint8

// The row locks.
const (
	ForUpdate LockStrength = iota
	ForNoKeyUpdate
	ForShare
	ForKeyShare
)

// LockWait is what happens when a row is locked.
type LockWait uint8

// The ways to wait.
const (
	LockWaits LockWait = iota
	NoWait
	SkipLocked
)

// With is a WITH clause.
type With struct {
	At
	Recursive bool
	CTEs      []CTE
}

// CTE is one query of WITH.
type CTE struct {
	At
	Name         string
	Columns      []Name
	Materialized Materialization
	// Query is *Select, *Insert, *Update, *Delete or *Merge.
	Query  Stmt
	Search *CTESearch
	Cycle  *CTECycle
}

// Materialization is [NOT] MATERIALIZED.
type Materialization uint8

// The ways to materialize.
const (
	MaterializeDefault Materialization = iota
	MaterializeAlways
	MaterializeNever
)

// CTESearch is SEARCH BREADTH|DEPTH FIRST BY Columns SET Sequence.
type CTESearch struct {
	At
	Breadth  bool
	Columns  []Name
	Sequence string
}

// CTECycle is CYCLE Columns SET Mark [TO Value DEFAULT Other] USING Path.
type CTECycle struct {
	At
	Columns      []Name
	Mark         string
	Value, Other Expr // nil = true and false
	Path         string
}
