// Package sqlfunc holds the functions and operators of IRIS SQL: which exist, how they are called, what type they give
// and what they compute, over values of the development IRIS (IRIS docs, "SQL Functions").
package sqlfunc

import (
	"time"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// Env is what a running statement's functions can ask of their process.
type Env interface {
	// Now is the instant of the statement, in the server's time zone.
	Now() time.Time
	// User, Namespace and Job are the login name, the namespace and the process number.
	User() string
	Namespace() string
	Job() int64
	// TransactionLevel is $TLEVEL.
	TransactionLevel() int
	// LastIdentity is LAST_IDENTITY(); NULL before the first INSERT of the process.
	LastIdentity() value.Value
	// ServerVersion is $ZVERSION.
	ServerVersion() string
}

// Impl computes one call. The error is a *sqlerr.Error.
type Impl func(env Env, args []value.Value) (value.Value, error)

// Escape says whether a function may or must be called as {fn NAME(…)}.
type Escape uint8

// The {fn …} rules.
const (
	NoEscape   Escape = iota // never in {fn}
	MayEscape                // both ways
	MustEscape               // only as {fn NAME(…)}
)

// Arg is what is known of an argument when a call is compiled.
type Arg struct {
	Type     sqltype.Type
	Nullable bool
	// Collation is the argument's, by which NULLIF, DECODE, MIN and MAX compare.
	Collation sqltype.Collation
	// JSON marks a call of JSON_OBJECT or JSON_ARRAY, which JSON functions take as it is instead of as a string.
	JSON bool
	// Literal is set for a literal argument, Constant holds its value.
	Literal  bool
	Constant value.Value
}

// Call is a compiled call.
type Call struct {
	Type sqltype.Type
	// NeverNull: the call gives no NULL whatever its arguments are.
	NeverNull bool
	Run       Impl
	// Collation of the result; functions of text give EXACT (IRIS docs, "Collation").
	Collation sqltype.Collation
}

// Function is an entry of the function table. Whoever binds a call checks, in this order: the version (-359 before it), the
// {fn …} rule, Bare, the number of arguments (-380 for too few, -381 for too many), streams (-37); then it calls Compile.
type Function struct {
	Name     string
	Min, Max int // Max < 0: no limit
	Escape   Escape
	// Bare functions may be or have to be written without parentheses: CURRENT_DATE.
	Bare BareRule
	// Major and Minor are the first release; 0 for always.
	Major, Minor int
	// Params are the types a parameter gets in this place; the last one repeats, Unknown leaves VARCHAR.
	Params []sqltype.Type
	// Streams: the function takes stream arguments (-37 otherwise).
	Streams bool
	// Word: the first argument is a keyword, not a value; it comes as Context.Word and is not counted by Min and Max.
	Word bool
	// Part: the first argument is a date part, which may be written as a bare word: an unqualified, undelimited column
	// name in its place stands for the string literal of that name. It is an argument and counted.
	Part bool
	// Compile chooses the implementation for argument types. Errors are *sqlerr.Error.
	Compile func(c Context, args []Arg) (Call, error)
}

// Context is what compiling a call may need besides its arguments.
type Context struct {
	Escape bool   // called as {fn …}
	Word   string // the keyword argument
	// Version is the server's; some arguments are newer than their function.
	Version irissql.Version
}

// BareRule says how a function without arguments is written.
type BareRule uint8

// The rules.
const (
	NeedsParens BareRule = iota // {fn NOW} alone goes without
	BareOnly                    // without parentheses unless there is an argument: CURRENT_TIMESTAMP(6)
	BareOrCall                  // both
)
