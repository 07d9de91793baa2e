package sqlrun

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/bound"
)

// joinPlanner chooses how the sources of one Select are read and joined.
type joinPlanner struct {
	c       *compiler
	sources []*bound.Source
	scope   *scope
	dirty   bool
}

// rowsOf compiles FROM and WHERE. Conditions without a source come first: WHERE 1=0 reads nothing.
func (c *compiler) rowsOf(sources []*bound.Source, from bound.From, where bound.Cond, dirty bool) operator {
	p := &joinPlanner{c: c, sources: sources, scope: c.at(0), dirty: dirty}
	list := conjuncts(where)
	if from == nil {
		return p.filtered(oneRow{}, list)
	}
	gates, list := split(list, 0)
	op := p.inner(from, list)
	if len(gates) > 0 {
		op = &gate{op, p.all(gates)}
	}
	return op
}

func (p *joinPlanner) all(list []conjunct) condition {
	conds := make([]condition, len(list))
	for i, x := range list {
		conds[i] = p.c.cond(x.cond)
	}
	return allOf(conds)
}

func (p *joinPlanner) filtered(op operator, list []conjunct) operator {
	if len(list) == 0 {
		return op
	}
	return filter{op, p.all(list)}
}

// gate opens its input only if the condition, which reads no row, is true.
type gate struct {
	input operator
	test  condition
}

func (o *gate) open(f *frame) (cursor, error) {
	t, err := o.test(f)
	if err != nil {
		return nil, err
	}
	if t != isTrue {
		return &once{done: true}, nil
	}
	return o.input.open(f)
}

// member is one operand of a chain of inner joins: a source, or an outer join.
type member struct {
	from bound.From
	set  sourceSet
	// needs are the sources that must come before it (LATERAL).
	needs  sourceSet
	placed bool
}

// setOf gives the sources of a tree.
func setOf(from bound.From) sourceSet {
	switch x := from.(type) {
	case *bound.Scan:
		return one(x.Source)
	case *bound.Join:
		return setOf(x.Left) | setOf(x.Right)
	}
	return 0
}

// slots gives the run of slots of a tree's sources; they are neighbours, as sources are numbered from left to right.
func (p *joinPlanner) slots(from bound.From) slotRange {
	switch x := from.(type) {
	case *bound.Scan:
		return p.scope.source(x.Source)
	case *bound.Join:
		l, r := p.slots(x.Left), p.slots(x.Right)
		return slotRange{min(l.from, r.from), max(l.to, r.to)}
	}
	return slotRange{}
}

// flatten takes a chain of inner and cross joins apart.
func (p *joinPlanner) flatten(from bound.From, list *[]*member, conds *[]conjunct) {
	if j, ok := from.(*bound.Join); ok && (j.Kind == irissql.InnerJoin || j.Kind == irissql.CrossJoin) {
		p.flatten(j.Left, list, conds)
		p.flatten(j.Right, list, conds)
		*conds = append(*conds, conjuncts(j.On)...)
		return
	}
	m := &member{from: from, set: setOf(from)}
	if s, ok := from.(*bound.Scan); ok && p.sources[s.Source].Lateral {
		m.needs = one(s.Source) - 1
	}
	*list = append(*list, m)
}

// inner plans a chain of inner joins together with conditions over it. Members are taken in the order written, but one
// that an index can find goes before one that would be read whole.
func (p *joinPlanner) inner(from bound.From, conds []conjunct) operator {
	var members []*member
	p.flatten(from, &members, &conds)
	for _, m := range members {
		m.needs &= setOf(from)
	}
	var done sourceSet
	var op operator
	for range members {
		m := p.pick(members, done, conds)
		m.placed = true
		var now []conjunct
		now, conds = split(conds, done|m.set)
		if op == nil {
			op = p.first(m, now)
		} else {
			op = p.append(op, done, m, now)
		}
		done |= m.set
	}
	return p.filtered(op, conds)
}

// pick chooses the next member.
func (p *joinPlanner) pick(members []*member, done sourceSet, conds []conjunct) *member {
	var fallback, linked *member
	for _, m := range members {
		if m.placed || !m.needs.within(done) {
			continue
		}
		if fallback == nil {
			fallback = m
		}
		if s, ok := m.from.(*bound.Scan); ok && p.path(s, done, conds) != nil {
			return m
		}
		if linked == nil && done != 0 && p.linked(m, done, conds) {
			linked = m
		}
	}
	if linked != nil {
		return linked
	}
	return fallback
}

