package superserver

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
)

var ctx = context.Background()

// twoBuffers answers a query with two buffers of rows.
func twoBuffers(r request) []answer {
	switch r.code {
	case "PP":
		return []answer{{body: queryMetadata(bytes.Count(r.body, []byte("qpar")))}}
	case "PQ":
		return []answer{{body: items(iris.Int(1), iris.Text("abc"), iris.Int(2), iris.Text("dЖ"))}}
	case "FD":
		return []answer{{status: statusEnd, body: items(iris.Int(3), iris.Null())}}
	}
	return []answer{{}}
}

func readAll(t *testing.T, rows iris.Rows) []string {
	t.Helper()
	var out []string
	for {
		row, err := rows.Next(ctx)
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, row[0].String()+"="+row[1].String())
	}
}

func TestConnectSendsWhatTheDriversSend(t *testing.T) {
	f := startFake(t, twoBuffers)
	c := f.connect(t)
	if c.Server().Major != 2025 || c.Server().Minor != 1 || c.Server().Job != "12345" || !c.compact {
		t.Errorf("server info %+v", c.Server())
	}
	login := f.seen[1]
	if f.seen[0].number != 1 || login.number != 3 || !bytes.Equal(f.seen[0].body, []byte{69, 0}) {
		t.Errorf("handshake %+v, login number %d", f.seen[0], login.number)
	}
	want := fromHex(t, "06 01 55 53 45 52  09 01 5d 7c be fe 40 3f df  05 01 9e ff de")
	if !bytes.HasPrefix(login.body, want) || !bytes.HasSuffix(login.body, fromHex(t, "03 01 00  03 04 01  03 04 02  03 04 20")) {
		t.Errorf("login body % x", login.body)
	}
}

func TestPreparedQueryReadsAllBuffersAndIsPreparedOnce(t *testing.T) {
	f := startFake(t, twoBuffers)
	c := f.connect(t)
	for range 2 {
		st, err := c.Prepare(ctx, "SELECT ID, Name FROM T WHERE ID > ?")
		if err != nil {
			t.Fatal(err)
		}
		rows, err := c.Query(ctx, st, []iris.Value{iris.Int(0)})
		if err != nil {
			t.Fatal(err)
		}
		if got := readAll(t, rows); !slices.Equal(got, []string{"1=abc", "2=dЖ", "3="}) {
			t.Errorf("rows %q", got)
		}
	}
	if got := strings.Join(f.codes(), " "); got != "PP PQ FD PQ FD" {
		t.Errorf("messages %s", got)
	}
}

func TestTwoCursorsOnOneTextDoNotShareAnID(t *testing.T) {
	f := startFake(t, twoBuffers)
	c := f.connect(t)
	st, _ := c.Prepare(ctx, "SELECT ID, Name FROM T")
	first, err1 := c.Query(ctx, st, nil)
	second, err2 := c.Query(ctx, st, nil)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	row, _ := first.Next(ctx)
	if got := readAll(t, second); len(got) != 3 || row[1].String() != "abc" {
		t.Errorf("second cursor %q, first row %q", got, row[1].String())
	}
	if got := readAll(t, first); len(got) != 2 {
		t.Errorf("first cursor went on with %q", got)
	}
	if len(c.open) != 0 {
		t.Errorf("%d cursors left open", len(c.open))
	}
}

