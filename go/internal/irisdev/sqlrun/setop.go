package sqlrun

import "iris-pgwire/internal/irisdev/irissql"

// side is one side of a set operation with what brings its columns to the result types.
type side struct {
	plan    *queryPlan
	convert []evaluator
}

// setOperator is UNION, EXCEPT or INTERSECT. Its output slots hold a side's row, first as it is, then converted.
type setOperator struct {
	left, right     side
	out             slotRange
	keys            []keyOf
	kind            irissql.SetKind
	all             bool
	keepsDuplicates bool
}

func (o *setOperator) open(f *frame) (cursor, error) {
	c := &setCursor{o: o, f: f, seen: map[string]bool{}}
	if o.kind != irissql.Union {
		if err := c.readRight(); err != nil {
			return nil, err
		}
	}
	var err error
	c.in, err = o.left.plan.open(f.around())
	c.now = &o.left
	return c, err
}

// around is the frame that a side sees as its outer one: the set operation's own frame is no query block.
func (f *frame) around() *frame {
	if f.outer != nil {
		return f.outer
	}
	return f
}

type setCursor struct {
	o     *setOperator
	f     *frame
	in    rowReader
	now   *side
	right map[string]bool
	seen  map[string]bool
	key   []byte
}

// read puts a side's next row, converted, into the output slots.
func (c *setCursor) read(in rowReader, s *side) (bool, error) {
	row, err := in.next()
	if err != nil || row == nil {
		return false, err
	}
	if err := c.f.check(); err != nil {
		return false, err
	}
	out := c.f.slots[c.o.out.from:c.o.out.to]
	copy(out, row)
	for i, convert := range s.convert {
		if convert == nil {
			continue
		}
		if out[i], err = convert(c.f); err != nil {
			return false, err
		}
	}
	return true, nil
}

// readRight collects the right side's keys for EXCEPT and INTERSECT.
func (c *setCursor) readRight() error {
	in, err := c.o.right.plan.open(c.f.around())
	if err != nil {
		return err
	}
	defer in.close()
	c.right = map[string]bool{}
	for {
		ok, err := c.read(in, &c.o.right)
		if err != nil || !ok {
			return err
		}
		if c.key, err = groupKey(c.f, c.o.keys, c.key); err != nil {
			return err
		}
		c.right[string(c.key)] = true
	}
}

func (c *setCursor) next() (bool, error) {
	for {
		ok, err := c.read(c.in, c.now)
		if err != nil {
			return false, err
		}
		if !ok {
			if c.o.kind != irissql.Union || c.now == &c.o.right {
				return false, nil
			}
			c.in.close()
			if c.in, err = c.o.right.plan.open(c.f.around()); err != nil {
				return false, err
			}
			c.now = &c.o.right
			continue
		}
		keep, err := c.keeps()
		if keep || err != nil {
			return keep, err
		}
	}
}

// keeps decides whether the row in the output slots is a row of the result.
func (c *setCursor) keeps() (bool, error) {
	if c.o.kind == irissql.Union && c.o.all {
		return true, nil
	}
	var err error
	if c.key, err = groupKey(c.f, c.o.keys, c.key); err != nil {
		return false, err
	}
	if c.o.kind != irissql.Union && c.right[string(c.key)] != (c.o.kind == irissql.Intersect) {
		return false, nil
	}
	if c.seen[string(c.key)] && !c.o.keepsDuplicates {
		return false, nil
	}
	c.seen[string(c.key)] = true
	return true, nil
}

func (c *setCursor) close() {
	if c.in != nil {
		c.in.close()
	}
}
