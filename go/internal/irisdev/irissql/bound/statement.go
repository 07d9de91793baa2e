package bound

import "iris-pgwire/internal/irisdev/irissql"

// Statement is a checked statement. Exactly one of Query, Insert, Update, Delete, Truncate and Other is set; Other is
// what needs no binding, or is bound when it runs (DDL, transactions). Of CREATE VIEW and CREATE TABLE AS both Other
// and Query are set.
type Statement struct {
	Parsed   *irissql.Parsed
	Query    *Query
	Insert   *Insert
	Update   *Update
	Delete   *Delete
	Truncate *Truncate
	Explain  *Explain
	Other    irissql.Statement
	// Args are the arguments of CALL, and process and statement id of CANCEL QUERY.
	Args []Expr
	// Params are the parameters' types, decided by their context.
	Params []Info
	// Uses are the tables and views that the statement touches, with the privilege each needs.
	Uses []Use
	// Tables are all tables and views whose definition the statement depends on, also those behind a view.
	Tables []*Table
}

// Use is a privilege that a statement needs: Action is SELECT, INSERT, UPDATE or DELETE.
type Use struct {
	Table  *Table
	Action string
}

// Explain is EXPLAIN of Statement.
type Explain struct {
	Alt, Stat bool
	Statement *Statement
	Text      string
}

// Insert is INSERT. Columns are the indexes of the target's columns that get values; Row or Query gives them, already
// converted to the columns' types.
type Insert struct {
	Table    *Table
	Keywords irissql.Keywords
	OrUpdate bool
	Columns  []int
	Row      []Expr
	Query    *Query
	// Convert brings the query's columns to the columns' types, as expressions over OutputRef.
	Convert []Expr
	Pos     irissql.Pos
}

// Set assigns Value to the target's column.
type Set struct {
	Column int
	Value  Expr
}

// Update is UPDATE. Select gives the rows to change: source 0 is the target, its items are the new values in the order
// of Columns.
type Update struct {
	Table    *Table
	Keywords irissql.Keywords
	Sets     []Set
	// Sources, From and Where are as in Select; source 0 is the target.
	Sources []*Source
	From    From
	Where   Cond
	CTEs    []*CTE
}

// Delete is DELETE; source 0 is the target.
type Delete struct {
	Table    *Table
	Keywords irissql.Keywords
	Sources  []*Source
	From     From
	Where    Cond
	CTEs     []*CTE
}

// Truncate is TRUNCATE TABLE.
type Truncate struct {
	Table    *Table
	Keywords irissql.Keywords
}