func TestAnUnknownStatementIsSentAgain(t *testing.T) {
	forgotten := false
	f := startFake(t, func(r request) []answer {
		if r.code == "PQ" && !forgotten {
			forgotten = true
			return []answer{{status: statusUnknown}}
		}
		return twoBuffers(r)
	})
	c := f.connect(t)
	st, _ := c.Prepare(ctx, "SELECT ID, Name FROM T")
	rows, err := c.Query(ctx, st, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := readAll(t, rows); len(got) != 3 {
		t.Errorf("rows %q", got)
	}
	if got := strings.Join(f.codes(), " "); got != "PP PQ PP PQ FD" {
		t.Errorf("messages %s", got)
	}
}

func TestEvictedStatementsAreForgottenByIRIS(t *testing.T) {
	f := startFake(t, twoBuffers)
	c := f.connect(t)
	for _, sql := range []string{"SELECT 1", "SELECT 2", "SELECT 3", "SELECT 1"} {
		if _, err := c.Prepare(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(f.codes(), " "); got != "PP PP PP UC PP" {
		t.Errorf("messages %s", got)
	}
}

func TestErrorsCarryTheTextOfIRIS(t *testing.T) {
	for _, status := range []int{30, 65536 - 30} {
		f := startFake(t, func(r request) []answer {
			if r.code == "OE" {
				return []answer{{body: items(iris.Text("[SQLCODE: <-30>:<Table or view not found>]\r\n[Location: <Prepare>]\r\n[%msg: < Table 'SQLUSER.NOPE' not found>]"))}}
			}
			return []answer{{status: status}}
		})
		c := f.connect(t)
		_, err := c.Prepare(ctx, "SELECT * FROM NOPE")
		var failure *iris.Error
		if !errors.As(err, &failure) || failure.Code != -30 || failure.Location != "Prepare" || failure.Message != "Table 'SQLUSER.NOPE' not found" {
			t.Errorf("status %d: %#v", status, err)
		}
		if c.Broken() {
			t.Error("an SQL error broke the connection")
		}
	}
}

func TestUpdatesAndBatchesGiveTheirCounts(t *testing.T) {
	f := startFake(t, func(r request) []answer {
		switch r.code {
		case "PP":
			return []answer{{body: updateMetadata(1)}}
		case "PU":
			rd := reader{b: r.body}
			rd.text()
			rd.int()
			var out []iris.Value
			for n := rd.int(); n > 0; n-- {
				out = append(out, iris.Int(int64(n)))
			}
			return []answer{{status: statusEnd, body: items(out...)}}
		}
		return []answer{{body: append(updateMetadata(0), items(iris.Int(5))...)}}
	})
	c := f.connect(t)
	st, err := c.Prepare(ctx, "DELETE FROM T WHERE a = ?")
	if err != nil || st.IsQuery() {
		t.Fatal(err)
	}
	if n, err := c.Exec(ctx, st, []iris.Value{iris.Null()}); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	sets := [][]iris.Value{{iris.Int(1)}, {iris.Int(2)}, {iris.Int(3)}}
	if counts, err := c.ExecBatch(ctx, st, sets); !slices.Equal(counts, []int64{3, 2, 1}) || err != nil {
		t.Errorf("%v, %v", counts, err)
	}
	if n, err := c.ExecDirect(ctx, "DROP TABLE T"); n != 5 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if _, err := c.Exec(ctx, st, nil); !errors.Is(err, errArguments) {
		t.Errorf("missing argument: %v", err)
	}
}

func TestACancelledStatementIsInterruptedOnASecondConnection(t *testing.T) {
	interrupted := make(chan request, 1)
	f := startFake(t, func(r request) []answer {
		switch r.code {
		case "PP":
			return twoBuffers(r)
		case "PQ":
			interrupted <- <-interrupted // hold the answer until the interrupt has come
			return []answer{{status: 456}}
		case "EI":
			interrupted <- r
			return []answer{{}}
		}
		return []answer{{body: items(iris.Text("[SQLCODE: <-456>:<cancelled>]"))}}
	})
	c := f.connect(t)
	st, _ := c.Prepare(ctx, "SELECT ID, Name FROM T")
	short, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel()
	_, err := c.Query(short, st, nil)
	var failure *iris.Error
	if !errors.As(err, &failure) || failure.Code != -456 || c.Broken() {
		t.Errorf("%v, broken %v", err, c.Broken())
	}
	ei := <-interrupted
	if rd := (reader{b: ei.body}); rd.int() != 12345 || rd.int() != int(st.(*Statement).id) {
		t.Errorf("interrupt % x", ei.body)
	}
	if err := c.Ping(ctx); err != nil {
		t.Errorf("the connection is out of step: %v", err)
	}
}

func TestAStatementThatIgnoresTheInterruptEndsTheConnection(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	f := startFake(t, func(r request) []answer {
		if r.code == "PG" {
			<-release
		}
		return []answer{{}}
	})
	c := f.connect(t)
	short, cancel := context.WithCancel(ctx)
	time.AfterFunc(20*time.Millisecond, cancel)
	if err := c.Ping(short); !errors.Is(err, context.Canceled) || !c.Broken() {
		t.Errorf("%v, broken %v", err, c.Broken())
	}
}

func TestAClosedSocketIsAConnErrorThatMayHaveRun(t *testing.T) {
	f := startFake(t, func(request) []answer { return []answer{{hang: true}} })
	c := f.connect(t)
	var failure *iris.ConnError
	if err := c.Ping(ctx); !errors.As(err, &failure) || !failure.Sent || !c.Broken() {
		t.Errorf("%v", err)
	}
	if err := c.Ping(ctx); !errors.As(err, &failure) || failure.Sent {
		t.Errorf("a request on a broken connection counts as sent: %v", err)
	}
}

func TestRefusedLoginsSayWhy(t *testing.T) {
	for text, reason := range map[string]iris.Refusal{
		"[SQLCODE: <-417>:<Security error>] [%msg: <Access Denied>]":  iris.RefusedPassword,
		"Invalid Username/Password":                                   iris.RefusedPassword,
		"[SQLCODE: <-98>:<License violation>]":                        iris.RefusedLicense,
		"<COMMUNICATION LINK ERROR> Failed to connect to namespace X": iris.RefusedNamespace,
	} {
		f := startFake(t, twoBuffers)
		f.login = func() answer { return answer{status: statusRefused, body: items(iris.Text(text))} }
		_, err := Connect(ctx, f.config(), iris.Login{User: "u", Password: "p", Namespace: "USER"})
		var refused *iris.LoginError
		if !errors.Is(err, iris.ErrLoginRefused) || !errors.As(err, &refused) || refused.Reason != reason {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestResetRollsBackAndClosesCursors(t *testing.T) {
	f := startFake(t, func(r request) []answer {
		if r.code == "DU" {
			return []answer{{body: append(updateMetadata(0), items(iris.Int(0))...)}}
		}
		return twoBuffers(r)
	})
	c := f.connect(t)
	if err := c.Begin(ctx); err != nil {
		t.Fatal(err)
	}
	st, _ := c.Prepare(ctx, "SELECT ID, Name FROM T")
	if _, err := c.Query(ctx, st, nil); err != nil {
		t.Fatal(err)
	}
	if err := c.Reset(ctx); err != nil || len(c.open) != 0 {
		t.Errorf("%v, %d cursors", err, len(c.open))
	}
	if err := c.Ping(ctx); err != nil {
		t.Error(err)
	}
	if got := strings.Join(f.codes(), " "); got != "DU PP PQ CC TR PG" {
		t.Errorf("messages %s", got)
	}
}

func TestAliveSeesAClosedSocket(t *testing.T) {
	f := startFake(t, func(request) []answer { return []answer{{}, {hang: true}} })
	c := f.connect(t)
	if !c.Alive() {
		t.Error("a good connection counts as dead")
	}
	if err := c.Ping(ctx); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(5 * time.Second); c.Alive(); {
		if time.Now().After(deadline) {
			t.Fatal("a closed connection counts as alive")
		}
	}
}

func TestParametersAreNumberedOutsideQuotesAndComments(t *testing.T) {
	text, n := numberParameters(`SELECT '?''?', "a?" -- ?` + "\n" + `/* ? */ FROM T WHERE a=? AND b=?`)
	want := `SELECT '?''?', "a?" -- ?` + "\n" + `/* ? */ FROM T WHERE a= :%qpar(1)  AND b= :%qpar(2) `
	if text != want || n != 2 {
		t.Errorf("%d parameters: %s", n, text)
	}
}

func TestTheKindOfAStatementIsInItsFirstWord(t *testing.T) {
	for sql, want := range map[string]bool{
		"SELECT 1": true, " ( (select 1) )": true, "/* x */ WITH a AS (SELECT 1) SELECT * FROM a": true, "-- SELECT\nDELETE FROM T": false,
		"INSERT INTO T SELECT 1": false, "": false, "SELECTED": false,
	} {
		if got := isQuery(sql); got != want {
			t.Errorf("%q: %v", sql, got)
		}
	}
}

func TestLongTextsAreCutBetweenCharacters(t *testing.T) {
	text := strings.Repeat("Ж", chunkSize+1)
	if parts := splitText(text, chunkSize); len(parts) != 2 || parts[0]+parts[1] != text || parts[1] != "Ж" {
		t.Errorf("%d parts", len(parts))
	}
}
