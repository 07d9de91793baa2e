package plan

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
)

// newKey is a PRIMARY KEY, UNIQUE or FOREIGN KEY being defined.
type newKey struct {
	name       string
	kind       schema.KeyKind
	columns    []string
	refSchema  string
	refTable   string
	refColumns []string
	onDelete   string
	onUpdate   string
}

// text prints the constraint. A key of several columns is always a constraint of the table.
func (k *newKey) text() string {
	head := "CONSTRAINT " + irissql.Quote(k.name)
	switch k.kind {
	case schema.PrimaryKey:
		return head + " PRIMARY KEY " + columnList(k.columns)
	case schema.UniqueKey:
		return head + " UNIQUE " + columnList(k.columns)
	}
	return head + " FOREIGN KEY " + columnList(k.columns) + " REFERENCES " + irissql.Table(k.refSchema, k.refTable) + " " +
		columnList(k.refColumns) + k.onDelete + k.onUpdate
}

// tableConstraint reads a constraint over columns of the table.
func (c *compiler) tableConstraint(t *newTable, k *parse.Constraint) error {
	if err := c.refuseConstraint(k); err != nil {
		return err
	}
	key := newKey{name: k.Name}
	for _, n := range k.Columns {
		name, ok := t.columnName(n.Text)
		if !ok {
			what := "column %q named in key does not exist"
			if k.Kind == parse.ForeignKeyConstraint {
				what = "column %q referenced in foreign key constraint does not exist"
			}
			return pgerr.New(pgerr.UndefinedColumn, what, n.Text).At(c.at(k))
		}
		for _, before := range key.columns {
			if strings.EqualFold(before, name) {
				word := map[bool]string{true: "primary key", false: "unique"}[k.Kind == parse.PrimaryKeyConstraint]
				return pgerr.New(pgerr.DuplicateColumn, "column %q appears twice in %s constraint", n.Text, word).At(c.at(k))
			}
		}
		key.columns = append(key.columns, name)
	}
	switch k.Kind {
	case parse.PrimaryKeyConstraint:
		return c.primaryKey(t, k, key)
	case parse.UniqueConstraint:
		key.kind = schema.UniqueKey
		key.name = t.keyName(k.Name, strings.Join(key.columns, "_"), "key")
	case parse.ForeignKeyConstraint:
		key.kind = schema.ForeignKey
		key.name = t.keyName(k.Name, strings.Join(key.columns, "_"), "fkey")
		if err := c.references(t, k, &key); err != nil {
			return err
		}
	}
	if err := c.freeKeyName(t, k, key.name); err != nil {
		return err
	}
	t.keys = append(t.keys, key)
	return nil
}

// refuseConstraint refuses what IRIS's constraints do not have.
func (c *compiler) refuseConstraint(k *parse.Constraint) error {
	switch {
	case k.Kind == parse.CheckConstraint:
		return c.notBuilt(k, "a CHECK constraint")
	case k.Kind == parse.ExcludeConstraint:
		return c.notBuilt(k, "an exclusion constraint")
	case k.Timing.Deferrable, k.Timing.InitiallyDeferred:
		return c.notBuilt(k, "a deferrable constraint")
	case k.NullsNotDistinct:
		return c.notBuilt(k, "UNIQUE NULLS NOT DISTINCT")
	case len(k.Include) > 0:
		return c.notBuilt(k, "INCLUDE in a constraint")
	case k.UsingIndex != "":
		return c.notBuilt(k, "a constraint USING INDEX")
	case k.NotValid:
		return c.notBuilt(k, "a NOT VALID constraint")
	}
	return nil
}

func (c *compiler) primaryKey(t *newTable, k *parse.Constraint, key newKey) error {
	many := pgerr.New(pgerr.InvalidTableDefinition, "multiple primary keys for table %q are not allowed", t.name)
	if t.old != nil && t.old.PrimaryKey() != nil {
		return many
	}
	for i := range t.keys {
		if t.keys[i].kind == schema.PrimaryKey {
			return many.At(c.at(k))
		}
	}
	for _, name := range key.columns {
		if col := t.find(name); col != nil {
			col.notNull = true
		}
	}
	key.kind = schema.PrimaryKey
	key.name = t.keyName(k.Name, "", "pkey")
	if err := c.freeKeyName(t, k, key.name); err != nil {
		return err
	}
	t.keys = append(t.keys, key)
	return nil
}

// keyName is the given name or PostgreSQL's own.
func (t *newTable) keyName(given, columns, label string) string {
	if given != "" {
		return given
	}
	return objectName(t.name, columns, label, t.hasKey)
}

