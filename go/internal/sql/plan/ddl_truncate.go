package plan

import (
	"fmt"
	"slices"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/parse"
)

// truncate is TRUNCATE. IRIS's TRUNCATE TABLE starts the counters again, and takes no table that a foreign key refers to;
// where the counters must go on (CONTINUE IDENTITY, which is the default) or a table of the list refers to another, the
// rows are deleted instead.
func (c *compiler) truncate(n *parse.Truncate) error {
	c.out.Tag = "TRUNCATE TABLE"
	var list []*schema.Table
	for _, f := range n.Tables {
		t, err := c.existing(f.Name)
		if err != nil {
			return err
		}
		if t.View {
			return pgerr.New(pgerr.WrongObjectType, "%q is not a table", f.Name.Name)
		}
		if !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	list, err := c.truncated(n, list)
	if err != nil {
		return err
	}
	for _, t := range childrenFirst(list) {
		sql := "TRUNCATE TABLE " + printed(t)
		counts := slices.ContainsFunc(t.Columns, func(col schema.Column) bool { return col.Identity != "" })
		referenced := slices.ContainsFunc(list, func(other *schema.Table) bool { return references(other, t) })
		switch {
		case referenced && counts && n.RestartIdentity:
			return c.notBuilt(n, "TRUNCATE ... RESTART IDENTITY of a table that another one references")
		case counts && !n.RestartIdentity, referenced:
			sql = "DELETE FROM " + printed(t)
		}
		c.out.Steps = append(c.out.Steps, Step{Kind: ExecStep, SQL: sql})
	}
	c.out.Atomic = len(c.out.Steps) > 1
	return nil
}

// truncated adds the tables that refer to those of the list, which only CASCADE allows.
func (c *compiler) truncated(n *parse.Truncate, list []*schema.Table) ([]*schema.Table, error) {
	f, ok := c.in.Schema.(schema.Finder)
	if !ok {
		return list, nil
	}
	for i := 0; i < len(list); i++ {
		refs, err := f.References(c.ctx, list[i].Schema, list[i].Name)
		if err != nil {
			return nil, err
		}
		for _, r := range refs {
			other, err := f.Table(c.ctx, r.Schema, r.Table)
			if err != nil {
				return nil, err
			}
			if other == nil || slices.Contains(list, other) {
				continue
			}
			if !n.Cascade {
				return nil, pgerr.New(pgerr.FeatureNotSupported, "cannot truncate a table referenced in a foreign key constraint").
					WithDetail("Table %q references %q.", other.Name, list[i].Name).
					WithHint("Truncate table %q at the same time, or use TRUNCATE ... CASCADE.", other.Name)
			}
			c.notice("00000", fmt.Sprintf("truncate cascades to table %q", other.Name), "")
			list = append(list, other)
		}
	}
	return list, nil
}
