package parse_test

import (
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/macro"
	"iris-pgwire/internal/irisdev/objectscript/parse"
)

func checkLines(t *testing.T, cases []tree) {
	t.Helper()
	for _, c := range cases {
		list, err := parse.Line(c.source)
		if err != nil {
			t.Errorf("%s: %v", c.source, err)
			continue
		}
		var parts []string
		for _, cmd := range list {
			parts = append(parts, show(cmd))
		}
		if got := strings.Join(parts, "; "); got != c.want {
			t.Errorf("%s\n is   %s\n want %s", c.source, got, c.want)
		}
	}
}

func TestAssignments(t *testing.T) {
	checkLines(t, []tree{
		{`s x=1`, `Set{items:[SetItem{targets:[x] value:1}]}`},
		{`set x = 1, y = x = 1`, `Set{items:[SetItem{targets:[x] value:1} SetItem{targets:[y] value:(x = 1)}]}`},
		{`set (a,b(1),^g)=""`, `Set{items:[SetItem{targets:[a b[1] Global{name:g}] value:""}]}`},
		{`set:c x=1`, `Set{if:c items:[SetItem{targets:[x] value:1}]}`},
		{`set $p(x,",",2)="a"`, `Set{items:[SetItem{targets:[$PIECE[x "," 2]] value:"a"}]}`},
		{`set $lb(a,,b)=l`, `Set{items:[SetItem{targets:[$LISTBUILD[a - b]] value:l}]}`},
		{`set @x`, `Set{items:[SetItem{indirect:x}]}`},
		{`set @x=1`, `Set{items:[SetItem{targets:[Indirect{x:x}] value:1}]}`},
		{`set ..p=1,i%q=2,o.r(1).s=3`, `Set{items:[SetItem{targets:[Prop{obj:self name:p}] value:1} ` +
			`SetItem{targets:[IVar{kind:i name:q}] value:2} ` +
			`SetItem{targets:[Prop{obj:Method{obj:o name:r args:[1]} name:s}] value:3}]}`},
		{`set ..m(1)=2`, `Set{items:[SetItem{targets:[Prop{obj:self name:m subs:[1]}] value:2}]}`},
		{`s $ZT="",$namespace="USER"`, `Set{items:[SetItem{targets:[$ZTRAP] value:""} SetItem{targets:[$NAMESPACE] value:"USER"}]}`},
		{`k a,^b(1)`, `Kill{items:[a Global{name:b subs:[1]}]}`},
		{`kill (a,b)`, `Kill{exclusive:yes items:[a b]}`},
		{`k  w 1`, `Kill{}; Write{items:[IOItem{kind:x x:1}]}`},
		{`zk ^b(1)`, `Kill{nodeonly:yes items:[Global{name:b subs:[1]}]}`},
		{`new x,$roles`, `New{items:[x $ROLES]}`},
		{`n (x)`, `New{exclusive:yes items:[x]}`},
		{`new`, `New{}`},
		{`merge a=^b(1)`, `Merge{pairs:[SetItem{targets:[a] value:Global{name:b subs:[1]}}]}`},
	})
}

// Two blanks, a brace or the end of the line follow a command without an argument; a postconditional ends at a blank.
func TestBlanksBetweenCommands(t *testing.T) {
	checkLines(t, []tree{
		{`quit`, `Quit{}`},
		{`q  w 1`, `Quit{}; Write{items:[IOItem{kind:x x:1}]}`},
		{`q -1`, `Quit{value:-1}`},
		{`q:x -1`, `Quit{if:x value:-1}`},
		{`q:x=1  s y=2`, `Quit{if:(x = 1)}; Set{items:[SetItem{targets:[y] value:2}]}`},
		{`q:(x = 1) y`, `Quit{if:(x = 1) value:y}`},
		{`return x_y`, `Return{value:(x _ y)}`},
		{`h`, `Simple{name:HALT}`},
		{`h 1.5`, `Simple{name:HANG value:1.5}`},
		{`ts  tc  tro 1`, `Simple{name:TSTART}; Simple{name:TCOMMIT}; Simple{name:TROLLBACK value:1}`},
		{`s x=1   s y=2`, `Set{items:[SetItem{targets:[x] value:1}]}; Set{items:[SetItem{targets:[y] value:2}]}`},
		{`quit ; a remark`, `Quit{}`},
		{`quit /* nothing */`, `Quit{}`},
		{`  s x=1`, `Set{items:[SetItem{targets:[x] value:1}]}`},
		{``, ``},
	})
}

