package lib

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// cancelQuery stops what another process runs, by the statement for it.
func cancelQuery(p *run.Process, c *run.Call) (run.Value, error) {
	s, err := session(p)
	if err != nil {
		return run.Value{}, err
	}
	n, ok := numeric(c.Arg(0).Value)
	if !ok {
		return sqlStatus(sqlerr.New(-400, "%s is not a process", c.Text(0)))
	}
	text := "CANCEL QUERY " + n.Text()
	if wait := c.Arg(2); !wait.IsEmpty() {
		text += " TIMEOUT " + wait.Number().Text()
	}
	st, err := s.Prepare(p.Context(), text)
	if err == nil {
		_, err = st.Exec(p.Context(), [][]value.Value{nil})
	}
	if err != nil {
		return sqlStatus(err)
	}
	return good, nil
}

// tableExists looks for a table or view in the information schema.
func tableExists(p *run.Process, c *run.Call) (run.Value, error) {
	s, err := session(p)
	if err != nil {
		return run.Value{}, err
	}
	schema, table, ok := strings.Cut(c.Text(0), ".")
	if !ok {
		schema, table = s.DefaultSchema(), c.Text(0)
	}
	st, err := s.Prepare(p.Context(), "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?")
	if err != nil {
		return run.Value{}, fault.New("FUNCTION", "*"+err.Error())
	}
	cursor, err := st.Query(p.Context(), []value.Value{value.Text(schema), value.Text(table)})
	if err != nil {
		return run.Value{}, fault.New("FUNCTION", "*"+err.Error())
	}
	defer cursor.Close()
	row, err := cursor.Next()
	if err != nil {
		return run.Value{}, fault.New("FUNCTION", "*"+err.Error())
	}
	return run.Bool(row != nil), nil
}

// options of SQL that can be asked and set for the process.
func getOption(p *run.Process, c *run.Call) (run.Value, error) {
	s, err := session(p)
	if err != nil {
		return run.Value{}, err
	}
	switch strings.ToUpper(c.Text(0)) {
	case "AUTOCOMMIT":
		return orInfo(p, "autocommit", run.Int(1)), nil
	case "ISOLATIONMODE":
		return run.Int(int64(s.Isolation() - 1)), nil
	case "DEFAULTSCHEMA":
		return run.Text(s.DefaultSchema()), nil
	}
	return run.Value{}, fault.New("UNIMPLEMENTED", "*GetOption "+c.Text(0))
}

func orInfo(p *run.Process, key string, other run.Value) run.Value {
	if v := p.Info(key); !v.IsEmpty() {
		return v
	}
	return other
}

func setOption(p *run.Process, c *run.Call) (run.Value, error) {
	old, err := getOption(p, c)
	if err != nil {
		return run.Value{}, err
	}
	set(p, c, 2, old)
	s, err := session(p)
	if err != nil {
		return run.Value{}, err
	}
	n := number(c, 1)
	switch strings.ToUpper(c.Text(0)) {
	case "AUTOCOMMIT":
		if n != 1 && n != 2 {
			return Status(5001, "AutoCommit "+c.Text(1)+" is not supported"), nil
		}
		s.SetAutocommit(n == 1)
		p.SetInfo("autocommit", run.Int(int64(n)))
		return good, nil
	case "ISOLATIONMODE":
		if err := s.SetIsolation(n + 1); err != nil {
			return sqlStatus(err)
		}
		return good, nil
	}
	return run.Value{}, fault.New("UNIMPLEMENTED", "*SetOption "+c.Text(0))
}
