package sqlrun

import (
	"fmt"
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// maxColumns is the limit of columns of a table (IRIS docs, "CREATE TABLE").
const maxColumns = 1000

func (x *execution) createTable(d *irissql.CreateTable, q *bound.Query) error {
	schema := schemaOf(d.Table)
	switch {
	case isSystemSchema(schema):
		return sqlerr.New(-300, "DDL not allowed in schema '%s'", schema)
	case x.session.findTable(schema, d.Table.Name) != nil:
		if d.IfNotExists {
			return nil
		}
		return sqlerr.New(-201, "Table or view name '%s.%s' not unique", schema, d.Table.Name)
	case d.Temporary:
		return fatal("CREATE GLOBAL TEMPORARY TABLE is not built in the development IRIS")
	case strings.EqualFold(d.Storage, "COLUMNAR"):
		return fatal("STORAGETYPE = COLUMNAR is not built in the development IRIS")
	}
	class, err := x.newClass(schema, d.Table.Name)
	if err != nil {
		return err
	}
	t := &tableDef{Class: class, Schema: x.schemaSpelling(schema), Name: d.Table.Name, Parameters: map[string]string{}, Description: d.Description,
		PublicRowID: d.PublicRowID, Owner: x.User(), NextSlot: 1, Created: x.stampText(), Modified: x.stampText()}
	for _, p := range d.Parameters {
		t.Parameters[p.Name] = p.Value
	}
	if err := x.defineColumns(t, d, q); err != nil {
		return err
	}
	x.killData(t)
	if err := x.saveTable(t, nil); err != nil {
		return err
	}
	if q == nil {
		return nil
	}
	return x.fillFrom(t, q)
}

// defineColumns turns column definitions and constraints into the definition.
func (x *execution) defineColumns(t *tableDef, d *irissql.CreateTable, q *bound.Query) error {
	if q != nil {
		for _, out := range q.Columns {
			if err := t.addColumn(&columnDef{Name: out.Label, Type: out.Type, Collation: out.Collation}); err != nil {
				return err
			}
		}
	}
	for i := range d.Columns {
		if err := x.addDefinedColumn(t, &d.Columns[i]); err != nil {
			return err
		}
	}
	if len(t.Columns) > maxColumns {
		return fatal("table '%s' has more than %d columns", t.fullName(), maxColumns)
	}
	t.completeRowID()
	for i := range d.Columns {
		if err := x.columnConstraints(t, &d.Columns[i]); err != nil {
			return err
		}
	}
	for i := range d.Constraints {
		if err := x.addConstraint(t, &d.Constraints[i]); err != nil {
			return err
		}
	}
	return nil
}

// newClass makes the class name; one that no class can have is ERROR #5053, one that another table has gets a number.
func (x *execution) newClass(schema, name string) (string, error) {
	member := memberName(name)
	if member == "" || member[0] >= '0' && member[0] <= '9' {
		return "", fatal("ERROR #5053: Class name '%s.%s' is invalid", schema, member)
	}
	class := className(schema, name)
	for n := 1; ; n++ {
		if _, taken := x.session.proc.Get(classGlobal, value.Text(class)); !taken {
			return class, nil
		}
		class = fmt.Sprintf("%s%d", className(schema, name), n)
	}
}

// schemaSpelling gives the spelling that a schema got when it was made.
func (x *execution) schemaSpelling(schema string) string {
	if v, ok := x.session.proc.Get(nameGlobal, value.Text(strings.ToUpper(schema))); ok {
		return v.Text()
	}
	if strings.EqualFold(schema, defaultSchema) {
		return defaultSchema
	}
	return schema
}

// addColumn appends a column in the next slot; -306 if the name is taken.
func (t *tableDef) addColumn(c *columnDef) error {
	for _, other := range t.Columns {
		if strings.EqualFold(other.Name, c.Name) {
			return sqlerr.New(-306, "Column '%s' already exists in table '%s'", c.Name, t.fullName())
		}
	}
	c.Property = t.freeProperty(memberName(c.Name))
	if c.Counter != identityCounter {
		c.Slot = t.NextSlot
		t.NextSlot++
	}
	t.Columns = append(t.Columns, c)
	return nil
}

// freeProperty gives a property name that no other column has: names that differ only in punctuation get a number.
func (t *tableDef) freeProperty(name string) string {
	candidate := name
	for n := 1; ; n++ {
		taken := false
		for _, c := range t.Columns {
			taken = taken || strings.EqualFold(c.Property, candidate)
		}
		if !taken {
			return candidate
		}
		candidate = fmt.Sprintf("%s%d", name, n)
	}
}

// completeRowID gives the table its RowID: the IDENTITY column, or a hidden ID, ID1, ID2 …
func (t *tableDef) completeRowID() {
	for _, c := range t.Columns {
		if c.Counter == identityCounter {
			t.RowID = c
			return
		}
	}
	name := "ID"
	for n := 1; t.column(name) != nil; n++ {
		name = fmt.Sprintf("ID%d", n)
	}
	t.RowID = &columnDef{Name: name, Property: "%ID", Type: sqltype.Type{Kind: sqltype.BigInt}, Hidden: true, Required: true}
}

// addDefinedColumn adds a column without its keys, which may refer to columns behind it.
func (x *execution) addDefinedColumn(t *tableDef, d *irissql.ColumnDef) error {
	typ, ok := sqltype.ForColumn(d.Type.Spelling)
	if !ok {
		return sqlerr.New(-400, "ERROR #5001: Class not found for data type '%s' of field '%s'", d.Type.Spelling.Name, d.Name.Text)
	}
	if d.ComputeCode != "" {
		return fatal("COMPUTECODE of field '%s' is not built in the development IRIS", d.Name.Text)
	}
	c := &columnDef{Name: d.Name.Text, Type: typ, Required: d.NotNull || d.PrimaryKey, Default: d.Default.Text, OnUpdate: d.OnUpdate.Text, Description: d.Description}
	if err := setCollation(c, d.Collation); err != nil {
		return err
	}
	switch {
	case d.Identity:
		if t.hasCounter(identityCounter) {
			return sqlerr.New(-308, "Identity column already defined for table '%s'", t.fullName())
		}
		c.Counter, c.Required = identityCounter, true
		if !typ.IsInteger() {
			c.Type = sqltype.Type{Kind: sqltype.BigInt}
		}
	case d.AutoIncrement:
		c.Counter = autoIncrement
	case typ.Class == "%Library.Counter":
		c.Counter = serialCounter
	case typ.Class == "%Library.RowVersion":
		c.Counter = rowVersion
	}
	return t.addColumn(c)
}

func (t *tableDef) hasCounter(k counterKind) bool {
	for _, c := range t.Columns {
		if c.Counter == k {
			return true
		}
	}
	return false
}

// setCollation gives a column its collation: the declared one, SQLUPPER for other strings, none for numbers.
func setCollation(c *columnDef, declared string) error {
	c.Collation = sqltype.NoCollation
	if c.Type.Kind == sqltype.VarChar {
		c.Collation = sqltype.SQLUpper
	}
	switch c.Type.Kind {
	case sqltype.GUID, sqltype.VarBinary, sqltype.TimeStamp:
		c.Collation = sqltype.Exact
	}
	if declared == "" {
		return nil
	}
	collation, ok := sqltype.CollationByName(strings.ToUpper(declared))
	if !ok {
		return sqlerr.New(-400, "ERROR #5001: Collation '%s' of field '%s' does not exist", declared, c.Name)
	}
	c.Collation = collation
	return nil
}

// columnConstraints adds the keys that a column definition names.
func (x *execution) columnConstraints(t *tableDef, d *irissql.ColumnDef) error {
	cols := []irissql.Name{d.Name}
	if d.PrimaryKey {
		if err := x.addConstraint(t, &irissql.Constraint{Name: d.PrimaryNamed, Kind: irissql.PrimaryKeyConstraint, Columns: cols}); err != nil {
			return err
		}
	}
	if d.Unique {
		if err := x.addConstraint(t, &irissql.Constraint{Name: d.UniqueName, Kind: irissql.UniqueConstraint, Columns: cols}); err != nil {
			return err
		}
	}
	if d.References != nil {
		return x.addConstraint(t, &irissql.Constraint{Kind: irissql.ForeignKeyConstraint, Columns: cols, References: d.References})
	}
	return nil
}

// fillFrom is the second half of CREATE TABLE AS.
func (x *execution) fillFrom(t *tableDef, q *bound.Query) error {
	c := newCompiler(x.session.db)
	p := &insertPlan{t: t, query: c.query(q), columns: t.Columns, listed: map[*columnDef]bool{}}
	_, err := p.run(x)
	return err
}
