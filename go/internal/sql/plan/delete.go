package plan

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
)

// delete compiles DELETE; USING is a second FROM in IRIS (IRIS docs, "DELETE").
func (c *compiler) delete(n *analyze.Delete) error {
	if n.Table.Table.View {
		return pgerr.NotBuilt(n.Table.At, "DELETE from a view")
	}
	if n.RetCols != nil {
		return c.deleteReturning(n)
	}
	p := irissql.New(c.options())
	target, err := p.Relation(n.Table)
	if err != nil {
		return err
	}
	f, err := c.changeTail(p, irissql.Fill("DELETE FROM @", target), n.Using, n.Where)
	if err != nil {
		return err
	}
	_, err = c.exec(f)
	return err
}

// deleteReturning finds the rows, locks them, reads them and deletes them, all by their RowIDs.
func (c *compiler) deleteReturning(n *analyze.Delete) error {
	if len(n.Using) > 0 {
		return pgerr.NotBuilt(n.At, "DELETE ... USING ... RETURNING")
	}
	if err := c.describeReturning(n.Returning, n.RetCols, n.Table); err != nil {
		return err
	}
	c.out.Atomic = true
	if err := c.findKeys(n.Table, n.Where); err != nil {
		return err
	}
	if err := c.lockKept(n.Table, n.Where); err != nil {
		return err
	}
	read, err := c.rowsWhere(n.Table, n.Returning, n.RetCols, keptRows)
	if err != nil {
		return err
	}
	c.out.Steps = append(c.out.Steps, read)
	p := irissql.New(c.options())
	target, err := p.Relation(n.Table)
	if err != nil {
		return err
	}
	return c.changeKept(p, irissql.Fill("DELETE FROM @", target), n.Table, nil)
}

// lockColumn is a column that can be set to itself: no counter, and rather none of a key.
func lockColumn(t *schema.Table) (string, bool) {
	found := ""
	for i := range t.Columns {
		col := &t.Columns[i]
		switch {
		case col.Identity != "":
		case !inKey(t, col.Name):
			return col.Name, true
		case found == "":
			found = col.Name
		}
	}
	return found, found != ""
}

func inKey(t *schema.Table, column string) bool {
	for i := range t.Keys {
		for _, c := range t.Keys[i].Columns {
			if strings.EqualFold(c, column) {
				return true
			}
		}
	}
	return false
}
