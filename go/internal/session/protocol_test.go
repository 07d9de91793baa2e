package session_test

import (
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/session"
	"iris-pgwire/internal/session/sessiontest"
)

// client is a client of a new session.
func client(t *testing.T) (*sessiontest.Client, *sessiontest.Backend, *session.Session) {
	t.Helper()
	b := &sessiontest.Backend{Hold: make(chan struct{})}
	c, s := sessiontest.Start(t, sessiontest.Shared(t, b))
	return c, b, s
}

// expect sends simple queries one by one and compares the answers.
func expect(t *testing.T, c *sessiontest.Client, steps ...[2]string) {
	t.Helper()
	for _, s := range steps {
		if got := c.Query(s[0]); got != s[1] {
			t.Errorf("%s\n got %s\nwant %s", s[0], got, s[1])
		}
	}
}

// told compares what IRIS was told since the last call.
func told(t *testing.T, b *sessiontest.Backend, want ...string) {
	t.Helper()
	if got := b.Log(); !slices.Equal(got, want) {
		t.Errorf("IRIS was told %q, want %q", got, want)
	}
}

const one = "T(?column?:23) D(1) C(SELECT 1)"

func TestAStatementAloneNeedsNoTransactionOfIRIS(t *testing.T) {
	c, b, _ := client(t)
	expect(t, c, [2]string{"select 1", one + " Z(I)"}, [2]string{"insert into t values (1)", "C(INSERT 0 1) Z(I)"})
	told(t, b, "ROWS 1", "INSERT ROW")
}

func TestSeveralStatementsOfAQueryAreOneTransaction(t *testing.T) {
	c, b, _ := client(t)
	expect(t, c, [2]string{"insert into t values (1); insert into t values (2)", "C(INSERT 0 1) C(INSERT 0 1) Z(I)"})
	told(t, b, "BEGIN", "INSERT ROW", "INSERT ROW", "COMMIT")
	expect(t, c, [2]string{"insert into t values (1); select 1/0; insert into t values (2)", `C(INSERT 0 1) E(ERROR 22012 "division by zero") Z(I)`})
	told(t, b, "BEGIN", "INSERT ROW", "FAIL", "ROLLBACK")
}

func TestATransactionReachesIRISWithItsFirstStatement(t *testing.T) {
	c, b, _ := client(t)
	expect(t, c, [2]string{"begin", "C(BEGIN) Z(T)"}, [2]string{"commit", "C(COMMIT) Z(I)"})
	told(t, b)
	expect(t, c, [2]string{"begin", "C(BEGIN) Z(T)"}, [2]string{"select 1", one + " Z(T)"}, [2]string{"rollback", "C(ROLLBACK) Z(I)"})
	told(t, b, "BEGIN", "ROWS 1", "ROLLBACK")
}

func TestAFailedTransactionFreesIRISAtOnce(t *testing.T) {
	c, b, _ := client(t)
	expect(t, c, [2]string{"begin", "C(BEGIN) Z(T)"}, [2]string{"select 1/0", `E(ERROR 22012 "division by zero") Z(E)`})
	told(t, b, "BEGIN", "FAIL", "ROLLBACK")
	expect(t, c, [2]string{"select 1", `E(ERROR 25P02 "current transaction is aborted, commands ignored until end of transaction block") Z(E)`},
		[2]string{"commit", "C(ROLLBACK) Z(I)"})
	told(t, b)
}

func TestASavepointIsSetAgainAfterIRISHasDeletedIt(t *testing.T) {
	c, b, _ := client(t)
	expect(t, c, [2]string{"begin; savepoint a; insert into t values (1)", "C(BEGIN) C(SAVEPOINT) C(INSERT 0 1) Z(T)"})
	told(t, b, "BEGIN", "SAVEPOINT pgwire0", "INSERT ROW")
	for range 2 { // PostgreSQL keeps a savepoint that was gone back to; IRIS does not
		expect(t, c, [2]string{"select 1/0", `E(ERROR 22012 "division by zero") Z(E)`}, [2]string{"rollback to a", "C(ROLLBACK) Z(T)"},
			[2]string{"insert into t values (2)", "C(INSERT 0 1) Z(T)"})
		told(t, b, "FAIL", "ROLLBACK TO pgwire0", "SAVEPOINT pgwire0", "INSERT ROW")
	}
	expect(t, c, [2]string{"rollback to nosuch", `E(ERROR 3B001 "savepoint \"nosuch\" does not exist") Z(E)`}, [2]string{"rollback", "C(ROLLBACK) Z(I)"})
	told(t, b, "ROLLBACK")
}

