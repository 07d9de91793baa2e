package plan

import (
	"fmt"
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
)

// SQLSTATEs of schemas.
const (
	duplicateSchema = "42P06"
	reservedName    = "42939"
)

// createSchema is CREATE SCHEMA.
func (c *compiler) createSchema(n *parse.CreateSchema) error {
	c.out.Tag = "CREATE SCHEMA"
	name := n.Name
	switch {
	case name == "":
		name = n.Owner
	case n.Owner != "" && n.Owner != c.in.User && n.Owner != "current_user":
		return c.notBuilt(n, "CREATE SCHEMA AUTHORIZATION")
	}
	if len(n.Elements) > 0 {
		return c.notBuilt(n.Elements[0], "a statement in CREATE SCHEMA")
	}
	if strings.HasPrefix(name, "pg_") {
		return pgerr.New(reservedName, "unacceptable schema name %q", name).WithDetail("The prefix \"pg_\" is reserved for system schemas.")
	}
	if err := c.storableName(n, "schema name", name); err != nil {
		return err
	}
	found, err := c.hasSchema(name)
	if err != nil {
		return err
	}
	if found {
		if !n.IfNotExists {
			return pgerr.New(duplicateSchema, "schema %q already exists", name)
		}
		c.notice(duplicateSchema, fmt.Sprintf("schema %q already exists, skipping", name), "")
		return nil
	}
	c.out.DDL = true
	c.direct("CREATE SCHEMA " + irissql.Quote(c.irisSchema(name)))
	return nil
}

// hasSchema asks IRIS; public is always there, and so are PostgreSQL's own.
func (c *compiler) hasSchema(name string) (bool, error) {
	if name == "public" || name == "information_schema" {
		return true, nil
	}
	if f, ok := c.in.Schema.(schema.Finder); ok {
		return f.HasSchema(c.ctx, c.irisSchema(name))
	}
	return false, nil
}

func (c *compiler) dropSchemas(n *parse.Drop) error {
	for _, name := range n.Names {
		switch name.Name {
		case "public", "pg_catalog", "information_schema":
			return c.notBuilt(name, "DROP SCHEMA "+name.Name)
		}
		found, err := c.hasSchema(name.Name)
		if err != nil {
			return err
		}
		if !found {
			if err := c.missing(n, name); err != nil {
				return err
			}
			continue
		}
		sql := "DROP SCHEMA " + irissql.Quote(name.Name)
		if n.Cascade {
			sql += " CASCADE"
		}
		c.out.DDL = true
		c.direct(sql)
	}
	return nil
}

// vectorExtension is the extension whose type the gateway has.
const vectorExtension = "vector"

// createExtension is CREATE EXTENSION: vector is always there, no other one is.
func (c *compiler) createExtension(n *parse.CreateExtension) error {
	c.out.Tag, c.out.ReadOnly = "CREATE EXTENSION", false
	switch {
	case n.Name == "plpgsql" && n.IfNotExists:
		c.notice(pgerr.DuplicateObject, `extension "plpgsql" already exists, skipping`, "")
		return nil
	case n.Name != vectorExtension:
		return c.notBuilt(n, "extension "+n.Name)
	}
	return nil
}
