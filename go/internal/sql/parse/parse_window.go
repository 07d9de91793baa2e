package parse

import "iris-pgwire/internal/pgerr"

// windowSpec parses ([base] [PARTITION BY …] [ORDER BY …] [frame]).
func (p *parser) windowSpec() WindowDef {
	w := WindowDef{At: p.at()}
	p.expect('(')
	if isName(p.tok) && !p.isAny(kwPartition, kwRange, kwRows, kwGroups) {
		w.Base = p.name()
	}
	if p.acceptKw(kwPartition) {
		p.expectKw(kwBy)
		w.PartitionBy = p.exprs()
	}
	if p.is(kwOrder) {
		w.OrderBy = p.orderBy()
	}
	if p.isAny(kwRange, kwRows, kwGroups) {
		w.Frame = p.frame()
	}
	p.expect(')')
	return w
}

// frame parses a frame clause.
func (p *parser) frame() *Frame {
	f := &Frame{At: p.at()}
	switch p.tok.kw {
	case kwRows:
		f.Mode = Rows
	case kwGroups:
		f.Mode = Groups
	}
	p.next()
	if p.acceptKw(kwBetween) {
		f.Between = true
		f.Start = p.bound()
		p.expectKw(kwAnd)
		f.End = p.bound()
	} else {
		f.Start = p.bound()
		f.End = Bound{At: f.Start.At, Kind: CurrentRow}
	}
	p.checkFrame(f)
	if p.acceptKw(kwExclude) {
		f.Exclude = p.exclusion()
	}
	return f
}

// checkFrame raises what PostgreSQL's grammar says of impossible frames.
func (p *parser) checkFrame(f *Frame) {
	start, end := f.Start.Kind, f.End.Kind
	switch {
	case start == UnboundedFollowing:
		p.errorf(pgerr.WindowingError, f.Start.Pos(), "frame start cannot be UNBOUNDED FOLLOWING")
	case !f.Between && start == OffsetFollowing:
		p.errorf(pgerr.WindowingError, f.Start.Pos(), "frame starting from following row cannot end with current row")
	case !f.Between:
	case end == UnboundedPreceding:
		p.errorf(pgerr.WindowingError, f.End.Pos(), "frame end cannot be UNBOUNDED PRECEDING")
	case start == CurrentRow && end == OffsetPreceding:
		p.errorf(pgerr.WindowingError, f.End.Pos(), "frame starting from current row cannot have preceding rows")
	case start == OffsetFollowing && (end == OffsetPreceding || end == CurrentRow):
		p.errorf(pgerr.WindowingError, f.End.Pos(), "frame starting from following row cannot have preceding rows")
	}
}

// bound parses one end of a frame.
func (p *parser) bound() Bound {
	b := Bound{At: p.at()}
	switch {
	case p.is(kwUnbounded) && (p.peek(1).kw == kwPreceding || p.peek(1).kw == kwFollowing):
		p.next()
		b.Kind = UnboundedPreceding
		if p.is(kwFollowing) {
			b.Kind = UnboundedFollowing
		}
		p.next()
	case p.is2(kwCurrent, kwRow):
		p.next()
		p.next()
		b.Kind = CurrentRow
	default:
		b.Offset = p.expr()
		switch p.tok.kw {
		case kwPreceding:
			b.Kind = OffsetPreceding
		case kwFollowing:
			b.Kind = OffsetFollowing
		default:
			p.fail()
		}
		p.next()
	}
	return b
}

// exclusion parses what follows EXCLUDE.
func (p *parser) exclusion() FrameExclusion {
	switch {
	case p.acceptKw(kwCurrent):
		p.expectKw(kwRow)
		return ExcludeCurrentRow
	case p.acceptKw(kwGroup):
		return ExcludeGroup
	case p.acceptKw(kwTies):
		return ExcludeTies
	}
	p.expectKw(kwNo, kwOthers)
	return ExcludeNoOthers
}

// windows parses the WINDOW clause's list.
func (p *parser) windows() []WindowDef {
	var list []WindowDef
	for first := true; first || p.accept(','); first = false {
		name := p.name()
		p.expectKw(kwAs)
		w := p.windowSpec() // PostgreSQL's position is the parenthesis
		w.Name = name
		list = append(list, w)
	}
	return list
}
