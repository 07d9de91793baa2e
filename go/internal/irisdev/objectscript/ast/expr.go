// Package ast is the tree of ObjectScript: what package parse makes of source text and package run executes.
//
// Names of functions, special variables and commands are in their full form and upper case ($PIECE for $p); names of
// variables, labels, routines, classes and members are as written. Operators are already grouped as ObjectScript does,
// strictly from left to right.
package ast

import "iris-pgwire/internal/irisdev/value"

// Pos is a place in a source: both count from 1, and Line is that of the file before macros were expanded.
type Pos struct{ Line, Col int }

// Position gives the place; every node embeds Pos.
func (p Pos) Position() Pos { return p }

// Expr is an expression.
type Expr interface{ Position() Pos }

// Literal is a string or a number; a number is canonical already.
type Literal struct {
	Pos
	Value value.Value
}

// Unary is +x, -x or 'x; Op is the sign.
type Unary struct {
	Pos
	Op byte
	X  Expr
}

// In $BITLOGIC the operators are & | ^ and the Unary ~, on bit strings.
//
// Binary is one of + - * / \ # ** _ < > <= >= = [ ] ]] & && ! ||. Not negates a comparison: '= '[ '<; '< is kept as < with Not.
type Binary struct {
	Pos
	Op   string
	Not  bool
	L, R Expr
}

// Match is the pattern match X?pattern or X'?pattern; Indirect is the operand of X?@name, then Pattern is nil.
type Match struct {
	Pos
	X        Expr
	Not      bool
	Pattern  []PatternItem
	Indirect Expr
}

// PatternItem is one repeat of a pattern: 1.3AN, .E, 1"abc", 1(1"a",2N).
type PatternItem struct {
	Min, Max     int             // Max is -1 without limit
	Codes        string          // letters A C E L N P U in upper case, each negated one as lower case; or
	Literal      *string         // a text; or
	Alternatives [][]PatternItem // one of several
}

// Local is a local variable, with or without subscripts.
type Local struct {
	Pos
	Name string
	Subs []Expr
}

// Global is ^Name(subs), ^||Name, ^|env|Name, ^["ns"]Name or, with Naked, ^(subs). Env2 is the second part of ^["dir","sys"].
type Global struct {
	Pos
	Name      string
	Env, Env2 Expr
	Private   bool // process-private
	Naked     bool
	Structure bool // ^$JOB, ^$LOCK, ^$GLOBAL …: Name is JOB
	Subs      []Expr
}

// Indirect is @X or, with HasSubs, @X@(Subs).
type Indirect struct {
	Pos
	X       Expr
	HasSubs bool
	Subs    []Expr
}

// Special is a special variable: $HOROLOG, $TEST, $THIS. $SYSTEM.Class.Method() is a ClassCall of %SYSTEM.Class.
type Special struct {
	Pos
	Name string
}

// Func is a system function: $PIECE(…). A left-out argument is an Arg with Omitted.
type Func struct {
	Pos
	Name string
	Args []Arg
}

// Star is * or *-n as a position in $EXTRACT, $PIECE and $LIST; Offset is nil for *.
type Star struct {
	Pos
	Minus  bool
	Offset Expr
}

// Select is $SELECT(c:v,…).
type Select struct {
	Pos
	Cases []Branch
}

// Case is $CASE(x,m:v,…,:default); Default may be nil.
type Case struct {
	Pos
	X       Expr
	Cases   []Branch
	Default Expr
}

// Branch is a condition or a value to match, with a result.
type Branch struct{ When, Then Expr }

// Extrinsic is $$label^routine(args).
type Extrinsic struct {
	Pos
	Entry EntryRef
}

// Text is $TEXT(label+offset^routine).
type Text struct {
	Pos
	Entry EntryRef
}

// EntryRef names a place in a routine. Without Routine it is in the current one.
type EntryRef struct {
	Pos
	Label    string
	LabelInd Expr // @x in place of the label, or of the whole when Routine is empty
	Offset   Expr
	Routine  string
	RoutInd  Expr // @x in place of the routine
	Env      Expr // ^|"ns"|routine
	HasArgs  bool
	Args     []Arg
}

// Arg is an actual argument.
type Arg struct {
	Pos
	X        Expr // for ByRef a Local, an Indirect or an IVar; nil when Omitted
	ByRef    bool // .x
	Variadic bool // x...
	Omitted  bool
	When     Expr // the condition of when:value in $LISTUPDATE; nil elsewhere
}

// ClassCall is ##class(Class).Method(args), $SYSTEM.X.Method(args) as class %SYSTEM.X, and ##class(Class)obj… as Cast.
type ClassCall struct {
	Pos
	Class  string
	Method string
	Args   []Arg
}

// ClassParam is ##class(Class).#Name.
type ClassParam struct {
	Pos
	Class, Name string
}

// ClassProp is ##class(Class).Name without parentheses: allowed by the compiler only as the receiver of a cast; kept so that
// its error can be named.
type ClassProp struct {
	Pos
	Class, Name string
}

// Cast is ##class(Class)X: X is looked at as an object of Class.
type Cast struct {
	Pos
	Class string
	X     Expr
}

// Super is ##super(args): the overridden method; without parentheses HasArgs is false and it is the superclass itself.
type Super struct {
	Pos
	HasArgs bool
	Args    []Arg
}

// Self is what stands before .. in ..Name: the current object, or the current class in a class method.
type Self struct{ Pos }

// Prop is obj.Name, or obj.Name(subs) as a target of SET, KILL, $GET and the like. Obj is Self for ..Name.
type Prop struct {
	Pos
	Obj  Expr
	Name string
	Subs []Expr
}

// Method is obj.Name(args): a method, or a node of a multidimensional property; only the class knows.
type Method struct {
	Pos
	Obj  Expr
	Name string
	Args []Arg
}

// Param is obj.#Name or ..#Name.
type Param struct {
	Pos
	Obj  Expr
	Name string
}

// IVar is i%Name, the raw property; Kind is the letter before %: i, r, m, s.
type IVar struct {
	Pos
	Kind byte
	Name string
	Subs []Expr
}

// JSONObject is {"a":1,"b":(x)}.
type JSONObject struct {
	Pos
	Keys   []string
	Values []Expr
}

// JSONArray is [1,(x)].
type JSONArray struct {
	Pos
	Items []Expr
}

// JSONWord is true, false or null in a JSON literal.
type JSONWord struct {
	Pos
	Word string
}
