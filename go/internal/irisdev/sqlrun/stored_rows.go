package sqlrun

import (
	"slices"

	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

// storedPlaces gives the places in the stored rows of a query that reads one table and nothing but its columns.
func (o *project) storedPlaces() []int {
	scan, ok := o.input.(*tableScan)
	if !ok || slices.Contains(o.fold, true) {
		return nil
	}
	places := make([]int, len(o.slots))
	for i, slot := range o.slots {
		at := slot - scan.fill.base
		if at < 0 || at >= len(scan.fill.columns) {
			return nil
		}
		c := scan.fill.columns[at]
		if c == nil || c.apart() {
			return nil
		}
		places[i] = c.Slot - 1
	}
	return places
}

// storedReader is the cursor of a tableScan.
type storedReader interface {
	cursor
	fetcher() *rowFetcher
}

func (c *scanCursor) fetcher() *rowFetcher { return &c.rowFetcher }

func (c *idCursor) fetcher() *rowFetcher { return &c.rowFetcher }

// openStored starts a query whose rows can be given as they are stored; nil if they can't.
func (q *queryPlan) openStored(x *execution) (*storedCursor, error) {
	p, ok := q.body.(*project)
	if !ok || p.places == nil {
		return nil, nil
	}
	c, err := p.input.open((&frame{execution: x}).child(q.width))
	if err != nil {
		return nil, err
	}
	reader, ok := c.(storedReader)
	if !ok {
		c.close()
		return nil, nil
	}
	f := reader.fetcher()
	f.stored, f.nameless = true, !slices.Contains(p.places, -1)
	return &storedCursor{resultCursor{x: x}, reader, p.places}, nil
}

// storedCursor gives a table's rows to the superserver as they are. It implements superserver.StoredCursor.
type storedCursor struct {
	resultCursor
	in     storedReader
	places []int
}

var _ superserver.StoredCursor = (*storedCursor)(nil)

// Places implements superserver.StoredCursor.
func (c *storedCursor) Places() []int { return c.places }

// NextStored implements superserver.StoredCursor.
func (c *storedCursor) NextStored() (id int64, list string, ok bool, err error) {
	const place = "ServerLoop - Query Fetch"
	if err := c.x.check(); err != nil {
		return 0, "", false, located(err, place)
	}
	if ok, err = c.in.next(); err != nil || !ok {
		return 0, "", false, located(err, place)
	}
	r := c.in.fetcher()
	if r.node.Kind() == value.List {
		return r.id, r.node.Raw(), true, nil
	}
	items, err := value.ListItems(r.node)
	if err != nil {
		return 0, "", false, located(fatal("<LIST>"), place)
	}
	return r.id, value.BuildList(items...).Raw(), true, nil
}

// Next gives the same rows as values.
func (c *storedCursor) Next() ([]value.Value, error) {
	id, list, ok, err := c.NextStored()
	if err != nil || !ok {
		return nil, err
	}
	items, err := value.AppendItems(nil, value.ListOf(list))
	if err != nil {
		return nil, located(fatal("<LIST>"), "ServerLoop - Query Fetch")
	}
	row := make([]value.Value, len(c.places))
	for i, at := range c.places {
		switch {
		case at < 0:
			row[i] = value.Int(id)
		case at < len(items):
			row[i] = items[at]
		}
	}
	return row, nil
}

// Close implements superserver.Cursor.
func (c *storedCursor) Close() {
	c.in.close()
	c.x.release()
}
