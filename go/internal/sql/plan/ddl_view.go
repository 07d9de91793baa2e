package plan

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
)

// createView is CREATE VIEW. A view's text has no parameters, so that its constants are printed as literals, and what the
// gateway would have to compute for each query can't be in it.
func (c *compiler) createView(n *parse.CreateView) error {
	c.out.Tag = "CREATE VIEW"
	switch {
	case n.Persistence == parse.Temporary:
		return c.notBuilt(n, "a temporary view")
	case n.Recursive:
		return c.notBuilt(n, "a recursive view")
	case n.Check != "":
		return c.notBuilt(n, "WITH CHECK OPTION")
	}
	target, err := c.creation(n.Name)
	if err != nil {
		return err
	}
	old, err := c.in.Schema.Table(c.ctx, target, n.Name.Name)
	switch {
	case err != nil:
		return err
	case old != nil && !n.Replace:
		return pgerr.New(pgerr.DuplicateTable, "relation %q already exists", n.Name.Name)
	case old != nil && !old.View:
		return pgerr.New(pgerr.WrongObjectType, "%q is not a view", n.Name.Name)
	}
	q, err := c.viewQuery(n)
	if err != nil {
		return err
	}
	names, err := c.viewColumns(n, q)
	if err != nil {
		return err
	}
	if err := keepsColumns(old, names); err != nil {
		return err
	}
	rows, err := irissql.New(c.options()).Rows(q)
	if err != nil {
		return err
	}
	text, err := rows.Inline()
	if err != nil {
		return pgerr.As(err).At(c.at(n.Query))
	}
	verb := "CREATE VIEW "
	if n.Replace {
		verb = "CREATE OR REPLACE VIEW "
	}
	c.out.DDL = true
	c.direct(verb + irissql.Table(target, n.Name.Name) + " " + columnList(names) + " AS " + text)
	return nil
}

// keepsColumns checks what OR REPLACE may do: add columns behind those that are there.
func keepsColumns(old *schema.Table, names []string) error {
	if old == nil {
		return nil
	}
	if len(names) < len(old.Columns) {
		return pgerr.New(pgerr.InvalidTableDefinition, "cannot drop columns from view")
	}
	for i := range old.Columns {
		if was := old.Columns[i].Name; !strings.EqualFold(was, names[i]) {
			return pgerr.New(pgerr.InvalidTableDefinition, "cannot change name of view column %q to %q", was, names[i]).
				WithHint("Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.")
		}
	}
	return nil
}

func (c *compiler) viewQuery(n *parse.CreateView) (*analyze.Query, error) {
	q, err := c.innerQuery(n.Query, n)
	if err == nil && len(q.OrderBy) > 0 {
		return nil, c.notBuilt(n.Query, "ORDER BY in a view")
	}
	return q, err
}

// viewColumns gives the names, and refuses types that IRIS would not tell of the view's columns: a view has no place for
// markers.
func (c *compiler) viewColumns(n *parse.CreateView, q *analyze.Query) ([]string, error) {
	if len(n.Columns) > len(q.Columns) {
		return nil, pgerr.New(pgerr.SyntaxError, "CREATE VIEW specifies more column names than columns")
	}
	names := make([]string, len(q.Columns))
	seen := map[string]bool{}
	for i, col := range q.Columns {
		names[i] = col.Name
		if i < len(n.Columns) {
			names[i] = n.Columns[i].Text
		}
		if err := c.storableName(n, "column name", names[i]); err != nil {
			return nil, err
		}
		if key := strings.ToLower(names[i]); seen[key] {
			return nil, pgerr.New(pgerr.DuplicateColumn, "column %q specified more than once", names[i])
		} else {
			seen[key] = true
		}
		s, err := (&compiler{out: &Statement{}, in: c.in}).storageOf(col.Type, 0)
		if err != nil || s.marked || col.Type.OID == pgtypes.Vector || col.Type.OID == pgtypes.Bool && col.Table == nil {
			return nil, c.notBuilt(n, "a view column of type "+pgtypes.Format(col.Type))
		}
	}
	return names, nil
}
