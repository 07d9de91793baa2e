package sqlrun

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// systemView is a read-only table of the system: INFORMATION_SCHEMA or the class dictionary (IRIS docs, class packages
// INFORMATION.SCHEMA and %Dictionary). Its rows are made from the definitions when it is read.
type systemView struct {
	def  *tableDef
	rows func(s *Session) systemRows
}

// systemRows are the rows of one reading: how many, and the value of a row's column.
type systemRows struct {
	count int
	at    func(row, column int) value.Value
}

// systemColumn is a column of a system view over records of type R; without get it is always NULL.
type systemColumn[R any] struct {
	name   string
	t      sqltype.Type
	c      sqltype.Collation
	hidden bool
	get    func(r R) value.Value
}

// The column types. Name columns compare without letter case; those of the class dictionary compare EXACT.
var (
	systemText = sqltype.Type{Kind: sqltype.VarChar, Length: 1048576}
	systemName = sqltype.Type{Kind: sqltype.VarChar, Length: 128}
	systemWord = sqltype.Type{Kind: sqltype.VarChar, Length: 30}
	systemInt  = sqltype.Type{Kind: sqltype.Integer}
	systemBit  = sqltype.Type{Kind: sqltype.Bit}
	systemList = sqltype.Type{Kind: sqltype.List}
	systemTime = sqltype.Type{Kind: sqltype.TimeStamp}
)

func nameColumn[R any](name string, get func(r R) string) systemColumn[R] {
	return systemColumn[R]{name: name, t: systemName, c: sqltype.Upper, get: textOf(get)}
}

func wordColumn[R any](name string, get func(r R) string) systemColumn[R] {
	return systemColumn[R]{name: name, t: systemWord, c: sqltype.Exact, get: textOf(get)}
}

func textColumn[R any](name string, get func(r R) string) systemColumn[R] {
	return systemColumn[R]{name: name, t: systemText, c: sqltype.Exact, get: textOf(get)}
}

func intColumn[R any](name string, get func(r R) value.Value) systemColumn[R] {
	return systemColumn[R]{name: name, t: systemInt, get: get}
}

func bitColumn[R any](name string, get func(r R) bool) systemColumn[R] {
	return systemColumn[R]{name: name, t: systemBit, get: func(r R) value.Value { return flagValue(get(r)) }}
}

// yesColumn shows YES or NO.
func yesColumn[R any](name string, get func(r R) bool) systemColumn[R] {
	return wordColumn(name, func(r R) string {
		if get(r) {
			return "YES"
		}
		return "NO"
	})
}

// nullColumns are columns that are always NULL.
func nullColumns[R any](names string) []systemColumn[R] {
	var list []systemColumn[R]
	for _, n := range strings.Fields(names) {
		list = append(list, systemColumn[R]{name: n, t: systemName, c: sqltype.Upper})
	}
	return list
}

// textOf shows "" as NULL.
func textOf[R any](get func(r R) string) func(r R) value.Value {
	return func(r R) value.Value { return textValue(get(r)) }
}

// columnsOf joins runs of columns.
func columnsOf[R any](runs ...[]systemColumn[R]) []systemColumn[R] {
	var list []systemColumn[R]
	for _, r := range runs {
		list = append(list, r...)
	}
	return list
}

// view makes a system view of records.
func view[R any](schema, name, class string, list func(s *Session) []R, columns []systemColumn[R]) *systemView {
	v := &systemView{def: &tableDef{Class: class, Schema: schema, Name: name, Owner: "_SYSTEM"}}
	for i, c := range columns {
		v.def.Columns = append(v.def.Columns, &columnDef{Name: c.name, Property: memberName(c.name), Type: c.t, Collation: c.c, Slot: i + 1, Hidden: c.hidden})
	}
	v.rows = func(s *Session) systemRows {
		records := list(s)
		return systemRows{len(records), func(row, column int) value.Value {
			if get := columns[column].get; get != nil {
				return get(records[row])
			}
			return value.NullValue()
		}}
	}
	return v
}

// table is the view as the checker sees it.
func (v *systemView) table() *bound.Table {
	t := &bound.Table{Schema: v.def.Schema, Name: v.def.Name, ClassName: v.def.Class, RowID: -1, ReadOnly: true, Object: v}
	for _, c := range v.def.Columns {
		t.Columns = append(t.Columns, bound.Column{Name: c.Name, Type: c.Type, Collation: c.Collation, Nullable: true, Hidden: c.Hidden})
	}
	return t
}

// systemScan reads a system view.
type systemScan struct {
	view  *systemView
	slots slotRange
}

func (o *systemScan) open(f *frame) (cursor, error) {
	return &systemCursor{o: o, f: f, rows: o.view.rows(f.session)}, nil
}

type systemCursor struct {
	o    *systemScan
	f    *frame
	rows systemRows
	at   int
}

func (c *systemCursor) next() (bool, error) {
	if c.at >= c.rows.count {
		return false, nil
	}
	for i := range c.o.view.def.Columns {
		c.f.slots[c.o.slots.from+i] = c.rows.at(c.at, i)
	}
	c.at++
	return true, c.f.check()
}

func (c *systemCursor) close() {}