func TestCalls(t *testing.T) {
	checkLines(t, []tree{
		{`d a`, `Do{calls:[Call{entry:EntryRef{label:a}}]}`},
		{`d a(1,.x):c,^b`, `Do{calls:[Call{if:c entry:EntryRef{label:a hasargs:yes args:[1 .x]}} Call{entry:EntryRef{routine:b}}]}`},
		{`do a+1^%b.1`, `Do{calls:[Call{entry:EntryRef{label:a offset:1 routine:%b.1}}]}`},
		{`do ##class(A).m(x...)`, `Do{calls:[Call{x:ClassCall{class:A method:m args:[x...]}}]}`},
		{`do ..m(1),x(2).n()`, `Do{calls:[Call{x:Method{obj:self name:m args:[1]}} Call{x:Method{obj:x[2] name:n}}]}`},
		{`do $system.OBJ.Load("a"):x=1  q`, `Do{calls:[Call{if:(x = 1) x:ClassCall{class:%SYSTEM.OBJ method:Load args:["a"]}}]}; Quit{}`},
		{`do @x`, `Do{calls:[Call{indirect:x}]}`},
		{`do @x^@y(1)`, `Do{calls:[Call{entry:EntryRef{labelind:x routind:y hasargs:yes args:[1]}}]}`},
		{`g x^y`, `Goto{calls:[Call{entry:EntryRef{label:x routine:y}}]}`},
		{`j ^a(1):("USER"::"/dev/null"):5`, `Job{items:[JobItem{call:Call{entry:EntryRef{routine:a hasargs:yes args:[1]}} ` +
			`params:["USER" nil "/dev/null"] timeout:5}]}`},
		{`job ..m()::1`, `Job{items:[JobItem{call:Call{x:Method{obj:self name:m}} timeout:1}]}`},
		{`x "s x=1"`, `Xecute{items:[XecuteItem{code:"s x=1"}]}`},
		{`x ("(a) w a",1):c`, `Xecute{items:[XecuteItem{if:c code:"(a) w a" args:[1]}]}`},
		{`x ("a")_b`, `Xecute{items:[XecuteItem{code:("a" _ b)}]}`},
		{`throw ex`, `Throw{value:ex}`},
		{`zn "USER"`, `Simple{name:ZNSPACE value:"USER"}`},
	})
}

func TestConditionsAndLoopsOnOneLine(t *testing.T) {
	checkLines(t, []tree{
		{`i a,b s x=1 s y=2`, `IfLine{conds:[a b] rest:[Set{items:[SetItem{targets:[x] value:1}]} Set{items:[SetItem{targets:[y] value:2}]}]}`},
		{`if  q`, `IfLine{rest:[Quit{}]}`},
		{`e  q`, `ElseLine{rest:[Quit{}]}`},
		{`if a { q } elseif b,c { q } else { q }`, `If{branches:[IfBranch{conds:[a] body:Block{lines:[Line{commands:[Quit{}]}]}} ` +
			`IfBranch{conds:[b c] body:Block{lines:[Line{commands:[Quit{}]}]}}] else:Block{lines:[Line{commands:[Quit{}]}]}}`},
		{`f i=1:1:3,7 w i`, `For{var:i ranges:[Range{from:1 step:1 to:3} Range{from:7}] ` +
			`body:Block{lines:[Line{commands:[Write{items:[IOItem{kind:x x:i}]}]}]}}`},
		{`f  q:x`, `For{body:Block{lines:[Line{commands:[Quit{if:x}]}]}}`},
		{`for {q}`, `For{body:Block{lines:[Line{commands:[Quit{}]}]}}`},
		{`while (a),b { continue:c  q }`, `While{conds:[a b] body:Block{lines:[Line{commands:[Continue{if:c} Quit{}]}]}}`},
		{`do { q } while a`, `DoWhile{body:Block{lines:[Line{commands:[Quit{}]}]} conds:[a]}`},
		{`try { q } catch e { throw  }`, `Try{body:Block{lines:[Line{commands:[Quit{}]}]} var:e catch:Block{lines:[Line{commands:[Throw{}]}]}}`},
	})
}