func TestADefinitionCommitsWhatCameBeforeIt(t *testing.T) {
	c, b, _ := client(t)
	warning := `N(WARNING 01000 "CREATE TABLE commits the transaction so far and cannot be rolled back" H=IRIS does not roll definitions back.)`
	expect(t, c, [2]string{"begin; savepoint a; insert into t values (1)", "C(BEGIN) C(SAVEPOINT) C(INSERT 0 1) Z(T)"},
		[2]string{"create table u (a int)", warning + " C(CREATE TABLE) Z(T)"},
		[2]string{"rollback to a", `E(ERROR 0A000 "cannot roll back to savepoint \"a\": a later definition statement has committed what came before it") Z(E)`})
	told(t, b, "BEGIN", "SAVEPOINT pgwire0", "INSERT ROW", "COMMIT", "CREATE")
}

func TestACommitThatIRISRefusesIsARollback(t *testing.T) {
	c, b, _ := client(t)
	b.CommitError = &iris.Error{Code: -400, Text: "refused"}
	expect(t, c, [2]string{"begin; insert into t values (1)", "C(BEGIN) C(INSERT 0 1) Z(T)"},
		[2]string{"commit", `E(ERROR 22012 "division by zero") Z(I)`})
	told(t, b, "BEGIN", "INSERT ROW", "COMMIT", "ROLLBACK")
}

func TestACommitWhoseAnswerIsLostIsOfUnknownOutcome(t *testing.T) {
	c, b, _ := client(t)
	b.CommitError = &iris.ConnError{Op: "read", Err: io.ErrUnexpectedEOF, Sent: true}
	expect(t, c, [2]string{"begin; insert into t values (1)", "C(BEGIN) C(INSERT 0 1) Z(T)"},
		[2]string{"commit", `E(ERROR 08007 "the connection to IRIS failed during COMMIT: whether it was carried out is not known") Z(I)`},
		[2]string{"select 1", one + " Z(I)"})
}

func TestALostConnectionFailsTheTransactionAndIsReplaced(t *testing.T) {
	c, _, _ := client(t)
	lost := `E(ERROR 08006 "the connection to IRIS failed" D=unexpected EOF)`
	expect(t, c, [2]string{"select lost()", lost + " Z(I)"}, [2]string{"select 1", one + " Z(I)"},
		[2]string{"begin; savepoint a; insert into t values (1); select lost()", "C(BEGIN) C(SAVEPOINT) C(INSERT 0 1) " + lost + " Z(E)"},
		[2]string{"rollback to a", `E(ERROR 08006 "the transaction was lost with its connection to IRIS") Z(E)`},
		[2]string{"rollback", "C(ROLLBACK) Z(I)"}, [2]string{"select 1", one + " Z(I)"})
}

func TestAReadOnlyTransactionWritesNothing(t *testing.T) {
	c, b, _ := client(t)
	refused := `E(ERROR 25006 "cannot execute INSERT in a read-only transaction")`
	expect(t, c, [2]string{"begin read only; insert into t values (1)", "C(BEGIN) " + refused + " Z(E)"}, [2]string{"rollback", "C(ROLLBACK) Z(I)"},
		[2]string{"set default_transaction_read_only = on", "C(SET) S(default_transaction_read_only=on) Z(I)"},
		[2]string{"insert into t values (1)", refused + " Z(I)"})
	told(t, b)
}

func TestAPipelineIsOneTransactionUpToSync(t *testing.T) {
	c, b, _ := client(t)
	insert := messages{prepare("", "insert into t values (1)"), bind("", ""), execute("", 0)}
	c.Send(append(slices.Concat(insert, insert), sync)...)
	if got := c.Answer(1); got != "1 2 C(INSERT 0 1) 1 2 C(INSERT 0 1) Z(I)" {
		t.Error(got)
	}
	told(t, b, "BEGIN", "INSERT ROW", "INSERT ROW", "COMMIT")
}

func TestEverythingIsSkippedFromAnErrorToSync(t *testing.T) {
	c, b, _ := client(t)
	c.Send(prepare("", "selec"), prepare("", "select 1"), bind("", ""), execute("", 0), &pgproto3.Query{String: "select 2"}, sync)
	if got := c.Answer(1); got != `E(ERROR 42601 "syntax error at or near \"selec\"" P=1) Z(I)` {
		t.Error(got)
	}
	told(t, b)
}

