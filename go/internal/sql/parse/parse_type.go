package parse

// typeName parses a type (Typename).
func (p *parser) typeName() *TypeName {
	setOf := p.acceptKw(kwSetof)
	t := p.simpleType()
	t.SetOf = setOf
	p.arrayBounds(t)
	return t
}

// arrayBounds parses [n][]… or ARRAY [n].
func (p *parser) arrayBounds(t *TypeName) {
	if p.acceptKw(kwArray) {
		bound := -1
		if p.accept('[') {
			bound = p.integer()
			p.expect(']')
		}
		t.ArrayBounds = []int{bound}
		return
	}
	for p.accept('[') {
		bound := -1
		if p.tok.kind != ']' {
			bound = p.integer()
		}
		p.expect(']')
		t.ArrayBounds = append(t.ArrayBounds, bound)
	}
}

// simpleType parses a type without array bounds (SimpleTypename).
func (p *parser) simpleType() *TypeName {
	if startsConstType(p.tok.kw) {
		t := p.constType()
		if isInterval(t) && t.Mods == nil {
			p.intervalFields(t)
		}
		return t
	}
	if !isFuncName(p.tok) {
		p.fail()
	}
	t := &TypeName{At: p.at(), Names: make([]string, 1, 2)}
	t.Names[0] = p.takeText()
	for p.accept('.') {
		t.Names = append(t.Names, p.label())
	}
	if p.tok.kind == '(' {
		t.Mods = p.parenExprs()
	}
	return t
}

// startsConstType says whether a keyword begins a type with its own grammar.
func startsConstType(k kw) bool {
	switch k {
	case kwInt, kwInteger, kwSmallint, kwBigint, kwReal, kwFloat, kwDouble, kwDecimal, kwDec, kwNumeric, kwBoolean, kwBit,
		kwCharacter, kwChar, kwNational, kwNchar, kwVarchar, kwTimestamp, kwTime, kwInterval, kwJson:
		return true
	}
	return false
}

// simpleTypes are the types of one word without more.
var simpleTypes = map[kw]string{kwInt: "int4", kwInteger: "int4", kwSmallint: "int2", kwBigint: "int8", kwReal: "float4",
	kwBoolean: "bool", kwJson: "json"}

// constType parses a type with its own grammar, INTERVAL without its fields.
func (p *parser) constType() *TypeName {
	t, k := &TypeName{At: p.at()}, p.tok.kw
	if k == kwDouble && p.peek(1).kw != kwPrecision {
		// double is an ordinary name except before precision.
		t.Names = []string{p.takeText()}
		for p.accept('.') {
			t.Names = append(t.Names, p.label())
		}
		return t
	}
	p.next()
	switch k {
	case kwFloat:
		t.Names = p.floatType()
	case kwDouble:
		p.next()
		t.Names = systemName("float8")
	case kwDecimal, kwDec, kwNumeric:
		t.Names = systemName("numeric")
		if p.tok.kind == '(' {
			t.Mods = p.parenExprs()
		}
	case kwBit:
		p.bitType(t)
	case kwNational:
		if !p.isAny(kwCharacter, kwChar) {
			p.fail()
		}
		p.next()
		p.charType(t, p.acceptKw(kwVarying))
	case kwCharacter, kwChar, kwNchar:
		p.charType(t, p.acceptKw(kwVarying))
	case kwVarchar:
		p.charType(t, true)
	case kwTimestamp, kwTime:
		p.timeType(t, keywords[k].word)
	case kwInterval:
		t.Names = systemName("interval")
		t.Mods = p.optPrecision()
	default:
		t.Names = systemName(simpleTypes[k])
	}
	return t
}

// floatType parses the precision of FLOAT: bits, that choose the type.
func (p *parser) floatType() []string {
	if !p.accept('(') {
		return systemName("float8")
	}
	at, n := p.pos(), p.integer()
	switch {
	case n < 1:
		p.errType(at, "precision for type float must be at least 1 bit")
	case n > 53:
		p.errType(at, "precision for type float must be less than 54 bits")
	}
	p.expect(')')
	if n <= 24 {
		return systemName("float4")
	}
	return systemName("float8")
}

// bitType parses [VARYING] [(n)]; BIT alone is BIT(1).
func (p *parser) bitType(t *TypeName) {
	t.Names = systemName("bit")
	varying := p.acceptKw(kwVarying)
	if varying {
		t.Names[1] = "varbit"
	}
	switch {
	case p.tok.kind == '(':
		t.Mods = p.parenExprs()
	case !varying && p.tok.kind != tokString:
		t.Mods = []Expr{&Literal{At: -1, Kind: IntLiteral, Text: "1"}}
	}
}

// charType parses [(n)]; CHAR alone is CHAR(1), except before a string.
func (p *parser) charType(t *TypeName, varying bool) {
	t.Names = systemName("bpchar")
	if varying {
		t.Names[1] = "varchar"
	}
	t.Mods = p.optPrecision()
	if t.Mods == nil && !varying && p.tok.kind != tokString {
		t.Mods = []Expr{&Literal{At: -1, Kind: IntLiteral, Text: "1"}}
	}
}

// timeType parses [(n)] [WITH|WITHOUT TIME ZONE] behind TIMESTAMP or TIME.
func (p *parser) timeType(t *TypeName, name string) {
	t.Mods = p.optPrecision()
	switch {
	case p.acceptKws(kwWith, kwTime, kwZone):
		name += "tz"
	case p.is2(kwWithout, kwTime):
		p.expectKw(kwWithout, kwTime, kwZone)
	case p.is2(kwWith, kwTime):
		p.expectKw(kwWith, kwTime, kwZone)
	}
	t.Names = systemName(name)
}

// optPrecision parses (n) as a type modifier.
func (p *parser) optPrecision() []Expr {
	if !p.accept('(') {
		return nil
	}
	at := p.at()
	if !p.isInt() {
		p.fail()
	}
	l := p.number()
	l.At = at
	p.expect(')')
	return []Expr{l}
}

// intervalEnds says which fields may follow TO.
var intervalEnds = map[kw][]kw{kwYear: {kwMonth}, kwDay: {kwHour, kwMinute, kwSecond}, kwHour: {kwMinute, kwSecond}, kwMinute: {kwSecond}}

// intervalFields parses the fields of INTERVAL: YEAR, DAY TO SECOND(3) …
func (p *parser) intervalFields(t *TypeName) {
	if !p.isAny(kwYear, kwMonth, kwDay, kwHour, kwMinute, kwSecond) {
		return
	}
	last := p.tok.kw
	t.Interval = p.word()
	p.next()
	if p.is(kwTo) && intervalEnds[last] != nil {
		ends := intervalEnds[last]
		p.next()
		if !p.isAny(ends...) {
			p.fail()
		}
		last = p.tok.kw
		t.Interval += " TO " + p.word()
		p.next()
	}
	if last == kwSecond {
		t.Mods = p.optPrecision()
	}
}
