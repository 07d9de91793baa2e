package superserver

import (
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// bufferSize is where a buffer of rows ends; a row is never cut.
const bufferSize = 48 << 10

// ODBC type numbers whose values have a form of their own on the wire.
const (
	typeNumeric = 2
	typeDecimal = 3
	typeInteger = 4
	typeFloat   = 6
	typeReal    = 7
	typeDouble  = 8
	typeVarchar = 12
)

// limitRows applies the client's "max rows".
func (c *conn) limitRows(st *statement, most int) {
	st.left, st.perRead = -1, 0
	switch {
	case most <= 0:
	case c.srv.Variant.Likely(variant.MaxRowsWhole):
		st.left = most
	default:
		st.perRead = most
	}
}

// sendRows answers with the next buffer: status 100 with the last rows, 0 when there are more.
func (c *conn) sendRows(req request, st *statement) error {
	from := len(c.out)
	c.out = beginReply(c.out, req, statusEnd)
	if st.cursor == nil {
		endReply(c.out, from)
		return nil
	}
	var more bool
	err := c.during(st.work, st.id, func() (err error) {
		more, err = c.fillBuffer(st)
		return err
	})
	if err != nil {
		st.closeCursor(c)
		return err
	}
	rows := len(c.out) > from+headSize
	if !more {
		st.closeCursor(c)
		more = rows && !c.srv.Variant.Likely(variant.LastBufferStatus)
	}
	if more {
		c.out[from+12], c.out[from+13] = statusOK, 0
	}
	endReply(c.out, from)
	return nil
}

// fillBuffer appends rows until the buffer is full; false when the cursor is at its end.
func (c *conn) fillBuffer(st *statement) (more bool, err error) {
	start, columns := len(c.out), st.prepared.Columns()
	c.out = append(c.out, st.pending...)
	n := truth(len(st.pending) > 0)
	st.pending = st.pending[:0]
	for {
		if st.left == 0 {
			return false, nil
		}
		row, err := st.cursor.Next()
		if err != nil || row == nil {
			return false, err
		}
		if st.left > 0 {
			st.left--
		}
		end := len(c.out)
		c.out = c.row(c.out, st, columns, row)
		if n++; len(c.out)-start > bufferSize && end > start || st.perRead > 0 && n > st.perRead {
			st.pending = append(st.pending, c.out[end:]...)
			c.out = c.out[:end]
			return true, nil
		}
	}
}

// row writes one row: its values behind each other, with fast select as one nested list.
func (c *conn) row(buf []byte, st *statement, columns []Column, row []value.Value) []byte {
	if c.fastSelect {
		var inner []byte
		for i, v := range row {
			inner = c.rowValue(inner, st, columns[i].Type, v)
		}
		return value.AppendItem(buf, value.ListOf(string(inner)))
	}
	for i, v := range row {
		buf = c.rowValue(buf, st, columns[i].Type, v)
	}
	return buf
}

// rowValue writes one value of a row: of a stream its handle.
func (c *conn) rowValue(buf []byte, st *statement, odbcType int, v value.Value) []byte {
	if (odbcType == typeLongChar || odbcType == typeLongBinary) && !v.IsNull() {
		return value.AppendItem(buf, c.streamValue(st, odbcType, v))
	}
	return c.wireValue(buf, odbcType, v)
}

// wireValue writes one value in ODBC mode, in the form that clients expect for the column's type.
func (c *conn) wireValue(buf []byte, odbcType int, v value.Value) []byte {
	if v.IsNull() {
		return value.AppendItem(buf, v)
	}
	if t := c.wireType(odbcType); t != odbcType {
		if logical, ok := value.Logical(v, odbcType); ok {
			v = logical
		}
		return value.AppendItem(buf, v)
	}
	v = value.ODBC(v, odbcType)
	switch odbcType {
	case typeVarchar:
		if v.Kind() != value.String && v.Kind() != value.List {
			v = value.Text(v.Text())
		}
	case typeNumeric, typeDecimal:
		if !c.srv.Variant.Likely(variant.NumericDecimal) {
			v = value.Text(v.Text())
		}
	case typeFloat, typeReal, typeDouble:
		v = v.Double()
		if c.compact {
			return value.AppendCompact(buf, v)
		}
	}
	return value.AppendItem(buf, v)
}
