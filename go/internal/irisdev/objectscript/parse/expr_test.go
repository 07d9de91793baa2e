package parse_test

import (
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/parse"
)

// tree is a source and what show writes of its tree; with an error instead, the tree is a part of its message.
type tree struct{ source, want string }

func checkExprs(t *testing.T, cases []tree) {
	t.Helper()
	for _, c := range cases {
		x, err := parse.Expr(c.source)
		if err != nil {
			t.Errorf("%s: %v", c.source, err)
			continue
		}
		if got := show(x); got != c.want {
			t.Errorf("%s\n is   %s\n want %s", c.source, got, c.want)
		}
	}
}

// IRIS docs, "Operators": no precedence, strictly from left to right; unary operators bind tighter.
func TestOperatorsGroupFromLeftToRight(t *testing.T) {
	checkExprs(t, []tree{
		{`1+2*3`, `((1 + 2) * 3)`},
		{`1+(2*3)`, `(1 + (2 * 3))`},
		{`a=1&b=2`, `(((a = 1) & b) = 2)`},
		{`a&&b||c`, `((a && b) || c)`},
		{`-x**2`, `(-x ** 2)`},
		{`'a=b`, `('a = b)`},
		{`'-+a`, `'-+a`},
		{`a _ "b"_c`, `((a _ "b") _ c)`},
		{`a]]b]c[d`, `(((a ]] b) ] c) [ d)`},
		{`a>=1<=2`, `((a >= 1) <= 2)`},
		{`a'=b'<c'>d`, `(((a '= b) '< c) '> d)`},
		{`a'[b']c']]d`, `(((a '[ b) '] c) ']] d)`},
		{`a'&b'!c`, `((a '& b) '! c)`},
		{`7\2#3`, `((7 \ 2) # 3)`},
		{`a-1`, `(a - 1)`},
		{`a--1`, `(a - -1)`},
	})
}

// Numbers are canonical; a string is a string.
func TestLiterals(t *testing.T) {
	checkExprs(t, []tree{
		{`007`, `7`},
		{`0.50`, `.5`},
		{`.5`, `.5`},
		{`1E3`, `1000`},
		{`1.5e-2`, `.015`},
		{`"007"`, `"007"`},
		{`"say ""hi"""`, `"say \"hi\""`},
		{`""`, `""`},
		{`"a//b;c"`, `"a//b;c"`},
	})
}

func TestPatterns(t *testing.T) {
	checkExprs(t, []tree{
		{`x?1N`, `Match{x:x pattern:[PatternItem{min:1 max:1 codes:N}]}`},
		{`x'?.an`, `Match{x:x not:yes pattern:[PatternItem{max:-1 codes:AN}]}`},
		{`x?1.3U2"ab"`, `Match{x:x pattern:[PatternItem{min:1 max:3 codes:U} PatternItem{min:2 max:2 literal:"ab"}]}`},
		{`x?1"%".2L&y`, `(Match{x:x pattern:[PatternItem{min:1 max:1 literal:"%"} PatternItem{max:2 codes:L}]} & y)`},
		{`x?1(1"a",2N)`, `Match{x:x pattern:[PatternItem{min:1 max:1 alternatives:[[PatternItem{min:1 max:1 literal:"a"}] ` +
			`[PatternItem{min:2 max:2 codes:N}]]}]}`},
		{`x?@p`, `Match{x:x indirect:p}`},
	})
}

