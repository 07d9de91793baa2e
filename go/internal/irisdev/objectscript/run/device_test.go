package run_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// setText gives a public variable a text.
func (s *session) set(name, text string) { s.Assign(s.Public(name), run.Plain(value.Text(text))) }

func TestFiles(t *testing.T) {
	s := newSession(t, newSystem(t))
	dir := t.TempDir()
	s.set("f", filepath.Join(dir, "a.txt"))
	s.do(`open f:"WNS":1 use f write "one",!,"zwei ä€",! close f`)
	data, err := os.ReadFile(filepath.Join(dir, "a.txt"))
	if err != nil || string(data) != "one\nzwei ä€\n" {
		t.Fatalf("%q %v", data, err)
	}
	if got := s.do(`open f:"R":1 use f read x,y use 0 write x,"|",y close f`); got != "one|zwei ä€" {
		t.Error(got)
	}
	s.do(`open f:"WA" use f write "three" close f`)
	if got := s.do(`open f:"R" use f read x,y,z use 0 write z close f`); got != "three" {
		t.Error(got)
	}
	if got := s.do(`open f:"R" use f read x#2,y use 0 write x,"|",y close f`); got != "on|e" {
		t.Error("a length cuts the line:", got)
	}
	if got := s.do(`open f:"R" use f read *c use 0 write c close f`); got != "111" {
		t.Error("one character:", got)
	}
	if err := s.Line(context.Background(), `open f:"R" use f for  read x`); err == nil || err.Error() != "<ENDOFFILE>" {
		t.Error(err)
	}
	s.do("use 0 close f")
	if got := s.do(`set old=$zutil(68,40,1) open f:"R" use f for i=1:1 read x quit:$zeof=-1` + "\n"); got != "" {
		t.Error(got)
	}
	s.do(`close f:"D"`)
	if _, err := os.Stat(filepath.Join(dir, "a.txt")); !os.IsNotExist(err) {
		t.Error("the file was deleted", err)
	}
}

func TestBytesOfAFile(t *testing.T) {
	s := newSession(t, newSystem(t))
	name := filepath.Join(t.TempDir(), "b.bin")
	s.set("f", name)
	s.do(`open f:("WNSK\RAW\") use f write $char(0,200,255) close f`)
	data, _ := os.ReadFile(name)
	if string(data) != "\x00\xC8\xFF" {
		t.Errorf("%q", data)
	}
	if err := s.Line(context.Background(), `open f:("WNSK\RAW\") use f write $char(300)`); err == nil || err.Error() != "<WIDE CHAR>" {
		t.Error(err)
	}
}

func TestTerminalRead(t *testing.T) {
	var out strings.Builder
	p, err := newSystem(t).NewProcess(run.Options{In: strings.NewReader("first\nsecond\nxyz\n"), Out: &out})
	if err != nil {
		t.Fatal(err)
	}
	defer p.End()
	if err := p.Line(context.Background(), `read "name? ",a,!,b read *c write a,"/",b,"/",c`); err != nil {
		t.Fatal(err)
	}
	if out.String() != "name? \nfirst/second/120" {
		t.Errorf("%q", out.String())
	}
}

func TestReadTimesOut(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	var out strings.Builder
	p, err := newSystem(t).NewProcess(run.Options{In: r, Out: &out})
	if err != nil {
		t.Fatal(err)
	}
	defer p.End()
	if err := p.Line(context.Background(), `read x:.02 write $test,"[",x,"]"`); err != nil {
		t.Fatal(err)
	}
	if out.String() != "0[]" {
		t.Error(out.String())
	}
}

func TestPipes(t *testing.T) {
	s := newSession(t, newSystem(t))
	if got := s.do(`set d="|CPIPE|1" open d:("echo hi; echo ho"):5 use d read x,y use 0 write $test,x,y close d`); got != "1hiho" {
		t.Error(got)
	}
	if got := s.do(`open d:(:/COMMAND="printf":/ARGS="%s-%s\n","a b","$c":/READ):5 use d read x use 0 write x close d`); got != "a b-$c" {
		t.Error("arguments go untouched:", got)
	}
	name := filepath.Join(t.TempDir(), "out")
	s.set("f", name)
	s.do(`open d:("cat > "_f:/WRITE):5 use d write "through",! use 0 close d`)
	if data, err := os.ReadFile(name); err != nil || string(data) != "through\n" {
		t.Errorf("%q %v", data, err)
	}
	err := s.Line(context.Background(), `open d:(:/COMMAND="/no/such/program":/READ):5`)
	if err == nil || err.Error() != "<NOTOPEN>" {
		t.Error(err)
	}
	s.do(`open d:(:/COMMAND="sh":/ARGS="-c","exit 5":/READ):5`)
	if code, ok := s.PipeExitCode("|CPIPE|1"); ok && code != 5 {
		t.Error(code)
	}
}

