package parse

// JSONValue is Value [FORMAT JSON [ENCODING name]].
type JSONValue struct {
	At
	Value    Expr
	Format   bool
	Encoding string
}

// JSONReturning is RETURNING type [FORMAT JSON [ENCODING name]].
type JSONReturning struct {
	At
	Type     *TypeName
	Format   bool
	Encoding string
}

// NullClause is NULL ON NULL, ABSENT ON NULL or neither.
type NullClause uint8

// The null clauses.
const (
	NullDefault NullClause = iota
	NullOnNull
	AbsentOnNull
)

// Uniqueness is WITH or WITHOUT UNIQUE KEYS.
type Uniqueness uint8

// The key uniqueness constraints.
const (
	UniqueDefault Uniqueness = iota
	WithUnique
	WithoutUnique
)

// JSONPair is key : value.
type JSONPair struct {
	At
	Key   Expr
	Value JSONValue
}

// JSONObject is JSON_OBJECT(key : value, …), or with Aggregate JSON_OBJECTAGG of one pair.
type JSONObject struct {
	At
	Aggregate bool
	Pairs     []JSONPair
	Null      NullClause
	Unique    Uniqueness
	Returning *JSONReturning
	Filter    Expr
	Over      *WindowDef
}

// JSONArray is JSON_ARRAY(values) or JSON_ARRAY(query), or with Aggregate JSON_ARRAYAGG of one value.
type JSONArray struct {
	At
	Aggregate bool
	Values    []JSONValue
	Query     *Select
	QueryJSON bool // FORMAT JSON behind the query
	OrderBy   []SortBy
	Null      NullClause
	Returning *JSONReturning
	Filter    Expr
	Over      *WindowDef
}

// JSONFunc is JSON(…), JSON_SCALAR(…) or JSON_SERIALIZE(…).
type JSONFunc struct {
	At
	Func      string // upper case
	Arg       JSONValue
	Unique    Uniqueness
	Returning *JSONReturning
}

// JSONQuery is JSON_QUERY, JSON_VALUE or JSON_EXISTS.
type JSONQuery struct {
	At
	Func      string // upper case
	Context   JSONValue
	Path      Expr
	Passing   []JSONPassing
	Returning *JSONReturning
	Wrapper   string // "", WITHOUT, UNCONDITIONAL, CONDITIONAL
	Quotes    string // "", KEEP, OMIT
	OnEmpty   *JSONBehavior
	OnError   *JSONBehavior
}

// JSONPassing is value AS name.
type JSONPassing struct {
	At
	Value JSONValue
	Name  string
}

// JSONBehavior is what happens on empty or on error: ERROR, NULL, TRUE, FALSE, UNKNOWN, EMPTY ARRAY, EMPTY OBJECT, DEFAULT.
type JSONBehavior struct {
	At
	Kind    string
	Default Expr
}

// IsJSON is Arg IS [NOT] JSON [VALUE|ARRAY|OBJECT|SCALAR] [WITH|WITHOUT UNIQUE KEYS].
type IsJSON struct {
	At
	Arg    Expr
	Not    bool
	Kind   string // "" and VALUE mean the same
	Unique Uniqueness
}

// JSONTable is JSON_TABLE in FROM.
type JSONTable struct {
	At
	Lateral  bool
	Context  JSONValue
	Path     Expr
	PathName string
	Passing  []JSONPassing
	Columns  []JSONColumn
	OnError  *JSONBehavior
	Alias    *Alias
}

// JSONColumn is a column of JSON_TABLE, or nested columns.
type JSONColumn struct {
	At
	Name       string
	Ordinality bool
	Exists     bool
	Type       *TypeName
	Format     bool
	Encoding   string
	Path       *Literal // nil = none
	Wrapper    string
	Quotes     string
	OnEmpty    *JSONBehavior
	OnError    *JSONBehavior
	// Nested is NESTED PATH Path [AS PathName] COLUMNS (Columns).
	Nested   bool
	PathName string
	Columns  []JSONColumn
}

func (*JSONObject) expr()    {}
func (*JSONArray) expr()     {}
func (*JSONFunc) expr()      {}
func (*JSONQuery) expr()     {}
func (*IsJSON) expr()        {}
func (*JSONTable) fromItem() {}
