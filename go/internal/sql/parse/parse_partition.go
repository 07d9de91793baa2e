package parse

import "iris-pgwire/internal/pgerr"

// partitionOf parses PARTITION OF parent [(columns)] bound.
func (p *parser) partitionOf(n *CreateTable) {
	p.expectKw(kwPartition, kwOf)
	n.PartitionOf = p.qualifiedPtr()
	n.Elements = p.typedElements()
	n.Partition = p.partitionBound()
}

// partitionBy parses PARTITION BY strategy (keys).
func (p *parser) partitionBy() *PartitionSpec {
	s := &PartitionSpec{At: p.at()}
	p.expectKw(kwPartition, kwBy)
	at := p.pos()
	s.Strategy = p.name()
	switch s.Strategy {
	case "list", "range", "hash":
	default:
		p.errorf(pgerr.InvalidParameterValue, at, "unrecognized partitioning strategy \"%s\"", s.Strategy)
	}
	p.expect('(')
	for first := true; first || p.accept(','); first = false {
		k := p.keyBase()
		if isName(p.tok) {
			k.OpClass = p.dotted()
		}
		s.Keys = append(s.Keys, k)
	}
	p.expect(')')
	return s
}

// partitionBound parses DEFAULT or FOR VALUES ….
func (p *parser) partitionBound() *PartitionBound {
	b := &PartitionBound{At: p.at()}
	if p.acceptKw(kwDefault) {
		b.Default = true
		return b
	}
	p.expectKw(kwFor, kwValues)
	switch {
	case p.acceptKw(kwIn):
		b.In = p.parenExprs()
	case p.acceptKw(kwFrom):
		b.From = p.parenExprs()
		p.expectKw(kwTo)
		b.To = p.parenExprs()
	default:
		p.expectKw(kwWith)
		p.hashBound(b)
	}
	return b
}

// hashBound parses (MODULUS n, REMAINDER n).
func (p *parser) hashBound(b *PartitionBound) {
	b.HashGiven = true
	modulus, remainder := false, false
	p.expect('(')
	for first := true; first || p.accept(','); first = false {
		at := p.pos()
		switch word := p.nonReserved(); word {
		case "modulus":
			if modulus {
				p.errorf(pgerr.DuplicateObject, at, "modulus for hash partition provided more than once")
			}
			modulus, b.Modulus = true, p.integer()
		case "remainder":
			if remainder {
				p.errorf(pgerr.DuplicateObject, at, "remainder for hash partition provided more than once")
			}
			remainder, b.Remainder = true, p.integer()
		default:
			p.errorf(pgerr.SyntaxError, at, "unrecognized hash partition bound specification \"%s\"", word)
		}
	}
	p.expect(')')
	if !modulus {
		p.errGrammar("modulus for hash partition must be specified")
	}
	if !remainder {
		p.errGrammar("remainder for hash partition must be specified")
	}
}
