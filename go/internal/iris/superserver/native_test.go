package superserver

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/store/storetest"
	devserver "iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/pgerr"
)

// echo is a class whose methods give an argument back, or what ObjectScript has beside values.
type echo struct{}

func (echo) Call(_ context.Context, _ *store.Process, class, method string, args []value.Item) (value.Item, error) {
	switch class + "." + method {
	case "Test.Echo":
		return args[0], nil
	case "Test.Count":
		return value.Item{Value: value.Int(int64(len(args)))}, nil
	case "Test.Nothing":
		return value.Item{Undefined: true}, nil
	case "Test.Object":
		return value.Item{Object: true, Value: value.Text("5@Sample.Person")}, nil
	case "Test.Fail":
		return value.Item{}, &store.Error{Name: "DIVIDE"}
	}
	return value.Item{}, &store.Error{Name: "CLASS DOES NOT EXIST", Detail: class}
}

// systemAlone is an instance whose one account is _SYSTEM.
type systemAlone struct{}

func (systemAlone) Check(name, password string) (string, bool) {
	return "_SYSTEM", name == "_SYSTEM" && password == "SYS"
}

// startNative runs a development IRIS without SQL and gives connections' native interfaces.
func startNative(t *testing.T) (connect func() Native) {
	t.Helper()
	s := storetest.Memory(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	server := devserver.New(devserver.Config{Store: s, Users: systemAlone{}, Version: "irisdev Version 2025.1 Build 1|", Classes: echo{}})
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

// nativeValues are ObjectScript's values of every form, by what they must come back as.
func nativeValues() map[string]iris.Value {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	values := map[string]iris.Value{
		"the empty string": iris.Text(""), "$CHAR(0)": iris.Latin1([]byte{0}), "$CHAR(0,0)": iris.Latin1([]byte{0, 0}),
		"zero as a text": iris.Text("0"), "no canonical number": iris.Text("007"), "8-bit": iris.Text("é"), "wide": iris.Text("Ж"),
		"beyond 16 bits": iris.Text("😀"), "every byte": iris.Latin1(all), "bytes": iris.Binary([]byte{1, 0, 255}),
		"decimal": iris.Decimal(15, -1), "small decimal": iris.Decimal(-1, -10), "large decimal": iris.Decimal(math.MaxInt64, -18),
		"253 bytes": iris.Text(strings.Repeat("x", 253)), "254 bytes": iris.Text(strings.Repeat("x", 254)),
		"65,535 bytes": iris.Text(strings.Repeat("x", 65535)), "the longest": iris.Text(strings.Repeat("x", 3641144)),
	}
	for _, i := range []int64{0, 1, -1, 255, 256, -256, -257, 1<<31 - 1, -1 << 31, 1<<53 + 1, math.MaxInt64, math.MinInt64 + 1} {
		values[fmt.Sprint(i)] = iris.Int(i)
	}
	for _, f := range []float64{0.1, 1.0 / 3, 1e300, -2.5, math.Inf(1), math.Inf(-1), math.MaxFloat64} {
		values[fmt.Sprintf("double %g", f)] = iris.Double(f)
	}
	return values
}

// sameNative compares a value that came back with what was sent: strings as the characters that they are in ObjectScript.
func sameNative(sent, got iris.Value) bool {
	if sent.Kind() == iris.KindBinary {
		sent = iris.Latin1(sent.Raw())
	}
	if f, ok := sent.Float64(); ok && sent.Kind() == iris.KindDouble {
		back, ok := got.Float64()
		return ok && math.Float64bits(f) == math.Float64bits(back)
	}
	return sent.String() == got.String() && !got.IsNull()
}

func TestGlobalsKeepObjectScriptsValues(t *testing.T) {
	n, ctx := startNative(t)(), context.Background()
	for name, v := range nativeValues() {
		if err := n.Set(ctx, v, "^Test", iris.Text(name)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, ok, err := n.Get(ctx, "Test", iris.Text(name))
		if err != nil || !ok || !sameNative(v, got) {
			t.Errorf("%s: %.40q, %v, %v", name, got.String(), ok, err)
		}
	}
	if _, ok, err := n.Get(ctx, "Test", iris.Text("none")); ok || err != nil {
		t.Errorf("a node without a value: %v, %v", ok, err)
	}
	var failure *NativeError
	var refused *pgerr.Error
	if err := n.Set(ctx, iris.Text(strings.Repeat("x", 3641145)), "Test", iris.Int(1)); !errors.As(err, &refused) || refused.Code != pgerr.ProgramLimitExceeded {
		t.Errorf("a string beyond IRIS's longest: %v", err)
	}
	if err := n.Set(ctx, iris.Int(1), "Test", iris.Text("")); !errors.As(err, &failure) || failure.Name() != "SUBSCRIPT" {
		t.Errorf("an empty subscript: %v", err)
	}
}

func TestClassMethodsTakeAndGiveObjectScriptsValues(t *testing.T) {
	n, ctx := startNative(t)(), context.Background()
	for name, v := range nativeValues() {
		if got, err := n.Call(ctx, "Test", "Echo", v); err != nil || !sameNative(v, got) {
			t.Errorf("%s: %.40q, %v", name, got.String(), err)
		}
	}
	for _, c := range []struct {
		method string
		args   []iris.Value
		want   iris.Value
	}{
		{"Echo", []iris.Value{iris.Null()}, iris.Text("")}, // ObjectScript has no NULL
		{"Nothing", nil, iris.Null()},                      // and no value is none
		{"Count", nil, iris.Int(0)},
		{"Count", []iris.Value{iris.Text(""), iris.Null(), iris.Int(3)}, iris.Int(3)},
		{"Object", nil, iris.Latin1([]byte("5@Sample.Person"))},
	} {
		got, err := n.Call(ctx, "Test", c.method, c.args...)
		if err != nil || got.IsNull() != c.want.IsNull() || got.String() != c.want.String() {
			t.Errorf("%s(%v): %v, %v", c.method, c.args, got, err)
		}
		if err := n.Run(ctx, "Test", c.method, c.args...); err != nil {
			t.Errorf("%s(%v) without its value: %v", c.method, c.args, err)
		}
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
	began := time.Now()
	if err := errors.Join(first.Lock(ctx, 0, "L"), second.Lock(ctx, 50*time.Millisecond, "^L")); !errors.As(err, &failure) || !failure.TimedOut() {
		t.Errorf("%v", err)
	}
	if took := time.Since(began); took < 50*time.Millisecond || took > 900*time.Millisecond {
		t.Errorf("waited %s for 50 ms", took)
	}
}

// ObjectScript's LOCK ^L and ours are the same lock.
func TestALockIsTheGlobalsOwn(t *testing.T) {
	f := startFake(t, func(request) []answer { return []answer{{status: statusNative}} })
	n, ctx := f.connect(t).Native(), context.Background()
	if err := errors.Join(n.Lock(ctx, 1500*time.Millisecond, "L", iris.Text("a")), n.Unlock(ctx, "^L"), n.Set(ctx, iris.Int(1), "^L")); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range f.seen[len(f.seen)-3:] {
		got = append(got, fmt.Sprintf("%x", r.body))
	}
	want := []string{"04015e4c" + "030401" + "030161" + "0201" + "0506fddc05", "04015e4c" + "0204" + "030149", "03014c" + "0204" + "030401"}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestErrorsOfNativeCallsAreErrors(t *testing.T) {
	n, ctx := startNative(t)(), context.Background()
	var failure *NativeError
	if _, err := n.Call(ctx, "No.Such", "Method", iris.Int(1), iris.Text("")); !errors.As(err, &failure) || failure.Text != "<CLASS DOES NOT EXIST> *No.Such" {
		t.Errorf("%v", err)
	}
	if failure.Name() != "CLASS DOES NOT EXIST" || failure.Undefined() || failure.TimedOut() {
		t.Errorf("%+v", failure)
	}
	if _, err := n.Call(ctx, "Test", "Fail"); !errors.As(err, &failure) || failure.Name() != "DIVIDE" {
		t.Errorf("%v", err)
	}
	if err := n.Run(ctx, "Test", "Fail"); !errors.As(err, &failure) || failure.Name() != "DIVIDE" {
		t.Errorf("%v", err)
	}
	if err := n.Set(ctx, iris.Int(1), "1bad"); !errors.As(err, &failure) {
		t.Errorf("%v", err)
	}
	if _, ok, err := n.Get(ctx, "Fine"); ok || err != nil {
		t.Errorf("the connection is not usable any more: %v", err)
	}
}

func TestALockIsGrantedUnlessIRISSaysOtherwise(t *testing.T) {
	for name, c := range map[string]struct {
		answer   answer
		timedOut bool
	}{
		"nothing": {answer{status: statusNative}, false}, "1": {answer{status: statusNative, body: items(iris.Int(1))}, false},
		"0":        {answer{status: statusNative, body: items(iris.Int(0))}, true},
		"an error": {answer{status: statusNative + 5001, body: items(iris.Text("<TIMEOUT> the lock"))}, true},
	} {
		f := startFake(t, func(request) []answer { return []answer{c.answer} })
		err := f.connect(t).Native().Lock(t.Context(), 0, "G")
		var failure *NativeError
		if errors.As(err, &failure) != c.timedOut || c.timedOut && !failure.TimedOut() {
			t.Errorf("%s: %v", name, err)
		}
	}
}
