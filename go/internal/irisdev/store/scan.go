package store

import (
	"github.com/tidwall/btree"

	"iris-pgwire/internal/irisdev/value"
)

// Bound is an end of a Range: subscripts below the scanned node. A bound stands for the node and all below it.
type Bound struct {
	Subs      []value.Value
	Exclusive bool // leave out the node and all below it
}

// Range limits a scan to what lies between two bounds; nil is open.
type Range struct {
	From, To *Bound
	Reverse  bool // from To down to From
	// Guard is the lock name that the nodes are changed under, for Cursor.Quiet; nil is the scanned node. The scan of an
	// index gives that of the rows.
	Guard *Ref
}

// Cursor walks the nodes that have a value, in the order of their subscripts, as they were when Scan was called.
type Cursor struct {
	iter    btree.IterG[node]
	prefix  string
	low     string // keys ≥ low
	high    string // keys < high
	reverse bool
	quiet   bool
	all     bool // there is nothing at and beyond high, so that no key need be looked at
	started bool
	empty   bool
	at      node
}

// Scan walks everything below r, r itself excluded, within the range. Later changes, also those of this process, are not
// seen, so that a statement may change what it reads. Many cursors may be open at a time.
func (p *Process) Scan(r Ref, in Range) (*Cursor, error) {
	c := &Cursor{reverse: in.Reverse, empty: true, quiet: true}
	var err error
	if c.prefix, err = r.key(); err != nil {
		return nil, err
	}
	if err = c.bounds(r, in); err != nil {
		return nil, err
	}
	c.all = c.prefix == "" && in.To == nil && !in.Reverse
	name := r.name()
	space := p.home(name)
	guard := lockName(space.name, name) + c.prefix
	if in.Guard != nil {
		if guard, err = p.lockKey(*in.Guard); err != nil {
			return nil, err
		}
	}
	// Whoever changes a row has its lock before and until it is final: under the lock table's mutex the answer to "is
	// anything locked?" and the snapshot belong together.
	t := &p.store.locks
	t.mu.Lock()
	c.quiet = !t.othersBelow(p, guard)
	if g := space.find(name); g != nil {
		c.iter, c.empty = g.snapshot().Iter(), false
	}
	t.mu.Unlock()
	return c, nil
}

func (c *Cursor) bounds(r Ref, in Range) error {
	c.low, c.high = c.prefix, c.prefix+afterKeys
	if in.From != nil {
		key, err := encodeKey(r, in.From.Subs)
		if err != nil {
			return err
		}
		c.low = c.prefix + key
		if in.From.Exclusive {
			c.low += afterKeys
		}
	}
	if in.To != nil {
		key, err := encodeKey(r, in.To.Subs)
		if err != nil {
			return err
		}
		c.high = c.prefix + key
		if !in.To.Exclusive {
			c.high += afterKeys
		}
	}
	return nil
}

// Next moves to the next node; false is the end.
func (c *Cursor) Next() bool {
	if c.empty {
		return false
	}
	ok := false
	switch {
	case c.started && c.reverse:
		ok = c.iter.Prev()
	case c.started:
		ok = c.iter.Next()
	case c.reverse:
		// The last node before high is the one before the first that is not.
		if c.iter.Seek(node{key: c.high}) {
			ok = c.iter.Prev()
		} else {
			ok = c.iter.Last()
		}
	default:
		ok = c.iter.Seek(node{key: c.low})
		if ok && c.iter.Item().key == c.prefix {
			ok = c.iter.Next()
		}
	}
	c.started = true
	if ok {
		c.at = c.iter.Item()
		// A walk forward begins at low.
		ok = c.all || c.at.key < c.high && (!c.reverse || c.at.key >= c.low) && len(c.at.key) > len(c.prefix)
	}
	c.empty = !ok
	return ok
}

// Sub is the first subscript below the scanned node: the row id of a data map.
func (c *Cursor) Sub() value.Value {
	v, _, _ := value.NextKey(c.at.key[len(c.prefix):])
	return v
}

// Subs are all subscripts below the scanned node.
func (c *Cursor) Subs() []value.Value {
	var out []value.Value
	for key := c.at.key[len(c.prefix):]; key != ""; {
		v, n, err := value.NextKey(key)
		if err != nil {
			break
		}
		out = append(out, v)
		key = key[n:]
	}
	return out
}

// LastSub is the last subscript: the row id of an index entry.
func (c *Cursor) LastSub() value.Value {
	key := c.at.key[len(c.prefix):]
	for {
		n := value.SkipKey(key)
		if n == 0 || n == len(key) {
			break
		}
		key = key[n:]
	}
	v, _, _ := value.NextKey(key)
	return v
}

// Value is the node's value.
func (c *Cursor) Value() value.Value { return c.at.val }

// Quiet reports that no other process held an exclusive lock on the scanned node, on one above or on one below when the
// scan began: all that it sees is committed.
func (c *Cursor) Quiet() bool { return c.quiet }

// Skip leaves out everything that begins with the same first subscript as the current node.
func (c *Cursor) Skip() {
	if c.empty || !c.started {
		return
	}
	first := c.at.key[:len(c.prefix)+value.SkipKey(c.at.key[len(c.prefix):])]
	if c.reverse {
		c.high = first
	} else {
		c.low = first + afterKeys
	}
	c.started = false
}
