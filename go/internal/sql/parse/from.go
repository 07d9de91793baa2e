package parse

// FromItem is an item of a FROM list.
type FromItem interface {
	Node
	fromItem()
}

// Alias is [AS] Name [(Columns)].
type Alias struct {
	At
	Name    string
	Columns []Name
}

// FromTable is a table, view or CTE.
type FromTable struct {
	At
	Only  bool
	Name  QualifiedName
	Alias *Alias
	// Sample is TABLESAMPLE.
	Sample *TableSample
}

// TableSample is TABLESAMPLE Method (Args) [REPEATABLE (Seed)].
type TableSample struct {
	At
	Method []string
	Args   []Expr
	Seed   Expr
}

// FromSubquery is a subquery in FROM; Alias may be nil.
type FromSubquery struct {
	At
	Lateral bool
	Query   *Select
	Alias   *Alias
}

// FromFunction is a function call in FROM, or ROWS FROM (…) with one or more.
type FromFunction struct {
	At
	Lateral    bool
	RowsFrom   bool
	Items      []RowsFromItem
	Ordinality bool
	Alias      *Alias
	// Columns are the column definitions of AS [alias] (name type, …); RowsFrom has them at its items.
	Columns []*ColumnDef
}

// RowsFromItem is one function of ROWS FROM.
type RowsFromItem struct {
	At
	Call    Expr // *FuncCall or one of the forms with their own syntax
	Columns []*ColumnDef
}

// FromJoin joins two items.
type FromJoin struct {
	At
	Kind        JoinKind
	Natural     bool
	Left, Right FromItem
	On          Expr
	Using       []Name
	UsingAlias  *Alias // USING (…) AS name
	// Alias is that of a parenthesised join.
	Alias *Alias
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

func (*FromTable) fromItem()    {}
func (*FromSubquery) fromItem() {}
func (*FromFunction) fromItem() {}
func (*FromJoin) fromItem()     {}
