package lib

import (
	"errors"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

// statement is what a %SQL.Statement holds.
type statement struct {
	prepared superserver.Prepared
	word     string       // its first word in upper case
	query    *class.Class // of a class query whose rows methods give
	name     string
}

// result is what a %SQL.StatementResult holds: rows of SQL or of a class query.
type result struct {
	names   []string
	types   []int
	next    func() ([]run.Value, error) // nil is the end
	close   func()
	row     []run.Value
	ended   bool
	columns map[string]int // by name in upper case; the first of equal ones
}

var sqlNatives = run.Natives{
	"%SQL.Statement:%Prepare":                   sqlPrepare,
	"%SQL.Statement:%PrepareClassQuery":         sqlPrepareQuery,
	"%SQL.Statement:%Execute":                   sqlExecute,
	"%SQL.StatementResult:%Next":                sqlNext,
	"%SQL.StatementResult:%Get":                 sqlGet,
	"%SQL.StatementResult:%DispatchGetProperty": sqlGet,
	"%SQL.StatementResult:%GetData":             sqlGetData,
	"%SQL.StatementResult:%ColumnName":          sqlColumnName,
	"%SQL.StatementResult:%OnClose":             sqlClose,
	"%Library.Query:Func":                       queryFunc,
	"%SYSTEM.SQL:CancelQuery":                   cancelQuery,
	"%SYSTEM.SQL.Schema:TableExists":            tableExists,
	"%SYSTEM.SQL.Util:GetOption":                getOption,
	"%SYSTEM.SQL.Util:SetOption":                setOption,
}

// session gives the SQL of the process; <UNIMPLEMENTED> for an instance without.
func session(p *run.Process) (superserver.Session, error) { return p.SQL() }

// sqlText is the text of %Prepare: a string, or an array of lines whose root is their number.
func sqlText(c *run.Call) string {
	v := c.Var(0)
	if v == nil || v.Below == nil {
		return c.Text(0)
	}
	var lines []string
	n, _ := v.Value.Integer()
	for i := int64(1); i <= n; i++ {
		line, _ := v.Get(value.Int(i))
		lines = append(lines, line.Text())
	}
	return strings.Join(lines, "\r\n")
}

func firstWord(text string) string {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return ""
	}
	word, _, _ := strings.Cut(strings.ToUpper(fields[0]), "(")
	return word
}

func sqlPrepare(p *run.Process, c *run.Call) (run.Value, error) {
	return prepareText(p, c.Self, sqlText(c))
}

func prepareText(p *run.Process, o *run.Object, text string) (run.Value, error) {
	s, err := session(p)
	if err != nil {
		return run.Value{}, err
	}
	o.Native = nil
	st, err := s.Prepare(p.Context(), text)
	if err != nil {
		return sqlStatus(err)
	}
	o.Native = &statement{prepared: st, word: firstWord(text)}
	meta, err := metadata(p, st)
	if err != nil {
		return run.Value{}, err
	}
	p.SetRaw(o, "%Metadata", meta)
	return good, nil
}

// sqlStatus makes a status of an SQL error.
func sqlStatus(err error) (run.Value, error) {
	code, message := sqlCode(err)
	v := Status(5540, value.Int(int64(code)).Text(), message)
	return v, nil
}

func sqlCode(err error) (int, string) {
	var e *sqlerr.Error
	if errors.As(err, &e) {
		message := e.Message
		if message == "" {
			message = e.Text
		}
		code := e.Code
		if code > 0 && code != 100 {
			code = -code
		}
		return code, message
	}
	return -400, err.Error()
}

func newObject(p *run.Process, name string, values map[string]run.Value) (*run.Object, error) {
	cls, err := p.Class(name)
	if err != nil {
		return nil, err
	}
	o, err := p.NewObject(cls)
	if err != nil {
		return nil, err
	}
	for k, v := range values {
		p.SetRaw(o, k, v)
	}
	return o, nil
}

