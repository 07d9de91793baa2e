package irissql

// CreateIndex is CREATE INDEX. Type is "", BITMAP, BITMAPEXTENT, BITSLICE, COLUMNAR or HNSW.
type CreateIndex struct {
	Pos
	Unique      bool
	Type        string
	IfNotExists bool
	Name        Name
	Table       ObjectName
	Columns     []IndexColumn
	Data        []Name
	Defer       bool
	HNSW        *HNSW
}

// IndexColumn is a column of an index, perhaps AS a collation.
type IndexColumn struct {
	Name      Name
	Collation string
}

// HNSW are the parameters of a vector index; Distance is Cosine or DotProduct.
type HNSW struct {
	M, EfConstruction int
	Distance          string
}

// DropIndex is DROP INDEX n ON t, or t.n; Table.Name is empty if neither names a table.
type DropIndex struct {
	Pos
	IfExists bool
	Name     Name
	Table    ObjectName
}

// BuildIndex is BUILD INDEX FOR TABLE t [INDEX n, …].
type BuildIndex struct {
	Pos
	Table   ObjectName
	Indexes []Name
}

// CreateView is CREATE VIEW and ALTER VIEW (Alter). Text is the query as written.
type CreateView struct {
	Pos
	Alter, OrReplace, IfNotExists bool
	View                          ObjectName
	Columns                       []Name
	Query                         *Query
	Text                          string
	ReadOnly                      bool
	CheckOption                   string // "", CASCADED or LOCAL
}

// DropView is DROP VIEW.
type DropView struct {
	Pos
	IfExists bool
	View     ObjectName
	Cascade  bool
}

// CreateSchema is CREATE SCHEMA.
type CreateSchema struct {
	Pos
	IfNotExists bool
	Name        Name
}

// DropSchema is DROP SCHEMA.
type DropSchema struct {
	Pos
	IfExists bool
	Name     Name
	Cascade  bool
}

func (*CreateIndex) statement()  {}
func (*DropIndex) statement()    {}
func (*BuildIndex) statement()   {}
func (*CreateView) statement()   {}
func (*DropView) statement()     {}
func (*CreateSchema) statement() {}
func (*DropSchema) statement()   {}
