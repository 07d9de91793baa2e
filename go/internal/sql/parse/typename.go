package parse

// TypeName is a type as it was written. SQL's own names are turned into PostgreSQL's: int is pg_catalog.int4, char(3)
// is pg_catalog.bpchar with modifier 3, char alone bpchar(1), double precision pg_catalog.float8.
type TypeName struct {
	At
	SetOf bool
	// ColumnType is name%TYPE.
	ColumnType bool
	Names      []string // parts
	// Mods are the modifiers: (10,2).
	Mods []Expr
	// Interval is the field restriction of pg_catalog.interval: "", "YEAR", "DAY TO SECOND" …
	Interval string
	// ArrayBounds has one entry a dimension, −1 where no length was given.
	ArrayBounds []int
}
