package parse

// FuncCall is a function, aggregate or window function call. The forms with their own syntax (EXTRACT, AT TIME ZONE …)
// are calls of the function that PostgreSQL calls for them, in its argument order and with schema pg_catalog; Form says
// how it was written.
type FuncCall struct {
	At
	Name []string // parts: schema.name has two
	Form FuncForm
	Args []Arg
	// Star is f(*), Variadic says that the last argument is VARIADIC.
	Star, Variadic, Distinct bool
	OrderBy                  []SortBy // in the parentheses, or with WithinGroup behind them
	WithinGroup              bool
	Filter                   Expr       // nil = none
	Over                     *WindowDef // nil = none
}

// Arg is an argument; Name is "" for a positional one (name => value).
type Arg struct {
	At
	Name  string
	Value Expr
}

// FuncForm says how a call was written.
type FuncForm uint8

// The ways to write a call.
const (
	FormCall         FuncForm = iota
	FormExtract               // EXTRACT(field FROM x): pg_catalog.extract('field', x)
	FormPosition              // POSITION(a IN b): pg_catalog.position(b, a)
	FormOverlay               // OVERLAY(a PLACING b FROM c [FOR d]): pg_catalog.overlay(a, b, c [, d])
	FormSubstring             // SUBSTRING(a FROM b [FOR c]): pg_catalog.substring(a, b [, c])
	FormSimilar               // SUBSTRING(a SIMILAR b ESCAPE c): pg_catalog.substring(a, b, c)
	FormTrim                  // TRIM([BOTH|LEADING|TRAILING] [a FROM] b): pg_catalog.btrim, ltrim, rtrim(b [, a])
	FormNormalize             // NORMALIZE(a [, form]): pg_catalog.normalize(a [, 'form'])
	FormIsNormalized          // a IS [form] NORMALIZED: pg_catalog.is_normalized(a [, 'form'])
	FormCollationFor          // COLLATION FOR (a): pg_catalog.pg_collation_for(a)
	FormAtTimeZone            // a AT TIME ZONE z: pg_catalog.timezone(z, a)
	FormAtLocal               // a AT LOCAL: pg_catalog.timezone(a)
	FormOverlaps              // (a, b) OVERLAPS (c, d): pg_catalog.overlaps(a, b, c, d)
	FormSystemUser            // SYSTEM_USER: pg_catalog.system_user()
	FormXMLExists             // XMLEXISTS(a PASSING b): pg_catalog.xmlexists(a, b)
)

// WindowDef is OVER name, OVER (…) or an entry of the WINDOW clause.
type WindowDef struct {
	At
	// Name is the defined name in a WINDOW clause, and the name of OVER name (then nothing else is set).
	Name string
	// Base is the window that OVER (base …) extends.
	Base        string
	PartitionBy []Expr
	OrderBy     []SortBy
	Frame       *Frame // nil = PostgreSQL's default frame
}

// Frame is a frame clause. A single bound has End CurrentRow and Between false.
type Frame struct {
	At
	Mode       FrameMode
	Between    bool
	Start, End Bound
	Exclude    FrameExclusion
}

// FrameMode is ROWS, RANGE or GROUPS.
type FrameMode uint8

// The frame modes.
const (
	Range FrameMode = iota
	Rows
	Groups
)

// Bound is one end of a frame.
type Bound struct {
	At
	Kind   BoundKind
	Offset Expr // OffsetPreceding, OffsetFollowing
}

// BoundKind tells the ends of frames apart, in frame order.
type BoundKind uint8

// The ends of frames.
const (
	UnboundedPreceding BoundKind = iota
	OffsetPreceding
	CurrentRow
	OffsetFollowing
	UnboundedFollowing
)

// FrameExclusion is a frame's EXCLUDE.
type FrameExclusion uint8

// The frame exclusions.
const (
	ExcludeNoOthers FrameExclusion = iota
	ExcludeCurrentRow
	ExcludeGroup
	ExcludeTies
)

func (*FuncCall) expr() {}
