package plan

import (
	"fmt"
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
)

// alterTable is ALTER TABLE. IRIS takes one kind of action a statement, so that each action is a step.
func (c *compiler) alterTable(n *parse.AlterTable) error {
	c.out.Tag = "ALTER " + string(n.Kind)
	if n.Kind != parse.TableObject {
		return c.notBuilt(n, "ALTER "+string(n.Kind))
	}
	t, err := c.alterTarget(n.Name, n.IfExists)
	if t == nil || err != nil {
		return err
	}
	now := &newTable{schema: t.Schema, name: t.Name, old: t}
	for i := range n.Actions {
		if err := c.alterAction(now, &n.Actions[i]); err != nil {
			return err
		}
	}
	return nil
}

// alterTarget finds the table; nil without an error after IF EXISTS.
func (c *compiler) alterTarget(name parse.QualifiedName, ifExists bool) (*schema.Table, error) {
	t, err := c.lookup(name)
	switch {
	case err != nil:
		return nil, err
	case t == nil && ifExists:
		c.notice("00000", fmt.Sprintf("relation %q does not exist, skipping", name.Name), "")
		return nil, nil
	case t == nil:
		return nil, pgerr.New(pgerr.UndefinedTable, "relation %q does not exist", written(name))
	case t.View:
		return nil, c.notBuilt(name, "ALTER of a view")
	}
	return t, nil
}

// alterNames names the actions in refusals.
var alterNames = map[parse.AlterKind]string{
	parse.SetExpression: "SET EXPRESSION", parse.DropExpression: "DROP EXPRESSION",
	parse.SetStatistics: "SET STATISTICS", parse.SetColumnOptions: "SET (attribute)", parse.ResetColumnOptions: "RESET (attribute)",
	parse.SetStorage: "SET STORAGE", parse.SetCompression: "SET COMPRESSION", parse.AddIdentity: "ADD GENERATED",
	parse.AlterIdentity: "SET GENERATED", parse.DropIdentity: "DROP IDENTITY", parse.AlterConstraint: "ALTER CONSTRAINT",
	parse.ValidateConstraint: "VALIDATE CONSTRAINT", parse.EnableTrigger: "ENABLE TRIGGER", parse.DisableTrigger: "DISABLE TRIGGER",
	parse.EnableRule: "ENABLE RULE", parse.DisableRule: "DISABLE RULE", parse.EnableRowSecurity: "ENABLE ROW LEVEL SECURITY",
	parse.DisableRowSecurity: "DISABLE ROW LEVEL SECURITY", parse.ForceRowSecurity: "FORCE ROW LEVEL SECURITY",
	parse.NoForceRowSecurity: "NO FORCE ROW LEVEL SECURITY", parse.ClusterOn: "CLUSTER ON", parse.SetWithoutCluster: "SET WITHOUT CLUSTER",
	parse.SetWithoutOids: "SET WITHOUT OIDS", parse.SetLogged: "SET LOGGED", parse.SetUnlogged: "SET UNLOGGED",
	parse.SetAccessMethod: "SET ACCESS METHOD", parse.SetTablespace: "SET TABLESPACE", parse.SetOptions: "SET (storage parameter)",
	parse.ResetOptions: "RESET (storage parameter)", parse.Inherit: "INHERIT", parse.NoInherit: "NO INHERIT", parse.OfType: "OF",
	parse.NotOf: "NOT OF", parse.OwnerTo: "OWNER TO", parse.ReplicaIdentity: "REPLICA IDENTITY", parse.AttachPartition: "ATTACH PARTITION",
	parse.DetachPartition: "DETACH PARTITION", parse.SetFDWOptions: "OPTIONS", parse.SetColumnFDWOptions: "OPTIONS",
}

func (c *compiler) alterAction(t *newTable, a *parse.AlterAction) error {
	c.out.DDL = true
	switch a.Kind {
	case parse.AddColumn:
		return c.addColumn(t, a)
	case parse.DropColumn:
		return c.dropColumn(t, a)
	case parse.SetColumnDefault, parse.DropColumnDefault:
		return c.alterDefault(t, a)
	case parse.SetNotNull, parse.DropNotNull:
		return c.alterNull(t, a)
	case parse.AlterColumnType:
		return c.alterType(t, a)
	case parse.AddConstraint:
		before := len(t.keys)
		if err := c.tableConstraint(t, a.Constraint); err != nil {
			return err
		}
		return c.addKeys(t, before)
	case parse.DropConstraint:
		return c.dropConstraint(t, a)
	}
	return c.notBuilt(a, "ALTER TABLE ... "+alterNames[a.Kind])
}

