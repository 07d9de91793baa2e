package sqlrun

import (
	"encoding/json"

	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlfunc"
	"iris-pgwire/internal/irisdev/value"
)

// jsonTable reads JSON_TABLE: one row for each element of the array at the path, or for the one value there (IRIS docs,
// "JSON_TABLE"). NULL has no rows.
type jsonTable struct {
	x       evaluator
	path    sqlfunc.JSONPath
	columns []jsonField
	slots   slotRange
	err     error // of a path
}

type jsonField struct {
	path       sqlfunc.JSONPath
	t          sqltype.Type
	ordinality bool
}

// jsonScan compiles a JSON_TABLE source. A path that is none fails when the statement runs.
func (p *joinPlanner) jsonScan(src *bound.JSONTable, slots slotRange) operator {
	o := &jsonTable{x: p.c.expr(src.X), slots: slots}
	o.path, o.err = sqlfunc.ParseJSONPath(src.Path)
	for _, c := range src.Columns {
		field := jsonField{t: c.Type, ordinality: c.Ordinality}
		if !c.Ordinality && o.err == nil {
			field.path, o.err = sqlfunc.ParseJSONPath(c.Path)
		}
		o.columns = append(o.columns, field)
	}
	return o
}

func (o *jsonTable) open(f *frame) (cursor, error) {
	if o.err != nil {
		return nil, o.err
	}
	v, err := o.x(f)
	if err != nil {
		return nil, err
	}
	c := &jsonCursor{o: o, f: f}
	if !v.IsNull() {
		c.items, err = sqlfunc.JSONRows(v, o.path)
	}
	return c, err
}

type jsonCursor struct {
	o     *jsonTable
	f     *frame
	items []json.RawMessage
	at    int
}

func (c *jsonCursor) next() (bool, error) {
	if c.at >= len(c.items) {
		return false, nil
	}
	item := c.items[c.at]
	c.at++
	for i, field := range c.o.columns {
		v := value.Int(int64(c.at))
		if !field.ordinality {
			var err error
			if v, err = sqlfunc.JSONValue(field.path.Find(item), field.t); err != nil {
				return false, err
			}
		}
		c.f.slots[c.o.slots.from+i] = v
	}
	c.f.slots[c.o.slots.to-1] = value.Int(int64(c.at))
	return true, c.f.check()
}

func (c *jsonCursor) close() {}