func TestVariables(t *testing.T) {
	checkExprs(t, []tree{
		{`x(1,"a")`, `x[1 "a"]`},
		{`%zz9`, `%zz9`},
		{`grösse`, `grösse`},
		{`^g`, `Global{name:g}`},
		{`^a.b.c(1)`, `Global{name:a.b.c subs:[1]}`},
		{`^%SYS("x")`, `Global{name:%SYS subs:["x"]}`},
		{`^(2)`, `Global{naked:yes subs:[2]}`},
		{`^||tmp(1)`, `Global{name:tmp private:yes subs:[1]}`},
		{`^|"^"|tmp`, `Global{name:tmp private:yes}`},
		{`^|"USER"|g`, `Global{name:g env:"USER"}`},
		{`^|ns_"X"|g(1)`, `Global{name:g env:(ns _ "X") subs:[1]}`},
		{`^["USER"]g(1)]2`, `(Global{name:g env:"USER" subs:[1]} ] 2)`},
		{`^["/db/","sys"]g`, `Global{name:g env:"/db/" env2:"sys"}`},
		{`^$JOB(1)`, `Global{name:JOB structure:yes subs:[1]}`},
		{`^$|"USER"|GLOBAL("^x")`, `Global{name:GLOBAL env:"USER" structure:yes subs:["^x"]}`},
		{`^$l("^a")`, `Global{name:LOCK structure:yes subs:["^a"]}`},
		{`@x`, `Indirect{x:x}`},
		{`@x@(1,2)`, `Indirect{x:x hassubs:yes subs:[1 2]}`},
		{`@("a"_b)`, `Indirect{x:("a" _ b)}`},
		{`@x+1`, `(Indirect{x:x} + 1)`},
		{`i%Name`, `IVar{kind:i name:Name}`},
		{`i%"odd name"(1)`, `IVar{kind:i name:odd name subs:[1]}`},
		{`$h`, `$HOROLOG`},
		{`$ZTrap`, `$ZTRAP`},
		{`$this`, `$THIS`},
	})
}

func TestFunctions(t *testing.T) {
	checkExprs(t, []tree{
		{`$p(x,",",2)`, `$PIECE[x "," 2]`},
		{`$Piece(x,"^",2,*)`, `$PIECE[x "^" 2 Star{}]`},
		{`$e(x,*-1,*)`, `$EXTRACT[x Star{minus:yes offset:1} Star{}]`},
		{`$li(x,*+1)`, `$LIST[x Star{offset:1}]`},
		{`$lb(1,,3)`, `$LISTBUILD[1 - 3]`},
		{`$lb()`, `$LISTBUILD[]`},
		{`$lb(,)`, `$LISTBUILD[- -]`},
		{`$s(a:1,1:2)`, `Select{cases:[Branch{when:a then:1} Branch{when:1 then:2}]}`},
		{`$case(x,1:"a",:"b")`, `Case{x:x cases:[Branch{when:1 then:"a"}] default:"b"}`},
		{`$o(^x(""),-1,v)`, `$ORDER[Global{name:x subs:[""]} -1 v]`},
		{`$d(..a(1))`, `$DATA[Prop{obj:self name:a subs:[1]}]`},
		{`$t(+1^r)`, `Text{entry:EntryRef{offset:1 routine:r}}`},
		{`$text(lab+2^%r.1)`, `Text{entry:EntryRef{label:lab offset:2 routine:%r.1}}`},
		{`$text(@x)`, `Text{entry:EntryRef{labelind:x}}`},
		{`$t`, `$TEST`},
		{`$bitlogic(a|b&~c)`, `$BITLOGIC[((a | b) & ~c)]`},
		{`$$f(1,.x)`, `Extrinsic{entry:EntryRef{label:f hasargs:yes args:[1 .x]}}`},
		{`$$f^r.1`, `Extrinsic{entry:EntryRef{label:f routine:r.1}}`},
		{`$$^r(a...)`, `Extrinsic{entry:EntryRef{routine:r hasargs:yes args:[a...]}}`},
		{`$$f^|"USER"|r()`, `Extrinsic{entry:EntryRef{label:f routine:r env:"USER" hasargs:yes}}`},
		{`$$@f^@r(1)`, `Extrinsic{entry:EntryRef{labelind:f routind:r hasargs:yes args:[1]}}`},
		{`$zf(-100,"/ASYNC",p,args...)`, `$ZF[-100 "/ASYNC" p args...]`},
	})
}

