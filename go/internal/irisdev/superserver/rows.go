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
	start := len(c.out)
	c.out = append(c.out, st.pending...)
	n := truth(len(st.pending) > 0)
	st.pending = st.pending[:0]
	for {
		if st.left == 0 {
			return false, nil
		}
		end := len(c.out)
		ok := false
		if c.out, ok, err = c.nextRow(c.out, st); err != nil || !ok {
			return false, err
		}
		if st.left > 0 {
			st.left--
		}
		if n++; len(c.out)-start > bufferSize && end > start || st.perRead > 0 && n > st.perRead {
			st.pending = append(st.pending, c.out[end:]...)
			c.out = c.out[:end]
			return true, nil
		}
	}
}

// nextRow writes one row, its values behind each other, with fast select as one nested list; false is the end.
func (c *conn) nextRow(buf []byte, st *statement) (out []byte, ok bool, err error) {
	into := buf
	if c.fastSelect {
		into = c.inner[:0]
	}
	if st.stored != nil {
		into, ok, err = c.storedRow(into, st)
	} else {
		var row []value.Value
		row, err = st.cursor.Next()
		ok = row != nil
		for i := range row {
			into = c.rowValue(into, st, st.forms[i], &row[i])
		}
	}
	switch {
	case err != nil || !ok:
		return buf, false, err
	case c.fastSelect:
		c.inner = into
		return value.AppendItem(buf, value.ListOf(string(into))), true, nil
	}
	return into, true, nil
}

// storedRow is nextRow for rows as they are stored: what clients get in the same form is copied.
func (c *conn) storedRow(buf []byte, st *statement) (out []byte, ok bool, err error) {
	id, list, ok, err := st.stored.NextStored()
	if err != nil || !ok {
		return buf, false, err
	}
	if st.ends, err = value.ItemEnds(st.ends[:0], list); err != nil {
		return buf, false, err
	}
	places := st.stored.Places()
	for i := 0; i < len(places); i++ {
		v := value.Int(id)
		switch place := places[i]; {
		case place >= len(st.ends):
			v = value.NullValue()
		case place >= 0:
			from := 0
			if place > 0 {
				from = st.ends[place-1]
			}
			if n := st.copied(i, list, from); n > 0 {
				i += n - 1
				buf = append(buf, list[from:st.ends[places[i]]]...)
				continue
			}
			if v, err = value.ItemValue(list[from:st.ends[place]]); err != nil {
				return buf, false, err
			}
		}
		buf = c.rowValue(buf, st, st.forms[i], &v)
	}
	return buf, true, nil
}

// copied counts the columns from i on whose values lie side by side from there on and are copied as they are.
func (st *statement) copied(i int, list string, from int) int {
	places, n := st.stored.Places(), 0
	for place := places[i]; place < len(st.ends) && st.forms[i+n].copied.Has(list[from:st.ends[place]]); place++ {
		from = st.ends[place]
		if n++; i+n == len(places) || places[i+n] != place+1 {
			break
		}
	}
	return n
}

// columnForm is the way in which clients get the values of a column.
type columnForm struct {
	odbcType int
	how      int
	copied   value.ItemSet // the kinds of stored items that have this form
}

// The ways.
const (
	odbcForm    = iota // as ODBC mode has it
	textForm           // always a text
	doubleForm         // a double
	logicalForm        // the logical value of a date or a time
	streamForm         // a stream's handle
)

// formOf looks for the way of a type.
func (c *conn) formOf(odbcType int) columnForm {
	f := columnForm{odbcType: odbcType}
	switch {
	case odbcType == typeLongChar || odbcType == typeLongBinary:
		f.how = streamForm
	case c.wireType(odbcType) != odbcType:
		f.how = logicalForm
	case odbcType == typeVarchar, (odbcType == typeNumeric || odbcType == typeDecimal) && !c.srv.Variant.Likely(variant.NumericDecimal):
		f.how = textForm
	case odbcType == typeFloat || odbcType == typeReal || odbcType == typeDouble:
		f.how = doubleForm
	}
	switch _, moment := otherTypes[odbcType]; {
	case f.how == textForm || f.how == odbcForm && moment:
		f.copied = value.TextItems
	case f.how == odbcForm:
		f.copied = value.TextItems | value.NumberItems
	case f.how == doubleForm && !c.compact:
		f.copied = value.DoubleItems
	}
	return f
}

// setForms prepares the writing of a statement's rows.
func (c *conn) setForms(st *statement) {
	columns := st.prepared.Columns()
	if len(st.forms) == len(columns) {
		return
	}
	st.forms = make([]columnForm, len(columns))
	for i, col := range columns {
		st.forms[i] = c.formOf(col.Type)
	}
}

// rowValue writes one value in the form that clients expect for the column's type.
func (c *conn) rowValue(buf []byte, st *statement, f columnForm, in *value.Value) []byte {
	if f.how == odbcForm || in.Kind() == value.String && f.how == textForm {
		return value.AppendODBC(buf, in, f.odbcType)
	}
	v := *in
	if v.IsNull() {
		return value.AppendItem(buf, v)
	}
	if f.how == doubleForm && v.Kind() == value.Double {
		return c.appendDouble(buf, v)
	}
	switch f.how {
	case streamForm:
		v = c.streamValue(st, f.odbcType, v)
	case logicalForm:
		if logical, ok := value.Logical(v, f.odbcType); ok {
			v = logical
		}
	case textForm:
		if vec := v.Vec(); vec != nil && !c.srv.Variant.Likely(variant.VectorCanonical) {
			return value.AppendItem(buf, value.Text(vec.LooseText()))
		}
		v = value.ODBC(v, f.odbcType)
		if k := v.Kind(); k != value.String && (k != value.List || f.odbcType != typeVarchar) {
			v = value.Text(v.Text())
		}
	case doubleForm:
		return c.appendDouble(buf, value.ODBC(v, f.odbcType).Double())
	}
	return value.AppendItem(buf, v)
}

func (c *conn) appendDouble(buf []byte, v value.Value) []byte {
	if c.compact {
		return value.AppendCompact(buf, v)
	}
	return value.AppendItem(buf, v)
}
