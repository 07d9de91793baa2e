package sqlrun

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// define runs a DDL statement. Its definitions are written outside of the transaction unless the profile says that
// ROLLBACK takes them back.
func (x *execution) define(st *bound.Statement) error {
	switch d := st.Other.(type) {
	case *irissql.CreateTable:
		return x.createTable(d, st.Query)
	case *irissql.AlterTable:
		return x.alterTable(d)
	case *irissql.DropTable:
		return x.dropTable(d)
	case *irissql.CreateIndex:
		return x.createIndex(d)
	case *irissql.DropIndex:
		return x.dropIndex(d)
	case *irissql.BuildIndex:
		return x.buildIndexes(d)
	case *irissql.CreateView:
		return x.createView(d, st.Query)
	case *irissql.DropView:
		return x.dropView(d)
	case *irissql.CreateSchema:
		return x.createSchema(d)
	case *irissql.DropSchema:
		return x.dropSchema(d)
	}
	return fatal("statement %T is not built", st.Other)
}

// schemaOf completes a name: DDL looks in the default schema only.
func schemaOf(n irissql.ObjectName) string {
	if n.Schema == "" {
		return defaultSchema
	}
	return n.Schema
}

// existingTable finds the table that DDL is about; -30 if it is missing, -300 for a system table.
func (x *execution) existingTable(n irissql.ObjectName) (*tableDef, error) {
	if isSystemSchema(schemaOf(n)) {
		return nil, sqlerr.New(-300, "DDL not allowed on table '%s.%s'", schemaOf(n), n.Name)
	}
	t := x.session.findTable(schemaOf(n), n.Name)
	if t == nil || t.IsView {
		return nil, x.noTable(n)
	}
	return t, nil
}

func (x *execution) noTable(n irissql.ObjectName) error {
	return sqlerr.New(-30, "Table '%s.%s' not found", strings.ToUpper(schemaOf(n)), strings.ToUpper(n.Name))
}

func (x *execution) dropTable(d *irissql.DropTable) error {
	if d.IfExists && x.session.findTable(schemaOf(d.Table), d.Table.Name) == nil {
		return nil
	}
	t, err := x.existingTable(d.Table)
	if err != nil {
		return err
	}
	release, err := x.lockTable(t)
	if err != nil {
		return err
	}
	defer release()
	for _, ref := range x.session.referencesTo(t) {
		if ref.table.Class == t.Class {
			continue
		}
		if !d.Cascade {
			return sqlerr.New(-320, "Table '%s' is referenced by Foreign Key Constraint '%s' of table '%s'", t.fullName(), ref.fk.Name, ref.table.fullName())
		}
		if err := x.withoutForeignKey(ref.table, ref.fk.Name); err != nil {
			return err
		}
	}
	x.deleteTable(t)
	if !d.KeepData {
		x.killData(t)
	}
	return nil
}

// killData removes everything that a table stored.
func (x *execution) killData(t *tableDef) {
	w := x.writer
	for _, g := range []string{t.dataGlobal(), t.indexGlobal(), t.vectorGlobal(), t.streamGlobal(), t.counterGlobal()} {
		w.Kill(g)
	}
}

// createView keeps the text of the query; it is parsed and checked again when the view is used.
func (x *execution) createView(d *irissql.CreateView, q *bound.Query) error {
	schema := schemaOf(d.View)
	old := x.session.findTable(schema, d.View.Name)
	switch {
	case isSystemSchema(schema):
		return sqlerr.New(-300, "DDL not allowed on '%s.%s'", schema, d.View.Name)
	case old != nil && d.IfNotExists:
		return nil
	case old != nil && (!old.IsView || !d.Alter && !d.OrReplace):
		return sqlerr.New(-201, "Table or view name '%s.%s' not unique", schema, d.View.Name)
	case old == nil && d.Alter:
		return x.noTable(d.View)
	case len(d.Columns) > 0 && len(d.Columns) != len(q.Columns):
		return sqlerr.New(-142, "View '%s' names %d columns, its query has %d", d.View.Name, len(d.Columns), len(q.Columns))
	}
	t := &tableDef{Class: className(schema, d.View.Name), Schema: schema, Name: d.View.Name, IsView: true, ViewText: d.Text,
		ViewCheck: d.CheckOption, Owner: x.User(), Created: x.stampText(), Modified: x.stampText()}
	for i, out := range q.Columns {
		name := out.Label
		if len(d.Columns) > 0 {
			name = d.Columns[i].Text
		}
		if t.column(name) != nil {
			return sqlerr.New(-97, "Column name '%s' given twice in view '%s'", name, d.View.Name)
		}
		t.Columns = append(t.Columns, &columnDef{Name: name, Property: memberName(name), Type: out.Type, Collation: out.Collation, Slot: i + 1, Required: !out.Nullable})
	}
	return x.saveTable(t, old)
}

// stampText is the instant of the statement as INFORMATION_SCHEMA shows it.
func (x *execution) stampText() string { return x.now.Format("2006-01-02 15:04:05") }

func (x *execution) dropView(d *irissql.DropView) error {
	t := x.session.findTable(schemaOf(d.View), d.View.Name)
	if t == nil || !t.IsView {
		if d.IfExists {
			return nil
		}
		return sqlerr.New(-30, "View '%s.%s' not found", strings.ToUpper(schemaOf(d.View)), strings.ToUpper(d.View.Name))
	}
	x.deleteTable(t)
	return nil
}

func (x *execution) createSchema(d *irissql.CreateSchema) error {
	if _, ok := x.session.proc.Get(nameGlobal, value.Text(strings.ToUpper(d.Name.Text))); ok || isSystemSchema(d.Name.Text) {
		if d.IfNotExists {
			return nil
		}
		return sqlerr.New(-476, "Schema '%s' exists", d.Name.Text)
	}
	return x.touchSchema(d.Name.Text)
}

func (x *execution) dropSchema(d *irissql.DropSchema) error {
	key := value.Text(strings.ToUpper(d.Name.Text))
	if _, ok := x.session.proc.Get(nameGlobal, key); !ok {
		if d.IfExists {
			return nil
		}
		return sqlerr.New(-473, "Schema '%s' not found", d.Name.Text)
	}
	var views, tables []*tableDef
	for _, t := range x.session.tables() {
		if !strings.EqualFold(t.Schema, d.Name.Text) {
			continue
		}
		if t.IsView {
			views = append(views, t)
		} else {
			tables = append(tables, t)
		}
	}
	if len(views)+len(tables) > 0 && !d.Cascade {
		return sqlerr.New(-475, "Schema '%s' is not empty", d.Name.Text)
	}
	for _, t := range views {
		x.deleteTable(t)
	}
	for _, t := range tables {
		n := irissql.ObjectName{Schema: t.Schema, Name: t.Name}
		if err := x.dropTable(&irissql.DropTable{Table: n, Cascade: true}); err != nil {
			return err
		}
	}
	x.writer.Kill(nameGlobal, key)
	return nil
}