func TestInputAndOutput(t *testing.T) {
	checkLines(t, []tree{
		{`w !!,"a",?5,*65,#`, `Write{items:[IOItem{kind:! count:2} IOItem{kind:x x:"a"} IOItem{kind:? x:5} IOItem{kind:* x:65} IOItem{kind:#}]}`},
		{`write`, `Write{}`},
		{`w /wrap(1)`, `Write{items:[IOItem{kind:/ word:WRAP args:[1]}]}`},
		{`r "name? ",x:5,*y,z#3:1`, `Read{items:[IOItem{kind:" x:"name? "} IOItem{kind:x x:x timeout:5} IOItem{kind:* x:y} ` +
			`IOItem{kind:x x:z length:3 timeout:1}]}`},
		{`o f:("WNS":/IOTABLE="UTF8"):5`, `Device{name:OPEN args:[DeviceArg{device:f params:[DeviceParam{x:"WNS"} ` +
			`DeviceParam{keyword:IOTABLE x:"UTF8"}] timeout:5}]}`},
		{`open p:(c:/ARGS=a...)::"^x"`, `Device{name:OPEN args:[DeviceArg{device:p params:[DeviceParam{x:c} ` +
			`DeviceParam{keyword:ARGS x:a variadic:yes}] mnemonics:"^x"}]}`},
		{`use $io::("^"_$zname)`, `Device{name:USE args:[DeviceArg{device:$IO mnemonics:("^" _ $ZNAME)}]}`},
		{`c f,g:"D"`, `Device{name:CLOSE args:[DeviceArg{device:f} DeviceArg{device:g params:[DeviceParam{x:"D"}]}]}`},
		{`zw x,^g`, `ZWrite{items:[x Global{name:g}]}`},
		{`l +^a(1)#"S":0,-(b,c)`, `Lock{args:[LockArg{op:+ refs:[Global{name:a subs:[1]}] types:"S" timeout:0} LockArg{op:- refs:[b c]}]}`},
		{`lock`, `Lock{}`},
		{`v 0:-1:4:x+1,2  q`, `Simple{name:VIEW}; Quit{}`},
		{`&sql(select a into :b from c where d='x)')`, `SQL{text:select a into :b from c where d='x)'}`},
		{`&sql##z(a)z##`, `SQL{text:a}`},
	})
}

func TestWhatIsNoCommand(t *testing.T) {
	for _, c := range []tree{
		{`foo x`, "there is no command foo"},
		{`set`, "SET needs an argument"},
		{`set x`, "= expected"},
		{`set 1=2`, "nothing can be assigned"},
		{`set $h=1`, "nothing can be assigned"},
		{`set $length(x)=1`, "nothing can be assigned"},
		{`s x=1s y=2`, "must not begin with a digit"},
		{`s x=(1)y`, "does not go on like this"},
		{`quit  1`, "there is no command 1"},
		{`else q`, "two blanks expected"},
		{`if:x y  q`, "IF has no postconditional"},
		{`continue 1`, "CONTINUE has no argument"},
		{`tstart 1`, "TSTART has no argument"},
		{`catch e { }`, "CATCH without what it belongs to"},
		{`try q`, "{ expected"},
		{`do { q }`, "WHILE expected"},
		{`while x q`, "{ expected"},
		{`if x { q`, "{ without }"},
		{`q }`, "unexpected }"},
		{`new x(1)`, "NEW takes names"},
		{`write !"a"`, "does not go on like this"},
		{`zprint`, "<UNIMPLEMENTED> command ZPRINT"},
		{`&html<a>`, "<UNIMPLEMENTED> embedded HTML"},
		{`&sql(a`, "embedded SQL without end"},
		{`x ("a",1`, ") expected"},
		{strings.Repeat("if x {", 3000), "nested too deeply"},
	} {
		_, err := parse.Line(c.source)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40s: %v, want %s", c.source, err, c.want)
		}
	}
}

