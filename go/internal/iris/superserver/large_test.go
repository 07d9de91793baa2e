package superserver

import (
	"context"
	"errors"
	"flag"
	"io"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/irisdev/variant"
)

var tenMillion = flag.Bool("tenmillion", false, "read ten million rows instead of one million")

// crossJoin makes a query of 10^digits rows: every number below it once.
func crossJoin(d dev, digits int) string {
	d.exec("CREATE TABLE Test.Digits (N INTEGER PRIMARY KEY)")
	for n := range 10 {
		d.exec("INSERT INTO Test.Digits VALUES (?)", iris.Int(int64(n)))
	}
	sum, from := "a.N", "Test.Digits a"
	for i := 1; i < digits; i++ {
		name := string(rune('a' + i))
		sum = "(" + sum + ") * 10 + " + name + ".N"
		from += ", Test.Digits " + name
	}
	return "SELECT " + sum + " AS V FROM " + from
}

func TestALargeResultNeedsLittleMemory(t *testing.T) {
	digits, want := 6, int64(1_000_000)
	switch {
	case *tenMillion:
		digits, want = 7, 10_000_000
	case testing.Short():
		digits, want = 5, 100_000
	}
	d := connectDev(t, startIris(t))
	rows := d.query(crossJoin(d, digits))
	most := watchHeap(t)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	start, n, sum := time.Now(), int64(0), int64(0)
	for {
		row, err := rows.Next(ctx)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("after %d rows: %v", n, err)
		}
		v, ok := row[0].Int64()
		if !ok {
			t.Fatalf("row %d is %q", n, row[0].String())
		}
		n, sum = n+1, sum+v
	}
	grown := most()
	if n != want || sum != want*(want-1)/2 {
		t.Errorf("%d rows with the sum %d", n, sum)
	}
	if grown > 64<<20 {
		t.Errorf("the heap grew by %d MB, irisdev's part included", grown>>20)
	}
	t.Logf("%d rows in %v, heap +%d KB at most, irisdev's part included", n, time.Since(start).Round(time.Millisecond), grown>>10)
}

func TestResultSetsAreReadInTurns(t *testing.T) {
	d := connectDev(t, startIris(t))
	query := crossJoin(d, 4) + " ORDER BY 1"
	first, second := d.query(query), d.query(query)
	for i := range int64(10_000) {
		for name, rows := range map[string]iris.Rows{"first": first, "second": second} {
			row, err := rows.Next(t.Context())
			if err != nil {
				t.Fatalf("%s, row %d: %v", name, i, err)
			}
			if v, _ := row[0].Int64(); v != i {
				t.Fatalf("%s: row %d is %d", name, i, v)
			}
		}
		if i%1000 == 0 { // other work between the buffers
			d.exec("UPDATE Test.Digits SET N = N WHERE N = 99")
		}
	}
	for _, rows := range []iris.Rows{first, second} {
		if _, err := rows.Next(t.Context()); !errors.Is(err, io.EOF) {
			t.Errorf("at the end: %v", err)
		}
	}
}

func TestTheStatementCacheIsBoundedAndStatementsLiveOnAfterEviction(t *testing.T) {
	d := connectWith(t, Config{Address: startIris(t), Statements: 3})
	first, err := d.Prepare(t.Context(), "SELECT 0 + ?")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		d.row("SELECT "+iris.Int(int64(i)).String()+" + ?", iris.Int(1))
	}
	if n := d.cache.order.Len(); n > 3 {
		t.Errorf("%d statements are kept", n)
	}
	rows, err := d.Query(t.Context(), first, []iris.Value{iris.Int(7)})
	if err != nil {
		t.Fatal(err)
	}
	if row, err := rows.Next(t.Context()); err != nil || row[0].String() != "7" {
		t.Errorf("an evicted statement gives %v, %v", row, err)
	}
}

// A definition purges the compiled statements of its table; the client sends the text again.
func TestStatementsSurviveADefinitionByAnotherSession(t *testing.T) {
	address := startIris(t)
	a, b := connectDev(t, address), connectDev(t, address)
	a.exec("CREATE TABLE Test.Changing (Id INTEGER PRIMARY KEY, V VARCHAR(20))")
	insert, err := a.Prepare(t.Context(), "INSERT INTO Test.Changing (Id, V) VALUES (?, ?)")
	if err != nil {
		t.Fatal(err)
	}
	for i := range int64(3) {
		if n, err := a.Exec(t.Context(), insert, []iris.Value{iris.Int(i), iris.Text("x")}); err != nil || n != 1 {
			t.Fatalf("%d: %d, %v", i, n, err)
		}
		b.exec("ALTER TABLE Test.Changing ADD COLUMN C" + iris.Int(i).String() + " INTEGER")
	}
	if got := a.row("SELECT COUNT(*) FROM Test.Changing"); got[0].String() != "3" {
		t.Errorf("%s rows", got[0].String())
	}
}

// The statement would run for hours. It ends soon after the cancel, and the connection is usable. Only one profile's server
// interrupts by a message; the other does by SQL.
func TestCancelEndsARunningStatementInTime(t *testing.T) {
	for _, profile := range []string{variant.Documented, variant.Contrary} {
		t.Run(profile, func(t *testing.T) { cancelEndless(t, connectDev(t, startProfile(t, profile))) })
	}
}

func cancelEndless(t *testing.T, d dev) {
	endless := "SELECT COUNT(*) FROM (" + crossJoin(d, 10) + ")"
	st, err := d.Prepare(t.Context(), endless)
	if err != nil {
		t.Fatal(err)
	}
	for _, way := range []string{"context", "Cancel", "deadline"} {
		ctx, stop := context.WithCancel(t.Context())
		if way == "deadline" {
			ctx, stop = context.WithTimeout(t.Context(), 100*time.Millisecond)
		}
		var began time.Time
		timer := time.AfterFunc(100*time.Millisecond, func() {
			began = time.Now()
			switch way {
			case "context":
				stop()
			case "Cancel":
				if err := d.Cancel(context.WithoutCancel(ctx)); err != nil {
					t.Errorf("cancel: %v", err)
				}
			}
		})
		rows, err := d.Query(ctx, st, nil)
		if err == nil {
			_, err = rows.Next(ctx)
		}
		took := time.Since(began)
		timer.Stop()
		stop()
		var failure *iris.Error
		if !errors.As(err, &failure) || failure.Code != -456 {
			t.Errorf("%s: %v, want SQLCODE -456", way, err)
		}
		t.Logf("%s: the answer came %v after the cancel", way, took.Round(time.Millisecond))
		if took > time.Second {
			t.Errorf("%s: %v is too long", way, took)
		}
		if d.Broken() || d.row("SELECT 1")[0].String() != "1" {
			t.Errorf("%s: the connection is not usable", way)
		}
	}
}
