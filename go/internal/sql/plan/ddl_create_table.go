package plan

import (
	"fmt"
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
)

// newTable is a table being defined, or of ALTER TABLE the part that is new.
type newTable struct {
	schema, name string
	old          *schema.Table // ALTER TABLE: what there is already
	columns      []newColumn
	keys         []newKey
	// always: the identity column is GENERATED ALWAYS, so that IRIS refuses values for it.
	always bool
}

// createTable is CREATE TABLE (PostgreSQL docs, "CREATE TABLE").
func (c *compiler) createTable(n *parse.CreateTable) error {
	if err := c.refuseTableForms(n); err != nil {
		return err
	}
	c.out.Tag = "CREATE TABLE"
	target, exists, err := c.tableToMake(n.Name, n.IfNotExists)
	if err != nil || exists {
		return err
	}
	t := &newTable{schema: target, name: n.Name.Name}
	if err := c.elements(t, n.Elements); err != nil {
		return err
	}
	if len(t.columns) == 0 {
		return c.notBuilt(n, "a table without columns")
	}
	if err := c.finishKeys(t); err != nil {
		return err
	}
	c.out.DDL = true
	c.direct(t.createText(n.IfNotExists))
	return nil
}

// tableToMake gives the schema that a table is made in. One that is there already is an error, or with IF NOT EXISTS a notice.
func (c *compiler) tableToMake(n parse.QualifiedName, ifNotExists bool) (target string, exists bool, err error) {
	if target, err = c.creation(n); err != nil {
		return "", false, err
	}
	old, err := c.in.Schema.Table(c.ctx, target, n.Name)
	if err != nil || old == nil {
		return target, false, err
	}
	if !ifNotExists {
		return "", false, pgerr.New(pgerr.DuplicateTable, "relation %q already exists", n.Name)
	}
	c.notice(pgerr.DuplicateTable, fmt.Sprintf("relation %q already exists, skipping", n.Name), "")
	return target, true, nil
}

// refuseTableForms refuses what IRIS has no table of. Storage options and tablespaces change nothing that a client can
// see; they are passed over.
func (c *compiler) refuseTableForms(n *parse.CreateTable) error {
	switch {
	case n.Persistence == parse.Temporary:
		return c.notBuilt(n, "a temporary table")
	case n.OfType != nil:
		return c.notBuilt(n.OfType, "a table of a type")
	case n.PartitionOf != nil, n.PartitionBy != nil:
		return c.notBuilt(n, "table partitioning")
	case len(n.Inherits) > 0:
		return c.notBuilt(n.Inherits[0], "table inheritance")
	case n.OnCommit != parse.OnCommitDefault:
		return pgerr.New(pgerr.InvalidTableDefinition, "ON COMMIT can only be used on temporary tables")
	case n.Method != "" && n.Method != "heap":
		return c.notBuilt(n, "table access method "+n.Method)
	}
	return nil
}

// elements reads the columns first, so that constraints may name later ones.
func (c *compiler) elements(t *newTable, list []parse.TableElement) error {
	for _, e := range list {
		switch d := e.(type) {
		case *parse.ColumnDef:
			if err := c.column(t, d); err != nil {
				return err
			}
		case *parse.LikeTable:
			return c.notBuilt(d, "LIKE in a table definition")
		}
	}
	for _, e := range list {
		if d, ok := e.(*parse.TableConstraint); ok {
			if err := c.tableConstraint(t, &d.Constraint); err != nil {
				return err
			}
		}
	}
	return nil
}

// createText prints the whole statement. Constraints are named as PostgreSQL names them, so that IRIS's messages do.
func (t *newTable) createText(ifNotExists bool) string {
	var items []string
	for i := range t.columns {
		items = append(items, t.columns[i].text())
	}
	for i := range t.keys {
		items = append(items, t.keys[i].text())
	}
	var b strings.Builder
	b.WriteString("CREATE TABLE ")
	if ifNotExists {
		b.WriteString("IF NOT EXISTS ")
	}
	b.WriteString(irissql.Table(t.schema, t.name) + " (" + strings.Join(items, ", ") + ")")
	if t.hasIdentity() && !t.always {
		// Without the parameter IRIS refuses explicit values for an identity column (SQLCODE -111).
		b.WriteString(" WITH %CLASSPARAMETER ALLOWIDENTITYINSERT = 1")
	}
	return b.String()
}

func (t *newTable) hasIdentity() bool {
	for i := range t.columns {
		if t.columns[i].identity {
			return true
		}
	}
	return false
}

// find gives a column of the new part.
func (t *newTable) find(name string) *newColumn {
	for i := range t.columns {
		if strings.EqualFold(t.columns[i].name, name) {
			return &t.columns[i]
		}
	}
	return nil
}

// columnName gives the stored spelling of a column, new or old.
func (t *newTable) columnName(name string) (string, bool) {
	if col := t.find(name); col != nil {
		return col.name, true
	}
	if t.old != nil {
		if i, ok := t.old.Column(name); ok {
			return t.old.Columns[i].Name, true
		}
	}
	return "", false
}
