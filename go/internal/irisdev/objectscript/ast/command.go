package ast

// Command is one command. A postconditional is nil where there is none.
type Command interface{ Position() Pos }

// Post is embedded by commands that may have a postconditional.
type Post struct{ Cond Expr }

// Set is SET a=1,(b,c)=2.
type Set struct {
	Pos
	Post
	Items []SetItem
}

// SetItem is one assignment, or with Indirect the text of some. Targets: Local, Global, Indirect, Prop, IVar, Special,
// Func ($PIECE, $EXTRACT, $LIST, $BIT, $PROPERTY …) and ClassProp-like errors.
type SetItem struct {
	Targets  []Expr
	Value    Expr
	Indirect Expr
}

// Do is DO with arguments, or with Block the old argumentless DO and the dotted lines under it.
type Do struct {
	Pos
	Post
	Calls []Call
	Block *Block
}

// Call is one argument of DO or GOTO: an entry in a routine (Entry), or a method, class method, super call or $ZF (X), or
// Indirect, the text of arguments.
type Call struct {
	Post
	Entry    *EntryRef
	X        Expr
	Indirect Expr
}

// Quit is QUIT with or without a value; Return likewise.
type Quit struct {
	Pos
	Post
	Value Expr
}

// Return leaves the method from any depth.
type Return struct {
	Pos
	Post
	Value Expr
}

// If is the block form; Else may be nil. Conditions of a branch are joined by AND.
type If struct {
	Pos
	Branches []IfBranch
	Else     *Block
}

// IfBranch is IF or ELSEIF with its block.
type IfBranch struct {
	Conds []Expr
	Body  *Block
}

// IfLine is the old form: it sets $TEST, and Rest is the rest of the line. Without Conds it looks at $TEST.
type IfLine struct {
	Pos
	Conds []Expr
	Rest  []Command
}

// ElseLine is the old ELSE.
type ElseLine struct {
	Pos
	Rest []Command
}

// For is FOR in both forms: in the old one Body is the rest of the line. Without Var it repeats for ever.
type For struct {
	Pos
	Var    Expr
	Ranges []Range
	Body   *Block
}

// Range is from, from:step or from:step:to.
type Range struct{ From, Step, To Expr }

// While is WHILE a,b {}.
type While struct {
	Pos
	Conds []Expr
	Body  *Block
}

// DoWhile is DO {} WHILE a,b.
type DoWhile struct {
	Pos
	Body  *Block
	Conds []Expr
}

// Continue goes on with the next turn of the loop.
type Continue struct {
	Pos
	Post
}

// Try is TRY {} CATCH Var {}; Var may be empty, Catch nil.
type Try struct {
	Pos
	Body  *Block
	Var   string
	Catch *Block
}

// Throw is THROW x; without Value it throws again.
type Throw struct {
	Pos
	Post
	Value Expr
}

// New is NEW a,$ROLES (Items: Local without subscripts, Special, Indirect), NEW (a,b) with Exclusive, or NEW alone.
type New struct {
	Pos
	Post
	Exclusive bool
	Items     []Expr
}

// Kill is KILL a,^b(1), KILL (a,b) with Exclusive, or KILL alone; ZKill with NodeOnly.
type Kill struct {
	Pos
	Post
	NodeOnly  bool
	Exclusive bool
	Items     []Expr
}

// Merge is MERGE a=b,…; Pairs without Value hold an Indirect.
type Merge struct {
	Pos
	Post
	Pairs []SetItem
}

// Lock is LOCK; without Args everything is released.
type Lock struct {
	Pos
	Post
	Args []LockArg
}

// LockArg is +(a,b)#"S":timeout. Op is '+', '-' or 0.
type LockArg struct {
	Op      byte
	Refs    []Expr // Local, Global, Indirect
	Types   Expr
	Timeout Expr
}

// Write is WRITE.
type Write struct {
	Pos
	Post
	Items []IOItem
}

// IOItem is one argument of WRITE or READ: '!' (Count times), '#', '?' column X, '*' character code X, '/' a mnemonic, or
// 'x' the expression or, in READ, the variable X. A prompt in READ is '"'.
type IOItem struct {
	Pos
	Kind    byte
	X       Expr
	Count   int
	Length  Expr // READ x#n
	Timeout Expr // READ x:t
	Word    string
	Args    []Arg // of a mnemonic
}

// Read is READ.
type Read struct {
	Pos
	Post
	Items []IOItem
}

// Device is OPEN, USE or CLOSE; Name says which.
type Device struct {
	Pos
	Post
	Name string
	Args []DeviceArg
}

// DeviceArg is device:(parameters):timeout:mnemonicspace. Parameters may be keywords: /COMMAND=x is Keyword "COMMAND".
type DeviceArg struct {
	Device  Expr
	Params  []DeviceParam
	Timeout Expr // of OPEN
	// Mnemonics is the mnemonic space, such as "^%X364": of OPEN behind the time-out, of USE behind the parameters.
	Mnemonics Expr
}

// DeviceParam is one parameter.
type DeviceParam struct {
	Keyword  string // "" for one by position
	X        Expr   // may be nil
	Variadic bool
	More     []Expr // what follows X in /ARGS=a,b
}

// Xecute is XECUTE code or XECUTE (code,args).
type Xecute struct {
	Pos
	Post
	Items []XecuteItem
}

// XecuteItem is one argument.
type XecuteItem struct {
	Post
	Code Expr
	Args []Arg
}

// Goto is GOTO.
type Goto struct {
	Pos
	Post
	Calls []Call
}

// Simple is a command without arguments: HALT, BREAK, TSTART, TCOMMIT, ZTRAP, … in Name. Hang and TROLLBACK have Value.
type Simple struct {
	Pos
	Post
	Name  string
	Value Expr
}

// Job is JOB target:(params):timeout.
type Job struct {
	Pos
	Post
	Items []JobItem
}

// JobItem is one argument.
type JobItem struct {
	Call    Call
	Params  []Expr // nspace, switch, principal-in, …; nil where left out
	Timeout Expr
}

// ZWrite is ZWRITE; without Items all variables.
type ZWrite struct {
	Pos
	Post
	Items []Expr
}

// SQL is &sql(Text).
type SQL struct {
	Pos
	Text string
}
