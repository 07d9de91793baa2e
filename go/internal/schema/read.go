package schema

import (
	"context"
	"errors"
	"io"

	"iris-pgwire/internal/iris"
)

var errUnfinished = errors.New("loading a table did not finish")

// The questions. Texts are constant and names are parameters, so that IRIS compiles each once; name columns of
// INFORMATION_SCHEMA compare without case (IRIS docs, class package INFORMATION.SCHEMA).
const (
	askTable = `SELECT "TABLE_SCHEMA","TABLE_NAME","TABLE_TYPE","CLASSNAME" FROM "INFORMATION_SCHEMA"."TABLES"` +
		` WHERE "TABLE_SCHEMA" = ? AND "TABLE_NAME" = ?`
	askColumns = `SELECT "COLUMN_NAME","DATA_TYPE","CHARACTER_MAXIMUM_LENGTH","NUMERIC_PRECISION","NUMERIC_SCALE",` +
		`"IS_NULLABLE","COLUMN_DEFAULT","IS_IDENTITY","AUTO_INCREMENT","PRIMARY_KEY","DESCRIPTION","ORDINAL_POSITION"` +
		` FROM "INFORMATION_SCHEMA"."COLUMNS" WHERE "TABLE_SCHEMA" = ? AND "TABLE_NAME" = ? ORDER BY "ORDINAL_POSITION"`
	askKeys = `SELECT "CONSTRAINT_NAME","CONSTRAINT_TYPE","COLUMN_NAME","REFERENCED_TABLE_SCHEMA","REFERENCED_TABLE_NAME",` +
		`"REFERENCED_COLUMN_NAME","ORDINAL_POSITION" FROM "INFORMATION_SCHEMA"."KEY_COLUMN_USAGE"` +
		` WHERE "TABLE_SCHEMA" = ? AND "TABLE_NAME" = ? ORDER BY "CONSTRAINT_NAME","ORDINAL_POSITION"`
	askIndexes = `SELECT "INDEX_NAME","COLUMN_NAME","PRIMARY_KEY","ORDINAL_POSITION" FROM "INFORMATION_SCHEMA"."INDEXES"` +
		` WHERE "TABLE_SCHEMA" = ? AND "TABLE_NAME" = ? AND "NON_UNIQUE" = 0 ORDER BY "INDEX_NAME","ORDINAL_POSITION"`
	// Parameters come as a list of (name, value) lists, or in ODBC mode as their text: NAME,value,NAME,value.
	askProperties = `SELECT "SqlFieldName","Name","Type","Parameters" FROM "%Dictionary"."CompiledProperty" WHERE "parent" = ?`
)

// reader asks one connection about one table.
type reader struct {
	conn      iris.Conn
	namespace string
}

// table reads a table or view; nil when there is none that the user may see.
func (r *reader) table(ctx context.Context, schema, name string) (*Table, error) {
	var t *Table
	class := ""
	err := r.ask(ctx, askTable, func(row []iris.Value) {
		t = &Table{Schema: row[0].String(), Name: row[1].String()}
		kind := row[2].String()
		t.View = kind == "VIEW" || kind == "SYSTEM VIEW"
		class = row[3].String()
	}, schema, name)
	if err != nil || t == nil {
		return nil, err
	}
	t.OID = OID(r.namespace, "table", t.Schema, t.Name)
	properties, err := r.properties(ctx, class)
	if err != nil {
		return nil, err
	}
	if err := r.columns(ctx, t, properties); err != nil {
		return nil, err
	}
	if t.View {
		return t, nil
	}
	return t, r.keys(ctx, t)
}

// ask runs a query and gives each row; the row's values live until the next.
func (r *reader) ask(ctx context.Context, sql string, each func(row []iris.Value), args ...string) error {
	st, err := r.conn.Prepare(ctx, sql)
	if err != nil {
		return err
	}
	values := make([]iris.Value, len(args))
	for i, a := range args {
		values[i] = iris.Text(a)
	}
	rows, err := r.conn.Query(ctx, st, values)
	if err != nil {
		return err
	}
	for {
		row, err := rows.Next(ctx)
		if err == io.EOF {
			return rows.Close(ctx)
		}
		if err != nil {
			return errors.Join(err, rows.Close(ctx))
		}
		each(row)
	}
}
