package plan

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
)

// irisSchema is IRIS's name of a PostgreSQL schema.
func (c *compiler) irisSchema(name string) string {
	if name == "public" {
		return c.in.Public
	}
	return name
}

// local refuses names of another database and of the schemas that are not IRIS's.
func (c *compiler) local(n parse.QualifiedName) error {
	switch {
	case n.Catalog != "":
		return pgerr.New(pgerr.FeatureNotSupported, "cross-database references are not implemented: \"%s.%s.%s\"",
			n.Catalog, n.Schema, n.Name).At(c.at(n))
	case n.Schema == "pg_temp":
		return c.notBuilt(n, "a temporary table")
	}
	return nil
}

// lookup finds a table or view by search_path; nil when there is none.
func (c *compiler) lookup(n parse.QualifiedName) (*schema.Table, error) {
	if err := c.local(n); err != nil {
		return nil, err
	}
	if n.Schema != "" {
		return c.in.Schema.Table(c.ctx, c.irisSchema(n.Schema), n.Name)
	}
	for _, s := range c.in.Path {
		t, err := c.in.Schema.Table(c.ctx, c.irisSchema(s), n.Name)
		if t != nil || err != nil {
			return t, err
		}
	}
	return nil, nil
}

// existing is lookup for a table that has to be there.
func (c *compiler) existing(n parse.QualifiedName) (*schema.Table, error) {
	t, err := c.lookup(n)
	if err == nil && t == nil {
		err = pgerr.New(pgerr.UndefinedTable, "relation %q does not exist", written(n))
	}
	return t, err
}

// written is a name as the user wrote it.
func written(n parse.QualifiedName) string {
	if n.Schema != "" {
		return n.Schema + "." + n.Name
	}
	return n.Name
}

// creation is the IRIS schema in which a new object is made: the one named, else the first of search_path that is not
// the user's own, which IRIS does not make for every user.
func (c *compiler) creation(n parse.QualifiedName) (string, error) {
	if err := c.local(n); err != nil {
		return "", err
	}
	name := n.Schema
	if name == "" {
		for _, s := range c.in.Path {
			if s != c.in.User {
				name = s
				break
			}
		}
	}
	switch {
	case name == "":
		return "", pgerr.New(pgerr.InvalidSchemaName, "no schema has been selected to create in").At(c.at(n))
	case name == "pg_catalog" || name == "information_schema":
		return "", pgerr.New(pgerr.InsufficientPrivilege, "permission denied to create \"%s.%s\"", name, n.Name)
	}
	if err := c.storableName(n, "name", n.Name); err != nil {
		return "", err
	}
	if n.Schema != "" && n.Schema != "public" {
		if f, ok := c.in.Schema.(schema.Finder); ok {
			found, err := f.HasSchema(c.ctx, name)
			if err != nil {
				return "", err
			}
			if !found {
				return "", pgerr.New(pgerr.InvalidSchemaName, "schema %q does not exist", name).At(c.at(n))
			}
		}
	}
	return c.irisSchema(name), nil
}

// storableName refuses what a delimited identifier of IRIS may not hold (IRIS docs, "Identifiers").
func (c *compiler) storableName(at parse.Node, what, name string) error {
	alnum := strings.ContainsFunc(name, func(r rune) bool {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80
	})
	if !alnum || strings.ContainsAny(name, ",.^") || strings.Contains(name, "->") || name[0] == '*' || name[0] == '%' {
		return pgerr.New(pgerr.InvalidName, "IRIS cannot hold the %s %q", what, name).At(c.at(at)).
			WithDetail("A name in IRIS needs a letter or digit, does not begin with * or %% and holds no comma, point, caret or arrow.")
	}
	return nil
}

// printed is a table's name in IRIS SQL.
func printed(t *schema.Table) string { return irissql.Table(t.Schema, t.Name) }

// columnList prints names as "(a, b)".
func columnList(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = irissql.Quote(n)
	}
	return "(" + strings.Join(quoted, ", ") + ")"
}
