package sqlrun

import (
	"fmt"
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/sqlerr"
)

// addConstraint adds a UNIQUE, PRIMARY KEY or FOREIGN KEY constraint to a definition that is being made.
func (x *execution) addConstraint(t *tableDef, c *irissql.Constraint) error {
	names, err := t.columnNames(c.Columns)
	if err != nil {
		return err
	}
	switch c.Kind {
	case irissql.PrimaryKeyConstraint:
		if t.primaryKey() != nil {
			return sqlerr.New(-307, "Primary key already defined for table '%s'", t.fullName())
		}
		for i, n := range names {
			t.require(t.column(n))
			names[i] = n
		}
		return t.addKey(&indexDef{Name: t.constraintName(c.Name, "PKEY"), Columns: names, Unique: true, Primary: true})
	case irissql.UniqueConstraint:
		return t.addKey(&indexDef{Name: t.constraintName(c.Name, "UNIQUE"), Columns: names, Unique: true})
	}
	return x.addForeignKey(t, c, names)
}

// require makes a column NOT NULL; the definition gets a copy of the column, as others may still read the old one.
func (t *tableDef) require(c *columnDef) {
	if c.Required {
		return
	}
	now := *c
	now.Required = true
	t.replaceColumn(c, &now)
}

func (t *tableDef) replaceColumn(old, now *columnDef) {
	for i, c := range t.Columns {
		if c == old {
			t.Columns[i] = now
		}
	}
	if t.RowID == old {
		t.RowID = now
	}
}

// columnNames gives the columns' own spelling; -29 for one that is missing.
func (t *tableDef) columnNames(list []irissql.Name) ([]string, error) {
	var names []string
	for _, n := range list {
		c := t.column(n.Text)
		if c == nil {
			return nil, sqlerr.New(-31, "Field '%s' not found in table '%s'", n.Text, t.fullName())
		}
		names = append(names, c.Name)
	}
	return names, nil
}

// constraintName is the name given, or table name + kind + number.
func (t *tableDef) constraintName(given, kind string) string {
	if given != "" {
		return given
	}
	base := strings.ToUpper(memberName(t.Name)) + kind
	for n := 1; ; n++ {
		name := fmt.Sprintf("%s%d", base, n)
		if t.index(name) == nil && t.foreignKey(name) == nil {
			return name
		}
	}
}

func (t *tableDef) addKey(ix *indexDef) error {
	if t.index(ix.Name) != nil {
		return sqlerr.New(-324, "Index or constraint '%s' already exists for table '%s'", ix.Name, t.fullName())
	}
	ix.Constraint, ix.Kind = true, plainIndex
	t.Indexes = append(t.Indexes, ix)
	return nil
}

// addForeignKey checks what the key refers to: a table (-310) with these columns (-316) as a unique key (-314), or with a
// primary key when no columns are named (-319).
func (x *execution) addForeignKey(t *tableDef, c *irissql.Constraint, names []string) error {
	r := c.References
	fk := &foreignKeyDef{Name: t.constraintName(c.Name, "FKEY"), Columns: names, OnDelete: action(r.OnDelete), OnUpdate: action(r.OnUpdate), NoCheck: r.NoCheck}
	if t.foreignKey(fk.Name) != nil {
		return sqlerr.New(-311, "Foreign key '%s' already exists for table '%s'", fk.Name, t.fullName())
	}
	ref := t
	if schema := schemaOf(r.Table); !strings.EqualFold(schema, t.Schema) || !strings.EqualFold(r.Table.Name, t.Name) {
		if ref = x.session.findTable(schema, r.Table.Name); ref == nil || ref.IsView || isSystemSchema(schema) {
			return sqlerr.New(-310, "Foreign key '%s' references table '%s.%s', which does not exist", fk.Name, schema, r.Table.Name)
		}
	}
	fk.RefClass = ref.Class
	refNames, err := ref.referencedColumns(fk, r.Columns)
	if err != nil {
		return err
	}
	if len(refNames) > 0 && len(refNames) != len(names) || len(refNames) == 0 && len(names) != 1 {
		return sqlerr.New(-79, "Foreign key '%s' and the key it references differ in size", fk.Name)
	}
	fk.RefColumns = refNames
	t.ForeignKeys = append(t.ForeignKeys, fk)
	return nil
}

// referencedColumns gives the columns that a foreign key refers to; none for the RowID.
func (t *tableDef) referencedColumns(fk *foreignKeyDef, list []irissql.Name) ([]string, error) {
	if len(list) == 0 {
		pk := t.primaryKey()
		if pk == nil {
			if t.RowID.Counter == identityCounter {
				return nil, nil
			}
			return nil, sqlerr.New(-319, "Referenced table '%s' of foreign key '%s' has no primary key", t.fullName(), fk.Name)
		}
		return pk.Columns, nil
	}
	var names []string
	for _, n := range list {
		c := t.column(n.Text)
		if c == nil {
			return nil, sqlerr.New(-316, "Foreign key '%s' references field '%s', which table '%s' does not have", fk.Name, n.Text, t.fullName())
		}
		names = append(names, c.Name)
	}
	if len(names) == 1 && t.column(names[0]) == t.RowID {
		return nil, nil
	}
	if t.keyOf(names) == nil {
		return nil, sqlerr.New(-314, "Foreign key '%s' references key '%s' of table '%s', which is not unique", fk.Name, strings.Join(names, ","), t.fullName())
	}
	return names, nil
}

func action(a string) string {
	if a == "" {
		return noAction
	}
	return a
}