// linked reports an equality between the member and what is there already.
func (p *joinPlanner) linked(m *member, done sourceSet, conds []conjunct) bool {
	for _, c := range conds {
		if _, _, ok := equality(c, done, m.set); ok {
			return true
		}
	}
	return false
}

// first plans the member that starts the chain.
func (p *joinPlanner) first(m *member, conds []conjunct) operator {
	if s, ok := m.from.(*bound.Scan); ok {
		return p.filtered(p.scan(s, p.path(s, 0, conds)), conds)
	}
	return p.outer(m.from.(*bound.Join), conds)
}

// append joins a member to what is there: by index lookup, by hash, or by trying every pair.
func (p *joinPlanner) append(left operator, done sourceSet, m *member, conds []conjunct) operator {
	own, links := split(conds, m.set)
	if s, ok := m.from.(*bound.Scan); ok {
		path := p.path(s, done, conds)
		if path.dependsOn(done) || p.sources[s.Source].Lateral {
			return &loopJoin{kind: innerJoin, left: left, right: p.filtered(p.scan(s, path), conds), rightSlots: p.slots(m.from)}
		}
	}
	right := p.first(m, own)
	return p.pairs(innerJoin, left, right, done, m, links)
}

// pairs joins two operators by the equalities among links, or pair by pair.
func (p *joinPlanner) pairs(kind joinKind, left, right operator, done sourceSet, m *member, links []conjunct) operator {
	j := &hashJoin{kind: kind, left: left, right: right, leftSlots: slotRange{0, p.slots(m.from).from}, rightSlots: p.slots(m.from)}
	var rest []conjunct
	for _, c := range links {
		l, r, ok := equality(c, done, m.set)
		if !ok {
			rest = append(rest, c)
			continue
		}
		fold := collatorFor(c.cond.(*bound.Compare).Collation)
		j.leftKeys = append(j.leftKeys, keyOf{p.c.expr(l), fold})
		j.rightKeys = append(j.rightKeys, keyOf{p.c.expr(r), fold})
	}
	if len(rest) > 0 {
		j.on = p.all(rest)
	}
	if len(j.leftKeys) > 0 {
		return j
	}
	if kind == fullJoin {
		on := j.on
		if on == nil {
			on = func(*frame) (truth, error) { return isTrue, nil }
		}
		return &fullLoop{left: left, right: right, leftSlots: j.leftSlots, rightSlots: j.rightSlots, on: on}
	}
	return &loopJoin{kind: kind, left: left, right: right, rightSlots: j.rightSlots, on: j.on}
}

// equality takes L = R apart when one side reads only left sources and the other only right ones.
func equality(c conjunct, left, right sourceSet) (l, r bound.Expr, ok bool) {
	x, isCompare := c.cond.(*bound.Compare)
	if !isCompare || x.Op != irissql.Equal {
		return nil, nil, false
	}
	a, b := exprRefs(x.L), exprRefs(x.R)
	if a == 0 || b == 0 {
		return nil, nil, false
	}
	switch {
	case a.within(left) && b.within(right):
		return x.L, x.R, true
	case b.within(left) && a.within(right):
		return x.R, x.L, true
	}
	return nil, nil, false
}

// outer plans a LEFT or FULL join. WHERE conditions may go below it only on the side that is never filled with NULLs.
func (p *joinPlanner) outer(j *bound.Join, where []conjunct) operator {
	leftSet := setOf(j.Left)
	m := &member{from: j.Right, set: setOf(j.Right)}
	on := conjuncts(j.On)
	if j.Kind == irissql.FullJoin {
		op := p.pairs(fullJoin, p.inner(j.Left, nil), p.inner(j.Right, nil), leftSet, m, on)
		h, ok := op.(*hashJoin)
		if ok {
			h.leftSlots = p.slots(j.Left)
		} else {
			op.(*fullLoop).leftSlots = p.slots(j.Left)
		}
		return p.filtered(op, where)
	}
	below, above := split(where, leftSet)
	left := p.inner(j.Left, below)
	own, links := split(on, m.set)
	var gates []conjunct
	gates, own = split(own, 0)
	links = append(links, gates...)
	if s, ok := j.Right.(*bound.Scan); ok {
		path := p.path(s, leftSet, on)
		if path.dependsOn(leftSet) || p.sources[s.Source].Lateral {
			op := &loopJoin{kind: leftJoin, left: left, right: p.filtered(p.scan(s, path), own), rightSlots: p.slots(j.Right)}
			if len(links) > 0 {
				op.on = p.all(links)
			}
			return p.filtered(op, above)
		}
	}
	return p.filtered(p.pairs(leftJoin, left, p.inner(j.Right, own), leftSet, m, links), above)
}
