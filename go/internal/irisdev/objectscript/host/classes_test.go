package host

import (
	"context"
	"testing"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

const nativeClass = `Sample.Native.cls
Class Sample.Native
{
ClassMethod Add(a, b = 10) As %Integer
{
    quit a + b
}
ClassMethod Swap(ByRef a, Output b)
{
    set b = $get(a, "none"), a = $username_$namespace_$tlevel
}
ClassMethod Waits() As %String
{
    set ^IRIS.Temp.waits = 1
    hang 1000
    quit 1
}
ClassMethod Fails() As %String
{
    quit nothing
}
}
`

func TestNativeCallsRunInTheConnectionsProcess(t *testing.T) {
	r := newHost(t)
	r.load("USER", nativeClass)
	p, err := r.Store.NewProcess("USER")
	if err != nil {
		t.Fatal(err)
	}
	stopped := make(chan struct{})
	end, err := r.Begin(context.Background(), p, superserver.Login{User: "_system", Namespace: "USER", Host: "here"}, func() { close(stopped) })
	if err != nil {
		t.Fatal(err)
	}
	call := func(method string, args ...value.Item) (value.Item, error) {
		return r.Call(context.Background(), p, "Sample.Native", method, args)
	}
	if v, err := call("Add", value.Item{Value: value.Int(1)}, value.Item{Value: value.Int(2)}); err != nil || v.Value.Text() != "3" {
		t.Errorf("%+v %v", v, err)
	}
	if v, err := call("Add", value.Item{Value: value.Int(1)}, value.Item{Undefined: true}); err != nil || v.Value.Text() != "11" {
		t.Errorf("%+v %v", v, err)
	}
	if err := p.TStart(); err != nil {
		t.Fatal(err)
	}
	args := []value.Item{{Value: value.Text("x"), ByRef: true}, {Undefined: true, ByRef: true}}
	if v, err := call("Swap", args...); err != nil || !v.Undefined {
		t.Errorf("%+v %v", v, err)
	}
	if args[0].Value.Text() != "_SYSTEMUSER1" || args[1].Value.Text() != "x" || args[1].Undefined || !args[1].ByRef {
		t.Errorf("%+v", args)
	}
	for method, want := range map[string]string{"Fails": "<UNDEFINED>zFails+1^Sample.Native.1 *nothing", "None": "<METHOD DOES NOT EXIST> *None,Sample.Native"} {
		if _, err := call(method); err == nil || err.Error() != want {
			t.Errorf("%s: %v", method, err)
		}
	}
	if _, err := r.Call(context.Background(), p, "No.Class", "M", nil); err == nil || err.Error() != "<CLASS DOES NOT EXIST> *No.Class" {
		t.Error(err)
	}
	others := r.lines("write $data(^$JOB(" + value.Int(p.Job()).Text() + "))")
	if others != "1\n" {
		t.Errorf("^$JOB of the connection: %q", others)
	}
	if !r.sys.Kill(p.Job()) {
		t.Error("the connection is no job")
	}
	<-stopped
	end()
	if err := p.End(); err != nil {
		t.Error(err)
	}
}

func TestNativeCallsNeedTheirResource(t *testing.T) {
	r := newHost(t)
	if out := r.lines("zn \"%SYS\" write ##class(Security.Roles).Create(\"Locks\",\"\",\"%Native_Concurrency:U\")"); out != "1\n" {
		t.Fatal(out)
	}
	r.account("Ann", "Locks")
	p, err := r.Store.NewProcess("USER")
	if err != nil {
		t.Fatal(err)
	}
	end, err := r.Begin(context.Background(), p, superserver.Login{User: "ann", Namespace: "USER"}, func() {})
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	for resource, want := range map[string]bool{"%Native_Concurrency": true, "%Native_ClassExecution": false, "%Native_GlobalAccess": false} {
		if got := r.Allowed(p, resource); got != want {
			t.Errorf("%s: %v", resource, got)
		}
	}
}

func TestAnInterruptStopsANativeCallAndTheEndOfTheConnectionItsProcess(t *testing.T) {
	r := newHost(t)
	r.load("USER", nativeClass)
	p, err := r.Store.NewProcess("USER")
	if err != nil {
		t.Fatal(err)
	}
	connection, disconnect := context.WithCancel(context.Background())
	end, err := r.Begin(connection, p, superserver.Login{User: "_system", Namespace: "USER"}, func() {})
	if err != nil {
		t.Fatal(err)
	}
	call := func(ctx context.Context) error {
		_, err := r.Call(ctx, p, "Sample.Native", "Waits", nil)
		return err
	}
	for range 2 {
		ctx, interrupt := context.WithCancel(context.Background())
		go func() {
			eventually(t, "it waits", func() bool { return r.node("USER", "IRIS.Temp.waits") == "1" })
			interrupt()
		}()
		if err := call(ctx); err == nil || err.Error() != "<INTERRUPT>zWaits+2^Sample.Native.1" {
			t.Errorf("%v", err)
		}
	}
	time.AfterFunc(50*time.Millisecond, disconnect)
	if err := call(context.Background()); !run.IsEnd(err) {
		t.Errorf("%v", err)
	}
	end()
	if err := p.End(); err != nil {
		t.Error(err)
	}
}

var (
	_ superserver.Jobs    = (*Host)(nil)
	_ superserver.Classes = (*Host)(nil)
)
