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
	s.Strategy = p.name()
	p.expect('(')
	for first := true; first || p.accept(','); first = false {
		k := p.keyBase()
		if isName(p.tok) {
			k.OpClass = p.dotted()
		}
		s.Keys = append(s.Keys, k)
	}
	p.expect(')')
	switch s.Strategy {
	case "list", "range", "hash":
	default:
		p.raise(pgerr.New(pgerr.InvalidParameterValue, "unrecognized partitioning strategy \"%s\"", s.Strategy))
	}
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

// hashItem is one word with its number.
type hashItem struct {
	at    int
	word  string
	value int
}

// hashBound parses (MODULUS n, REMAINDER n).
func (p *parser) hashBound(b *PartitionBound) {
	b.HashGiven = true
	modulus, remainder := false, false
	var items []hashItem
	p.expect('(')
	for first := true; first || p.accept(','); first = false {
		at := p.pos()
		items = append(items, hashItem{at, p.nonReserved(), p.integer()})
	}
	p.expect(')')
	for _, item := range items {
		switch item.word {
		case "modulus":
			if modulus {
				p.errorf(pgerr.DuplicateObject, item.at, "modulus for hash partition provided more than once")
			}
			modulus, b.Modulus = true, item.value
		case "remainder":
			if remainder {
				p.errorf(pgerr.DuplicateObject, item.at, "remainder for hash partition provided more than once")
			}
			remainder, b.Remainder = true, item.value
		default:
			p.errorf(pgerr.SyntaxError, item.at, "unrecognized hash partition bound specification \"%s\"", item.word)
		}
	}
	if !modulus {
		p.errGrammar("modulus for hash partition must be specified")
	}
	if !remainder {
		p.errGrammar("remainder for hash partition must be specified")
	}
}
