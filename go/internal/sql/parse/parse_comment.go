package parse

import "strings"

// commentKind says how the objects of a kind are named in COMMENT ON.
type commentKind struct {
	words []kw
	name  func(*parser, *Comment)
}

// commentKinds gives the kinds by their words.
func commentKinds() []commentKind {
	anyName := func(p *parser, c *Comment) { c.Name = p.dotted() }
	plain := func(p *parser, c *Comment) { c.Name = []string{p.name()} }
	typeName := func(p *parser, c *Comment) { c.Type = p.typeName() }
	onTable := func(p *parser, c *Comment) {
		c.Name = []string{p.name()}
		p.expectKw(kwOn)
		c.On = p.dotted()
	}
	signature := func(p *parser, c *Comment) { s := p.signature(); c.Signature = &s }
	return []commentKind{
		{[]kw{kwColumn}, anyName}, {[]kw{kwTable}, anyName}, {[]kw{kwSequence}, anyName}, {[]kw{kwView}, anyName},
		{[]kw{kwMaterialized, kwView}, anyName}, {[]kw{kwIndex}, anyName}, {[]kw{kwForeign, kwTable}, anyName},
		{[]kw{kwCollation}, anyName}, {[]kw{kwConversion}, anyName}, {[]kw{kwStatistics}, anyName},
		{[]kw{kwText, kwSearch, kwParser}, anyName}, {[]kw{kwText, kwSearch, kwDictionary}, anyName},
		{[]kw{kwText, kwSearch, kwTemplate}, anyName}, {[]kw{kwText, kwSearch, kwConfiguration}, anyName},
		{[]kw{kwAccess, kwMethod}, plain}, {[]kw{kwEvent, kwTrigger}, plain}, {[]kw{kwExtension}, plain},
		{[]kw{kwForeign, kwData, kwWrapper}, plain}, {[]kw{kwLanguage}, plain}, {[]kw{kwProcedural, kwLanguage}, plain},
		{[]kw{kwPublication}, plain}, {[]kw{kwSchema}, plain}, {[]kw{kwServer}, plain}, {[]kw{kwDatabase}, plain},
		{[]kw{kwRole}, plain}, {[]kw{kwSubscription}, plain}, {[]kw{kwTablespace}, plain},
		{[]kw{kwType}, typeName}, {[]kw{kwDomain}, typeName},
		{[]kw{kwPolicy}, onTable}, {[]kw{kwRule}, onTable}, {[]kw{kwTrigger}, onTable},
		{[]kw{kwConstraint}, (*parser).commentConstraint},
		{[]kw{kwFunction}, signature}, {[]kw{kwProcedure}, signature}, {[]kw{kwRoutine}, signature},
		{[]kw{kwLarge, kwObject}, func(p *parser, c *Comment) { c.Name = []string{p.signedNumber().Text} }},
	}
}

// comment parses COMMENT ON.
func (p *parser) comment() Stmt {
	c := &Comment{At: p.at()}
	p.next()
	p.expectKw(kwOn)
	if p.isAny(kwAggregate, kwOperator, kwCast, kwTransform) {
		kind := p.word()
		return p.skipAs(c.At, "COMMENT ON "+kind)
	}
	for _, k := range commentKinds() {
		if !p.acceptKws(k.words...) {
			continue
		}
		for _, w := range k.words {
			c.Kind = strings.TrimSpace(c.Kind + " " + upper(keywords[w].word))
		}
		k.name(p, c)
		p.expectKw(kwIs)
		c.Text = p.commentText()
		return c
	}
	p.fail()
	return nil
}

// commentText parses a string or NULL.
func (p *parser) commentText() *string {
	if p.acceptKw(kwNull) {
		return nil
	}
	text := p.stringText()
	return &text
}

// commentConstraint parses name ON [DOMAIN] table.
func (p *parser) commentConstraint(c *Comment) {
	c.Name = []string{p.name()}
	p.expectKw(kwOn)
	if p.is(kwDomain) && isName(p.peek(1)) && p.peek(1).kw != kwIs {
		p.next()
		c.Domain = true
	}
	c.On = p.dotted()
}
