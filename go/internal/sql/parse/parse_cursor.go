package parse

// declareCursor parses DECLARE.
func (p *parser) declareCursor() Stmt {
	n := &DeclareCursor{At: p.at()}
	p.next()
	n.Name = p.name()
	for {
		switch {
		case p.acceptKw(kwBinary):
			n.Binary = true
		case p.acceptKw(kwInsensitive):
			n.Insensitive = true
		case p.acceptKw(kwAsensitive):
			n.Asensitive = true
		case p.acceptKw(kwScroll):
			n.Scroll = true
		case p.acceptKw(kwNo):
			p.expectKw(kwScroll)
			n.NoScroll = true
		default:
			p.expectKw(kwCursor)
			p.hold(n)
			p.expectKw(kwFor)
			n.Query = p.query()
			return n
		}
	}
}

// hold parses WITH|WITHOUT HOLD.
func (p *parser) hold(n *DeclareCursor) {
	switch {
	case p.acceptKw(kwWith):
		p.expectKw(kwHold)
		n.Hold = true
	case p.acceptKw(kwWithout):
		p.expectKw(kwHold)
		n.NoHold = true
	}
}

// fetch parses FETCH and MOVE.
func (p *parser) fetch() Stmt {
	f := &Fetch{At: p.at(), Move: p.is(kwMove), Count: 1}
	p.next()
	direction := p.direction(f)
	if direction && !p.isAny(kwFrom, kwIn) && !isName(p.tok) {
		p.fail()
	}
	if p.isAny(kwFrom, kwIn) {
		p.next()
	}
	f.Cursor = p.name()
	return f
}

// direction parses the direction and count; a word of a direction may also be the cursor's name.
func (p *parser) direction(f *Fetch) bool {
	next := p.peek(1)
	if p.tok.kind == tokIdent && p.tok.kw != kwAll && (next.kind == tokEOF || next.kind == ';') {
		return false
	}
	switch p.tok.kw {
	case kwNext:
	case kwPrior:
		f.Direction = Backward
	case kwFirst:
		f.Direction = Absolute
	case kwLast:
		f.Direction, f.Count = Absolute, -1
	case kwAbsolute, kwRelative:
		f.Direction = Absolute
		if p.is(kwRelative) {
			f.Direction = Relative
		}
		p.next()
		f.Count = int64(p.signedInteger())
		return true
	case kwAll:
		f.All = true
	case kwForward, kwBackward:
		if p.is(kwBackward) {
			f.Direction = Backward
		}
		p.next()
		p.count(f)
		return true
	default:
		p.count(f)
		return true
	}
	p.next()
	return true
}

// count parses an optional count or ALL.
func (p *parser) count(f *Fetch) {
	switch {
	case p.acceptKw(kwAll):
		f.All = true
	case p.tok.kind == tokInt || p.tok.kind == '-' || p.tok.kind == '+':
		f.Count = int64(p.signedInteger())
	}
}

// closeCursor parses CLOSE.
func (p *parser) closeCursor() Stmt {
	n := &ClosePortal{At: p.at()}
	p.next()
	if !p.acceptKw(kwAll) {
		n.Cursor = p.name()
	}
	return n
}
