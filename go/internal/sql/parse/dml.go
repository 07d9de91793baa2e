package parse

// Insert is INSERT.
type Insert struct {
	At
	With       *With
	Table      QualifiedName
	Alias      *Name
	Columns    []TargetColumn // nil = none named
	Overriding Overriding
	Source     *Select // nil = DEFAULT VALUES; its Values may hold *Default
	Conflict   *Conflict
	Returning  []Target
}

// TargetColumn is a column that is assigned to, with what is assigned inside it (col[1], col.field).
type TargetColumn struct {
	At
	Name string
	Path []Step
}

// Overriding is OVERRIDING SYSTEM or USER VALUE.
type Overriding uint8

// The kinds of OVERRIDING.
const (
	OverridingNone Overriding = iota
	OverridingUser
	OverridingSystem
)

// Conflict is ON CONFLICT. At most one of Keys and Constraint is given.
type Conflict struct {
	At
	Keys       []IndexKey
	KeysWhere  Expr
	Constraint *Name
	// Update is DO UPDATE, else DO NOTHING.
	Update bool
	Set    []SetClause
	Where  Expr
}

// SetClause is column = value, or with Multi (columns) = (values | ROW(values) | (query)).
type SetClause struct {
	At
	Columns []TargetColumn
	Multi   bool
	Value   Expr // may be *Default; of Multi a *Row (may hold *Default), a *Subquery or any row-valued expression
}

// Update is UPDATE.
type Update struct {
	At
	With      *With
	Table     *FromTable
	Set       []SetClause
	From      []FromItem
	Where     Expr // may be *CurrentOf
	Returning []Target
}

// Delete is DELETE.
type Delete struct {
	At
	With      *With
	Table     *FromTable
	Using     []FromItem
	Where     Expr // may be *CurrentOf
	Returning []Target
}

// Merge is MERGE.
type Merge struct {
	At
	With      *With
	Table     *FromTable
	Source    FromItem
	On        Expr
	Whens     []MergeWhen
	Returning []Target
}

// MergeWhen is one WHEN clause of MERGE.
type MergeWhen struct {
	At
	Match      MergeMatch
	Cond       Expr
	Action     MergeActionKind
	Columns    []TargetColumn // MergeInsert
	Overriding Overriding
	Values     []Expr      // MergeInsert; nil = DEFAULT VALUES
	Set        []SetClause // MergeUpdate
}

// MergeMatch says which rows a WHEN clause is about.
type MergeMatch uint8

// The rows of a WHEN clause.
const (
	Matched MergeMatch = iota
	NotMatchedBySource
	NotMatchedByTarget
)

// MergeActionKind is what a WHEN clause does.
type MergeActionKind uint8

// The actions of MERGE.
const (
	MergeDoNothing MergeActionKind = iota
	MergeInsert
	MergeUpdate
	MergeDelete
)

func (*Insert) stmt() {}
func (*Update) stmt() {}
func (*Delete) stmt() {}
func (*Merge) stmt()  {}