func TestAChangedResultTypeEndsAPreparedStatement(t *testing.T) {
	b := &sessiontest.Backend{}
	shared := sessiontest.Shared(t, b)
	c, _ := sessiontest.Start(t, shared)
	run := messages{bind("", "s"), execute("", 0), sync}
	c.Send(append(messages{prepare("s", "select * from t")}, run...)...)
	if got := c.Answer(1); got != "1 2 D(1) C(SELECT 1) Z(I)" {
		t.Error(got)
	}
	compiler := shared.Compiler.(*sessiontest.Compiler)
	compiler.Wide.Store(true)
	compiler.Invalidate("USER")
	c.Send(run...)
	if got := c.Answer(1); got != `E(ERROR 0A000 "cached plan must not change result type") Z(I)` {
		t.Error(got)
	}
}

func TestCancelInterruptsOnlyTheRunningStatement(t *testing.T) {
	c, b, s := client(t)
	s.Cancel() // nothing runs
	c.Send(&pgproto3.Query{String: "select wait()"})
	for len(b.Log()) == 0 {
		time.Sleep(time.Millisecond)
	}
	s.Cancel()
	if got := c.Answer(1); got != `E(ERROR 57014 "canceling statement due to user request") Z(I)` {
		t.Error(got)
	}
	expect(t, c, [2]string{"select 1", one + " Z(I)"})
}

func TestStatementTimeoutIsPostgreSQLs(t *testing.T) {
	c, _, _ := client(t)
	expect(t, c, [2]string{"set statement_timeout = 20", "C(SET) Z(I)"},
		[2]string{"select wait()", `E(ERROR 57014 "canceling statement due to statement timeout") Z(I)`},
		[2]string{"show statement_timeout", "T(statement_timeout:25) D(20ms) C(SHOW) Z(I)"})
}

func TestStopEndsAnIdleSessionAndLetsATransactionEnd(t *testing.T) {
	const end = `E(FATAL 57P01 "terminating connection due to administrator command") ` + sessiontest.Closed
	c, _, s := client(t)
	s.Stop()
	if got := c.Answer(1); got != end {
		t.Error(got)
	}
	c, _, s = client(t)
	c.Query("begin")
	s.Stop()
	expect(t, c, [2]string{"insert into t values (1)", "C(INSERT 0 1) Z(T)"})
	c.Send(&pgproto3.Query{String: "commit"})
	if got := c.Answer(1) + " " + c.Answer(1); got != "C(COMMIT) Z(I) "+end {
		t.Error(got)
	}
}

func TestAPanicEndsItsSessionOnly(t *testing.T) {
	b := &sessiontest.Backend{}
	shared := sessiontest.Shared(t, b)
	other, _ := sessiontest.Start(t, shared)
	c, _ := sessiontest.Start(t, shared)
	if got := c.Query("select panic()"); got != `E(FATAL XX000 "internal error; the connection is closed") (closed)` {
		t.Error(got)
	}
	told(t, b, "PANIC", "CLOSE")
	expect(t, other, [2]string{"select 1", one + " Z(I)"})
}

func TestIdleSessionsAreEndedByTheirTimeouts(t *testing.T) {
	c, _, _ := client(t)
	expect(t, c, [2]string{"set idle_in_transaction_session_timeout = 30", "C(SET) Z(I)"}, [2]string{"begin", "C(BEGIN) Z(T)"})
	if got := c.Answer(1); got != `E(FATAL 25P03 "terminating connection due to idle-in-transaction timeout") (closed)` {
		t.Error(got)
	}
}

func TestManyRowsAreStreamed(t *testing.T) {
	c, _, _ := client(t)
	c.Send(&pgproto3.Query{String: "select * from big"})
	rows := 0
	for word := c.Next(); ; word = c.Next() {
		if strings.HasPrefix(word, "D") {
			rows++
		}
		if strings.HasPrefix(word, "Z") || word == sessiontest.Closed {
			break
		}
	}
	if rows != 100000 {
		t.Errorf("%d rows", rows)
	}
}

