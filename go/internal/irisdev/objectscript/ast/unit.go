package ast

// Block is a sequence of lines: a method's body, a procedure block, what stands in braces.
type Block struct {
	Lines []Line
	End   Pos // of the closing brace
}

// Line is a source line with at least a command or a label. Level counts the dots of the old block form.
type Line struct {
	Pos
	Label    *Label
	Level    int
	Commands []Command
}

// Label is an entry. Formals is nil without parentheses. Body is set for a procedure: label(a) PUBLIC {…}, whose variables are
// its own; Public lists [a,b].
type Label struct {
	Pos
	Name    string
	HasList bool
	Formals []Formal
	Private bool
	Public  []string
	Body    *Block
}

// Formal is a formal parameter.
type Formal struct {
	Name        string
	Type        string
	Mode        byte   // 0, 'R' ByRef, 'O' Output
	Default     Expr   // may be nil; nil too when DefaultText has macros, which package class expands and parses
	DefaultText string // the default as written
	Variadic    bool
}

// Routine is a routine: all its lines, labels among them. Source holds the text lines for $TEXT.
type Routine struct {
	Name   string
	Type   string // MAC, INT, INC
	Lines  []Line
	Source []string
}

// Keywords are the bracketed keywords of a class or member, by name in lower case; a value-less one is "1", Not x is "0".
type Keywords map[string]string

// Has reports a keyword that is set and not negated.
func (k Keywords) Has(name string) bool { v, ok := k[name]; return ok && v != "0" }

// Class is a class as it stands in its file.
type Class struct {
	Pos
	Name     string
	Supers   []string
	Keywords Keywords
	Imports  []string
	Includes []string
	// GeneratorIncludes are those of IncludeGenerator, for method generators.
	GeneratorIncludes []string
	Doc               string
	Parameters        []*ParamDef
	Properties        []*PropDef
	Methods           []*MethodDef
	XData             []*XDataDef
	Queries           []*QueryDef
	Others            []*OtherDef // Index, Trigger, Projection, ForeignKey, Storage, ClientMethod
}

// ParamDef is Parameter Name As Type = value; Value is the text as written, unquoted when it was a string; Computed is the code
// of = {…}.
type ParamDef struct {
	Pos
	Name, Type, Value, Computed, Doc string
	HasValue                         bool
	Keywords                         Keywords
}

// PropDef is Property (or Relationship). Collection is "", list or array.
type PropDef struct {
	Pos
	Name, Type, Collection, Doc string
	Relationship                bool
	TypeParams                  map[string]string
	Keywords                    Keywords
}

// MethodDef is Method or ClassMethod. Body is the text between the braces and BodyLine its first line in the file; package
// class has it expanded and parsed.
type MethodDef struct {
	Pos
	Name, Returns, Doc, Body string
	BodyLine                 int
	ClassMethod              bool
	Formals                  []Formal
	Keywords                 Keywords
}

// XDataDef is XData.
type XDataDef struct {
	Pos
	Name, Text, Doc string
	Keywords        Keywords
}

// QueryDef is Query; Text is the SQL.
type QueryDef struct {
	Pos
	Name, Type, Text, Doc string
	TypeParams            map[string]string
	Formals               []Formal
	Keywords              Keywords
}

// OtherDef is a member of another kind, with its text as written.
type OtherDef struct {
	Pos
	Kind, Name, Text string
	BodyLine         int // of a trigger's code
	Keywords         Keywords
}
