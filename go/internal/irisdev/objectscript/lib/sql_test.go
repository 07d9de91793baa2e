package lib

import (
	"testing"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/sqlrun"
)

// withSQL makes an instance with an SQL engine.
func withSQL(t *testing.T) *run.System {
	t.Helper()
	sys := instance(t)
	sys.SQL = sqlrun.New(sqlrun.Config{Store: sys.Store, Version: irissql.Version{Major: 2025, Minor: 1}, VersionText: sys.Version})
	return sys
}

func TestDynamicSQL(t *testing.T) {
	code := []struct{ code, want string }{
		{`set st=##class(%SQL.Statement).%New() write st.%Prepare("CREATE TABLE T (ID INTEGER, N VARCHAR(20), D DATE)") set r=st.%Execute() write " ",r.%SQLCODE`, "1 0"},
		{`write st.%Prepare("INSERT INTO T (ID,N,D) VALUES (?,?,?)") set r=st.%Execute(1,"one",66000) write " ",r.%SQLCODE," ",r.%ROWCOUNT`, "1 0 1"},
		{`set a=3,a(1)=2,a(2)="",a(3)="" set r=st.%Execute(a...) write r.%SQLCODE`, "0"},
		{`set st.%SelectMode=1 set r=st.%Execute(3,$char(0),"2021-09-14") write r.%SQLCODE set st.%SelectMode=0`, "0"},
		{`write st.%Prepare("SELECT ID,N,D AS Day FROM T ORDER BY ID") set r=st.%Execute() while r.%Next() { write " ",r.ID,":",$zconvert(r.N,"O","JS"),":",r.%Get("DAY") }`,
			`1 1:one:66000 2:: 3:\x00:66001`},
		{`write r.%SQLCODE," ",r.%ROWCOUNT," ",r.%ResultColumnCount`, "100 3 3"},
		{`set st.%SelectMode=1,r=st.%Execute() do r.%Next() write r.%GetData(3)," ",st.%Metadata.columnCount," ",st.%Metadata.columns.GetAt(3).label," ",st.%Metadata.columns.GetAt(1).ODBCType`,
			"2021-09-13 3 Day 4"},
		{`set r=##class(%SQL.Statement).%ExecDirect(.s2,"SELECT N FROM T WHERE ID = ?",1) do r.%Next() write r.N," ",r.%Next()`, "one 0"},
		{`set r=##class(%SQL.Statement).%ExecDirect(,"SELECT X FROM Nowhere") write r.%SQLCODE," ",r.%Next()`, "-30 0"},
		{`set sc=s2.%Prepare("SELEC") write $SYSTEM.Status.IsError(sc)," ",$SYSTEM.Status.GetErrorCodes(sc)," ",$SYSTEM.Status.StatusToSQLCODE(sc)<0`, "1 5540 1"},
		{`set r=##class(%SQL.Statement).%ExecDirect(,"UPDATE T SET N='x' WHERE ID=99") write r.%SQLCODE," ",r.%ROWCOUNT`, "100 0"},
		{`set r=##class(%SQL.Statement).%ExecDirect(,"SELECT ID,N FROM T ORDER BY ID") write r.%GetRows(2,.rows)," ",$list(rows(1),2)," ",r.%GetRows(2,.rows)," ",rows`, "1 one 0 1"},
		{`tstart  set r=##class(%SQL.Statement).%ExecDirect(,"DELETE FROM T") write r.%ROWCOUNT trollback  set r=##class(%SQL.Statement).%ExecDirect(,"SELECT COUNT(*) FROM T") do r.%Next() write " ",r.%GetData(1)`, "3 3"},
		{`set rs=##class(%ResultSet).%New("%DynamicQuery:SQL") do rs.Prepare("SELECT ID,N FROM T WHERE ID < ?") do rs.Execute(2) while rs.Next() { write rs.Data("ID"),rs.Get("N"),rs.GetColumnCount() }`, "1one2"},
		{`write ##class(%SYSTEM.SQL.Schema).TableExists("SQLUser.T"),##class(%SYSTEM.SQL.Schema).TableExists("T"),##class(%SYSTEM.SQL.Schema).TableExists("U")`, "110"},
	}
	programs := make([]string, len(code))
	for i, c := range code {
		programs[i] = c.code
	}
	for i, got := range lines(t, withSQL(t), run.Options{}, programs...) {
		if got != code[i].want {
			t.Errorf("%s\ngot:  %s\nwant: %s", code[i].code, got, code[i].want)
		}
	}
}