// metadata describes the columns and parameters of a statement.
func metadata(p *run.Process, st superserver.Prepared) (run.Value, error) {
	var columns []superserver.Column
	if st.IsQuery() {
		columns = st.Columns()
	}
	params := st.Params()
	o, err := newObject(p, "%SQL.StatementMetadata", map[string]run.Value{"columnCount": run.Int(int64(len(columns))),
		"parameterCount": run.Int(int64(len(params)))})
	if err != nil {
		return run.Value{}, err
	}
	p.Retain(run.Ref(o))
	defer p.Release(run.Ref(o))
	for _, col := range columns {
		one, err := newObject(p, "%SQL.StatementColumn", columnValues(col))
		if err == nil {
			err = insert(p, o, "columns", one)
		}
		if err != nil {
			return run.Value{}, err
		}
	}
	for _, par := range params {
		one, err := newObject(p, "%SQL.StatementParameter", map[string]run.Value{"ODBCType": run.Int(int64(par.Type)),
			"precision": run.Int(int64(par.Precision)), "scale": run.Int(int64(par.Scale)), "isNullable": run.Int(int64(par.Nullable)),
			"columnType": run.Int(1)})
		if err == nil {
			err = insert(p, o, "parameters", one)
		}
		if err != nil {
			return run.Value{}, err
		}
	}
	return run.Ref(o), nil
}

// insert adds an object to a list property.
func insert(p *run.Process, o *run.Object, property string, one *run.Object) error {
	l, err := p.GetProperty(o, property)
	if err != nil {
		return err
	}
	return p.Do(l.Obj, "Insert", run.Arg(run.Ref(one)))
}

func columnValues(c superserver.Column) map[string]run.Value {
	f := c.Flags
	return map[string]run.Value{"colName": run.Text(c.Name), "label": run.Text(c.Label), "ODBCType": run.Int(int64(c.Type)),
		"clientType": run.Int(int64(clientType(c.Type))), "precision": run.Int(int64(c.Precision)), "scale": run.Int(int64(c.Scale)),
		"isNullable": run.Int(int64(c.Nullable)), "tableName": run.Text(c.Table), "schemaName": run.Text(c.Schema),
		"isAutoIncrement": run.Bool(f.AutoIncrement), "isReadOnly": run.Bool(f.ReadOnly), "isUnique": run.Bool(f.Unique),
		"isAliased": run.Bool(f.Aliased), "isExpression": run.Bool(f.Expression), "isHidden": run.Bool(f.Hidden),
		"isIdentity": run.Bool(f.Identity), "isKeyColumn": run.Bool(f.Key), "isRowId": run.Bool(f.RowID),
		"isCaseSensitive": run.Bool(f.CaseSensitive), "isCurrency": run.Bool(f.Currency)}
}

// clientType is the number of a type in the class dictionary (IRIS docs, "%SQL.StatementColumn": clientType); 10 is VARCHAR.
func clientType(odbc int) int {
	types := map[int]int{-2: 1, 9: 2, 91: 2, 8: 4, 4: 5, 6: 14, 2: 7, 10: 9, 92: 9, 12: 10, -5: 5, 11: 11, 93: 11, -7: 16}
	if n, ok := types[odbc]; ok {
		return n
	}
	return 10
}

// sqlPrepareQuery prepares a class query: SQL, or one whose rows class methods give.
func sqlPrepareQuery(p *run.Process, c *run.Call) (run.Value, error) {
	c.Self.Native = nil
	cls, err := p.Class(c.Text(0))
	if err != nil {
		return Status(5351, c.Text(0)), nil
	}
	q := cls.Queries[c.Text(1)]
	if q == nil {
		return Status(5001, "Query '"+c.Text(1)+"' does not exist in class '"+cls.Name+"'"), nil
	}
	if strings.HasSuffix(q.Type, "SQLQuery") {
		names := make([]string, len(q.Formals))
		for i, f := range q.Formals {
			names[i] = f.Name
		}
		return prepareText(p, c.Self, hostVariables(q.Text, names))
	}
	c.Self.Native = &statement{query: cls, name: q.Name}
	return good, nil
}

