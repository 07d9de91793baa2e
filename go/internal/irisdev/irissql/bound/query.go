package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
)

// Output is a result column as column information tells it.
type Output struct {
	Info
	// Label is the column's name to the client: alias, defined name, or Expression_2.
	Label string
	// Name, Table and Schema are the origin of a plain column, empty otherwise.
	Name, Table, Schema string
	Identity, RowID     bool
	Counter, ReadOnly   bool
	Unique, Key         bool
	Aliased             bool
}

// Query is a query that can be run: its body's rows, ordered, then limited.
type Query struct {
	// CTEs are the members of this query's WITH, in order; a source refers to one by pointer. Each is run at most once.
	CTEs []*CTE
	Body Body
	// OrderBy is evaluated over the body's rows: of a Select it may use columns as well as OutputRef.
	OrderBy []Key
	// Limit and Offset are nil where not given. A negative limit counts as 0.
	Limit, Offset Expr
	Columns       []Output
	// Correlated reports a reference to a row of an outer query: an uncorrelated subquery is run once.
	Correlated bool
}

// CTE is a member of WITH.
type CTE struct {
	Name  string
	Query *Query
}

// Body is a *Select or a *SetOp.
type Body interface{ body() }

// Key is an ORDER BY key; NULL comes first ascending.
type Key struct {
	X         Expr
	Desc      bool
	Collation sqltype.Collation
}

// Grouping says how a Select makes rows of its input.
type Grouping uint8

// The groupings.
const (
	Rows     Grouping = iota // no aggregates: one row each
	Groups                   // GROUP BY
	OneGroup                 // aggregates only: exactly one row
	EveryRow                 // aggregates and columns without GROUP BY: every row, with the aggregates of all
)

// Select is one SELECT. The order of work: From, Where, grouping with Aggregates, Having, Windows, Items, Distinct, Top.
type Select struct {
	NoLock bool // %NOLOCK: read uncommitted
	// Sources are the tables of From, by the number that ColumnRef names; From is the way they are joined, nil for a
	// SELECT without FROM (one row).
	Sources    []*Source
	From       From
	Where      Cond
	Grouping   Grouping
	GroupBy    []Key
	Aggregates []*Aggregate
	Having     Cond
	Windows    []*Window
	Items      []Expr
	Distinct   bool
	DistinctBy []Key
	// Top is nil without TOP or with TOP ALL. With ORDER BY, the query is ordered before TOP cuts.
	Top Expr
	// ItemKeys are the collations by which Distinct and UNION compare the items.
	ItemKeys []sqltype.Collation
	// Fold marks items that come back upper-cased from DISTINCT and GROUP BY on SQLUPPER columns (FastDistinct).
	Fold []bool
}

// SetOp is Left UNION|EXCEPT|INTERSECT Right. Both sides' values have been brought to Columns' types by Convert.
type SetOp struct {
	Kind        irissql.SetKind
	All         bool
	Left, Right *Query
	// LeftConvert and RightConvert bring a side's column to the result type; nil entries need nothing. Each takes the
	// side's value as OutputRef of its own index.
	LeftConvert, RightConvert []Expr
	Keys                      []sqltype.Collation
}

func (*Select) body() {}
func (*SetOp) body()  {}

// SourceKind is the kind of a row source.
type SourceKind uint8

// The sources.
const (
	TableSource    SourceKind = iota // Table
	QuerySource                      // Query: a derived table or a view
	CTESource                        // CTE
	JSONSource                       // JSON
	FunctionSource                   // Function
)

// Source is one member of FROM. Its row has one value for each of Columns.
type Source struct {
	Kind    SourceKind
	Alias   string // the name that qualifies its columns, empty if none
	Columns []Column
	Table   *Table
	Query   *Query
	CTE     *CTE
	JSON    *JSONTable
	// Lateral sources see the sources before them: their expressions refer to those at Depth 1 (Query) or 0 (JSON).
	Lateral bool
	// Used marks the columns that the statement refers to; others need not be filled.
	Used []bool
}

// JSONTable is JSON_TABLE: X is evaluated in the Select's row.
type JSONTable struct {
	X       Expr
	Path    string
	Columns []JSONColumn
}

// JSONColumn is a column of JSON_TABLE.
type JSONColumn struct {
	Path       string
	Type       sqltype.Type
	Ordinality bool
}

// From is the tree of joins: a *Scan or a *Join.
type From interface{ from() }

// Scan reads a source.
type Scan struct{ Source int }

// Join joins two trees. On is nil for a cross join. A right join has been turned into a left one; Full remains.
type Join struct {
	Kind        irissql.JoinKind
	Left, Right From
	On          Cond
}

func (*Scan) from() {}
func (*Join) from() {}
