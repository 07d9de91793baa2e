package irissql

// Query is a whole query: WITH, one or more legs, ORDER BY and row limit. Paren marks one written in parentheses.
type Query struct {
	Pos
	With    []CTE
	Body    QueryBody
	OrderBy []OrderItem
	Limit   *Limit
	Paren   bool
}

// QueryBody is a *Select or a *SetOp.
type QueryBody interface {
	Node
	queryBody()
}

// CTE is one member of WITH.
type CTE struct {
	Name  Name
	Query *Query
}

// SetKind is UNION, EXCEPT or INTERSECT.
type SetKind uint8

// The set operations.
const (
	Union SetKind = iota
	Except
	Intersect
)

// SetOp combines legs from left to right.
type SetOp struct {
	Pos
	Kind        SetKind
	All         bool
	Left, Right *Query
}

// Select is SELECT … HAVING. From is empty when there is no FROM clause; its members are joined by commas.
type Select struct {
	Pos
	Keywords   Keywords
	Distinct   bool
	DistinctBy []Expr
	Top        *Top
	Items      []Item
	FromHints  Keywords
	From       []TableRef
	Where      Cond
	GroupBy    []Expr
	Having     Cond
}

// Top is TOP n; Count is nil for TOP ALL.
type Top struct {
	Pos
	Count Expr
}

// Limit is LIMIT [count] [OFFSET start] or OFFSET start FETCH count.
type Limit struct {
	Pos
	Fetch         bool
	Count, Offset Expr
}

// Item is one select item: X, or all columns (of Table when given).
type Item struct {
	Pos
	Star          bool
	Schema, Table string
	X             Expr
	Alias         string
}

// OrderItem is one key of ORDER BY.
type OrderItem struct {
	X    Expr
	Desc bool
}

// TableRef is a member of FROM.
type TableRef interface {
	Node
	tableRef()
}

// TableName is a table, view or CTE.
type TableName struct {
	Pos
	Schema, Name, Alias string
}

// Derived is a subquery in FROM; its alias may be missing.
type Derived struct {
	Pos
	Query   *Query
	Alias   string
	Lateral bool
}

// TableFunc is a procedure in FROM.
type TableFunc struct {
	Pos
	Func  ObjectName
	Args  []Expr
	Alias string
}

// JSONColumn is a column of JSON_TABLE.
type JSONColumn struct {
	Pos
	Name       string
	Type       DataType
	Path       string
	Ordinality bool
}

// JSONTable is JSON_TABLE(x, path COLUMNS (…)).
type JSONTable struct {
	Pos
	X       Expr
	Path    string
	Columns []JSONColumn
	Alias   string
	Lateral bool
}

// JoinKind is the kind of a join.
type JoinKind uint8

// The joins.
const (
	InnerJoin JoinKind = iota
	LeftJoin
	RightJoin
	FullJoin
	CrossJoin
)

// Join is Left JOIN Right; at most one of On, Using and Natural is given.
type Join struct {
	Pos
	Kind        JoinKind
	Left, Right TableRef
	On          Cond
	Using       []Name
	Natural     bool
}

func (*Select) queryBody()   {}
func (*SetOp) queryBody()    {}
func (*TableName) tableRef() {}
func (*Derived) tableRef()   {}
func (*TableFunc) tableRef() {}
func (*JSONTable) tableRef() {}
func (*Join) tableRef()      {}
func (*Query) statement()    {}
