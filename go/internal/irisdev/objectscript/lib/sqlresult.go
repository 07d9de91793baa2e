package lib

import (
	"errors"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

// rows gives a result the rows of a cursor.
func rows(p *run.Process, o *run.Object, columns []superserver.Column, cursor superserver.Cursor, mode int64) {
	r := &result{close: cursor.Close, columns: map[string]int{}}
	for i, col := range columns {
		name := col.Label
		if name == "" {
			name = col.Name
		}
		r.column(i, name)
		r.types = append(r.types, col.Type)
	}
	r.next = func() ([]run.Value, error) {
		row, err := cursor.Next()
		if err != nil || row == nil {
			return nil, err
		}
		out := make([]run.Value, len(row))
		for i, v := range row {
			if mode != 0 && i < len(r.types) {
				v = value.ODBC(v, r.types[i])
			}
			if v.Kind() == value.String && v.Raw() == "" {
				v = value.Text("\x00")
			}
			out[i] = run.Plain(v)
		}
		return out, nil
	}
	o.Native = r
	p.SetRaw(o, "%ResultColumnCount", run.Int(int64(len(columns))))
}

func (r *result) column(i int, name string) {
	r.names = append(r.names, name)
	if _, ok := r.columns[strings.ToUpper(name)]; !ok {
		r.columns[strings.ToUpper(name)] = i
	}
}

// executeQuery opens a class query that methods give the rows of: Execute, Fetch and Close behind its name.
func executeQuery(p *run.Process, cls *class.Class, name string, args []run.Actual) (run.Value, error) {
	o, err := newObject(p, "%SQL.StatementResult", nil)
	if err != nil {
		return run.Value{}, err
	}
	p.Retain(run.Ref(o))
	defer p.Release(run.Ref(o))
	handle := &run.Var{}
	sc, err := p.CallClass(cls, name+"Execute", append([]run.Actual{{Var: handle, Omitted: true}}, args...), true)
	if err != nil {
		return run.Value{}, err
	}
	if !sc.Truth() {
		p.SetRaw(o, "%SQLCODE", run.Int(-400))
		p.SetRaw(o, "%Message", run.Text(statusText(sc)))
		return run.Ref(o), nil
	}
	r := &result{columns: map[string]int{}}
	for i, one := range strings.Split(cls.Queries[name].TypeParams["ROWSPEC"], ",") {
		col, _, _ := strings.Cut(one, ":")
		r.column(i, strings.TrimSpace(col))
	}
	r.next = func() ([]run.Value, error) {
		row, end := &run.Var{}, &run.Var{}
		sc, err := p.CallClass(cls, name+"Fetch", []run.Actual{{Value: handle.Value, Var: handle}, {Var: row, Omitted: true}, {Var: end, Omitted: true}}, true)
		if err != nil {
			return nil, err
		}
		if !sc.Truth() {
			return nil, errors.New(statusText(sc))
		}
		if end.Value.Truth() && row.Value.IsEmpty() {
			return nil, nil
		}
		items, err := value.ListItems(asList(row.Value.Value))
		if err != nil {
			return nil, err
		}
		out := make([]run.Value, max(len(items), len(r.names)))
		for i, it := range items {
			out[i] = run.Plain(it)
		}
		return out, nil
	}
	r.close = func() {
		if cls.Methods[name+"Close"] != nil {
			// What Close answers interests nobody: the rows are read.
			_, _ = p.CallClass(cls, name+"Close", []run.Actual{{Value: handle.Value, Var: handle}}, true)
		}
	}
	o.Native = r
	p.SetRaw(o, "%ResultColumnCount", run.Int(int64(len(r.names))))
	return run.Ref(o), nil
}

// asList looks at a text as the bytes of a list.
func asList(v value.Value) value.Value {
	if v.Kind() == value.String {
		if b, ok := bytesOf(v.Raw()); ok {
			return value.ListOf(string(b))
		}
	}
	return v
}

// queryFunc is NameFunc of a class query.
func queryFunc(p *run.Process, c *run.Call) (run.Value, error) {
	if c.Method.Query == nil {
		return run.Value{}, fault.New("METHOD DOES NOT EXIST", "*Func,"+c.Class.Name)
	}
	o, err := newObject(p, "%SQL.Statement", nil)
	if err != nil {
		return run.Value{}, err
	}
	call := *c
	call.Self, call.Args = o, []run.Actual{run.Arg(run.Text(c.Class.Name)), run.Arg(run.Text(c.Method.Query.Name))}
	p.Retain(run.Ref(o))
	defer p.Release(run.Ref(o))
	if sc, err := sqlPrepareQuery(p, &call); err != nil || !sc.Truth() {
		p.Assign(p.Public("%objlasterror"), sc)
		return run.Value{}, err
	}
	call.Args = c.Args
	return sqlExecute(p, &call)
}

func sqlNext(p *run.Process, c *run.Call) (run.Value, error) {
	set(p, c, 0, good)
	r, ok := c.Self.Native.(*result)
	if !ok || r.ended {
		return run.Int(0), nil
	}
	row, err := r.next()
	if err != nil {
		var th *run.Thrown
		if errors.As(err, &th) || run.IsEnd(err) {
			return run.Value{}, err
		}
		code, message := sqlCode(err)
		p.SetRaw(c.Self, "%SQLCODE", run.Int(int64(code)))
		p.SetRaw(c.Self, "%Message", run.Text(message))
		set(p, c, 0, Status(5540, value.Int(int64(code)).Text(), message))
		r.ended, r.row = true, nil
		return run.Int(0), nil
	}
	if row == nil {
		r.ended, r.row = true, nil
		p.SetRaw(c.Self, "%SQLCODE", run.Int(100))
		r.shut()
		return run.Int(0), nil
	}
	r.row = row
	n, _ := p.GetRaw(c.Self, "%ROWCOUNT").Integer()
	p.SetRaw(c.Self, "%ROWCOUNT", run.Int(n+1))
	return run.Int(1), nil
}

func (r *result) shut() {
	if r.close != nil {
		r.close()
		r.close = nil
	}
}

func (r *result) at(i int) run.Value {
	if i < 0 || i >= len(r.row) {
		return run.Value{}
	}
	return r.row[i]
}

// sqlGet gives a column by its name, in any letter case.
func sqlGet(_ *run.Process, c *run.Call) (run.Value, error) {
	r, ok := c.Self.Native.(*result)
	if ok {
		if i, found := r.columns[strings.ToUpper(c.Text(0))]; found {
			return r.at(i), nil
		}
	}
	return run.Value{}, fault.New("PROPERTY DOES NOT EXIST", "*"+c.Text(0)+","+c.Self.Class.Name)
}

func sqlGetData(_ *run.Process, c *run.Call) (run.Value, error) {
	r, ok := c.Self.Native.(*result)
	if !ok {
		return run.Value{}, nil
	}
	return r.at(number(c, 0) - 1), nil
}

func sqlColumnName(_ *run.Process, c *run.Call) (run.Value, error) {
	r, ok := c.Self.Native.(*result)
	if n := number(c, 0); ok && n >= 1 && n <= len(r.names) {
		return run.Text(r.names[n-1]), nil
	}
	return run.Value{}, nil
}

func sqlClose(_ *run.Process, c *run.Call) (run.Value, error) {
	if r, ok := c.Self.Native.(*result); ok {
		r.shut()
	}
	return good, nil
}
