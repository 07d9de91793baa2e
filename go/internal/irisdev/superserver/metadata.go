package superserver

import (
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// prepareReply is the reply to PP. Once fast select was granted, it says of updates as well which form they have: plain.
// (The JDBC driver reads that item of PP's reply, not of DU's.)
func (c *conn) prepareReply(buf []byte, p Prepared) []byte {
	if c.features && !p.IsQuery() {
		buf = appendInts(buf, 0)
	}
	return c.metadata(buf, p)
}

// metadata writes the first reply to DQ and the beginning of DU's: for a query the columns, always the parameters, and
// whether the statement id may be used again.
func (c *conn) metadata(buf []byte, p Prepared) []byte {
	if p.IsQuery() {
		columns := p.Columns()
		switch {
		case c.fastSelect:
			buf = appendInts(buf, featureFast, len(columns))
		case c.features:
			buf = appendInts(buf, 0)
		}
		buf = c.columns(buf, columns, c.fastSelect)
	}
	params := p.Params()
	buf = appendInts(buf, len(params))
	for _, q := range params {
		buf = appendInts(buf, c.paramType(q.Type), q.Precision, q.Scale, q.Nullable)
	}
	return appendInts(buf, truth(p.Cached()))
}

// columns writes the description of columns: ten fields each, with fast select the slot as well.
func (c *conn) columns(buf []byte, columns []Column, slots bool) []byte {
	buf = appendInts(buf, len(columns))
	for i, col := range columns {
		buf = value.AppendItem(buf, name(col.Name))
		buf = appendInts(buf, c.wireType(col.Type), col.Precision, col.Scale, col.Nullable)
		for _, s := range []string{col.Label, col.Table, col.Schema} {
			buf = value.AppendItem(buf, name(s))
		}
		buf = appendInts(buf, 0) // catalogue: none
		buf = value.AppendItem(buf, value.ListOf(col.Flags.bytes()))
		if slots {
			buf = appendInts(buf, i+1)
		}
	}
	return buf
}

// name is a text of the metadata, where nothing is the empty item and not SQL's empty string.
func name(s string) value.Value {
	if s == "" {
		return value.NullValue()
	}
	return value.Text(s)
}

// bytes gives the twelve flags of the wire.
func (f ColumnFlags) bytes() string {
	out := make([]byte, 0, 12)
	for _, on := range []bool{f.AutoIncrement, f.CaseSensitive, f.Currency, f.ReadOnly, f.RowVersion, f.Unique, f.Aliased,
		f.Expression, f.Hidden, f.Identity, f.Key, f.RowID} {
		out = append(out, byte(truth(on)))
	}
	return string(out)
}

// otherTypes are the type numbers of the variants that send encoded numbers instead of texts.
var otherTypes = map[int]struct {
	question variant.Name
	number   int
}{
	value.TypeDate: {variant.DateText, value.TypeDayNumber}, value.TypeDate91: {variant.DateText, value.TypeDayNumber},
	value.TypeTime: {variant.TimeText, value.TypeSeconds}, value.TypeTime92: {variant.TimeText, value.TypeSeconds},
	value.TypeTimestamp: {variant.TimestampText, value.TypePosix},
	value.TypeStamp93:   {variant.TimestampText, value.TypePosix},
}

// wireType is the type number that clients are told.
func (c *conn) wireType(t int) int {
	if o, ok := otherTypes[t]; ok && !c.srv.Variant.Likely(o.question) {
		return o.number
	}
	return t
}

// paramType is the type number that clients are told of a parameter.
func (c *conn) paramType(t int) int {
	if t != typeLongChar && t != typeLongBinary && !c.srv.Variant.Likely(variant.ParameterTypes) {
		return typeVarchar
	}
	return c.wireType(t)
}

func appendInts(buf []byte, numbers ...int) []byte {
	for _, n := range numbers {
		buf = value.AppendItem(buf, value.Int(int64(n)))
	}
	return buf
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}