// hostVariables puts ? for :name where the name is one of a query's parameters. The order must be that of the parameters, as
// each is taken once.
func hostVariables(text string, names []string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		switch ch := text[i]; {
		case ch == '\'' || ch == '"':
			end := strings.IndexByte(text[i+1:], ch)
			if end < 0 {
				return b.String() + text[i:]
			}
			b.WriteString(text[i : i+end+2])
			i += end + 2
		case ch == ':':
			n := i + 1
			for n < len(text) && (text[n] == '%' || text[n] >= '0' && text[n] <= '9' || text[n]|0x20 >= 'a' && text[n]|0x20 <= 'z') {
				n++
			}
			if contains(names, text[i+1:n]) {
				b.WriteByte('?')
			} else {
				b.WriteString(text[i:n])
			}
			i = n
		default:
			b.WriteByte(ch)
			i++
		}
	}
	return b.String()
}

func contains(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

func sqlExecute(p *run.Process, c *run.Call) (run.Value, error) {
	st, ok := c.Self.Native.(*statement)
	if !ok {
		o, err := newObject(p, "%SQL.StatementResult", map[string]run.Value{"%SQLCODE": run.Int(-400),
			"%Message": run.Text("The statement is not prepared")})
		return run.Ref(o), err
	}
	if st.query != nil {
		return executeQuery(p, st.query, st.name, c.Args)
	}
	return execute(p, c.Self, st, c.Args)
}

// execute runs a prepared statement.
func execute(p *run.Process, from *run.Object, st *statement, args []run.Actual) (run.Value, error) {
	mode, _ := p.GetRaw(from, "%SelectMode").Integer()
	o, err := newObject(p, "%SQL.StatementResult", map[string]run.Value{"%Metadata": p.GetRaw(from, "%Metadata"),
		"%SelectMode": run.Int(mode), "%StatementTypeName": run.Text(st.word), "%StatementType": statementType(st.word)})
	if err != nil {
		return run.Value{}, err
	}
	fail := func(err error) (run.Value, error) {
		code, message := sqlCode(err)
		p.SetRaw(o, "%SQLCODE", run.Int(int64(code)))
		p.SetRaw(o, "%Message", run.Text(message))
		return run.Ref(o), nil
	}
	params := st.prepared.Params()
	given := make([]value.Value, len(params))
	for i := range params {
		if i < len(args) && !args[i].Omitted {
			given[i] = parameter(args[i].Value.Value, params[i].Type, mode)
		}
	}
	if !st.prepared.IsQuery() {
		counts, err := st.prepared.Exec(p.Context(), [][]value.Value{given})
		if len(counts) > 0 {
			p.SetRaw(o, "%ROWCOUNT", run.Int(counts[0]))
			if counts[0] == 0 && (st.word == "UPDATE" || st.word == "DELETE") {
				p.SetRaw(o, "%SQLCODE", run.Int(100))
			}
		}
		if err != nil {
			return fail(err)
		}
		if s, err := session(p); err == nil && st.word == "INSERT" {
			p.SetRaw(o, "%ROWID", run.Plain(s.LastIdentity()))
		}
		return run.Ref(o), nil
	}
	cursor, err := st.prepared.Query(p.Context(), given)
	if err != nil {
		return fail(err)
	}
	rows(p, o, st.prepared.Columns(), cursor, mode)
	return run.Ref(o), nil
}

// parameter is a value as the engine wants it: dates and the like as texts, $CHAR(0) as the empty text.
func parameter(v value.Value, typ int, mode int64) value.Value {
	if v.Kind() == value.String && v.Raw() == "\x00" {
		return value.Text("")
	}
	if mode == 0 && !v.IsNull() {
		if _, ok := numeric(v); ok {
			return value.ODBC(v.Number(), typ)
		}
	}
	return v
}

// statementType is the number of the kind of statement (IRIS docs, "%SQL.StatementResult": %StatementType).
func statementType(word string) run.Value {
	types := map[string]int64{"SELECT": 1, "WITH": 1, "VALUES": 1, "INSERT": 2, "UPDATE": 3, "DELETE": 4, "COMMIT": 5, "ROLLBACK": 6, "CALL": 45}
	if n, ok := types[word]; ok {
		return run.Int(n)
	}
	return run.Value{}
}