func TestCallOut(t *testing.T) {
	s := newSession(t, newSystem(t))
	dir := t.TempDir()
	s.set("o", filepath.Join(dir, "out"))
	s.set("e", filepath.Join(dir, "err"))
	s.set("i", filepath.Join(dir, "in"))
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	s.do(`write $zf(-100,"/STDOUT="""_o_""" /STDERR="""_e_"""","sh","-c","echo out; echo err >&2")`)
	if read("out") != "out\n" || read("err") != "err\n" {
		t.Errorf("%q %q", read("out"), read("err"))
	}
	s.do(`do $zf(-100,"/STDOUT+="""_o_"""/STDERR+="""_o_"""","sh","-c","echo 2; echo 3 >&2")`)
	if read("out") != "out\n2\n3\n" {
		t.Errorf("appended to one file: %q", read("out"))
	}
	if err := os.WriteFile(filepath.Join(dir, "in"), []byte("input"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.do(`do $zf(-100,"/STDIN="""_i_""" /STDOUT="""_o_"""","cat")`)
	if read("out") != "input" {
		t.Errorf("%q", read("out"))
	}
	s.do(`set env("A")="x y",env("B")="$q" do $zf(-100,"/ENV=env... /STDOUT="""_o_"""","sh","-c","echo ""$A$B""")`)
	if read("out") != "x y$q\n" {
		t.Errorf("environment from an array: %q", read("out"))
	}
	s.do(`do $zf(-100,"/ENV=(A:one,B:""t,w"") /STDOUT="""_o_"""","sh","-c","echo ""$A$B""")`)
	if read("out") != "onet,w\n" {
		t.Errorf("environment from a list: %q", read("out"))
	}
	s.do(`set args=3,args(1)="%s|%s",args(2)="a'b ""c",args(3)="*" do $zf(-100,"/STDOUT="""_o_"""","printf",args...)`)
	if read("out") != `a'b "c|*` {
		t.Errorf("no shell looks at arguments: %q", read("out"))
	}
	s.do(`do $zf(-100,"/STDOUT="""_o_"""","printf",.args)`)
	if read("out") != `a'b "c|*` {
		t.Errorf("arguments by reference: %q", read("out"))
	}
	if err := s.Line(context.Background(), `do $zf(-100,"/STDOUT="""_o_"""/STDERR+="""_o_"""","true")`); err == nil ||
		err.Error() != "<ILLEGAL VALUE>" {
		t.Error(err)
	}
	if err := s.Line(context.Background(), `do $zf(-100,"/STDIN="""_o_"x""","true")`); err == nil || err.Error() != "<NOTOPEN>" {
		t.Error(err)
	}
	if no, _ := s.OSError(); no != 2 {
		t.Error("ENOENT", no)
	}
}

func TestAsyncCallOut(t *testing.T) {
	s := newSession(t, newSystem(t))
	dir := t.TempDir()
	s.set("o", filepath.Join(dir, "out"))
	began := time.Now()
	if got := s.do(`write $zf(-100,"/ASYNC/STDOUT="""_o_"""","sh","-c","sleep .2; echo $$"),$zchild>0 set c=$zchild`); got != "01" {
		t.Error(got)
	}
	if time.Since(began) > 150*time.Millisecond {
		t.Error("it waits")
	}
	pid := s.do("write c")
	s.End() // the program outlives the process
	for end := time.Now().Add(3 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if data, _ := os.ReadFile(filepath.Join(dir, "out")); len(data) > 0 {
			if strings.TrimSpace(string(data)) != pid {
				t.Errorf("$ZCHILD %s is not %s", pid, data)
			}
			return
		}
	}
	t.Error("the program died with the process")
}

func TestCallOutNeedsItsResource(t *testing.T) {
	sys := newSystem(t)
	p, err := sys.NewProcess(run.Options{Roles: "%Developer", User: "dev"})
	if err != nil {
		t.Fatal(err)
	}
	defer p.End()
	if err := p.Line(context.Background(), `do $zf(-100,"","true")`); err == nil || err.Error() != "<PROTECT>" {
		t.Error(err)
	}
	sys.Check = func(_ *run.Process, resource, permission string) bool {
		return resource == "%System_Callout" && permission == "USE"
	}
	if err := p.Line(context.Background(), `do $zf(-100,"","true")`); err != nil {
		t.Error(err)
	}
	if err := p.Line(context.Background(), `set $roles="%All"`); err == nil || err.Error() != "<PROTECT>" {
		t.Error("only system code may raise its roles:", err)
	}
}

func TestRedirectedOutput(t *testing.T) {
	sys := newSystem(t)
	load(t, sys, "testdata/code")
	s := newSession(t, sys)
	s.SetMnemonics("Catch")
	s.ReDirectIO(true)
	s.do(`write "a",!,*66,?4,"c"`)
	s.do("read %a,%b#3,%c:.5,*%d,*%e:10")
	s.ReDirectIO(false)
	if got := s.do("write %caught"); got != "[a]NL<66>T4[c]" {
		t.Error(got)
	}
	if got := s.do(`write %a," ",%b," ",%c," ",%d," ",%e`); got != "str:: str:3: str::.5 65 67" {
		t.Error(got)
	}
}
