package superserver

import (
	"context"
	"strings"

	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// catalogue is what answers one of the JDBC driver's metadata messages (DatabaseMetaData): the columns of its result as the
// JDBC specification lists them, and its rows, which are made of INFORMATION_SCHEMA and %Dictionary.
type catalogue struct {
	// columns are names; one that ends in ! is an INTEGER, the others are VARCHAR.
	columns string
	// list gives the rows; nil: irisdev has nothing of the kind, so the result is empty.
	list func(q *catalogueCall) error
}

// catalogues are the messages that the driver was seen to send. Most take the name or pattern of a table before that of
// its schema.
var catalogues = map[code]catalogue{
	{'T', 'A'}: {tableColumns, (*catalogueCall).tables},
	{'C', 'O'}: {columnColumns, (*catalogueCall).tableColumns},
	{'S', 'C'}: {"TABLE_SCHEM TABLE_CATALOG", (*catalogueCall).schemas},
	{'T', 'T'}: {"TABLE_TYPE", (*catalogueCall).tableTypes},
	{'T', 'I'}: {typeColumns, (*catalogueCall).types},
	{'P', 'K'}: {"TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ! PK_NAME", (*catalogueCall).primaryKeys},
	{'I', 'K'}: {foreignKeyColumns, (*catalogueCall).importedKeys},
	{'E', 'K'}: {foreignKeyColumns, (*catalogueCall).exportedKeys},
	{'C', 'R'}: {foreignKeyColumns, (*catalogueCall).crossReference},
	{'I', 'I'}: {indexColumns, (*catalogueCall).indexes},
	{'B', 'R'}: {rowColumns, (*catalogueCall).bestRow},
	{'V', 'C'}: {rowColumns, (*catalogueCall).versions},
	// There are no catalogues besides schemas, no stored procedures, object types and privileges in irisdev.
	{'C', 'A'}: {"TABLE_CAT", nil},
	{'P', 'R'}: {"PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME RESERVED1 RESERVED2 RESERVED3 REMARKS PROCEDURE_TYPE! SPECIFIC_NAME", nil},
	{'P', 'C'}: {"PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME COLUMN_NAME COLUMN_TYPE! DATA_TYPE! TYPE_NAME PRECISION! LENGTH! SCALE! " +
		"RADIX! NULLABLE! REMARKS COLUMN_DEF SQL_DATA_TYPE! SQL_DATETIME_SUB! CHAR_OCTET_LENGTH! ORDINAL_POSITION! IS_NULLABLE SPECIFIC_NAME", nil},
	{'F', 'N'}: {"FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE! SPECIFIC_NAME", nil},
	{'F', 'C'}: {"FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME COLUMN_NAME COLUMN_TYPE! DATA_TYPE! TYPE_NAME PRECISION! LENGTH! SCALE! " +
		"RADIX! NULLABLE! REMARKS CHAR_OCTET_LENGTH! ORDINAL_POSITION! IS_NULLABLE SPECIFIC_NAME", nil},
	{'T', 'P'}: {"TABLE_CAT TABLE_SCHEM TABLE_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE", nil},
	{'C', 'P'}: {"TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE", nil},
	{'U', 'T'}: {"TYPE_CAT TYPE_SCHEM TYPE_NAME CLASS_NAME DATA_TYPE! REMARKS BASE_TYPE!", nil},
	{'S', 'Y'}: {"TYPE_CAT TYPE_SCHEM TYPE_NAME SUPERTYPE_CAT SUPERTYPE_SCHEM SUPERTYPE_NAME", nil},
	{'S', 'L'}: {"TABLE_CAT TABLE_SCHEM TABLE_NAME SUPERTABLE_NAME", nil},
	{'A', 'T'}: {"TYPE_CAT TYPE_SCHEM TYPE_NAME ATTR_NAME DATA_TYPE! ATTR_TYPE_NAME ATTR_SIZE! DECIMAL_DIGITS! NUM_PREC_RADIX! NULLABLE! " +
		"REMARKS ATTR_DEF SQL_DATA_TYPE! SQL_DATETIME_SUB! CHAR_OCTET_LENGTH! ORDINAL_POSITION! IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA " +
		"SCOPE_TABLE SOURCE_DATA_TYPE!", nil},
}

// catalogueCall is the making of one answer.
type catalogueCall struct {
	c    *conn
	ctx  context.Context
	args []string
	rows [][]value.Value
}

// catalogue answers a metadata message, 1, how many arguments, the arguments, with two replies: a number that the driver
// passes over and the columns; then all rows.
func (c *conn) catalogue(req request, k catalogue) error {
	return c.sql(req, func() error {
		b := &body{data: req.body}
		b.item()
		q := &catalogueCall{c: c, args: make([]string, b.count())}
		for i := range q.args {
			q.args[i] = b.text()
		}
		if b.err != nil {
			return b.err
		}
		if k.list != nil {
			err := c.once(req.id, 0, func(ctx context.Context) error {
				q.ctx = ctx
				return k.list(q)
			})
			if err != nil {
				return err
			}
		}
		columns := k.describe()
		c.reply(req, statusOK, func(buf []byte) []byte { return c.columns(appendInts(buf, 0), columns, false) })
		c.reply(req, statusEnd, func(buf []byte) []byte {
			for _, row := range q.rows {
				for _, v := range row {
					buf = value.AppendItem(buf, v)
				}
			}
			return buf
		})
		return nil
	})
}

func (k catalogue) describe() []Column {
	var list []Column
	for _, field := range strings.Fields(k.columns) {
		name, number := strings.CutSuffix(field, "!")
		c := Column{Name: name, Label: name, Type: typeVarchar, Precision: 128, Nullable: 1}
		if number {
			c.Type, c.Precision = typeInteger, 10
		}
		list = append(list, c)
	}
	return list
}

// arg is the i-th argument. The driver sends % for what the program left out.
func (q *catalogueCall) arg(i int) string {
	if i < len(q.args) {
		return q.args[i]
	}
	return "%"
}

// add appends a row of texts, numbers and values; nil and the empty text are NULL.
func (q *catalogueCall) add(row ...any) {
	out := make([]value.Value, len(row))
	for i, v := range row {
		switch v := v.(type) {
		case value.Value:
			out[i] = v
		case string:
			out[i] = name(v)
		case int:
			out[i] = value.Int(int64(v))
		}
	}
	q.rows = append(q.rows, out)
}

// query runs a statement and hands over each row. The row is good until the function returns.
func (q *catalogueCall) query(text string, each func(row []value.Value)) error {
	p, err := q.c.session.Prepare(q.ctx, text)
	if err != nil {
		return err
	}
	if !p.IsQuery() || len(p.Params()) > 0 {
		return sqlerr.New(-400, "no plain query: %s", text)
	}
	cursor, err := p.Query(q.ctx, nil)
	if err != nil {
		return err
	}
	defer cursor.Close()
	for {
		row, err := cursor.Next()
		if err != nil || row == nil {
			return err
		}
		each(row)
	}
}
