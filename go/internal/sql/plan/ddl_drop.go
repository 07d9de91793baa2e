package plan

import (
	"fmt"
	"slices"
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
)

// drop is DROP of one or more objects. What IRIS does not have at all can't exist: PostgreSQL's own answer for a missing
// object is the right one.
func (c *compiler) drop(n *parse.Drop) error {
	c.out.Tag = "DROP " + string(n.Kind)
	switch n.Kind {
	case parse.TableObject:
		return c.dropTables(n)
	case parse.ViewObject:
		return c.dropViews(n)
	case parse.IndexObject:
		return c.dropIndexes(n)
	case parse.SchemaObject:
		return c.dropSchemas(n)
	case parse.SequenceObject, parse.MaterializedViewObject, parse.ForeignTableObject, parse.TypeObject, parse.DomainObject,
		parse.ExtensionObject:
		return c.dropNothing(n)
	}
	return c.notBuilt(n, "DROP "+string(n.Kind))
}

// kindWords are the words of PostgreSQL's messages.
var kindWords = map[parse.ObjectKind]string{parse.TableObject: "table", parse.ViewObject: "view", parse.IndexObject: "index",
	parse.SchemaObject: "schema", parse.SequenceObject: "sequence", parse.MaterializedViewObject: "materialized view",
	parse.ForeignTableObject: "foreign table", parse.TypeObject: "type", parse.DomainObject: "type", parse.ExtensionObject: "extension"}

// missing is the error, or with IF EXISTS the NOTICE, for an object that is not there.
func (c *compiler) missing(n *parse.Drop, name parse.QualifiedName) error {
	word := kindWords[n.Kind]
	if n.IfExists {
		c.notice("00000", fmt.Sprintf("%s %q does not exist, skipping", word, name.Name), "")
		return nil
	}
	code := pgerr.UndefinedTable
	switch n.Kind {
	case parse.IndexObject, parse.TypeObject, parse.DomainObject, parse.ExtensionObject:
		code = pgerr.UndefinedObject
	case parse.SchemaObject:
		code = pgerr.InvalidSchemaName
	}
	return pgerr.New(code, "%s %q does not exist", word, written(name))
}

func (c *compiler) dropNothing(n *parse.Drop) error {
	for _, name := range n.Names {
		if n.Kind == parse.ExtensionObject && name.Name == vectorExtension {
			return c.notBuilt(name, "DROP EXTENSION vector")
		}
		if err := c.missing(n, name); err != nil {
			return err
		}
	}
	return nil
}

func (c *compiler) dropTables(n *parse.Drop) error {
	var list []*schema.Table
	for _, name := range n.Names {
		t, err := c.lookup(name)
		if err != nil {
			return err
		}
		switch {
		case t == nil:
			if err := c.missing(n, name); err != nil {
				return err
			}
		case t.View:
			return pgerr.New(pgerr.WrongObjectType, "%q is not a table", name.Name).WithHint("Use DROP VIEW to remove a view.")
		case !slices.Contains(list, t):
			list = append(list, t)
		}
	}
	for _, t := range childrenFirst(list) {
		c.dropObject("DROP TABLE ", t, n)
	}
	return nil
}

// dropObject leaves IF EXISTS to IRIS as well: another program may have dropped the object since it was looked at.
func (c *compiler) dropObject(verb string, t *schema.Table, n *parse.Drop) {
	if n.IfExists {
		verb += "IF EXISTS "
	}
	sql := verb + printed(t)
	if n.Cascade {
		sql += " CASCADE"
	}
	c.out.DDL = true
	c.direct(sql)
}

// childrenFirst orders tables so that one that references another is dropped before it. IRIS drops one at a time and
// refuses a table that is still referenced (SQLCODE -320); PostgreSQL looks at the whole list.
func childrenFirst(list []*schema.Table) []*schema.Table {
	var out []*schema.Table
	for len(list) > 0 {
		next := slices.IndexFunc(list, func(t *schema.Table) bool {
			return !slices.ContainsFunc(list, func(other *schema.Table) bool { return other != t && references(other, t) })
		})
		next = max(next, 0) // a circle: IRIS says what it thinks of it
		out = append(out, list[next])
		list = slices.Delete(slices.Clone(list), next, next+1)
	}
	return out
}

func references(from, to *schema.Table) bool {
	return slices.ContainsFunc(from.Keys, func(k schema.Key) bool {
		return k.Kind == schema.ForeignKey && strings.EqualFold(k.RefSchema, to.Schema) && strings.EqualFold(k.RefTable, to.Name)
	})
}

func (c *compiler) dropViews(n *parse.Drop) error {
	for _, name := range n.Names {
		t, err := c.lookup(name)
		if err != nil {
			return err
		}
		switch {
		case t == nil:
			if err := c.missing(n, name); err != nil {
				return err
			}
		case !t.View:
			return pgerr.New(pgerr.WrongObjectType, "%q is not a view", name.Name).WithHint("Use DROP TABLE to remove a table.")
		default:
			c.dropObject("DROP VIEW ", t, n)
		}
	}
	return nil
}

// dropIndexes finds each index's table: an index has a name of its own only within its table in IRIS.
func (c *compiler) dropIndexes(n *parse.Drop) error {
	for _, name := range n.Names {
		irisSchema, found, err := c.findIndex(name)
		if err != nil {
			return err
		}
		switch len(found) {
		case 0:
			if err := c.missing(n, name); err != nil {
				return err
			}
			continue
		case 1:
		default:
			return pgerr.New(pgerr.AmbiguousFunction, "index name %q is not unique: IRIS keeps one in the tables %q and %q", name.Name,
				found[0].Table, found[1].Table)
		}
		t, err := c.in.Schema.Table(c.ctx, irisSchema, found[0].Table)
		if err != nil {
			return err
		}
		if t != nil && constraintOf(t, found[0].Name) {
			return pgerr.New(pgerr.DependentObjectsStillExist, "cannot drop index %s because constraint %s on table %s requires it",
				name.Name, name.Name, t.Name).WithHint("You can drop constraint %s on table %s instead.", name.Name, t.Name)
		}
		c.out.DDL = true
		c.direct("DROP INDEX " + irissql.Quote(found[0].Name) + " ON TABLE " + irissql.Table(irisSchema, found[0].Table))
	}
	return nil
}

// constraintOf reports that an index is the one of a constraint.
func constraintOf(t *schema.Table, name string) bool {
	return slices.ContainsFunc(t.Keys, func(k schema.Key) bool {
		return k.Kind != schema.ForeignKey && !k.Index && strings.EqualFold(k.Name, name)
	})
}

// findIndex looks an index up by search_path.
func (c *compiler) findIndex(name parse.QualifiedName) (irisSchema string, found []schema.Index, err error) {
	if err := c.local(name); err != nil {
		return "", nil, err
	}
	f, ok := c.in.Schema.(schema.Finder)
	if !ok {
		return "", nil, c.notBuilt(name, "looking an index up without a connection")
	}
	path := c.in.Path
	if name.Schema != "" {
		path = []string{name.Schema}
	}
	for _, s := range path {
		irisSchema = c.irisSchema(s)
		if found, err = f.FindIndex(c.ctx, irisSchema, name.Name); err != nil || len(found) > 0 {
			return irisSchema, found, err
		}
	}
	return "", nil, nil
}