// code parses the lines of a method.
func code(t *testing.T, text string) string {
	t.Helper()
	block, err := parse.Code(macro.Lines(strings.Split(text, "\n"), 1))
	if err != nil {
		return err.Error()
	}
	return show(block)
}

func TestLinesOfAMethod(t *testing.T) {
	for _, c := range []tree{
		{"\n set x=1\n\n quit x\n", `Block{lines:[Line{commands:[Set{items:[SetItem{targets:[x] value:1}]}]} Line{commands:[Quit{value:x}]}]}`},
		// Blocks of the old kind: the dotted lines belong to the DO above them.
		{" if a do  quit\n . set x=1\n . do\n . . set y=2\n . quit\n quit",
			`Block{lines:[Line{commands:[IfLine{conds:[a] rest:[Do{block:Block{lines:[` +
				`Line{level:1 commands:[Set{items:[SetItem{targets:[x] value:1}]}]} ` +
				`Line{level:1 commands:[Do{block:Block{lines:[Line{level:2` +
				` commands:[Set{items:[SetItem{targets:[y] value:2}]}]}]}}]} ` +
				`Line{level:1 commands:[Quit{}]}]}} Quit{}]}]} Line{commands:[Quit{}]}]}`},
		{"lab set x=1\nnext(a,b=2) quit", `Block{lines:[Line{label:Label{name:lab} commands:[Set{items:[SetItem{targets:[x] value:1}]}]} ` +
			`Line{label:Label{name:next haslist:yes formals:[Formal{name:a} Formal{name:b default:2 defaulttext:2}]} commands:[Quit{}]}]}`},
		{"p(a) [b,c] PUBLIC {\n quit\n}\n", `Block{lines:[Line{label:Label{name:p haslist:yes formals:[Formal{name:a}] public:[b c] ` +
			`body:Block{lines:[Line{commands:[Quit{}]}]}}}]}`},
		{"p()\n{\n quit\n}", `Block{lines:[Line{label:Label{name:p haslist:yes formals:[] private:yes body:Block{lines:[Line{commands:[Quit{}]}]}}}]}`},
		// A line may end inside parentheses and braces, behind an operator and at a comma.
		{" set x=##class(A).m(\n  1,\n  {\"a\":\n 1}\n ),\n y=2\n quit",
			`Block{lines:[Line{commands:[Set{items:[SetItem{targets:[x] value:ClassCall{class:A method:m args:[1 JSONObject{keys:[a] values:[1]}]}} ` +
				`SetItem{targets:[y] value:2}]}]} Line{commands:[Quit{}]}]}`},
		{" set x=\"a\"_\n  \"b\"\n  _\"c\"\n quit", `Block{lines:[Line{commands:[Set{items:[SetItem{targets:[x] value:(("a" _ "b") _ "c")}]}]} Line{commands:[Quit{}]}]}`},
		{" if (a)\n  && (b)\n {\n  quit\n }\n else\n {\n }", `Block{lines:[Line{commands:[If{branches:[IfBranch{conds:[(a && b)] ` +
			`body:Block{lines:[Line{commands:[Quit{}]}]}}] else:Block{}}]}]}`},
		{" &sql(select 1\n  into :x)\n quit", "Block{lines:[Line{commands:[SQL{text:select 1\n  into :x}]} Line{commands:[Quit{}]}]}"},
		{" quit\n }", `2:2: <SYNTAX> } without {`},
		{" if x {\n quit", `1:7: <SYNTAX> { without }`},
		{" if x {\nlab quit\n }", `2:1: <SYNTAX> a label cannot stand in a block`},
	} {
		if got := code(t, c.source); got != c.want {
			t.Errorf("%s\n is   %q\n want %q", c.source, got, c.want)
		}
	}
}
