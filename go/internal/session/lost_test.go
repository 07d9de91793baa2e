package session

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/eval"
	"iris-pgwire/internal/sql/plan"
)

// conflictTwice is a plan of two INSERTs that may meet a conflict, each behind a look at its key.
func conflictTwice() *plan.Statement {
	look := plan.Step{Kind: plan.QueryStep, SQL: "look", Cautious: true}
	insert := exec("insert")
	insert.AnyKey, insert.Unless = true, &plan.When{Step: 0, Changed: true}
	again := insert
	again.Unless = &plan.When{Step: 2, Changed: true}
	return &plan.Statement{Tag: "INSERT", Steps: []plan.Step{look, insert, look, again}}
}

func TestAFailureThatIsPartOfThePlanMustLeaveTheTransactionOpen(t *testing.T) {
	for _, c := range []struct {
		name   string
		before learned
		marked bool
		level  int64
		log    string
		after  learned
		lost   bool
	}{
		{name: "it stays: asked once", level: 1, log: "insert,SELECT $TLEVEL,insert", after: learned{kept: true}},
		{name: "that is known", before: learned{kept: true}, log: "insert,insert", after: learned{kept: true}},
		{name: "with a savepoint it is another question", before: learned{kept: true}, marked: true, level: 2,
			log: "insert,SELECT $TLEVEL,insert", after: learned{kept: true, marked: true}},
		{name: "it is gone", log: "insert,SELECT $TLEVEL", after: learned{loses: true}, lost: true},
		{name: "that is known: the keys are looked at", before: learned{loses: true}, level: 0,
			log: "look,insert,SELECT $TLEVEL", after: learned{loses: true}, lost: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &Session{learned: c.before}
			s.tx.started = true
			s.tx.savepoints = []savepoint{{sent: c.marked}}
			conn := &scriptConn{errs: map[string]error{"insert": duplicate}, rows: map[string][][]iris.Value{askLevel: {{iris.Int(c.level)}}}}
			err := s.runSteps(context.Background(), conn, &portal{st: &statement{plan: conflictTwice()}, env: &eval.Env{}}, nil)
			if lost := errors.As(err, new(*lostTransaction)); lost != c.lost || !lost && err != nil || lost && pgerr.As(err).Code != codeRolledBack {
				t.Errorf("error %v", err)
			}
			if got := strings.Join(conn.log, ","); got != c.log || s.learned != c.after {
				t.Errorf("ran %s, learned %+v", got, s.learned)
			}
		})
	}
}

func TestAKeyThatIsThereIsNotInserted(t *testing.T) {
	s := &Session{learned: learned{loses: true}}
	s.tx.started = true
	conn := &scriptConn{rows: map[string][][]iris.Value{"look": {{iris.Int(1)}}}}
	err := s.runSteps(context.Background(), conn, &portal{st: &statement{plan: conflictTwice()}, env: &eval.Env{}}, nil)
	if want := []string{"look", "look"}; err != nil || !slices.Equal(conn.log, want) {
		t.Errorf("ran %v, %v", conn.log, err)
	}
}
