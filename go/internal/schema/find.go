package schema

import (
	"context"
	"strings"

	"iris-pgwire/internal/iris"
)

const (
	askIndexName = `SELECT "TABLE_NAME","INDEX_NAME","COLUMN_NAME" FROM "INFORMATION_SCHEMA"."INDEXES"` +
		` WHERE "TABLE_SCHEMA" = ? AND "INDEX_NAME" = ? ORDER BY "TABLE_NAME","INDEX_NAME","ORDINAL_POSITION"`
	askTableIndexes = `SELECT "TABLE_NAME","INDEX_NAME","COLUMN_NAME" FROM "INFORMATION_SCHEMA"."INDEXES"` +
		` WHERE "TABLE_SCHEMA" = ? AND "TABLE_NAME" = ? ORDER BY "TABLE_NAME","INDEX_NAME","ORDINAL_POSITION"`
	askReferences = `SELECT DISTINCT "TABLE_SCHEMA","TABLE_NAME","CONSTRAINT_NAME" FROM "INFORMATION_SCHEMA"."KEY_COLUMN_USAGE"` +
		` WHERE "REFERENCED_TABLE_SCHEMA" = ? AND "REFERENCED_TABLE_NAME" = ?`
	askSchema = `SELECT "SCHEMA_NAME" FROM "INFORMATION_SCHEMA"."SCHEMATA" WHERE "SCHEMA_NAME" = ?`
)

var _ Finder = view{}

// FindIndex implements Finder.
func (v view) FindIndex(ctx context.Context, schema, name string) ([]Index, error) {
	return v.indexes(ctx, askIndexName, schema, name)
}

// TableIndexes implements Finder.
func (v view) TableIndexes(ctx context.Context, schema, table string) ([]Index, error) {
	return v.indexes(ctx, askTableIndexes, schema, table)
}

// indexes reads rows of one column each, those of an index together.
func (v view) indexes(ctx context.Context, question, schema, name string) ([]Index, error) {
	var out []Index
	err := v.find(ctx, question, func(row []iris.Value) {
		table, index, column := row[0].String(), row[1].String(), row[2].String()
		if n := len(out); n == 0 || out[n-1].Table != table || out[n-1].Name != index {
			out = append(out, Index{Table: table, Name: index})
		}
		last := &out[len(out)-1]
		last.Columns = append(last.Columns, column)
	}, schema, name)
	return out, err
}

// References implements Finder.
func (v view) References(ctx context.Context, schema, table string) ([]Reference, error) {
	var out []Reference
	err := v.find(ctx, askReferences, func(row []iris.Value) {
		out = append(out, Reference{row[0].String(), row[1].String(), row[2].String()})
	}, schema, table)
	return out, err
}

// HasSchema implements Finder.
func (v view) HasSchema(ctx context.Context, name string) (found bool, err error) {
	err = v.find(ctx, askSchema, func(row []iris.Value) {
		found = found || strings.EqualFold(row[0].String(), name)
	}, name)
	return found, err
}

func (v view) find(ctx context.Context, question string, each func([]iris.Value), args ...string) error {
	conn, err := v.connect(ctx)
	if err != nil {
		return err
	}
	return (&reader{conn: conn, namespace: v.name}).ask(ctx, question, each, args...)
}
