package run_test

import (
	"testing"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/sqlrun"
)

func TestEmbeddedSQL(t *testing.T) {
	sys := newSystem(t)
	sys.SQL = sqlrun.New(sqlrun.Config{Store: sys.Store, Version: irissql.Version{Major: 2025, Minor: 1}, VersionText: "irisdev"})
	s := newSession(t, sys)
	for _, step := range []struct{ code, want string }{
		{`&sql(CREATE TABLE Pet (Name VARCHAR(30), Age INTEGER)) write SQLCODE`, "0"},
		{`set n="Rex",a=3 &sql(INSERT INTO Pet (Name,Age) VALUES (:n,:a)) write SQLCODE,%ROWCOUNT,%ROWID`, "011"},
		{`for x="Tom","Ann" { set a=$length(x)+a &sql(INSERT INTO Pet (Name,Age) VALUES (:x,:a)) } write SQLCODE`, "0"},
		{`&sql(SELECT Name,Age INTO :n, :arr("age") FROM Pet WHERE Name='Tom') write SQLCODE,n,arr("age")`, "0Tom6"},
		{`&sql(SELECT Name INTO :n FROM Pet WHERE Name='Nobody') write SQLCODE`, "100"},
		{`&sql(UPDATE Pet SET Age=Age+1 WHERE Age > :a) write SQLCODE`, "100"},
		{`&sql(UPDATE Pet SET Age=:(a+1) WHERE Name='Ann') write SQLCODE,%ROWCOUNT`, "01"},
		{`&sql(DECLARE C CURSOR FOR SELECT Name INTO :n FROM Pet ORDER BY Name) &sql(OPEN C) for { &sql(FETCH C) quit:SQLCODE  write n," " } &sql(CLOSE C)`, "Ann Rex Tom "},
		{`&sql(OPEN Unknown) write SQLCODE`, "-52"},
		{`&sql(FETCH C INTO :x) write SQLCODE`, "-102"},
		{`&sql(SELECT nope FROM Pet) write SQLCODE,$data(%msg)`, "-291"},
		{`tstart  &sql(DELETE FROM Pet) trollback  &sql(SELECT COUNT(*) INTO :c FROM Pet) write c`, "3"},
		{`set e="" &sql(INSERT INTO Pet (Name) VALUES (:e)) &sql(SELECT COUNT(*) INTO :c FROM Pet WHERE Name IS NULL) write c`, "1"},
		{`set e=$char(0) &sql(INSERT INTO Pet (Name) VALUES (:e)) &sql(SELECT Name INTO :v FROM Pet WHERE Name='') write $ascii(v)`, "0"},
	} {
		if got := s.do(step.code); got != step.want {
			t.Errorf("%s\ngot %s, want %s", step.code, got, step.want)
		}
	}
}
