package sqlrun

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/sqlerr"
)

// checkProcedure knows the one procedure there is: %SYSTEM.CancelQuery (IRIS docs, class reference %SYSTEM.SQL); -428 for
// another, -400 for a number of arguments that it does not take.
func checkProcedure(st *bound.Statement) error {
	call, ok := st.Other.(*irissql.Procedure)
	if !ok {
		return nil
	}
	if !strings.EqualFold(call.Name.Schema, "%SYSTEM") || !strings.EqualFold(call.Name.Name, "CancelQuery") {
		return sqlerr.New(-428, "Stored procedure '%s.%s' not found", schemaOf(call.Name), call.Name.Name)
	}
	if n := len(st.Args); n == 0 || n > 3 {
		return fatal("Procedure '%%SYSTEM.CancelQuery' takes one to three arguments")
	}
	return nil
}

// cancelQuery stops what another job runs, for CANCEL QUERY and CALL %SYSTEM.CancelQuery; -400 if it runs nothing. Every
// user of irisdev may stop every job.
func (x *execution) cancelQuery(p *compiled) error {
	args := newCompiler(x.session.db).exprs(p.bound.Args)
	pid, err := args[0](&frame{execution: x})
	if err != nil {
		return err
	}
	if len(args) > 1 {
		id, err := args[1](&frame{execution: x})
		if err != nil {
			return err
		}
		if !id.IsNull() && id.Text() != "" {
			return fatal("cancelling by statement id is not built in irisdev")
		}
	}
	interrupt := x.session.db.instance.cfg.Interrupt
	job, ok := pid.Number().Integer()
	if !ok || interrupt == nil || !interrupt(job) {
		return fatal("Process %s runs no query", strings.TrimSpace(pid.Text()))
	}
	return nil
}

// checkPrivilege is %CHECKPRIV. Privileges are not built: every user has all, as one with %All has.
func (x *execution) checkPrivilege(st *irissql.CheckPrivilege) error {
	if st.Object.Name == "" || isSystemSchema(schemaOf(st.Object)) {
		return nil
	}
	if x.session.findTable(schemaOf(st.Object), st.Object.Name) == nil {
		return x.noTable(st.Object)
	}
	return nil
}

// useDatabase moves the session to another namespace (IRIS docs, "USE DATABASE").
func (s *Session) useDatabase(st *irissql.UseDatabase) error {
	if s.InTransaction() {
		return fatal("USE DATABASE inside a transaction is not built in irisdev")
	}
	if err := s.proc.SetNamespace(st.Name); err != nil {
		return fatal("Database '%s' does not exist", st.Name)
	}
	s.Close()
	s.db = s.db.instance.database(s.proc.Namespace())
	return nil
}