func TestSettingsFollowTheirTransaction(t *testing.T) {
	c, _, _ := client(t)
	expect(t, c,
		[2]string{"begin", "C(BEGIN) Z(T)"},
		[2]string{"set local extra_float_digits = 0", "C(SET) Z(T)"},
		[2]string{"set work_mem = '8MB'", "C(SET) Z(T)"},
		[2]string{"savepoint a", "C(SAVEPOINT) Z(T)"},
		[2]string{"set work_mem = '16MB'", "C(SET) Z(T)"},
		[2]string{"rollback to a", "C(ROLLBACK) Z(T)"},
		[2]string{"show work_mem", "T(work_mem:25) D(8MB) C(SHOW) Z(T)"},
		[2]string{"commit", "C(COMMIT) Z(I)"},
		[2]string{"show extra_float_digits", "T(extra_float_digits:25) D(1) C(SHOW) Z(I)"},
		[2]string{"show work_mem", "T(work_mem:25) D(8MB) C(SHOW) Z(I)"},
		[2]string{"set work_mem = '64MB'; select 1/0", `C(SET) E(ERROR 22012 "division by zero") Z(I)`},
		[2]string{"show work_mem", "T(work_mem:25) D(8MB) C(SHOW) Z(I)"},
		[2]string{"reset all", "C(RESET) Z(I)"},
		[2]string{"show work_mem", "T(work_mem:25) D(4MB) C(SHOW) Z(I)"})
}

func TestPreparedStatementsOfSQL(t *testing.T) {
	c, _, _ := client(t)
	expect(t, c,
		[2]string{"prepare p (int) as select $1", "C(PREPARE) Z(I)"},
		[2]string{"prepare p (int) as select $1", `E(ERROR 42P05 "prepared statement \"p\" already exists") Z(I)`},
		[2]string{"execute p (7)", "T(?column?:23) D(7) C(SELECT 1) Z(I)"},
		[2]string{"execute p (null)", "T(?column?:23) D(NULL) C(SELECT 1) Z(I)"},
		[2]string{"execute p", `E(ERROR 42601 "wrong number of parameters for prepared statement \"p\"" D=Expected 1 parameters but got 0.) Z(I)`},
		[2]string{"execute p (true)", `E(ERROR 42804 "parameter $1 of type boolean cannot be coerced to the expected type integer" P=12 H=You will need to rewrite or cast the expression.) Z(I)`},
		[2]string{"execute p (1 + 1)", `E(ERROR 0A000 "an argument of EXECUTE that is not a constant is not supported by iris-pgwire" P=14) Z(I)`},
		[2]string{"deallocate p", "C(DEALLOCATE) Z(I)"},
		[2]string{"execute p (1)", `E(ERROR 26000 "prepared statement \"p\" does not exist") Z(I)`})
}

func TestTheNumberOfPreparedStatementsIsBounded(t *testing.T) {
	shared := sessiontest.Shared(t, &sessiontest.Backend{})
	shared.MaxStatements = 1
	c, _ := sessiontest.Start(t, shared)
	expect(t, c, [2]string{"prepare a as select 1", "C(PREPARE) Z(I)"},
		[2]string{"prepare b as select 1", `E(ERROR 54000 "a session may hold no more than 1 prepared statements" H=Close or DEALLOCATE those that are no longer needed.) Z(I)`})
}

func TestASimpleQueryHasNoParameters(t *testing.T) {
	c, _, _ := client(t)
	expect(t, c, [2]string{"select 1; select $1", one + ` E(ERROR 42P02 "there is no parameter $1" P=18) Z(I)`})
}

func TestDeallocateAllKeepsTheUnnamedStatement(t *testing.T) {
	c, _, _ := client(t)
	run := messages{bind("", ""), execute("", 0), sync}
	c.Send(append(messages{prepare("s", "select 1"), prepare("", "deallocate all")}, run...)...)
	c.Send(append(run, bind("", "s"), sync)...)
	if got := c.Answer(3); got != `1 1 2 C(DEALLOCATE ALL) Z(I) 2 C(DEALLOCATE ALL) Z(I) E(ERROR 26000 "prepared statement \"s\" does not exist") Z(I)` {
		t.Error(got)
	}
}

func TestDescribeAndCloseKnowStatementsAndPortalsOnly(t *testing.T) {
	c, _, _ := client(t)
	c.Send(describe('X', ""), sync, &pgproto3.Close{ObjectType: 'X'}, sync)
	if got := c.Answer(2); got != `E(ERROR 08P01 "invalid DESCRIBE message subtype 88") Z(I) E(ERROR 08P01 "invalid CLOSE message subtype 88") Z(I)` {
		t.Error(got)
	}
}
