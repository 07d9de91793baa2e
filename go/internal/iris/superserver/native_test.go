package superserver

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/irisdev/store"
	devserver "iris-pgwire/internal/irisdev/superserver"
)

// startNative runs a development IRIS without SQL and gives connections' native interfaces.
func startNative(t *testing.T) (connect func() Native) {
	t.Helper()
	s, err := store.Open("", store.Options{})
	if err == nil {
		err = s.CreateNamespace("USER")
	}
	if err != nil {
		t.Fatal(err)
	}
	users := &devserver.Users{}
	credential, err := devserver.NewCredential("SYS")
	if err != nil {
		t.Fatal(err)
	}
	users.Put("_SYSTEM", credential)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	server := devserver.New(devserver.Config{Store: s, Users: users, Version: "irisdev Version 2025.1 Build 1|"})
	go func() { ended <- server.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return func() Native {
		c, err := dialAndLogin(ctx, Config{Address: l.Addr().String()}, iris.Login{User: "_SYSTEM", Password: "SYS", Namespace: "USER"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		return c.Native()
	}
}

func TestGlobalsKeepObjectScriptsValues(t *testing.T) {
	n, ctx := startNative(t)(), context.Background()
	for name, v := range map[string]iris.Value{
		"empty": iris.Text(""), "zero byte": iris.Latin1([]byte{0}), "8-bit": iris.Text("é"), "wide": iris.Text("Ж😀"),
		"integer": iris.Int(-257), "decimal": iris.Decimal(15, -1), "bytes": iris.Binary([]byte{1, 0, 255}),
	} {
		if err := n.Set(ctx, v, "^Test", iris.Text(name)); err != nil {
			t.Fatal(err)
		}
		got, ok, err := n.Get(ctx, "Test", iris.Text(name))
		want := v.String()
		if v.Kind() == iris.KindBinary {
			want = iris.Latin1(v.Raw()).String()
		}
		if err != nil || !ok || got.String() != want {
			t.Errorf("%s: %q, %v, %v; want %q", name, got.String(), ok, err, want)
		}
	}
	if _, ok, err := n.Get(ctx, "Test", iris.Text("none")); ok || err != nil {
		t.Errorf("a node without a value: %v, %v", ok, err)
	}
}

func TestGlobalsAreWalkedCountedAndKilled(t *testing.T) {
	n, ctx := startNative(t)(), context.Background()
	for _, i := range []int64{3, 1, 2} {
		if err := n.Set(ctx, iris.Int(i*i), "T", iris.Int(i)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		reverse bool
		want    string
	}{{false, "123"}, {true, "321"}} {
		seen, at := "", iris.Text("")
		for {
			next, ok, err := n.Order(ctx, c.reverse, "T", at)
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				break
			}
			seen, at = seen+next.String(), next
		}
		if seen != c.want {
			t.Errorf("reverse %v: %s", c.reverse, seen)
		}
	}
	if v, err := n.Increment(ctx, iris.Int(5), "T", iris.Int(3)); err != nil || v.String() != "14" {
		t.Errorf("increment: %v, %v", v, err)
	}
	if d, err := n.Data(ctx, "T"); d != 10 || err != nil {
		t.Errorf("$DATA: %d, %v", d, err)
	}
	if err := n.Kill(ctx, "T"); err != nil {
		t.Error(err)
	}
	if d, err := n.Data(ctx, "T"); d != 0 || err != nil {
		t.Errorf("$DATA after KILL: %d, %v", d, err)
	}
}

func TestALockThatAnotherProcessHoldsTimesOut(t *testing.T) {
	connect, ctx := startNative(t), context.Background()
	first, second := connect(), connect()
	if err := first.Lock(ctx, time.Second, "L", iris.Int(1)); err != nil {
		t.Fatal(err)
	}
	var failure *NativeError
	if err := second.Lock(ctx, 0, "L", iris.Int(1)); !errors.As(err, &failure) || !failure.TimedOut() {
		t.Errorf("%v", err)
	}
	if err := first.Unlock(ctx, "L", iris.Int(1)); err != nil {
		t.Error(err)
	}
	if err := second.Lock(ctx, 0, "L", iris.Int(1)); err != nil {
		t.Error(err)
	}
	if err := second.UnlockAll(ctx); err != nil {
		t.Error(err)
	}
}

func TestErrorsOfNativeCallsAreErrors(t *testing.T) {
	n, ctx := startNative(t)(), context.Background()
	var failure *NativeError
	if _, err := n.Call(ctx, "No.Such", "Method", iris.Int(1), iris.Text("")); !errors.As(err, &failure) || failure.Text != "<CLASS DOES NOT EXIST> *No.Such" {
		t.Errorf("%v", err)
	}
	if err := n.Run(ctx, "No.Such", "Method"); !errors.As(err, &failure) {
		t.Errorf("%v", err)
	}
	if err := n.Set(ctx, iris.Int(1), "1bad"); !errors.As(err, &failure) {
		t.Errorf("%v", err)
	}
	if _, ok, err := n.Get(ctx, "Fine"); ok || err != nil {
		t.Errorf("the connection is not usable any more: %v", err)
	}
}
