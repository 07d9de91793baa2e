package parse

// createSequence parses CREATE SEQUENCE.
func (p *parser) createSequence(at At, persistence Persistence) Stmt {
	n := &CreateSequence{At: at, Persistence: persistence}
	p.next()
	n.IfNotExists = p.ifNotExists()
	n.Name = p.qualified()
	n.Options = p.sequenceOptions(false)
	return n
}

// startsSequenceOption says whether an option of a sequence comes next.
func (p *parser) startsSequenceOption() bool {
	switch p.tok.kw {
	case kwAs, kwCache, kwCycle, kwIncrement, kwMaxvalue, kwMinvalue, kwSequence, kwStart, kwRestart, kwLogged, kwUnlogged, kwOwned:
		return true
	case kwNo:
		k := p.peek(1).kw
		return k == kwCycle || k == kwMaxvalue || k == kwMinvalue
	}
	return false
}

// sequenceOptions parses the options of a sequence, at least one if needed.
func (p *parser) sequenceOptions(needed bool) []SequenceOption {
	if needed && !p.startsSequenceOption() {
		p.fail()
	}
	var list []SequenceOption
	for p.startsSequenceOption() || p.is(kwNo) {
		list = append(list, p.sequenceOption())
	}
	return list
}

// sequenceOption parses one option.
func (p *parser) sequenceOption() SequenceOption {
	o := SequenceOption{At: p.at(), Name: p.word()}
	k := p.tok.kw
	p.next()
	switch k {
	case kwAs:
		o.Type = p.simpleType()
	case kwCache, kwMaxvalue, kwMinvalue:
		o.Value = p.signedNumber()
	case kwIncrement:
		p.acceptKw(kwBy)
		o.Value = p.signedNumber()
	case kwNo:
		if !p.isAny(kwCycle, kwMaxvalue, kwMinvalue) {
			p.fail()
		}
		o.Name += " " + p.word()
		p.next()
	case kwOwned:
		p.expectKw(kwBy)
		o.Name, o.Target = "OWNED BY", p.dotted()
	case kwSequence:
		p.expectKw(kwName)
		o.Name = "SEQUENCE NAME"
		at := p.at()
		o.Seq = p.qualify(at, p.dotted())
	case kwStart:
		p.acceptKw(kwWith)
		o.Value = p.signedNumber()
	case kwRestart:
		if p.acceptKw(kwWith) || p.tok.kind == tokInt || p.tok.kind == tokFloat || p.tok.kind == '-' || p.tok.kind == '+' {
			o.Value = p.signedNumber()
		}
	}
	return o
}