// hasKey reports a constraint or unique index of the name.
func (t *newTable) hasKey(name string) bool {
	for i := range t.keys {
		if strings.EqualFold(t.keys[i].name, name) {
			return true
		}
	}
	if t.old != nil {
		for i := range t.old.Keys {
			if strings.EqualFold(t.old.Keys[i].Name, name) {
				return true
			}
		}
	}
	return false
}

func (c *compiler) freeKeyName(t *newTable, k *parse.Constraint, name string) error {
	if err := c.storableName(k, "constraint name", name); err != nil {
		return err
	}
	if t.hasKey(name) {
		return pgerr.New(pgerr.DuplicateObject, "constraint %q for relation %q already exists", name, t.name)
	}
	return nil
}

// refActions are the actions as IRIS writes them. RESTRICT is no word there; NO ACTION is checked at once as well.
var refActions = map[parse.RefAction]string{parse.RefNoAction: "NO ACTION", parse.RefRestrict: "NO ACTION",
	parse.RefCascade: "CASCADE", parse.RefSetNull: "SET NULL", parse.RefSetDefault: "SET DEFAULT"}

// references reads the right side of a foreign key. Its columns are always printed: without them IRIS means the RowID.
func (c *compiler) references(t *newTable, k *parse.Constraint, key *newKey) error {
	r := k.References
	switch {
	case r.Match == "FULL" && len(key.columns) > 1, r.Match == "PARTIAL":
		return c.notBuilt(r, "MATCH "+r.Match)
	case len(r.OnDeleteColumns) > 0:
		return c.notBuilt(r, "a column list of ON DELETE SET")
	}
	if a := refActions[r.OnDelete]; a != "" {
		key.onDelete = " ON DELETE " + a
	}
	if a := refActions[r.OnUpdate]; a != "" {
		key.onUpdate = " ON UPDATE " + a
	}
	return c.finishReferences(t, r, key)
}

// finishReferences finds the referenced table: this one, or one that exists.
func (c *compiler) finishReferences(t *newTable, r *parse.References, key *newKey) error {
	self := r.Table.Schema == "" && strings.EqualFold(r.Table.Name, t.name)
	if self {
		key.refSchema, key.refTable = t.schema, t.name
	} else {
		other, err := c.existing(r.Table)
		if err != nil {
			return err
		}
		if other.View {
			return pgerr.New(pgerr.WrongObjectType, "referenced relation %q is not a table", r.Table.Name)
		}
		key.refSchema, key.refTable = other.Schema, other.Name
		if len(r.Columns) == 0 {
			key.refColumns = other.PrimaryKey()
		}
		for _, n := range r.Columns {
			i, ok := other.Column(n.Text)
			if !ok {
				return missingReference(n.Text)
			}
			key.refColumns = append(key.refColumns, other.Columns[i].Name)
		}
		return checkReference(key)
	}
	for _, n := range r.Columns {
		name, ok := t.columnName(n.Text)
		if !ok {
			return missingReference(n.Text)
		}
		key.refColumns = append(key.refColumns, name)
	}
	return nil // a table's own primary key may come later: see finishKeys
}

func missingReference(column string) error {
	return pgerr.New(pgerr.UndefinedColumn, "column %q referenced in foreign key constraint does not exist", column)
}

func checkReference(key *newKey) error {
	switch {
	case len(key.refColumns) == 0:
		return pgerr.New(pgerr.UndefinedObject, "there is no primary key for referenced table %q", key.refTable)
	case len(key.refColumns) != len(key.columns):
		return pgerr.New(invalidForeignKey, "number of referencing and referenced columns for foreign key disagree")
	}
	return nil
}

// invalidForeignKey is SQLSTATE invalid_foreign_key.
const invalidForeignKey = "42830"

// finishKeys gives foreign keys to the table itself the columns of its primary key.
func (c *compiler) finishKeys(t *newTable) error {
	for i := range t.keys {
		k := &t.keys[i]
		if k.kind != schema.ForeignKey {
			continue
		}
		if len(k.refColumns) == 0 {
			k.refColumns = t.primaryColumns()
		}
		if err := checkReference(k); err != nil {
			return err
		}
	}
	return nil
}

func (t *newTable) primaryColumns() []string {
	for i := range t.keys {
		if t.keys[i].kind == schema.PrimaryKey {
			return t.keys[i].columns
		}
	}
	if t.old != nil {
		return t.old.PrimaryKey()
	}
	return nil
}
