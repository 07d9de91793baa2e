package host

import (
	"strconv"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/control"
)

func TestPipedLinesGiveTheirOutputAlone(t *testing.T) {
	r := newHost(t)
	for _, c := range []struct{ name, in, want string }{
		{"what is written ends with its line", "write 1\nwrite 2,!\nset x=3\nwrite x", "1\n2\n3\n"},
		{"an error stands on a line of its own", "write y\nwrite \"a\" write y\nwrite 1/0\n", "<UNDEFINED> *y\na\n<UNDEFINED> *y\n<DIVIDE>\n"},
		{"variables stay from line to line", "set x=1\nset x=x+1\nzwrite x\n", "x=2\n"},
		{"a namespace", "zn \"%SYS\"\nwrite $namespace\n", "%SYS\n"},
		{"READ takes the next line", "read x write \"[\",x,\"]\"\na b\nwrite 1\n", "[a b]\n1\n"},
		{"halt ends it", "write 1\nhalt\nwrite 2\n", "1\n"},
		{"h is halt", "h\nwrite 2\n", ""},
		{"empty lines", "\n\n  \nwrite 1\n", "1\n"},
		{"the last line needs no end", "write 1", "1\n"},
		{"no input", "", ""},
	} {
		if got := r.lines(c.in); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func TestAKeyboardGetsBannerAndPrompt(t *testing.T) {
	r := newHost(t)
	out, _ := r.ask(control.Request{Command: control.Terminal, User: "_SYSTEM", Interactive: true},
		"set x=1\nwrite x\ntstart\nwrite y\nzn \"%SYS\"\ntrollback\n")
	banner, rest, _ := strings.Cut(out, ", Instance: IRIS\n")
	if !strings.HasPrefix(banner, "\nNode: ") {
		t.Errorf("banner %q", banner)
	}
	const want = "\nUSER>\nUSER>1\nUSER>\nTL1:USER>\nwrite y\n^\n<UNDEFINED> *y\n\nTL1:USER>\nTL1:%SYS>\n%SYS>"
	if rest != want {
		t.Errorf("%q", rest)
	}
}

func TestWhoIsAtTheTerminal(t *testing.T) {
	r := newHost(t)
	r.account("Ann", "")
	out, _ := r.ask(control.Request{Command: control.Terminal, User: "ann", Namespace: "%SYS"}, "write $username,\":\",$roles,\":\",$namespace")
	if out != "Ann::%SYS\n" {
		t.Errorf("%q", out)
	}
	if out := r.lines("write $username,\":\",$roles"); out != "_SYSTEM:%All\n" {
		t.Errorf("%q", out)
	}
	out = r.lines("zn \"%SYS\" set p(\"Enabled\")=0 write ##class(Security.Users).Modify(\"Ann\",.p)")
	if out != "1\n" {
		t.Errorf("%q", out)
	}
	for _, q := range []control.Request{{User: "nobody"}, {User: "Ann"}, {User: "_SYSTEM", Namespace: "NOWHERE"}} {
		q.Command = control.Terminal
		if _, result := r.ask(q, ""); result.Code != 1 || result.Error == "" {
			t.Errorf("%+v: %+v", q, result)
		}
	}
}

func TestATerminalDiesWithItsClient(t *testing.T) {
	r := newHost(t)
	c := r.open(control.Request{})
	c.say("tstart  set ^x=1 lock +^x write \"held\"", "held")
	if out := r.lines("lock +^x:0 write $test,^x"); out != "01\n" {
		t.Errorf("%q", out)
	}
	c.c.Close()
	if out := r.lines("lock +^x:5 write $test,$data(^x)"); out != "10\n" {
		t.Errorf("%q", out)
	}
}

func TestKillEndsAJobHard(t *testing.T) {
	r := newHost(t)
	c := r.open(control.Request{})
	c.say("write \"job=\",$job", "\n")
	job := strings.TrimSpace(strings.TrimPrefix(c.out.String(), "job="))
	c.say("tstart  set ^x=1 lock +^x write \"held\"", "held")
	c.say("try { write \"waits\",! hang 100 } catch { set ^IRIS.Temp.caught=1 }", "waits")
	if _, result := r.ask(control.Request{Command: control.Kill, Args: []string{job}}, ""); result != (control.Result{}) {
		t.Fatalf("%+v", result)
	}
	if out := r.lines("lock +^x:0 write $test,$data(^x),$data(^IRIS.Temp.caught)"); out != "100\n" {
		t.Errorf("%q", out)
	}
	if result := <-c.done; result.Code != 1 || !strings.Contains(result.Error, job) {
		t.Errorf("%+v", result)
	}
	for _, args := range [][]string{{job}, {"x"}, {}, {"1", "2"}} {
		if _, result := r.ask(control.Request{Command: control.Kill, Args: args}, ""); result.Code != 1 {
			t.Errorf("kill %v: %+v", args, result)
		}
	}
}

func TestCtrlCInterruptsACommand(t *testing.T) {
	r := newHost(t)
	c := r.open(control.Request{Interactive: true})
	interrupt := func(line string) {
		t.Helper()
		c.say("write \"begins\",! "+line, "begins")
		if err := c.c.Interrupt(); err != nil {
			t.Fatal(err)
		}
		c.say("write 6*7,\" ends\"", "42 ends")
		if got := c.out.String(); strings.Count(got, "<INTERRUPT>") != 1 {
			t.Errorf("%s: %q", line, got)
		}
		c.out.reset()
	}
	interrupt("hang 1000")
	interrupt("for  set x=1")
	interrupt("for i=1:1:1E12 {}")
	interrupt("lock ^y read z")
	interrupt("while 1 {}")
	c.say("try { write \"begins\",! hang 1000 } catch e { write e.Name }", "begins")
	if err := c.c.Interrupt(); err != nil {
		t.Fatal(err)
	}
	c.say("write 1", "<INTERRUPT>\nUSER>1")
}

func TestAJobOutlivesItsTerminal(t *testing.T) {
	r := newHost(t)
	r.load("USER", `A.mac
ROUTINE A
run(n) hang .1 set ^done=n
 quit
`)
	job := strings.TrimSpace(r.lines("job run^A(7)::1 write $zchild"))
	if n, err := strconv.Atoi(job); err != nil || n == 0 {
		t.Fatalf("$zchild %q", job)
	}
	eventually(t, "^done", func() bool { return r.node("USER", "done") == "7" })
}

func TestUnknownCommand(t *testing.T) {
	r := newHost(t)
	if _, result := r.ask(control.Request{Command: "dance"}, ""); result.Code != 1 {
		t.Errorf("%+v", result)
	}
}
