package parse

import "strings"

// outside lists the first words of the statements that this grammar does not cover. "CREATE [OR REPLACE] …" is looked
// up without OR REPLACE.
var outside = map[kw][][]kw{
	kwCreate: {
		{kwFunction}, {kwProcedure}, {kwAggregate}, {kwTrigger}, {kwConstraint, kwTrigger}, {kwEvent, kwTrigger}, {kwRule},
		{kwLanguage}, {kwTrusted, kwLanguage}, {kwProcedural, kwLanguage}, {kwTrusted, kwProcedural, kwLanguage},
		{kwForeign, kwData, kwWrapper}, {kwServer}, {kwForeign, kwTable}, {kwUser, kwMapping}, {kwTablespace},
		{kwAccess, kwMethod}, {kwPolicy}, {kwPublication}, {kwSubscription}, {kwStatistics},
		{kwOperator, kwClass}, {kwOperator, kwFamily}, {kwOperator}, {kwCast}, {kwTransform}, {kwConversion},
		{kwDefault, kwConversion}, {kwCollation}, {kwText, kwSearch, kwParser}, {kwText, kwSearch, kwDictionary},
		{kwText, kwSearch, kwTemplate}, {kwText, kwSearch, kwConfiguration}, {kwDatabase}, {kwAssertion},
	},
	kwAlter: {
		{kwFunction}, {kwProcedure}, {kwRoutine}, {kwAggregate}, {kwTrigger}, {kwEvent, kwTrigger}, {kwRule}, {kwLanguage},
		{kwProcedural, kwLanguage}, {kwForeign, kwData, kwWrapper}, {kwServer}, {kwForeign, kwTable}, {kwUser, kwMapping},
		{kwTablespace}, {kwPolicy}, {kwPublication}, {kwSubscription}, {kwStatistics}, {kwOperator, kwClass},
		{kwOperator, kwFamily}, {kwOperator}, {kwConversion}, {kwCollation}, {kwText, kwSearch, kwParser},
		{kwText, kwSearch, kwDictionary}, {kwText, kwSearch, kwTemplate}, {kwText, kwSearch, kwConfiguration},
		{kwDatabase}, {kwSystem}, {kwDefault, kwPrivileges}, {kwLarge, kwObject},
	},
	kwDrop: {
		{kwFunction}, {kwProcedure}, {kwRoutine}, {kwAggregate}, {kwTrigger}, {kwEvent, kwTrigger}, {kwRule}, {kwLanguage},
		{kwProcedural, kwLanguage}, {kwForeign, kwData, kwWrapper}, {kwServer}, {kwForeign, kwTable}, {kwUser, kwMapping},
		{kwTablespace}, {kwAccess, kwMethod}, {kwPolicy}, {kwPublication}, {kwSubscription}, {kwStatistics},
		{kwOperator, kwClass}, {kwOperator, kwFamily}, {kwOperator}, {kwCast}, {kwTransform}, {kwConversion}, {kwCollation},
		{kwText, kwSearch, kwParser}, {kwText, kwSearch, kwDictionary}, {kwText, kwSearch, kwTemplate},
		{kwText, kwSearch, kwConfiguration}, {kwDatabase}, {kwOwned},
	},
	kwCluster: {{}}, kwReindex: {{}}, kwDo: {{}}, kwCall: {{}}, kwLoad: {{}}, kwSecurity: {{kwLabel}}, kwReassign: {{kwOwned}},
	kwRefresh: {{kwMaterialized, kwView}}, kwImport: {{kwForeign, kwSchema}},
}

// unsupported recognises a statement outside the grammar and passes it; nil if it is none.
func (p *parser) unsupported() Stmt {
	k, n := p.tok.kw, 1
	if k == kwCreate && p.peek(1).kw == kwOr && p.peek(2).kw == kwReplace {
		n = 3
	}
	for _, words := range outside[k] {
		if !p.wordsAt(n, words) {
			continue
		}
		name := []string{p.word()}
		for _, w := range words {
			name = append(name, strings.ToUpper(keywords[w].word))
		}
		return p.skipAs(p.at(), strings.Join(name, " "))
	}
	return nil
}

// skipAs passes the rest of the statement that began at at.
func (p *parser) skipAs(at At, construct string) Stmt {
	p.skipStatement()
	return &Unsupported{At: at, Construct: construct, Text: p.text[at:p.lastEnd()]}
}

// failBehind fails behind as many of the current tokens as begin one of the alternatives, n tokens ahead.
func (p *parser) failBehind(n int, alternatives [][]kw) {
	longest := 0
	for _, words := range alternatives {
		for i, w := range words {
			if p.peek(n+i).kw != w {
				break
			}
			longest = max(longest, i+1)
		}
	}
	for ; longest+n > 0; longest-- {
		p.next()
	}
	p.fail()
}

// wordsAt says whether the keywords stand n tokens ahead.
func (p *parser) wordsAt(n int, words []kw) bool {
	for i, w := range words {
		if p.peek(n+i).kw != w {
			return false
		}
	}
	return true
}

// skipStatement passes everything up to the semicolon that ends the statement: not one in parentheses or in a body of
// BEGIN ATOMIC … END.
func (p *parser) skipStatement() {
	parens, body := 0, 0
	for p.tok.kind != tokEOF {
		switch {
		case p.tok.kind == '(' || p.tok.kind == '[':
			parens++
		case p.tok.kind == ')' || p.tok.kind == ']':
			parens--
		case p.is2(kwBegin, kwAtomic):
			body++
		case p.is(kwCase) && body > 0:
			body++
		case p.is(kwEnd) && body > 0:
			body--
		case p.tok.kind == ';' && parens <= 0 && body == 0:
			return
		}
		p.next()
	}
}