func TestObjects(t *testing.T) {
	checkExprs(t, []tree{
		{`..Name`, `Prop{obj:self name:Name}`},
		{`..Do(1,.x,)`, `Method{obj:self name:Do args:[1 .x -]}`},
		{`..#P`, `Param{obj:self name:P}`},
		{`.."odd name"`, `Prop{obj:self name:odd name}`},
		{`a.b.c(1).#P`, `Param{obj:Method{obj:Prop{obj:a name:b} name:c args:[1]} name:P}`},
		{`a(1).%m()`, `Method{obj:a[1] name:%m}`},
		{`##class(A.B).m(1)`, `ClassCall{class:A.B method:m args:[1]}`},
		{`##CLASS(%File).#P`, `ClassParam{class:%File name:P}`},
		{`##class(A.B).m().n`, `Prop{obj:ClassCall{class:A.B method:m} name:n}`},
		{`##class(A)x.m()`, `Method{obj:Cast{class:A x:x} name:m}`},
		{`##class(A)..p`, `Cast{class:A x:Prop{obj:self name:p}}`},
		{`##super(1)`, `Super{hasargs:yes args:[1]}`},
		{`$this.m()`, `Method{obj:$THIS name:m}`},
		{`$SYSTEM.Status.GetErrorText(sc)`, `ClassCall{class:%SYSTEM.Status method:GetErrorText args:[sc]}`},
		{`$system.SQL.Functions.ABS(1)`, `ClassCall{class:%SYSTEM.SQL.Functions method:ABS args:[1]}`},
		{`$system`, `$SYSTEM`},
		{`$classmethod(c,"m",.x)`, `$CLASSMETHOD[c "m" .x]`},
	})
}

func TestJSONLiterals(t *testing.T) {
	checkExprs(t, []tree{
		{`{}`, `JSONObject{}`},
		{`[]`, `JSONArray{}`},
		{`{"a":1,"b":[true,null,-1.5e1]}`, `JSONObject{keys:[a b] values:[1 JSONArray{items:[JSONWord{word:true} ` +
			`JSONWord{word:null} -15]}]}`},
		{`{"x\"y\u00e4":(a+1),"z":(..p)}.%ToJSON()`,
			`Method{obj:JSONObject{keys:[x"yä z] values:[(a + 1) Prop{obj:self name:p}]} name:%ToJSON}`},
		{`["\ud83d\ude00"]`, `JSONArray{items:["😀"]}`},
	})
}

// Blanks mean nothing around operators and in parentheses.
func TestBlanksInExpressions(t *testing.T) {
	checkExprs(t, []tree{
		{`a + b = c`, `((a + b) = c)`},
		{`$piece( x , "," , 2 )`, `$PIECE[x "," 2]`},
		{`( a )`, `a`},
		{`a /* why */ + b // because`, `(a + b)`},
	})
}

func TestWhatIsNoExpression(t *testing.T) {
	for _, c := range []tree{
		{``, "expression expected"},
		{`a+`, "expression expected"},
		{`a b`, "unexpected b"},
		{`(a`, ") expected"},
		{`"a`, "string without end"},
		{`1a`, "must not begin with a digit"},
		{`$nothing(1)`, "there is no function $NOTHING"},
		{`$nothing`, "there is no special variable $NOTHING"},
		{`^$FILE(1)`, "there is no ^$FILE"},
		{`$length(*)`, "* is no argument of $LENGTH"},
		{`f(.x(1))`, "expression expected"},
		{`$$f(.x(1))`, "only a whole variable"},
		{`$$$ISOK(x)`, "a macro is not known here"},
		{`a!=b`, "expression expected"},
		{`a?x`, "pattern expected"},
		{`a?1Q`, "pattern code expected"},
		{`{"a":b}`, "JSON value expected"},
		{`{'a':1}`, `" expected`},
		{`["\x"]`, "JSON escape"},
		{`"a".b`, "has no members"},
		{strings.Repeat("(", 5000), "nested too deeply"},
		{strings.Repeat("-", 5000), "nested too deeply"},
		{strings.Repeat("@", 5000), "nested too deeply"},
		{strings.Repeat("[", 5000), "nested too deeply"},
		{"x?" + strings.Repeat("1(", 5000), "nested too deeply"},
	} {
		_, err := parse.Expr(c.source)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40s: %v, want %s", c.source, err, c.want)
		}
	}
}