// change adds ALTER TABLE t … as a step.
func (c *compiler) change(t *newTable, action string) {
	c.direct("ALTER TABLE " + irissql.Table(t.schema, t.name) + " " + action)
}

// addColumn adds a column and its constraints. PostgreSQL gives existing rows the default and then checks NOT NULL, so
// that both are done in that order.
func (c *compiler) addColumn(t *newTable, a *parse.AlterAction) error {
	if a.IfNotExists {
		if _, exists := t.columnName(a.Column.Name); exists {
			c.notice(pgerr.DuplicateColumn, fmt.Sprintf("column %q of relation %q already exists, skipping", a.Column.Name, t.name), "")
			return nil
		}
	}
	keys := len(t.keys)
	if err := c.column(t, a.Column); err != nil {
		return err
	}
	col := *t.find(a.Column.Name)
	if col.counter {
		return c.notBuilt(a.Column, "adding a column that counts by itself")
	}
	notNull := col.notNull
	if col.fallback != "" {
		col.notNull = false
	}
	c.change(t, "ADD COLUMN "+col.text())
	if col.fallback != "" {
		name := irissql.Quote(col.name)
		c.out.Steps = append(c.out.Steps, Step{Kind: ExecStep,
			SQL: "UPDATE " + irissql.Table(t.schema, t.name) + " SET " + name + " = " + col.fallback + " WHERE " + name + " IS NULL"})
		if notNull {
			c.change(t, "ALTER COLUMN "+name+" NOT NULL")
		}
	}
	return c.addKeys(t, keys)
}

// addKeys adds the constraints that were read since there were before.
func (c *compiler) addKeys(t *newTable, before int) error {
	if err := c.finishKeys(t); err != nil {
		return err
	}
	for i := before; i < len(t.keys); i++ {
		k := &t.keys[i]
		if k.kind == schema.PrimaryKey {
			// A primary key makes its columns NOT NULL; IRIS is told so.
			for _, name := range k.columns {
				if t.old == nil {
					continue
				}
				if at, ok := t.old.Column(name); ok && !t.old.Columns[at].NotNull {
					c.change(t, "ALTER COLUMN "+irissql.Quote(name)+" NOT NULL")
				}
			}
		}
		c.change(t, "ADD "+k.text())
	}
	return nil
}

// column of an action, that has to exist in the table as it was.
func (c *compiler) actionColumn(t *newTable, a *parse.AlterAction) (*schema.Column, error) {
	if i, ok := t.old.Column(a.Name); ok {
		return &t.old.Columns[i], nil
	}
	return nil, pgerr.New(pgerr.UndefinedColumn, "column %q of relation %q does not exist", a.Name, t.name)
}

// dropColumn drops the constraints and indexes over the column first, as PostgreSQL does by itself; IRIS refuses a column
// that one uses (SQLCODE -322).
func (c *compiler) dropColumn(t *newTable, a *parse.AlterAction) error {
	col, err := c.actionColumn(t, a)
	if err != nil {
		if a.IfExists {
			c.notice("00000", fmt.Sprintf("column %q of relation %q does not exist, skipping", a.Name, t.name), "")
			return nil
		}
		return err
	}
	dropped := map[string]bool{}
	for i := range t.old.Keys {
		if k := &t.old.Keys[i]; holds(k.Columns, col.Name) && !k.Index {
			c.change(t, "DROP CONSTRAINT "+irissql.Quote(k.Name))
			dropped[strings.ToUpper(k.Name)] = true
		}
	}
	if f, ok := c.in.Schema.(schema.Finder); ok {
		list, err := f.TableIndexes(c.ctx, t.schema, t.name)
		if err != nil {
			return err
		}
		for _, ix := range list {
			if holds(ix.Columns, col.Name) && !dropped[strings.ToUpper(ix.Name)] {
				c.direct("DROP INDEX " + irissql.Quote(ix.Name) + " ON TABLE " + irissql.Table(t.schema, t.name))
			}
		}
	}
	sql := "DROP COLUMN " + irissql.Quote(col.Name)
	if a.Cascade {
		sql += " CASCADE"
	}
	c.change(t, sql)
	return nil
}

func holds(columns []string, name string) bool {
	for _, c := range columns {
		if strings.EqualFold(c, name) {
			return true
		}
	}
	return false
}

