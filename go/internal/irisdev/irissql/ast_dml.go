package irissql

// Assignment is col = value.
type Assignment struct {
	Column Name
	Value  Expr
}

// Insert is INSERT and INSERT OR UPDATE. One of Values, Set, Query and DefaultValues is given.
type Insert struct {
	Pos
	With          []CTE
	Keywords      Keywords
	OrUpdate      bool
	Table         ObjectName
	Columns       []Name
	Values        []Expr
	Set           []Assignment
	Query         *Query
	DefaultValues bool
}

// Update is UPDATE; the (cols) VALUES (…) form comes as Set.
type Update struct {
	Pos
	With     []CTE
	Keywords Keywords
	Table    TableName
	Set      []Assignment
	From     []TableRef
	Where    Cond
}

// Delete is DELETE; From holds the second FROM list.
type Delete struct {
	Pos
	With     []CTE
	Keywords Keywords
	Table    TableName
	From     []TableRef
	Where    Cond
}

// Truncate is TRUNCATE TABLE.
type Truncate struct {
	Pos
	Keywords Keywords
	Table    ObjectName
}

func (*Insert) statement()   {}
func (*Update) statement()   {}
func (*Delete) statement()   {}
func (*Truncate) statement() {}
