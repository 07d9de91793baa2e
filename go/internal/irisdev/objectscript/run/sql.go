package run

import (
	"errors"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

// sqlCursor is a cursor of embedded SQL: DECLARE keeps its text, OPEN runs it.
type sqlCursor struct {
	st   *embedded
	rows superserver.Cursor // nil while it is closed
	n    int64
}

// sqlProtocol is the version of the wire that the process' SQL behaves as: the newest.
const sqlProtocol = 69

// SQL gives the process' session with the SQL engine in the present namespace. Its transaction and locks are the process'.
// <UNIMPLEMENTED> in an instance without SQL.
func (p *Process) SQL() (superserver.Session, error) {
	ns := p.store.Namespace()
	if p.session != nil && p.sessionIn == ns {
		return p.session, nil
	}
	if p.sys.SQL == nil {
		return nil, fault.New("UNIMPLEMENTED", "*SQL")
	}
	p.closeSQL()
	s, err := p.sys.SQL.NewSession(p.store, superserver.Login{User: p.user, Namespace: ns, Protocol: sqlProtocol,
		Application: "ObjectScript", Autocommit: true, Isolation: superserver.ReadUncommitted})
	if err != nil {
		return nil, err
	}
	p.session, p.sessionIn = s, ns
	return s, nil
}

// closeSQL ends the session and its cursors.
func (p *Process) closeSQL() {
	for _, c := range p.cursors {
		if c.rows != nil {
			c.rows.Close()
			c.rows = nil
		}
	}
	if p.session != nil {
		p.session.Close()
		p.session = nil
	}
}

// sqlCommand runs &sql(…). What goes wrong in SQL is told by SQLCODE and %msg and is no error of ObjectScript.
func (p *Process) sqlCommand(c *ast.SQL) error {
	st, err := readEmbedded(c.Text)
	if err != nil {
		return err
	}
	n, err := p.runSQL(st)
	code, msg := 0, ""
	var se *sqlerr.Error
	switch {
	case errors.As(err, &se):
		code, msg = se.Code, se.Message
	case errors.Is(err, errNoRow):
		code = 100
	case err != nil:
		return err
	}
	p.Assign(p.variable("SQLCODE"), Int(int64(code)))
	p.Assign(p.variable("%ROWCOUNT"), Int(n))
	if msg != "" {
		p.Assign(p.variable("%msg"), Text(msg))
	}
	return nil
}

// errNoRow is SQLCODE 100.
var errNoRow = errors.New("no row")

// runSQL runs a statement and gives the count for %ROWCOUNT.
func (p *Process) runSQL(st *embedded) (int64, error) {
	switch st.kind {
	case "DECLARE":
		p.cursors[st.cursor] = &sqlCursor{st: st.of}
		return 0, nil
	case "OPEN", "FETCH", "CLOSE":
		c := p.cursors[st.cursor]
		if c == nil {
			return 0, sqlerr.New(-52, "Cursor %s has not been declared", st.cursor)
		}
		return p.useCursor(c, st)
	}
	s, err := p.SQL()
	if err != nil {
		return 0, err
	}
	prepared, err := s.Prepare(p.ctx, st.text)
	if err != nil {
		return 0, err
	}
	args, err := p.hostValues(st.args)
	if err != nil {
		return 0, err
	}
	if prepared.IsQuery() {
		rows, err := prepared.Query(p.ctx, args)
		if err != nil {
			return 0, err
		}
		defer rows.Close()
		row, err := rows.Next()
		if err != nil {
			return 0, err
		}
		if row == nil {
			return 0, errNoRow
		}
		return 1, p.into(st.into, row)
	}
	counts, err := prepared.Exec(p.ctx, [][]value.Value{args})
	if err != nil {
		return 0, err
	}
	var n int64
	for _, c := range counts {
		n += max(c, 0)
	}
	switch st.kind {
	case "INSERT":
		p.Assign(p.variable("%ROWID"), Plain(fromStore(s.LastIdentity())))
	case "UPDATE", "DELETE":
		if n == 0 {
			return 0, errNoRow
		}
	}
	return n, nil
}

func (p *Process) useCursor(c *sqlCursor, st *embedded) (int64, error) {
	switch st.kind {
	case "OPEN":
		if c.rows != nil {
			return 0, sqlerr.New(-101, "Attempt to open a cursor that is already open")
		}
		s, err := p.SQL()
		if err != nil {
			return 0, err
		}
		prepared, err := s.Prepare(p.ctx, c.st.text)
		if err != nil {
			return 0, err
		}
		args, err := p.hostValues(c.st.args)
		if err != nil {
			return 0, err
		}
		c.n = 0
		c.rows, err = prepared.Query(p.ctx, args)
		return 0, err
	case "FETCH":
		if c.rows == nil {
			return 0, sqlerr.New(-102, "Operation (FETCH/CLOSE/UPDATE/DELETE...) attempted on an unopened cursor")
		}
		row, err := c.rows.Next()
		if err != nil {
			return c.n, err
		}
		if row == nil {
			return c.n, errNoRow
		}
		c.n++
		into := st.into
		if len(into) == 0 {
			into = c.st.into
		}
		return c.n, p.into(into, row)
	}
	if c.rows == nil {
		return 0, sqlerr.New(-102, "Operation (FETCH/CLOSE/UPDATE/DELETE...) attempted on an unopened cursor")
	}
	c.rows.Close()
	c.rows = nil
	return c.n, nil
}

// hostValues gives the values of host expressions: the empty string is NULL, $CHAR(0) SQL's empty string.
func (p *Process) hostValues(list []ast.Expr) ([]value.Value, error) {
	out := make([]value.Value, len(list))
	for i, x := range list {
		v, err := p.eval(x)
		if err != nil {
			return nil, err
		}
		out[i] = toStore(v.Value)
	}
	return out, nil
}

// into sets the host variables of INTO. More columns than variables are SQLCODE -75's business at compile time.
func (p *Process) into(list []ast.Expr, row []value.Value) error {
	for i, x := range list {
		if i >= len(row) {
			break
		}
		r, err := p.ref(x)
		if err != nil {
			return err
		}
		if err := r.set(Plain(fromStore(row[i]))); err != nil {
			return err
		}
	}
	return nil
}