func (c *compiler) alterDefault(t *newTable, a *parse.AlterAction) error {
	col, err := c.actionColumn(t, a)
	if err != nil {
		return err
	}
	if col.Identity != "" {
		return pgerr.New(pgerr.SyntaxError, "column %q of relation %q is an identity column", col.Name, t.name)
	}
	text := ""
	if a.Kind == parse.SetColumnDefault {
		if text, err = c.defaultOf(a.Expr, col.Name, col.Type); err != nil {
			return err
		}
	}
	if text == "" {
		text = "NULL"
	}
	c.change(t, "ALTER COLUMN "+irissql.Quote(col.Name)+" SET DEFAULT "+text)
	return nil
}

func (c *compiler) alterNull(t *newTable, a *parse.AlterAction) error {
	col, err := c.actionColumn(t, a)
	if err != nil {
		return err
	}
	word := "NOT NULL"
	if a.Kind == parse.DropNotNull {
		switch {
		case holds(t.old.PrimaryKey(), col.Name):
			return pgerr.New(pgerr.InvalidTableDefinition, "column %q is in a primary key", col.Name)
		case col.Identity != "":
			return pgerr.New(pgerr.SyntaxError, "column %q of relation %q is an identity column", col.Name, t.name)
		}
		word = "NULL"
	}
	c.change(t, "ALTER COLUMN "+irissql.Quote(col.Name)+" "+word)
	return nil
}

// widths are the integer types, whose values IRIS stores in one form.
var widths = map[pgtypes.OID]int{pgtypes.Int2: 2, pgtypes.Int4: 4, pgtypes.Int8: 8}

// alterType makes an integer column wider. IRIS does not rewrite stored values (IRIS docs, "ALTER TABLE"), so that any other
// change of type could leave values that do not fit it.
func (c *compiler) alterType(t *newTable, a *parse.AlterAction) error {
	col, err := c.actionColumn(t, a)
	if err != nil {
		return err
	}
	now, serial, err := c.columnType(a.Type)
	if err != nil {
		return err
	}
	from, to := widths[col.Type.OID], widths[now.OID]
	if serial || a.Expr != nil || from == 0 || to < from || col.Identity != "" {
		return c.notBuilt(a, "ALTER TABLE ... ALTER COLUMN ... TYPE from "+pgtypes.Format(col.Type)+" to "+pgtypes.Format(now))
	}
	if to > from {
		c.change(t, "ALTER COLUMN "+irissql.Quote(col.Name)+" "+plainStorage[now.OID].sql)
	}
	return nil
}

func (c *compiler) dropConstraint(t *newTable, a *parse.AlterAction) error {
	for i := range t.old.Keys {
		if k := &t.old.Keys[i]; strings.EqualFold(k.Name, a.Name) && !k.Index {
			sql := "DROP CONSTRAINT " + irissql.Quote(k.Name)
			if a.Cascade {
				sql += " CASCADE"
			}
			c.change(t, sql)
			return nil
		}
	}
	if a.IfExists {
		c.notice("00000", fmt.Sprintf("constraint %q of relation %q does not exist, skipping", a.Name, t.name), "")
		return nil
	}
	return pgerr.New(pgerr.UndefinedObject, "constraint %q of relation %q does not exist", a.Name, t.name)
}

// rename is ALTER … RENAME of a table or a column.
func (c *compiler) rename(n *parse.Rename) error {
	c.out.Tag = "ALTER " + string(n.Kind)
	if n.Kind != parse.TableObject || n.Part != "" && n.Part != "COLUMN" {
		return c.notBuilt(n, strings.TrimSpace("ALTER "+string(n.Kind)+" ... RENAME "+n.Part))
	}
	t, err := c.alterTarget(n.Name, n.IfExists)
	if t == nil || err != nil {
		return err
	}
	if err := c.storableName(n, "name", n.New); err != nil {
		return err
	}
	now := &newTable{schema: t.Schema, name: t.Name, old: t}
	c.out.DDL = true
	if n.Part == "" {
		other, err := c.in.Schema.Table(c.ctx, t.Schema, n.New)
		if err != nil {
			return err
		}
		if other != nil {
			return pgerr.New(pgerr.DuplicateTable, "relation %q already exists", n.New)
		}
		c.change(now, "RENAME "+irissql.Quote(n.New))
		return nil
	}
	i, ok := t.Column(n.Old)
	if !ok {
		return pgerr.New(pgerr.UndefinedColumn, "column %q does not exist", n.Old)
	}
	if _, exists := t.Column(n.New); exists {
		return pgerr.New(pgerr.DuplicateColumn, "column %q of relation %q already exists", n.New, t.Name)
	}
	c.change(now, "ALTER COLUMN "+irissql.Quote(t.Columns[i].Name)+" RENAME "+irissql.Quote(n.New))
	return nil
}
